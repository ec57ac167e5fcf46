/** Owners' votes: opening, ballots from paper, counting, certifying, the certificate. */
import { z } from 'zod'
import { VOTE_METHODS } from '#core/authority/vote-objection.ts'
import { REPAIR_PARTS } from '#core/repair/repair-place.ts'
import { BALLOT_CHOICES, VOTE_MATTERS } from '#core/authority/vote-tally.ts'
import {
  addVotePaper, certifyVote, countBallots, enterBallots, openVote, postVoteResult, reopenBallots, withdrawVote,
} from '#services/authority/vote.ts'
import { listVotes, voteCard } from '#services/authority/vote-list.ts'
import { objectionOffer } from '#services/authority/vote-method.ts'
import { voteUnits } from '#services/authority/vote-record.ts'
import { printVoteNoticeJob } from '../print-vote-notice.ts'
import { printVoteJob } from '../print-vote.ts'
import { dateSchema, idSchema, PAGE_LIMIT, positiveFenSchema, requiredTextSchema, sha256Schema } from './schema.ts'
import { useScopeOf, useScopeSchema } from './scope.ts'
import { readProcedure, router, writeProcedure } from './trpc.ts'

const id = idSchema<'vote'>()
const complexId = idSchema<'complex'>()
const writer = writeProcedure('preparer', 'head')
const checker = writeProcedure('reviewer', 'head')
const anyone = writeProcedure('preparer', 'reviewer', 'head')

export const voteRouter = router({
  list: readProcedure
    .input(z.object({ complexId: complexId.nullable(), before: id.optional(), limit: z.number().int().min(1).max(PAGE_LIMIT) }))
    .query(({ ctx, input: { before, ...page } }) => listVotes(ctx.ledger, { ...page, ...(before !== undefined && { before }) })),
  get: readProcedure.input(z.object({ id })).query(({ ctx, input }) => voteCard(ctx, input.id)),
  units: readProcedure
    .input(z.object({ id, buildingId: idSchema<'building'>() }))
    .query(({ ctx, input }) => voteUnits(ctx.ledger, input.id, input.buildingId)),

  /** Whether the complex's local rules of the day let a use be voted on by objection; null where they do not. */
  objectionOffer: readProcedure
    .input(z.object({ complexId, registerOn: dateSchema }))
    .query(({ ctx, input }) => objectionOffer(ctx.ledger, input.complexId, input.registerOn)),

  open: writer
    .input(
      z.object({
        complexId,
        title: requiredTextSchema,
        matter: z.enum(VOTE_MATTERS),
        method: z.enum(VOTE_METHODS),
        scope: useScopeSchema,
        amountFen: positiveFenSchema.nullable(),
        parts: z.array(z.enum(REPAIR_PARTS)).max(REPAIR_PARTS.length).default([]),
        repairId: idSchema<'repair'>().nullable(),
        registerOn: dateSchema,
        returnBy: dateSchema,
      }),
    )
    .mutation(({ ctx, input: { scope, ...facts } }) =>
      openVote(ctx, { ...facts, scope: useScopeOf(ctx.ledger, facts.complexId, scope) })),
  enter: writer
    .input(
      z.object({
        id, ballots: z.array(z.object({ householdId: idSchema<'household'>(), choice: z.enum(BALLOT_CHOICES) })).max(5000),
      }),
    )
    .mutation(({ ctx, input }) => enterBallots(ctx, input.id, input.ballots)),
  addPaper: anyone
    .input(z.object({ id, kind: z.enum(['plan', 'ballots', 'delivery', 'minutes', 'posting', 'other']), sha256: sha256Schema }))
    .mutation(({ ctx, input }) => addVotePaper(ctx, input.id, input.kind, input.sha256)),
  count: writer.input(z.object({ id })).mutation(({ ctx, input }) => countBallots(ctx, input.id)),
  reopen: anyone
    .input(z.object({ id, reason: requiredTextSchema }))
    .mutation(({ ctx, input }) => reopenBallots(ctx, input.id, input.reason)),
  certify: checker.input(z.object({ id })).mutation(({ ctx, input }) => certifyVote(ctx, input.id)),
  post: writer
    .input(z.object({ id, on: dateSchema, place: requiredTextSchema }))
    .mutation(({ ctx, input: { id: voteId, ...posting } }) => postVoteResult(ctx, voteId, posting)),
  withdraw: writer
    .input(z.object({ id, reason: requiredTextSchema }))
    .mutation(({ ctx, input }) => withdrawVote(ctx, input.id, input.reason)),

  print: readProcedure
    .input(z.object({ id }))
    .mutation(({ ctx, input }) =>
      ctx.jobs.start({ name: 'vote.print', userId: ctx.actor.userId, run: (steps) => printVoteJob(ctx, input.id, steps) })),
  printNotice: readProcedure
    .input(z.object({ id }))
    .mutation(({ ctx, input }) => ctx.jobs.start({
      name: 'vote.printNotice', userId: ctx.actor.userId, run: (steps) => printVoteNoticeJob(ctx, input.id, steps),
    })),
})

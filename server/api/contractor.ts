/** Contractors, supervisors and auditors: tenders and awards, scores, rewards and deductions, the quarter's table, printing. */
import { z } from 'zod'
import { MERIT_KINDS } from '#core/contractor/contractor-score.ts'
import { CONTRACTOR_ROLES, TENDER_METHODS } from '#core/contractor/tender.ts'
import { contractorPage, listContractors } from '#services/contractor/contractor.ts'
import { publishedQuarters, publishQuarter, quarterDraft, staleScores } from '#services/contractor/contractor-quarter.ts'
import { recordMerit, scoreForm, scoreRepair } from '#services/contractor/contractor-score.ts'
import { awardTender, endAward, recordTender, revokeTender } from '#services/contractor/tender.ts'
import { appointmentFor, listTenders, tenderOf } from '#services/contractor/tender-record.ts'
import { printContractorJob } from '../print-contractor.ts'
import {
  dateSchema, idSchema, PAGE_LIMIT, positiveFenSchema, quarterSchema, requiredTextSchema, sha256Schema, textSchema,
} from './schema.ts'
import { readProcedure, router, writeProcedure } from './trpc.ts'

const tenderId = idSchema<'tender'>()
const counterpartyId = idSchema<'counterparty'>()
const repairId = idSchema<'repair'>()
const complexId = idSchema<'complex'>()
const role = z.enum(CONTRACTOR_ROLES)
const second = z.object({ login: requiredTextSchema, password: z.string().min(1).max(1000) })
const quote = z.object({
  bidder: textSchema, phone: textSchema, bankAccount: textSchema, amountFen: positiveFenSchema,
  scoreHundredths: z.number().int().min(0).max(100_000).nullable(),
})
const judge = writeProcedure('reviewer', 'head')

export const contractorRouter = router({
  list: readProcedure.query(({ ctx }) => listContractors(ctx.ledger, ctx.clock.today())),
  get: readProcedure.input(z.object({ id: counterpartyId })).query(({ ctx, input }) => contractorPage(ctx.ledger, input.id)),
  /** Whether a party may take a job; `sentence` says why not. */
  appointment: readProcedure
    .input(z.object({ counterpartyId, role, complexId, on: dateSchema }))
    .query(({ ctx, input: { counterpartyId: party, ...question } }) =>
      appointmentFor(ctx.ledger, party, { ...question, repairId: null })),

  tenders: readProcedure
    .input(z.object({ before: tenderId.optional(), limit: z.number().int().min(1).max(PAGE_LIMIT) }))
    .query(({ ctx, input: { before, limit } }) => listTenders(ctx.ledger, { limit, ...(before !== undefined && { before }) })),
  tender: readProcedure.input(z.object({ id: tenderId })).query(({ ctx, input }) => tenderOf(ctx.ledger, input.id)),
  recordTender: writeProcedure('preparer', 'head')
    .input(
      z.object({
        number: requiredTextSchema, title: textSchema, role, method: z.enum(TENDER_METHODS), complexId: complexId.nullable(),
        repairId: repairId.nullable(), announcedOn: dateSchema, openedOn: dateSchema, sha256: sha256Schema,
        quotes: z.array(quote).max(100),
      }),
    )
    .mutation(({ ctx, input }) => recordTender(ctx, input)),
  award: judge
    .input(
      z.object({
        tenderId, quoteId: idSchema<'tenderQuote'>(), awardedOn: dateSchema, validFrom: dateSchema, validTo: dateSchema,
        reason: textSchema, sha256: sha256Schema,
      }),
    )
    .mutation(({ ctx, input }) => awardTender(ctx, input)),
  endAward: judge
    .input(z.object({ awardId: idSchema<'tenderAward'>(), endedOn: dateSchema, reason: requiredTextSchema }))
    .mutation(({ ctx, input }) => endAward(ctx, input)),
  revokeTender: writeProcedure('preparer', 'reviewer', 'head')
    .input(z.object({ id: tenderId, reason: requiredTextSchema }))
    .mutation(({ ctx, input }) => revokeTender(ctx, input.id, input.reason)),

  scoreForm: readProcedure.input(z.object({ repairId })).query(({ ctx, input }) => scoreForm(ctx, input.repairId)),
  score: judge
    .input(
      z.object({
        repairId, role, reason: textSchema, second,
        items: z.array(z.object({ given: z.number().int().min(0).max(100), note: textSchema })).max(50),
      }),
    )
    .mutation(({ ctx, input: { second: credentials, ...facts } }) =>
      ctx.passwordGate.attempt(credentials.login, () => scoreRepair(ctx, facts, credentials))),
  merit: judge
    .input(
      z.object({
        counterpartyId, role, kind: z.enum(MERIT_KINDS), happenedOn: dateSchema, points: z.number().int().min(1).max(100),
        reason: requiredTextSchema, repairId: repairId.nullable(), second,
      }),
    )
    .mutation(({ ctx, input: { second: credentials, ...facts } }) =>
      ctx.passwordGate.attempt(credentials.login, () => recordMerit(ctx, facts, credentials))),

  quarter: readProcedure.input(z.object({ quarter: quarterSchema })).query(({ ctx, input: { quarter } }) => ({
    draft: quarterDraft(ctx.ledger, quarter), published: publishedQuarters(ctx.ledger, quarter),
    stale: staleScores(ctx.ledger, quarter),
  })),
  publishQuarter: judge
    .input(z.object({ quarter: quarterSchema, reason: textSchema, second }))
    .mutation(({ ctx, input: { second: credentials, ...facts } }) =>
      ctx.passwordGate.attempt(credentials.login, () => publishQuarter(ctx, facts, credentials))),

  print: readProcedure
    .input(
      z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('quarter'), quarter: quarterSchema }), z.object({ kind: z.literal('register') }),
        z.object({ kind: z.literal('tender'), id: tenderId }),
      ]),
    )
    .mutation(({ ctx, input }) =>
      ctx.jobs.start({
        name: 'contractor.print', userId: ctx.actor.userId, run: (steps) => printContractorJob(ctx, input, steps),
      })),
})

/** What a use rests on besides votes: standing authorisations, emergencies owed, the window's question. */
import { z } from 'zod'
import { REPAIR_PARTS } from '#core/repair/repair-place.ts'
import { emergencyWork } from '#services/authority/emergency.ts'
import { repairJob } from '#services/repair/repair-record.ts'
import { useAnswerOf, useQuestion } from '#services/authority/use-answer.ts'
import {
  authorisationOf, confirmAuthorisation, endAuthorisation, listAuthorisations, recordAuthorisation,
} from '#services/authority/use-authorisation.ts'
import { dateSchema, idSchema, PAGE_LIMIT, positiveFenSchema, requiredTextSchema, sha256Schema } from './schema.ts'
import { useScopeOf, useScopeSchema } from './scope.ts'
import { readProcedure, router, writeProcedure } from './trpc.ts'

const id = idSchema<'useAuthorisation'>()
const complexId = idSchema<'complex'>()
const repairId = idSchema<'repair'>()
const limit = z.number().int().min(1).max(PAGE_LIMIT)

export const authorityRouter = router({
  list: readProcedure
    .input(
      z.object({
        complexId: complexId.nullable(),
        /** Terms that ended before this day are left out. */
        endingFrom: dateSchema,
        after: z.object({ to: dateSchema, id }).optional(),
        limit,
      }),
    )
    .query(({ ctx, input: { after, ...filter } }) =>
      listAuthorisations(ctx.ledger, { ...filter, ...(after !== undefined && { after }) })),
  get: readProcedure.input(z.object({ id })).query(({ ctx, input }) => authorisationOf(ctx.ledger, input.id)),
  record: writeProcedure('preparer', 'head')
    .input(
      z.object({
        complexId,
        title: requiredTextSchema,
        scope: useScopeSchema,
        parts: z.array(z.enum(REPAIR_PARTS)).min(1).max(REPAIR_PARTS.length),
        from: dateSchema,
        to: dateSchema,
        perJobFen: positiveFenSchema,
        totalFen: positiveFenSchema,
        voteId: idSchema<'vote'>().nullable(),
        decision: z.object({ number: requiredTextSchema, decidedOn: dateSchema, sha256: sha256Schema }),
      }),
    )
    .mutation(({ ctx, input: { scope, ...facts } }) =>
      recordAuthorisation(ctx, { ...facts, scope: useScopeOf(ctx.ledger, facts.complexId, scope) })),
  confirm: writeProcedure('reviewer', 'head')
    .input(z.object({ id }))
    .mutation(({ ctx, input }) => confirmAuthorisation(ctx, input.id)),
  end: writeProcedure('preparer', 'reviewer', 'head')
    .input(z.object({ id, reason: requiredTextSchema }))
    .mutation(({ ctx, input }) => endAuthorisation(ctx, input.id, input.reason)),

  /** Emergency jobs not yet settled and published. */
  emergencies: readProcedure
    .input(z.object({ complexId: complexId.nullable().default(null) }))
    .query(({ ctx, input }) => emergencyWork(ctx.ledger, ctx.clock.today(), input.complexId)),

  /** The window's question about the use, and the answer kept; null before it was given. */
  useQuestion: readProcedure.input(z.object({ repairId })).query(({ ctx, input }) => {
    const { repair } = repairJob(ctx.ledger, input.repairId, ctx.clock.today())
    return { ...useQuestion(repair), answer: useAnswerOf(ctx.ledger, repair.id) }
  }),
})

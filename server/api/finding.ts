/** Findings (疑点): the register, answering and closing out, the self-check and its list on paper. */
import { z } from 'zod'
import { FINDING_LEVELS } from '#core/checks/finding.ts'
import { FINDING_STATES } from '#core/checks/standing.ts'
import {
  answerFinding, closeFinding, countFindings, findingById, findingHistory, listFindings, reopenFinding,
} from '#services/finding/finding.ts'
import { listCheckRuns } from '#services/finding/self-check.ts'
import { printFindingsJob, selfCheckJob } from '../finding.ts'
import { dateSchema, idSchema, PAGE_LIMIT, requiredTextSchema } from './schema.ts'
import { readProcedure, router, writeProcedure } from './trpc.ts'

const id = idSchema<'finding'>()
const ofComplex = z.object({ complexId: idSchema<'complex'>().nullable() })
const saying = z.object({ id, reason: requiredTextSchema })

export const findingRouter = router({
  list: readProcedure
    .input(ofComplex.extend({
      state: z.enum(FINDING_STATES).optional(),
      level: z.enum(FINDING_LEVELS).optional(),
      before: id.optional(),
      limit: z.number().int().min(1).max(PAGE_LIMIT),
    }))
    .query(({ ctx, input: { state, level, before, ...filter } }) => listFindings(ctx.ledger, {
      ...filter, ...(state !== undefined && { state }), ...(level !== undefined && { level }),
      ...(before !== undefined && { before }),
    })),
  counts: readProcedure.input(ofComplex).query(({ ctx, input }) => countFindings(ctx.ledger, input.complexId)),
  get: readProcedure.input(z.object({ id })).query(({ ctx, input }) => ({
    ...findingById(ctx.ledger, input.id), history: findingHistory(ctx.ledger, input.id),
  })),
  runs: readProcedure
    .input(z.object({ limit: z.number().int().min(1).max(PAGE_LIMIT) }))
    .query(({ ctx, input }) => listCheckRuns(ctx.ledger, input.limit)),

  answer: writeProcedure('preparer', 'bookkeeper', 'cashier', 'reviewer', 'reconciler', 'head')
    .input(saying)
    .mutation(({ ctx, input }) => answerFinding(ctx, input.id, input.reason)),
  close: writeProcedure('reviewer', 'reconciler', 'head', 'inspector')
    .input(saying)
    .mutation(({ ctx, input }) => closeFinding(ctx, input.id, input.reason)),
  reopen: writeProcedure('reviewer', 'reconciler', 'head', 'inspector')
    .input(saying)
    .mutation(({ ctx, input }) => reopenFinding(ctx, input.id, input.reason)),

  selfCheck: writeProcedure('preparer', 'bookkeeper', 'reviewer', 'reconciler', 'head', 'inspector')
    .input(ofComplex.extend({ from: dateSchema.nullable(), to: dateSchema }))
    .mutation(({ ctx, input }) =>
      ctx.jobs.start({ name: 'finding.selfCheck', userId: ctx.actor.userId, run: (steps) => selfCheckJob(ctx, input, steps) })),
  print: readProcedure.input(ofComplex).mutation(({ ctx, input }) =>
    ctx.jobs.start({ name: 'finding.print', userId: ctx.actor.userId, run: (steps) => printFindingsJob(ctx, input, steps) })),
})

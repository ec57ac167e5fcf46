/** Findings (疑点): the register, answering and closing out, the self-check and its list on paper. */
import { z } from 'zod'
import { FINDING_LEVELS } from '#core/checks/finding.ts'
import { isCheckRuleId } from '#core/checks/rules.ts'
import { FINDING_STATES } from '#core/checks/standing.ts'
import { answerFinding, closeFinding, findingById, findingHistory, reopenFinding } from '#services/finding/finding.ts'
import { countFindings, listFindings } from '#services/finding/finding-list.ts'
import { listCheckRuns } from '#services/finding/finding-run.ts'
import { printFindingsJob, printRunJob, selfCheckJob } from '../finding.ts'
import { dateSchema, idSchema, PAGE_LIMIT, requiredTextSchema } from './schema.ts'
import { readProcedure, router, writeProcedure } from './trpc.ts'

const id = idSchema<'finding'>()
const ofComplex = z.object({ complexId: idSchema<'complex'>().nullable() })
const inPeriod = ofComplex
  .extend({ from: dateSchema.nullable(), to: dateSchema })
  .refine(({ from, to }) => from === null || from <= to, '起始日不能晚于截止日')
const saying = z.object({ id, reason: requiredTextSchema })

export const findingRouter = router({
  list: readProcedure
    .input(ofComplex.extend({
      state: z.enum([...FINDING_STATES, 'all']).optional(),
      level: z.enum(FINDING_LEVELS).optional(),
      rule: z.string().refine(isCheckRuleId, '没有这条检查规则').optional(),
      repairId: idSchema<'repair'>().optional(),
      from: dateSchema.nullable().optional(),
      to: dateSchema.nullable().optional(),
      before: id.optional(),
      limit: z.number().int().min(1).max(PAGE_LIMIT),
    }))
    .query(({ ctx, input: { repairId, ...filter } }) => listFindings(ctx.ledger, {
      ...filter, ...(repairId !== undefined && { subject: { kind: 'repair', id: repairId } }),
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
    .input(inPeriod)
    .mutation(({ ctx, input }) =>
      ctx.jobs.start({ name: 'finding.selfCheck', userId: ctx.actor.userId, run: (steps) => selfCheckJob(ctx, input, steps) })),
  /** Everything that stood in the period, closed out included. */
  print: readProcedure.input(inPeriod).mutation(({ ctx, input }) =>
    ctx.jobs.start({ name: 'finding.print', userId: ctx.actor.userId, run: (steps) => printFindingsJob(ctx, input, steps) })),
  /** An earlier run's list, as it stood then. */
  printRun: readProcedure.input(z.object({ id: idSchema<'findingRun'>() })).mutation(({ ctx, input }) =>
    ctx.jobs.start({ name: 'finding.printRun', userId: ctx.actor.userId, run: (steps) => printRunJob(ctx, input.id, steps) })),
})

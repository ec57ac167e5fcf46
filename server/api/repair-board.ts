/** Boards of repairs: by step and age, the person's inbox, finding a job, and the batch review. */
import { z } from 'zod'
import { REPAIR_STEPS } from '#core/repair/repair.ts'
import { AGE_BANDS } from '#core/repair/waiting.ts'
import { batchLines } from '#services/repair/repair-batch.ts'
import { findRepairs, listRepairs, paceDays, repairBoard } from '#services/repair/repair-board.ts'
import { listInbox, repairInbox } from '#services/repair/repair-inbox.ts'
import { openRepairs } from '#services/repair/repair-ties.ts'
import { repairBatchJob } from '../repair-batch.ts'
import { idSchema, PAGE_LIMIT, positiveFenSchema, textSchema } from './schema.ts'
import { readProcedure, router, writeProcedure } from './trpc.ts'

const id = idSchema<'repair'>()
const complexId = idSchema<'complex'>()
const someComplex = z.object({ complexId: complexId.nullable().default(null) })
const limit = z.number().int().min(1).max(PAGE_LIMIT)
const after = z.object({ since: z.string().max(40), id }).optional()

/** A person reads each of them before they go; more than this is no reading. */
const BATCH_LIMIT = 200

export const repairBoardRouter = router({
  board: readProcedure
    .input(someComplex)
    .query(({ ctx, input }) => repairBoard(ctx.ledger, ctx.clock.today(), input.complexId)),
  paces: readProcedure.input(z.void()).query(({ ctx }) => paceDays(ctx.ledger, ctx.clock.today())),
  list: readProcedure
    .input(
      z.object({
        step: z.enum(REPAIR_STEPS),
        complexId: complexId.optional(),
        age: z.enum([...AGE_BANDS, 'late']).optional(),
        after,
        limit,
      }),
    )
    .query(({ ctx, input: { step, complexId: complex, age, after: last, limit: rows } }) =>
      listRepairs(ctx.ledger, ctx.clock.today(), {
        step,
        limit: rows,
        ...(complex !== undefined && { complexId: complex }),
        ...(age !== undefined && { age }),
        ...(last !== undefined && { after: last }),
      })),
  find: readProcedure
    .input(z.object({ text: textSchema, complexId: complexId.nullable().default(null), before: id.optional(), limit }))
    .query(({ ctx, input: { before, ...search } }) =>
      findRepairs(ctx.ledger, { ...search, ...(before !== undefined && { before }) })),
  /** What a vote or a tender of one complex can be about. */
  open: readProcedure.input(z.object({ complexId })).query(({ ctx, input }) => openRepairs(ctx.ledger, input.complexId)),

  inbox: readProcedure.input(someComplex).query(({ ctx, input }) => repairInbox(ctx, input.complexId)),
  waiting: readProcedure
    .input(z.object({ complexId: complexId.nullable(), step: z.enum(REPAIR_STEPS).optional(), after, limit }))
    .query(({ ctx, input: { after: last, step, ...filter } }) =>
      listInbox(ctx, { ...filter, ...(step !== undefined && { step }), ...(last !== undefined && { after: last }) })),

  batch: readProcedure
    .input(z.object({ ids: z.array(id).min(1).max(BATCH_LIMIT) }))
    .query(({ ctx, input }) => batchLines(ctx, input.ids)),
  review: writeProcedure('reviewer', 'head')
    .input(
      z.object({
        checks: z
          .array(z.object({ id, approvedFen: positiveFenSchema, concealedWork: z.boolean(), note: textSchema }))
          .min(1)
          .max(BATCH_LIMIT),
      }),
    )
    .mutation(({ ctx, input }) =>
      ctx.jobs.start({
        name: 'repair.review', userId: ctx.actor.userId, run: (steps) => repairBatchJob(ctx, input.checks, steps),
      })),
})

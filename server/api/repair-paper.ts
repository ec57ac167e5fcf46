/** Printing a repair's papers and the record of a draw. */
import { z } from 'zod'
import { PRINTED_PAPERS } from '#core/repair/printed-papers.ts'
import { printDrawJob, printRepairJob } from '../print-repair.ts'
import { idSchema } from './schema.ts'
import { readProcedure, router } from './trpc.ts'

export const repairPaperRouter = router({
  print: readProcedure
    .input(z.object({ id: idSchema<'repair'>(), papers: z.array(z.enum(PRINTED_PAPERS)).min(1).max(PRINTED_PAPERS.length) }))
    .mutation(({ ctx, input }) =>
      ctx.jobs.start({ name: 'repair.print', userId: ctx.actor.userId, run: (steps) => printRepairJob(ctx, input, steps) })),
  printDraw: readProcedure
    .input(z.object({ drawId: z.number().int().positive() }))
    .mutation(({ ctx, input }) =>
      ctx.jobs.start({
        name: 'repair.printDraw', userId: ctx.actor.userId, run: (steps) => printDrawJob(ctx, input.drawId, steps),
      })),
})

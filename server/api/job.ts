/** Following long actions. Each capability starts its own; here they are watched, cancelled and fetched. */
import { z } from 'zod'
import { readProcedure, router } from './trpc.ts'

const jobInput = z.object({ jobId: z.uuid() })

export const jobRouter = router({
  status: readProcedure
    .meta({ background: true })
    .input(jobInput)
    .query(({ ctx, input }) => ctx.jobs.status(ctx.actor.userId, input.jobId)),

  list: readProcedure
    .meta({ background: true })
    .input(z.void())
    .query(({ ctx }) => ctx.jobs.list(ctx.actor.userId)),

  cancel: readProcedure.input(jobInput).mutation(({ ctx, input }) => ctx.jobs.cancel(ctx.actor.userId, input.jobId)),
})

/** Gains credited to households: a preview, the job that drafts the vouchers, and what was credited before. */
import { z } from 'zod'
import { listGainCredits, previewGain } from '#services/household/gain.ts'
import { gainJob } from '../gain-job.ts'
import { dateSchema, idSchema, positiveFenSchema } from './schema.ts'
import { readProcedure, router, writeProcedure } from './trpc.ts'

const complexId = idSchema<'complex'>()
const period = { from: dateSchema, to: dateSchema, date: dateSchema, amountFen: positiveFenSchema.nullable() }
const CREDITS = 100

export const gainRouter = router({
  preview: readProcedure.input(z.object({ complexId, ...period })).query(({ ctx, input }) => previewGain(ctx.ledger, input)),
  credits: readProcedure
    .input(z.object({ complexId }))
    .query(({ ctx, input }) => listGainCredits(ctx.ledger, input.complexId, CREDITS)),
  prepare: writeProcedure('preparer')
    .input(z.object({ complexId: complexId.nullable(), ...period }))
    .mutation(({ ctx, input }) =>
      ctx.jobs.start({ name: 'gain.prepare', userId: ctx.actor.userId, run: (steps) => gainJob(ctx, input, steps) })),
})

/** The placement planner: what the ledger proposes, the search, and accepting a plan. */
import { z } from 'zod'
import { DAY_COUNTS } from '#core/deposit/deposit.ts'
import { acceptPlacement, proposePlacement } from '#services/placing/placement.ts'
import { solvePlacement } from '#services/placing/placement-solver.ts'
import {
  dateSchema, fenSchema, idSchema, positiveFenSchema, rateSchema, requiredTextSchema, sha256Schema, textSchema,
} from './schema.ts'
import { readProcedure, router, writeProcedure } from './trpc.ts'

/** Enough for any office, and small enough that the search ends. */
const ROWS = 200

const dated = z.array(z.object({ label: textSchema, date: dateSchema, amountFen: positiveFenSchema })).max(ROWS)
const term = z.object({ unit: z.enum(['months', 'days']), count: z.number().int().positive() })

const placementSchema = z.object({
  from: dateSchema,
  until: dateSchema,
  idleFen: fenSchema,
  reserveFen: fenSchema,
  lotFen: positiveFenSchema,
  minimumFen: fenSchema,
  demandRateMicro: rateSchema,
  needs: dated,
  inflows: dated,
  offers: z
    .array(
      z.object({
        bank: requiredTextSchema, rateMicro: rateSchema, term, dayCount: z.enum(DAY_COUNTS),
        capacityFen: positiveFenSchema.nullable(),
      }),
    )
    .max(ROWS),
  rooms: z.array(z.object({ bank: requiredTextSchema, roomFen: fenSchema })).max(ROWS),
})

const opened = z.object({
  offer: z.number().int().min(0), certificateNo: requiredTextSchema, attachments: z.array(sha256Schema).max(50),
})

export const placementRouter = router({
  propose: readProcedure
    .input(z.object({ bookId: idSchema<'book'>(), complexId: idSchema<'complex'>(), from: dateSchema }))
    .query(({ ctx, input }) => proposePlacement(ctx.ledger, input)),

  /** Answers when the search has ended, off this thread; leaving the request ends the search. */
  solve: readProcedure.input(placementSchema).query(({ input, signal }) => solvePlacement(input, signal)),

  accept: writeProcedure('preparer')
    .input(
      z.object({
        complexId: idSchema<'complex'>(),
        bankAccountId: idSchema<'bankAccount'>(),
        input: placementSchema,
        lots: z.array(z.number().int().min(0)).max(ROWS),
        certificates: z.array(opened).max(ROWS),
        personInCharge: idSchema<'user'>(),
      }),
    )
    .mutation(({ ctx, input }) => acceptPlacement(ctx, input)),
})

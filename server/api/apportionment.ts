/** Apportionment sheets: who takes part, a preview, keeping one, looking back at it, and its papers. */
import { z } from 'zod'
import { APPORTIONMENT_BASES, APPORTIONMENT_PURPOSES, SHORTFALL_RULES } from '#core/household/apportionment.ts'
import type { Ledger } from '#db/ledger.ts'
import {
  apportionmentOf, listApportionments, previewApportionment, recomputeApportionment, recordApportionment,
  type ApportionmentRequest,
} from '#services/household/apportionment.ts'
import { compareWithToday } from '#services/household/apportionment-compare.ts'
import { placesOf, readHouseholdLines } from '#services/household/apportionment-household.ts'
import { repairApportionments } from '#services/household/apportionment-repair.ts'
import { APPORTIONMENT_PAPERS, printApportionmentJob } from '../print-apportionment.ts'
import { idSchema, PAGE_LIMIT, positiveFenSchema, textSchema } from './schema.ts'
import { useScopeOf, useScopeSchema } from './scope.ts'
import { readProcedure, router, writeProcedure } from './trpc.ts'

const apportionmentId = idSchema<'apportionment'>()
const complexId = idSchema<'complex'>()

const request = z.object({
  complexId,
  purpose: z.enum(APPORTIONMENT_PURPOSES),
  repairId: idSchema<'repair'>().nullable(),
  utilityBillId: idSchema<'utilityBill'>().nullable(),
  title: textSchema,
  basis: z.enum(APPORTIONMENT_BASES),
  scope: useScopeSchema,
  shortfall: z.enum(SHORTFALL_RULES),
  askedFen: positiveFenSchema,
  /** One line a household, as pasted from a spreadsheet. */
  coefficients: z.string().max(2_000_000),
})

function requestOf(ledger: Ledger, { scope, coefficients, ...rest }: z.output<typeof request>): ApportionmentRequest {
  return {
    ...rest,
    scope: useScopeOf(ledger, rest.complexId, scope),
    coefficients: rest.basis === 'agreed' ? readHouseholdLines(ledger, rest.complexId, coefficients, true) : new Map(),
  }
}

export const apportionmentRouter = router({
  places: readProcedure.input(z.object({ complexId })).query(({ ctx, input }) => placesOf(ctx.ledger, input.complexId)),
  list: readProcedure
    .input(z.object({ complexId, before: apportionmentId.optional(), limit: z.number().int().min(1).max(PAGE_LIMIT) }))
    .query(({ ctx, input: { before, ...page } }) =>
      listApportionments(ctx.ledger, { ...page, ...(before !== undefined && { before }) })),
  get: readProcedure.input(z.object({ id: apportionmentId })).query(({ ctx, input }) => apportionmentOf(ctx.ledger, input.id)),
  ofRepair: readProcedure
    .input(z.object({ repairId: idSchema<'repair'>() }))
    .query(({ ctx, input }) => repairApportionments(ctx.ledger, input.repairId)),
  recompute: readProcedure
    .input(z.object({ id: apportionmentId }))
    .query(({ ctx, input }) => recomputeApportionment(ctx.ledger, input.id)),
  /** The same method on today's register; every household whose figures are others. */
  compare: readProcedure
    .input(z.object({ id: apportionmentId }))
    .query(({ ctx, input }) => compareWithToday(ctx.ledger, input.id)),
  /** A mutation, because thousands of pasted lines do not fit into an address. */
  preview: readProcedure.input(request).mutation(({ ctx, input }) => {
    const { households, shares, ...sums } = previewApportionment(ctx.ledger, requestOf(ctx.ledger, input))
    return {
      ...sums,
      rows: households.map(({ householdId, address, areaDm2, isDeveloperHeld, nature, held }, index) => ({
        householdId, address, areaDm2, isDeveloperHeld, nature, heldFen: held.totalFen,
        shareFen: shares[index]?.shareFen ?? 0, sellerShareFen: shares[index]?.sellerShareFen ?? 0,
        drawnFen: shares[index]?.drawnFen ?? 0, shortFen: shares[index]?.shortFen ?? 0,
      })),
    }
  }),
  record: writeProcedure('preparer', 'bookkeeper', 'head')
    .input(request)
    .mutation(({ ctx, input }) => recordApportionment(ctx, requestOf(ctx.ledger, input)).id),
  print: readProcedure
    .input(z.object({
      id: apportionmentId, papers: z.array(z.enum(APPORTIONMENT_PAPERS)).min(1).max(APPORTIONMENT_PAPERS.length),
    }))
    .mutation(({ ctx, input }) =>
      ctx.jobs.start({
        name: 'apportionment.print', userId: ctx.actor.userId, run: (steps) => printApportionmentJob(ctx, input, steps),
      })),
})

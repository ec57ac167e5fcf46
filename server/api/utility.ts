/** Shared water, power and lift upkeep of a complex. What stands in a quarter comes with `income.quarter`. */
import { z } from 'zod'
import { SHARE_BASES, UTILITY_KINDS, UTILITY_PAYERS } from '#core/income/utility.ts'
import { parseUnitPrice, parseUsage } from '#core/income/utility-share.ts'
import { recordUtilityBill, withdrawUtilityBill } from '#services/income/utility.ts'
import { dateSchema, idSchema, positiveFenSchema, requiredTextSchema, textSchema } from './schema.ts'
import { router, writeProcedure } from './trpc.ts'

export const utilityRouter = router({
  record: writeProcedure('preparer', 'bookkeeper', 'head')
    .input(
      z.object({
        complexId: idSchema<'complex'>(),
        kind: z.enum(UTILITY_KINDS),
        place: requiredTextSchema,
        coversFrom: dateSchema,
        coversTo: dateSchema,
        /** Readings as typed, at most three decimals. */
        reading: z
          .object({ previous: requiredTextSchema, current: requiredTextSchema, multiplier: z.number().int().min(1).max(100_000) })
          .nullable(),
        meterNote: textSchema,
        /** As typed, at most six decimals; empty where the tariff has steps. */
        unitPrice: textSchema,
        amountFen: positiveFenSchema,
        paidFrom: z.enum(UTILITY_PAYERS),
        shareBasis: z.enum(SHARE_BASES).nullable(),
        document: requiredTextSchema,
      }),
    )
    .mutation(({ ctx, input: { complexId, reading, unitPrice, ...bill } }) =>
      recordUtilityBill(ctx, complexId, {
        ...bill,
        reading: reading === null
          ? null
          : {
              previousMilli: parseUsage(reading.previous),
              currentMilli: parseUsage(reading.current),
              multiplier: reading.multiplier,
            },
        unitPriceMicro: unitPrice === '' ? null : parseUnitPrice(unitPrice),
      })),

  withdraw: writeProcedure('preparer', 'bookkeeper', 'head')
    .input(z.object({ id: idSchema<'utilityBill'>(), reason: requiredTextSchema }))
    .mutation(({ ctx, input }) => withdrawUtilityBill(ctx, input.id, input.reason)),
})

/** Settlement accounts as deposits: their terms by date, quarterly interest expected against credited. */
import { z } from 'zod'
import { accountTermsOf, expectedAccountInterest, recordAccountTerms } from '#services/deposit/account-interest.ts'
import { accountSettlements, settleAccountInterest, undoAccountInterest } from '#services/deposit/account-settlement.ts'
import { dateSchema, fenSchema, idSchema, rateSchema, requiredTextSchema, sha256Schema, textSchema } from './schema.ts'
import { readProcedure, router, writeProcedure } from './trpc.ts'

const bankAccountId = idSchema<'bankAccount'>()
/** Ten years of quarters. */
const SHOWN = 40

export const accountInterestRouter = router({
  terms: readProcedure
    .input(z.object({ bankAccountId }))
    .query(({ ctx, input }) => accountTermsOf(ctx.ledger, input.bankAccountId)),
  recordTerms: writeProcedure('preparer')
    .input(z.object({
      bankAccountId,
      validFrom: dateSchema,
      terms: z.discriminatedUnion('product', [
        z.object({ product: z.literal('demand'), demandRateMicro: rateSchema }),
        z.object({
          product: z.literal('agreement'), demandRateMicro: rateSchema, agreementRateMicro: rateSchema, baseQuotaFen: fenSchema,
        }),
      ]),
      yearDays: z.literal([360, 365]),
      source: requiredTextSchema,
    }))
    .mutation(({ ctx, input }) => recordAccountTerms(ctx, input)),
  /** Of the settlement period a day falls in. */
  expected: readProcedure
    .input(z.object({ bankAccountId, day: dateSchema }))
    .query(({ ctx, input }) => expectedAccountInterest(ctx.ledger, input.bankAccountId, input.day)),
  settlements: readProcedure
    .input(z.object({ bankAccountId }))
    .query(({ ctx, input }) => accountSettlements(ctx.ledger, input.bankAccountId, SHOWN)),
  settle: writeProcedure('preparer')
    .input(z.object({
      bankAccountId, day: dateSchema, paidFen: fenSchema, differenceReason: textSchema, voucher: z.enum(['make', 'booked']),
      attachments: z.array(sha256Schema).max(50),
    }))
    .mutation(({ ctx, input }) => settleAccountInterest(ctx, input)),
  undo: writeProcedure('preparer')
    .input(z.object({ id: z.number().int().positive(), date: dateSchema, reason: requiredTextSchema }))
    .mutation(({ ctx, input: { id, ...facts } }) => undoAccountInterest(ctx, id, facts)),
})

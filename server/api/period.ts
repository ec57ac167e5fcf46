/** Closing, re-opening and archiving periods. */
import { z } from 'zod'
import { closingPreview, prepareClosingVouchers } from '#services/voucher/closing.ts'
import {
  archiveYear,
  closePeriod,
  closingBlocks,
  listPeriods,
  openPeriodsThrough,
  periodEvents,
  reopenPeriod,
} from '#services/voucher/period.ts'
import { openAtClose } from '#services/reconciliation/reconciliation-closing.ts'
import { dateSchema, idSchema, monthSchema, requiredTextSchema, textSchema } from './schema.ts'
import { readProcedure, router, writeProcedure } from './trpc.ts'

const period = z.object({ bookId: idSchema<'book'>(), month: monthSchema })

export const periodRouter = router({
  list: readProcedure
    .input(z.object({ bookId: idSchema<'book'>() }))
    .query(({ ctx, input }) => listPeriods(ctx.ledger, input.bookId)),
  events: readProcedure.input(period).query(({ ctx, input }) => periodEvents(ctx.ledger, input.bookId, input.month)),
  blocks: readProcedure.input(period).query(({ ctx, input }) => closingBlocks(ctx.ledger, input.bookId, input.month)),
  /** Bank items that will still be open: closing over them needs a reason. */
  openItems: readProcedure.input(period).query(({ ctx, input }) => openAtClose(ctx.ledger, input.bookId, input.month)),
  /** The entries the closing vouchers will make, summed by account, before anything is written. */
  closingPreview: readProcedure.input(period).query(({ ctx, input }) => closingPreview(ctx.ledger, input.bookId, input.month)),
  openThrough: writeProcedure('bookkeeper', 'head')
    .input(z.object({ bookId: idSchema<'book'>(), date: dateSchema }))
    .mutation(({ ctx, input }) => openPeriodsThrough(ctx, input.bookId, input.date)),
  prepareClosing: writeProcedure('preparer')
    .input(period)
    .mutation(({ ctx, input }) => prepareClosingVouchers(ctx, input.bookId, input.month)),
  close: writeProcedure('head', 'bookkeeper')
    .input(period.extend({ reason: textSchema.default('') }))
    .mutation(({ ctx, input }) => closePeriod(ctx, input.bookId, input.month, input.reason)),
  reopen: writeProcedure('head', 'bookkeeper')
    .input(period.extend({
      reason: requiredTextSchema,
      second: z.object({ login: requiredTextSchema, password: z.string().min(1) }),
    }))
    .mutation(({ ctx, input }) =>
      ctx.passwordGate.attempt(input.second.login, () =>
        reopenPeriod(ctx, input.bookId, input.month, input.reason, input.second))),
  archiveYear: writeProcedure('archivist', 'head')
    .input(z.object({ bookId: idSchema<'book'>(), year: z.number().int().min(1990).max(2200) }))
    .mutation(({ ctx, input }) => archiveYear(ctx, input.bookId, input.year)),
})

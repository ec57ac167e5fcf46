/** Books, accounts and bank accounts; trial balance and registers. */
import { z } from 'zod'
import { FUND_KINDS } from '#core/fund.ts'
import { bankBalances, registerPage, trialBalance } from '#services/voucher/balance.ts'
import { addBankAccount, addSubAccount, listAccounts, listBankAccounts, listBooks, openBook } from '#services/voucher/book.ts'
import { printTrialBalanceJob } from '../print.ts'
import { dateSchema, fenSchema, idSchema, PAGE_LIMIT, requiredTextSchema, textSchema } from './schema.ts'
import { readProcedure, router, writeProcedure } from './trpc.ts'

const bookId = idSchema<'book'>()
const complexId = idSchema<'complex'>()

export const bookRouter = router({
  list: readProcedure.input(z.void()).query(({ ctx }) => listBooks(ctx.ledger)),

  open: writeProcedure('administrator', 'head', 'bookkeeper')
    .input(z.object({ code: requiredTextSchema, name: requiredTextSchema, fundKind: z.enum(FUND_KINDS), openedOn: dateSchema }))
    .mutation(({ ctx, input }) => openBook(ctx, input)),

  accounts: readProcedure.input(z.object({ bookId })).query(({ ctx, input }) => listAccounts(ctx.ledger, input.bookId)),

  addSubAccount: writeProcedure('bookkeeper', 'head')
    .input(
      z.object({
        bookId,
        parentCode: requiredTextSchema,
        code: requiredTextSchema,
        name: requiredTextSchema,
        pinyin: textSchema.default(''),
      }),
    )
    .mutation(({ ctx, input: { bookId: book, ...sub } }) => addSubAccount(ctx, book, sub)),

  bankAccounts: readProcedure.input(z.void()).query(({ ctx }) => listBankAccounts(ctx.ledger)),

  addBankAccount: writeProcedure('administrator', 'head', 'bookkeeper')
    .input(
      z.object({
        bookId,
        complexId: complexId.nullable(),
        bankName: requiredTextSchema,
        branch: textSchema,
        number: requiredTextSchema,
        holderName: requiredTextSchema,
        isDedicated: z.boolean(),
        openedOn: dateSchema,
      }),
    )
    .mutation(({ ctx, input }) => addBankAccount(ctx, input)),

  trialBalance: readProcedure
    .input(z.object({ bookId, complexId: complexId.optional(), from: dateSchema.optional(), to: dateSchema }))
    .query(({ ctx, input: { complexId: complex, from, ...scope } }) =>
      trialBalance(ctx.ledger, {
        ...scope,
        ...(complex !== undefined && { complexId: complex }),
        ...(from !== undefined && { from }),
      })),

  printTrialBalance: readProcedure
    .input(z.object({ bookId, complexId: complexId.nullable(), from: dateSchema, to: dateSchema }))
    .mutation(({ ctx, input }) =>
      ctx.jobs.start({
        name: 'trialBalance.print',
        userId: ctx.actor.userId,
        run: (steps) => printTrialBalanceJob(ctx, input, steps),
      }),
    ),

  register: readProcedure
    .input(
      z.object({
        bookId,
        accountId: idSchema<'account'>(),
        complexId: complexId.optional(),
        from: dateSchema.optional(),
        to: dateSchema.optional(),
        after: z
          .object({ date: dateSchema, voucherId: z.number().int(), lineNo: z.number().int(), balanceFen: fenSchema })
          .optional(),
        limit: z.number().int().min(1).max(PAGE_LIMIT),
      }),
    )
    .query(({ ctx, input: { complexId: complex, from, to, after, ...scope } }) =>
      registerPage(ctx.ledger, {
        ...scope,
        ...(complex !== undefined && { complexId: complex }),
        ...(from !== undefined && { from }),
        ...(to !== undefined && { to }),
        ...(after !== undefined && { after }),
      })),

  bankBalances: readProcedure
    .input(z.object({ asOf: dateSchema }))
    .query(({ ctx, input }) => bankBalances(ctx.ledger, input.asOf)),
})

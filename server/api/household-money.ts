/** Money of households: accounts, opening, contributions, receipts, refunds, and their papers. */
import { z } from 'zod'
import { HOUSEHOLD_PARTS } from '#core/household/household-entry.ts'
import { bookOfFund } from '#services/voucher/book.ts'
import { contributionRates, setContributionRates } from '#services/household/contribution-rate.ts'
import { prepareContribution } from '#services/household/contribution.ts'
import { contributeLines, proposeContributions } from '#services/household/contribution-match.ts'
import { householdAccount, householdDue, subLedgerBook } from '#services/household/household-account.ts'
import { openHouseholdLedger, openingFromRegister } from '#services/household/household-opening.ts'
import { prepareRefund, refundPreview } from '#services/household/household-refund.ts'
import { householdsToTopUp } from '#services/household/household-top-up.ts'
import { addReceiptRange, listReceiptRanges, listReceipts, voidReceipt } from '#services/household/receipt.ts'
import { printStatementsJob, printTopUpJob, printTransferJob } from '../print-household.ts'
import {
  dateSchema, fenSchema, idSchema, PAGE_LIMIT, positiveFenSchema, requiredTextSchema, sha256Schema, textSchema,
} from './schema.ts'
import { readProcedure, router, writeProcedure } from './trpc.ts'

const householdId = idSchema<'household'>()
const complexId = idSchema<'complex'>()
const buildingId = idSchema<'building'>()
const bankAccountId = idSchema<'bankAccount'>()
const attachments = z.array(sha256Schema).max(200)
const span = { from: dateSchema, to: dateSchema }

const refundParts = z.array(z.object({ part: z.enum(HOUSEHOLD_PARTS), amountFen: fenSchema })).max(HOUSEHOLD_PARTS.length)
const receiptWriting = writeProcedure('preparer', 'cashier', 'bookkeeper')

export const householdMoneyRouter = router({
  /** Whether the complex keeps a sub-ledger, and how the register's figures tie out to its fund. */
  opening: readProcedure.input(z.object({ complexId })).query(({ ctx, input }) => {
    const bookId = bookOfFund(ctx.ledger, 'maintenance').id
    const { entries: _entries, ...tieOut } = openingFromRegister(ctx.ledger, bookId, input.complexId)
    return { bookId, ...tieOut }
  }),
  open: writeProcedure('preparer', 'bookkeeper', 'head')
    .input(z.object({ complexId, date: dateSchema, attachments }))
    .mutation(({ ctx, input }) =>
      ({ draftId: openHouseholdLedger(ctx, { bookId: bookOfFund(ctx.ledger, 'maintenance').id, ...input }) })),

  isBegun: readProcedure
    .input(z.object({ complexId }))
    .query(({ ctx, input }) => subLedgerBook(ctx.ledger, input.complexId) !== null),
  account: readProcedure
    .input(z.object({ id: householdId, ...span }))
    .query(({ ctx, input: { id, ...within } }) => householdAccount(ctx.ledger, id, within)),
  due: readProcedure
    .input(z.object({ id: householdId }))
    .query(({ ctx, input }) => householdDue(ctx.ledger, input.id, ctx.clock.today())),
  toTopUp: readProcedure
    .input(z.object({
      complexId, buildingId: buildingId.optional(), after: householdId.optional(), limit: z.number().int().min(1).max(PAGE_LIMIT),
    }))
    .query(({ ctx, input: { buildingId: building, after, ...scope } }) =>
      householdsToTopUp(ctx.ledger, {
        ...scope, ...(building !== undefined && { buildingId: building }), ...(after !== undefined && { after }),
      }, ctx.clock.today())),

  /** First-contribution rates of a city, by profile. */
  rates: readProcedure
    .input(z.object({ profileCode: requiredTextSchema, date: dateSchema }))
    .query(({ ctx, input }) => contributionRates(ctx.ledger, input.profileCode, input.date)),
  setRates: writeProcedure('head', 'administrator')
    .input(z.object({
      profileCode: requiredTextSchema, validFrom: textSchema, source: textSchema, reason: textSchema,
      rates: z.object({ lift: textSchema, noLift: textSchema, otherUse: textSchema, price: textSchema }),
      second: z.object({ login: requiredTextSchema, password: z.string().min(1).max(1000) }),
    }))
    .mutation(({ ctx, input: { second, ...change } }) =>
      ctx.passwordGate.attempt(second.login, () => setContributionRates(ctx, change, second))),

  contribute: writeProcedure('preparer')
    .input(z.object({
      complexId,
      date: dateSchema,
      bankDate: dateSchema.nullable().default(null),
      bankAccountId,
      rows: z.array(z.object({
        householdId, part: z.enum(['principal', 'sellerPrincipal']), amountFen: positiveFenSchema,
        receipt: requiredTextSchema.nullable(),
      })).min(1).max(500),
      attachments,
    }))
    .mutation(({ ctx, input }) => ({ draftId: prepareContribution(ctx, input) })),

  /** Open receipts of a bank account, each with the household it fits. */
  proposeFromBank: readProcedure
    .input(z.object({ complexId, bankAccountId }))
    .query(({ ctx, input }) => proposeContributions(ctx.ledger, { ...input, limit: PAGE_LIMIT }, ctx.clock.today())),
  contributeFromBank: writeProcedure('preparer')
    .input(z.object({
      complexId,
      lines: z.array(z.object({
        lineId: idSchema<'statementLine'>(), householdId, part: z.enum(['principal', 'sellerPrincipal']),
      })).min(1).max(PAGE_LIMIT),
    }))
    .mutation(({ ctx, input }) => ({ draftIds: contributeLines(ctx, input.complexId, input.lines) })),

  refundPreview: readProcedure
    .input(z.object({ householdId, date: dateSchema, parts: refundParts }))
    .query(({ ctx, input }) => refundPreview(ctx.ledger, input)),
  refund: writeProcedure('preparer')
    .input(z.object({
      householdId, date: dateSchema, parts: refundParts, bankAccountId: bankAccountId.nullable(), reason: requiredTextSchema,
      attachments,
    }))
    .mutation(({ ctx, input }) => ({ draftId: prepareRefund(ctx, input) })),

  receiptRanges: readProcedure.input(z.void()).query(({ ctx }) => listReceiptRanges(ctx.ledger, 100)),
  receipts: readProcedure
    .input(z.object({ rangeId: z.number().int().positive(), after: z.number().int().optional(),
      limit: z.number().int().min(1).max(PAGE_LIMIT) }))
    .query(({ ctx, input: { after, ...page } }) => listReceipts(ctx.ledger, { ...page, ...(after !== undefined && { after }) })),
  addReceiptRange: receiptWriting
    .input(z.object({ first: requiredTextSchema, last: requiredTextSchema, receivedOn: dateSchema }))
    .mutation(({ ctx, input }) => addReceiptRange(ctx, input)),
  voidReceipt: receiptWriting
    .input(z.object({ number: requiredTextSchema, reason: textSchema, hasOriginal: z.boolean() }))
    .mutation(({ ctx, input }) => voidReceipt(ctx, input)),

  printStatements: readProcedure
    .input(z.object({ complexId, householdId: householdId.nullable(), buildingId: buildingId.nullable(), ...span }))
    .mutation(({ ctx, input }) =>
      ctx.jobs.start({
        name: 'household.statements', userId: ctx.actor.userId, run: (steps) => printStatementsJob(ctx, input, steps),
      })),
  printTopUp: readProcedure
    .input(z.object({ complexId, buildingId: buildingId.nullable() }))
    .mutation(({ ctx, input }) =>
      ctx.jobs.start({ name: 'household.topUp', userId: ctx.actor.userId, run: (steps) => printTopUpJob(ctx, input, steps) })),
  printTransfer: readProcedure
    .input(z.object({ id: householdId }))
    .mutation(({ ctx, input }) =>
      ctx.jobs.start({
        name: 'household.transfer', userId: ctx.actor.userId, run: (steps) => printTransferJob(ctx, input.id, steps),
      })),
})

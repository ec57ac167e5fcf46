/** Public income: contracts, the quarter of a complex and of the office, and the actions that draft its vouchers. */
import { z } from 'zod'
import { PAYMENT_RHYTHMS, scheduleOf } from '#core/income/contract-schedule.ts'
import type { ReceiptFacts } from '#services/income/public-income.ts'
import { contractCard, endContract, listContracts, overdueContracts, recordContract } from '#services/income/contract.ts'
import { distribute, proposeDistribution } from '#services/income/distribution.ts'
import { bookCost, bookUse, receiveIncome, topUp } from '#services/income/public-income.ts'
import { quarterView, setReason } from '#services/income/quarter.ts'
import { quarterOverview } from '#services/income/quarter-overview.ts'
import { figureLines, FIGURE_PARTS, quarterScope } from '#services/income/quarter-rows.ts'
import { bookOfFund } from '#services/voucher/book.ts'
import {
  dateSchema,
  fenSchema,
  idSchema,
  PAGE_LIMIT,
  positiveFenSchema,
  quarterSchema,
  rateSchema,
  requiredTextSchema,
  sha256Schema,
  textSchema,
} from './schema.ts'
import { readProcedure, router, writeProcedure } from './trpc.ts'

const complexId = idSchema<'complex'>()
const contractId = idSchema<'contract'>()
const decisionId = idSchema<'decision'>()
const counterpartyId = idSchema<'counterparty'>()
const bankAccountId = idSchema<'bankAccount'>()

/** A line of the overview is a whole sheet with its checks. */
const OVERVIEW_LIMIT = 100

const money = {
  complexId,
  date: dateSchema,
  bankAccountId,
  summary: requiredTextSchema,
  attachments: z.array(sha256Schema).max(200),
}

const installment = z.object({ dueOn: dateSchema, coversFrom: dateSchema, coversTo: dateSchema, amount: positiveFenSchema })

/** By rule, or typed instalment by instalment. */
const schedule = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('rule'),
    rhythm: z.enum(PAYMENT_RHYTHMS),
    price: z.object({ kind: z.enum(['each', 'total']), amount: positiveFenSchema }),
    paid: z.enum(['before', 'after']),
  }),
  z.object({ kind: z.literal('typed'), installments: z.array(installment).min(1).max(600) }),
])

export const incomeRouter = router({
  contracts: readProcedure
    .input(
      z.object({
        complexId: complexId.nullable().default(null),
        state: z.enum(['running', 'over', 'all']),
        text: textSchema.default(''),
        before: contractId.nullable().default(null),
        limit: z.number().int().min(1).max(PAGE_LIMIT),
      }),
    )
    .query(({ ctx, input }) =>
      listContracts(ctx.ledger, {
        state: input.state,
        asOf: ctx.clock.today(),
        limit: input.limit,
        ...(input.complexId !== null && { complexId: input.complexId }),
        ...(input.text !== '' && { text: input.text }),
        ...(input.before !== null && { before: input.before }),
      })),

  contract: readProcedure
    .input(z.object({ id: contractId }))
    .query(({ ctx, input }) => contractCard(ctx.ledger, input.id, ctx.clock.today())),

  overdue: readProcedure
    .input(z.object({ complexId: complexId.nullable() }))
    .query(({ ctx, input }) => overdueContracts(ctx.ledger, ctx.clock.today(), input.complexId).slice(0, PAGE_LIMIT)),

  recordContract: writeProcedure('preparer', 'bookkeeper', 'head')
    .input(
      z.object({
        number: requiredTextSchema,
        accountCode: requiredTextSchema,
        counterpartyId,
        startsOn: dateSchema,
        endsOn: dateSchema,
        ownersShare: rateSchema,
        sha256: sha256Schema,
        schedule,
        complexes: z
          .array(z.object({ complexId, place: requiredTextSchema, weight: z.number('请填写比例').int('比例须是整数').positive('比例须大于零') }))
          .min(1)
          .max(PAGE_LIMIT),
      }),
    )
    .mutation(({ ctx, input: { schedule: given, ...facts } }) =>
      recordContract(ctx, {
        ...facts,
        installments: given.kind === 'typed'
          ? given.installments
          : scheduleOf({ ...given, startsOn: facts.startsOn, endsOn: facts.endsOn }),
      })),

  endContract: writeProcedure('preparer', 'bookkeeper', 'head')
    .input(z.object({ id: contractId, endedOn: dateSchema, reason: requiredTextSchema }))
    .mutation(({ ctx, input: { id, ...end } }) => endContract(ctx, id, end)),

  quarter: readProcedure
    .input(z.object({ complexId, quarter: quarterSchema }))
    .query(({ ctx, input }) => quarterView(ctx.ledger, ctx.clock, input.complexId, input.quarter)),

  overview: readProcedure
    .input(
      z.object({
        quarter: quarterSchema,
        after: textSchema.default(''),
        limit: z.number().int().min(1).max(OVERVIEW_LIMIT),
      }),
    )
    .query(({ ctx, input }) => quarterOverview(ctx.ledger, ctx.clock, input)),

  /** The lines behind a figure of the sheet, by page. */
  figure: readProcedure
    .input(
      z.object({
        complexId,
        quarter: quarterSchema,
        part: z.enum(FIGURE_PARTS),
        rowId: z.string().max(200).nullable(),
        after: z.object({ date: dateSchema, voucherId: z.number().int(), lineNo: z.number().int() }).nullable().default(null),
        limit: z.number().int().min(1).max(PAGE_LIMIT),
      }),
    )
    .query(({ ctx, input: { complexId: complex, quarter, after, ...figure } }) =>
      figureLines(ctx.ledger, {
        ...quarterScope(bookOfFund(ctx.ledger, 'publicIncome').id, complex, quarter),
        ...figure,
        ...(after !== null && { after }),
      })),

  setReason: writeProcedure('preparer', 'bookkeeper', 'head')
    .input(
      z.object({
        complexId,
        quarter: quarterSchema,
        rowKey: z.string().min(1).max(200),
        reason: z.string().trim().min(1, '请写明原因').max(2000),
      }),
    )
    .mutation(({ ctx, input }) => setReason(ctx, input)),

  receive: writeProcedure('preparer')
    .input(
      z.object({
        ...money,
        amountFen: fenSchema,
        contractId: contractId.nullable().default(null),
        accountCode: textSchema.default(''),
        counterpartyId: counterpartyId.nullable().default(null),
        reason: textSchema.default(''),
      }),
    )
    .mutation(({ ctx, input: { contractId: contract, accountCode, ...facts } }) => {
      const source: ReceiptFacts['source'] = contract === null ? { accountCode } : { contractId: contract }
      return receiveIncome(ctx, { ...facts, source })
    }),

  cost: writeProcedure('preparer')
    .input(
      z.object({
        ...money,
        amountFen: positiveFenSchema,
        accountCode: requiredTextSchema,
        document: requiredTextSchema,
        counterpartyId: counterpartyId.nullable().default(null),
      }),
    )
    .mutation(({ ctx, input }) => bookCost(ctx, input)),

  use: writeProcedure('preparer')
    .input(
      z.object({
        ...money,
        amountFen: positiveFenSchema,
        accountCode: requiredTextSchema,
        decisionId,
        counterpartyId: counterpartyId.nullable().default(null),
      }),
    )
    .mutation(({ ctx, input }) => bookUse(ctx, input)),

  /** How a sum would fall on the households: the head of the list; the whole list is stored with the voucher. */
  proposeDistribution: readProcedure
    .input(z.object({ complexId, totalFen: positiveFenSchema }))
    .query(({ ctx, input }) => {
      const shares = proposeDistribution(ctx.ledger, input.complexId, input.totalFen)
      return { households: shares.length, first: shares.slice(0, PAGE_LIMIT) }
    }),

  distribute: writeProcedure('preparer')
    .input(z.object({ ...money, amountFen: positiveFenSchema, kind: z.enum(['distribution', 'offset']), decisionId }))
    .mutation(({ ctx, input }) => {
      const { draftId, list, shares } = distribute(ctx, input)
      return { draftId, list, households: shares.length }
    }),

  topUp: writeProcedure('preparer')
    .input(
      z.object({
        complexId,
        quarter: quarterSchema,
        amountFen: positiveFenSchema,
        date: dateSchema,
        fromBankAccountId: bankAccountId,
        toBankAccountId: bankAccountId,
        decisionId,
      }),
    )
    .mutation(({ ctx, input }) => topUp(ctx, input)),
})

/** The deposit register: placing, withdrawing and rolling over. */
import { z } from 'zod'
import type { BusinessDate } from '#core/calendar.ts'
import { actionsOn, isNoticeProduct } from '#core/deposit/certificate-life.ts'
import { DAY_COUNTS, DEPOSIT_PRODUCTS, interestStanding, ROLLOVER_INSTRUCTIONS } from '#core/deposit/deposit.ts'
import { bankHabit, certificateOf, listCertificates, moneySources } from '#services/deposit/certificate.ts'
import { chainOf } from '#services/deposit/certificate-chain.ts'
import { expectedOn, placeCertificate, withdrawCertificate } from '#services/deposit/deposit.ts'
import { noticeOf } from '#services/deposit/deposit-notice.ts'
import { rollOverCertificate } from '#services/deposit/deposit-rollover.ts'
import { undoLastOperation } from '#services/deposit/deposit-undo.ts'
import { previewPlacing, previewRollover, previewWithdrawal, quoteCertificate } from '#services/deposit/deposit-preview.ts'
import { watched } from '#services/deposit/deposit-due.ts'
import { reminderDays } from '#services/deposit/deposit-reminder.ts'
import {
  dateSchema, fenSchema, idSchema, PAGE_LIMIT, positiveFenSchema, rateSchema, requiredTextSchema, sha256Schema, textSchema,
} from './schema.ts'
import { readProcedure, router, writeProcedure } from './trpc.ts'

const certificateId = idSchema<'certificate'>()
const attachments = z.array(sha256Schema).max(50)
const term = z.object({ unit: z.enum(['months', 'days']), count: z.number().int().positive() })

/** What is printed on a certificate the bank hands over. */
export const printedSchema = z.object({
  certificateNo: requiredTextSchema,
  product: z.enum(DEPOSIT_PRODUCTS),
  rateMicro: rateSchema,
  demandRateMicro: rateSchema,
  dayCount: z.enum(DAY_COUNTS),
  term,
  dueDate: dateSchema.nullable(),
  dueDateReason: textSchema,
  rolloverInstruction: z.enum(ROLLOVER_INSTRUCTIONS),
  personInCharge: idSchema<'user'>(),
  bankName: textSchema.optional(),
  branch: textSchema.optional(),
  depositAccount: textSchema.optional(),
  reminderDays: z.number().int().min(0).max(366).nullish(),
  sourceVoucherId: idSchema<'voucher'>().nullish(),
})

type Optional = 'bankName' | 'branch' | 'depositAccount' | 'reminderDays' | 'sourceVoucherId'

/** The service takes an absent due date as "by the corresponding day", and knows no undefined fields. */
export function printedFacts<Facts extends z.output<typeof printedSchema>>(facts: Facts) {
  const { dueDate, bankName, branch, depositAccount, reminderDays, sourceVoucherId, ...rest } = facts
  return {
    ...rest,
    ...(dueDate !== null && { dueDate }),
    ...(bankName !== undefined && { bankName }),
    ...(branch !== undefined && { branch }),
    ...(depositAccount !== undefined && { depositAccount }),
    ...(reminderDays !== undefined && { reminderDays }),
    ...(sourceVoucherId !== undefined && { sourceVoucherId }),
  } as const satisfies { readonly dueDate?: BusinessDate } & Omit<z.output<typeof printedSchema>, Optional | 'dueDate'>
}

/** What the bank's slip says, whatever the operation. */
export const slipSchema = z.object({
  date: dateSchema,
  interestPaidFen: fenSchema,
  differenceReason: textSchema,
  /** Where the money came in: anything but the settlement account is refused. */
  receivedInto: idSchema<'bankAccount'>().optional(),
  receivedOn: dateSchema.nullish(),
  bankSerial: textSchema.optional(),
  attachments,
})

/** Leaves out what was not said. */
export function slipFacts<Slip extends Pick<z.output<typeof slipSchema>, 'receivedInto' | 'receivedOn' | 'bankSerial'>>(
  { receivedInto, receivedOn, bankSerial, ...slip }: Slip,
) {
  return {
    ...slip,
    ...(receivedInto !== undefined && { receivedInto }),
    ...(receivedOn !== undefined && { receivedOn }),
    ...(bankSerial !== undefined && { bankSerial }),
  }
}

const settlement = slipSchema.extend({ certificateId, demandRateMicro: rateSchema })

const placing = printedSchema.extend({
  valueDate: dateSchema,
  complexId: idSchema<'complex'>(),
  bankAccountId: idSchema<'bankAccount'>(),
  principalFen: positiveFenSchema,
  attachments,
})

const rollover = settlement.extend({ mode: z.enum(['principal_only', 'principal_and_interest']), next: printedSchema })

/** Enough to find last quarter's collection. */
const SHOWN_SOURCES = 40

export const depositRouter = router({
  list: readProcedure
    .input(
      z.object({
        complexId: idSchema<'complex'>().optional(),
        bankAccountId: idSchema<'bankAccount'>().optional(),
        inForceOnly: z.boolean(),
        text: textSchema.optional(),
        after: z.object({ isEnded: z.literal([0, 1]), dueDate: dateSchema, id: certificateId }).optional(),
        limit: z.number().int().min(1).max(PAGE_LIMIT),
      }),
    )
    .query(({ ctx, input: { complexId, bankAccountId, text, after, ...filter } }) => {
      const today = ctx.clock.today()
      const days = reminderDays(ctx.ledger, today)
      const rows = listCertificates(ctx.ledger, {
        ...filter,
        ...(complexId !== undefined && { complexId }),
        ...(bankAccountId !== undefined && { bankAccountId }),
        ...(text !== undefined && { text }),
        ...(after !== undefined && { after }),
      })
      return rows.map((row) => watched(row, today, days))
    }),

  get: readProcedure.input(z.object({ id: certificateId })).query(({ ctx, input }) => {
    const today = ctx.clock.today()
    const certificate = certificateOf(ctx.ledger, input.id)
    return {
      certificate: watched(certificate, today, reminderDays(ctx.ledger, today)),
      interest: interestStanding(certificate, today),
      chain: chainOf(ctx.ledger, input.id),
      /** What may be done with it today. */
      actions: actionsOn(certificate, today),
      notice: isNoticeProduct(certificate.product) ? noticeOf(ctx.ledger, input.id) : null,
    }
  }),

  /** What the bank owes on a day, segment by segment. */
  expected: readProcedure
    .input(z.object({ id: certificateId, date: dateSchema, demandRateMicro: rateSchema }))
    .query(({ ctx, input }) => expectedOn(certificateOf(ctx.ledger, input.id), input.date, input.demandRateMicro)),

  /** Due date and interest at maturity of a certificate being filled in. */
  quote: readProcedure
    .input(
      z.object({
        principalFen: positiveFenSchema,
        rateMicro: rateSchema,
        demandRateMicro: rateSchema,
        dayCount: z.enum(DAY_COUNTS),
        term,
        valueDate: dateSchema,
        dueDate: dateSchema.nullable(),
        previousId: certificateId.nullable(),
      }),
    )
    .query(({ ctx, input }) => quoteCertificate(ctx.ledger, input)),

  /** How the account's bank counts, and the receipts its money may have come from. */
  fromAccount: readProcedure
    .input(z.object({ bankAccountId: idSchema<'bankAccount'>() }))
    .query(({ ctx, input }) => ({
      habit: bankHabit(ctx.ledger, input.bankAccountId), sources: moneySources(ctx.ledger, input.bankAccountId, SHOWN_SOURCES),
    })),

  placePreview: readProcedure.input(placing).query(({ ctx, input }) => previewPlacing(ctx.ledger, printedFacts(input))),
  place: writeProcedure('preparer').input(placing).mutation(({ ctx, input }) => placeCertificate(ctx, printedFacts(input))),

  withdrawPreview: readProcedure.input(settlement).query(({ ctx, input }) => previewWithdrawal(ctx.ledger, slipFacts(input))),
  withdraw: writeProcedure('preparer')
    .input(settlement)
    .mutation(({ ctx, input }) => withdrawCertificate(ctx, slipFacts(input))),

  rolloverPreview: readProcedure
    .input(rollover)
    .query(({ ctx, input }) => previewRollover(ctx.ledger, { ...slipFacts(input), next: printedFacts(input.next) })),
  rollOver: writeProcedure('preparer')
    .input(rollover)
    .mutation(({ ctx, input }) => rollOverCertificate(ctx, { ...slipFacts(input), next: printedFacts(input.next) })),

  undo: writeProcedure('preparer')
    .input(z.object({ id: certificateId, date: dateSchema, reason: requiredTextSchema }))
    .mutation(({ ctx, input }) => undoLastOperation(ctx, input.id, { date: input.date, reason: input.reason })),
})

/** The deposit register: placing, due work, withdrawing and rolling over. */
import { z } from 'zod'
import { addDays, type BusinessDate } from '#core/calendar.ts'
import { DAY_COUNTS, DEPOSIT_PRODUCTS, interestStanding, ROLLOVER_INSTRUCTIONS } from '#core/deposit.ts'
import { certificateOf, chainOf, dueWork, listCertificates, maturityLadder, watched } from '#services/certificate.ts'
import {
  expectedOn,
  placeCertificate,
  rollOverCertificate,
  undoLastOperation,
  withdrawCertificate,
} from '#services/deposit.ts'
import { previewPlacing, previewRollover, previewWithdrawal, quoteCertificate } from '#services/deposit-preview.ts'
import { reminderDays } from '#services/deposit-reminder.ts'
import {
  dateSchema, fenSchema, idSchema, PAGE_LIMIT, positiveFenSchema, rateSchema, requiredTextSchema, sha256Schema, textSchema,
} from './schema.ts'
import { readProcedure, router, writeProcedure } from './trpc.ts'

const certificateId = idSchema<'certificate'>()

const term = z.object({ unit: z.enum(['months', 'days']), count: z.number().int().positive() })

const printed = z.object({
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
})

/** The service takes an absent due date as "by the corresponding day". */
function withDueDate<Facts extends { dueDate: BusinessDate | null }>({ dueDate, ...facts }: Facts) {
  return dueDate === null ? facts : { ...facts, dueDate }
}

const settlement = z.object({
  certificateId,
  date: dateSchema,
  demandRateMicro: rateSchema,
  interestPaidFen: fenSchema,
  differenceReason: textSchema,
  attachments: z.array(sha256Schema).max(50),
})

const placing = printed.extend({
  valueDate: dateSchema,
  complexId: idSchema<'complex'>(),
  bankAccountId: idSchema<'bankAccount'>(),
  principalFen: positiveFenSchema,
  attachments: z.array(sha256Schema).max(50),
})

const rollover = settlement.extend({ mode: z.enum(['principal_only', 'principal_and_interest']), next: printed })

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

  due: readProcedure.input(z.object({ complexId: idSchema<'complex'>().optional() })).query(({ ctx, input }) => {
    const today = ctx.clock.today()
    const days = reminderDays(ctx.ledger, today)
    return dueWork(ctx.ledger, today, days, addDays(today, Math.max(0, ...days)), input.complexId ?? null)
  }),

  ladder: readProcedure
    .input(z.object({ complexId: idSchema<'complex'>().optional() }))
    .query(({ ctx, input }) => maturityLadder(ctx.ledger, ctx.clock.today(), input.complexId ?? null)),

  get: readProcedure.input(z.object({ id: certificateId })).query(({ ctx, input }) => {
    const today = ctx.clock.today()
    const certificate = certificateOf(ctx.ledger, input.id)
    return {
      certificate: watched(certificate, today, reminderDays(ctx.ledger, today)),
      interest: interestStanding(certificate, today),
      chain: chainOf(ctx.ledger, input.id),
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

  placePreview: readProcedure.input(placing).query(({ ctx, input }) => previewPlacing(ctx.ledger, withDueDate(input))),
  place: writeProcedure('preparer').input(placing).mutation(({ ctx, input }) => placeCertificate(ctx, withDueDate(input))),

  withdrawPreview: readProcedure.input(settlement).query(({ ctx, input }) => previewWithdrawal(ctx.ledger, input)),
  withdraw: writeProcedure('preparer').input(settlement).mutation(({ ctx, input }) => withdrawCertificate(ctx, input)),

  rolloverPreview: readProcedure
    .input(rollover)
    .query(({ ctx, input }) => previewRollover(ctx.ledger, { ...input, next: withDueDate(input.next) })),
  rollOver: writeProcedure('preparer')
    .input(rollover)
    .mutation(({ ctx, input }) => rollOverCertificate(ctx, { ...input, next: withDueDate(input.next) })),

  undo: writeProcedure('preparer')
    .input(z.object({ id: certificateId, date: dateSchema, reason: requiredTextSchema }))
    .mutation(({ ctx, input }) => undoLastOperation(ctx, input.id, { date: input.date, reason: input.reason })),
})

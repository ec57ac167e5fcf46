/** The deposit register: placing, due work, withdrawing and rolling over. */
import { z } from 'zod'
import { addDays, type BusinessDate } from '#core/calendar.ts'
import { DAY_COUNTS, DEPOSIT_PRODUCTS, ROLLOVER_INSTRUCTIONS } from '#core/deposit.ts'
import { certificateOf, chainOf, dueWork, listCertificates } from '#services/certificate.ts'
import {
  expectedOn,
  placeCertificate,
  rollOverCertificate,
  undoLastOperation,
  withdrawCertificate,
} from '#services/deposit.ts'
import { reminderDays } from '#services/deposit-reminder.ts'
import { dateSchema, fenSchema, idSchema, PAGE_LIMIT, positiveFenSchema, rateSchema, requiredTextSchema, sha256Schema, textSchema } from './schema.ts'
import { readProcedure, router, writeProcedure } from './trpc.ts'

const certificateId = idSchema<'certificate'>()

const printed = z.object({
  certificateNo: requiredTextSchema,
  product: z.enum(DEPOSIT_PRODUCTS),
  rateMicro: rateSchema,
  demandRateMicro: rateSchema,
  dayCount: z.enum(DAY_COUNTS),
  term: z.object({ unit: z.enum(['months', 'days']), count: z.number().int().positive() }),
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

export const depositRouter = router({
  list: readProcedure
    .input(
      z.object({
        complexId: idSchema<'complex'>().optional(),
        bankAccountId: idSchema<'bankAccount'>().optional(),
        inForceOnly: z.boolean(),
        after: z.object({ dueDate: dateSchema, id: certificateId }).optional(),
        limit: z.number().int().min(1).max(PAGE_LIMIT),
      }),
    )
    .query(({ ctx, input: { complexId, bankAccountId, after, ...filter } }) =>
      listCertificates(ctx.ledger, {
        ...filter,
        ...(complexId !== undefined && { complexId }),
        ...(bankAccountId !== undefined && { bankAccountId }),
        ...(after !== undefined && { after }),
      })),

  due: readProcedure.input(z.void()).query(({ ctx }) => {
    const today = ctx.clock.today()
    const days = reminderDays(ctx.ledger, today)
    return dueWork(ctx.ledger, today, days, addDays(today, Math.max(0, ...days)))
  }),

  get: readProcedure.input(z.object({ id: certificateId })).query(({ ctx, input }) => ({
    certificate: certificateOf(ctx.ledger, input.id),
    chain: chainOf(ctx.ledger, input.id),
  })),

  /** What the bank owes on a day, segment by segment. */
  expected: readProcedure
    .input(z.object({ id: certificateId, date: dateSchema, demandRateMicro: rateSchema }))
    .query(({ ctx, input }) => expectedOn(certificateOf(ctx.ledger, input.id), input.date, input.demandRateMicro)),

  place: writeProcedure('preparer')
    .input(
      printed.extend({
        valueDate: dateSchema,
        complexId: idSchema<'complex'>(),
        bankAccountId: idSchema<'bankAccount'>(),
        principalFen: positiveFenSchema,
        attachments: z.array(sha256Schema).max(50),
      }),
    )
    .mutation(({ ctx, input }) => placeCertificate(ctx, withDueDate(input))),

  withdraw: writeProcedure('preparer').input(settlement).mutation(({ ctx, input }) => withdrawCertificate(ctx, input)),

  rollOver: writeProcedure('preparer')
    .input(settlement.extend({ mode: z.enum(['principal_only', 'principal_and_interest']), next: printed }))
    .mutation(({ ctx, input }) => rollOverCertificate(ctx, { ...input, next: withDueDate(input.next) })),

  undo: writeProcedure('preparer')
    .input(z.object({ id: certificateId, date: dateSchema, reason: requiredTextSchema }))
    .mutation(({ ctx, input }) => undoLastOperation(ctx, input.id, { date: input.date, reason: input.reason })),
})

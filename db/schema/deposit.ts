/** Typed shape of 0005_deposit.sql. */
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { DayCount } from '#core/accrual.ts'
import type { BusinessDate } from '#core/calendar.ts'
import type { BankAccountId, BookId, CertificateId, ComplexId, DraftId, UserId } from '#core/id.ts'
import { ZERO_FEN, type Fen } from '#core/money.ts'
import type { RateMicro } from '#core/rate.ts'

export type CertificateProduct = 'time' | 'notice1' | 'notice7' | 'largeCertificate'
export type RolloverInstruction = 'none' | 'principal' | 'principalAndInterest'

export const certificate = sqliteTable('certificate', {
  id: integer('id').$type<CertificateId>().primaryKey(),
  bookId: integer('book_id').$type<BookId>().notNull(),
  complexId: integer('complex_id').$type<ComplexId>().notNull(),
  bankAccountId: integer('bank_account_id').$type<BankAccountId>().notNull(),
  certificateNo: text('certificate_no').notNull(),
  product: text('product').$type<CertificateProduct>().notNull(),
  principalFen: integer('principal_fen').$type<Fen>().notNull(),
  rateMicro: integer('rate_micro').$type<RateMicro>().notNull(),
  demandRateMicro: integer('demand_rate_micro').$type<RateMicro>().notNull(),
  dayCount: text('day_count').$type<DayCount>().notNull(),
  termMonths: integer('term_months'),
  termDays: integer('term_days'),
  valueDate: text('value_date').$type<BusinessDate>().notNull(),
  dueDate: text('due_date').$type<BusinessDate>().notNull(),
  dueDateReason: text('due_date_reason').notNull().default(''),
  /** Day of the month the chain of terms is counted from. */
  anchorDay: integer('anchor_day').notNull(),
  rolloverInstruction: text('rollover_instruction').$type<RolloverInstruction>().notNull(),
  previousId: integer('previous_id').$type<CertificateId>(),
  personInCharge: integer('person_in_charge').$type<UserId>().notNull(),
  recordedBy: integer('recorded_by').$type<UserId>().notNull(),
  recordedAt: text('recorded_at').notNull(),
})

export type CertificateEventKind = 'placed' | 'withdrawn' | 'rolledOver' | 'reversed'

export const certificateEvent = sqliteTable('certificate_event', {
  id: integer('id').primaryKey(),
  certificateId: integer('certificate_id').$type<CertificateId>().notNull(),
  kind: text('kind').$type<CertificateEventKind>().notNull(),
  date: text('date').$type<BusinessDate>().notNull(),
  principalFen: integer('principal_fen').$type<Fen>().notNull(),
  interestExpectedFen: integer('interest_expected_fen').$type<Fen>().notNull().default(ZERO_FEN),
  interestPaidFen: integer('interest_paid_fen').$type<Fen>().notNull().default(ZERO_FEN),
  differenceReason: text('difference_reason').notNull().default(''),
  nextCertificateId: integer('next_certificate_id').$type<CertificateId>(),
  reversesEventId: integer('reverses_event_id'),
  draftId: integer('draft_id').$type<DraftId>(),
  actorId: integer('actor_id').$type<UserId>().notNull(),
  at: text('at').notNull(),
})

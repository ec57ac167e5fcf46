/** Typed shape of 0005_deposit.sql. */
import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { DayCount } from '#core/deposit/accrual.ts'
import type { BusinessDate } from '#core/calendar.ts'
import type { CertificateEventKind, DepositProduct, RolloverInstruction } from '#core/deposit/deposit.ts'
import type { BankAccountId, BookId, CertificateId, ComplexId, DraftId, StatementLineId, UserId, VoucherId } from '#core/id.ts'
import { ZERO_FEN, type Fen } from '#core/money.ts'
import type { RateMicro } from '#core/rate.ts'

export const certificate = sqliteTable('certificate', {
  id: integer('id').$type<CertificateId>().primaryKey(),
  bookId: integer('book_id').$type<BookId>().notNull(),
  complexId: integer('complex_id').$type<ComplexId>().notNull(),
  bankAccountId: integer('bank_account_id').$type<BankAccountId>().notNull(),
  certificateNo: text('certificate_no').notNull(),
  product: text('product').$type<DepositProduct>().notNull(),
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
  bankName: text('bank_name').notNull().default(''),
  branch: text('branch').notNull().default(''),
  depositAccount: text('deposit_account').notNull().default(''),
  reminderDays: integer('reminder_days'),
  sourceVoucherId: integer('source_voucher_id').$type<VoucherId>(),
  personInCharge: integer('person_in_charge').$type<UserId>().notNull(),
  recordedBy: integer('recorded_by').$type<UserId>().notNull(),
  recordedAt: text('recorded_at').notNull(),
})

export const certificateEvent = sqliteTable('certificate_event', {
  id: integer('id').primaryKey(),
  certificateId: integer('certificate_id').$type<CertificateId>().notNull(),
  kind: text('kind').$type<CertificateEventKind>().notNull(),
  date: text('date').$type<BusinessDate>().notNull(),
  principalFen: integer('principal_fen').$type<Fen>().notNull(),
  interestExpectedFen: integer('interest_expected_fen').$type<Fen>().notNull().default(ZERO_FEN),
  interestPaidFen: integer('interest_paid_fen').$type<Fen>().notNull().default(ZERO_FEN),
  differenceReason: text('difference_reason').notNull().default(''),
  reason: text('reason').notNull().default(''),
  noticeFor: text('notice_for').$type<BusinessDate>(),
  newCertificateNo: text('new_certificate_no').notNull().default(''),
  newDueDate: text('new_due_date').$type<BusinessDate>(),
  newRateMicro: integer('new_rate_micro').$type<RateMicro>(),
  receivedOn: text('received_on').$type<BusinessDate>(),
  bankSerial: text('bank_serial').notNull().default(''),
  reversesEventId: integer('reverses_event_id'),
  draftId: integer('draft_id').$type<DraftId>(),
  actorId: integer('actor_id').$type<UserId>().notNull(),
  at: text('at').notNull(),
})

export const certificateLink = sqliteTable('certificate_link', {
  eventId: integer('event_id').notNull(),
  nextId: integer('next_id').$type<CertificateId>().notNull(),
}, (table) => [primaryKey({ columns: [table.eventId, table.nextId] })])

/** The bank's own rows of an event. */
export const certificateEventLine = sqliteTable('certificate_event_line', {
  eventId: integer('event_id').notNull(),
  statementLineId: integer('statement_line_id').$type<StatementLineId>().notNull(),
}, (table) => [primaryKey({ columns: [table.eventId, table.statementLineId] })])

export const bankAccountTerms = sqliteTable('bank_account_terms', {
  id: integer('id').primaryKey(),
  bankAccountId: integer('bank_account_id').$type<BankAccountId>().notNull(),
  product: text('product').$type<'demand' | 'agreement'>().notNull(),
  validFrom: text('valid_from').$type<BusinessDate>().notNull(),
  demandRateMicro: integer('demand_rate_micro').$type<RateMicro>().notNull(),
  agreementRateMicro: integer('agreement_rate_micro').$type<RateMicro>(),
  baseQuotaFen: integer('base_quota_fen').$type<Fen>(),
  yearDays: integer('year_days').$type<360 | 365>().notNull(),
  source: text('source').notNull(),
  recordedBy: integer('recorded_by').$type<UserId>().notNull(),
  recordedAt: text('recorded_at').notNull(),
})

export const accountInterest = sqliteTable('account_interest', {
  id: integer('id').primaryKey(),
  bankAccountId: integer('bank_account_id').$type<BankAccountId>().notNull(),
  periodFrom: text('period_from').$type<BusinessDate>().notNull(),
  periodTo: text('period_to').$type<BusinessDate>().notNull(),
  expectedFen: integer('expected_fen').$type<Fen>().notNull(),
  paidFen: integer('paid_fen').$type<Fen>().notNull(),
  differenceReason: text('difference_reason').notNull().default(''),
  reason: text('reason').notNull().default(''),
  draftId: integer('draft_id').$type<DraftId>(),
  reversesId: integer('reverses_id'),
  actorId: integer('actor_id').$type<UserId>().notNull(),
  at: text('at').notNull(),
})

export const interestDifferenceClosing = sqliteTable('interest_difference_closing', {
  id: integer('id').primaryKey(),
  eventId: integer('event_id'),
  accountInterestId: integer('account_interest_id'),
  reason: text('reason').notNull(),
  closedBy: integer('closed_by').$type<UserId>().notNull(),
  at: text('at').notNull(),
})

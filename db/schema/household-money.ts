/** Typed shape of 0012_household_money.sql. */
import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { BusinessDate } from '#core/calendar.ts'
import type { HouseholdPart } from '#core/household/household-entry.ts'
import type { BookId, ComplexId, DraftId, HouseholdId, UserId, VoucherId } from '#core/id.ts'
import { ZERO_FEN, type Fen } from '#core/money.ts'

export const householdLedger = sqliteTable('household_ledger', {
  complexId: integer('complex_id').$type<ComplexId>().notNull(),
  bookId: integer('book_id').$type<BookId>().notNull(),
  voucherId: integer('voucher_id').$type<VoucherId>(),
  begunOn: text('begun_on').$type<BusinessDate>().notNull(),
  begunBy: integer('begun_by').$type<UserId>().notNull(),
  at: text('at').notNull(),
}, (table) => [primaryKey({ columns: [table.bookId, table.complexId] })])

export const householdEntry = sqliteTable('household_entry', {
  voucherId: integer('voucher_id').$type<VoucherId>().notNull(),
  lineNo: integer('line_no').notNull(),
  householdId: integer('household_id').$type<HouseholdId>().notNull(),
  part: text('part').$type<HouseholdPart>().notNull(),
  date: text('date').$type<BusinessDate>().notNull(),
  amountFen: integer('amount_fen').$type<Fen>().notNull(),
}, (table) => [primaryKey({ columns: [table.voucherId, table.lineNo, table.householdId, table.part] })])

export const voucherDraftHousehold = sqliteTable('voucher_draft_household', {
  draftId: integer('draft_id').$type<DraftId>().notNull(),
  lineNo: integer('line_no').notNull(),
  householdId: integer('household_id').$type<HouseholdId>().notNull(),
  part: text('part').$type<HouseholdPart>().notNull(),
  amountFen: integer('amount_fen').$type<Fen>().notNull(),
}, (table) => [primaryKey({ columns: [table.draftId, table.lineNo, table.householdId, table.part] })])

export const receiptRange = sqliteTable('receipt_range', {
  id: integer('id').primaryKey(),
  prefix: text('prefix').notNull(),
  firstNo: integer('first_no').notNull(),
  lastNo: integer('last_no').notNull(),
  width: integer('width').notNull(),
  receivedOn: text('received_on').$type<BusinessDate>().notNull(),
  actorId: integer('actor_id').$type<UserId>().notNull(),
  at: text('at').notNull(),
})

export const receiptEvent = sqliteTable('receipt_event', {
  rangeId: integer('range_id').notNull(),
  number: integer('number').notNull(),
  kind: text('kind').$type<'used' | 'void'>().notNull(),
  onDate: text('on_date').$type<BusinessDate>().notNull(),
  householdId: integer('household_id').$type<HouseholdId>(),
  draftId: integer('draft_id').$type<DraftId>(),
  amountFen: integer('amount_fen').$type<Fen>().notNull().default(ZERO_FEN),
  reason: text('reason').notNull().default(''),
  hasOriginal: integer('has_original').notNull().default(0),
  actorId: integer('actor_id').$type<UserId>().notNull(),
  at: text('at').notNull(),
}, (table) => [primaryKey({ columns: [table.rangeId, table.number, table.kind] })])

/** Typed shape of 0008_reconciliation.sql. */
import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { BusinessDate, Month } from '#core/calendar.ts'
import type { BankAccountId, ReconciliationId, ReconciliationMatchId, UserId, VoucherId } from '#core/id.ts'
import type { Fen } from '#core/money.ts'

export type MatchMethod = 'posted' | 'manual' | 'suggested' | 'automatic'

export const reconciliationMatch = sqliteTable('reconciliation_match', {
  id: integer('id').$type<ReconciliationMatchId>().primaryKey(),
  bankAccountId: integer('bank_account_id').$type<BankAccountId>().notNull(),
  method: text('method').$type<MatchMethod>().notNull(),
  score: integer('score'),
  reason: text('reason').notNull(),
  /** The latest day of its lines: from that day on none of them is open. */
  lastOn: text('last_on').$type<BusinessDate>().notNull(),
  actorId: integer('actor_id').$type<UserId>().notNull(),
  at: text('at').notNull(),
})

export const reconciliationEntry = sqliteTable('reconciliation_entry', {
  matchId: integer('match_id').$type<ReconciliationMatchId>().notNull(),
  voucherId: integer('voucher_id').$type<VoucherId>().notNull(),
  lineNo: integer('line_no').notNull(),
}, (table) => [primaryKey({ columns: [table.matchId, table.voucherId, table.lineNo] })])

export const reconciliationUndo = sqliteTable('reconciliation_undo', {
  matchId: integer('match_id').$type<ReconciliationMatchId>().primaryKey(),
  reason: text('reason').notNull(),
  actorId: integer('actor_id').$type<UserId>().notNull(),
  at: text('at').notNull(),
})

export const reconciliation = sqliteTable('reconciliation', {
  id: integer('id').$type<ReconciliationId>().primaryKey(),
  bankAccountId: integer('bank_account_id').$type<BankAccountId>().notNull(),
  month: text('month').$type<Month>().notNull(),
  version: integer('version').notNull(),
  journalFen: integer('journal_fen').$type<Fen>().notNull(),
  statementFen: integer('statement_fen').$type<Fen>().notNull(),
  bankInFen: integer('bank_in_fen').$type<Fen>().notNull(),
  bankOutFen: integer('bank_out_fen').$type<Fen>().notNull(),
  bookInFen: integer('book_in_fen').$type<Fen>().notNull(),
  bookOutFen: integer('book_out_fen').$type<Fen>().notNull(),
  /** JSON: the open items as they stood. */
  items: text('items').notNull(),
  reconcilerId: integer('reconciler_id').$type<UserId>().notNull(),
  at: text('at').notNull(),
})

export const reconciliationCheck = sqliteTable('reconciliation_check', {
  reconciliationId: integer('reconciliation_id').$type<ReconciliationId>().primaryKey(),
  checkerId: integer('checker_id').$type<UserId>().notNull(),
  at: text('at').notNull(),
})

export const reconciliationReopening = sqliteTable('reconciliation_reopening', {
  reconciliationId: integer('reconciliation_id').$type<ReconciliationId>().primaryKey(),
  reason: text('reason').notNull(),
  actorId: integer('actor_id').$type<UserId>().notNull(),
  at: text('at').notNull(),
})

export const bankConfirmation = sqliteTable('bank_confirmation', {
  id: integer('id').primaryKey(),
  bankAccountId: integer('bank_account_id').$type<BankAccountId>().notNull(),
  asOf: text('as_of').$type<BusinessDate>().notNull(),
  amountFen: integer('amount_fen').$type<Fen>().notNull(),
  sha256: text('sha256').notNull(),
  recordedBy: integer('recorded_by').$type<UserId>().notNull(),
  at: text('at').notNull(),
})

/** Typed shape of 0004_statement.sql. */
import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { BusinessDate } from '#core/calendar.ts'
import type { FundKind } from '#core/fund.ts'
import type { BankAccountId, ReconciliationMatchId, StatementBatchId, StatementLineId, UserId, VoucherId } from '#core/id.ts'
import type { Fen } from '#core/money.ts'
import type { ProposalKind } from '#core/statement/proposal.ts'
import type { RowKind } from '#core/statement/statement.ts'

export const statementBatch = sqliteTable('statement_batch', {
  id: integer('id').$type<StatementBatchId>().primaryKey(),
  bankAccountId: integer('bank_account_id').$type<BankAccountId>().notNull(),
  sha256: text('sha256').notNull(),
  format: text('format').notNull(),
  layout: text('layout').notNull(),
  encoding: text('encoding').notNull(),
  periodFrom: text('period_from').$type<BusinessDate>(),
  periodTo: text('period_to').$type<BusinessDate>(),
  openingFen: integer('opening_fen').$type<Fen>(),
  closingFen: integer('closing_fen').$type<Fen>(),
  lineCount: integer('line_count').notNull(),
  inCount: integer('in_count').notNull(),
  inFen: integer('in_fen').$type<Fen>().notNull(),
  outCount: integer('out_count').notNull(),
  outFen: integer('out_fen').$type<Fen>().notNull(),
  importedBy: integer('imported_by').$type<UserId>().notNull(),
  importedAt: text('imported_at').notNull(),
})

export const statementLine = sqliteTable('statement_line', {
  id: integer('id').$type<StatementLineId>().primaryKey(),
  batchId: integer('batch_id').$type<StatementBatchId>().notNull(),
  bankAccountId: integer('bank_account_id').$type<BankAccountId>().notNull(),
  /** Line of the file, as the clerk sees it. */
  fileLine: integer('file_line').notNull(),
  date: text('date').$type<BusinessDate>().notNull(),
  time: text('time'),
  /** Our money: + in, − out. */
  amountFen: integer('amount_fen').$type<Fen>().notNull(),
  balanceFen: integer('balance_fen').$type<Fen>(),
  party: text('party').notNull(),
  partyAccount: text('party_account').notNull(),
  memo: text('memo').notNull(),
  serial: text('serial').notNull(),
  kind: text('kind').$type<RowKind>().notNull(),
  dedupeKey: text('dedupe_key').notNull(),
})

export type StatementOutcome = 'posted' | 'matched' | 'skipped' | 'open'

export const statementOutcome = sqliteTable('statement_outcome', {
  id: integer('id').primaryKey(),
  statementLineId: integer('statement_line_id').$type<StatementLineId>().notNull(),
  outcome: text('outcome').$type<StatementOutcome>().notNull(),
  matchId: integer('match_id').$type<ReconciliationMatchId>(),
  voucherId: integer('voucher_id').$type<VoucherId>(),
  reason: text('reason').notNull().default(''),
  actorId: integer('actor_id').$type<UserId>().notNull(),
  at: text('at').notNull(),
})

export const statementRollback = sqliteTable('statement_rollback', {
  batchId: integer('batch_id').$type<StatementBatchId>().primaryKey(),
  reason: text('reason').notNull(),
  actorId: integer('actor_id').$type<UserId>().notNull(),
  at: text('at').notNull(),
})

export const statementRepeat = sqliteTable('statement_repeat', {
  batchId: integer('batch_id').$type<StatementBatchId>().notNull(),
  fileLine: integer('file_line').notNull(),
  statementLineId: integer('statement_line_id').$type<StatementLineId>().notNull(),
}, (table) => [primaryKey({ columns: [table.batchId, table.fileLine] })])

/** 0009_statement_mapping.sql */
export const statementMapping = sqliteTable('statement_mapping', {
  id: integer('id').primaryKey(),
  bankAccountId: integer('bank_account_id').$type<BankAccountId>().notNull(),
  /** Its titles joined: the next file is recognised by them. */
  heading: text('heading').notNull(),
  version: integer('version').notNull(),
  name: text('name').notNull(),
  mapping: text('mapping').notNull(),
  isActive: integer('is_active').$type<0 | 1>().notNull(),
  setBy: integer('set_by').$type<UserId>().notNull(),
  at: text('at').notNull(),
})

export const statementRule = sqliteTable('statement_rule', {
  id: integer('id').primaryKey(),
  code: text('code').notNull(),
  version: integer('version').notNull(),
  fundKind: text('fund_kind').$type<FundKind>().notNull(),
  kind: text('kind').$type<ProposalKind>().notNull(),
  matchWords: text('match_words').notNull(),
  accountCode: text('account_code').notNull(),
  isActive: integer('is_active').$type<0 | 1>().notNull(),
  reason: text('reason').notNull(),
  setBy: integer('set_by').$type<UserId>().notNull(),
  approvedBy: integer('approved_by').$type<UserId>().notNull(),
  at: text('at').notNull(),
})

/** Typed shape of 0003_voucher.sql: books, accounts, bank accounts, periods, drafts and posted vouchers. */
import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { BusinessDate, Month } from '#core/calendar.ts'
import type { AccountClass } from '#core/voucher/chart.ts'
import type { FundKind } from '#core/fund.ts'
import type {
  AccountId, BankAccountId, BookId, BuildingId, CertificateId, ComplexId, ContractId, CounterpartyId, DecisionId, DraftId,
  FundTransferId, RepairId, StatementLineId, UserId, VoucherId,
} from '#core/id.ts'
import { ZERO_FEN, type Fen } from '#core/money.ts'
import type { DraftState, VoucherKind, VoucherPurpose } from '#core/voucher/voucher.ts'
import type { MasterState } from './property.ts'

export const book = sqliteTable('book', {
  id: integer('id').$type<BookId>().primaryKey(),
  code: text('code').notNull(),
  name: text('name').notNull(),
  fundKind: text('fund_kind').$type<FundKind>().notNull(),
  openedOn: text('opened_on').$type<BusinessDate>().notNull(),
})

export const account = sqliteTable('account', {
  id: integer('id').$type<AccountId>().primaryKey(),
  bookId: integer('book_id').$type<BookId>().notNull(),
  code: text('code').notNull(),
  name: text('name').notNull(),
  pinyin: text('pinyin').notNull().default(''),
  class: text('class').$type<AccountClass>().notNull(),
  parentId: integer('parent_id').$type<AccountId>(),
  isLeaf: integer('is_leaf', { mode: 'boolean' }).notNull(),
  isPrescribed: integer('is_prescribed', { mode: 'boolean' }).notNull(),
  needsBank: integer('needs_bank', { mode: 'boolean' }).notNull().default(false),
  needsPair: integer('needs_pair', { mode: 'boolean' }).notNull().default(false),
  state: text('state').$type<MasterState>().notNull().default('active'),
})

export const bankAccount = sqliteTable('bank_account', {
  id: integer('id').$type<BankAccountId>().primaryKey(),
  bookId: integer('book_id').$type<BookId>().notNull(),
  /** The 专户 of one complex, or NULL for an account that several complexes share. */
  complexId: integer('complex_id').$type<ComplexId>(),
  bankName: text('bank_name').notNull(),
  branch: text('branch').notNull().default(''),
  number: text('number').notNull(),
  holderName: text('holder_name').notNull(),
  isDedicated: integer('is_dedicated', { mode: 'boolean' }).notNull(),
  openedOn: text('opened_on').$type<BusinessDate>().notNull(),
  state: text('state').$type<MasterState>().notNull().default('active'),
})

export type PeriodState = 'open' | 'closed' | 'archived'

export const period = sqliteTable(
  'period',
  {
    bookId: integer('book_id').$type<BookId>().notNull(),
    month: text('month').$type<Month>().notNull(),
    state: text('state').$type<PeriodState>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.bookId, table.month] })],
)

export type PeriodEventKind = 'open' | 'close' | 'reopen' | 'archive'

export const periodEvent = sqliteTable('period_event', {
  id: integer('id').primaryKey(),
  bookId: integer('book_id').$type<BookId>().notNull(),
  month: text('month').$type<Month>().notNull(),
  kind: text('kind').$type<PeriodEventKind>().notNull(),
  reason: text('reason').notNull().default(''),
  actorId: integer('actor_id').$type<UserId>().notNull(),
  secondPerson: integer('second_person').$type<UserId>(),
  at: text('at').notNull(),
})

export const voucherDraft = sqliteTable('voucher_draft', {
  id: integer('id').$type<DraftId>().primaryKey(),
  bookId: integer('book_id').$type<BookId>().notNull(),
  kind: text('kind').$type<VoucherKind>().notNull(),
  date: text('date').$type<BusinessDate>().notNull(),
  businessDate: text('business_date').$type<BusinessDate>(),
  bankDate: text('bank_date').$type<BusinessDate>(),
  purpose: text('purpose').$type<VoucherPurpose>().notNull(),
  correctsVoucherId: integer('corrects_voucher_id').$type<VoucherId>(),
  reason: text('reason').notNull().default(''),
  /** JSON text of the rule that made it; '' when typed by hand. */
  rule: text('rule').notNull().default(''),
  decisionId: integer('decision_id').$type<DecisionId>(),
  pairId: integer('pair_id').$type<FundTransferId>(),
  statementLineId: integer('statement_line_id').$type<StatementLineId>(),
  state: text('state').$type<DraftState>().notNull(),
  preparerId: integer('preparer_id').$type<UserId>().notNull(),
  reviewerId: integer('reviewer_id').$type<UserId>(),
  voidReason: text('void_reason').notNull().default(''),
  updatedAt: text('updated_at').notNull(),
})

export const voucherDraftLine = sqliteTable(
  'voucher_draft_line',
  {
    draftId: integer('draft_id').$type<DraftId>().notNull(),
    lineNo: integer('line_no').notNull(),
    summary: text('summary').notNull().default(''),
    accountId: integer('account_id').$type<AccountId>(),
    complexId: integer('complex_id').$type<ComplexId>(),
    debitFen: integer('debit_fen').$type<Fen>().notNull().default(ZERO_FEN),
    creditFen: integer('credit_fen').$type<Fen>().notNull().default(ZERO_FEN),
    buildingId: integer('building_id').$type<BuildingId>(),
    counterpartyId: integer('counterparty_id').$type<CounterpartyId>(),
    bankAccountId: integer('bank_account_id').$type<BankAccountId>(),
    contractId: integer('contract_id').$type<ContractId>(),
    repairId: integer('repair_id').$type<RepairId>(),
    certificateId: integer('certificate_id').$type<CertificateId>(),
  },
  (table) => [primaryKey({ columns: [table.draftId, table.lineNo] })],
)

export const voucherDraftAttachment = sqliteTable(
  'voucher_draft_attachment',
  {
    draftId: integer('draft_id').$type<DraftId>().notNull(),
    sha256: text('sha256').notNull(),
  },
  (table) => [primaryKey({ columns: [table.draftId, table.sha256] })],
)

export const voucher = sqliteTable('voucher', {
  id: integer('id').$type<VoucherId>().primaryKey(),
  bookId: integer('book_id').$type<BookId>().notNull(),
  month: text('month').$type<Month>().notNull(),
  kind: text('kind').$type<VoucherKind>().notNull(),
  number: integer('number').notNull(),
  date: text('date').$type<BusinessDate>().notNull(),
  businessDate: text('business_date').$type<BusinessDate>().notNull(),
  bankDate: text('bank_date').$type<BusinessDate>(),
  summary: text('summary').notNull(),
  /** Σ debit. */
  amountFen: integer('amount_fen').$type<Fen>().notNull(),
  purpose: text('purpose').$type<VoucherPurpose>().notNull(),
  correctsVoucherId: integer('corrects_voucher_id').$type<VoucherId>(),
  reason: text('reason').notNull().default(''),
  rule: text('rule').notNull().default(''),
  decisionId: integer('decision_id').$type<DecisionId>(),
  pairId: integer('pair_id').$type<FundTransferId>(),
  attachmentCount: integer('attachment_count').notNull(),
  draftId: integer('draft_id').$type<DraftId>(),
  preparerId: integer('preparer_id').$type<UserId>().notNull(),
  reviewerId: integer('reviewer_id').$type<UserId>().notNull(),
  bookkeeperId: integer('bookkeeper_id').$type<UserId>().notNull(),
  postedAt: text('posted_at').notNull(),
  /** 1, 2, 3 … within the book; each voucher's hash covers the one before. */
  chainNo: integer('chain_no').notNull(),
  prevHash: text('prev_hash').notNull(),
  hash: text('hash').notNull(),
})

export const voucherLine = sqliteTable(
  'voucher_line',
  {
    voucherId: integer('voucher_id').$type<VoucherId>().notNull(),
    lineNo: integer('line_no').notNull(),
    bookId: integer('book_id').$type<BookId>().notNull(),
    date: text('date').$type<BusinessDate>().notNull(),
    summary: text('summary').notNull(),
    accountId: integer('account_id').$type<AccountId>().notNull(),
    complexId: integer('complex_id').$type<ComplexId>().notNull(),
    debitFen: integer('debit_fen').$type<Fen>().notNull(),
    creditFen: integer('credit_fen').$type<Fen>().notNull(),
    closing: integer('closing', { mode: 'boolean' }).notNull(),
    buildingId: integer('building_id').$type<BuildingId>(),
    counterpartyId: integer('counterparty_id').$type<CounterpartyId>(),
    bankAccountId: integer('bank_account_id').$type<BankAccountId>(),
    contractId: integer('contract_id').$type<ContractId>(),
    repairId: integer('repair_id').$type<RepairId>(),
    certificateId: integer('certificate_id').$type<CertificateId>(),
  },
  (table) => [primaryKey({ columns: [table.voucherId, table.lineNo] })],
)

export const voucherAttachment = sqliteTable(
  'voucher_attachment',
  {
    voucherId: integer('voucher_id').$type<VoucherId>().notNull(),
    sha256: text('sha256').notNull(),
  },
  (table) => [primaryKey({ columns: [table.voucherId, table.sha256] })],
)

export const fundTransfer = sqliteTable('fund_transfer', {
  id: integer('id').$type<FundTransferId>().primaryKey(),
  complexId: integer('complex_id').$type<ComplexId>().notNull(),
  amountFen: integer('amount_fen').$type<Fen>().notNull(),
  outVoucherId: integer('out_voucher_id').$type<VoucherId>().notNull(),
  inVoucherId: integer('in_voucher_id').$type<VoucherId>().notNull(),
  decisionId: integer('decision_id').$type<DecisionId>().notNull(),
  at: text('at').notNull(),
})

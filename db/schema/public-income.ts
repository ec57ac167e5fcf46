/** Typed shape of 0007_public_income.sql: contracts, notices and the posting-up register. */
import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { BusinessDate, Quarter } from '#core/calendar.ts'
import type {
  AccountId, BookId, ComplexId, ContractId, CounterpartyId, DisclosureId, DisclosureRequestId, PostingUpId, UserId,
  UtilityBillId,
} from '#core/id.ts'
import type { Fen } from '#core/money.ts'
import type { RateMicro } from '#core/rate.ts'
import type { ShareBasis, UtilityKind, UtilityPayer } from '#core/income/utility.ts'

export const contract = sqliteTable('contract', {
  id: integer('id').$type<ContractId>().primaryKey(),
  bookId: integer('book_id').$type<BookId>().notNull(),
  complexId: integer('complex_id').$type<ComplexId>().notNull(),
  number: text('number').notNull(),
  accountId: integer('account_id').$type<AccountId>().notNull(),
  counterpartyId: integer('counterparty_id').$type<CounterpartyId>().notNull(),
  place: text('place').notNull(),
  startsOn: text('starts_on').$type<BusinessDate>().notNull(),
  endsOn: text('ends_on').$type<BusinessDate>().notNull(),
  /** Of the gross. */
  ownersShareMicro: integer('owners_share_micro').$type<RateMicro>().notNull(),
  sha256: text('sha256').notNull(),
  recordedBy: integer('recorded_by').$type<UserId>().notNull(),
  recordedAt: text('recorded_at').notNull(),
})

export const contractInstallment = sqliteTable(
  'contract_installment',
  {
    contractId: integer('contract_id').$type<ContractId>().notNull(),
    seq: integer('seq').notNull(),
    dueOn: text('due_on').$type<BusinessDate>().notNull(),
    coversFrom: text('covers_from').$type<BusinessDate>().notNull(),
    coversTo: text('covers_to').$type<BusinessDate>().notNull(),
    /** Gross. */
    amountFen: integer('amount_fen').$type<Fen>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.contractId, table.seq] })],
)

export const contractEnd = sqliteTable('contract_end', {
  contractId: integer('contract_id').$type<ContractId>().primaryKey(),
  endedOn: text('ended_on').$type<BusinessDate>().notNull(),
  reason: text('reason').notNull(),
  recordedBy: integer('recorded_by').$type<UserId>().notNull(),
  at: text('at').notNull(),
})

export const disclosureReason = sqliteTable('disclosure_reason', {
  id: integer('id').primaryKey(),
  complexId: integer('complex_id').$type<ComplexId>().notNull(),
  quarter: text('quarter').$type<Quarter>().notNull(),
  rowKey: text('row_key').notNull(),
  reason: text('reason').notNull(),
  actorId: integer('actor_id').$type<UserId>().notNull(),
  at: text('at').notNull(),
})

export const utilityBill = sqliteTable('utility_bill', {
  id: integer('id').$type<UtilityBillId>().primaryKey(),
  complexId: integer('complex_id').$type<ComplexId>().notNull(),
  kind: text('kind').$type<UtilityKind>().notNull(),
  place: text('place').notNull(),
  coversFrom: text('covers_from').$type<BusinessDate>().notNull(),
  coversTo: text('covers_to').$type<BusinessDate>().notNull(),
  /** Thousandths of a unit. */
  previousMilli: integer('previous_milli'),
  currentMilli: integer('current_milli'),
  multiplier: integer('multiplier'),
  meterNote: text('meter_note').notNull().default(''),
  /** Millionths of a yuan. */
  unitPriceMicro: integer('unit_price_micro'),
  amountFen: integer('amount_fen').$type<Fen>().notNull(),
  paidFrom: text('paid_from').$type<UtilityPayer>().notNull(),
  shareBasis: text('share_basis').$type<ShareBasis>(),
  document: text('document').notNull(),
  recordedBy: integer('recorded_by').$type<UserId>().notNull(),
  at: text('at').notNull(),
})

export const utilityWithdrawal = sqliteTable('utility_withdrawal', {
  billId: integer('bill_id').$type<UtilityBillId>().primaryKey(),
  reason: text('reason').notNull(),
  actorId: integer('actor_id').$type<UserId>().notNull(),
  at: text('at').notNull(),
})

export const disclosureRequest = sqliteTable('disclosure_request', {
  id: integer('id').$type<DisclosureRequestId>().primaryKey(),
  complexId: integer('complex_id').$type<ComplexId>().notNull(),
  quarter: text('quarter').$type<Quarter>().notNull(),
  version: integer('version').notNull(),
  correctionReason: text('correction_reason').notNull().default(''),
  /** JSON text: from, to, places. */
  plan: text('plan').notNull(),
  figuresSha256: text('figures_sha256').notNull(),
  requestedBy: integer('requested_by').$type<UserId>().notNull(),
  at: text('at').notNull(),
})

export const disclosureReturn = sqliteTable('disclosure_return', {
  requestId: integer('request_id').$type<DisclosureRequestId>().primaryKey(),
  reason: text('reason').notNull(),
  actorId: integer('actor_id').$type<UserId>().notNull(),
  at: text('at').notNull(),
})

export const disclosure = sqliteTable('disclosure', {
  id: integer('id').$type<DisclosureId>().primaryKey(),
  complexId: integer('complex_id').$type<ComplexId>().notNull(),
  quarter: text('quarter').$type<Quarter>().notNull(),
  version: integer('version').notNull(),
  requestId: integer('request_id').$type<DisclosureRequestId>().notNull(),
  correctionReason: text('correction_reason').notNull().default(''),
  /** JSON text of the whole model the paper is drawn from. */
  model: text('model').notNull(),
  modelSha256: text('model_sha256').notNull(),
  /** Of the figures alone: what the short code and the QR code carry. */
  figuresSha256: text('figures_sha256').notNull(),
  code: text('code').notNull(),
  closingFen: integer('closing_fen').$type<Fen>().notNull(),
  pdfSha256: text('pdf_sha256').notNull(),
  preparedBy: integer('prepared_by').$type<UserId>().notNull(),
  publishedBy: integer('published_by').$type<UserId>().notNull(),
  publishedOn: text('published_on').$type<BusinessDate>().notNull(),
  at: text('at').notNull(),
})

export const postingUp = sqliteTable('posting_up', {
  id: integer('id').$type<PostingUpId>().primaryKey(),
  disclosureId: integer('disclosure_id').$type<DisclosureId>().notNull(),
  place: text('place').notNull(),
  postedOn: text('posted_on').$type<BusinessDate>().notNull(),
  sha256: text('sha256'),
  recordedBy: integer('recorded_by').$type<UserId>().notNull(),
  at: text('at').notNull(),
})

export const postingDown = sqliteTable('posting_down', {
  postingUpId: integer('posting_up_id').$type<PostingUpId>().primaryKey(),
  takenDownOn: text('taken_down_on').$type<BusinessDate>().notNull(),
  sha256: text('sha256'),
  recordedBy: integer('recorded_by').$type<UserId>().notNull(),
  at: text('at').notNull(),
})

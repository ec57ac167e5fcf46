/** Typed shape of 0016_contractor.sql. Whether a party is in force on a day is derived by core/contractor/tender.ts. */
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { BusinessDate, Quarter } from '#core/calendar.ts'
import type {
  ComplexId, ContractorScoreId, CounterpartyId, RepairId, TenderAwardId, TenderId, TenderQuoteId, UserId,
} from '#core/id.ts'
import type { Fen } from '#core/money.ts'
import type { HeardFollowUp, MeritKind } from '#core/contractor/contractor-score.ts'
import type { ContractorRole, TenderMethod } from '#core/contractor/tender.ts'

export const tender = sqliteTable('tender', {
  id: integer('id').$type<TenderId>().primaryKey(),
  number: text('number').notNull(),
  title: text('title').notNull(),
  role: text('role').$type<ContractorRole>().notNull(),
  method: text('method').$type<TenderMethod>().notNull(),
  complexId: integer('complex_id').$type<ComplexId>(),
  repairId: integer('repair_id').$type<RepairId>(),
  announcedOn: text('announced_on').$type<BusinessDate>().notNull(),
  openedOn: text('opened_on').$type<BusinessDate>().notNull(),
  sha256: text('sha256').notNull(),
  recordedBy: integer('recorded_by').$type<UserId>().notNull(),
  at: text('at').notNull(),
})

export const tenderQuote = sqliteTable('tender_quote', {
  id: integer('id').$type<TenderQuoteId>().primaryKey(),
  tenderId: integer('tender_id').$type<TenderId>().notNull(),
  bidder: text('bidder').notNull(),
  phone: text('phone').notNull(),
  bankAccount: text('bank_account').notNull(),
  amountFen: integer('amount_fen').$type<Fen>().notNull(),
  scoreHundredths: integer('score_hundredths'),
})

export const tenderAward = sqliteTable('tender_award', {
  id: integer('id').$type<TenderAwardId>().primaryKey(),
  quoteId: integer('quote_id').$type<TenderQuoteId>().notNull(),
  counterpartyId: integer('counterparty_id').$type<CounterpartyId>().notNull(),
  awardedOn: text('awarded_on').$type<BusinessDate>().notNull(),
  validFrom: text('valid_from').$type<BusinessDate>().notNull(),
  validTo: text('valid_to').$type<BusinessDate>().notNull(),
  reason: text('reason').notNull(),
  sha256: text('sha256').notNull(),
  awardedBy: integer('awarded_by').$type<UserId>().notNull(),
  at: text('at').notNull(),
})

export const tenderAwardEnd = sqliteTable('tender_award_end', {
  awardId: integer('award_id').$type<TenderAwardId>().primaryKey(),
  endedOn: text('ended_on').$type<BusinessDate>().notNull(),
  reason: text('reason').notNull(),
  endedBy: integer('ended_by').$type<UserId>().notNull(),
  at: text('at').notNull(),
})

export const tenderRevocation = sqliteTable('tender_revocation', {
  tenderId: integer('tender_id').$type<TenderId>().primaryKey(),
  reason: text('reason').notNull(),
  revokedBy: integer('revoked_by').$type<UserId>().notNull(),
  at: text('at').notNull(),
})

export const contractorScore = sqliteTable('contractor_score', {
  id: integer('id').$type<ContractorScoreId>().primaryKey(),
  repairId: integer('repair_id').$type<RepairId>().notNull(),
  counterpartyId: integer('counterparty_id').$type<CounterpartyId>().notNull(),
  role: text('role').$type<ContractorRole>().notNull(),
  scoredOn: text('scored_on').$type<BusinessDate>().notNull(),
  /** JSON text. */
  items: text('items').notNull(),
  total: integer('total').notNull(),
  followUp: text('follow_up').$type<HeardFollowUp>().notNull(),
  replacesId: integer('replaces_id').$type<ContractorScoreId>(),
  reason: text('reason').notNull(),
  scoredBy: integer('scored_by').$type<UserId>().notNull(),
  confirmedBy: integer('confirmed_by').$type<UserId>().notNull(),
  at: text('at').notNull(),
})

export const contractorMerit = sqliteTable('contractor_merit', {
  id: integer('id').primaryKey(),
  counterpartyId: integer('counterparty_id').$type<CounterpartyId>().notNull(),
  role: text('role').$type<ContractorRole>().notNull(),
  kind: text('kind').$type<MeritKind>().notNull(),
  happenedOn: text('happened_on').$type<BusinessDate>().notNull(),
  points: integer('points').notNull(),
  reason: text('reason').notNull(),
  repairId: integer('repair_id').$type<RepairId>(),
  recordedBy: integer('recorded_by').$type<UserId>().notNull(),
  confirmedBy: integer('confirmed_by').$type<UserId>().notNull(),
  at: text('at').notNull(),
})

export const contractorQuarter = sqliteTable('contractor_quarter', {
  id: integer('id').primaryKey(),
  quarter: text('quarter').$type<Quarter>().notNull(),
  version: integer('version').notNull(),
  /** JSON text. */
  lines: text('lines').notNull(),
  reason: text('reason').notNull(),
  publishedOn: text('published_on').$type<BusinessDate>().notNull(),
  publishedBy: integer('published_by').$type<UserId>().notNull(),
  confirmedBy: integer('confirmed_by').$type<UserId>().notNull(),
  at: text('at').notNull(),
})

/** Typed shape of 0010_placing.sql: accepted placement plans and competitive placing. */
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { BusinessDate } from '#core/calendar.ts'
import type {
  BookId, CertificateId, ComplexId, PlacementPlanId, PlacingAwardId, PlacingBatchId, PlacingBidId, PlacingLotId, UserId,
} from '#core/id.ts'
import type { Fen } from '#core/money.ts'
import type { RateMicro } from '#core/rate.ts'

export const placementPlan = sqliteTable('placement_plan', {
  id: integer('id').$type<PlacementPlanId>().primaryKey(),
  bookId: integer('book_id').$type<BookId>().notNull(),
  complexId: integer('complex_id').$type<ComplexId>().notNull(),
  startsOn: text('starts_on').$type<BusinessDate>().notNull(),
  placedFen: integer('placed_fen').$type<Fen>().notNull(),
  /** JSON text. */
  input: text('input').notNull(),
  lots: text('lots').notNull(),
  acceptedBy: integer('accepted_by').$type<UserId>().notNull(),
  at: text('at').notNull(),
})

export const placementPlanCertificate = sqliteTable('placement_plan_certificate', {
  certificateId: integer('certificate_id').$type<CertificateId>().primaryKey(),
  planId: integer('plan_id').$type<PlacementPlanId>().notNull(),
  offer: integer('offer').notNull(),
})

export const placingBatch = sqliteTable('placing_batch', {
  id: integer('id').$type<PlacingBatchId>().primaryKey(),
  number: text('number').notNull(),
  title: text('title').notNull(),
  bookId: integer('book_id').$type<BookId>().notNull(),
  decisionNo: text('decision_no').notNull(),
  decidedOn: text('decided_on').$type<BusinessDate>().notNull(),
  decisionSha256: text('decision_sha256').notNull(),
  totalFen: integer('total_fen').$type<Fen>().notNull(),
  minimumRateMicro: integer('minimum_rate_micro').$type<RateMicro>().notNull(),
  opensOn: text('opens_on').$type<BusinessDate>().notNull(),
  lotsPerBank: integer('lots_per_bank'),
  shareLimitMicro: integer('share_limit_micro').$type<RateMicro>(),
  recordedBy: integer('recorded_by').$type<UserId>().notNull(),
  at: text('at').notNull(),
})

export const placingLot = sqliteTable('placing_lot', {
  id: integer('id').$type<PlacingLotId>().primaryKey(),
  batchId: integer('batch_id').$type<PlacingBatchId>().notNull(),
  seq: integer('seq').notNull(),
  amountFen: integer('amount_fen').$type<Fen>().notNull(),
  termMonths: integer('term_months'),
  termDays: integer('term_days'),
  minimumRateMicro: integer('minimum_rate_micro').$type<RateMicro>().notNull(),
  note: text('note').notNull(),
})

export const placingBid = sqliteTable('placing_bid', {
  id: integer('id').$type<PlacingBidId>().primaryKey(),
  lotId: integer('lot_id').$type<PlacingLotId>().notNull(),
  bank: text('bank').notNull(),
  rateMicro: integer('rate_micro').$type<RateMicro>().notNull(),
  scoreHundredths: integer('score_hundredths'),
  rank: integer('rank'),
  recusal: text('recusal').notNull(),
  replacesId: integer('replaces_id').$type<PlacingBidId>(),
  reason: text('reason').notNull(),
  recordedBy: integer('recorded_by').$type<UserId>().notNull(),
  at: text('at').notNull(),
})

export const placingAward = sqliteTable('placing_award', {
  id: integer('id').$type<PlacingAwardId>().primaryKey(),
  lotId: integer('lot_id').$type<PlacingLotId>().notNull(),
  bidId: integer('bid_id').$type<PlacingBidId>(),
  awardedOn: text('awarded_on').$type<BusinessDate>().notNull(),
  reason: text('reason').notNull(),
  awardedBy: integer('awarded_by').$type<UserId>().notNull(),
  at: text('at').notNull(),
})

export const placingRevocation = sqliteTable('placing_revocation', {
  awardId: integer('award_id').$type<PlacingAwardId>().primaryKey(),
  reason: text('reason').notNull(),
  revokedBy: integer('revoked_by').$type<UserId>().notNull(),
  at: text('at').notNull(),
})

export const placingAgreement = sqliteTable('placing_agreement', {
  awardId: integer('award_id').$type<PlacingAwardId>().primaryKey(),
  number: text('number').notNull(),
  validFrom: text('valid_from').$type<BusinessDate>().notNull(),
  validTo: text('valid_to').$type<BusinessDate>().notNull(),
  sha256: text('sha256').notNull(),
  recordedBy: integer('recorded_by').$type<UserId>().notNull(),
  at: text('at').notNull(),
})

export const placingCertificate = sqliteTable('placing_certificate', {
  id: integer('id').primaryKey(),
  awardId: integer('award_id').$type<PlacingAwardId>().notNull(),
  certificateId: integer('certificate_id').$type<CertificateId>().notNull(),
  linkedBy: integer('linked_by').$type<UserId>().notNull(),
  at: text('at').notNull(),
})

export const placingUnlinking = sqliteTable('placing_unlinking', {
  linkId: integer('link_id').primaryKey(),
  reason: text('reason').notNull(),
  unlinkedBy: integer('unlinked_by').$type<UserId>().notNull(),
  at: text('at').notNull(),
})

/** Typed shape of 0013_apportionment.sql. */
import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { TailRule } from '#core/allocation.ts'
import type { ApportionmentBasis, ApportionmentPurpose, DrawOrder, ShortfallRule } from '#core/household/apportionment.ts'
import type { BusinessDate } from '#core/calendar.ts'
import type { GainRegime } from '#core/household/gain.ts'
import type { HouseholdNature } from '#core/register/household.ts'
import type {
  ApportionmentId, ComplexId, DraftId, HouseholdId, RepairId, SelfFundingClaimId, UserId, UtilityBillId,
} from '#core/id.ts'
import type { ClaimedPart } from '#core/household/self-funding.ts'
import type { Fen } from '#core/money.ts'

export const apportionment = sqliteTable('apportionment', {
  id: integer('id').$type<ApportionmentId>().primaryKey(),
  complexId: integer('complex_id').$type<ComplexId>().notNull(),
  purpose: text('purpose').$type<ApportionmentPurpose>().notNull(),
  repairId: integer('repair_id').$type<RepairId>(),
  utilityBillId: integer('utility_bill_id').$type<UtilityBillId>(),
  title: text('title').notNull(),
  asOf: text('as_of').$type<BusinessDate>().notNull(),
  basis: text('basis').$type<ApportionmentBasis>().notNull(),
  scope: text('scope').notNull(),
  drawOrder: text('draw_order').$type<DrawOrder>().notNull(),
  shortfall: text('shortfall').$type<ShortfallRule>().notNull(),
  tail: text('tail').$type<TailRule>().notNull(),
  askedFen: integer('asked_fen').$type<Fen>().notNull(),
  totalFen: integer('total_fen').$type<Fen>().notNull(),
  drawnFen: integer('drawn_fen').$type<Fen>().notNull(),
  households: integer('households').notNull(),
  recordedBy: integer('recorded_by').$type<UserId>().notNull(),
  at: text('at').notNull(),
})

export const apportionmentShare = sqliteTable('apportionment_share', {
  apportionmentId: integer('apportionment_id').$type<ApportionmentId>().notNull(),
  rowNo: integer('row_no').notNull(),
  householdId: integer('household_id').$type<HouseholdId>().notNull(),
  areaDm2: integer('area_dm2').notNull(),
  coefficientMilli: integer('coefficient_milli'),
  nature: text('nature').$type<HouseholdNature>().notNull(),
  isDeveloperHeld: integer('is_developer_held').notNull(),
  principalFen: integer('principal_fen').$type<Fen>().notNull(),
  interestFen: integer('interest_fen').$type<Fen>().notNull(),
  sellerPrincipalFen: integer('seller_principal_fen').$type<Fen>().notNull(),
  sellerInterestFen: integer('seller_interest_fen').$type<Fen>().notNull(),
  weight: integer('weight').notNull(),
  shareFen: integer('share_fen').$type<Fen>().notNull(),
  sellerShareFen: integer('seller_share_fen').$type<Fen>().notNull(),
  drawnPrincipalFen: integer('drawn_principal_fen').$type<Fen>().notNull(),
  drawnInterestFen: integer('drawn_interest_fen').$type<Fen>().notNull(),
  drawnSellerPrincipalFen: integer('drawn_seller_principal_fen').$type<Fen>().notNull(),
  drawnSellerInterestFen: integer('drawn_seller_interest_fen').$type<Fen>().notNull(),
}, (table) => [primaryKey({ columns: [table.apportionmentId, table.rowNo] })])

export const gainCredit = sqliteTable('gain_credit', {
  id: integer('id').primaryKey(),
  complexId: integer('complex_id').$type<ComplexId>().notNull(),
  regime: text('regime').$type<GainRegime>().notNull(),
  fromDate: text('from_date').$type<BusinessDate>().notNull(),
  toDate: text('to_date').$type<BusinessDate>().notNull(),
  totalFen: integer('total_fen').$type<Fen>().notNull(),
  households: integer('households').notNull(),
  draftId: integer('draft_id').$type<DraftId>().notNull(),
  actorId: integer('actor_id').$type<UserId>().notNull(),
  at: text('at').notNull(),
})

export const selfFundingClaim = sqliteTable('self_funding_claim', {
  id: integer('id').$type<SelfFundingClaimId>().primaryKey(),
  complexId: integer('complex_id').$type<ComplexId>().notNull(),
  apportionmentId: integer('apportionment_id').$type<ApportionmentId>().notNull(),
  householdId: integer('household_id').$type<HouseholdId>().notNull(),
  part: text('part').$type<ClaimedPart>().notNull(),
  owedFen: integer('owed_fen').$type<Fen>().notNull(),
  demandedOn: text('demanded_on').$type<BusinessDate>().notNull(),
  dueOn: text('due_on').$type<BusinessDate>().notNull(),
  actorId: integer('actor_id').$type<UserId>().notNull(),
  at: text('at').notNull(),
})

export const selfFundingReceipt = sqliteTable('self_funding_receipt', {
  claimId: integer('claim_id').$type<SelfFundingClaimId>().notNull(),
  draftId: integer('draft_id').$type<DraftId>().notNull(),
  amountFen: integer('amount_fen').$type<Fen>().notNull(),
}, (table) => [primaryKey({ columns: [table.claimId, table.draftId] })])

export const selfFundingWithdrawal = sqliteTable('self_funding_withdrawal', {
  claimId: integer('claim_id').$type<SelfFundingClaimId>().primaryKey(),
  reason: text('reason').notNull(),
  actorId: integer('actor_id').$type<UserId>().notNull(),
  at: text('at').notNull(),
})

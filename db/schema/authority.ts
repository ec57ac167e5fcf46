/** Typed shape of 0015_authority.sql: what a use of the fund rests on. The state of a vote is the state of its latest event. */
import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { BusinessDate } from '#core/calendar.ts'
import type { ComplexId, DecisionId, HouseholdId, RepairId, UseAuthorisationId, UserId, VoteId } from '#core/id.ts'
import type { Fen } from '#core/money.ts'
import type { AuthorityKind } from '#core/repair/repair.ts'
import type { BallotChoice, VoteMatter } from '#core/authority/vote-tally.ts'
import type { VoteMethod } from '#core/authority/vote-objection.ts'

export const vote = sqliteTable('vote', {
  id: integer('id').$type<VoteId>().primaryKey(),
  number: text('number').notNull(),
  complexId: integer('complex_id').$type<ComplexId>().notNull(),
  title: text('title').notNull(),
  matter: text('matter').$type<VoteMatter>().notNull(),
  method: text('method').$type<VoteMethod>().notNull(),
  /** JSON text. */
  scope: text('scope').notNull(),
  amountFen: integer('amount_fen').$type<Fen>(),
  /** JSON text. */
  parts: text('parts').notNull(),
  repairId: integer('repair_id').$type<RepairId>(),
  registerOn: text('register_on').$type<BusinessDate>().notNull(),
  returnBy: text('return_by').$type<BusinessDate>().notNull(),
  /** JSON text. */
  rule: text('rule').notNull(),
  recordedBy: integer('recorded_by').$type<UserId>().notNull(),
  at: text('at').notNull(),
})

export const voteUnit = sqliteTable('vote_unit', {
  voteId: integer('vote_id').$type<VoteId>().notNull(),
  householdId: integer('household_id').$type<HouseholdId>().notNull(),
  areaDm2: integer('area_dm2').notNull(),
  holder: text('holder').notNull(),
}, (table) => [primaryKey({ columns: [table.voteId, table.householdId] })])

export const voteBallot = sqliteTable('vote_ballot', {
  voteId: integer('vote_id').$type<VoteId>().notNull(),
  householdId: integer('household_id').$type<HouseholdId>().notNull(),
  seq: integer('seq').notNull(),
  choice: text('choice').$type<BallotChoice>().notNull(),
  recordedBy: integer('recorded_by').$type<UserId>().notNull(),
  at: text('at').notNull(),
}, (table) => [primaryKey({ columns: [table.voteId, table.householdId, table.seq] })])

export type VotePaperKind = 'plan' | 'ballots' | 'delivery' | 'minutes' | 'posting' | 'other'

export const votePaper = sqliteTable('vote_paper', {
  voteId: integer('vote_id').$type<VoteId>().notNull(),
  kind: text('kind').$type<VotePaperKind>().notNull(),
  sha256: text('sha256').notNull(),
  addedBy: integer('added_by').$type<UserId>().notNull(),
  at: text('at').notNull(),
}, (table) => [primaryKey({ columns: [table.voteId, table.kind, table.sha256] })])

export type VoteEventKind = 'opened' | 'counted' | 'recounted' | 'certified' | 'posted' | 'withdrawn'
export type VoteState = 'open' | 'counted' | 'certified' | 'withdrawn'

export const voteEvent = sqliteTable('vote_event', {
  id: integer('id').primaryKey(),
  voteId: integer('vote_id').$type<VoteId>().notNull(),
  seq: integer('seq').notNull(),
  kind: text('kind').$type<VoteEventKind>().notNull(),
  state: text('state').$type<VoteState>().notNull(),
  /** JSON text. */
  detail: text('detail').notNull(),
  actorId: integer('actor_id').$type<UserId>().notNull(),
  at: text('at').notNull(),
})

export const voteStanding = sqliteTable('vote_standing', {
  voteId: integer('vote_id').$type<VoteId>().primaryKey(),
  complexId: integer('complex_id').$type<ComplexId>().notNull(),
  state: text('state').$type<VoteState>().notNull(),
  passed: integer('passed').$type<0 | 1>(),
})

export const useAuthorisation = sqliteTable('use_authorisation', {
  id: integer('id').$type<UseAuthorisationId>().primaryKey(),
  number: text('number').notNull(),
  complexId: integer('complex_id').$type<ComplexId>().notNull(),
  title: text('title').notNull(),
  decisionId: integer('decision_id').$type<DecisionId>().notNull(),
  voteId: integer('vote_id').$type<VoteId>(),
  /** JSON text. */
  parts: text('parts').notNull(),
  /** JSON text. */
  scope: text('scope').notNull(),
  fromDate: text('from_date').$type<BusinessDate>().notNull(),
  toDate: text('to_date').$type<BusinessDate>().notNull(),
  perJobFen: integer('per_job_fen').$type<Fen>().notNull(),
  totalFen: integer('total_fen').$type<Fen>().notNull(),
  recordedBy: integer('recorded_by').$type<UserId>().notNull(),
  at: text('at').notNull(),
})

export const useAuthorisationEvent = sqliteTable('use_authorisation_event', {
  authorisationId: integer('authorisation_id').$type<UseAuthorisationId>().notNull(),
  kind: text('kind').$type<'confirmed' | 'ended'>().notNull(),
  reason: text('reason').notNull().default(''),
  actorId: integer('actor_id').$type<UserId>().notNull(),
  at: text('at').notNull(),
}, (table) => [primaryKey({ columns: [table.authorisationId, table.kind] })])

export const repairAuthority = sqliteTable('repair_authority', {
  eventId: integer('event_id').primaryKey(),
  repairId: integer('repair_id').$type<RepairId>().notNull(),
  kind: text('kind').$type<AuthorityKind>().notNull(),
  voteId: integer('vote_id').$type<VoteId>(),
  authorisationId: integer('authorisation_id').$type<UseAuthorisationId>(),
  emergencyItem: text('emergency_item'),
  appliedOn: text('applied_on').$type<BusinessDate>(),
})

export const repairUseAnswer = sqliteTable('repair_use_answer', {
  id: integer('id').primaryKey(),
  repairId: integer('repair_id').$type<RepairId>().notNull(),
  item: text('item').notNull(),
  answer: text('answer').$type<'allowed' | 'explain'>().notNull(),
  explanation: text('explanation').notNull().default(''),
  /** What the dictionary says of the item the job's words point to; '' where they point to none. */
  suggested: text('suggested').$type<'' | 'allowed' | 'explain' | 'notAllowed'>().notNull().default(''),
  confirmedBy: integer('confirmed_by').$type<UserId>(),
  actorId: integer('actor_id').$type<UserId>().notNull(),
  at: text('at').notNull(),
})

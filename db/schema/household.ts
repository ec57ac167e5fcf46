/** Typed shape of `household` (0002) and of 0011_household.sql. */
import { blob, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { BusinessDate } from '#core/calendar.ts'
import type { AreaSource } from '#core/register/area-source.ts'
import type { HouseholdNature, HouseholdUse, OwnerKind } from '#core/register/household.ts'
import type { BuildingId, ComplexId, HouseholdId, OwnerId, UserId } from '#core/id.ts'
import type { Fen } from '#core/money.ts'
import type { MasterState } from './property.ts'

export const household = sqliteTable('household', {
  id: integer('id').$type<HouseholdId>().primaryKey(),
  buildingId: integer('building_id').$type<BuildingId>().notNull(),
  entrance: text('entrance').notNull().default(''),
  floor: integer('floor'),
  room: text('room').notNull(),
  /** 0.01 m². */
  areaDm2: integer('area_dm2').notNull(),
  use: text('use').$type<HouseholdUse>().notNull().default('house'),
  hasLift: integer('has_lift', { mode: 'boolean' }).notNull().default(false),
  nature: text('nature').$type<HouseholdNature>().notNull().default('commodity'),
  isExcluded: integer('is_excluded', { mode: 'boolean' }).notNull().default(false),
  isDeveloperHeld: integer('is_developer_held', { mode: 'boolean' }).notNull().default(false),
  priceFen: integer('price_fen').$type<Fen>(),
  /** Fen per m². */
  rateFen: integer('rate_fen').$type<Fen>(),
  firstDueFen: integer('first_due_fen').$type<Fen>(),
  state: text('state').$type<MasterState>().notNull().default('active'),
})

export type HouseholdChangeKind = 'import' | 'register' | 'facts' | 'owners' | 'merge' | 'split'

export const householdChange = sqliteTable('household_change', {
  id: integer('id').primaryKey(),
  complexId: integer('complex_id').$type<ComplexId>().notNull(),
  kind: text('kind').$type<HouseholdChangeKind>().notNull(),
  effectiveOn: text('effective_on').$type<BusinessDate>().notNull(),
  reason: text('reason').notNull(),
  sourceName: text('source_name').notNull().default(''),
  sourceHash: text('source_hash').notNull().default(''),
  actorId: integer('actor_id').$type<UserId>().notNull(),
  at: text('at').notNull(),
})

export type HouseholdEventKind = 'registered' | 'changed' | 'left'

export const householdEvent = sqliteTable('household_event', {
  id: integer('id').primaryKey(),
  changeId: integer('change_id').notNull(),
  householdId: integer('household_id').$type<HouseholdId>().notNull(),
  kind: text('kind').$type<HouseholdEventKind>().notNull(),
  onDate: text('on_date').$type<BusinessDate>().notNull(),
  buildingId: integer('building_id').$type<BuildingId>().notNull(),
  entrance: text('entrance').notNull(),
  floor: integer('floor'),
  room: text('room').notNull(),
  areaDm2: integer('area_dm2').notNull(),
  use: text('use').$type<HouseholdUse>().notNull(),
  hasLift: integer('has_lift', { mode: 'boolean' }).notNull(),
  nature: text('nature').$type<HouseholdNature>().notNull(),
  isExcluded: integer('is_excluded', { mode: 'boolean' }).notNull(),
  isDeveloperHeld: integer('is_developer_held', { mode: 'boolean' }).notNull(),
  priceFen: integer('price_fen').$type<Fen>(),
  rateFen: integer('rate_fen').$type<Fen>(),
  firstDueFen: integer('first_due_fen').$type<Fen>(),
})

export const householdSuccession = sqliteTable('household_succession', {
  changeId: integer('change_id').notNull(),
  fromHouseholdId: integer('from_household_id').$type<HouseholdId>().notNull(),
  toHouseholdId: integer('to_household_id').$type<HouseholdId>().notNull(),
  weight: integer('weight').notNull(),
}, (table) => [primaryKey({ columns: [table.fromHouseholdId, table.toHouseholdId] })])

export const householdOpening = sqliteTable('household_opening', {
  householdId: integer('household_id').$type<HouseholdId>().primaryKey(),
  changeId: integer('change_id').notNull(),
  paidFen: integer('paid_fen').$type<Fen>().notNull(),
  interestFen: integer('interest_fen').$type<Fen>().notNull(),
  balanceFen: integer('balance_fen').$type<Fen>().notNull(),
})

/** One row; see services/register/identity-vault.ts. */
export const identityVault = sqliteTable('identity_vault', {
  id: integer('id').primaryKey(),
  salt: blob('salt', { mode: 'buffer' }).notNull(),
  cost: integer('cost').notNull(),
  blockSize: integer('block_size').notNull(),
  wrapped: blob('wrapped', { mode: 'buffer' }).notNull(),
  changedBy: integer('changed_by').$type<UserId>().notNull(),
  changedAt: text('changed_at').notNull(),
})

export const owner = sqliteTable('owner', {
  id: integer('id').$type<OwnerId>().primaryKey(),
  kind: text('kind').$type<OwnerKind>().notNull(),
  nameSealed: blob('name_sealed', { mode: 'buffer' }).notNull(),
  idSealed: blob('id_sealed', { mode: 'buffer' }),
  phoneSealed: blob('phone_sealed', { mode: 'buffer' }),
  idDigest: blob('id_digest', { mode: 'buffer' }),
})

export const ownershipSet = sqliteTable('ownership_set', {
  id: integer('id').primaryKey(),
  householdId: integer('household_id').$type<HouseholdId>().notNull(),
  changeId: integer('change_id').notNull(),
  fromDate: text('from_date').$type<BusinessDate>().notNull(),
  /** 0: no owner known from that day on. */
  totalParts: integer('total_parts').notNull(),
})

export const ownershipShare = sqliteTable('ownership_share', {
  setId: integer('set_id').notNull(),
  ownerId: integer('owner_id').$type<OwnerId>().notNull(),
  parts: integer('parts').notNull(),
}, (table) => [primaryKey({ columns: [table.setId, table.ownerId] })])

export const householdArea = sqliteTable('household_area', {
  id: integer('id').primaryKey(),
  householdId: integer('household_id').$type<HouseholdId>().notNull(),
  source: text('source').$type<AreaSource>().notNull(),
  areaDm2: integer('area_dm2').notNull(),
  onDate: text('on_date').$type<BusinessDate>().notNull(),
  basis: text('basis').notNull(),
  actorId: integer('actor_id').$type<UserId>().notNull(),
  at: text('at').notNull(),
})

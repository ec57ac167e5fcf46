/** Typed shape of 0002_property.sql. */
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { BusinessDate } from '#core/calendar.ts'
import type { BuildingId, ComplexId, CounterpartyId, DecisionId, UserId } from '#core/id.ts'
import type { Fen } from '#core/money.ts'

/** Master data is never deleted: what is no longer used has left. */
export type MasterState = 'active' | 'left'

export const complex = sqliteTable('complex', {
  id: integer('id').$type<ComplexId>().primaryKey(),
  code: text('code').notNull(),
  name: text('name').notNull(),
  pinyin: text('pinyin').notNull().default(''),
  address: text('address').notNull().default(''),
  managerName: text('manager_name').notNull().default(''),
  holderName: text('holder_name').notNull().default(''),
  hotline: text('hotline').notNull().default(''),
  profileCode: text('profile_code').notNull(),
  hasAssembly: integer('has_assembly', { mode: 'boolean' }).notNull().default(false),
  /** Σ first contributions; NULL while unknown. */
  firstDepositFen: integer('first_deposit_fen').$type<Fen>(),
  state: text('state').$type<MasterState>().notNull().default('active'),
})

export const building = sqliteTable('building', {
  id: integer('id').$type<BuildingId>().primaryKey(),
  complexId: integer('complex_id').$type<ComplexId>().notNull(),
  code: text('code').notNull(),
  name: text('name').notNull(),
})

export type CounterpartyKind = 'company' | 'publicBody' | 'individual'

export const counterparty = sqliteTable('counterparty', {
  id: integer('id').$type<CounterpartyId>().primaryKey(),
  kind: text('kind').$type<CounterpartyKind>().notNull(),
  name: text('name').notNull(),
  matchName: text('match_name').notNull(),
  pinyin: text('pinyin').notNull().default(''),
  bankName: text('bank_name').notNull().default(''),
  bankAccount: text('bank_account').notNull().default(''),
  state: text('state').$type<MasterState>().notNull().default('active'),
})

export type DecisionKind = 'assembly' | 'committee' | 'authorisation' | 'contract' | 'emergency' | 'office'

export const decision = sqliteTable('decision', {
  id: integer('id').$type<DecisionId>().primaryKey(),
  complexId: integer('complex_id').$type<ComplexId>().notNull(),
  kind: text('kind').$type<DecisionKind>().notNull(),
  number: text('number').notNull(),
  title: text('title').notNull(),
  decidedOn: text('decided_on').$type<BusinessDate>().notNull(),
  sha256: text('sha256').notNull(),
  recordedBy: integer('recorded_by').$type<UserId>().notNull(),
  at: text('at').notNull(),
})

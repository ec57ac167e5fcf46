/** Typed shape of 0001_office.sql; constraints and refusals live in the SQL. */
import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { BusinessDate } from '#core/calendar.ts'
import type { UserId } from '#core/id.ts'
import type { Role } from '#core/role.ts'

export const office = sqliteTable('office', {
  id: integer('id').primaryKey(),
  name: text('name').notNull(),
  createdAt: text('created_at').notNull(),
})

export type UserState = 'active' | 'disabled'

export const user = sqliteTable('user', {
  id: integer('id').$type<UserId>().primaryKey(),
  login: text('login').notNull(),
  name: text('name').notNull(),
  /** NULL for the built-in command-line actor, who can never sign in. */
  passwordHash: text('password_hash'),
  state: text('state').$type<UserState>().notNull(),
  createdAt: text('created_at').notNull(),
})

export const userRole = sqliteTable(
  'user_role',
  {
    userId: integer('user_id').$type<UserId>().notNull(),
    role: text('role').$type<Role>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.userId, table.role] })],
)

export const setting = sqliteTable('setting', {
  key: text('key').primaryKey(),
  value: text('value').notNull(),
})

export const policyProfile = sqliteTable(
  'policy_profile',
  {
    code: text('code').notNull(),
    validFrom: text('valid_from').$type<BusinessDate>().notNull(),
    validTo: text('valid_to').$type<BusinessDate>(),
    inherits: text('inherits'),
    name: text('name').notNull(),
    /** JSON text; read with a schema at the edge. */
    body: text('body').notNull(),
    /** JSON text. */
    sources: text('sources').notNull(),
    evidence: text('evidence').notNull(),
  },
  (table) => [primaryKey({ columns: [table.code, table.validFrom] })],
)

export const policyValue = sqliteTable('policy_value', {
  id: integer('id').primaryKey(),
  profileCode: text('profile_code').notNull(),
  key: text('key').notNull(),
  /** JSON text. */
  value: text('value').notNull(),
  validFrom: text('valid_from').$type<BusinessDate>().notNull(),
  source: text('source').notNull(),
  reason: text('reason').notNull(),
  setBy: integer('set_by').$type<UserId>().notNull(),
  approvedBy: integer('approved_by').$type<UserId>().notNull(),
  at: text('at').notNull(),
})

export const operation = sqliteTable('operation', {
  id: integer('id').primaryKey(),
  at: text('at').notNull(),
  actorId: integer('actor_id').$type<UserId>().notNull(),
  action: text('action').notNull(),
  subject: text('subject').notNull(),
  subjectId: integer('subject_id'),
  /** JSON text. */
  detail: text('detail').notNull(),
  prevHash: text('prev_hash').notNull(),
  hash: text('hash').notNull(),
})

export const attachment = sqliteTable('attachment', {
  sha256: text('sha256').primaryKey(),
  name: text('name').notNull(),
  mediaType: text('media_type').notNull(),
  size: integer('size').notNull(),
  addedBy: integer('added_by').$type<UserId>().notNull(),
  addedAt: text('added_at').notNull(),
})

/** Typed shape of 0014_finding.sql. */
import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { BusinessDate } from '#core/calendar.ts'
import type { FindingLevel, FindingSubject } from '#core/checks/finding.ts'
import type { CheckRuleId } from '#core/checks/rules.ts'
import type { FindingEventKind, FindingState } from '#core/checks/standing.ts'
import type { ComplexId, FindingId, UserId } from '#core/id.ts'
import type { Fen } from '#core/money.ts'

export const finding = sqliteTable('finding', {
  id: integer('id').$type<FindingId>().primaryKey(),
  fingerprint: text('fingerprint').notNull(),
  rule: text('rule').$type<CheckRuleId>().notNull(),
  level: text('level').$type<FindingLevel>().notNull(),
  complexId: integer('complex_id').$type<ComplexId>(),
  links: text('links').notNull(),
  episode: integer('episode').notNull().default(1),
  followsId: integer('follows_id').$type<FindingId>(),
})

export const findingSubject = sqliteTable(
  'finding_subject',
  {
    findingId: integer('finding_id').$type<FindingId>().notNull(),
    kind: text('kind').$type<FindingSubject>().notNull(),
    subjectId: integer('subject_id').notNull(),
  },
  (table) => [primaryKey({ columns: [table.kind, table.subjectId, table.findingId] })],
)

export const findingEvent = sqliteTable('finding_event', {
  id: integer('id').primaryKey(),
  findingId: integer('finding_id').$type<FindingId>().notNull(),
  seq: integer('seq').notNull(),
  kind: text('kind').$type<FindingEventKind>().notNull(),
  state: text('state').$type<FindingState>().notNull(),
  message: text('message'),
  amountFen: integer('amount_fen').$type<Fen>(),
  occasion: text('occasion').notNull().default(''),
  text: text('text').notNull().default(''),
  actorId: integer('actor_id').$type<UserId>().notNull(),
  at: text('at').notNull(),
})

export const findingStanding = sqliteTable('finding_standing', {
  findingId: integer('finding_id').$type<FindingId>().primaryKey(),
  state: text('state').$type<FindingState>().notNull(),
  level: text('level').$type<FindingLevel>().notNull(),
  rule: text('rule').$type<CheckRuleId>().notNull(),
  complexId: integer('complex_id').$type<ComplexId>(),
  message: text('message').notNull(),
  amountFen: integer('amount_fen').$type<Fen>(),
  since: text('since').notNull(),
})

export const findingRun = sqliteTable('finding_run', {
  id: integer('id').primaryKey(),
  fromDate: text('from_date').$type<BusinessDate>(),
  toDate: text('to_date').$type<BusinessDate>().notNull(),
  complexId: integer('complex_id').$type<ComplexId>(),
  found: integer('found').notNull(),
  fresh: integer('fresh').notNull(),
  cleared: integer('cleared').notNull(),
  skipped: text('skipped').notNull(),
  actorId: integer('actor_id').$type<UserId>().notNull(),
  at: text('at').notNull(),
})

export const findingRunLine = sqliteTable(
  'finding_run_line',
  {
    runId: integer('run_id').notNull(),
    lineNo: integer('line_no').notNull(),
    findingId: integer('finding_id').$type<FindingId>().notNull(),
    seq: integer('seq').notNull(),
  },
  (table) => [primaryKey({ columns: [table.runId, table.lineNo] })],
)

/** Typed shape of 0006_repair.sql. The state of a repair is derived from its events. */
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { BusinessDate } from '#core/calendar.ts'
import type { BookId, BuildingId, ComplexId, CounterpartyId, RepairId, UserId } from '#core/id.ts'
import type { Fen } from '#core/money.ts'

export const repair = sqliteTable('repair', {
  id: integer('id').$type<RepairId>().primaryKey(),
  number: text('number').notNull(),
  bookId: integer('book_id').$type<BookId>().notNull(),
  complexId: integer('complex_id').$type<ComplexId>().notNull(),
  buildingId: integer('building_id').$type<BuildingId>(),
  entrance: text('entrance').notNull().default(''),
  part: text('part').notNull(),
  facility: text('facility').notNull().default(''),
  title: text('title').notNull(),
  reportedOn: text('reported_on').$type<BusinessDate>().notNull(),
  quotedFen: integer('quoted_fen').$type<Fen>().notNull(),
  contractorId: integer('contractor_id').$type<CounterpartyId>().notNull(),
  supervisorId: integer('supervisor_id').$type<CounterpartyId>().notNull(),
  recordedBy: integer('recorded_by').$type<UserId>().notNull(),
  recordedAt: text('recorded_at').notNull(),
})

export const repairEvent = sqliteTable('repair_event', {
  id: integer('id').primaryKey(),
  repairId: integer('repair_id').$type<RepairId>().notNull(),
  seq: integer('seq').notNull(),
  kind: text('kind').notNull(),
  step: text('step').notNull(),
  amountFen: integer('amount_fen').$type<Fen>().notNull(),
  /** JSON text. */
  detail: text('detail').notNull(),
  actorId: integer('actor_id').$type<UserId>().notNull(),
  at: text('at').notNull(),
})

export const repairStanding = sqliteTable('repair_standing', {
  repairId: integer('repair_id').$type<RepairId>().primaryKey(),
  complexId: integer('complex_id').$type<ComplexId>().notNull(),
  step: text('step').notNull(),
  since: text('since').notNull(),
  amountFen: integer('amount_fen').$type<Fen>().notNull(),
  /** Who does the job and supervises it now; `repair` keeps who was named at the report. */
  contractorId: integer('contractor_id').$type<CounterpartyId>().notNull(),
  supervisorId: integer('supervisor_id').$type<CounterpartyId>().notNull(),
  auditorId: integer('auditor_id').$type<CounterpartyId>(),
})

export const repairDraw = sqliteTable('repair_draw', {
  id: integer('id').primaryKey(),
  seed: text('seed').notNull(),
  /** JSON text. */
  pool: text('pool').notNull(),
  drawn: text('drawn').notNull(),
  actorId: integer('actor_id').$type<UserId>().notNull(),
  at: text('at').notNull(),
})

export const repairPaper = sqliteTable('repair_paper', {
  id: integer('id').primaryKey(),
  repairId: integer('repair_id').$type<RepairId>().notNull(),
  kind: text('kind').notNull(),
  round: integer('round').notNull().default(1),
  sha256: text('sha256').notNull(),
  addedBy: integer('added_by').$type<UserId>().notNull(),
  at: text('at').notNull(),
})

export type RepairSheet = 'siteReview' | 'acceptance'
export type RepairParty = 'section' | 'supervisor' | 'contractor'

export const repairSignature = sqliteTable('repair_signature', {
  id: integer('id').primaryKey(),
  repairId: integer('repair_id').$type<RepairId>().notNull(),
  sheet: text('sheet').$type<RepairSheet>().notNull(),
  party: text('party').$type<RepairParty>().notNull(),
  person: text('person').notNull(),
  round: integer('round').notNull().default(1),
  recordedBy: integer('recorded_by').$type<UserId>().notNull(),
  at: text('at').notNull(),
})

export const repairVisa = sqliteTable('repair_visa', {
  id: integer('id').primaryKey(),
  repairId: integer('repair_id').$type<RepairId>().notNull(),
  seq: integer('seq').notNull(),
  round: integer('round').notNull(),
  happenedOn: text('happened_on').$type<BusinessDate>().notNull(),
  work: text('work').notNull(),
  quantity: text('quantity').notNull(),
  changeFen: integer('change_fen').$type<Fen>().notNull(),
  minSection: integer('min_section').notNull(),
  minSupervisor: integer('min_supervisor').notNull(),
  needsImage: integer('needs_image').notNull(),
  recordedBy: integer('recorded_by').$type<UserId>().notNull(),
  at: text('at').notNull(),
})

export const repairVisaSigner = sqliteTable('repair_visa_signer', {
  id: integer('id').primaryKey(),
  visaId: integer('visa_id').notNull(),
  party: text('party').$type<RepairParty>().notNull(),
  person: text('person').notNull(),
})

export const repairVisaImage = sqliteTable('repair_visa_image', {
  id: integer('id').primaryKey(),
  visaId: integer('visa_id').notNull(),
  sha256: text('sha256').notNull(),
})

export const repairObjection = sqliteTable('repair_objection', {
  id: integer('id').primaryKey(),
  repairId: integer('repair_id').$type<RepairId>().notNull(),
  raisedOn: text('raised_on').$type<BusinessDate>().notNull(),
  raisedBy: text('raised_by').notNull(),
  reason: text('reason').notNull(),
  disputedFen: integer('disputed_fen').$type<Fen>().notNull(),
  recordedBy: integer('recorded_by').$type<UserId>().notNull(),
  at: text('at').notNull(),
})

export type RepairObjectionOutcome = 'answered' | 'withdrawn' | 'upheld'

export const repairObjectionEnd = sqliteTable('repair_objection_end', {
  objectionId: integer('objection_id').primaryKey(),
  outcome: text('outcome').$type<RepairObjectionOutcome>().notNull(),
  reason: text('reason').notNull(),
  afterSeq: integer('after_seq').notNull(),
  actorId: integer('actor_id').$type<UserId>().notNull(),
  at: text('at').notNull(),
})

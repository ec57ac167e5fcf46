/** Typed shape of 0017_warranty.sql. */
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { BusinessDate } from '#core/calendar.ts'
import type { BuildingId, ComplexId, CompletionId, UserId, WarrantyTermId } from '#core/id.ts'
import type { WarrantyCategory } from '#core/repair/builder-warranty.ts'

export const completion = sqliteTable('completion', {
  id: integer('id').$type<CompletionId>().primaryKey(),
  complexId: integer('complex_id').$type<ComplexId>().notNull(),
  buildingId: integer('building_id').$type<BuildingId>(),
  completedOn: text('completed_on').$type<BusinessDate>(),
  source: text('source').notNull(),
  sha256: text('sha256'),
  correctsId: integer('corrects_id').$type<CompletionId>(),
  reason: text('reason').notNull(),
  recordedBy: integer('recorded_by').$type<UserId>().notNull(),
  at: text('at').notNull(),
})

export const warrantyTerm = sqliteTable('warranty_term', {
  id: integer('id').$type<WarrantyTermId>().primaryKey(),
  complexId: integer('complex_id').$type<ComplexId>().notNull(),
  buildingId: integer('building_id').$type<BuildingId>(),
  category: text('category').$type<WarrantyCategory>().notNull(),
  length: integer('length'),
  agreedOn: text('agreed_on').$type<BusinessDate>(),
  source: text('source').notNull(),
  sha256: text('sha256'),
  correctsId: integer('corrects_id').$type<WarrantyTermId>(),
  reason: text('reason').notNull(),
  recordedBy: integer('recorded_by').$type<UserId>().notNull(),
  at: text('at').notNull(),
})

/**
 * The register behind the builder's warranty: when a complex or building passed completion acceptance (竣工验收合格), and what the
 * warranty letter (质量保修书) promises beyond the statute. Each entry stands on its paper; a correction is a new entry.
 */
import { parseDate, type BusinessDate } from '#core/calendar.ts'
import { idOf, type BuildingId, type ComplexId, type CompletionId, type WarrantyTermId } from '#core/id.ts'
import { Problem } from '#core/problem.ts'
import {
  LEAST_WARRANTY, WARRANTY_CATEGORY_WORD, warrantyLengthText, type WarrantyCategory, type WarrantyRegister,
} from '#core/repair/builder-warranty.ts'
import { seasonsFrom } from '#core/repair/season.ts'
import type { Ledger } from '#db/ledger.ts'
import { findAttachment } from '../attachment.ts'
import { requireRole, type ServiceContext } from '../context.ts'
import { logOperation } from '../operation-log.ts'
import { policyFor } from '../policy/policy.ts'
import { complexOf, isBuildingOf } from './complex.ts'

type Paper = {
  /** What the paper is, as printed on it: `竣工验收备案表 2021-0315`. */
  readonly source: string
  readonly sha256: string
}

export type CompletionFacts = Paper & { readonly completedOn: BusinessDate }
/** `length` as LEAST_WARRANTY counts; `agreedOn`: the letter's date. */
export type TermFacts = Paper & { readonly length: number; readonly agreedOn: BusinessDate }

type Place = { readonly complexId: ComplexId; readonly buildingId: BuildingId | null }

function refuseForeignBuilding(ledger: Ledger, { complexId, buildingId }: Place): void {
  complexOf(ledger, complexId)
  if (buildingId !== null && !isBuildingOf(ledger, complexId, buildingId)) {
    throw new Problem({ code: 'warranty.building', message: '这幢楼不在所选小区，请重新选择', field: 'buildingId' })
  }
}

function refuseBadPaper(context: ServiceContext, { source, sha256 }: Paper, on: BusinessDate, field: string): void {
  if (on > context.clock.today()) throw new Problem({ code: 'warranty.date', message: '日期不能晚于今天', field })
  if (source.trim() === '') throw new Problem({ code: 'warranty.source', message: '请写明依据的文件', field: 'source' })
  if (findAttachment(context.ledger, sha256) === undefined) {
    throw new Problem({ code: 'attachment.missing', message: '请先上传依据文件的扫描件', field: 'sha256' })
  }
}

function refuseShortTerm(category: WarrantyCategory, length: number): void {
  const least = LEAST_WARRANTY[category] ?? 1
  if (length >= least) return
  const message = `${WARRANTY_CATEGORY_WORD[category]}的保修期不能短于 ${warrantyLengthText(category, least)}（建设工程质量管理条例第40条）`
  throw new Problem({ code: 'warranty.tooShort', message, field: 'length' })
}

function requireReason(reason: string): string {
  if (reason.trim() === '') throw new Problem({ code: 'warranty.reason', message: '请写明更正的原因', field: 'reason' })
  return reason.trim()
}

type CompletionRow = Place & {
  readonly completedOn: BusinessDate | null
  readonly source: string
  readonly sha256: string | null
  readonly correctsId: CompletionId | null
  readonly reason: string
}

function storeCompletion(context: ServiceContext, row: CompletionRow): CompletionId {
  const { lastInsertRowid } = context.ledger
    .prepare<[Record<string, unknown>], never>(
      `INSERT INTO completion (complex_id, building_id, completed_on, source, sha256, corrects_id, reason, recorded_by, at)
       VALUES (:complexId, :buildingId, :completedOn, :source, :sha256, :correctsId, :reason, :by, :at)`,
    )
    .run({ ...row, by: context.actor.userId, at: context.clock.now() })
  const id = idOf<'completion'>(lastInsertRowid)
  const action = row.correctsId === null ? 'warranty.completion' : row.completedOn === null ? 'warranty.completionTakenBack'
    : 'warranty.completionCorrected'
  logOperation(context, action, { kind: 'complex', id: row.complexId }, { completionId: id, ...row })
  return id
}

/** Throws `warranty.building`, `warranty.date`, `warranty.source`, `attachment.missing`, `warranty.stands`. */
export function recordCompletion(context: ServiceContext, facts: CompletionFacts & Place): CompletionId {
  requireRole(context, 'preparer', 'bookkeeper', 'head')
  refuseForeignBuilding(context.ledger, facts)
  refuseBadPaper(context, facts, facts.completedOn, 'completedOn')
  const { complexId, buildingId, completedOn, sha256 } = facts
  return context.ledger.write(() => storeCompletion(context, {
    complexId, buildingId, completedOn, source: facts.source.trim(), sha256, correctsId: null, reason: '',
  }))
}

/** `facts` null: the entry was made by mistake. Throws as above, `warranty.reason`, `warranty.missing`. */
export function correctCompletion(
  context: ServiceContext, id: CompletionId, facts: CompletionFacts | null, reason: string,
): CompletionId {
  requireRole(context, 'preparer', 'bookkeeper', 'head')
  const why = requireReason(reason)
  if (facts !== null) refuseBadPaper(context, facts, facts.completedOn, 'completedOn')
  return context.ledger.write(() => {
    const place = placeOf(context.ledger.prepare<[number], Place>(
      'SELECT complex_id AS complexId, building_id AS buildingId FROM completion WHERE id = ?').get(id))
    return storeCompletion(context, {
      ...place, completedOn: facts?.completedOn ?? null, source: facts?.source.trim() ?? '', sha256: facts?.sha256 ?? null,
      correctsId: id, reason: why,
    })
  })
}

function placeOf<Row>(row: Row | undefined): Row {
  if (row === undefined) throw new Problem({ code: 'warranty.missing', message: '没有这条登记，请刷新后重试' })
  return row
}

type TermRow = Place & {
  readonly category: WarrantyCategory
  readonly length: number | null
  readonly agreedOn: BusinessDate | null
  readonly source: string
  readonly sha256: string | null
  readonly correctsId: WarrantyTermId | null
  readonly reason: string
}

function storeTerm(context: ServiceContext, row: TermRow): WarrantyTermId {
  const { lastInsertRowid } = context.ledger
    .prepare<[Record<string, unknown>], never>(
      `INSERT INTO warranty_term (complex_id, building_id, category, length, agreed_on, source, sha256, corrects_id, reason,
         recorded_by, at)
       VALUES (:complexId, :buildingId, :category, :length, :agreedOn, :source, :sha256, :correctsId, :reason, :by, :at)`,
    )
    .run({ ...row, by: context.actor.userId, at: context.clock.now() })
  const id = idOf<'warrantyTerm'>(lastInsertRowid)
  const action = row.correctsId === null ? 'warranty.term' : row.length === null ? 'warranty.termTakenBack'
    : 'warranty.termCorrected'
  logOperation(context, action, { kind: 'complex', id: row.complexId }, { termId: id, ...row })
  return id
}

/** Never shorter than the statute. Throws as `recordCompletion`, and `warranty.tooShort`. */
export function recordTerm(
  context: ServiceContext, facts: TermFacts & Place & { readonly category: WarrantyCategory },
): WarrantyTermId {
  requireRole(context, 'preparer', 'bookkeeper', 'head')
  const { complexId, buildingId, category, length, agreedOn, sha256 } = facts
  refuseForeignBuilding(context.ledger, facts)
  refuseBadPaper(context, facts, agreedOn, 'agreedOn')
  refuseShortTerm(category, length)
  return context.ledger.write(() => storeTerm(context, {
    complexId, buildingId, category, length, agreedOn, source: facts.source.trim(), sha256, correctsId: null, reason: '',
  }))
}

/** `facts` null: taken back. Throws as `correctCompletion`, and `warranty.tooShort`. */
export function correctTerm(
  context: ServiceContext, id: WarrantyTermId, facts: TermFacts | null, reason: string,
): WarrantyTermId {
  requireRole(context, 'preparer', 'bookkeeper', 'head')
  const why = requireReason(reason)
  if (facts !== null) refuseBadPaper(context, facts, facts.agreedOn, 'agreedOn')
  return context.ledger.write(() => {
    const place = placeOf(context.ledger.prepare<[number], Place & { category: WarrantyCategory }>(
      'SELECT complex_id AS complexId, building_id AS buildingId, category FROM warranty_term WHERE id = ?').get(id))
    if (facts !== null) refuseShortTerm(place.category, facts.length)
    return storeTerm(context, {
      ...place, length: facts?.length ?? null, agreedOn: facts?.agreedOn ?? null, source: facts?.source.trim() ?? '',
      sha256: facts?.sha256 ?? null, correctsId: id, reason: why,
    })
  })
}

type Entry = {
  readonly buildingId: BuildingId | null
  readonly buildingName: string | null
  readonly source: string
  readonly sha256: string
  /** Why it replaced an earlier entry; empty for a first one. */
  readonly reason: string
  readonly recordedBy: string
  readonly at: string
}
export type Completion = Entry & { readonly id: CompletionId; readonly completedOn: BusinessDate }
export type WarrantyTermEntry = Entry & {
  readonly id: WarrantyTermId
  readonly category: WarrantyCategory
  readonly length: number
  readonly agreedOn: BusinessDate
}

const ENTRY = `e.building_id AS buildingId, b.name AS buildingName, e.source, e.sha256, e.reason, u.name AS recordedBy, e.at`
const OF_COMPLEX = `JOIN user u ON u.id = e.recorded_by LEFT JOIN building b ON b.id = e.building_id
  WHERE e.complex_id = ? ORDER BY b.id IS NOT NULL, length(b.code), b.code`

/** What stands for a complex, its own entries first. */
export function warrantyEntries(ledger: Ledger, complexId: ComplexId) {
  return {
    completions: ledger
      .prepare<[number], Completion>(`SELECT e.id, e.completed_on AS completedOn, ${ENTRY} FROM completion_now e ${OF_COMPLEX}`)
      .all(complexId),
    terms: ledger
      .prepare<[number], WarrantyTermEntry>(
        `SELECT e.id, e.category, e.length, e.agreed_on AS agreedOn, ${ENTRY} FROM warranty_term_now e ${OF_COMPLEX}, e.category`,
      )
      .all(complexId),
  }
}

/** As core/repair/builder-warranty.ts asks it. */
export function warrantyRegister(ledger: Ledger, complexId: ComplexId, today: BusinessDate): WarrantyRegister {
  const { profileCode } = complexOf(ledger, complexId)
  return {
    ...warrantyEntries(ledger, complexId),
    buildings: ledger.prepare<[number], BuildingId>('SELECT id FROM building WHERE complex_id = ?').pluck().all(complexId),
    // The rule of a year is the one in force when it ended: a season moved in between is announced before it begins.
    seasons: (category, completedOn, count) => seasonsFrom(completedOn, count, (year) =>
      policyFor(ledger, profileCode, parseDate(`${year}-12-31`)).value(
        category === 'heating' ? 'warranty.heatingSeason' : 'warranty.coolingSeason')),
    startedSeasonCounts: policyFor(ledger, profileCode, today).value('warranty.startedSeasonCounts') ?? false,
  }
}

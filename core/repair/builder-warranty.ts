/**
 * The builder's warranty of a place (建设工程质量管理条例 art. 39–41): while it runs the builder repairs and pays, and the fund must
 * not (165号令 art. 18, 25). The register of completions and warranty letters answers; only what it cannot answer is asked.
 */
import { addMonths, type BusinessDate } from '../calendar.ts'
import type { BuildingId } from '../id.ts'
import { Problem } from '../problem.ts'
import { readPart } from './place-words.ts'
import { warrantyLastDay, type Season } from './warranty.ts'

export const WARRANTY_CATEGORIES = [
  'waterproofing', 'wiringAndPipes', 'decoration', 'heating', 'cooling', 'structure', 'other',
] as const
export type WarrantyCategory = (typeof WARRANTY_CATEGORIES)[number]

export const WARRANTY_CATEGORY_WORD: Readonly<Record<WarrantyCategory, string>> = {
  waterproofing: '屋面、外墙和有防水要求的房间的防渗漏',
  wiringAndPipes: '电气管线、给排水管道、设备安装',
  decoration: '装修工程',
  heating: '供热系统',
  cooling: '供冷系统',
  structure: '地基基础和主体结构',
  other: '其他项目',
}

/**
 * The least a builder owes, in seasons for heating and cooling, otherwise in months: 建设工程质量管理条例 art. 40(2)–(4), 建设部令
 * 第80号 art. 7. Null: the structure's is its design life, any other's is agreed; both stand in the warranty letter.
 */
export const LEAST_WARRANTY: Readonly<Record<WarrantyCategory, number | null>> = {
  waterproofing: 60, wiringAndPipes: 24, decoration: 24, heating: 2, cooling: 2, structure: null, other: null,
}

export function isInSeasons(category: WarrantyCategory): category is 'heating' | 'cooling' {
  return category === 'heating' || category === 'cooling'
}

/** `60 个月`, `2 个供热期`. */
export function warrantyLengthText(category: WarrantyCategory, length: number): string {
  if (isInSeasons(category)) return `${length} 个${category === 'heating' ? '供暖期' : '供冷期'}`
  return length % 12 === 0 ? `${length / 12} 年` : `${length} 个月`
}

const CATEGORY_OF: Readonly<Record<string, WarrantyCategory>> = {
  屋面: 'waterproofing', 外墙: 'waterproofing', 地下室: 'waterproofing', 楼道: 'decoration', 门厅: 'decoration', 单元门: 'decoration',
  主体结构: 'structure', 电梯: 'wiringAndPipes', 消防设施: 'wiringAndPipes', 给水: 'wiringAndPipes', 排水: 'wiringAndPipes',
  化粪池: 'wiringAndPipes', 雨落管: 'wiringAndPipes', 供电照明: 'wiringAndPipes', 安防监控: 'wiringAndPipes', 供暖系统: 'heating', 供冷系统: 'cooling',
}

/** Which warranty a part falls under unless the clerk says, with a reason, that the works are of another kind. */
export function warrantyCategoryOf(part: string): WarrantyCategory {
  return CATEGORY_OF[readPart(part)] ?? 'other'
}

/** Standing entries of one complex's register; `buildingId` null: of the complex, save buildings with an entry of their own. */
export type WarrantyRegister = {
  readonly completions: readonly { readonly buildingId: BuildingId | null; readonly completedOn: BusinessDate }[]
  readonly terms: readonly {
    readonly buildingId: BuildingId | null
    readonly category: WarrantyCategory
    /** As LEAST_WARRANTY counts. */
    readonly length: number
  }[]
  readonly buildings: readonly BuildingId[]
  /** Seasons from a completion on, for that many of them; null while the profile's season is 待填写. */
  readonly seasons: (category: 'heating' | 'cooling', completedOn: BusinessDate, count: number) => readonly Season[] | null
  readonly startedSeasonCounts: boolean
}

export type WarrantyCover =
  | { readonly kind: 'inside' | 'over'; readonly completedOn: BusinessDate; readonly lastDay: BusinessDate }
  /** What the register would need to answer. */
  | { readonly kind: 'unknown'; readonly missing: 'completion' | 'term' | 'seasons' }

export type WarrantyPlace = {
  readonly buildingId: BuildingId | null
  readonly category: WarrantyCategory
  readonly reportedOn: BusinessDate
}

/**
 * Whether the builder still answers for a place on the day it was reported. A job of the whole complex is of every building in
 * it: one building under warranty is enough to be inside, one that nobody knows of to be unknown.
 */
export function warrantyCover(place: WarrantyPlace, register: WarrantyRegister): WarrantyCover {
  const covers = unitsOf(place, register).map((unit) => coverOfUnit(place, unit, register))
  const latest = (kind: 'inside' | 'over') => covers
    .filter((cover) => cover.kind === kind)
    .reduce<WarrantyCover | null>((best, cover) =>
      (best === null || (cover.kind === kind && best.kind === kind && cover.lastDay > best.lastDay) ? cover : best), null)
  return latest('inside') ?? covers.find(({ kind }) => kind === 'unknown') ?? latest('over')
    ?? { kind: 'unknown', missing: 'completion' }
}

/** The complex itself counts beside its buildings, unless each building has a completion of its own. */
function unitsOf({ buildingId }: WarrantyPlace, { buildings, completions }: WarrantyRegister): readonly (BuildingId | null)[] {
  if (buildingId !== null) return [buildingId]
  const own = new Set(completions.map((completion) => completion.buildingId))
  return buildings.length > 0 && !own.has(null) && buildings.every((id) => own.has(id)) ? buildings : [null, ...buildings]
}

function coverOfUnit(place: WarrantyPlace, unit: BuildingId | null, register: WarrantyRegister): WarrantyCover {
  const completedOn = completionOf(unit, register)
  if (completedOn === null) return { kind: 'unknown', missing: 'completion' }
  const { category, reportedOn } = place
  const agreed = register.terms
    .filter((term) => term.category === category && (term.buildingId === null || term.buildingId === unit))
    .map(({ length }) => length)
  // A letter that promises less than the statute promises the statute.
  const length = Math.max(LEAST_WARRANTY[category] ?? 0, ...agreed)
  if (length === 0) return { kind: 'unknown', missing: 'term' }
  const lastDay = lastDayOf(place, { completedOn, length }, register)
  if (lastDay === null) return { kind: 'unknown', missing: 'seasons' }
  return { kind: reportedOn <= lastDay ? 'inside' : 'over', completedOn, lastDay }
}

function completionOf(unit: BuildingId | null, { completions }: WarrantyRegister): BusinessDate | null {
  const of = (id: BuildingId | null) => completions.find(({ buildingId }) => buildingId === id)?.completedOn ?? null
  return of(unit) ?? of(null)
}

type Run = { readonly completedOn: BusinessDate; readonly length: number }

function lastDayOf({ category, reportedOn }: WarrantyPlace, { completedOn, length }: Run, register: WarrantyRegister) {
  if (!isInSeasons(category)) return warrantyLastDay(completedOn, { kind: 'months', months: length })
  const seasons = register.seasons(category, completedOn, length)
  if (seasons !== null) {
    const { startedSeasonCounts: partialSeasonCounts } = register
    return warrantyLastDay(completedOn, { kind: 'seasons', count: length, seasons, partialSeasonCounts })
  }
  // Whatever the local season is, the last one counted began within `length` years and ended less than a year later.
  const atMost = addMonths(completedOn, 12 * (length + 1))
  return reportedOn > atMost ? atMost : null
}

/** What is known where the register is silent: kept with the check and printed. */
export type WarrantyKnown =
  | { readonly kind: 'completed' | 'until'; readonly on: BusinessDate; readonly source: string }
  | { readonly kind: 'notFound'; readonly reason: string }

export type WarrantyAnswer = {
  /** Null: the part's own. */
  readonly category: WarrantyCategory | null
  /** Needed where it is not the part's own. */
  readonly categoryReason: string
  readonly known: WarrantyKnown | null
}

/** How the window found that no warranty stands in the way. */
export type WarrantyFound = {
  readonly category: WarrantyCategory
  readonly categoryReason: string
} & (
  | {
      readonly kind: 'over'
      readonly by: 'register' | 'stated'
      /** Null where only the last day is known. */
      readonly completedOn: BusinessDate | null
      readonly lastDay: BusinessDate
      /** What the clerk went by; empty where the register answered. */
      readonly source: string
    }
  | { readonly kind: 'notFound'; readonly reason: string }
)

/**
 * The window's answer on a place. Throws `repair.builderWarranty` while the builder answers for it, `repair.builderCategory`
 * for another kind of works without a reason, `repair.builderKnown` where the register is silent and nothing usable is said.
 */
export function findWarranty(
  place: Omit<WarrantyPlace, 'category'> & { readonly part: string },
  answer: WarrantyAnswer,
  register: WarrantyRegister,
): WarrantyFound {
  const own = warrantyCategoryOf(place.part)
  const category = answer.category ?? own
  const categoryReason = category === own ? '' : answer.categoryReason.trim()
  if (category !== own && categoryReason === '') {
    const message = `“${place.part}”一般按“${WARRANTY_CATEGORY_WORD[own]}”保修，按其他类别核对请写明理由`
    throw new Problem({ code: 'repair.builderCategory', message, field: 'categoryReason' })
  }
  const at = { ...place, category }
  const cover = warrantyCover(at, register)
  if (cover.kind !== 'unknown') {
    return { category, categoryReason, kind: 'over', by: 'register', source: '', ...over(cover, category) }
  }
  const { known } = answer
  if (known === null) throw unknown(cover.missing)
  if (known.kind === 'notFound') {
    const reason = known.reason.trim()
    if (reason === '') throw unknown(cover.missing)
    return { category, categoryReason, kind: 'notFound', reason }
  }
  const source = known.source.trim()
  if (source === '') throw new Problem({ code: 'repair.builderKnown', message: '请写明日期的依据', field: 'source' })
  if (known.kind === 'until') {
    return { category, categoryReason, kind: 'over', by: 'stated', source, ...over(stated(place.reportedOn, known.on), category) }
  }
  return { category, categoryReason, kind: 'over', by: 'stated', source, ...over(fromStated(at, known.on, register), category) }
}

function stated(reportedOn: BusinessDate, lastDay: BusinessDate) {
  return { kind: reportedOn <= lastDay ? ('inside' as const) : ('over' as const), completedOn: null, lastDay }
}

/** As if the day were in the register, for whatever has none there. */
function fromStated(place: WarrantyPlace, completedOn: BusinessDate, register: WarrantyRegister): WarrantyCover {
  if (completedOn > place.reportedOn) {
    throw new Problem({ code: 'repair.builderKnown', message: '竣工验收合格日不能晚于报修日，请核对', field: 'on' })
  }
  const hasWhole = register.completions.some(({ buildingId }) => buildingId === null)
  return warrantyCover(place, {
    ...register, completions: hasWhole ? register.completions : [...register.completions, { buildingId: null, completedOn }],
  })
}

const MISSING: Readonly<Record<'completion' | 'term' | 'seasons', string>> = {
  completion: '竣工验收日期没有登记：请先在小区页登记，或写明竣工日期和依据；确实查不到的，写明查找经过',
  term: '这类项目的保修期以质量保修书为准，还没有登记：请先在小区页登记，或写明保修止日和依据；确实查不到的，写明查找经过',
  seasons: '当地供暖（供冷）期还没有填写：请先在“设置—政策口径”中填写，或写明保修止日和依据；确实查不到的，写明查找经过',
}

function unknown(missing: 'completion' | 'term' | 'seasons'): Problem {
  return new Problem({ code: 'repair.builderKnown', message: MISSING[missing], field: 'known' })
}

type Dated = { readonly kind: 'inside' | 'over'; readonly completedOn: BusinessDate | null; readonly lastDay: BusinessDate }

function over(cover: Dated | Extract<WarrantyCover, { kind: 'unknown' }>, category: WarrantyCategory) {
  if (cover.kind === 'unknown') throw unknown(cover.missing)
  const { completedOn, lastDay } = cover
  if (cover.kind === 'over') return { completedOn, lastDay }
  const since = completedOn === null ? '' : `（竣工验收合格日 ${completedOn}）`
  const message = [
    `${WARRANTY_CATEGORY_WORD[category]}的保修期${since}到 ${lastDay}，应由建设单位维修并承担费用（建设工程质量管理条例第40、41条），`,
    '不得从维修资金列支（第165号令第25条）：请退件',
  ].join('')
  throw new Problem({ code: 'repair.builderWarranty', message, field: 'builderWarranty' })
}

/** As printed on the paper the applicant takes home. */
export function warrantyFoundText(found: WarrantyFound): string {
  const instead = found.categoryReason === '' ? '' : `（不按部位核对的理由：${found.categoryReason}）`
  const what = `${WARRANTY_CATEGORY_WORD[found.category]}${instead}`
  if (found.kind === 'notFound') return `建设单位对${what}的保修期无法确定：${found.reason}`
  const since = found.completedOn === null ? '' : `竣工验收合格日 ${found.completedOn}，`
  const basis = found.by === 'register' ? '' : `（依据：${found.source}）`
  return `${since}建设单位对${what}的保修期已于 ${found.lastDay} 届满${basis}`
}

/**
 * Where a job is, so that repeat claims are found by place and not by wording (Tongling 12(2)), and the builder's warranty
 * that keeps the fund from paying at all (165号令 art. 18, 25; 建设工程质量管理条例 art. 39–41).
 */
import { addDays, type BusinessDate } from '../calendar.ts'
import type { BuildingId, RepairId } from '../id.ts'
import { matchName } from '../party-name.ts'
import { Problem } from '../problem.ts'
import { isPaidStep, type RepairStep } from './repair.ts'
import { warrantyLastDay } from './warranty.ts'

/** Common parts and facilities of 165号令 art. 3 as offices list them. */
export const REPAIR_PARTS = [
  '屋面', '外墙', '楼道', '门厅', '地下室', '电梯', '消防设施', '给水', '排水', '化粪池', '雨落管', '供电照明', '安防监控', '单元门',
  '道路', '围墙', '绿化', '其他共用部位',
] as const
export type RepairPart = (typeof REPAIR_PARTS)[number]

export type RepairPlace = {
  /** Null: the complex as a whole. */
  readonly buildingId: BuildingId | null
  readonly entrance: string
  readonly part: string
  readonly facility: string
}

/**
 * The same place: same building and part, and nothing said on both sides that differs. Three lifts of three buildings on one
 * day are three places; `1单元` and an entry without entrance may be one.
 */
export function isSamePlace(a: RepairPlace, b: RepairPlace): boolean {
  if (a.buildingId !== b.buildingId || a.part !== b.part) return false
  return mayAgree(a.entrance, b.entrance) && mayAgree(a.facility, b.facility)
}

function mayAgree(a: string, b: string): boolean {
  return matchName(a) === '' || matchName(b) === '' || matchName(a) === matchName(b)
}

export type EarlierRepair = RepairPlace & {
  readonly id: RepairId
  readonly reportedOn: BusinessDate
  readonly step: RepairStep
  /** Of the works, as agreed with their contractor. */
  readonly warrantyUntil: BusinessDate | null
}

export type RepeatReason = 'open' | 'underWarranty' | 'recent'

/**
 * Why an earlier job at the same place makes this report a repeat that must be answered on site; null: it does not. `days` is
 * the profile's period, null while 待填写: then only open jobs and warranties count. Cancelled jobs never do.
 */
export function repeatReason(
  earlier: EarlierRepair,
  report: RepairPlace & { readonly reportedOn: BusinessDate },
  days: number | null,
): RepeatReason | null {
  if (!isSamePlace(earlier, report) || earlier.step === 'cancelled') return null
  if (earlier.warrantyUntil !== null && report.reportedOn <= earlier.warrantyUntil) return 'underWarranty'
  if (!isPaidStep(earlier.step) && earlier.step !== 'refused') return 'open'
  return days !== null && report.reportedOn <= addDays(earlier.reportedOn, days) ? 'recent' : null
}

/** 建设工程质量管理条例 art. 40 and 建设部令第80号 art. 7: the least a builder owes, in months; others by an agreed last day. */
const BUILDER_MONTHS = { waterproofing: 60, wiringAndPipes: 24, decoration: 24 } as const
export const BUILDER_WARRANTIES = [
  'waterproofing', 'wiringAndPipes', 'decoration', 'heatingAndCooling', 'structure', 'other',
] as const
export type BuilderWarrantyKind = (typeof BUILDER_WARRANTIES)[number]

export type BuilderWarranty = {
  readonly kind: BuilderWarrantyKind
  /** 竣工验收合格日. */
  readonly completedOn: BusinessDate
  /** By the warranty letter (质量保修书), where it says longer; needed for kinds without a term in months. */
  readonly agreedUntil: BusinessDate | null
}

/** Last day on which the builder repairs and pays. Throws `repair.builderTerm` when it cannot be known. */
export function builderWarrantyEnd(warranty: BuilderWarranty): BusinessDate {
  const { kind, completedOn, agreedUntil } = warranty
  if (kind === 'waterproofing' || kind === 'wiringAndPipes' || kind === 'decoration') {
    const least = warrantyLastDay(completedOn, { kind: 'months', months: BUILDER_MONTHS[kind] })
    return agreedUntil !== null && agreedUntil > least ? agreedUntil : least
  }
  if (agreedUntil === null) {
    const message = '供暖供冷、主体结构和其他项目的保修止日要按保修书填写'
    throw new Problem({ code: 'repair.builderTerm', message, field: 'agreedUntil' })
  }
  return warrantyLastDay(completedOn, { kind: 'until', lastDay: agreedUntil })
}

/** 165号令 art. 25: what the fund never pays; asked of every job. */
export const EXCLUDED_USES = ['builderDuty', 'utilityLines', 'personalDamage', 'managerDuty'] as const
export type ExcludedUse = (typeof EXCLUDED_USES)[number]
export const EXCLUDED_USE_WORD: Readonly<Record<ExcludedUse, string>> = {
  builderDuty: '应由建设单位或施工单位承担的',
  utilityLines: '应由供水、供电、供气、供热、通讯、有线电视单位承担的',
  personalDamage: '当事人人为损坏的',
  managerDuty: '按物业服务合同应由物业企业承担的',
}

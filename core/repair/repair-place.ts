/** Where a job is, so that repeat claims are found by place and not by wording (Tongling 12(2)), and what is never paid. */
import { addDays, type BusinessDate } from '../calendar.ts'
import type { BuildingId, RepairId } from '../id.ts'
import { mayBeSameEntrance, mayBeSameFacility, readPart } from './place-words.ts'
import { isPaidStep, type RepairStep } from './repair.ts'

/** Common parts and facilities of 165号令 art. 3 as offices list them. */
export const REPAIR_PARTS = [
  '屋面', '外墙', '楼道', '门厅', '地下室', '主体结构', '电梯', '消防设施', '给水', '排水', '化粪池', '雨落管', '供电照明', '安防监控',
  '供暖系统', '供冷系统', '单元门', '道路', '围墙', '绿化', '其他共用部位',
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
 * day are three places; `1单元` and an entry without entrance may be one, as may a building and the complex as a whole.
 */
export function isSamePlace(a: RepairPlace, b: RepairPlace): boolean {
  if (a.buildingId !== b.buildingId && a.buildingId !== null && b.buildingId !== null) return false
  return readPart(a.part) === readPart(b.part) && mayBeSameEntrance(a.entrance, b.entrance)
    && mayBeSameFacility(a.facility, b.facility)
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

/** 165号令 art. 25: what the fund never pays; asked of every job. */
export const EXCLUDED_USES = ['builderDuty', 'utilityLines', 'personalDamage', 'managerDuty'] as const
export type ExcludedUse = (typeof EXCLUDED_USES)[number]
/** Each asked and none of them found, as a job must answer to pass the window. */
export const NO_EXCLUDED_USE: Readonly<Record<ExcludedUse, boolean>> = {
  builderDuty: false, utilityLines: false, personalDamage: false, managerDuty: false,
}
export const EXCLUDED_USE_WORD: Readonly<Record<ExcludedUse, string>> = {
  builderDuty: '应由建设单位或施工单位承担的',
  utilityLines: '应由供水、供电、供气、供热、通讯、有线电视单位承担的',
  personalDamage: '当事人人为损坏的',
  managerDuty: '按物业服务合同应由物业企业承担的',
}

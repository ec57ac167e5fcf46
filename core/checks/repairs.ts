/** What may be wrong with one job: repeated, unpublished, over its approved amount, incomplete, an emergency's duties late. */
import { daysBetween, type BusinessDate } from '../calendar.ts'
import type { ComplexId, RepairId } from '../id.ts'
import { formatYuan, subtractFen, type Fen } from '../money.ts'
import type { RateMicro } from '../rate.ts'
import type { RepeatReason } from '../repair/repair-place.ts'
import { overrunNeedsApplication } from '../repair/threshold.ts'
import { findingOf, type Finding, type FindingLink } from './finding.ts'
import { checkRule, type CheckRuleId } from './rules.ts'

export type CheckedRepair = {
  readonly id: RepairId
  readonly number: string
  readonly title: string
  readonly complexId: ComplexId
  readonly approvedFen: Fen | null
  readonly settledFen: Fen | null
  readonly settledOn: BusinessDate | null
  readonly paidFen: Fen
  readonly paidOn: BusinessDate | null
  readonly disclosedOn: BusinessDate | null
  /** What the window found at the same place; null where it found nothing, or has not looked yet. */
  readonly repeat: RepeatedPlace | null
}

export type IncompleteFolder = CheckedRepair & {
  /** What the folder lacks by now, papers and signatures, in the words of the form. */
  readonly missing: readonly string[]
}

export type RepeatedPlace = {
  readonly earlier: readonly { readonly id: RepairId; readonly number: string; readonly reason: RepeatReason | null }[]
  /** What contractor, supervisor and section found on site; null while they have not been there. */
  readonly answer: { readonly persons: readonly string[]; readonly finding: string } | null
}

function linkTo(repair: { readonly id: RepairId; readonly number: string }): FindingLink {
  return { kind: 'repair', id: repair.id, label: repair.number }
}

function about(
  rule: CheckRuleId, repair: CheckedRepair, message: string, amountFen: Fen | null, others: readonly FindingLink[] = [],
): Finding {
  const links = [linkTo(repair), ...others]
  return findingOf({ rule, level: checkRule(rule).level, complexId: repair.complexId, message, amountFen, links })
}

const REPEAT_WORD: Readonly<Record<RepeatReason, string>> = {
  open: '尚未办结', underWarranty: '在维修质保期内', recent: '在重复报修提示期内',
}

/** Also when the site said that the two are unrelated: that is the answer to the matter, not its end. */
export function findRepeats(repairs: readonly CheckedRepair[]): readonly Finding[] {
  return repairs.flatMap((repair) => {
    const { repeat } = repair
    if (repeat === null || repeat.earlier.length === 0) return []
    const earlier = repeat.earlier
      .map(({ number, reason }) => (reason === null ? number : `${number}（${REPEAT_WORD[reason]}）`)).join('、')
    const next = repeat.answer === null
      ? '须由施工单位、监理、科室到现场核实并登记结果'
      : `三方现场核实（${repeat.answer.persons.join('、')}）：与前次无关，${repeat.answer.finding}`
    return [about(
      'repair.repeat', repair, `${repair.number}“${repair.title}”与 ${earlier} 同一部位；${next}`,
      repair.settledFen ?? repair.approvedFen, repeat.earlier.map(linkTo),
    )]
  })
}

/** Paid and not published after `days` days. */
export function findNotDisclosed(repairs: readonly CheckedRepair[], days: number, today: BusinessDate): readonly Finding[] {
  return repairs.flatMap((repair) => {
    const { paidOn } = repair
    if (paidOn === null || repair.disclosedOn !== null || daysBetween(paidOn, today) <= days) return []
    return [about(
      'repair.notDisclosed', repair,
      `${repair.number} ${paidOn} 付款 ${formatYuan(repair.paidFen)} 元，已 ${daysBetween(paidOn, today)} 天未公示使用情况；请张贴使用公示`,
      repair.paidFen,
    )]
  })
}

export function findOverBudget(repairs: readonly CheckedRepair[], percent: RateMicro): readonly Finding[] {
  return repairs.flatMap((repair) => {
    const { approvedFen, settledFen } = repair
    if (approvedFen === null || settledFen === null || !overrunNeedsApplication(approvedFen, settledFen, percent)) return []
    const excess = subtractFen(settledFen, approvedFen)
    return [about(
      'repair.overBudget', repair,
      `${repair.number} 决算 ${formatYuan(settledFen)} 元，超出批准的 ${formatYuan(approvedFen)} 元 ${formatYuan(excess)} 元；超出部分须重新申请`,
      excess,
    )]
  })
}

/** The path asks for every paper before its step; a file brought in or damaged may lack one all the same. */
export function findPapersMissing(repairs: readonly IncompleteFolder[]): readonly Finding[] {
  return repairs.filter(({ missing }) => missing.length > 0).map((repair) => about(
    'repair.papersMissing', repair,
    `${repair.number} ${repair.missing.join('；')}；补齐前不能付款`, repair.settledFen ?? repair.approvedFen,
  ))
}

/** An emergency is settled and published after the event, each within the profile's days of acceptance (165号令 art. 24). */
export type EmergencyDuties = {
  readonly id: RepairId
  readonly number: string
  readonly complexId: ComplexId
  readonly amountFen: Fen
  readonly acceptedOn: BusinessDate
  /** `doneOn` null: still owed. */
  readonly duties: readonly { readonly word: string; readonly by: BusinessDate; readonly doneOn: BusinessDate | null }[]
}

/** Owed past its day, or done after it. On the day itself nobody is late. */
export function findEmergencyOverdue(jobs: readonly EmergencyDuties[], today: BusinessDate): readonly Finding[] {
  return jobs.flatMap((job) => {
    const late = job.duties.filter(({ by, doneOn }) => (doneOn ?? today) > by)
    if (late.length === 0) return []
    const told = late.map(({ word, by, doneOn }) => (doneOn === null
      ? `${word}应于 ${by} 前办理，已逾期 ${daysBetween(by, today)} 天`
      : `${word}应于 ${by} 前办理，${doneOn} 才办`))
    return [findingOf({
      rule: 'repair.emergencyOverdue',
      level: checkRule('repair.emergencyOverdue').level,
      complexId: job.complexId,
      message: `${job.number} 应急使用，${job.acceptedOn} 验收，${told.join('；')}；` +
        (late.some(({ doneOn }) => doneOn === null) ? '请尽快补办' : '请说明原因'),
      amountFen: job.amountFen,
      links: [linkTo(job)],
    })]
  })
}

/** What may be wrong with one job: repeated, unpublished, over its approved amount, incomplete, outside the fund's uses. */
import { daysBetween, type BusinessDate } from '../calendar.ts'
import type { ComplexId, RepairId } from '../id.ts'
import { formatYuan, subtractFen, type Fen } from '../money.ts'
import type { RateMicro } from '../rate.ts'
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
  readonly paidFen: Fen
  readonly paidOn: BusinessDate | null
  readonly disclosedOn: BusinessDate | null
  /** Earlier jobs at the same place, inside a warranty or the profile's days, not yet answered on site. */
  readonly unansweredRepeats: readonly { readonly id: RepairId; readonly number: string }[]
  /** What the folder lacks for payment, in the words of the form. */
  readonly missing: readonly string[]
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

export function findRepeats(repairs: readonly CheckedRepair[]): readonly Finding[] {
  return repairs.filter(({ unansweredRepeats }) => unansweredRepeats.length > 0).map((repair) => about(
    'repair.repeat', repair,
    `${repair.number}“${repair.title}”与 ${repair.unansweredRepeats.map(({ number }) => number).join('、')} 同一部位，` +
      '在保修期或提示期内；须由施工单位、监理、科室到现场核实并登记结果',
    repair.settledFen ?? repair.approvedFen, repair.unansweredRepeats.map(linkTo),
  ))
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

/** `paid` without a complete folder cannot happen in this ledger; an imported or damaged one may hold it. */
export function findPapersMissing(repairs: readonly CheckedRepair[]): readonly Finding[] {
  return repairs.filter(({ missing, paidOn, settledFen }) => missing.length > 0 && (paidOn !== null || settledFen !== null))
    .map((repair) => about(
      'repair.papersMissing', repair,
      `${repair.number} 缺${repair.missing.join('、')}；补齐前不能付款`, repair.settledFen ?? repair.approvedFen,
    ))
}

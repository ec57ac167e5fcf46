/**
 * Posting-up (张贴): how long a notice must hang, how far it is, and the two rates the source documents ask to be 100 %
 * (Siming plan: quarterly disclosure, dedicated accounts). The span and its unit come from the policy profile.
 */
import { addDays, daysBetween, isWorkingDay, type BusinessDate, type HolidayTable } from '../calendar.ts'
import { postedLongEnough, postingPeriod, type PostingRule } from './due.ts'

/** Days that count towards the span, `from` not counted, `to` counted. */
export function daysPosted(rule: PostingRule | null, from: BusinessDate, to: BusinessDate, holidays: HolidayTable): number {
  if (to <= from) return 0
  if (rule?.unit !== 'working') return daysBetween(from, to)
  let days = 0
  for (let day = addDays(from, 1); day <= to; day = addDays(day, 1)) if (isWorkingDay(day, holidays)) days += 1
  return days
}

export type PostingFacts = {
  /** Null where the profile does not know how long; such a notice is never declared full while it hangs. */
  readonly rule: PostingRule | null
  readonly due: BusinessDate | null
  readonly today: BusinessDate
  /** Null before it hangs. With several places, the one that hung last. */
  readonly from: BusinessDate | null
  readonly removed: BusinessDate | null
  readonly nextPostedFrom: BusinessDate | null
  readonly holidays: HolidayTable
}

/**
 * `notPosted` 未张贴 · `overdue` 逾期 (still not up after the due day) · `posted` 公示中, day n of m (`of` and `until` null
 * where the rule gives no number) · `complete` 已满 · `removedEarly` taken down before the span was full.
 */
export type PostingState =
  | { readonly kind: 'notPosted'; readonly due: BusinessDate | null }
  | { readonly kind: 'overdue'; readonly due: BusinessDate; readonly daysLate: number }
  | {
      readonly kind: 'posted'
      readonly day: number
      readonly of: number | null
      readonly until: BusinessDate | null
      readonly late: boolean
    }
  | { readonly kind: 'complete'; readonly days: number; readonly late: boolean }
  | { readonly kind: 'removedEarly'; readonly days: number; readonly of: number | null; readonly late: boolean }

export function postingState(facts: PostingFacts): PostingState {
  const { rule, from, today, due, holidays } = facts
  if (from === null || from > today) {
    if (due !== null && today > due) return { kind: 'overdue', due, daysLate: daysBetween(due, today) }
    return { kind: 'notPosted', due }
  }
  const late = due !== null && from > due
  const of = rule === null || rule.unit === 'until_next' ? null : rule.days
  const removed = facts.removed !== null && facts.removed <= today ? facts.removed : null
  const next = facts.nextPostedFrom !== null && facts.nextPostedFrom <= today ? facts.nextPostedFrom : null
  const period = rule === null ? null : postingPeriod(rule, from, holidays)
  const days = daysPosted(rule, from, removed ?? today, holidays)
  if (period !== null && postedLongEnough(period, today, removed, next)) return { kind: 'complete', days, late }
  if (removed !== null) return period === null ? { kind: 'complete', days, late } : { kind: 'removedEarly', days, of, late }
  return { kind: 'posted', day: days, of, until: period?.kind === 'through' ? period.lastDay : null, late }
}

export function postingStateInChinese(state: PostingState): string {
  const late = 'late' in state && state.late ? '（迟贴）' : ''
  switch (state.kind) {
    case 'notPosted':
      return '未张贴'
    case 'overdue':
      return `逾期 ${state.daysLate} 天`
    case 'posted':
      return `公示中 第 ${state.day} 天${state.of === null ? '' : `，共 ${state.of} 天`}${late}`
    case 'complete':
      return `已满${late}`
    case 'removedEarly':
      return `提前撤下，只公示 ${state.days} 天${late}`
  }
}

/** `hundredths`: percent × 100, cut so that 409 of 410 never reads 100 %; null where nothing is obliged. */
export type Rate = { readonly reached: number; readonly of: number; readonly hundredths: number | null }

export function rateOf(reached: number, of: number): Rate {
  return { reached, of, hundredths: of === 0 ? null : Math.floor((reached * 10_000) / of) }
}

/** Share of complexes whose notice of the quarter hangs or hung for its full span. Late ones count; taken down early do not. */
export function disclosureRate(states: readonly PostingState[]): Rate {
  return rateOf(states.filter((state) => state.kind === 'posted' || state.kind === 'complete').length, states.length)
}

/** Share of complexes whose public income has a bank account of its own. */
export function dedicatedAccountRate(complexes: readonly { readonly hasDedicatedAccount: boolean }[]): Rate {
  return rateOf(complexes.filter((complex) => complex.hasDedicatedAccount).length, complexes.length)
}

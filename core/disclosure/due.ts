/**
 * When a quarter's notice and its transfer are due, and how long a notice must hang. The rules are data of the policy
 * profile; one a source does not give yields no date, so that nothing looks punctual by accident.
 */
import {
  addDays,
  addQuarters,
  addWorkingDays,
  firstDayOfMonth,
  lastDayOfMonth,
  monthOf,
  quarterBounds,
  type BusinessDate,
  type HolidayTable,
  type Quarter,
} from '../calendar.ts'
import { Problem } from '../problem.ts'

/** "First month" is the first month after the quarter (沪房规范〔2025〕8号 art. 9, 14; Henan: end of that month). */
export type DueRule =
  | { readonly kind: 'day_of_first_month'; readonly day: number }
  | { readonly kind: 'end_of_first_month' }
  | { readonly kind: 'not_found' }

/** The last day on which the disclosure or transfer is in time; null where the profile does not know it. */
export function dueDate(rule: DueRule, quarter: Quarter): BusinessDate | null {
  if (rule.kind === 'not_found') return null
  const month = monthOf(quarterBounds(addQuarters(quarter, 1)).first)
  const last = lastDayOfMonth(month)
  if (rule.kind === 'end_of_first_month') return last
  if (!Number.isInteger(rule.day) || rule.day < 1 || rule.day > 31) {
    throw new Problem({ code: 'disclosure.due-day', message: '公示期限的日子应在 1 至 31 之间：请修改政策口径', field: '公示期限' })
  }
  const day = addDays(firstDayOfMonth(month), rule.day - 1)
  return day < last ? day : last
}

export type PostingRule =
  | { readonly unit: 'calendar' | 'working'; readonly days: number }
  /** Hangs until the next quarter's notice replaces it (Shanghai 2026). */
  | { readonly unit: 'until_next' }

export type PostingPeriod =
  | { readonly kind: 'through'; readonly lastDay: BusinessDate }
  | { readonly kind: 'until_next' }

/** Last day a notice must hang. The day it is put up is not counted (民法典 art. 201), which is the safer reading. */
export function postingPeriod(rule: PostingRule, postedOn: BusinessDate, holidays: HolidayTable): PostingPeriod {
  if (rule.unit === 'until_next') return { kind: 'until_next' }
  const lastDay =
    rule.unit === 'calendar' ? addDays(postedOn, rule.days) : addWorkingDays(postedOn, rule.days, holidays)
  return { kind: 'through', lastDay }
}

/**
 * Whether a notice hung long enough. `takenDownOn` is the day it came down, null while it hangs; `nextPostedOn` the
 * day its successor went up, which ends an `until_next` period.
 */
export function postedLongEnough(
  period: PostingPeriod,
  today: BusinessDate,
  takenDownOn: BusinessDate | null,
  nextPostedOn: BusinessDate | null,
): boolean {
  if (period.kind === 'through') return (takenDownOn ?? today) > period.lastDay
  return nextPostedOn !== null && (takenDownOn === null || takenDownOn >= nextPostedOn)
}

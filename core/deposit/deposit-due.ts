/**
 * When a certificate asks for attention. A due certificate is never dismissed, only handled (peers/term-deposit §6.1): so
 * the list knows steps before the due date, the due date, and every day after it.
 */
import { addDays, daysBetween, isWorkingDay, type BusinessDate, type HolidayTable } from '../calendar.ts'

export type DueState =
  | { readonly kind: 'far'; readonly days: number }
  /** Within the profile's longest reminder; `reminder` is the step it has reached (30, 15, 7, 3, 1, 0). */
  | { readonly kind: 'soon'; readonly days: number; readonly reminder: number }
  | { readonly kind: 'overdue'; readonly days: number }

/** `reminderDays` from the profile, any order. On the due date itself 0 days are left; the day after it is overdue. */
export function dueState(due: BusinessDate, today: BusinessDate, reminderDays: readonly number[]): DueState {
  const left = daysBetween(today, due)
  if (left < 0) return { kind: 'overdue', days: -left }
  const reached = reminderDays.filter((step) => left <= step)
  return reached.length === 0 ? { kind: 'far', days: left } : { kind: 'soon', days: left, reminder: Math.min(...reached) }
}

/** No holiday of the State Council's table is longer; an endless one would be an error of the table. */
const LONGEST_HOLIDAY = 30

/**
 * The last working day before a due date that is a day off, null where the due date is a working day. A unit deposit due
 * on a holiday may be taken on that day, with the interest of the days not served taken off; after the holiday the days
 * count as overdue (domain rule 06 §2).
 */
export function lastWorkingDayBefore(due: BusinessDate, holidays: HolidayTable): BusinessDate | null {
  if (isWorkingDay(due, holidays)) return null
  for (let back = 1; back <= LONGEST_HOLIDAY; back += 1) {
    const day = addDays(due, -back)
    if (isWorkingDay(day, holidays)) return day
  }
  return null
}

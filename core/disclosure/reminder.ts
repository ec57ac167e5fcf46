/** How a due date looks from today: for the list of what needs handling and the heat table of quarters. */
import { daysBetween, type BusinessDate } from '../calendar.ts'

/** `days`: left until due (`dueSoon`, `notDue`) or late by (`overdue`). `unknown`: the profile gives no date. */
export type ReminderState =
  | { readonly kind: 'done' }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'notDue' | 'dueSoon' | 'overdue'; readonly due: BusinessDate; readonly days: number }

export function reminderState(facts: {
  readonly due: BusinessDate | null
  readonly today: BusinessDate
  /** The office's own setting: from how many days before it shows as due soon. */
  readonly remindDaysBefore: number
  readonly done: boolean
}): ReminderState {
  if (facts.done) return { kind: 'done' }
  if (facts.due === null) return { kind: 'unknown' }
  const left = daysBetween(facts.today, facts.due)
  if (left < 0) return { kind: 'overdue', due: facts.due, days: -left }
  return { kind: left <= facts.remindDaysBefore ? 'dueSoon' : 'notDue', due: facts.due, days: left }
}

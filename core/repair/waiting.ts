/**
 * How long a job waits at its step: bands for the board, and the last day on which it does not yet count as waiting too long.
 * Desk steps and steps on site have their own days in the profile; what runs by its own clock (a vote, a posting, retained
 * money) has none here.
 */
import { addDays, daysBetween, type BusinessDate } from '../calendar.ts'
import type { RepairStep } from './repair.ts'

export const AGE_BANDS = ['week', 'month', 'longer'] as const
export type AgeBand = (typeof AGE_BANDS)[number]

/** Longest wait of a band, in days; `longer` has none. How the board groups, not a deadline of anybody. */
const BAND_DAYS = { week: 7, month: 30 } as const

export function waitedDays(since: BusinessDate, today: BusinessDate): number {
  return Math.max(0, daysBetween(since, today))
}

/** Days of arrival of a band: from `from` (null: ever) to before `before` (null: today counts too). */
export function bandDays(
  band: AgeBand,
  today: BusinessDate,
): { readonly from: BusinessDate | null; readonly before: BusinessDate | null } {
  const week = addDays(today, -BAND_DAYS.week)
  const month = addDays(today, -BAND_DAYS.month)
  if (band === 'week') return { from: week, before: null }
  return band === 'month' ? { from: month, before: week } : { from: null, before: month }
}

export type StepPace = 'desk' | 'site'

const PACE: Readonly<Partial<Record<RepairStep, StepPace>>> = {
  windowCheck: 'desk',
  repeatAnswer: 'site',
  engineeringCheck: 'desk',
  contract: 'desk',
  spotDraw: 'desk',
  spotCheck: 'site',
  siteReview: 'site',
  acceptance: 'site',
  settlement: 'desk',
  payment: 'desk',
  voucher: 'desk',
  followUp: 'desk',
}

/** The profile's days for desk steps and for steps on site; null while 待填写. */
export type PaceDays = Readonly<Record<StepPace, number | null>>

/** Days after which a wait at `step` is too long; null: the profile sets none for it. */
export function stepDays(step: RepairStep, days: PaceDays): number | null {
  const pace = PACE[step]
  return pace === undefined ? null : days[pace]
}

/** Last day on which a job that came to `step` on `since` is still in time; null: no deadline is set. */
export function stepDueOn(step: RepairStep, since: BusinessDate, days: PaceDays): BusinessDate | null {
  const allowed = stepDays(step, days)
  return allowed === null ? null : addDays(since, allowed)
}

/** Instants of the audit trail (UTC) as the wall clock in China shows them: one zone, eight hours ahead, no summer time. */
import { addDays, parseDate, type BusinessDate } from '#core/calendar.ts'

const HOURS_AHEAD = 8

/** `2025-10-09T18:30:05.000Z` → `2025-10-10 02:30:05`. */
export function chinaTime(instant: string): string {
  const hour = Number(instant.slice(11, 13)) + HOURS_AHEAD
  const date = addDays(parseDate(instant.slice(0, 10)), hour >= 24 ? 1 : 0)
  return `${date} ${String(hour % 24).padStart(2, '0')}${instant.slice(13, 19)}`
}

/** The instant a business day begins, for "from this day on". */
export function startOfDay(date: BusinessDate): string {
  return `${addDays(date, -1)}T${24 - HOURS_AHEAD}:00:00.000Z`
}

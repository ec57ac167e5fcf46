/** The only place that knows what time it is; China has one zone, named once. */
import { addDays, parseDate, type BusinessDate } from '#core/calendar.ts'

export type Clock = {
  /** UTC, ISO 8601, for the audit trail. */
  now(): string
  /** The business date in China. */
  today(): BusinessDate
}

const CHINA_DATE = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short' })

function chinaDate(instant: Date): BusinessDate {
  return parseDate(CHINA_DATE.format(instant))
}

export const systemClock: Clock = {
  now: () => new Date().toISOString(),
  today: () => chinaDate(new Date()),
}

/** The business date in China of a recorded instant. */
export function businessDateOf(instant: string): BusinessDate {
  return chinaDate(new Date(instant))
}

/** The recorded instant with which a business date begins in China (UTC+8 the year round). */
export function beginningOf(date: BusinessDate): string {
  return `${addDays(date, -1)}T16:00:00.000Z`
}

/** A clock that stands still until told otherwise: the sample office and tests. */
export function fixedClock(start: string): Clock & { set(instant: string): void } {
  let instant = new Date(start)
  return {
    now: () => instant.toISOString(),
    today: () => chinaDate(instant),
    set(next) {
      instant = new Date(next)
    },
  }
}

/** Milliseconds since 1970, for waiting and expiry in the doors; rules count in dates. */
export function instantOf(clock: Clock): number {
  return Date.parse(clock.now())
}

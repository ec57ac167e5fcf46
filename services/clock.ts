/** The only place that knows what time it is, and where chance comes from; China has one zone, named once. */
import { createHash, randomBytes } from 'node:crypto'
import { addDays, parseDate, type BusinessDate } from '#core/calendar.ts'

export type Clock = {
  /** UTC, ISO 8601, for the audit trail. */
  now(): string
  /** The business date in China. */
  today(): BusinessDate
  /** 128 bits in hexadecimal that nobody can know before they are asked for: for drawing lots. */
  lot(): string
}

const LOT_BYTES = 16

const CHINA_DATE = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short' })

function chinaDate(instant: Date): BusinessDate {
  return parseDate(CHINA_DATE.format(instant))
}

export const systemClock: Clock = {
  now: () => new Date().toISOString(),
  today: () => chinaDate(new Date()),
  lot: () => randomBytes(LOT_BYTES).toString('hex'),
}

/** The business date in China of a recorded instant. */
export function businessDateOf(instant: string): BusinessDate {
  return chinaDate(new Date(instant))
}

const CHINA_MINUTE = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short', timeStyle: 'short' })

/** `2025-09-10 10:00`, in China. */
export function chinaMinuteOf(instant: string): string {
  return CHINA_MINUTE.format(new Date(instant))
}

/** The recorded instant with which a business date begins in China (UTC+8 the year round). */
export function beginningOf(date: BusinessDate): string {
  return `${addDays(date, -1)}T16:00:00.000Z`
}

/** A clock that stands still until told otherwise, and whose lots are the same every time: the sample office and tests. */
export function fixedClock(start: string): Clock & { set(instant: string): void } {
  let instant = new Date(start)
  let lots = 0
  return {
    now: () => instant.toISOString(),
    today: () => chinaDate(instant),
    lot: () => {
      lots += 1
      return createHash('sha256').update(`${instant.toISOString()} ${lots}`).digest('hex').slice(0, 2 * LOT_BYTES)
    },
    set(next) {
      instant = new Date(next)
    },
  }
}

const DAY_MS = 86_400_000

/** The hours of `clock`, always on `day`. */
export function clockOnDay(day: BusinessDate, clock: Clock): Clock {
  const begins = Date.parse(beginningOf(day))
  // China's midnights are whole days apart.
  const hours = () => (((instantOf(clock) - begins) % DAY_MS) + DAY_MS) % DAY_MS
  return { now: () => new Date(begins + hours()).toISOString(), today: () => day, lot: () => clock.lot() }
}

/** Milliseconds since 1970, for waiting and expiry in the doors; rules count in dates. */
export function instantOf(clock: Clock): number {
  return Date.parse(clock.now())
}

/**
 * Exact interest over spans of days. Every span is an integer numerator over one common denominator, so a settlement
 * is summed exactly and rounded once; the working shown per span still adds up to that total.
 */
import { addMonths, datePartsOf, daysBetween, type BusinessDate } from '../calendar.ts'
import { divideRoundHalfUp, fen, fenFromBigInt, type Fen } from '../money.ts'
import { Problem } from '../problem.ts'
import { MICRO_PER_PERCENT, type RateMicro } from '../rate.ts'

/**
 * How a bank counts days (domain rule 06 §3; set per bank, 银发〔2005〕129号 leaves the choice):
 * - `months_odd_360` whole months at a twelfth of the annual rate, odd days ÷ 360 (the usual 逐笔计息);
 * - `actual_360`, `actual_365` all actual days;
 * - `thirty_360` every month as 30 days (older savings convention).
 */
export type DayCount = 'months_odd_360' | 'actual_360' | 'actual_365' | 'thirty_360'

type Measure = 'months' | 'days_360' | 'days_365'

/** One line of the working: `principal × rate × count ÷ (12 | 360 | 365)`. `to` is not counted (算头不算尾). */
export type InterestSegment = {
  readonly from: BusinessDate
  readonly to: BusinessDate
  /** Calendar days from `from` to `to`. */
  readonly days: number
  readonly principal: Fen
  readonly rate: RateMicro
  /** What the rate was multiplied by: whole months ÷ 12, or days ÷ 360 or ÷ 365. */
  readonly measure: Measure
  readonly count: number
  readonly interest: Fen
}

export type Accrued = { readonly interest: Fen; readonly segments: readonly InterestSegment[] }

export type UncountedSegment = Omit<InterestSegment, 'interest'>

// 26 280 is the least common multiple of 12, 360 and 365; the rest turns millionths of a percent into a fraction.
const YEAR = 26_280n
const DENOMINATOR = YEAR * 100n * BigInt(MICRO_PER_PERCENT)
const YEAR_PARTS: Readonly<Record<Measure, bigint>> = {
  months: YEAR / 12n,
  days_360: YEAR / 360n,
  days_365: YEAR / 365n,
}

/** Days under 30/360: the 31st counts as the 30th. */
export function thirtyDayCount(from: BusinessDate, to: BusinessDate): number {
  const a = datePartsOf(from)
  const b = datePartsOf(to)
  return (b.year - a.year) * 360 + (b.month - a.month) * 30 + Math.min(b.day, 30) - Math.min(a.day, 30)
}

/**
 * Whole months up to the last corresponding day not after `to`, and the odd days left. `anchorDay` is the original
 * day of month of a rollover chain, so 28 Feb → 31 May of a chain opened on a 31st is three whole months.
 */
export function wholeMonthsAndOddDays(
  from: BusinessDate,
  to: BusinessDate,
  anchorDay?: number,
): { months: number; oddDays: number; turn: BusinessDate } {
  refuseBackwards(from, to)
  const a = datePartsOf(from)
  const b = datePartsOf(to)
  let months = (b.year - a.year) * 12 + b.month - a.month
  if (months > 0 && addMonths(from, months, anchorDay) > to) months -= 1
  const turn = months === 0 ? from : addMonths(from, months, anchorDay)
  return { months, oddDays: daysBetween(turn, to), turn }
}

function refuseBackwards(from: BusinessDate, to: BusinessDate): void {
  if (to < from) {
    throw new Problem({ code: 'interest.dates', message: `计息止日 ${to} 早于起日 ${from}：请核对日期`, field: 'to' })
  }
}

export type Span = {
  readonly principal: Fen
  readonly rate: RateMicro
  readonly from: BusinessDate
  readonly to: BusinessDate
  readonly dayCount: DayCount
  readonly anchorDay?: number
}

/** The working of one span, not yet counted: one line, or two where whole months leave odd days. */
export function workingOf(span: Span): UncountedSegment[] {
  const { principal, rate, from, to } = span
  refuseBackwards(from, to)
  const days = daysBetween(from, to)
  if (span.dayCount === 'actual_360') return [{ from, to, days, principal, rate, measure: 'days_360', count: days }]
  if (span.dayCount === 'actual_365') return [{ from, to, days, principal, rate, measure: 'days_365', count: days }]
  if (span.dayCount === 'thirty_360') {
    return [{ from, to, days, principal, rate, measure: 'days_360', count: thirtyDayCount(from, to) }]
  }
  const { months, oddDays, turn } = wholeMonthsAndOddDays(from, to, span.anchorDay)
  const lines: UncountedSegment[] = []
  if (months > 0) {
    lines.push({ from, to: turn, days: daysBetween(from, turn), principal, rate, measure: 'months', count: months })
  }
  if (oddDays > 0 || months === 0) {
    lines.push({ from: turn, to, days: oddDays, principal, rate, measure: 'days_360', count: oddDays })
  }
  return lines
}

/**
 * Sums the working exactly, rounds the total once half up to the fen, and gives each line the difference of the
 * rounded running totals: the lines on screen add up to the amount the bank pays.
 */
export function settle(working: readonly UncountedSegment[]): Accrued {
  let running = 0n
  let counted: Fen = fen(0)
  const segments = working.map((line): InterestSegment => {
    running += BigInt(line.principal) * BigInt(line.rate) * BigInt(line.count) * YEAR_PARTS[line.measure]
    const upToHere = fenFromBigInt(divideRoundHalfUp(running, DENOMINATOR))
    const interest = fen(upToHere - counted)
    counted = upToHere
    return { ...line, interest }
  })
  return { interest: counted, segments }
}

/** Interest of one principal at one rate from `from` (counted) to `to` (not counted). */
export function accrue(span: Span): Accrued {
  return settle(workingOf(span))
}

/**
 * Demand deposits by accumulated products (积数计息): Σ balance × days × daily rate, settled quarterly on the 20th and
 * credited the day after. A unit's deposit is counted in segments when the listed rate changes (domain rule 06 §1).
 */
import { settle, type Accrued, type UncountedSegment } from './accrual.ts'
import { addDays, daysBetween, parseDate, quarterBounds, quarterOf, type BusinessDate } from '../calendar.ts'
import { fenFromBigInt, type Fen } from '../money.ts'
import { Problem } from '../problem.ts'
import type { RateMicro } from '../rate.ts'

/** A balance that stood from `from` to the day before `to`. */
export type BalanceSpan = { readonly from: BusinessDate; readonly to: BusinessDate; readonly balance: Fen }

/** A listed rate and the day it takes effect. */
export type RateStep = { readonly from: BusinessDate; readonly rate: RateMicro }

/** Refuses gaps, overlaps, empty spans and overdrawn balances: interest on a hole in the ledger would look right. */
export function refuseBrokenSpans(spans: readonly BalanceSpan[]): void {
  spans.forEach((span, index) => {
    const previous = spans[index - 1]
    const row = index + 1
    if (span.to <= span.from || (previous !== undefined && previous.to !== span.from)) {
      throw new Problem({ code: 'interest.spans', message: `第 ${row} 段余额的起止日不连续：请按日期首尾相接`, row })
    }
    if (span.balance < 0) {
      throw new Problem({ code: 'interest.overdrawn', message: `第 ${row} 段余额为负：请先核对账户余额`, row })
    }
  })
}

/** Cuts each span where a new rate takes effect. Rates may come in any order; one must cover the first day. */
export function cutByRate<Step extends { readonly from: BusinessDate }>(
  spans: readonly BalanceSpan[],
  steps: readonly Step[],
): { span: BalanceSpan; step: Step }[] {
  const ordered = [...steps].sort((a, b) => (a.from < b.from ? -1 : 1))
  return spans.flatMap((span) =>
    ordered.flatMap((step, index) => {
      const next = ordered[index + 1]
      const from = step.from > span.from ? step.from : span.from
      const to = next !== undefined && next.from < span.to ? next.from : span.to
      const first = index === 0 && step.from > span.from
      if (first) {
        throw new Problem({ code: 'interest.rateMissing', message: `${span.from} 没有可用的挂牌利率：请先登记利率` })
      }
      return from < to ? [{ span: { from, to, balance: span.balance }, step }] : []
    }),
  )
}

/** Σ balance × days, in fen-days (积数). */
export function productOf(spans: readonly BalanceSpan[]): Fen {
  let product = 0n
  for (const span of spans) product += BigInt(span.balance) * BigInt(daysBetween(span.from, span.to))
  return fenFromBigInt(product)
}

export type DemandInterest = Accrued & { readonly days: number; readonly product: Fen }

export function demandInterest(input: {
  readonly balances: readonly BalanceSpan[]
  readonly rates: readonly RateStep[]
  readonly yearDays?: 360 | 365
}): DemandInterest {
  refuseBrokenSpans(input.balances)
  if (input.rates.length === 0) {
    throw new Problem({ code: 'interest.rateMissing', message: '没有可用的挂牌利率：请先登记利率' })
  }
  const measure = input.yearDays === 365 ? 'days_365' : 'days_360'
  const working = cutByRate(input.balances, input.rates).map(({ span, step }): UncountedSegment => {
    const days = daysBetween(span.from, span.to)
    return { from: span.from, to: span.to, days, principal: span.balance, rate: step.rate, measure, count: days }
  })
  const days = working.reduce((sum, line) => sum + line.days, 0)
  return { ...settle(working), days, product: productOf(input.balances) }
}

/**
 * The settlement period a day falls in: 21st of the last month of one quarter to the 20th of the last month of the
 * next, both earning; the money arrives the day after.
 */
export function settlementPeriodOf(
  date: BusinessDate,
): { from: BusinessDate; to: BusinessDate; credited: BusinessDate } {
  const settlementIn = (day: BusinessDate): BusinessDate =>
    parseDate(`${quarterBounds(quarterOf(day)).last.slice(0, 7)}-20`)
  const sameQuarter = settlementIn(date)
  const to = date <= sameQuarter ? sameQuarter : settlementIn(addDays(quarterBounds(quarterOf(date)).last, 1))
  const previous = settlementIn(addDays(quarterBounds(quarterOf(to)).first, -1))
  return { from: addDays(previous, 1), to, credited: addDays(to, 1) }
}

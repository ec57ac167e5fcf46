/**
 * The realised annual yield of a chain of certificates: interest the bank really paid ÷ Σ (principal × days it earned) × 365,
 * simple, on actual days. It is our own measure, so that chains of different terms and banks can be told apart; banks print
 * no such figure. Money whose interest is not yet paid counts on neither side.
 */
import { daysBetween, type BusinessDate } from '../calendar.ts'
import { divideRoundHalfUp, type Fen } from '../money.ts'
import { Problem } from '../problem.ts'
import { MICRO_PER_PERCENT, rateIn, type RateMicro } from '../rate.ts'

/** Told to the ten-thousandth of a percent: more digits would say more than the days do. */
const STEP = 100n

/** Principal that lay at the bank from `from` to the day before `to`, and the interest paid for it when it left. */
export type EarningSpan = {
  readonly principalFen: Fen
  readonly from: BusinessDate
  readonly to: BusinessDate
  readonly interestPaidFen: Fen
}

/**
 * Null when nothing has been paid out yet, nothing lay a whole day, or the quotient is no rate (over 100 %). Throws
 * `yield.dates` for a span that runs backwards.
 */
export function realisedYield(spans: readonly EarningSpan[]): RateMicro | null {
  let interest = 0n
  let fenDays = 0n
  for (const span of spans) {
    const days = daysBetween(span.from, span.to)
    if (days < 0) throw new Problem({ code: 'yield.dates', message: `起息日 ${span.from} 晚于支取日 ${span.to}：请核对日期` })
    interest += BigInt(span.interestPaidFen)
    fenDays += BigInt(span.principalFen) * BigInt(days)
  }
  if (fenDays <= 0n) return null
  return rateIn(divideRoundHalfUp(interest * 365n * 100n * BigInt(MICRO_PER_PERCENT), fenDays * STEP) * STEP)
}

/**
 * Rates are integers: annual percent with six decimals, so 1.55 % is 1_550_000. Six decimals are what certificates
 * and tenders carry (peers/term-deposit §1 "4–6 decimals"); products with fen stay exact in BigInt.
 */
import { Problem } from './problem.ts'
import { divideRoundHalfUp, fenFromBigInt, type Fen } from './money.ts'

declare const rateBrand: unique symbol
/** Millionths of a percent per year. */
export type RateMicro = number & { readonly [rateBrand]: 'RateMicro' }

export const MICRO_PER_PERCENT = 1_000_000

export function rateMicro(value: number): RateMicro {
  if (!Number.isSafeInteger(value) || value < 0 || value > 100 * MICRO_PER_PERCENT) {
    throw new Problem({ code: 'rate.range', message: `利率超出 0%–100%：${value / MICRO_PER_PERCENT}%` })
  }
  return value as RateMicro
}

/** A computed rate; null outside 0 %–100 %, where the quotient says more about its divisor than about a bank. */
export function rateIn(value: bigint): RateMicro | null {
  return value < 0n || value > BigInt(100 * MICRO_PER_PERCENT) ? null : rateMicro(Number(value))
}

const PERCENT = /^(\d{1,3})(?:\.(\d{1,6}))?%?$/

/** Reads `1.55` or `1.55%` as percent a year. `0.0155` is read as 0.0155 %: the caller knows its column, we do not guess. */
export function parsePercent(text: string, where: { field?: string; row?: number } = {}): RateMicro {
  const match = PERCENT.exec(text.trim())
  const whole = match?.[1]
  if (!match || whole === undefined) {
    throw new Problem({ code: 'rate.format', message: `“${text}”不是年利率：请写百分数，例如 1.55`, ...where })
  }
  return rateMicro(Number(whole + (match[2] ?? '').padEnd(6, '0')))
}

/** `1.55`: without trailing zeros beyond the second decimal. */
export function formatPercent(rate: RateMicro): string {
  const digits = String(rate).padStart(7, '0')
  const decimals = digits.slice(-6).replace(/0{1,4}$/, '')
  return `${digits.slice(0, -6)}.${decimals}`
}

/**
 * amount × percent, half up to the fen. For shares and ratios (70 %, 50.01 %), not for interest over time.
 */
export function percentOf(amount: Fen, percent: RateMicro): Fen {
  return fenFromBigInt(divideRoundHalfUp(BigInt(amount) * BigInt(percent), 100n * BigInt(MICRO_PER_PERCENT)))
}

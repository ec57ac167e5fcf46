/** Percent columns of the notice, in hundredths of a percent (46.79 % is 4679). */
import { allocate } from '../allocation.ts'
import { addFen, fen, type Fen } from '../money.ts'

const WHOLE_HUNDREDTHS = 10_000

/** part ÷ whole in hundredths of a percent, cut towards zero; `whole` must be positive. */
export function ratioHundredths(part: Fen, whole: Fen): number {
  return Number((BigInt(part) * BigInt(WHOLE_HUNDREDTHS)) / BigInt(whole))
}

/**
 * Shares that sum to exactly 100.00 %, by largest remainder, the earlier row first. Null where a share has no meaning:
 * nothing came in, or a row is negative.
 */
export function percentShares(amounts: readonly Fen[]): readonly number[] | null {
  if (addFen(...amounts) <= 0 || amounts.some((amount) => amount < 0)) return null
  return allocate(fen(WHOLE_HUNDREDTHS), amounts)
}

/** `46.79%` */
export function formatHundredths(hundredths: number): string {
  const digits = String(Math.abs(hundredths)).padStart(3, '0')
  return `${hundredths < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}%`
}

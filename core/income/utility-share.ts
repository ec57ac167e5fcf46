/**
 * Shared water and power (公共水电): usage × unit price to the fen, then split by area or by what was agreed
 * (民法典 art. 283). Readings carry three decimals and tariffs six, so both are scaled integers, never floats.
 */
import { allocate } from '../allocation.ts'
import { divideRoundHalfUp, fenFromBigInt, type Fen } from '../money.ts'
import { Problem } from '../problem.ts'

const USAGE_DECIMALS = 3
const PRICE_DECIMALS = 6
/** Thousandths of a unit × millionths of a yuan, per fen. */
const SCALE_PER_FEN = 10n ** BigInt(USAGE_DECIMALS + PRICE_DECIMALS - 2)

function parseScaled(text: string, decimals: number, what: string, field: string): number {
  const match = /^(\d{1,9})(?:\.(\d+))?$/.exec(text.trim())
  const fraction = match?.[2] ?? ''
  if (match?.[1] === undefined || fraction.length > decimals) {
    throw new Problem({ code: 'utility.format', message: `“${text}”不是${what}：至多 ${decimals} 位小数`, field })
  }
  return Number(match[1] + fraction.padEnd(decimals, '0'))
}

/** `1860.5` → 1 860 500 thousandths. */
export function parseUsage(text: string): number {
  return parseScaled(text, USAGE_DECIMALS, '用量', 'usage')
}

/** `0.5330` → 533 000 millionths of a yuan. */
export function parseUnitPrice(text: string): number {
  return parseScaled(text, PRICE_DECIMALS, '单价', 'unitPrice')
}

export function usageCharge(usageMilli: number, unitPriceMicro: number): Fen {
  return fenFromBigInt(divideRoundHalfUp(BigInt(usageMilli) * BigInt(unitPriceMicro), SCALE_PER_FEN))
}

/** Shares add up to the supplier's bill to the fen. */
export function shareUtility(bill: Fen, weights: readonly number[]): Fen[] {
  return allocate(bill, weights)
}

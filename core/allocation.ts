/**
 * Splits an amount by integer weights (areas in dm², balance-days) without losing or making a fen (design
 * invariant 9). 民法典 art. 283 and 165号令 art. 20–21 fix the basis of the split; none fixes the tail.
 */
import { fen, negateFen, type Fen } from './money.ts'
import { Problem } from './problem.ts'

/**
 * - `largest_remainder` the spare fen go to the largest remainders, earlier rows first on a tie (our default);
 * - `last_absorbs` every share half up, the last row with weight takes the difference: older offices' practice.
 */
export type TailRule = 'largest_remainder' | 'last_absorbs'

/**
 * Shares in the order of `weights`, adding up to `total` exactly; a zero weight gets zero. A negative total (a red
 * reversal) mirrors the positive one. Refuses negative, broken or all-zero weights.
 */
export function allocate(total: Fen, weights: readonly number[], tail: TailRule = 'largest_remainder'): Fen[] {
  let weightSum = 0n
  let largest = 0
  let partial = 0
  weights.forEach((weight, index) => {
    if (!Number.isSafeInteger(weight) || weight < 0) {
      const row = index + 1
      throw new Problem({ code: 'allocation.weight', message: `第 ${row} 行的分摊权数不是非负整数：请核对面积或余额`, row })
    }
    if (weight > largest) largest = weight
    // Adding a million BigInts would dominate the whole split; flush only before the plain sum could lose digits.
    if (partial > Number.MAX_SAFE_INTEGER - weight) {
      weightSum += BigInt(partial)
      partial = 0
    }
    partial += weight
  })
  weightSum += BigInt(partial)
  if (weightSum === 0n) {
    throw new Problem({ code: 'allocation.noWeight', message: '分摊权数全部为零，无法分摊：请先补全面积或余额' })
  }
  if (total < 0) return allocate(negateFen(total), weights, tail).map(negateFen)
  const safe = BigInt(Number.MAX_SAFE_INTEGER)
  const fits = weightSum <= safe && 2n * BigInt(total) * BigInt(largest) + weightSum <= safe
  const split = fits ? splitPlain(total, weights, Number(weightSum)) : splitWide(total, weights, weightSum)
  return tail === 'last_absorbs' ? lastAbsorbs(total, weights, split) : largestRemainder(total, split)
}

/** Whole fen per row, and what the cut-off parts decide. */
type Split = {
  readonly floors: readonly number[]
  readonly isHalfOrMore: (row: number) => boolean
  /** Rows that get one fen each when `spare` are left: the largest remainders, earlier rows first on a tie. */
  readonly rowsForSpare: (spare: number) => number[]
}

/** Plain numbers: a million households take a tenth of what BigInt does. */
function splitPlain(total: number, weights: readonly number[], weightSum: number): Split {
  const remainders = weights.map((weight) => (total * weight) % weightSum)
  return {
    floors: weights.map((weight, row) => (total * weight - (remainders[row] ?? 0)) / weightSum),
    isHalfOrMore: (row) => 2 * (remainders[row] ?? 0) >= weightSum,
    // A typed array sorts numbers natively; ranking a million rows by a comparison takes over a second.
    rowsForSpare: (spare) => rowsOfLargest(remainders, Float64Array.from(remainders).sort().at(-spare), spare),
  }
}

/** The guard: total × weight may pass 9.2e18, far above what a double or a 64-bit product keeps exactly. */
function splitWide(total: number, weights: readonly number[], weightSum: bigint): Split {
  const products = weights.map((weight) => BigInt(total) * BigInt(weight))
  const remainders = products.map((product) => product % weightSum)
  const ascending = (a: bigint, b: bigint): number => (a === b ? 0 : a > b ? 1 : -1)
  return {
    floors: products.map((product) => Number(product / weightSum)),
    isHalfOrMore: (row) => 2n * (remainders[row] ?? 0n) >= weightSum,
    rowsForSpare: (spare) => rowsOfLargest(remainders, [...remainders].sort(ascending).at(-spare), spare),
  }
}

/** `smallest` is the least remainder that still gets a fen; rows at exactly it share what the larger ones leave. */
function rowsOfLargest<Value extends number | bigint>(
  remainders: readonly Value[],
  smallest: Value | undefined,
  spare: number,
): number[] {
  if (smallest === undefined) return []
  const above: number[] = []
  const at: number[] = []
  remainders.forEach((remainder, row) => {
    if (remainder > smallest) above.push(row)
    else if (remainder === smallest) at.push(row)
  })
  return [...above, ...at.slice(0, spare - above.length)]
}

function largestRemainder(total: Fen, split: Split): Fen[] {
  const shares = [...split.floors]
  const spare = total - shares.reduce((sum, share) => sum + share, 0)
  if (spare > 0) for (const row of split.rowsForSpare(spare)) shares[row] = (shares[row] ?? 0) + 1
  return shares.map((share) => fen(share))
}

function lastAbsorbs(total: Fen, weights: readonly number[], split: Split): Fen[] {
  const last = weights.findLastIndex((weight) => weight > 0)
  const shares = split.floors.map((floor, row) => floor + (split.isHalfOrMore(row) ? 1 : 0))
  const others = shares.reduce((sum, share, index) => (index === last ? sum : sum + share), 0)
  if (others > total) {
    throw new Problem({
      code: 'allocation.tail',
      message: '金额太小、户数太多，末户将被分成负数：请改用最大余数法',
    })
  }
  shares[last] = total - others
  return shares.map((share) => fen(share))
}

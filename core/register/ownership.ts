/**
 * Shares of several owners (共有) as integer parts of a whole: `1/3` and `2/3` are 1 and 2 of 3 parts, so that they add up to
 * one exactly. 民法典 art. 298, 308–309: co-owners by shares; where nothing is agreed, equal shares.
 */
import { Problem } from '../problem.ts'

export type Share<Owner> = { readonly owner: Owner; readonly parts: number }

/** Parts beyond this come from merging ever finer shares; the register could not be read any more. */
const LARGEST_TOTAL = 1_000_000_000_000n

function gcd(a: bigint, b: bigint): bigint {
  return b === 0n ? a : gcd(b, a % b)
}

type Fraction = { readonly over: bigint; readonly under: bigint }

/** `1/2`, `50%`, `33.34%`, `0.5`, `全部`. Throws `ownership.share`. */
function fractionOf(text: string): Fraction {
  const plain = text.replaceAll(/[\s　]/g, '').replace('％', '%')
  const [, over, under] = /^(\d{1,6})[/／](\d{1,6})$/.exec(plain) ?? []
  if (over !== undefined && under !== undefined && BigInt(under) > 0n) return { over: BigInt(over), under: BigInt(under) }
  const [, whole, decimals = '', percent] = /^(\d{1,3})(?:\.(\d{1,6}))?(%?)$/.exec(plain) ?? []
  if (whole !== undefined) {
    return { over: BigInt(whole + decimals), under: 10n ** BigInt(decimals.length) * (percent === '%' ? 100n : 1n) }
  }
  if (plain === '全部' || plain === '单独所有') return { over: 1n, under: 1n }
  throw new Problem({ code: 'ownership.share', message: `“${text}”不是产权份额：请写成 1/2 或 50%`, field: 'share' })
}

/**
 * Typed shares as parts, in their order, with the least common whole. Throws `ownership.share`; `ownership.sum` when they are
 * not exactly one (33.33 % three times is not: write 1/3).
 */
export function partsOfShares(texts: readonly string[]): readonly number[] {
  const fractions = texts.map(fractionOf)
  const whole = fractions.reduce((least, { under }) => (least / gcd(least, under)) * under, 1n)
  const parts = fractions.map(({ over, under }) => (over * whole) / under)
  if (parts.some((part) => part === 0n)) {
    throw new Problem({ code: 'ownership.share', message: '产权份额须大于零：不再持有的人请从名单中去掉', field: 'share' })
  }
  if (parts.reduce((sum, part) => sum + part, 0n) !== whole) {
    const message = `产权份额合计不是全部：${texts.join('、')}；除不尽时请写成分数，例如 1/3`
    throw new Problem({ code: 'ownership.sum', message, field: 'share' })
  }
  return leastParts(parts)
}

export function equalParts(count: number): readonly number[] {
  return Array.from({ length: count }, () => 1)
}

/** Divides all parts by what they have in common. Throws `ownership.fine`. */
function leastParts(parts: readonly bigint[]): readonly number[] {
  const common = parts.reduce(gcd, 0n)
  const total = parts.reduce((sum, part) => sum + part, 0n) / common
  if (total > LARGEST_TOTAL) {
    throw new Problem({ code: 'ownership.fine', message: '产权份额过细，无法精确登记：请按产权证重新登记产权份额', field: 'share' })
  }
  return parts.map((part) => Number(part / common))
}

/**
 * Owners of a merged household: each keeps what they held, weighed by area. Owners come in the order they are first met.
 * A household without owners among the merged ones leaves the whole without (empty): nobody's share may be guessed.
 */
export function mergeShares<Owner>(
  households: readonly { readonly areaDm2: number; readonly shares: readonly Share<Owner>[] }[],
): readonly Share<Owner>[] {
  if (households.some(({ shares }) => shares.length === 0)) return []
  const whole = households.reduce((least, { shares }) => {
    const total = BigInt(totalParts(shares))
    return (least / gcd(least, total)) * total
  }, 1n)
  const byOwner = new Map<Owner, bigint>()
  for (const { areaDm2, shares } of households) {
    const each = (BigInt(areaDm2) * whole) / BigInt(totalParts(shares))
    for (const { owner, parts } of shares) byOwner.set(owner, (byOwner.get(owner) ?? 0n) + BigInt(parts) * each)
  }
  const parts = leastParts([...byOwner.values()])
  return [...byOwner.keys()].map((owner, index) => ({ owner, parts: parts[index] ?? 0 }))
}

export function totalParts(shares: readonly Share<unknown>[]): number {
  return shares.reduce((sum, { parts }) => sum + parts, 0)
}

/** `1/3`; `全部` for a sole owner. */
export function shareText(parts: number, total: number): string {
  return parts === total ? '全部' : `${parts}/${total}`
}

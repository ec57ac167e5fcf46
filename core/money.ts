/**
 * Money is integer fen (分, 0.01 yuan). It is parsed digit by digit from text and never passes through a float
 * (design invariant 1). This file and `core/rate.ts` are the only places that round.
 */
import { Problem } from './problem.ts'

declare const fenBrand: unique symbol
/** Integer fen; safe range ±9 007 199 254 740 991, about 90 trillion yuan. */
export type Fen = number & { readonly [fenBrand]: 'Fen' }

export const ZERO_FEN = 0 as Fen

/** Brands an integer that already counts fen (database rows, sums). Refuses anything outside the safe integers. */
export function fen(value: number): Fen {
  if (!Number.isSafeInteger(value)) {
    throw new Problem({ code: 'money.range', message: `金额超出可记账范围：${value} 分` })
  }
  // -0 would print as "-0.00" and break Object.is comparisons.
  return (value === 0 ? 0 : value) as Fen
}

/** Narrows a BigInt result of exact arithmetic back to fen. */
export function fenFromBigInt(value: bigint): Fen {
  if (value > BigInt(Number.MAX_SAFE_INTEGER) || value < BigInt(Number.MIN_SAFE_INTEGER)) {
    throw new Problem({ code: 'money.range', message: `金额超出可记账范围：${value} 分` })
  }
  return fen(Number(value))
}

export function addFen(...amounts: readonly Fen[]): Fen {
  let sum = 0
  for (const amount of amounts) sum += amount
  return fen(sum)
}

export function subtractFen(from: Fen, amount: Fen): Fen {
  return fen(from - amount)
}

export function negateFen(amount: Fen): Fen {
  return fen(-amount)
}

const ZERO_CODE = 48

/**
 * Fen of `1234.5` or `-0.01`, digit by digit in integers, and null for any other text. A statement has 100,000 of them:
 * this is what its reading time is made of.
 */
export function plainFen(text: string): Fen | null {
  const isNegative = text.charCodeAt(0) === 45
  const start = isNegative || text.charCodeAt(0) === 43 ? 1 : 0
  const length = text.length
  // Thirteen digits before the point stay within the safe integers whatever follows.
  if (length === start || length - start > 13) return null
  let value = 0
  let at = start
  for (; at < length; at += 1) {
    const digit = text.charCodeAt(at) - ZERO_CODE
    if (digit < 0 || digit > 9) break
    value = value * 10 + digit
  }
  if (at === start) return null
  if (at === length) value *= 100
  else {
    const decimals = length - at - 1
    if (text.charCodeAt(at) !== 46 || decimals < 1 || decimals > 2) return null
    const tenth = text.charCodeAt(at + 1) - ZERO_CODE
    const hundredth = decimals === 2 ? text.charCodeAt(at + 2) - ZERO_CODE : 0
    if (tenth < 0 || tenth > 9 || hundredth < 0 || hundredth > 9) return null
    value = value * 100 + tenth * 10 + hundredth
  }
  return (isNegative && value !== 0 ? -value : value) as Fen
}

const PLAIN_AMOUNT = /^([+-]?)(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d{1,2}))?$/

/**
 * Reads yuan as people and banks write it in plain ASCII: `1234.5`, `-1,234.50`, `+0.01`.
 * Refuses exponents, full-width digits, sums, three decimals: silently guessing an amount is how money is lost.
 * Bank files are normalised by `core/statement` before they come here.
 */
export function parseYuan(text: string, where: { field?: string; row?: number } = {}): Fen {
  const plain = plainFen(text)
  if (plain !== null) return plain
  const match = PLAIN_AMOUNT.exec(text.trim())
  const whole = match?.[2]
  if (!match || whole === undefined) {
    throw new Problem({
      code: 'money.format',
      message: `“${text}”不是金额：请写成半角数字，至多两位小数，例如 1234.50`,
      ...where,
    })
  }
  const cents = (match[3] ?? '').padEnd(2, '0')
  const magnitude = BigInt(whole.replaceAll(',', '') + cents)
  const value = match[1] === '-' ? -magnitude : magnitude
  if (value > BigInt(Number.MAX_SAFE_INTEGER) || value < BigInt(Number.MIN_SAFE_INTEGER)) {
    throw new Problem({ code: 'money.range', message: `金额“${text}”超出可记账范围`, ...where })
  }
  return fen(Number(value))
}

/** `-1,234.50`: thousands separated, always two decimals (会计基础工作规范 art. 52(2)). */
export function formatYuan(amount: Fen): string {
  const plain = plainYuan(amount)
  const [whole = '', cents = ''] = plain.replace('-', '').split('.')
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',')
  return `${amount < 0 ? '-' : ''}${grouped}.${cents}`
}

/** `-1234.50`: for files that programs read (CSV, JSON, form inputs). */
export function plainYuan(amount: Fen): string {
  const digits = String(Math.abs(amount)).padStart(3, '0')
  return `${amount < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}

/** Divides exactly and rounds half away from zero, the bank's 四舍五入 to the fen (domain rule 06 §3). */
export function divideRoundHalfUp(numerator: bigint, denominator: bigint): bigint {
  if (denominator <= 0n) throw new Error('denominator must be positive')
  const magnitude = numerator < 0n ? -numerator : numerator
  const rounded = (2n * magnitude + denominator) / (2n * denominator)
  return numerator < 0n ? -rounded : rounded
}

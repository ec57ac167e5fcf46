/** Numbers of special receipts (专用票据): `皖A` + `0001234`, in ranges as they were bought (165号令 art. 14, 34). */
import { Problem } from '../problem.ts'

export type ReceiptRange = {
  readonly prefix: string
  readonly firstNo: number
  readonly lastNo: number
  /** Digits of a number, with leading zeros. */
  readonly width: number
}

const LONGEST_RANGE = 100_000

/** `皖A0001234` → prefix and digits. Throws `receipt.format`. */
export function parseReceiptNumber(text: string, field = 'receipt'): { prefix: string; number: number; width: number } {
  const match = /^(.*?)(\d{1,15})$/.exec(text.replace(/\s/g, ''))
  const [, prefix, digits] = match ?? []
  if (prefix === undefined || digits === undefined || prefix.length > 20) {
    throw new Problem({ code: 'receipt.format', message: '票据号须以数字结尾，例如 皖A0001234', field })
  }
  return { prefix, number: Number(digits), width: digits.length }
}

/** First and last number as printed on the forms. Throws `receipt.format`, `receipt.range`. */
export function parseReceiptRange(first: string, last: string): ReceiptRange {
  const from = parseReceiptNumber(first, 'first')
  const to = parseReceiptNumber(last, 'last')
  if (from.prefix !== to.prefix || from.width !== to.width) {
    throw new Problem({ code: 'receipt.range', message: '起止号的字头和位数须相同', field: 'last' })
  }
  if (to.number < from.number || to.number - from.number >= LONGEST_RANGE) {
    throw new Problem({ code: 'receipt.range', message: '止号须不小于起号，一次最多登记 100000 份', field: 'last' })
  }
  return { prefix: from.prefix, firstNo: from.number, lastNo: to.number, width: from.width }
}

export function receiptText({ prefix, width }: Pick<ReceiptRange, 'prefix' | 'width'>, number: number): string {
  return `${prefix}${String(number).padStart(width, '0')}`
}

/** Runs of numbers nobody accounted for, below the highest one that was: `[first, last]`, ascending. `known` ascending. */
export function receiptGaps(firstNo: number, known: readonly number[]): readonly (readonly [number, number])[] {
  const gaps: (readonly [number, number])[] = []
  let next = firstNo
  for (const number of known) {
    if (number > next) gaps.push([next, number - 1])
    next = Math.max(next, number + 1)
  }
  return gaps
}

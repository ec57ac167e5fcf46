import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseReceiptNumber, parseReceiptRange, receiptGaps, receiptText } from '#core/household/receipt.ts'

describe('numbers of receipts', () => {
  it('keep their prefix and their leading zeros', () => {
    const range = parseReceiptRange('皖A0000098', '皖A0000102')
    expect(range).toEqual({ prefix: '皖A', firstNo: 98, lastNo: 102, width: 7 })
    expect(receiptText(range, 100)).toBe('皖A0000100')
    expect(parseReceiptNumber(' 皖A 0000100 ')).toEqual({ prefix: '皖A', number: 100, width: 7 })
  })

  it('of another width or prefix are other receipts', () => {
    expect(() => parseReceiptRange('皖A098', '皖A0102')).toThrow('位数')
    expect(() => parseReceiptRange('皖A098', '皖B102')).toThrow('字头')
    expect(() => parseReceiptRange('098', '097')).toThrow('止号')
    expect(() => parseReceiptNumber('皖A')).toThrow('数字结尾')
  })
})

describe('numbers left out', () => {
  it('are those below the highest one accounted for', () => {
    expect(receiptGaps(1, [1, 2, 5, 9])).toEqual([[3, 4], [6, 8]])
    expect(receiptGaps(1, [])).toEqual([])
  })

  it('and those accounted for are together every number up to the highest', () => {
    fc.assert(fc.property(fc.uniqueArray(fc.integer({ min: 10, max: 60 })), (numbers) => {
      const known = numbers.toSorted((a, b) => a - b)
      const left = receiptGaps(10, known)
        .flatMap(([from, to]) => Array.from({ length: to - from + 1 }, (_, index) => from + index))
      const all = [...known, ...left].toSorted((a, b) => a - b)
      expect(all).toEqual(known.length === 0 ? [] : Array.from({ length: (known.at(-1) ?? 0) - 9 }, (_, index) => index + 10))
    }))
  })
})

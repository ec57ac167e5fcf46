import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { allocate } from '#core/allocation.ts'
import { fen, parseYuan } from '#core/money.ts'

const weights = fc
  .array(fc.oneof(fc.nat(20_000), fc.constant(0)), { minLength: 1, maxLength: 60 })
  .filter((list) => list.some((weight) => weight > 0))
const totals = fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }).map((value) => fen(value))
const sum = (shares: readonly number[]): number => shares.reduce((total, share) => total + share, 0)

describe('allocation by largest remainder', () => {
  it('neither loses nor makes a fen, and gives nothing to a zero weight', () => {
    fc.assert(
      fc.property(totals, weights, (total, list) => {
        const shares = allocate(total, list)
        expect(sum(shares)).toBe(total)
        list.forEach((weight, index) => {
          if (weight === 0) expect(shares[index]).toBe(0)
        })
      }),
    )
  })

  it('keeps every share within one fen of the exact one', () => {
    fc.assert(
      fc.property(totals, weights, (total, list) => {
        const weightSum = BigInt(sum(list))
        allocate(total, list).forEach((share, index) => {
          const off = BigInt(share) * weightSum - BigInt(total) * BigInt(list[index] ?? 0)
          expect(off < weightSum && off > -weightSum).toBe(true)
        })
      }),
    )
  })

  it('gives the spare fen to the earlier of equal rows', () => {
    expect(allocate(parseYuan('0.02'), [5, 5, 5])).toEqual([1, 1, 0])
    fc.assert(
      fc.property(totals, fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 40 }), (total, weight, rows) => {
        const shares = allocate(total, new Array<number>(rows).fill(weight)).map(Math.abs)
        expect(shares).toEqual([...shares].sort((a, b) => b - a))
      }),
    )
  })

  it('does not depend on rows of zero weight put between', () => {
    fc.assert(
      fc.property(totals, weights, (total, list) => {
        const spread = allocate(total, list.flatMap((weight) => [weight, 0]))
        expect(spread.filter((_, index) => index % 2 === 0)).toEqual(allocate(total, list))
      }),
    )
  })

  it('mirrors a red reversal exactly', () => {
    fc.assert(
      fc.property(totals, weights, (total, list) => {
        const reversed = allocate(fen(-total), list).map((share) => fen(-share))
        expect(reversed).toEqual(allocate(total, list))
      }),
    )
  })

  it('stays exact where amount × weight passes what a double or 64 bits can hold', () => {
    const total = fen(Number.MAX_SAFE_INTEGER)
    const half = (Number.MAX_SAFE_INTEGER - 1) / 2
    // Exact remainders are a quarter, a quarter and just under a half: the spare fen is the last row's.
    const wide = allocate(total, [Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER, 1])
    expect(wide).toEqual([half, half, 1])
  })

  it('gives the same shares on the plain and the wide path', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000_000).map((value) => fen(value)), weights, (total, list) => {
        // A common factor moves no share, but pushes the products beyond the plain path.
        expect(allocate(total, list.map((weight) => weight * 10_000_000))).toEqual(allocate(total, list))
      }),
    )
  })

  it('refuses weights that cannot carry a cost, naming the row', () => {
    expect(() => allocate(fen(100), [0, 0])).toThrow('全部为零')
    expect(() => allocate(fen(0), [])).toThrow('全部为零')
    expect(() => allocate(fen(100), [10, -1])).toThrow('第 2 行')
    expect(() => allocate(fen(100), [10, 0.5])).toThrow('第 2 行')
  })
})

describe('allocation where the last row absorbs the tail', () => {
  it('keeps the sum, rounds the others half up, and skips a last row without weight', () => {
    expect(allocate(parseYuan('100.00'), [88, 88, 88, 0], 'last_absorbs')).toEqual([3333, 3333, 3334, 0])
  })

  it('refuses rather than charge the last household a negative amount', () => {
    expect(() => allocate(fen(3), [1, 1, 1, 1, 1, 1], 'last_absorbs')).toThrow('最大余数法')
  })
})

import fc from 'fast-check'
import { expect, it } from 'vitest'
import { subsetSum } from '#core/reconciliation/subset.ts'

const BOUNDS = { parts: 8, sums: 3000 }

it('finds the one way, says when there is another, and when there is none', () => {
  expect(subsetSum([30, 20, 7], 50, BOUNDS)).toEqual({ kind: 'unique', chosen: [0, 1] })
  expect(subsetSum([30, 20, 25, 25], 50, BOUNDS).kind).toBe('several')
  expect(subsetSum([30, 20, 7], 49, BOUNDS)).toEqual({ kind: 'none' })
})

it('ends within its bound on amounts that never fit, and claims nothing it has not proved', () => {
  const amounts = Array.from({ length: 40 }, (_, index) => 1000 + 2 * index)
  expect(subsetSum(amounts, 10_001, BOUNDS)).toEqual({ kind: 'none' })
  const result = subsetSum([...amounts, 5001, 5000], 10_001, { parts: 8, sums: 5 })
  expect(result.kind).toBe('unproved')
})

it('whatever it finds adds up, and a unique way is the only one', () => {
  const amountLists = fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 9 })
  fc.assert(fc.property(amountLists, fc.integer({ min: 1, max: 120 }), (amounts, target) => {
    const found = subsetSum(amounts, target, { parts: 9, sums: 100_000 })
    const parts = Array.from({ length: 2 ** amounts.length }, (_, mask) =>
      amounts.filter((_amount, index) => (mask >> index) % 2 === 1))
    const ways = parts.filter((part) => part.length > 0 && part.reduce((sum, amount) => sum + amount, 0) === target).length
    expect(found.kind).toBe(ways === 0 ? 'none' : ways === 1 ? 'unique' : 'several')
    if (found.kind !== 'none') expect(found.chosen.reduce((sum, index) => sum + (amounts[index] ?? 0), 0)).toBe(target)
  }))
})

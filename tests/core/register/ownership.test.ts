import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { equalParts, mergeShares, partsOfShares, shareText, totalParts } from '#core/register/ownership.ts'
import { Problem } from '#core/problem.ts'

function refusalOf(work: () => unknown): string {
  try {
    work()
    return 'accepted'
  } catch (error) {
    if (error instanceof Problem) return error.code
    throw error
  }
}

describe('shares as typed', () => {
  it('become the fewest integer parts', () => {
    expect(partsOfShares(['1/2', '50%'])).toEqual([1, 1])
    expect(partsOfShares(['1/3', '2/3'])).toEqual([1, 2])
    expect(partsOfShares(['33.4%', '0.666'])).toEqual([167, 333])
    expect(partsOfShares(['全部'])).toEqual([1])
  })

  it('must be the whole exactly: 33.33 % three times is not', () => {
    expect(refusalOf(() => partsOfShares(['33.33%', '33.33%', '33.33%']))).toBe('ownership.sum')
    expect(refusalOf(() => partsOfShares(['1/2', '1/3']))).toBe('ownership.sum')
    expect(refusalOf(() => partsOfShares(['1', '0']))).toBe('ownership.share')
    expect(refusalOf(() => partsOfShares(['一半', '1/2']))).toBe('ownership.share')
  })

  it('any parts written as fractions come back in the same proportion', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: 1, max: 999 }), { minLength: 1, maxLength: 8 }), (parts) => {
      const total = parts.reduce((sum, part) => sum + part, 0)
      const read = partsOfShares(parts.map((part) => `${part}/${total}`))
      expect(read.map((part, index) => part * total - (parts[index] ?? 0) * read.reduce((sum, each) => sum + each, 0)))
        .toEqual(parts.map(() => 0))
    }))
  })
})

describe('merging households', () => {
  const share = fc.record({ owner: fc.integer({ min: 1, max: 6 }), parts: fc.integer({ min: 1, max: 12 }) })
  const household = fc.record({
    areaDm2: fc.integer({ min: 1, max: 50_000 }),
    shares: fc.uniqueArray(share, { minLength: 1, maxLength: 4, selector: ({ owner }) => owner }),
  })

  it('everybody holds after it exactly the area held before', () => {
    fc.assert(fc.property(fc.array(household, { minLength: 2, maxLength: 4 }), (households) => {
      const merged = mergeShares(households)
      const area = households.reduce((sum, { areaDm2 }) => sum + areaDm2, 0)
      const total = BigInt(totalParts(merged))
      for (const { owner, parts } of merged) {
        // Σ area × own/total before = whole area × own/total after, over a common denominator.
        const common = households.reduce((product, { shares }) => product * BigInt(totalParts(shares)), 1n)
        const before = households.reduce((sum, { areaDm2, shares }) => {
          const own = BigInt(shares.find((each) => each.owner === owner)?.parts ?? 0)
          return sum + (BigInt(areaDm2) * own * common) / BigInt(totalParts(shares))
        }, 0n)
        expect(BigInt(area) * BigInt(parts) * common).toBe(before * total)
      }
    }))
  })

  it('guesses nobody’s share when one household’s owners are not known', () => {
    expect(mergeShares([{ areaDm2: 1, shares: [{ owner: 'a', parts: 1 }] }, { areaDm2: 1, shares: [] }])).toEqual([])
  })
})

it('a sole owner holds 全部, others their fraction', () => {
  expect([shareText(1, 1), shareText(2, 3)]).toEqual(['全部', '2/3'])
  expect(equalParts(3)).toEqual([1, 1, 1])
})

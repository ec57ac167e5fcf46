import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { layOutChain } from '#renderer/screens/deposit/chain-layout.ts'

const spots = (ids: number[], links: [number, number][]) =>
  layOutChain(ids, links.map(([from, to]) => ({ from, to }))).places.map(({ id, row, column }) => [id, row, column])

describe('the picture of a chain', () => {
  it('stands one below the other', () => {
    expect(spots([1, 2, 3], [[1, 2], [2, 3]])).toEqual([[1, 0, 0], [2, 1, 0], [3, 2, 0]])
  })

  it('puts what was split side by side, in the middle under the one it came from', () => {
    expect(spots([1, 2, 3], [[1, 2], [1, 3]])).toEqual([[1, 0, 0.5], [2, 1, 0], [3, 1, 1]])
  })

  it('brings new money in just above what it was merged into', () => {
    expect(spots([1, 2, 3, 4], [[1, 2], [2, 4], [3, 4]])).toEqual([[1, 0, 0.5], [2, 1, 0], [3, 1, 1], [4, 2, 0.5]])
  })

  it('is empty for nothing', () => {
    expect(layOutChain([], [])).toEqual({ places: [], rows: 0, width: 0 })
  })

  it('never puts two certificates in one place, and money always flows down', () => {
    const chains = fc.integer({ min: 1, max: 12 }).chain((count) => fc.record({
      ids: fc.constant(Array.from({ length: count }, (_, index) => index + 1)),
      links: fc.array(fc.tuple(fc.nat(count - 1), fc.nat(count - 1)), { maxLength: 16 }),
    }))
    fc.assert(fc.property(chains, ({ ids, links }) => {
      const onward = links.filter(([a, b]) => a < b).map(([a, b]) => ({ from: a + 1, to: b + 1 }))
      const { places } = layOutChain(ids, onward)
      expect(places).toHaveLength(ids.length)
      expect(new Set(places.map(({ row, column }) => `${row} ${column}`)).size).toBe(ids.length)
      const rowOf = new Map(places.map(({ id, row }) => [id, row]))
      for (const { from, to } of onward) expect(rowOf.get(from)).toBeLessThan(rowOf.get(to) ?? -1)
    }))
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { idOf } from '#core/id.ts'
import { rateMicro } from '#core/rate.ts'
import { drawSpotChecks } from '#core/repair/repair-draw.ts'

describe('the draw', () => {
  const pooled = (count: number, contractors: number, percent: number) =>
    Array.from({ length: count }, (_, index) => ({
      repairId: idOf<'repair'>(index + 1),
      contractorId: idOf<'counterparty'>((index % contractors) + 1),
      percent: rateMicro(percent),
    }))

  it('does not depend on the order of the pool, draws the rate rounded up of each contractor, and passes none over', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 100 }), fc.string(),
        (count, contractors, percent, seed) => {
          const pool = pooled(count, contractors, percent * 1_000_000)
          const drawn = drawSpotChecks(pool, seed)
          expect(drawSpotChecks(pool.toReversed(), seed)).toEqual(drawn)
          for (const [, stratum] of Map.groupBy(pool, ({ contractorId }) => contractorId)) {
            const hit = stratum.filter(({ repairId }) => drawn.includes(repairId)).length
            expect(hit).toBe(Math.ceil((stratum.length * percent) / 100))
          }
        }),
    )
  })

  it('is fair: over many seeds every job of a pool is drawn about as often', () => {
    const times = new Map<number, number>()
    for (let seed = 0; seed < 4000; seed += 1) {
      for (const id of drawSpotChecks(pooled(10, 1, 20_000_000), `seed ${seed}`)) times.set(id, (times.get(id) ?? 0) + 1)
    }
    expect(times.size).toBe(10)
    for (const count of times.values()) expect(Math.abs(count - 800)).toBeLessThan(120)
  })

  it('an empty pool is not drawn', () => {
    expect(() => drawSpotChecks([], 'seed')).toThrow('没有待抽取')
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { idOf } from '#core/id.ts'
import { rateMicro } from '#core/rate.ts'
import { drawSeed, drawSpotChecks, rankOf } from '#core/repair/repair-draw.ts'

describe('the draw', () => {
  const pooled = (count: number, contractors: number, percent: number) =>
    Array.from({ length: count }, (_, index) => ({
      repairId: idOf<'repair'>(index + 1),
      number: `WX2025-${String(index + 1).padStart(5, '0')}`,
      contractorId: idOf<'counterparty'>((index % contractors) + 1),
      percent: rateMicro(percent),
    }))

  it('does not depend on the order of the pool, draws the rate rounded up of each contractor, and passes none over', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 6 }), fc.integer({ min: 0, max: 100 }), fc.string(),
        (count, contractors, percent, seed) => {
          const pool = pooled(count, contractors, percent * 1_000_000)
          const drawn = drawSpotChecks(pool, seed)
          expect(drawSpotChecks(pool.toReversed(), seed)).toEqual(drawn)
          for (const [, stratum] of Map.groupBy(pool, ({ contractorId }) => contractorId)) {
            const hit = stratum.filter(({ repairId }) => drawn.includes(repairId)).length
            expect(hit).toBe(Math.max(1, Math.ceil((stratum.length * percent) / 100)))
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

  it('hashes what the record prints, so that it can be done again by hand', () => {
    // Done by hand: FNV-1a of `s:W` is f6b2d16d, stirred as the record says.
    expect(rankOf('s', 'W')).toBe(0xc0b7642f)
    expect(rankOf('a3f1c0d2', 'WX2025-00001')).not.toBe(rankOf('a3f1c0d2', 'WX2025-00002'))
    const [one, two] = pooled(2, 1, 50_000_000)
    if (one === undefined || two === undefined) throw new Error('two jobs')
    // The row in which a job stands in the ledger says nothing: only its printed number does.
    const moved = [{ ...one, repairId: idOf<'repair'>(901) }, { ...two, repairId: idOf<'repair'>(77) }]
    const drawn = drawSpotChecks([one, two], 'seed')[0] === one.repairId ? 901 : 77
    expect(drawSpotChecks(moved, 'seed')).toEqual([drawn])
  })

  it('its seed cannot be known from the log alone', () => {
    expect(drawSeed('0123456789abcdef0123', 'aa')).toBe('0123456789abcdef-aa')
    expect(drawSeed('0123456789abcdef0123', 'aa')).not.toBe(drawSeed('0123456789abcdef0123', 'ab'))
  })

  it('an empty pool is not drawn', () => {
    expect(() => drawSpotChecks([], 'seed')).toThrow('没有待抽取')
  })
})

/** The search itself, with the real solver: never past a limit, never worse than trying every plan. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { addMonths, parseDate } from '#core/calendar.ts'
import { fen, parseYuan } from '#core/money.ts'
import { breachesOf, planGain, uncoveredNeeds, type PlacementInput, type PlacementLots } from '#core/placing/placement-plan.ts'
import { parsePercent } from '#core/rate.ts'
import { solvePlacement } from '#services/placing/placement-solver.ts'
import { placementInput, placementInputs } from '#tests/core/placing/placements.ts'

/** Every plan of up to `most` lots per offer. */
function* everyPlan(offers: number, most: number): Generator<PlacementLots> {
  if (offers === 0) {
    yield []
    return
  }
  for (const rest of everyPlan(offers - 1, most)) for (let lots = 0; lots <= most; lots += 1) yield [...rest, lots]
}

function bestByTrying(input: PlacementInput): bigint {
  let best = 0n
  for (const lots of everyPlan(input.offers.length, 8)) {
    const gain = planGain(input, lots)
    if (gain > best && breachesOf(input, lots).length === 0) best = gain
  }
  return best
}

it('finds what trying every plan finds, keeps every limit, says when a need cannot be met', { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(placementInputs(), async (input) => {
      const answer = await solvePlacement(input)
      if (answer.kind === 'uncovered') {
        expect(answer.uncovered).toEqual(uncoveredNeeds(input))
        expect(breachesOf(input, input.offers.map(() => 0)).some(({ kind }) => kind === 'cash')).toBe(true)
        return
      }
      expect(answer.isBest).toBe(true)
      expect(breachesOf(input, answer.lots)).toEqual([])
      expect(planGain(input, answer.lots)).toBe(bestByTrying(input))
      // Where one more lot would gain, something stands against it.
      for (const why of answer.outcome.why) expect(why.gainsNothing || why.breaches.length > 0).toBe(true)
    }),
    { numRuns: 30 },
  )
})

it('860 million in lots of 100,000 with 25 offers and 24 needs is planned the same way twice', { timeout: 60_000 }, async () => {
  const from = parseDate('2026-10-09')
  const banks = ['甲', '乙', '丙', '丁', '戊']
  const input = placementInput({
    from, until: parseDate('2029-10-09'), idleFen: parseYuan('860000000.37'), reserveFen: parseYuan('12345678.91'),
    lotFen: parseYuan('100000.00'), minimumFen: parseYuan('10000000.00'),
    needs: Array.from({ length: 24 }, (_, at) => ({
      label: `工程 ${at + 1}`, date: addMonths(from, at + 1), amountFen: parseYuan(`${9_000_000 + at * 137_911}.${10 + at}`),
    })),
    offers: banks.flatMap((bank, nth) =>
      [3, 6, 12, 24, 36].map((count, at) => ({
        bank, rateMicro: parsePercent((0.65 + at * 0.15 + nth * 0.0137).toFixed(4)), term: { unit: 'months' as const, count },
        dayCount: 'months_odd_360' as const, capacityFen: nth === 4 ? parseYuan('55000000.00') : null,
      }))),
    rooms: banks.map((bank) => ({ bank, roomFen: parseYuan('258000000.00') })),
  })
  const answer = await solvePlacement(input)
  if (answer.kind !== 'plan') throw new Error('no plan')
  expect(breachesOf(input, answer.lots)).toEqual([])
  expect(answer.isBest).toBe(true)
  expect(answer.outcome.interest.planFen).toBeGreaterThan(answer.outcome.interest.demandFen)
  expect(await solvePlacement(input)).toEqual(answer)
})

it('a cancelled search ends at once', async () => {
  const cancel = new AbortController()
  const running = solvePlacement(placementInput(), cancel.signal)
  cancel.abort()
  await expect(running).rejects.toThrow(/abort/i)
})

it('money below one lot stays where it is', async () => {
  expect(await solvePlacement(placementInput({ idleFen: fen(999_999) }))).toMatchObject({ kind: 'plan', lots: [0], isBest: true })
})

/** Small placements to test with: made by hand, or drawn by fast-check. */
import fc from 'fast-check'
import { addDays, parseDate } from '#core/calendar.ts'
import { fen, parseYuan, type Fen } from '#core/money.ts'
import type { PlacementInput, PlacementLots, PlacementOffer } from '#core/placing/placement-plan.ts'
import { parsePercent, rateMicro } from '#core/rate.ts'

/** An offer without limit, of whole months. */
export function offer(bank: string, percent: string, months: number, capacityFen: Fen | null = null): PlacementOffer {
  return {
    bank, rateMicro: parsePercent(percent), term: { unit: 'months', count: months }, dayCount: 'months_odd_360', capacityFen,
  }
}

export function placementInput(change: Partial<PlacementInput> = {}): PlacementInput {
  return {
    from: parseDate('2026-10-09'),
    until: parseDate('2027-10-09'),
    idleFen: parseYuan('100000.00'),
    reserveFen: fen(0),
    lotFen: parseYuan('10000.00'),
    minimumFen: fen(0),
    demandRateMicro: parsePercent('0.05'),
    needs: [],
    inflows: [],
    offers: [offer('甲', '1.10', 12)],
    rooms: [],
    ...change,
  }
}

const START = parseDate('2026-10-09')
const dated = (most: number) =>
  fc.record({
    label: fc.constantFrom('维修', '合同'),
    date: fc.integer({ min: 0, max: 500 }).map((days) => addDays(START, days)),
    amountFen: fc.integer({ min: 1, max: most }).map(fen),
  })

/** Few lots, so that every plan can be tried; odd fen, so that nothing is a multiple of a lot. */
export function placementInputs(): fc.Arbitrary<PlacementInput> {
  const bank = fc.constantFrom('甲', '乙')
  const money = (max: number) => fc.integer({ min: 0, max }).map(fen)
  return fc.record({
    from: fc.constant(START),
    until: fc.integer({ min: 30, max: 800 }).map((days) => addDays(START, days)),
    idleFen: money(8_500_000),
    reserveFen: money(900_000),
    lotFen: fc.constant(fen(1_000_000)),
    minimumFen: fc.constantFrom(0, 1_500_000, 3_000_000).map(fen),
    demandRateMicro: fc.constantFrom('0.05', '0.35').map((text) => parsePercent(text)),
    needs: fc.array(dated(2_000_000), { maxLength: 3 }),
    inflows: fc.array(dated(2_000_000), { maxLength: 2 }),
    offers: fc.array(
      fc.record({
        bank,
        rateMicro: fc.integer({ min: 0, max: 3_000_000 }).map(rateMicro),
        term: fc.record({ unit: fc.constant('months' as const), count: fc.constantFrom(3, 6, 12, 24) }),
        dayCount: fc.constantFrom('months_odd_360' as const, 'actual_365' as const),
        capacityFen: fc.option(fc.integer({ min: 1, max: 6_000_000 }).map(fen), { nil: null }),
      }),
      { minLength: 1, maxLength: 3 },
    ),
    rooms: fc.uniqueArray(fc.record({ bank, roomFen: money(6_000_000) }), { selector: (room) => room.bank, maxLength: 2 }),
  })
}

export function placements(): fc.Arbitrary<{ readonly input: PlacementInput; readonly lots: PlacementLots }> {
  return placementInputs().chain((input) =>
    fc.tuple(...input.offers.map(() => fc.integer({ min: 0, max: 4 }))).map((lots) => ({ input, lots })))
}

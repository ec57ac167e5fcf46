/** The limits of a placement in fen, the programme made of them, and what a plan means. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, parseDate } from '#core/calendar.ts'
import { fen, parseYuan } from '#core/money.ts'
import { interestOf, outcomeOf } from '#core/placing/placement-outcome.ts'
import {
  bankRoom, breachesOf, cashUnder, refuseBadInput, uncoveredNeeds, type PlacementInput,
} from '#core/placing/placement-plan.ts'
import { lotsOf, programmeOf } from '#core/placing/placement-programme.ts'
import { Problem } from '#core/problem.ts'
import { parsePercent, rateMicro } from '#core/rate.ts'
import { offer, placementInput, placements } from './placements.ts'

const from = parseDate('2026-10-09')

describe('needs come before interest', () => {
  it('names the day, the need and what is missing when even demand money does not cover it', () => {
    const input = placementInput({
      idleFen: parseYuan('100000.00'), reserveFen: parseYuan('20000.00'),
      needs: [
        { label: '屋面维修', date: parseDate('2026-11-01'), amountFen: parseYuan('70000.00') },
        { label: '电梯合同', date: parseDate('2027-01-10'), amountFen: parseYuan('50000.00') },
      ],
      inflows: [{ label: '存单到期', date: parseDate('2026-12-31'), amountFen: parseYuan('10000.00') }],
    })
    expect(uncoveredNeeds(input)).toEqual([
      { date: '2027-01-10', needs: [input.needs[1]], shortFen: parseYuan('30000.00'), unpaidFen: parseYuan('10000.00') },
    ])
  })

  it('money that comes in on the day of a need pays it', () => {
    const input = placementInput({
      idleFen: fen(0), needs: [{ label: '工程款', date: parseDate('2026-11-01'), amountFen: parseYuan('5.00') }],
      inflows: [{ label: '存单到期', date: parseDate('2026-11-01'), amountFen: parseYuan('5.00') }],
    })
    expect(uncoveredNeeds(input)).toEqual([])
  })

  it('a need already past is one of today', () => {
    const input = placementInput({
      idleFen: parseYuan('1.00'), needs: [{ label: '欠付', date: parseDate('2026-09-01'), amountFen: parseYuan('1.01') }],
    })
    expect(uncoveredNeeds(input)).toMatchObject([{ date: '2026-10-09', needs: [{ label: '欠付' }], unpaidFen: 1 }])
  })

  it('principal locked past a need is not there for it; due on the day it is', () => {
    const input = placementInput({
      needs: [{ label: '工程款', date: parseDate('2027-04-09'), amountFen: parseYuan('10000.00') }],
      offers: [
        offer('甲', '1.00', 6),
        offer('甲', '1.20', 12),
      ],
    })
    expect(cashUnder(input, [2, 0], parseDate('2027-04-09'))).toBe(input.idleFen - 1_000_000)
    expect(cashUnder(input, [0, 2], parseDate('2027-04-09'))).toBe(input.idleFen - 1_000_000 - 2 * input.lotFen)
  })
})

describe('each limit is broken by a fen', () => {
  const input = placementInput({
    idleFen: parseYuan('100000.00'), reserveFen: parseYuan('10000.00'), minimumFen: parseYuan('20000.00'),
    rooms: [{ bank: '甲', roomFen: parseYuan('39999.99') }],
    offers: [
      {
        bank: '甲', rateMicro: parsePercent('1.00'), term: { unit: 'months', count: 6 }, dayCount: 'months_odd_360',
        capacityFen: parseYuan('49999.99'),
      },
    ],
  })
  it('keeps to the reserve, the capacity, the share of the bank and the least certificate', () => {
    expect(breachesOf(input, [3])).toEqual([])
    expect(breachesOf(input, [4])).toEqual([{ kind: 'bank', bank: '甲', overFen: 1 }])
    expect(breachesOf(input, [5])).toMatchObject([{ kind: 'capacity', overFen: 1 }, { kind: 'bank' }])
    expect(breachesOf(input, [1])).toEqual([{ kind: 'minimum', offer: 0, belowFen: 1_000_000 }])
    expect(breachesOf(input, [10])).toMatchObject([
      { kind: 'capacity' }, { kind: 'bank' }, { kind: 'cash', date: from, shortFen: 1_000_000 },
    ])
    expect(breachesOf(input, [0.5])).toEqual([{ kind: 'lots', offer: 0 }])
    expect(breachesOf(input, [-1])).toEqual([{ kind: 'lots', offer: 0 }])
  })

  it('an answer of the solver that breaks a limit is refused, one off by rounding noise is read', () => {
    expect(() => lotsOf(input, new Map([['x0', 4]]))).toThrow(/keeps every limit/)
    expect(() => lotsOf(input, new Map([['x0', 2.4]]))).toThrow(/whole/)
    expect(lotsOf(input, new Map([['x0', 2.9999999]]))).toEqual([3])
  })

  it('room is the share of all money less what the bank holds, never below zero', () => {
    expect(bankRoom(parsePercent('30'), parseYuan('1000.00'), parseYuan('100.00'))).toBe(20_000)
    expect(bankRoom(parsePercent('30'), parseYuan('1000.00'), parseYuan('400.00'))).toBe(0)
  })
})

describe('interest of a plan', () => {
  it('one year at 1.10 % against demand 0.05 %, to the fen', () => {
    const input = placementInput({
      idleFen: parseYuan('1000000.00'), lotFen: parseYuan('1000000.00'), until: parseDate('2027-10-09'),
      offers: [offer('甲', '1.10', 12)],
    })
    const outcome = outcomeOf(input, [1])
    expect(outcome.interest).toMatchObject({
      planFen: parseYuan('11000.00'), demandFen: parseYuan('506.94'),
      oneYear: { interestFen: parseYuan('11000.00'), breaches: [] },
    })
    expect(outcome.certificates).toMatchObject([{ bank: '甲', amountFen: 100_000_000, dueDate: '2027-10-09' }])
  })

  it('a shorter term earns the demand rate after it, a longer one counts up to the end of the comparison', () => {
    const input = placementInput({
      idleFen: parseYuan('100000.00'), lotFen: parseYuan('100000.00'), until: parseDate('2027-10-09'),
      demandRateMicro: parsePercent('0.36'),
      offers: [
        offer('甲', '1.20', 6),
        offer('甲', '1.50', 36),
      ],
    })
    // 600.00 for six months, then 183 days on demand: 100,000 × 0.36 % × 183 ÷ 360.
    expect(interestOf(input, [1, 0])).toBe(parseYuan('783.00'))
    expect(interestOf(input, [0, 1])).toBe(parseYuan('1500.00'))
  })

  it('says which need one year for everything would leave unpaid', () => {
    const input = placementInput({
      idleFen: parseYuan('100000.00'), needs: [{ label: '电梯', date: parseDate('2027-02-01'), amountFen: parseYuan('30000.00') }],
      offers: [offer('甲', '1.10', 12)],
    })
    expect(outcomeOf(input, [7]).interest.oneYear?.breaches).toEqual([
      { kind: 'cash', date: '2027-02-01', shortFen: parseYuan('30000.00') },
    ])
    expect(outcomeOf(input, [7]).why).toEqual([
      { offer: 0, gainsNothing: false, breaches: [{ kind: 'cash', date: '2027-02-01', shortFen: parseYuan('10000.00') }] },
    ])
  })

  it('property: what a plan gains is what its certificates gain one by one, needs or not, but for rounding', () => {
    fc.assert(
      fc.property(placements(), ({ input, lots }) => {
        if (breachesOf(input, lots).length > 0) return
        const gain = interestOf(input, lots) - interestOf(input, input.offers.map(() => 0))
        const segments = 4 + input.needs.length + input.inflows.length + 2 * input.offers.length
        const quiet = { ...input, needs: [], inflows: [] }
        const lowest = input.offers.reduce((sum, _, index) => {
          const alone = interestOf(quiet, lots.map((count, at) => (at === index ? count : 0)))
          return sum + alone - interestOf(quiet, lots.map(() => 0))
        }, 0)
        expect(Math.abs(gain - lowest)).toBeLessThanOrEqual(segments * (input.offers.length + 2))
      }),
    )
  })
})

describe('input nobody can plan with', () => {
  it.each([
    ['until', { until: from }], ['lotFen', { lotFen: fen(0) }], ['idleFen', { idleFen: fen(-1) }], ['offers', { offers: [] }],
    ['needs', { needs: [{ label: '', date: addDays(from, 1), amountFen: fen(0) }] }],
  ] satisfies readonly (readonly [string, Partial<PlacementInput>])[])('%s is named', (field, change) => {
    expect(() => refuseBadInput(placementInput(change))).toThrow(Problem)
    try {
      refuseBadInput(placementInput(change))
    } catch (error) {
      expect(error).toMatchObject({ code: 'placement.input', field })
    }
  })

  it('an offer below the demand rate is no reason to search', () => {
    const input = placementInput({ demandRateMicro: rateMicro(5_000_000) })
    expect(programmeOf(input).text).toBeNull()
    expect(outcomeOf(input, input.offers.map(() => 0)).why.every(({ gainsNothing }) => gainsNothing)).toBe(true)
  })
})

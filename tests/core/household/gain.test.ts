/** The cities' practices of crediting gains, and what they have in common: no fen lost, none to an empty account. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, parseDate } from '#core/calendar.ts'
import { GAIN_REGIMES, gainsByDays, gainsByRate, roundTogether, type GainAccount, type GainRegime } from '#core/household/gain.ts'
import { fen, parseYuan } from '#core/money.ts'
import { parsePercent } from '#core/rate.ts'

const YEAR = { from: parseDate('2025-01-01'), to: parseDate('2026-01-01') }
const RATES = {
  demand: parsePercent('0.35'), halfYear: parsePercent('1.3'), oneYear: parsePercent('1.5'), flat: parsePercent('3'),
}
const yuan = parseYuan
type ByRate = Exclude<GainRegime, 'F'>

function account(opening: string, ...moves: readonly (readonly [string, string])[]): GainAccount {
  return { openingFen: yuan(opening), moves: moves.map(([date, amount]) => ({ date: parseDate(date), amountFen: yuan(amount) })) }
}

const gainOf = (regime: ByRate, one: GainAccount) => gainsByRate([one], YEAR, regime, RATES)[0]

describe('a year untouched', () => {
  it.each([['A', '130'], ['B', '150'], ['C', '150'], ['D', '150'], ['E', '300']] as const)(
    'under %s earns exactly its yearly rate', (regime, interest) => {
      expect(gainOf(regime, account('10000'))).toBe(yuan(interest))
    })
})

describe('money of the year', () => {
  // 2025-07-02 to the year's end: 183 of 365 days.
  it.each([['A', '17.55'], ['B', '65.18'], ['C', '17.55'], ['D', '17.55'], ['E', '150.41']] as const)(
    'under %s earns from the day it was paid in', (regime, interest) => {
      expect(gainOf(regime, account('0', ['2025-07-02', '10000']))).toBe(yuan(interest))
    })

  it('under C takes the one-year rate from what was carried forward as well; under B and D it does not', () => {
    const moved = account('10000', ['2025-07-02', '0.01'])
    expect(gainOf('C', moved)).toBe(yuan('35'))
    expect(gainOf('B', moved)).toBe(yuan('150'))
    expect(gainOf('D', moved)).toBe(yuan('150'))
  })
})

describe('a withdrawal', () => {
  it('takes the oldest money; under D what leaves was not held for a year', () => {
    const moved = account('10000', ['2025-07-02', '-4000'])
    // 6,000 for the year at 1.5 %, 4,000 for 182 days: at 0.35 % under D, at 1.5 % under B.
    expect(gainOf('D', moved)).toBe(yuan('96.98'))
    expect(gainOf('B', moved)).toBe(yuan('119.92'))
  })

  it('below zero is refused with its row', () => {
    const bad = [account('1'), account('1', ['2025-07-02', '-1.01'])]
    expect(() => gainsByRate(bad, YEAR, 'E', RATES)).toThrow('第 2 户')
    expect(() => gainsByDays(fen(1), bad, YEAR)).toThrow('第 2 户')
  })
})

describe('the interest year', () => {
  it('of July to June has its own days (regime C)', () => {
    const year = { from: parseDate('2023-07-01'), to: parseDate('2024-07-01') }
    expect(gainsByRate([account('10000')], year, 'C', RATES)).toEqual([yuan('150')])
  })
})

const anyAccount = fc
  .record({
    opening: fc.nat(10_000_000),
    moves: fc.array(fc.record({ day: fc.nat(364), size: fc.nat(1_000_000), isOut: fc.boolean() })),
  })
  .map(({ opening, moves }): GainAccount => {
    let left = opening
    return {
      openingFen: fen(opening),
      moves: moves.toSorted((a, b) => a.day - b.day).map(({ day, size, isOut }) => {
        const amount = isOut ? -Math.min(size, left) : size
        left += amount
        return { date: addDays(YEAR.from, day), amountFen: fen(amount === 0 ? 0 : amount) }
      }),
    }
  })

describe('together', () => {
  it('shares under F add up to what there was to share', () => {
    fc.assert(fc.property(fc.nat(1_000_000), fc.array(anyAccount, { minLength: 1, maxLength: 8 }), (total, accounts) => {
      const shares = gainsByDays(fen(total), [account('1'), ...accounts], YEAR)
      expect(shares.reduce((sum, share) => sum + share, 0)).toBe(total)
    }))
  })

  it('nobody earns less than nothing, and each within a fen of alone', () => {
    const regimes = GAIN_REGIMES.filter((regime): regime is ByRate => regime !== 'F')
    const several = fc.array(anyAccount, { minLength: 1, maxLength: 8 })
    fc.assert(fc.property(fc.constantFrom(...regimes), several, (regime, accounts) => {
      const together = gainsByRate(accounts, YEAR, regime, RATES)
      accounts.forEach((one, index) => {
        const alone = gainsByRate([one], YEAR, regime, RATES)[0] ?? 0
        expect(together[index]).toBeGreaterThanOrEqual(0)
        expect(Math.abs((together[index] ?? 0) - alone)).toBeLessThanOrEqual(1)
      })
    }))
  })

  it('round to the sum, the spare fen to the largest remainders, earlier rows first', () => {
    expect(roundTogether([5n, 5n, 4n], 10n)).toEqual([1, 0, 0])
    expect(roundTogether([14n, 16n, 15n], 10n)).toEqual([1, 2, 2])
  })
})

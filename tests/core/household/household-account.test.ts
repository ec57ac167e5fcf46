import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  firstContribution, movementOf, refundLines, topUpOwed, type ContributionRates,
} from '#core/household/household-account.ts'
import { addFen, fen, parseYuan, ZERO_FEN } from '#core/money.ts'
import { parsePercent } from '#core/rate.ts'

const RATES: ContributionRates = {
  liftFen: parseYuan('80'), noLiftFen: parseYuan('40'), otherUseFen: parseYuan('60'), pricePercent: parsePercent('2'),
}
const NO_RATES: ContributionRates = { liftFen: null, noLiftFen: null, otherUseFen: null, pricePercent: null }
const HOUSE = {
  areaDm2: 8950, use: 'house' as const, hasLift: true, priceFen: null, rateFen: null, firstDueFen: null,
}

describe('the first contribution', () => {
  it('goes by the rate of the kind of house', () => {
    expect(firstContribution(HOUSE, RATES)).toMatchObject({ basis: 'area', amountFen: parseYuan('7160.00') })
    expect(firstContribution({ ...HOUSE, hasLift: false }, RATES)).toMatchObject({ amountFen: parseYuan('3580.00') })
    expect(firstContribution({ ...HOUSE, use: 'shop' }, RATES)).toMatchObject({ amountFen: parseYuan('5370.00') })
  })

  it('rounds half a fen up, once', () => {
    expect(firstContribution({ ...HOUSE, areaDm2: 50, rateFen: parseYuan('0.01') }, NO_RATES)).toMatchObject({ amountFen: 1 })
    expect(firstContribution({ ...HOUSE, areaDm2: 49, rateFen: parseYuan('0.01') }, NO_RATES)).toMatchObject({ amountFen: 0 })
  })

  it('is what the register says before any rate, and the household’s own rate before the city’s', () => {
    expect(firstContribution({ ...HOUSE, firstDueFen: parseYuan('1') }, RATES))
      .toMatchObject({ basis: 'registered', amountFen: 100 })
    expect(firstContribution({ ...HOUSE, rateFen: parseYuan('75') }, RATES)).toMatchObject({ amountFen: parseYuan('6712.50') })
  })

  it('goes by the price only where no rate is known, and is unknown rather than nothing', () => {
    const sold = { ...HOUSE, priceFen: parseYuan('1234567.89') }
    expect(firstContribution(sold, { ...NO_RATES, pricePercent: parsePercent('2') }))
      .toMatchObject({ basis: 'price', amountFen: parseYuan('24691.36') })
    expect(firstContribution(sold, NO_RATES)).toBeNull()
  })
})

describe('topping up', () => {
  const thirty = parsePercent('30')
  it('begins strictly below the share, not at it', () => {
    expect(topUpOwed(parseYuan('1000'), parseYuan('300'), thirty)).toBeNull()
    expect(topUpOwed(parseYuan('1000'), parseYuan('299.99'), thirty)).toBe(parseYuan('700.01'))
  })
})

describe('a refund', () => {
  it('goes through 4001 as far as this year’s deposits reach; interest never does', () => {
    const parts = [{ part: 'principal' as const, amountFen: fen(500) }, { part: 'interest' as const, amountFen: fen(30) }]
    expect(refundLines(parts, () => fen(200))).toEqual([
      { part: 'principal', amountFen: 200, account: '4001' }, { part: 'principal', amountFen: 300, account: '5101' },
      { part: 'interest', amountFen: 30, account: '5101' },
    ])
  })

  it('is given back whole, whatever came in this year', () => {
    const paidIn = fc.integer({ min: -10_000, max: 10_000 })
    fc.assert(fc.property(fc.nat(10_000), fc.nat(10_000), paidIn, (principal, interest, paid) => {
      const parts = [
        { part: 'principal' as const, amountFen: fen(principal) }, { part: 'interest' as const, amountFen: fen(interest) },
      ]
      const lines = refundLines(parts, () => fen(paid))
      expect(addFen(...lines.map(({ amountFen }) => amountFen))).toBe(principal + interest)
      expect(lines.every(({ amountFen }) => amountFen > 0)).toBe(true)
    }))
  })
})

describe('a movement', () => {
  const entry = { accountCode: '4001', purpose: 'ordinary' as const, ruleBy: '', amountFen: fen(1) }
  it('is told by its account, its sign and what the voucher is for', () => {
    expect(movementOf(entry)).toBe('paidIn')
    expect(movementOf({ ...entry, amountFen: fen(-1) })).toBe('refund')
    expect(movementOf({ ...entry, accountCode: '5101', amountFen: fen(-1) })).toBe('refund')
    expect(movementOf({ ...entry, accountCode: '5001.02', amountFen: fen(-1) })).toBe('used')
    expect(movementOf({ ...entry, accountCode: '3001' })).toBe('gain')
    expect(movementOf({ ...entry, accountCode: '3001', ruleBy: 'household.merge' })).toBe('carried')
    expect(movementOf({ ...entry, purpose: 'opening', amountFen: ZERO_FEN })).toBe('opening')
    expect(movementOf({ ...entry, purpose: 'reversal', amountFen: fen(-1) })).toBe('correction')
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, parseDate } from '#core/calendar.ts'
import { expectedPayment, type CertificateTerms } from '#core/deposit/deposit.ts'
import { compareEarly, earlyPayment, type EarlyFacts } from '#core/deposit/deposit-early.ts'
import { fen, parseYuan, subtractFen } from '#core/money.ts'
import { parsePercent, rateMicro } from '#core/rate.ts'

const terms: CertificateTerms = {
  principalFen: parseYuan('1000000.00'), rateMicro: parsePercent('1.50'), demandRateMicro: parsePercent('0.05'),
  dayCount: 'months_odd_360', termMonths: 12, termDays: null, valueDate: parseDate('2025-01-08'),
  dueDate: parseDate('2026-01-08'), anchorDay: 8,
}
const facts: EarlyFacts = {
  on: parseDate('2025-07-07'), amountFen: parseYuan('400000.00'), demandRate: parsePercent('0.05'), partials: 0,
  minimumRemainder: parseYuan('10000.00'),
}

describe('an early withdrawal', () => {
  it('pays the part at the demand rate and leaves the rest at its own', () => {
    const payment = earlyPayment(terms, facts)
    // 400,000.00 × 0.05 % × 180 ÷ 360; given up: 400,000.00 × 1.50 % − 100.00
    expect(payment).toMatchObject({
      paidPrincipal: parseYuan('400000.00'), remainderFen: parseYuan('600000.00'), forgoneFen: parseYuan('5900.00'),
      withdrawn: { interest: parseYuan('100.00') },
    })
  })

  it('closes the certificate when too little would remain, everything at the demand rate', () => {
    expect(earlyPayment(terms, { ...facts, amountFen: parseYuan('990000.01') })).toMatchObject({
      paidPrincipal: terms.principalFen, remainderFen: 0, withdrawn: { interest: parseYuan('250.00') },
    })
    expect(earlyPayment(terms, { ...facts, amountFen: parseYuan('990000.00') }).remainderFen).toBe(parseYuan('10000.00'))
  })

  it('is not early any more on a printed due date before the corresponding day', () => {
    const printed = { ...terms, dueDate: parseDate('2025-07-07') }
    expect(() => earlyPayment(printed, { ...facts, amountFen: null })).toThrow('早于到期日 2025-07-07')
  })
})

describe('keeping, drawing a part or breaking', () => {
  it('compares them on the same day, the old due date', () => {
    const { choices, daysLeft } = compareEarly(terms, { ...facts, newRate: parsePercent('1.80') })
    expect(daysLeft).toBe(185)
    expect(choices.map(({ choice, totalFen }) => [choice, totalFen])).toEqual([
      ['keep', parseYuan('15000.00')],
      // 100.00 now, 9,000.00 at maturity, 400,000.00 × 1.80 % × 185 ÷ 360 anew
      ['part', parseYuan('12800.00')],
      ['break', parseYuan('9500.00')],
    ])
  })

  it('names the rate from which breaking pays: a touch below it loses, a touch above it wins', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 330 }), fc.integer({ min: 1, max: 40 }), (day, tenths) => {
      const on = addDays(terms.valueDate, day)
      const one = { ...terms, principalFen: fen(100_000_000_000), rateMicro: rateMicro(tenths * 100_000) }
      const question = { ...facts, on, amountFen: null }
      const { breakEvenRate } = compareEarly(one, { ...question, newRate: parsePercent('0.10') })
      if (breakEvenRate === null || breakEvenRate <= 100) return
      const gain = (newRate: number): number => {
        const [keep, broken] = compareEarly(one, { ...question, newRate: rateMicro(newRate) }).choices
        return subtractFen(broken?.totalFen ?? fen(0), keep?.totalFen ?? fen(0))
      }
      expect(gain(breakEvenRate - 100)).toBeLessThanOrEqual(0)
      expect(gain(breakEvenRate + 100)).toBeGreaterThanOrEqual(0)
    }), { numRuns: 60 })
  })

  it('a part and its rest never earn more than the whole kept to maturity, while the new rate is no better', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 98 }), fc.integer({ min: 1, max: 300 }), (hundredth, day) => {
      const amountFen = parseYuan(`${hundredth}0000.00`)
      const on = addDays(terms.valueDate, day)
      const { choices } = compareEarly(terms, { ...facts, amountFen, on, newRate: parsePercent('0.05') })
      const kept = expectedPayment(terms, terms.dueDate, terms.demandRateMicro).interest
      expect(choices.every(({ totalFen }) => totalFen <= kept)).toBe(true)
    }))
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, parseDate } from '#core/calendar.ts'
import { realisedYield, type EarningSpan } from '#core/deposit/deposit-yield.ts'
import { fen, parseYuan, ZERO_FEN } from '#core/money.ts'
import { parsePercent } from '#core/rate.ts'

const from = parseDate('2025-01-01')
const span = (days: number, interest: string, principal = '1000000.00'): EarningSpan => ({
  principalFen: parseYuan(principal), from, to: addDays(from, days), interestPaidFen: parseYuan(interest),
})

describe('the realised annual yield of a chain', () => {
  it('is interest ÷ Σ principal × days × 365', () => {
    expect(realisedYield([span(365, '15000.00')])).toBe(parsePercent('1.50'))
    // 15,000 + 100 over 1,000,000 × 365 + 400,000 × 180 fen-days
    expect(realisedYield([span(365, '15000.00'), span(180, '100.00', '400000.00')])).toBe(parsePercent('1.2612'))
  })

  it('shows the agreed rate that was never paid: four years at demand on the published case (LX-XS)', () => {
    const left: EarningSpan = {
      principalFen: parseYuan('3626087.00'), from: parseDate('2017-07-01'), to: parseDate('2021-07-01'),
      interestPaidFen: parseYuan('50765.22'),
    }
    expect(realisedYield([left])).toBe(parsePercent('0.3498'))
  })

  it('says nothing before anything was paid out, and nothing of money that came and went on one day', () => {
    expect(realisedYield([])).toBeNull()
    expect(realisedYield([span(0, '1.00')])).toBeNull()
    expect(realisedYield([span(1, '1000000.00')])).toBeNull()
  })

  it('refuses days that run backwards', () => {
    expect(() => realisedYield([{ ...span(1, '1.00'), to: addDays(from, -1) }])).toThrow('晚于支取日')
  })

  it('lies between the yields of its parts', () => {
    const parts = fc.record({
      principal: fc.integer({ min: 1_000_000, max: 1_000_000_000 }), days: fc.integer({ min: 1, max: 2_000 }),
      perMille: fc.integer({ min: 0, max: 100 }),
    })
    fc.assert(fc.property(fc.array(parts, { minLength: 1, maxLength: 8 }), (spans) => {
      const made = spans.map(({ principal, days, perMille }): EarningSpan => ({
        principalFen: fen(principal), from, to: addDays(from, days),
        interestPaidFen: fen(Math.floor((principal * perMille) / 1000)),
      }))
      const each = made.flatMap((one) => realisedYield([one]) ?? [])
      const all = realisedYield(made)
      // A part over 100 % has no yield of its own.
      if (all === null || each.length < made.length) return
      expect(all).toBeGreaterThanOrEqual(Math.min(...each) - 100)
      expect(all).toBeLessThanOrEqual(Math.max(...each) + 100)
    }))
  })

  it('counts money that earned nothing', () => {
    expect(realisedYield([{ ...span(365, '15000.00'), interestPaidFen: ZERO_FEN }])).toBe(parsePercent('0'))
  })
})

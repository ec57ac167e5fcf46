import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, parseDate } from '#core/calendar.ts'
import { ladderOf, shareOf, type Holding } from '#core/deposit/deposit-ladder.ts'
import { fen, parseYuan } from '#core/money.ts'
import { parsePercent, rateMicro } from '#core/rate.ts'

const today = parseDate('2026-10-09')
const holding = (bankName: string, yuan: string, rate: string, dueDate: string, count = 1): Holding => ({
  bankName, principalFen: parseYuan(yuan), rateMicro: parsePercent(rate), dueDate: parseDate(dueDate), count,
})

describe('the ladder', () => {
  it('weighs rate and remaining days by principal, and keeps what is overdue apart', () => {
    const ladder = ladderOf([
      holding('甲银行', '3000000.00', '1.20', '2026-10-19'),
      holding('乙银行', '1000000.00', '0.80', '2026-09-30'),
      holding('甲银行', '4000000.00', '1.00', '2026-10-29', 2),
    ], today)
    expect(ladder).toMatchObject({
      count: 4, principalFen: parseYuan('8000000.00'), averageRate: parsePercent('1.05'),
      // (3 × 10 + 1 × 0 + 4 × 20) ÷ 8 = 13.75
      averageDays: 14,
      months: [
        { month: '2026-09', count: 1, overdueFen: parseYuan('1000000.00'), comingFen: 0 },
        { month: '2026-10', count: 3, overdueFen: 0, comingFen: parseYuan('7000000.00') },
      ],
      banks: [
        { bankName: '甲银行', count: 3, share: parsePercent('87.5') },
        { bankName: '乙银行', count: 1, share: parsePercent('12.5'), averageRate: parsePercent('0.80') },
      ],
    })
  })

  it('has no averages without any certificate', () => {
    expect(ladderOf([], today)).toEqual({
      count: 0, principalFen: 0, averageRate: null, averageDays: null, months: [], banks: [],
    })
  })

  it('loses no fen between months, banks and the total, and its shares make the whole', () => {
    const holdings = fc.array(fc.record({
      bankName: fc.constantFrom('甲', '乙', '丙'),
      rateMicro: fc.integer({ min: 0, max: 4_000_000 }).map(rateMicro),
      count: fc.integer({ min: 1, max: 9 }),
      dueDate: fc.integer({ min: -400, max: 2000 }).map((days) => addDays(today, days)),
      principalFen: fc.integer({ min: 1, max: 1e12 }).map(fen),
    }), { minLength: 1, maxLength: 40 })
    fc.assert(fc.property(holdings, (drawn) => {
      const ladder = ladderOf(drawn, today)
      const sum = drawn.reduce((total, each) => total + each.principalFen, 0)
      expect(ladder.principalFen).toBe(sum)
      expect(ladder.months.reduce((total, month) => total + month.overdueFen + month.comingFen, 0)).toBe(sum)
      expect(ladder.banks.reduce((total, bank) => total + bank.principalFen, 0)).toBe(sum)
      expect(Math.abs(ladder.banks.reduce((total, bank) => total + bank.share, 0) - 100_000_000)).toBeLessThanOrEqual(2)
      const rates = drawn.map((each) => each.rateMicro)
      expect(ladder.averageRate).toBeGreaterThanOrEqual(Math.min(...rates))
      expect(ladder.averageRate).toBeLessThanOrEqual(Math.max(...rates))
    }))
  })

  it('rounds a share half up', () => {
    expect(shareOf(1n, 3n)).toBe(33_333_333)
    expect(shareOf(2n, 3n)).toBe(66_666_667)
  })
})

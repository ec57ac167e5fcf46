import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, daysBetween, parseDate } from '#core/calendar.ts'
import { idleProduct, lostInterest, lostInYear, lostOnIdle, type BalanceStep } from '#core/deposit/deposit-loss.ts'
import { fen, parseYuan, ZERO_FEN } from '#core/money.ts'
import { parsePercent, rateMicro } from '#core/rate.ts'

/** One million yuan due on 2024-11-08 at 1.50 %, demand 0.05 %. */
const CERTIFICATE = {
  principalFen: parseYuan('1000000.00'),
  rateMicro: parsePercent('1.50'),
  demandRateMicro: parsePercent('0.05'),
  dueDate: parseDate('2024-11-08'),
}

const days = fc.integer({ min: 0, max: 12_000 }).map((count) => addDays(parseDate('2000-01-01'), count))
const principals = fc.integer({ min: 1, max: 50_000_000_000 }).map(fen)
const rates = fc.integer({ min: 0, max: 5_000_000 }).map(rateMicro)

describe('interest lost by leaving a matured certificate', () => {
  it('is overdue days × principal × the difference of the rates, over 360', () => {
    expect(lostInterest(CERTIFICATE, parseDate('2024-11-08'))).toBe(0)
    expect(lostInterest(CERTIFICATE, parseDate('2024-11-28'))).toBe(parseYuan('805.56'))
  })

  it('is nothing where the demand rate is no lower', () => {
    expect(lostInterest({ ...CERTIFICATE, demandRateMicro: CERTIFICATE.rateMicro }, parseDate('2030-01-01'))).toBe(0)
  })

  it('never falls from one day to the next, and is never negative', () => {
    fc.assert(
      fc.property(principals, rates, rates, days, days, (principalFen, rate, demandRateMicro, due, today) => {
        const terms = { principalFen, rateMicro: rate, demandRateMicro, dueDate: due }
        const lost = lostInterest(terms, today)
        expect(lost).toBeGreaterThanOrEqual(0)
        expect(lostInterest(terms, addDays(today, 1))).toBeGreaterThanOrEqual(lost)
      }),
    )
  })
})


describe('demand money above the reserve', () => {
  const [from, to] = [parseDate('2026-01-01'), parseDate('2026-01-31')]
  const step = (date: string, yuan: string): BalanceStep => ({ date: parseDate(date), balanceFen: parseYuan(yuan) })

  it('is counted day by day, the last day not, and only what exceeds the reserve', () => {
    const steps = [step('2025-06-30', '300000.00'), step('2026-01-11', '50000.00'), step('2026-01-21', '200000.00')]
    const idle = idleProduct(steps, parseYuan('100000.00'), from, to)
    // Ten days of 200,000 above it, ten days below it, ten days of 100,000 above it.
    expect(idle).toEqual({ fenDays: BigInt(parseYuan('3000000.00')), days: 20, excessFen: parseYuan('100000.00') })
    // 3,000,000 yuan-days × (0.95 % − 0.05 %) ÷ 360
    expect(lostOnIdle(idle.fenDays, parsePercent('0.95'), parsePercent('0.05'))).toBe(parseYuan('75.00'))
    expect(lostInYear(idle.excessFen, parsePercent('0.95'), parsePercent('0.05'))).toBe(parseYuan('900.00'))
  })

  it('is nothing in an account without movement, below the reserve, or where demand pays as much', () => {
    expect(idleProduct([], ZERO_FEN, from, to)).toEqual({ fenDays: 0n, days: 0, excessFen: 0 })
    expect(idleProduct([step('2025-06-30', '100000.00')], parseYuan('100000.00'), from, to).fenDays).toBe(0n)
    expect(lostOnIdle(1_000_000n, parsePercent('0.05'), parsePercent('0.05'))).toBe(0)
  })

  it('equals the sum over single days for any movements', () => {
    const movement = fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: -50_000, max: 50_000 }))
    const movements = fc.array(movement, { maxLength: 12 })
    fc.assert(fc.property(movements, fc.integer({ min: 0, max: 30_000 }), (drawn, reserve) => {
      const dated = drawn.map(([day, amount]) => [addDays(parseDate('2025-12-15'), day), amount] as const)
      const dates = [...new Set(dated.map(([date]) => date))].sort()
      const balanceAt = (day: string) => dated.reduce((sum, [date, amount]) => (date <= day ? sum + amount : sum), 0)
      const steps = dates.map((date) => ({ date, balanceFen: fen(balanceAt(date)) }))
      let expected = 0
      for (let day = from; day < to; day = addDays(day, 1)) expected += Math.max(0, balanceAt(day) - reserve)
      expect(idleProduct(steps.filter(({ date }) => date < to), fen(reserve), from, to).fenDays).toBe(BigInt(expected))
      expect(idleProduct(steps, fen(reserve), from, to).days).toBeLessThanOrEqual(daysBetween(from, to))
    }))
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { agreementInterest } from '#core/deposit/agreement-deposit.ts'
import { addDays, parseDate } from '#core/calendar.ts'
import { demandInterest, settlementPeriodOf, type BalanceSpan } from '#core/deposit/demand-deposit.ts'
import { fen, parseYuan } from '#core/money.ts'
import { parsePercent } from '#core/rate.ts'

const START = parseDate('2025-03-21')

function spansOf(rows: readonly (readonly [days: number, balance: number])[]): BalanceSpan[] {
  let from = START
  return rows.map(([days, balance]) => {
    const span = { from, to: addDays(from, days), balance: fen(balance) }
    from = span.to
    return span
  })
}

const histories = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 60 }), fc.nat(1_000_000_000)), { minLength: 1, maxLength: 12 })
  .map(spansOf)

describe('demand interest by accumulated products', () => {
  it('is counted in segments when the rate changes inside the period', () => {
    const change = parseDate('2025-05-20')
    const settled = demandInterest({
      balances: [{ from: START, to: parseDate('2025-06-21'), balance: parseYuan('360000.00') }],
      rates: [
        { from: change, rate: parsePercent('0.05') },
        { from: parseDate('2024-10-18'), rate: parsePercent('0.10') },
      ],
    })
    // 60 days at 0.10 % and 32 at 0.05 %.
    expect(settled.segments.map((line) => [line.from, line.to, line.days, line.interest])).toEqual([
      [START, change, 60, parseYuan('60.00')],
      [change, '2025-06-21', 32, parseYuan('16.00')],
    ])
    expect(settled.interest).toBe(parseYuan('76.00'))
  })

  it('does not change when a balance is cut where nothing happened', () => {
    fc.assert(
      fc.property(histories, (balances) => {
        const rates = [{ from: START, rate: parsePercent('0.1') }]
        const daily = balances.flatMap((span) => {
          const middle = addDays(span.from, 1)
          return middle < span.to ? [{ ...span, to: middle }, { ...span, from: middle }] : [span]
        })
        const whole = demandInterest({ balances, rates })
        const cut = demandInterest({ balances: daily, rates })
        expect([cut.interest, cut.product, cut.days]).toEqual([whole.interest, whole.product, whole.days])
      }),
    )
  })

  it('refuses a hole between balances, an overdrawn balance and a day without a rate', () => {
    const rates = [{ from: START, rate: parsePercent('0.1') }]
    const [first, second] = spansOf([[10, 100], [10, 200]])
    if (first === undefined || second === undefined) throw new Error('two spans')
    const afterHole = { ...second, from: addDays(second.from, 1) }
    expect(() => demandInterest({ balances: [first, afterHole], rates })).toThrow('第 2 段')
    expect(() => demandInterest({ balances: [{ ...first, balance: fen(-1) }], rates })).toThrow('余额为负')
    expect(() => demandInterest({ balances: [first], rates: [] })).toThrow('利率')
    const late = [{ from: addDays(START, 1), rate: parsePercent('0.1') }]
    expect(() => demandInterest({ balances: [first], rates: late })).toThrow('利率')
  })

  it.each([
    ['2025-03-20', '2024-12-21', '2025-03-20', '2025-03-21'],
    ['2025-03-21', '2025-03-21', '2025-06-20', '2025-06-21'],
    ['2025-12-31', '2025-12-21', '2026-03-20', '2026-03-21'],
  ])('%s belongs to the quarter settled on the 20th', (date, from, to, credited) => {
    expect(settlementPeriodOf(parseDate(date))).toEqual({ from, to, credited })
  })
})

describe('agreement deposit', () => {
  it('splits every balance into base and excess without losing a product', () => {
    fc.assert(
      fc.property(histories, fc.nat(1_000_000_000), (balances, quota) => {
        const rates = { demandRate: parsePercent('0.05'), agreementRate: parsePercent('0.60') }
        const settled = agreementInterest({ balances, baseQuota: fen(quota), rates: [{ from: START, ...rates }] })
        const plain = demandInterest({ balances, rates: [{ from: START, rate: rates.demandRate }] })
        expect(settled.baseProduct + settled.excessProduct).toBe(plain.product)
        expect(settled.interest).toBeGreaterThanOrEqual(plain.interest)
      }),
    )
  })

  it('a balance exactly at the quota has no excess', () => {
    const settled = agreementInterest({
      balances: spansOf([[90, 50_000_000]]),
      baseQuota: fen(50_000_000),
      rates: [{ from: START, demandRate: parsePercent('0.05'), agreementRate: parsePercent('0.60') }],
    })
    expect([settled.excessProduct, settled.excess.interest]).toEqual([0, 0])
  })
})

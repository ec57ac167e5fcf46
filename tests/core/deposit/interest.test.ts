import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { accrue, thirtyDayCount, wholeMonthsAndOddDays, type DayCount } from '#core/deposit/accrual.ts'
import { addDays, daysBetween, isBusinessDate, parseDate, type BusinessDate } from '#core/calendar.ts'
import { dueDate, payAtOrAfterDue, payBeforeHoliday, termInterest, type TermDeposit } from '#core/deposit/interest.ts'
import { fen, parseYuan } from '#core/money.ts'
import { parsePercent, rateMicro } from '#core/rate.ts'

const dates = fc.integer({ min: 0, max: 40_000 }).map((days) => addDays(parseDate('1990-01-01'), days))
const principals = fc.integer({ min: 1, max: 100_000_000_000 }).map((value) => fen(value))
const rates = fc.integer({ min: 0, max: 10_000_000 }).map((value) => rateMicro(value))
const actualMethods = fc.constantFrom<DayCount>('actual_360', 'actual_365')

function deposit(changes: Partial<TermDeposit> = {}): TermDeposit {
  return {
    principal: parseYuan('100000.00'),
    rate: parsePercent('1.20'),
    start: parseDate('2025-08-31'),
    term: { unit: 'months', count: 6 },
    dayCount: 'months_odd_360',
    ...changes,
  }
}

describe('due date', () => {
  it('is a real day, in the right month, for every start and term, with and without an anchor', () => {
    const anchors = fc.option(fc.integer({ min: 1, max: 31 }), { nil: undefined })
    fc.assert(
      fc.property(dates, fc.integer({ min: 1, max: 120 }), anchors, (start, count, anchorDay) => {
        const due = dueDate(start, { unit: 'months', count }, anchorDay)
        expect(isBusinessDate(due)).toBe(true)
        expect(due > start).toBe(true)
        const months = (date: BusinessDate): number => Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7))
        expect(months(due) - months(start)).toBe(count)
      }),
    )
  })

  it('refuses a term that is not a whole positive number', () => {
    for (const count of [0, -3, 1.5, Number.NaN]) {
      expect(() => dueDate(parseDate('2025-01-01'), { unit: 'months', count })).toThrow('存期')
    }
  })
})

describe('accrual', () => {
  it('under actual-day methods adds up over any split of the days, within the rounding of one fen', () => {
    const lengths = fc.tuple(fc.nat(2000), fc.nat(2000))
    fc.assert(
      fc.property(principals, rates, dates, lengths, actualMethods, (principal, rate, from, [a, b], dayCount) => {
        const middle = addDays(from, a)
        const to = addDays(middle, b)
        const over = (start: BusinessDate, end: BusinessDate): number =>
          accrue({ principal, rate, from: start, to: end, dayCount }).interest
        expect(Math.abs(over(from, to) - over(from, middle) - over(middle, to))).toBeLessThanOrEqual(1)
      }),
    )
  })

  it('shows lines that follow each other and add up to the interest paid, under every method', () => {
    const methods = fc.constantFrom<DayCount>('months_odd_360', 'actual_360', 'actual_365', 'thirty_360')
    fc.assert(
      fc.property(principals, rates, dates, fc.nat(3000), methods, (principal, rate, from, days, dayCount) => {
        const to = addDays(from, days)
        const { interest, segments } = accrue({ principal, rate, from, to, dayCount })
        expect(segments.reduce((sum, line) => sum + line.interest, 0)).toBe(interest)
        expect(segments.reduce((sum, line) => sum + line.days, 0)).toBe(days)
        expect(segments[0]?.from).toBe(from)
        expect(segments.at(-1)?.to).toBe(to)
      }),
    )
  })

  it('rounds half a fen up: 0.5 fen pays one fen, a hair less pays none', () => {
    const halfFen = { rate: parsePercent('0.36'), from: parseDate('2025-01-01'), dayCount: 'actual_360' } as const
    // 500 fen × 0.36 % × 100 ÷ 360 = 0.5 fen.
    const paid = (principal: number, days: number): number =>
      accrue({ ...halfFen, principal: fen(principal), to: addDays(halfFen.from, days) }).interest
    expect(paid(500, 100)).toBe(1)
    expect(paid(499, 100)).toBe(0)
  })

  it('counts whole months by the original day of the chain, not by the clamped one', () => {
    const from = parseDate('2026-02-28')
    const to = parseDate('2026-05-31')
    expect(wholeMonthsAndOddDays(from, to, 31)).toMatchObject({ months: 3, oddDays: 0 })
    expect(wholeMonthsAndOddDays(from, to)).toMatchObject({ months: 3, oddDays: 3 })
  })

  it('counts the 31st as the 30th under 30/360', () => {
    expect(thirtyDayCount(parseDate('2025-07-31'), parseDate('2025-08-31'))).toBe(30)
    expect(thirtyDayCount(parseDate('2025-01-30'), parseDate('2025-01-31'))).toBe(0)
  })

  it('refuses an end before the start', () => {
    const span = { principal: fen(100), rate: parsePercent('1'), dayCount: 'actual_360' } as const
    const backwards = { from: parseDate('2025-02-01'), to: parseDate('2025-01-31') }
    expect(() => accrue({ ...span, ...backwards })).toThrow('计息止日')
  })
})

describe('term deposit', () => {
  it('pays six whole months from 31 August to 28 February, in one line', () => {
    const term = termInterest(deposit())
    expect(term.dueDate).toBe('2026-02-28')
    expect(term.interest).toBe(parseYuan('600.00'))
    expect(term.segments).toMatchObject([{ measure: 'months', count: 6, days: 181 }])
  })

  it('agreed in days is counted in days, also by a bank that counts whole months', () => {
    const term = termInterest(deposit({ term: { unit: 'days', count: 90 }, start: parseDate('2025-01-01') }))
    expect(term.dueDate).toBe('2025-04-01')
    expect(term.interest).toBe(parseYuan('300.00'))
    expect(term.segments).toMatchObject([{ measure: 'days_360', count: 90 }])
  })

  it('taken on the due day has no overdue interest; a day later one day at the demand rate', () => {
    const demandRate = parsePercent('0.36')
    const onDue = payAtOrAfterDue(deposit(), { paidOn: parseDate('2026-02-28'), demandRate })
    expect([onDue.overdueDays, onDue.overdue.interest]).toEqual([0, 0])
    const later = payAtOrAfterDue(deposit(), { paidOn: parseDate('2026-03-01'), demandRate })
    expect([later.overdueDays, later.overdue.interest]).toEqual([1, parseYuan('1.00')])
    expect(() => payAtOrAfterDue(deposit(), { paidOn: parseDate('2026-02-27'), demandRate })).toThrow('提前支取')
  })

  it('refuses a principal of zero', () => {
    expect(() => termInterest(deposit({ principal: fen(0) }))).toThrow('本金')
  })

  it('taken before a holiday loses the days not served, and never goes below zero', () => {
    const start = parseDate('2024-10-02')
    const year = deposit({ start, term: { unit: 'months', count: 12 } })
    const paid = payBeforeHoliday(year, { paidOn: parseDate('2025-09-30'), deductionRate: parsePercent('1.20') })
    expect(paid).toMatchObject({ deductedDays: 2, deduction: parseYuan('6.67'), interest: parseYuan('1193.33') })
    const harsh = payBeforeHoliday(year, { paidOn: start, deductionRate: parsePercent('100') })
    expect(harsh.interest).toBe(0)
    expect(daysBetween(start, harsh.dueDate)).toBe(365)
  })
})

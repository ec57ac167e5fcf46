import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, addMonths, parseDate } from '#core/calendar.ts'
import { PAYMENT_RHYTHMS, scheduleOf, scheduleTotal, splitSchedule, type Installment } from '#core/income/contract-schedule.ts'
import { addFen, fen, parseYuan } from '#core/money.ts'

const day = parseDate
const yuan = (text: string) => parseYuan(text)
const TERM = { startsOn: day('2025-01-01'), endsOn: day('2025-12-31') }

describe('the schedule of a contract', () => {
  it('keeps the day of the month over short months', () => {
    const schedule = scheduleOf({
      startsOn: day('2025-01-31'), endsOn: day('2025-04-29'), rhythm: 'monthly',
      price: { kind: 'each', amount: yuan('1.00') }, paid: 'before',
    })
    expect(schedule.map(({ coversFrom, coversTo }) => [coversFrom, coversTo])).toEqual([
      ['2025-01-31', '2025-02-27'], ['2025-02-28', '2025-03-30'], ['2025-03-31', '2025-04-29'],
    ])
  })

  it('refuses to guess the price of a part, and spreads a total by days', () => {
    const part = { startsOn: day('2025-01-01'), endsOn: day('2025-02-14'), rhythm: 'monthly', paid: 'after' } as const
    expect(() => scheduleOf({ ...part, price: { kind: 'each', amount: yuan('100.00') } })).toThrow('不足一期')
    expect(scheduleOf({ ...part, price: { kind: 'total', amount: yuan('45.00') } })).toEqual([
      { dueOn: '2025-01-31', coversFrom: '2025-01-01', coversTo: '2025-01-31', amount: yuan('31.00') },
      { dueOn: '2025-02-14', coversFrom: '2025-02-01', coversTo: '2025-02-14', amount: yuan('14.00') },
    ])
  })

  it('covers every day of the term once and adds up to the total', () => {
    const terms = fc.record({
      start: fc.integer({ min: 0, max: 2000 }), days: fc.integer({ min: 1, max: 2000 }),
      rhythm: fc.constantFrom(...PAYMENT_RHYTHMS), total: fc.integer({ min: 10_000, max: 1_000_000_000 }),
    })
    fc.assert(fc.property(terms, ({ start, days, rhythm, total }) => {
      const startsOn = addDays(day('2020-01-01'), start)
      const endsOn = addDays(startsOn, days)
      const schedule = scheduleOf({ startsOn, endsOn, rhythm, price: { kind: 'total', amount: fen(total) }, paid: 'before' })
      expect(schedule[0]?.coversFrom).toBe(startsOn)
      expect(schedule.at(-1)?.coversTo).toBe(endsOn)
      schedule.slice(1).forEach((each, index) => expect(each.coversFrom).toBe(addDays(schedule[index]?.coversTo ?? startsOn, 1)))
      expect(scheduleTotal(schedule)).toBe(total)
    }))
  })

  it('splits over complexes so that every instalment and every complex keeps its fen', () => {
    const amounts = fc.array(fc.integer({ min: 100_000, max: 50_000_000 }), { minLength: 1, maxLength: 24 })
    const weights = fc.array(fc.integer({ min: 10, max: 1000 }), { minLength: 1, maxLength: 8 })
    fc.assert(fc.property(amounts, weights, (each, ratio) => {
      const installments = each.map((amount, index): Installment => {
        const from = addMonths(TERM.startsOn, index)
        return { dueOn: from, coversFrom: from, coversTo: addDays(addMonths(from, 1), -1), amount: fen(amount) }
      })
      const parts = splitSchedule(installments, ratio)
      installments.forEach((installment, index) => {
        expect(addFen(...parts.map((part) => part[index]?.amount ?? fen(0)))).toBe(installment.amount)
      })
      const total = scheduleTotal(installments)
      const sum = ratio.reduce((all, weight) => all + weight, 0)
      parts.forEach((part, index) => expect(Math.abs(scheduleTotal(part) - (total * (ratio[index] ?? 0)) / sum)).toBeLessThan(1))
    }))
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { addDays, datePartsOf, daysInMonth, parseDate } from '#core/calendar.ts'
import type { TermDeposit } from '#core/deposit/interest.ts'
import { parseYuan } from '#core/money.ts'
import { parsePercent } from '#core/rate.ts'
import { chainDueDates, rollOver } from '#core/deposit/rollover.ts'

const DEPOSIT: TermDeposit = {
  principal: parseYuan('1000000.00'),
  rate: parsePercent('1.50'),
  start: parseDate('2025-08-31'),
  term: { unit: 'months', count: 3 },
  dayCount: 'months_odd_360',
}

describe('rollover', () => {
  it('with interest adds it to the next principal; principal only pays it out; nothing is lost either way', () => {
    const joined = rollOver(DEPOSIT, { mode: 'principal_and_interest', rate: parsePercent('1.10') })
    const paidOut = rollOver(DEPOSIT, { mode: 'principal_only', rate: parsePercent('1.10') })
    expect([joined.next.principal, joined.paidToDemand]).toEqual([parseYuan('1003750.00'), 0])
    expect([paidOut.next.principal, paidOut.paidToDemand]).toEqual([DEPOSIT.principal, parseYuan('3750.00')])
    expect(joined.next.rate).toBe(parsePercent('1.10'))
  })

  it('keeps the 31st over November and February, or stays on the 28th, as the bank does', () => {
    const again = (policy: 'keep_original_day' | 'reset_to_actual_day'): string[] => {
      const terms = { mode: 'principal_only', rate: DEPOSIT.rate, anchorPolicy: policy } as const
      const first = rollOver(DEPOSIT, terms)
      const second = rollOver(first.next, terms)
      return [first.dueDate, second.dueDate, second.nextDueDate]
    }
    expect(again('keep_original_day')).toEqual(['2025-11-30', '2026-02-28', '2026-05-31'])
    expect(again('reset_to_actual_day')).toEqual(['2025-11-30', '2026-02-28', '2026-05-28'])
  })

  it('agrees with the list of due dates shown before the first rollover', () => {
    const starts = fc.integer({ min: 0, max: 20_000 }).map((days) => addDays(parseDate('2000-01-01'), days))
    const policies = fc.constantFrom('keep_original_day' as const, 'reset_to_actual_day' as const)
    fc.assert(
      fc.property(starts, fc.integer({ min: 1, max: 24 }), policies, (start, count, anchorPolicy) => {
        const term = { unit: 'months', count } as const
        let deposit: TermDeposit = { ...DEPOSIT, start, term }
        const dates = Array.from({ length: 6 }, () => {
          const rolled = rollOver(deposit, { mode: 'principal_only', rate: DEPOSIT.rate, anchorPolicy })
          deposit = rolled.next
          return rolled.dueDate
        })
        expect(dates).toEqual(chainDueDates(start, term, 6, anchorPolicy))
        if (anchorPolicy === 'keep_original_day') {
          for (const date of dates) {
            const { year, month, day } = datePartsOf(date)
            expect(day).toBe(Math.min(datePartsOf(start).day, daysInMonth(year, month)))
          }
        }
      }),
    )
  })

  it('done late earns the demand rate in between and starts a fresh chain on that day', () => {
    const rolledOn = parseDate('2025-12-10')
    const late = { rolledOn, demandRate: parsePercent('0.36') }
    const rolled = rollOver(DEPOSIT, { mode: 'principal_and_interest', rate: parsePercent('1.10'), late })
    // 1 000 000 × 0.36 % × 10 ÷ 360 on top of the term's 3 750.
    expect(rolled.interest).toBe(parseYuan('3850.00'))
    expect(rolled.next).toMatchObject({ start: rolledOn, anchorDay: 10, principal: parseYuan('1003850.00') })
    expect(rolled.nextDueDate).toBe('2026-03-10')
  })

  it('is refused before the due date', () => {
    const late = { rolledOn: parseDate('2025-11-29'), demandRate: parsePercent('0.36') }
    expect(() => rollOver(DEPOSIT, { mode: 'principal_only', rate: DEPOSIT.rate, late })).toThrow('不能转存')
  })
})

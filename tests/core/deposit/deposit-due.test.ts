import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, daysBetween, isWorkingDay, NO_HOLIDAYS, parseDate } from '#core/calendar.ts'
import { dueState, lastWorkingDayBefore } from '#core/deposit/deposit-due.ts'

const REMINDERS = [30, 15, 7, 3, 1, 0]
const days = fc.integer({ min: 0, max: 12_000 }).map((count) => addDays(parseDate('2000-01-01'), count))

describe('the days of a certificate', () => {
  it('has nothing left on the due date, is overdue the day after, and counts on', () => {
    const state = (today: string) => dueState(parseDate('2024-11-08'), parseDate(today), REMINDERS)
    expect(state('2024-10-08')).toEqual({ kind: 'far', days: 31 })
    expect(state('2024-10-09')).toEqual({ kind: 'soon', days: 30, reminder: 30 })
    expect(state('2024-11-04')).toEqual({ kind: 'soon', days: 4, reminder: 7 })
    expect(state('2024-11-08')).toEqual({ kind: 'soon', days: 0, reminder: 0 })
    expect(state('2024-11-09')).toEqual({ kind: 'overdue', days: 1 })
    expect(state('2025-11-08')).toEqual({ kind: 'overdue', days: 365 })
  })

  it('reaches the same reminder whatever order the profile lists its days in', () => {
    fc.assert(
      fc.property(days, days, fc.shuffledSubarray(REMINDERS), (due, today, steps) => {
        const state = dueState(due, today, steps)
        expect(state).toEqual(dueState(due, today, steps.toSorted((one, other) => one - other)))
        expect(state.kind === 'overdue').toBe(today > due)
        expect(state.days).toBe(Math.abs(daysBetween(today, due)))
        if (state.kind === 'soon') expect(steps.filter((step) => step < state.reminder && step >= state.days)).toEqual([])
      }),
    )
  })
})

describe('a due date on a day off', () => {
  const holidays = {
    daysOff: new Set(['2026-10-01', '2026-10-02', '2026-10-05', '2026-10-06', '2026-10-07']),
    swappedWorkdays: new Set(['2026-10-10']),
  }
  const before = (due: string) => lastWorkingDayBefore(parseDate(due), holidays)

  it('may be taken on the last working day before it, over weekends and holidays', () => {
    expect(before('2026-10-03')).toBe('2026-09-30')
    expect(before('2026-10-07')).toBe('2026-09-30')
    expect(before('2026-10-11')).toBe('2026-10-10')
  })

  it('is nothing special on a working day, also on a weekend worked in exchange', () => {
    expect(before('2026-10-08')).toBeNull()
    expect(before('2026-10-10')).toBeNull()
  })

  it('never lies after the due date and is always a working day', () => {
    fc.assert(fc.property(days, (due) => {
      const day = lastWorkingDayBefore(due, NO_HOLIDAYS)
      if (day === null) {
        expect(isWorkingDay(due, NO_HOLIDAYS)).toBe(true)
        return
      }
      expect(day < due && isWorkingDay(day, NO_HOLIDAYS) && daysBetween(day, due) <= 2).toBe(true)
    }))
  })
})

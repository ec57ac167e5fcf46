import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, addQuarters, NO_HOLIDAYS, parseDate, parseQuarter, quarterBounds } from '#core/calendar.ts'
import { dueDate, type DueRule, type PostingRule } from '#core/disclosure/due.ts'
import {
  dedicatedAccountRate,
  disclosureRate,
  postingState,
  postingStateInChinese,
  type PostingFacts,
} from '#core/disclosure/posting-up.ts'
import { reminderState } from '#core/disclosure/reminder.ts'

const facts = (more: Partial<PostingFacts> = {}): PostingFacts => ({
  rule: { unit: 'calendar', days: 30 },
  due: parseDate('2025-10-31'),
  today: parseDate('2025-10-20'),
  from: parseDate('2025-10-15'),
  removed: null,
  nextPostedFrom: null,
  holidays: NO_HOLIDAYS,
  ...more,
})
const state = (more: Partial<PostingFacts>) => postingState(facts(more))

describe('due dates', () => {
  it('follow the published rules: Shanghai the 15th, Henan the end of the first month', () => {
    const quarter = parseQuarter('2026Q1')
    expect(dueDate({ kind: 'day_of_first_month', day: 15 }, quarter)).toBe('2026-04-15')
    expect(dueDate({ kind: 'end_of_first_month' }, quarter)).toBe('2026-04-30')
    expect(dueDate({ kind: 'not_found' }, quarter)).toBeNull()
    expect(dueDate({ kind: 'end_of_first_month' }, parseQuarter('2025Q4'))).toBe('2026-01-31')
  })

  it('a day the month does not have is its last, and a day no month has is refused', () => {
    expect(dueDate({ kind: 'day_of_first_month', day: 31 }, parseQuarter('2026Q1'))).toBe('2026-04-30')
    expect(() => dueDate({ kind: 'day_of_first_month', day: 32 }, parseQuarter('2026Q1'))).toThrow(/1 至 31/)
  })

  it('always fall in the first month after the quarter', () => {
    const rule = fc.oneof(
      fc.integer({ min: 1, max: 31 }).map((day): DueRule => ({ kind: 'day_of_first_month', day })),
      fc.constant<DueRule>({ kind: 'end_of_first_month' }),
    )
    fc.assert(
      fc.property(rule, fc.integer({ min: 0, max: 200 }), (due, count) => {
        const quarter = addQuarters(parseQuarter('2000Q1'), count)
        expect(dueDate(due, quarter)?.slice(0, 7)).toBe(quarterBounds(addQuarters(quarter, 1)).first.slice(0, 7))
      }),
    )
  })
})

describe('reminders', () => {
  const at = (today: string, done = false) =>
    reminderState({ due: parseDate('2025-10-15'), today: parseDate(today), remindDaysBefore: 7, done })

  it('go from not due over due soon to overdue, counted in days', () => {
    expect(at('2025-10-07')).toMatchObject({ kind: 'notDue', days: 8 })
    expect(at('2025-10-08')).toMatchObject({ kind: 'dueSoon', days: 7 })
    expect(at('2025-10-15')).toMatchObject({ kind: 'dueSoon', days: 0 })
    expect(at('2025-10-16')).toMatchObject({ kind: 'overdue', days: 1 })
    expect(at('2025-10-16', true)).toEqual({ kind: 'done' })
  })

  it('are unknown where the profile has no day', () => {
    expect(reminderState({ due: null, today: parseDate('2025-10-16'), remindDaysBefore: 7, done: false })).toEqual({
      kind: 'unknown',
    })
  })
})

describe('posting-up', () => {
  it('is not posted until the due day has passed, then overdue', () => {
    expect(state({ from: null, today: parseDate('2025-10-31') }).kind).toBe('notPosted')
    expect(state({ from: null, today: parseDate('2025-11-02') })).toEqual({ kind: 'overdue', due: '2025-10-31', daysLate: 2 })
    expect(state({ from: null, due: null, today: parseDate('2030-01-01') }).kind).toBe('notPosted')
  })

  it('counts 30 calendar days from the day after hanging and is full only when they are over', () => {
    expect(state({ today: parseDate('2025-10-15') })).toMatchObject({ kind: 'posted', day: 0, of: 30, until: '2025-11-14' })
    expect(state({ today: parseDate('2025-11-14') })).toMatchObject({ kind: 'posted', day: 30 })
    expect(state({ today: parseDate('2025-11-15') })).toMatchObject({ kind: 'complete', late: false })
  })

  it('counts 30 working days without weekends, days off and with swapped workdays', () => {
    const rule: PostingRule = { unit: 'working', days: 2 }
    const from = parseDate('2025-09-26')
    const holidays = { daysOff: new Set(['2025-10-01', '2025-10-02']), swappedWorkdays: new Set(['2025-09-28']) }
    expect(state({ rule, from, holidays, today: parseDate('2025-09-28') })).toMatchObject({
      kind: 'posted',
      day: 1,
      until: '2025-09-29',
    })
    expect(state({ rule, from, holidays, today: parseDate('2025-09-30') }).kind).toBe('complete')
  })

  it('under "until the next" is full when the next one hangs, and early when taken down before', () => {
    const rule: PostingRule = { unit: 'until_next' }
    const later = { rule, today: parseDate('2026-02-01') }
    expect(state(later)).toMatchObject({ kind: 'posted', of: null })
    expect(state({ ...later, nextPostedFrom: parseDate('2026-01-12') }).kind).toBe('complete')
    expect(state({ ...later, removed: parseDate('2026-01-01'), nextPostedFrom: parseDate('2026-01-12') }).kind).toBe(
      'removedEarly',
    )
  })

  it('taken down too early stays a finding and does not count for the rate', () => {
    const early = state({ removed: parseDate('2025-11-01'), today: parseDate('2025-12-01') })
    expect(early).toMatchObject({ kind: 'removedEarly', days: 17, of: 30 })
    expect(disclosureRate([early, state({})])).toEqual({ reached: 1, of: 2, hundredths: 5000 })
  })

  it('hung after the due day is late for ever', () => {
    expect(state({ from: parseDate('2025-11-05'), today: parseDate('2026-01-01') })).toMatchObject({
      kind: 'complete',
      late: true,
    })
  })

  it('never declares a span full that no rule gives', () => {
    expect(state({ rule: null, today: parseDate('2035-01-01') })).toMatchObject({ kind: 'posted', of: null, until: null })
  })

  it('moves one way only as days pass: not posted, posted, complete', () => {
    const order = ['overdue', 'notPosted', 'posted', 'complete']
    const rule = fc.record({
      unit: fc.constantFrom('calendar' as const, 'working' as const),
      days: fc.integer({ min: 1, max: 60 }),
    })
    fc.assert(
      fc.property(rule, fc.integer({ min: 0, max: 100 }), (posting, offset) => {
        const from = addDays(parseDate('2025-10-01'), offset)
        let reached = 0
        let day = 0
        for (let passed = -2; passed < 100; passed += 1) {
          const now = postingState(facts({ rule: posting, from, due: null, today: addDays(from, passed) }))
          expect(order.indexOf(now.kind)).toBeGreaterThanOrEqual(reached)
          reached = order.indexOf(now.kind)
          if (now.kind !== 'posted') continue
          expect(now.day).toBeGreaterThanOrEqual(day)
          expect(now.day).toBeLessThanOrEqual(posting.days)
          day = now.day
        }
        expect(order[reached]).toBe('complete')
      }),
      { numRuns: 30 },
    )
  })

  it('says it in the office\'s words', () => {
    expect(postingStateInChinese(state({}))).toBe('公示中 第 5 天，共 30 天')
    expect(postingStateInChinese(state({ from: null, today: parseDate('2025-11-02') }))).toBe('逾期 2 天')
  })
})

describe('rates', () => {
  it('are cut, so that 409 of 410 is not 100 %', () => {
    const complexes = Array.from({ length: 410 }, (_, index) => ({ hasDedicatedAccount: index !== 0 }))
    expect(dedicatedAccountRate(complexes)).toEqual({ reached: 409, of: 410, hundredths: 9975 })
    expect(disclosureRate([])).toEqual({ reached: 0, of: 0, hundredths: null })
  })
})

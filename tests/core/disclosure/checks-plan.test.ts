import { describe, expect, it } from 'vitest'
import { NO_HOLIDAYS, parseDate } from '#core/calendar.ts'
import { type CheckContext } from '#core/disclosure/checks.ts'
import { parseYuan } from '#core/money.ts'
import { levels, of } from './findings.ts'

describe('the policy profile', () => {
  const fact = (transferred: string, strict: boolean, required: string | null = '5500.00') => ({
    topUp: {
      required: required === null ? null : parseYuan(required),
      strict,
      transferred: parseYuan(transferred),
      dueBy: parseDate('2025-10-31'),
      rule: '50% 以上',
    },
  })
  const late = { today: parseDate('2025-11-01') }

  it('exactly half satisfies "at least" but not "more than"', () => {
    expect(of(fact('5500.00', false), 'top-up-ratio', late)).toEqual([])
    expect(levels(of(fact('5500.00', true), 'top-up-ratio', late))).toEqual(['warn'])
    expect(of(fact('5500.01', true), 'top-up-ratio', late)).toEqual([])
  })

  it('is a hint until the transfer is due, a warning after', () => {
    expect(levels(of(fact('0.00', false), 'top-up-ratio', { today: parseDate('2025-10-31') }))).toEqual(['hint'])
    expect(levels(of(fact('0.00', false), 'top-up-ratio', late))).toEqual(['warn'])
  })

  it('asks for nothing on a loss and says when the rule is unknown', () => {
    expect(of(fact('0.00', true, '0.00'), 'top-up-ratio', late)).toEqual([])
    expect(levels(of(fact('0.00', true, null), 'top-up-ratio', late))).toEqual(['hint'])
  })

  const plan = (
    to: string | null,
    rule: NonNullable<CheckContext['plan']>['rule'],
    from = '2025-10-15',
  ): Partial<CheckContext> => ({
    plan: { from: parseDate(from), to: to === null ? null : parseDate(to), rule, holidays: NO_HOLIDAYS },
  })

  it('a posting-up shorter than the rule blocks, one day more does not', () => {
    const found = of({}, 'posting-span', plan('2025-11-13', { unit: 'calendar', days: 30 }))
    expect(levels(found)).toEqual(['block'])
    expect(found[0]?.message).toContain('2025年11月14日')
    expect(of({}, 'posting-span', plan('2025-11-14', { unit: 'calendar', days: 30 }))).toEqual([])
  })

  it('working days are counted as working days', () => {
    expect(levels(of({}, 'posting-span', plan('2025-11-14', { unit: 'working', days: 30 })))).toEqual(['block'])
    expect(of({}, 'posting-span', plan('2025-11-26', { unit: 'working', days: 30 }))).toEqual([])
  })

  it('until the next notice means no end date, and an unknown rule only hints', () => {
    expect(of({}, 'posting-span', plan(null, { unit: 'until_next' }))).toEqual([])
    expect(levels(of({}, 'posting-span', plan('2025-11-14', { unit: 'until_next' })))).toEqual(['warn'])
    expect(levels(of({}, 'posting-span', plan(null, null)))).toEqual(['hint'])
  })

  it('a notice cannot hang before its quarter is over', () => {
    expect(levels(of({}, 'posting-span', plan('2025-12-30', { unit: 'calendar', days: 30 }, '2025-09-30')))).toEqual(['block'])
  })
})

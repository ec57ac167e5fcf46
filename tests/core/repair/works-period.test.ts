/** 开工, 完工 and 工期: in which order the days of a job stand, and how late the works ended. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, parseDate } from '#core/calendar.ts'
import type { AuthorityKind } from '#core/repair/repair.ts'
import { daysLate, periodProblems, periodText, worksDays } from '#core/repair/works-period.ts'

const day = (text: string) => parseDate(`2025-09-${text}`)
const FIELDS = { from: 'startedOn', to: 'finishedOn' }
const KNOWN = {
  reportedOn: day('01'), contract: { signedOn: day('06') }, authority: null,
} as const

function rests(kind: AuthorityKind, on: string) {
  return { kind, basis: '', scope: '', on: day(on) } as const
}

function wrong(from: string, to: string, more: Partial<Parameters<typeof periodProblems>[1]> = {}) {
  return periodProblems({ from: day(from), to: day(to) }, { ...KNOWN, ...more }, FIELDS)
    .map(({ field, message }) => `${field} ${message}`)
}

describe('the works', () => {
  it('begin on the day of the contract at the earliest, and end on the day they began at the earliest', () => {
    expect(wrong('06', '06')).toEqual([])
    expect(wrong('05', '10')).toEqual(['startedOn 开工日期不能早于合同签订日 2025-09-06'])
    expect(wrong('08', '07')).toEqual(['finishedOn 完工日期不能早于开工日期'])
    expect(wrong('05', '04')).toHaveLength(2)
  })

  it('are not held to the day the office wrote down what the owners had decided before', () => {
    for (const kind of ['vote', 'standing'] as const) {
      expect(wrong('06', '10', { authority: rests(kind, '08') })).toEqual([])
      expect(wrong('05', '10', { authority: rests(kind, '01') })).toHaveLength(1)
    }
  })

  it('need no contract where the profile asks for none, but a report', () => {
    expect(wrong('01', '02', { contract: null })).toEqual([])
    expect(periodProblems({ from: parseDate('2025-08-31'), to: day('02') }, { ...KNOWN, contract: null }, FIELDS))
      .toMatchObject([{ field: 'startedOn', message: '开工日期不能早于报修日 2025-09-01' }])
  })

  it('of an emergency begin before its papers, never before its report', () => {
    const authority = rests('emergency', '09')
    expect(wrong('01', '03', { authority })).toEqual([])
    expect(periodProblems({ from: parseDate('2025-08-31'), to: day('02') }, { ...KNOWN, authority }, FIELDS)).toHaveLength(1)
  })

  it('are counted in calendar days, first and last included', () => {
    expect(worksDays({ from: day('08'), to: day('08') })).toBe(1)
    expect(periodText({ from: day('08'), to: day('15') })).toBe('2025-09-08 至 2025-09-15，8 天')
  })

  it('are late by the days after the agreed end, whenever they began', () => {
    const agreed = { from: day('08'), to: day('15') }
    fc.assert(fc.property(fc.integer({ min: -20, max: 20 }), fc.nat(10), (shift, length) => {
      const to = addDays(agreed.to, shift)
      expect(daysLate(agreed, { from: addDays(to, -length), to })).toBe(Math.max(0, shift))
    }))
  })
})

import { describe, expect, it } from 'vitest'
import { parseDate } from '#core/calendar.ts'
import { visitProblems, type SiteVisit, type VisitsKnown } from '#core/repair/site-visit.ts'

const SEEN = { on: parseDate('2025-09-10'), time: '09:30', place: '3幢屋面', finding: '与申报一致' }
const SECTION: SiteVisit = { party: 'section', person: '钱科长', ...SEEN, photos: ['a'] }
const SUPERVISOR: SiteVisit = { party: 'supervisor', person: '孙监理', ...SEEN, photos: ['b'] }
const KNOWN: VisitsKnown = {
  parties: ['section', 'supervisor'], photos: new Set(['a', 'b', 'c']), others: [], from: parseDate('2025-09-01'),
  signed: [{ party: 'section', person: '钱科长' }, { party: 'supervisor', person: '孙监理' }], now: '2025-10-09 10:00',
}

function fields(visits: readonly SiteVisit[], known: Partial<VisitsKnown> = {}): readonly (string | undefined)[] {
  return visitProblems(visits, { ...KNOWN, ...known }).map(({ field }) => field)
}

describe('a review on site is a record of each party', () => {
  it('stands when section and supervisor each say who, when, where and what, with own photos', () => {
    expect(fields([SECTION, SUPERVISOR])).toEqual([])
    expect(fields([SECTION])).toEqual(['visits.supervisor.person'])
    expect(fields([])).toEqual(['visits.section.person', 'visits.supervisor.person'])
    expect(fields([SECTION], { parties: ['section'], signed: null })).toEqual([])
  })

  it.each<[Partial<SiteVisit>, string]>([
    [{ person: '无' }, 'person'], [{ time: '' }, 'time'], [{ time: '24:00' }, 'time'], [{ time: '9:30' }, 'time'],
    [{ place: ' ' }, 'place'], [{ finding: '' }, 'finding'], [{ photos: [] }, 'photos'], [{ photos: ['old'] }, 'photos'],
    [{ on: parseDate('2025-08-31') }, 'on'], [{ on: parseDate('2025-10-09'), time: '10:01' }, 'on'],
    [{ person: '吴监理' }, 'person'],
  ])('%j of the supervisor is refused at its field', (more, field) => {
    expect(fields([SECTION, { ...SUPERVISOR, ...more }])).toEqual([`visits.supervisor.${field}`])
  })

  it('the day of the report and the minute it is are still in time', () => {
    expect(fields([SECTION, { ...SUPERVISOR, on: parseDate('2025-09-01'), time: '00:00' }])).toEqual([])
    expect(fields([SECTION, { ...SUPERVISOR, on: parseDate('2025-10-09'), time: '10:00' }])).toEqual([])
  })

  it('one person, or one photo, does not count for two parties', () => {
    const signed = [...KNOWN.signed ?? [], { party: 'supervisor', person: '钱科长' } as const]
    expect(fields([SECTION, { ...SUPERVISOR, person: '钱 科长' }], { signed })).toEqual(['visits.supervisor.person'])
    expect(fields([SECTION, { ...SUPERVISOR, photos: ['a', 'b'] }])).toEqual(['visits.supervisor.photos'])
    const others = [{ party: 'contractor', person: '孙监理' } as const]
    expect(visitProblems([SECTION, SUPERVISOR], { ...KNOWN, others })).toMatchObject([{ code: 'repair.person' }])
  })
})

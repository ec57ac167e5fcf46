import { describe, expect, it } from 'vitest'
import { NO_HOLIDAYS, parseDate } from '#core/calendar.ts'
import { idOf } from '#core/id.ts'
import { parseYuan, ZERO_FEN } from '#core/money.ts'
import { parsePercent } from '#core/rate.ts'
import {
  decidedProblem, emergencyDeadlines, emergencyProblem, standingProblem, termsProblems, useDayProblem, voteAmountProblem,
  type AuthorisationTerms,
} from '#core/authority/use-authority.ts'
import { scopeCovers, scopeHoldsPlace, type HouseholdPlace, type UseScope } from '#core/authority/use-scope.ts'

const day = parseDate
const yuan = parseYuan
const TERMS: AuthorisationTerms = {
  parts: ['电梯', '消防设施'], from: day('2025-01-01'), to: day('2027-12-31'), perJobFen: yuan('20000'), totalFen: yuan('50000'),
}
const LIMITS = {
  longestYears: 3, jobBelow: yuan('100000'),
  fund: { percent: parsePercent('5'), balanceFen: yuan('1000000'), othersFen: ZERO_FEN },
}
const SHARED = { ...LIMITS, fund: { ...LIMITS.fund, othersFen: yuan('30000') } }
const NO_LIMITS = { longestYears: null, jobBelow: null, fund: null }

describe('terms of a standing authorisation', () => {
  it.each([
    ['as decided', {}, LIMITS, []],
    ['exactly the longest term', { to: day('2028-01-01') }, LIMITS, []],
    ['a day over the longest term', { to: day('2028-01-02') }, LIMITS, ['to']],
    ['a job at the amount, which must stay below it', { perJobFen: yuan('100000'), totalFen: yuan('100000') }, LIMITS,
      ['perJobFen', 'totalFen']],
    ['exactly the share of the fund', { totalFen: yuan('50000.00') }, LIMITS, []],
    ['exactly what other authorisations leave of it', { totalFen: yuan('20000.00') }, SHARED, []],
    ['a fen over what others leave of it', { totalFen: yuan('20000.01') }, SHARED, ['totalFen']],
    ['a fen over the share of the fund', { totalFen: yuan('50000.01') }, LIMITS, ['totalFen']],
    ['where the profile names no limit', { to: day('2099-01-01'), totalFen: yuan('900000') }, NO_LIMITS, []],
    ['no part named', { parts: [] }, NO_LIMITS, ['parts']],
    ['an end before the beginning', { to: day('2024-12-31') }, NO_LIMITS, ['to']],
    ['a job above the total', { perJobFen: yuan('50000.01') }, NO_LIMITS, ['perJobFen']],
  ] as const)('%s', (_what, changes, limits, fields) => {
    expect(termsProblems({ ...TERMS, ...changes }, limits).map(({ field }) => field)).toEqual(fields)
  })
})

describe('a job under a standing authorisation', () => {
  const use = { on: day('2026-05-01'), part: '电梯', amountFen: yuan('20000'), usedFen: yuan('30000') }
  it.each([
    ['inside everything, to the last fen', {}, undefined],
    ['before its term', { on: day('2024-12-31') }, 'authority.notYet'],
    ['on its last day', { on: day('2027-12-31') }, undefined],
    ['after its term', { on: day('2028-01-01') }, 'authority.expired'],
    ['a part it does not name', { part: '外墙' }, 'authority.part'],
    ['a fen above each', { amountFen: yuan('20000.01') }, 'authority.perJob'],
    ['a fen more than is left', { usedFen: yuan('30000.01') }, 'authority.ceiling'],
  ])('%s', (_what, changes, code) => {
    expect(standingProblem(TERMS, { ...use, ...changes })?.code).toBe(code)
  })
})

describe('the amount owners agreed to', () => {
  it('is shared by the jobs of the vote, to the fen', () => {
    const left = { approvedFen: yuan('10000'), usedFen: yuan('4000') }
    expect(voteAmountProblem({ ...left, amountFen: yuan('6000') })).toBeNull()
    expect(voteAmountProblem({ ...left, amountFen: yuan('6000.01') })?.code).toBe('authority.ceiling')
    expect(voteAmountProblem({ ...left, approvedFen: null, amountFen: yuan('1') })?.code).toBe('authority.matter')
  })
})

describe('the day of an authority', () => {
  const days = { reportedOn: day('2025-09-01'), checkedOn: day('2025-09-03'), today: day('2025-09-10') }
  it.each([
    ['between check and today', day('2025-09-05'), days, undefined],
    ['the day of the check', day('2025-09-03'), days, undefined],
    ['today', day('2025-09-10'), days, undefined],
    ['tomorrow', day('2025-09-11'), days, 'authority.date'],
    ['before the check', day('2025-09-02'), days, 'authority.date'],
    ['before the report of a job entered late', day('2025-09-04'), { ...days, reportedOn: day('2025-09-05') }, 'authority.date'],
  ])('%s', (_what, on, known, code) => {
    expect(useDayProblem(on, known)?.code).toBe(code)
  })
})

it('what owners decided holds to the fen, and says where to go', () => {
  const limit = { basis: '业主表决 BJ2025-00001', kind: 'vote', mostFen: yuan('10000') } as const
  expect(decidedProblem(limit, yuan('10000'), 'settledFen')).toBeNull()
  expect(decidedProblem(limit, yuan('10999.99'), 'settledFen')).toMatchObject({ code: 'authority.ceiling', field: 'settledFen' })
  expect(decidedProblem(limit, yuan('10999.99'), 'settledFen')?.message).toContain('超出业主决定的 999.99 元')
})

describe('an emergency', () => {
  const rules = { cases: ['外墙面脱落'], applicants: ['业主委员会', '居民委员会'] }
  const claim = {
    item: '外墙面脱落', applicant: 'residentsCommittee' as const, appliedOn: day('2025-09-01'), report: '3幢东墙面砖坠落',
    files: ['0'.repeat(64)],
  }
  it.each([
    ['of the local list, by whom the list names, with evidence', {}, undefined],
    ['not on the local list', { item: '道路破损' }, 'authority.emergencyCase'],
    ['asked for by somebody the profile does not name', { applicant: 'propertyCompany' as const }, 'authority.applicant'],
    ['without a word on the danger', { report: ' ' }, 'authority.evidence'],
    ['without any paper', { files: [] }, 'authority.evidence'],
    ['of tomorrow', { appliedOn: day('2025-09-03') }, 'authority.date'],
    ['of before the report, so that its days were over at once', { appliedOn: day('2025-08-29') }, 'authority.date'],
  ])('%s', (_what, changes, code) => {
    const days = { reportedOn: day('2025-09-01'), today: day('2025-09-02') }
    expect(emergencyProblem({ ...claim, ...changes }, rules, days)?.code).toBe(code)
  })

  it('is decided within working days, settled and published within days of acceptance, where the profile names them', () => {
    const profile = { decisionWorkingDays: 5, silenceIsConsent: false, settleDays: 30, publishDays: 15 }
    // 2025-09-01 is a Monday.
    expect(emergencyDeadlines(day('2025-09-01'), day('2025-09-10'), profile, NO_HOLIDAYS))
      .toEqual({ decideBy: '2025-09-08', settleBy: '2025-10-10', publishBy: '2025-09-25' })
    expect(emergencyDeadlines(day('2025-09-01'), null, profile, NO_HOLIDAYS))
      .toEqual({ decideBy: '2025-09-08', settleBy: null, publishBy: null })
    const silent = { decisionWorkingDays: null, silenceIsConsent: false, settleDays: null, publishDays: null }
    expect(emergencyDeadlines(day('2025-09-01'), day('2025-09-10'), silent, NO_HOLIDAYS))
      .toEqual({ decideBy: null, settleBy: null, publishBy: null })
  })
})

describe('whom a decision reaches', () => {
  const [one, two] = [idOf<'building'>(1), idOf<'building'>(2)]
  const place = (id: number, buildingId: typeof one, entrance: string): HouseholdPlace =>
    ({ id: idOf<'household'>(id), buildingId, entrance })
  const places = [place(1, one, '1单元'), place(2, one, '2单元'), place(3, two, '1单元')]
  const complex: UseScope = { kind: 'complex' }
  const building = (...buildingIds: readonly (typeof one)[]): UseScope => ({ kind: 'buildings', buildingIds })
  const entrance = (buildingId: typeof one, name: string): UseScope =>
    ({ kind: 'entrances', entrances: [{ buildingId, entrance: name }] })
  const rooms = (...ids: readonly number[]): UseScope =>
    ({ kind: 'households', householdIds: ids.map((id) => idOf<'household'>(id)) })
  it.each([
    ['the whole complex decides for a building', complex, building(one), true],
    ['a building does not decide for the complex', building(one, two), complex, false],
    ['two buildings decide for one of them', building(one, two), building(two), true],
    ['one building does not decide for another', building(one), building(two), false],
    ['a building decides for its entrance', building(one), entrance(one, '2单元'), true],
    ['an entrance does not decide for its building', entrance(one, '1单元'), building(one), false],
    ['an entrance does not decide for the next one', entrance(one, '1单元'), entrance(one, '2单元'), false],
    ['households inside the building', building(one), rooms(1, 2), true],
    ['one household of another building', building(one), rooms(1, 3), false],
    ['chosen households that are the whole entrance', rooms(1), entrance(one, '1单元'), true],
    ['a scope without a household is nobody’s', building(one), rooms(9), false],
  ])('%s', (_what, outer, inner, expected) => {
    expect(scopeCovers(outer, inner, places)).toBe(expected)
  })
  it.each([
    ['the complex holds every building', complex, one, '', true],
    ['a building its entrance', building(one), one, '2单元', true],
    ['a building not the next one', building(two), one, '', false],
    ['an entrance itself, however it is written', entrance(one, '2'), one, '2单元', true],
    ['an entrance not the next one', entrance(one, '1单元'), one, '2单元', false],
    ['an entrance its building, where no entrance was reported', entrance(one, '1单元'), one, '', true],
    ['households of the building', rooms(1), one, '', true],
    ['a household of another building does not', rooms(3), one, '', false],
    ['nor one of another entrance', rooms(1), one, '2单元', false],
    ['works of no building: whoever decided', building(two), null, '', true],
  ])('holding the place: %s', (_what, scope, buildingId, name, expected) => {
    expect(scopeHoldsPlace(scope, { buildingId, entrance: name }, places)).toBe(expected)
  })
})

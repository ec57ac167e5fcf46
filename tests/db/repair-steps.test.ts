/** What single steps of a repair must say before the ledger keeps them (0006). */
import { describe, expect, it } from 'vitest'
import { EXCLUDED_USES, NO_EXCLUDED_USE } from '#core/repair/repair-place.ts'
import type { Ledger } from '#db/ledger.ts'
import { DETAIL } from './one-of-everything.ts'
import { applyForEmergency, authorise, jobAtAuthority, jobEvent } from './sample-authority.ts'
import { insert, MAINTENANCE, NOW, PEOPLE, refusalOf, sampleLedger } from './sample-ledger.ts'
import { moneyOf } from './sample-repair.ts'

const RULES = { authority: null, contract: null, publication: null, noFollowUp: null }

function atWindow(ledger: Ledger): number {
  const repair = insert(ledger, 'repair', {
    number: 'RS1', book_id: MAINTENANCE, complex_id: 1, part: '屋面', title: '屋面渗漏', reported_on: '2025-01-05',
    quoted_fen: 180_000, contractor_id: 1, supervisor_id: 2, recorded_by: PEOPLE.preparer, recorded_at: NOW,
  })
  jobEvent(ledger, repair, 'reported', 'windowCheck', {})
  const answer = { repair_id: repair, item: 'structure', answer: 'allowed', actor_id: PEOPLE.preparer, at: NOW }
  insert(ledger, 'repair_use_answer', answer)
  return repair
}

describe('a window check', () => {
  it('answers each of the four uses the fund never pays, with no', () => {
    const ledger = sampleLedger()
    const repair = atWindow(ledger)
    const check = (more: object) => refusalOf(ledger, () =>
      jobEvent(ledger, repair, 'windowChecked', 'engineeringCheck', { ...DETAIL['windowChecked'], ...more }))
    const unasked = [{ excludedUses: null }, { excludedUses: [] }, { excludedUses: {} }]
    expect(unasked.map(check)).toEqual(Array(3).fill('repair.excludedUse'))
    for (const use of EXCLUDED_USES) {
      const { [use]: _, ...threeAnswers } = NO_EXCLUDED_USE
      expect(check({ excludedUses: threeAnswers })).toBe('repair.excludedUse')
      expect(check({ excludedUses: { ...NO_EXCLUDED_USE, [use]: true } })).toBe('repair.excludedUse')
    }
    expect(check({ excludedUses: NO_EXCLUDED_USE })).toBe('accepted')
  })

  it('keeps no other answer than the words of the job give, where they say the fund never pays, by one person', () => {
    const ledger = sampleLedger()
    const repair = atWindow(ledger)
    const answer = (more: object) => refusalOf(ledger, () => insert(ledger, 'repair_use_answer', {
      repair_id: repair, item: '', answer: 'explain', explanation: '共用立管', suggested: 'notAllowed',
      confirmed_by: PEOPLE.reviewer, actor_id: PEOPLE.preparer, at: NOW, ...more,
    }))
    const alone = [{ confirmed_by: null }, { confirmed_by: PEOPLE.preparer }, { answer: 'allowed', explanation: '' }]
    expect(alone.map(answer)).toEqual(Array(3).fill('record.check'))
    expect(answer({ suggested: 'explain', confirmed_by: null })).toBe('accepted')
    expect(answer({})).toBe('accepted')
  })
})

const CONTRACT = moneyOf('contracted', 180_000)

/** An emergency that the profile asks a contract of. */
function atAcceptance(ledger: Ledger): number {
  const repair = jobAtAuthority(ledger)
  applyForEmergency(ledger, repair, 'authority')
  authorise(ledger, repair, { kind: 'emergency', item: '屋面渗漏', appliedOn: '2025-01-05' }, { authority: 'emergency' })
  jobEvent(ledger, repair, 'contracted', 'spotDraw', CONTRACT)
  jobEvent(ledger, repair, 'drawn', 'acceptance', {})
  return repair
}

function accept(ledger: Ledger, repair: number, startedOn: string | null, finishedOn: string | null, on = '2025-01-10'): string {
  return refusalOf(ledger, () =>
    jobEvent(ledger, repair, 'accepted', 'settlement', { on, startedOn, finishedOn }, PEOPLE.reviewer))
}

describe('an acceptance', () => {
  it('says when the works began and ended, in order, and not after the acceptance itself', () => {
    const ledger = sampleLedger()
    const repair = atAcceptance(ledger)
    const wrong = [
      [null, null], ['2025-01-07', null], [null, '2025-01-09'], ['2025-01-09', '2025-01-08'], ['2025-01-09', '2025-01-11'],
    ] as const
    for (const [from, to] of wrong) expect([from, to, accept(ledger, repair, from, to)]).toEqual([from, to, 'repair.works'])
    expect(accept(ledger, repair, '2025-01-07', '2025-01-10')).toBe('accepted')
  })

  it('of an emergency may follow works that began before their contract, of no other job', () => {
    const ledger = sampleLedger()
    expect(accept(ledger, atAcceptance(ledger), '2025-01-05', '2025-01-07')).toBe('accepted')
    const repair = atAcceptance(ledger)
    jobEvent(ledger, repair, 'sentBack', 'engineeringCheck', { to: 'engineeringCheck', reason: '重核' })
    const checked = { thresholdFen: 200_000, rules: { ...RULES, authority: { belowFen: 500_000, source: '样例办法' } } }
    jobEvent(ledger, repair, 'engineeringChecked', 'contract', checked, PEOPLE.reviewer)
    jobEvent(ledger, repair, 'contracted', 'spotDraw', CONTRACT)
    jobEvent(ledger, repair, 'drawn', 'acceptance', {})
    // The authority of the round before was an emergency; this one rests on the profile's leave.
    expect(accept(ledger, repair, '2025-01-05', '2025-01-07')).toBe('repair.works')
    expect(accept(ledger, repair, '2025-01-06', '2025-01-07')).toBe('accepted')
  })
})

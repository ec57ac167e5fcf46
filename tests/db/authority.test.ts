import { describe, expect, it, test } from 'vitest'
import { NO_EXCLUDED_USE } from '#core/repair/repair-place.ts'
import type { Ledger } from '#db/ledger.ts'
import {
  addAuthorisation, addVote, authorise, castAndCount, certify, confirmAuthorisation, jobAtAuthority, jobEvent, voteEvent,
} from './sample-authority.ts'
import { ACCOUNT, addPaper, BANK, insert, MAINTENANCE, NOW, PEOPLE, post, refusalOf, sampleLedger } from './sample-ledger.ts'

function carried(ledger: Ledger, more: Parameters<typeof addVote>[1] = {}): number {
  const vote = addVote(ledger, more)
  castAndCount(ledger, vote)
  certify(ledger, vote)
  return vote
}

describe('a job rests on a vote', () => {
  const tried = (make: (ledger: Ledger) => { vote: number; job?: number }): string => {
    const ledger = sampleLedger()
    const { vote, job = jobAtAuthority(ledger) } = make(ledger)
    return refusalOf(ledger, () => authorise(ledger, job, { kind: 'vote', voteId: vote }))
  }

  it('that was carried and certified', () => {
    expect(tried((ledger) => ({ vote: carried(ledger) }))).toBe('accepted')
  })

  it('and on none that is open, counted only, lost, withdrawn, of another complex, matter or job', () => {
    const lost = (ledger: Ledger): number => {
      const vote = addVote(ledger)
      castAndCount(ledger, vote, 'against')
      certify(ledger, vote)
      return vote
    }
    const counted = (ledger: Ledger): number => {
      const vote = addVote(ledger)
      castAndCount(ledger, vote)
      return vote
    }
    const withdrawn = (ledger: Ledger): number => {
      const vote = addVote(ledger)
      voteEvent(ledger, vote, 'withdrawn', 'withdrawn', { reason: '方案有误' })
      return vote
    }
    const refusals = [
      tried((ledger) => ({ vote: addVote(ledger) })),
      tried((ledger) => ({ vote: counted(ledger) })),
      tried((ledger) => ({ vote: lost(ledger) })),
      tried((ledger) => ({ vote: withdrawn(ledger) })),
      tried((ledger) => ({ vote: carried(ledger), job: jobAtAuthority(ledger, { complex_id: 2 }) })),
      tried((ledger) => ({ vote: carried(ledger, { matter: 'authorise', amount_fen: null }) })),
      tried((ledger) => ({ vote: carried(ledger, { repair_id: jobAtAuthority(ledger) }) })),
      tried((ledger) => ({ vote: carried(ledger), job: jobAtAuthority(ledger, { part: '电梯' }) })),
    ]
    expect(refusals).toEqual(refusals.map(() => 'authority.vote'))
  })

  it('that says which parts it is for, and of a job its part', () => {
    const ledger = sampleLedger()
    const open = (more: Parameters<typeof addVote>[1]) => refusalOf(ledger, () => addVote(ledger, more))
    expect([open({ parts: '[]' }), open({ matter: 'authorise', amount_fen: null, parts: '["屋面"]' })])
      .toEqual(['record.check', 'record.check'])
    const lift = jobAtAuthority(ledger, { part: '电梯' })
    expect([open({ repair_id: lift }), open({ repair_id: lift, parts: '["电梯"]' })]).toEqual(['vote.repair', 'accepted'])
  })

  it('up to the amount agreed to, all its jobs together; a job given up gives its part back', () => {
    const ledger = sampleLedger()
    const vote = carried(ledger, { amount_fen: 360_000 })
    const [first, second, third] = [jobAtAuthority(ledger), jobAtAuthority(ledger), jobAtAuthority(ledger)]
    const rest = (job: number) => refusalOf(ledger, () => authorise(ledger, job, { kind: 'vote', voteId: vote }))
    expect([rest(first), rest(second), rest(third)]).toEqual(['accepted', 'accepted', 'authority.ceiling'])
    jobEvent(ledger, first, 'cancelled', 'cancelled', { reason: '不修了' })
    expect(rest(third)).toBe('accepted')
  })
})

describe('a job rests on a standing authorisation', () => {
  const rest = (ledger: Ledger, id: number, job = jobAtAuthority(ledger)) =>
    refusalOf(ledger, () => authorise(ledger, job, { kind: 'standing', authorisationId: id }))

  it('once confirmed, for its complex and parts, and not after it was ended', () => {
    const ledger = sampleLedger()
    const id = addAuthorisation(ledger)
    expect(rest(ledger, id)).toBe('authority.standing')
    confirmAuthorisation(ledger, id)
    expect(rest(ledger, id, jobAtAuthority(ledger, { part: '电梯' }))).toBe('authority.standing')
    expect(rest(ledger, id, jobAtAuthority(ledger, { complex_id: 2 }))).toBe('authority.standing')
    expect(rest(ledger, id)).toBe('accepted')
    insert(ledger, 'use_authorisation_event', {
      authorisation_id: id, kind: 'ended', reason: '收回', actor_id: PEOPLE.reviewer, at: NOW,
    })
    expect(rest(ledger, id)).toBe('authority.standing')
  })

  it('within its ceilings, each and together', () => {
    const ledger = sampleLedger()
    const small = addAuthorisation(ledger, { per_job_fen: 179_999 })
    confirmAuthorisation(ledger, small)
    expect(rest(ledger, small)).toBe('authority.ceiling')
    // 3,000.00 in all: one job of 1,800.00, not two.
    const id = addAuthorisation(ledger)
    confirmAuthorisation(ledger, id)
    expect([rest(ledger, id), rest(ledger, id)]).toEqual(['accepted', 'authority.ceiling'])
  })

  it('confirmed by somebody who did not record it, once', () => {
    const ledger = sampleLedger()
    const id = addAuthorisation(ledger)
    expect(refusalOf(ledger, () => confirmAuthorisation(ledger, id, PEOPLE.preparer))).toBe('authority.samePerson')
    confirmAuthorisation(ledger, id)
    expect(refusalOf(ledger, () => confirmAuthorisation(ledger, id))).toBe('authority.path')
  })

  it('recorded only on its own complex’s decision and a carried vote to authorise', () => {
    const ledger = sampleLedger()
    expect(refusalOf(ledger, () => addAuthorisation(ledger, { complex_id: 2 }))).toBe('authority.origin')
    expect(refusalOf(ledger, () => addAuthorisation(ledger, { vote_id: carried(ledger) }))).toBe('authority.origin')
    const vote = carried(ledger, { matter: 'authorise', amount_fen: null })
    expect(refusalOf(ledger, () => addAuthorisation(ledger, { vote_id: vote }))).toBe('accepted')
  })
})

test('an authority is written by the job’s own event and by nothing else', () => {
  const ledger = sampleLedger()
  const job = jobAtAuthority(ledger)
  const [event] = ledger.sqlite.prepare('SELECT id FROM repair_event WHERE repair_id = ? AND seq = 1').pluck().all(job)
  expect(refusalOf(ledger, () => insert(ledger, 'repair_authority', {
    event_id: Number(event), repair_id: job, kind: 'emergency', emergency_item: '外墙脱落', applied_on: '2025-01-05',
  }))).toBe('authority.path')
})

test('ballots are frozen by the count, the electorate by the opening, the result by its certificate', () => {
  const ledger = sampleLedger()
  const vote = carried(ledger)
  const household = Number(ledger.sqlite.prepare('SELECT household_id FROM vote_unit WHERE vote_id = ?').pluck().get(vote))
  const ballot = { vote_id: vote, household_id: household, seq: 2, choice: 'against', recorded_by: PEOPLE.preparer, at: NOW }
  expect(refusalOf(ledger, () => insert(ledger, 'vote_ballot', ballot))).toBe('vote.frozen')
  expect(refusalOf(ledger, () => voteEvent(ledger, vote, 'recounted', 'open', { reason: '再数一遍' }))).toBe('vote.path')
  const other = addVote(ledger)
  expect(refusalOf(ledger, () => insert(ledger, 'vote_unit', {
    vote_id: other, household_id: household, area_dm2: 1, holder: 'x',
  }))).toBe('vote.electorate')
  expect(refusalOf(ledger, () => insert(ledger, 'vote_ballot', { ...ballot, vote_id: other, seq: 1 }))).not.toBe('accepted')
})

describe('a vote by objection', () => {
  const THIRD = { share: { numerator: 1, denominator: 3, strict: true }, falls: 'both', profile: '样例', source: '样例' }
  const whole = { areaDm2: 8950, heads: 1 }
  const nobody = { areaDm2: 0, heads: 0 }
  const opened = (ledger: Ledger, more: Parameters<typeof addVote>[1] = {}) =>
    addVote(ledger, { method: 'objection', return_by: '2025-01-14', rule: JSON.stringify(THIRD), ...more })
  const enter = (ledger: Ledger, vote: number, choice: string) => {
    const household = Number(ledger.sqlite.prepare('SELECT household_id FROM vote_unit WHERE vote_id = ?').pluck().get(vote))
    insert(ledger, 'vote_ballot', {
      vote_id: vote, household_id: household, seq: 1, choice, recorded_by: PEOPLE.preparer, at: NOW,
    })
  }
  const counted = (ledger: Ledger, vote: number, more: object) => {
    const detail = { total: whole, against: nobody, undelivered: nobody, objecting: nobody, passed: true, ...more }
    return refusalOf(ledger, () => voteEvent(ledger, vote, 'counted', 'counted', detail))
  }

  it('is about a use of the fund and has a share to fail by', () => {
    const ledger = sampleLedger()
    expect(refusalOf(ledger, () => opened(ledger, { matter: 'authorise', amount_fen: null }))).toBe('record.check')
    for (const wrong of [{ falls: 'neither' }, { share: null }, { share: { numerator: 4, denominator: 3, strict: true } }]) {
      expect(refusalOf(ledger, () => opened(ledger, { rule: JSON.stringify({ ...THIRD, ...wrong }) }))).toBe('record.check')
    }
    expect(refusalOf(ledger, () => opened(ledger))).toBe('accepted')
  })

  it('takes the silence of whom nothing reached for an objection, not for consent', () => {
    const ledger = sampleLedger()
    const vote = opened(ledger)
    expect(counted(ledger, vote, {})).toBe('vote.count')
    expect(counted(ledger, vote, { undelivered: whole, objecting: whole })).toBe('vote.count')
    expect(counted(ledger, vote, { undelivered: whole, objecting: whole, passed: false })).toBe('accepted')
  })

  it('waits for its last day while somebody may still object, and for nobody when all have spoken', () => {
    const ledger = sampleLedger()
    // The last day itself.
    const later = { return_by: '2025-01-15' }
    const [silent, spoken] = [opened(ledger, later), opened(ledger, later)]
    enter(ledger, silent, 'silent')
    enter(ledger, spoken, 'agree')
    expect([counted(ledger, silent, {}), counted(ledger, spoken, {})]).toEqual(['vote.early', 'accepted'])
  })

  it('is certified on the proof of its delivery, which ballots are not', () => {
    const ledger = sampleLedger()
    const vote = opened(ledger)
    enter(ledger, vote, 'silent')
    expect(counted(ledger, vote, {})).toBe('accepted')
    expect(refusalOf(ledger, () => certify(ledger, vote))).toBe('vote.delivery')
    insert(ledger, 'vote_paper', {
      vote_id: vote, kind: 'delivery', sha256: addPaper(ledger, '送达签收表.pdf'), added_by: PEOPLE.preparer, at: NOW,
    })
    voteEvent(ledger, vote, 'certified', 'certified', {}, PEOPLE.reviewer)
    expect(refusalOf(ledger, () => authorise(ledger, jobAtAuthority(ledger), { kind: 'vote', voteId: vote }))).toBe('accepted')
  })
})

test('no window check passes without its own answer about the use', () => {
  const ledger = sampleLedger()
  const repair = insert(ledger, 'repair', {
    number: 'R9', book_id: MAINTENANCE, complex_id: 1, part: '屋面', title: '屋面渗漏', reported_on: '2025-01-05',
    quoted_fen: 180_000, contractor_id: 1, supervisor_id: 2, recorded_by: PEOPLE.preparer, recorded_at: NOW,
  })
  jobEvent(ledger, repair, 'reported', 'windowCheck', {})
  const check = () => jobEvent(ledger, repair, 'windowChecked', 'engineeringCheck', {
    excludedUses: NO_EXCLUDED_USE,
    builderWarranty: { kind: 'notFound', category: 'other', categoryReason: '', reason: '建成年代久远' },
  })
  expect(refusalOf(ledger, check)).toBe('authority.useAnswer')
  insert(ledger, 'repair_use_answer', { repair_id: repair, item: '', answer: 'explain', explanation: '共用', actor_id: 1, at: NOW })
  expect(refusalOf(ledger, check)).toBe('accepted')
  jobEvent(ledger, repair, 'sentBack', 'windowCheck', { to: 'windowCheck', reason: '部位写错' })
  expect(refusalOf(ledger, check)).toBe('authority.useAnswer')
})

describe('spending of the maintenance fund', () => {
  const bank = { complex_id: 1, bank_account_id: BANK.maintenanceOfFirst }
  const spent = (fen: number, head: Readonly<Record<string, string | number>> = {}): string => {
    const ledger = sampleLedger()
    const repairs = insert(ledger, 'account', {
      book_id: MAINTENANCE, code: '5001', name: '维修支出', class: 'expenditure', is_leaf: 1, is_prescribed: 1,
    })
    return refusalOf(ledger, () => post(ledger, {
      book: MAINTENANCE, head,
      lines: [
        { account: repairs, debit: fen, more: { complex_id: 1 } },
        { account: ACCOUNT.demand, credit: fen, more: bank },
      ],
    }))
  }

  it('needs a repair behind it; money that comes back, an opening and a closing do not', () => {
    expect(spent(100)).toBe('voucher.useWithoutRepair')
    expect(spent(-100)).toBe('accepted')
    expect(spent(100, { purpose: 'opening' })).toBe('accepted')
  })
})

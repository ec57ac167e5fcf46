/** What owners decided binds the job to its end: its day, whose money, how much; an emergency is asked for before it is given. */
import { describe, expect, it, test } from 'vitest'
import type { Ledger } from '#db/ledger.ts'
import {
  addAuthorisation, addVote, applyForEmergency, authorise, castAndCount, certify, confirmAuthorisation, jobAtAuthority, jobEvent,
} from './sample-authority.ts'
import { addHousehold } from './sample-household.ts'
import { addApportionment } from './sample-household-money.ts'
import { moneyOf } from './sample-repair.ts'
import { insert, NOW, PEOPLE, refusalOf, sampleLedger } from './sample-ledger.ts'

const FIRST = { kind: 'buildings', buildingIds: [1] }

function carried(ledger: Ledger, more: Parameters<typeof addVote>[1] = {}): number {
  const vote = addVote(ledger, more)
  castAndCount(ledger, vote)
  certify(ledger, vote)
  return vote
}

/** Two buildings of one complex, a household in each. */
function twoBuildings() {
  const ledger = sampleLedger()
  const building = insert(ledger, 'building', { complex_id: 1, code: '5', name: '5幢' })
  const [inside, outside] = [addHousehold(ledger, { room: '301' }), addHousehold(ledger, { room: '301', building_id: building })]
  const sheet = (job: number, household: number) => refusalOf(ledger, () => ledger.write(() => {
    addApportionment(ledger, household, { complex_id: 1, purpose: 'repair', repair_id: job })
  }))
  return { ledger, building, inside, outside, sheet }
}

/** Of 1,800.00, approved with a tolerance the owners know nothing of, worked on and accepted. */
function accepted(ledger: Ledger, ref: object, job = jobAtAuthority(ledger)): number {
  authorise(ledger, job, ref)
  jobEvent(ledger, job, 'contracted', 'spotDraw', moneyOf('contracted', 180_000))
  jobEvent(ledger, job, 'drawn', 'acceptance', {})
  const on = '2025-01-15'
  jobEvent(ledger, job, 'accepted', 'settlement', { on, startedOn: on, finishedOn: on }, PEOPLE.reviewer)
  const round = Number(ledger.sqlite.prepare('SELECT round FROM repair_round WHERE repair_id = ?').pluck().get(job))
  insert(ledger, 'repair_visa', {
    repair_id: job, seq: 1, round, happened_on: '2025-01-15', work: '基层', quantity: '48 平方米', change_fen: 15_000,
    min_section: 0, min_supervisor: 0, needs_image: 0, recorded_by: PEOPLE.reviewer, at: NOW,
  })
  return job
}
function settled(ledger: Ledger, job: number, amount: number, step = 'publication'): string {
  const seq = Number(ledger.sqlite.prepare('SELECT max(seq) + 1 FROM repair_event WHERE repair_id = ?').pluck().get(job))
  const more = { overrunPercent: 10_000_000, retentionFen: 0, retentionDue: null }
  const detail = JSON.stringify({ ...moneyOf('settled', amount), ...more })
  return refusalOf(ledger, () => insert(ledger, 'repair_event', {
    repair_id: job, seq, kind: 'settled', step, amount_fen: amount, detail, actor_id: PEOPLE.reviewer, at: NOW,
  }))
}

describe('whose money a job takes', () => {
  it('is the circle its authority names: no sheet reaches into another building', () => {
    const { ledger, inside, outside, sheet } = twoBuildings()
    const job = jobAtAuthority(ledger)
    authorise(ledger, job, { kind: 'vote', voteId: carried(ledger) }, { useScope: FIRST })
    expect([sheet(job, outside), sheet(job, inside)]).toEqual(['apportionment.outsideUse', 'accepted'])
  })

  it.each([
    ['entrances', (room: number) => ({ kind: 'entrances', entrances: [{ buildingId: 1, entrance: '' }], room })],
    ['households', (room: number) => ({ kind: 'households', householdIds: [room] })],
  ] as const)('by %s alike', (_kind, scopeOf) => {
    const { ledger, inside, outside, sheet } = twoBuildings()
    const job = jobAtAuthority(ledger)
    authorise(ledger, job, { kind: 'vote', voteId: carried(ledger) }, { useScope: scopeOf(inside) })
    expect([sheet(job, outside), sheet(job, inside)]).toEqual(['apportionment.outsideUse', 'accepted'])
  })

  it('is never more than the circle that decided, whatever the job says', () => {
    const { ledger, outside, sheet } = twoBuildings()
    const [byVote, byAuthorisation] = [jobAtAuthority(ledger), jobAtAuthority(ledger)]
    authorise(ledger, byVote, { kind: 'vote', voteId: carried(ledger, { scope: JSON.stringify(FIRST) }) })
    const authorisationId = addAuthorisation(ledger, { scope: JSON.stringify(FIRST) })
    confirmAuthorisation(ledger, authorisationId)
    authorise(ledger, byAuthorisation, { kind: 'standing', authorisationId })
    expect([sheet(byVote, outside), sheet(byAuthorisation, outside)]).toEqual(Array(2).fill('apportionment.outsideUse'))
  })

  it('is compared with the sheet that was there first, and not with one of before it was sent back', () => {
    const { ledger, outside, inside, sheet } = twoBuildings()
    const job = jobAtAuthority(ledger)
    const rest = (useScope: object) =>
      refusalOf(ledger, () => authorise(ledger, job, { kind: 'vote', voteId: carried(ledger) }, { useScope }))
    expect(sheet(job, outside)).toBe('accepted')
    expect(rest(FIRST)).toBe('apportionment.outsideUse')
    expect(rest({ kind: 'complex' })).toBe('accepted')
    jobEvent(ledger, job, 'sentBack', 'authority', { to: 'authority', reason: '只列支3幢' })
    expect(rest(FIRST)).toBe('apportionment.outsideUse')
    const other = jobAtAuthority(ledger)
    authorise(ledger, other, { kind: 'vote', voteId: carried(ledger) }, { useScope: FIRST })
    jobEvent(ledger, other, 'sentBack', 'authority', { to: 'authority', reason: '重新表决' })
    expect(refusalOf(ledger, () => authorise(ledger, other, { kind: 'vote', voteId: carried(ledger) }))).toBe('accepted')
    expect(inside).not.toBe(outside)
  })
})

describe('the day of an authority', () => {
  const on = (day: string, more: Parameters<typeof jobAtAuthority>[1] = {}) => {
    const ledger = sampleLedger()
    const job = jobAtAuthority(ledger, more)
    return refusalOf(ledger, () => authorise(ledger, job, { kind: 'vote', voteId: carried(ledger) }, { on: day }))
  }

  // The check was written on 2025-01-15, which is today.
  it('is no earlier than report and check, and not tomorrow', () => {
    expect(on('2025-01-15')).toBe('accepted')
    expect([on('2025-01-14'), on('2025-01-16'), on('')]).toEqual(Array(3).fill('authority.date'))
    expect(on('2025-01-15', { reported_on: '2025-01-16' })).toBe('authority.date')
  })

  it('lies in the term of the authorisation, and so does the day it is written', () => {
    const rest = (more: Parameters<typeof addAuthorisation>[1]) => {
      const ledger = sampleLedger()
      const job = jobAtAuthority(ledger)
      const authorisationId = addAuthorisation(ledger, more)
      confirmAuthorisation(ledger, authorisationId)
      return refusalOf(ledger, () => authorise(ledger, job, { kind: 'standing', authorisationId }))
    }
    expect([rest({ to_date: '2025-01-14' }), rest({ from_date: '2025-01-16' })]).toEqual(['authority.term', 'authority.term'])
    expect([rest({ to_date: '2025-01-15' }), rest({ from_date: '2025-01-15' })]).toEqual(['accepted', 'accepted'])
  })

  it('and its circle are said', () => {
    const ledger = sampleLedger()
    const job = jobAtAuthority(ledger)
    const ref = { kind: 'vote', voteId: carried(ledger) }
    expect(refusalOf(ledger, () => authorise(ledger, job, ref, { useScope: null }))).toBe('authority.date')
  })
})

describe('an emergency', () => {
  const ref = { kind: 'emergency' }

  it('is granted only once it was asked for, and is what was asked for last', () => {
    const ledger = sampleLedger()
    const job = jobAtAuthority(ledger)
    const grant = () => refusalOf(ledger, () => authorise(ledger, job, ref))
    expect(grant()).toBe('authority.application')
    applyForEmergency(ledger, job, 'authority', { item: '外墙脱落' })
    applyForEmergency(ledger, job, 'authority')
    expect(grant()).toBe('accepted')
    const granted = ledger.sqlite.prepare('SELECT emergency_item, applied_on FROM repair_authority').raw().all()
    expect(granted).toEqual([['屋面渗漏', '2025-01-05']])
  })

  it('is asked for with danger and paper, since the report, before the authority, and moves the job nowhere', () => {
    const ledger = sampleLedger()
    const job = jobAtAuthority(ledger)
    const ask = (more: object, step = 'authority') => refusalOf(ledger, () => applyForEmergency(ledger, job, step, more))
    const wrong = [
      { item: ' ' }, { report: '' }, { files: [] }, { files: ['0'.repeat(64)] }, { appliedOn: '2025-01-04' },
      { appliedOn: '2025-01-16' }, { appliedOn: null },
    ]
    expect(wrong.map((more) => ask(more))).toEqual(wrong.map(() => 'authority.application'))
    expect(ask({}, 'contract')).toBe('repair.path')
    expect(ask({})).toBe('accepted')
    authorise(ledger, job, ref)
    expect(ask({ files: [] }, 'contract')).toBe('repair.path')
  })
})

test('what an emergency cost is put up whatever the amount; a job the owners decided is let off below the leave', () => {
  const ledger = sampleLedger()
  const rules = { authority: null, contract: null, publication: { belowFen: 500_000, source: '样例办法' }, noFollowUp: null }
  const job = () => {
    const id = jobAtAuthority(ledger)
    jobEvent(ledger, id, 'sentBack', 'engineeringCheck', { to: 'engineeringCheck', reason: '重核' })
    const checked = { approvedFen: 180_000, thresholdFen: 200_000, rules }
    jobEvent(ledger, id, 'engineeringChecked', 'authority', checked, PEOPLE.reviewer)
    return id
  }
  const [voted, urgent] = [job(), job()]
  applyForEmergency(ledger, urgent, 'authority')
  accepted(ledger, { kind: 'vote', voteId: carried(ledger) }, voted)
  accepted(ledger, { kind: 'emergency' }, urgent)
  expect([settled(ledger, voted, 180_000, 'publication'), settled(ledger, voted, 180_000, 'payment')])
    .toEqual(['repair.gate', 'accepted'])
  expect([settled(ledger, urgent, 180_000, 'payment'), settled(ledger, urgent, 180_000, 'publication')])
    .toEqual(['repair.gate', 'accepted'])
})

test('one vote to authorise is given away once; a slip that no job rests on may be recorded again', () => {
  const ledger = sampleLedger()
  const vote = carried(ledger, { matter: 'authorise', amount_fen: null })
  const record = () => refusalOf(ledger, () => addAuthorisation(ledger, { vote_id: vote }))
  const end = (id: number) => insert(ledger, 'use_authorisation_event', {
    authorisation_id: id, kind: 'ended', reason: '登错了', actor_id: PEOPLE.reviewer, at: NOW,
  })
  const latest = () => Number(ledger.sqlite.prepare('SELECT max(id) FROM use_authorisation').pluck().get())
  expect([record(), record()]).toEqual(['accepted', 'authority.twice'])
  end(latest())
  expect(record()).toBe('accepted')
  confirmAuthorisation(ledger, latest())
  authorise(ledger, jobAtAuthority(ledger), { kind: 'standing', authorisationId: latest() })
  end(latest())
  expect(record()).toBe('authority.twice')
})

describe('the amount owners agreed to', () => {
  it('binds the settlement, all jobs of the vote together; a job given up gives its part back', () => {
    const ledger = sampleLedger()
    const ref = { kind: 'vote', voteId: carried(ledger, { amount_fen: 360_000 }) }
    const [first, second] = [accepted(ledger, ref), jobAtAuthority(ledger)]
    authorise(ledger, second, ref)
    expect(settled(ledger, first, 180_001)).toBe('authority.ceiling')
    jobEvent(ledger, second, 'cancelled', 'cancelled', { reason: '不修了' })
    expect(settled(ledger, first, 195_000)).toBe('accepted')
  })

  it('binds by the job and by the total where it is an authorisation', () => {
    const ledger = sampleLedger()
    const authorisationId = addAuthorisation(ledger, { per_job_fen: 190_000, total_fen: 365_000 })
    confirmAuthorisation(ledger, authorisationId)
    const [first, second] = [1, 2].map(() => accepted(ledger, { kind: 'standing', authorisationId }))
    if (first === undefined || second === undefined) throw new Error('two jobs')
    expect(settled(ledger, first, 190_001)).toBe('authority.ceiling')
    expect([settled(ledger, first, 185_001), settled(ledger, first, 185_000)]).toEqual(['authority.ceiling', 'accepted'])
    expect(settled(ledger, second, 180_001)).toBe('authority.ceiling')
  })
})

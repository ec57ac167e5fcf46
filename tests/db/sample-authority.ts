/** Rows of votes, authorisations and what jobs rest on, each through the events that make them. */
import { NO_EXCLUDED_USE } from '#core/repair/repair-place.ts'
import type { Ledger } from '#db/ledger.ts'
import { addHousehold } from './sample-household.ts'
import { siteDetail } from './sample-review.ts'
import { addDecision, addPaper, insert, MAINTENANCE, NOW, PEOPLE, type Row } from './sample-ledger.ts'

const HALF = { numerator: 1, denominator: 2, strict: true }
const TWO_THIRDS = { numerator: 2, denominator: 3, strict: false }
const RULE = { quorumArea: TWO_THIRDS, quorumHeads: TWO_THIRDS, agreeing: HALF, silenceJoins: false, profile: '样例', source: '样例' }

/** One unit, opened; gives the vote's number. */
export function addVote(ledger: Ledger, more: Row = {}): number {
  const count = Number(ledger.sqlite.prepare('SELECT count(*) FROM vote').pluck().get())
  const vote = insert(ledger, 'vote', {
    number: `BJ2025-${count + 1}`, complex_id: 1, title: '屋面翻修', matter: 'use', method: 'ballot', scope: '{"kind":"complex"}',
    amount_fen: 500_000, parts: 'matter' in more ? '[]' : '["屋面"]', register_on: '2025-01-05',
    return_by: '2025-01-20', rule: JSON.stringify(RULE),
    recorded_by: PEOPLE.preparer, at: NOW, ...more,
  })
  const household = addHousehold(ledger, { room: `V${vote}` })
  insert(ledger, 'vote_unit', { vote_id: vote, household_id: household, area_dm2: 8950, holder: 'unit' })
  voteEvent(ledger, vote, 'opened', 'open', {})
  return vote
}

export function voteEvent(
  ledger: Ledger, vote: number, kind: string, state: string, detail: object, actor: number = PEOPLE.preparer,
): number {
  const seq = Number(ledger.sqlite.prepare('SELECT count(*) + 1 FROM vote_event WHERE vote_id = ?').pluck().get(vote))
  return insert(ledger, 'vote_event', {
    vote_id: vote, seq, kind, state, detail: JSON.stringify(detail), actor_id: actor, at: NOW,
  })
}

/** The one ballot entered and counted: carried when it agrees. */
export function castAndCount(ledger: Ledger, vote: number, choice: 'agree' | 'against' = 'agree'): void {
  const household = Number(ledger.sqlite.prepare('SELECT household_id FROM vote_unit WHERE vote_id = ?').pluck().get(vote))
  insert(ledger, 'vote_ballot', {
    vote_id: vote, household_id: household, seq: 1, choice, recorded_by: PEOPLE.preparer, at: NOW,
  })
  const whole = { areaDm2: 8950, heads: 1 }
  const agreeing = choice === 'agree' ? whole : { areaDm2: 0, heads: 0 }
  voteEvent(ledger, vote, 'counted', 'counted',
    { total: whole, participating: whole, agreeing, silentAs: null, passed: choice === 'agree' })
}

export function certify(ledger: Ledger, vote: number): void {
  insert(ledger, 'vote_paper', {
    vote_id: vote, kind: 'ballots', sha256: addPaper(ledger, `表决票${vote}.pdf`), added_by: PEOPLE.preparer, at: NOW,
  })
  voteEvent(ledger, vote, 'certified', 'certified', {}, PEOPLE.reviewer)
}

export function addAuthorisation(ledger: Ledger, more: Row = {}): number {
  const count = Number(ledger.sqlite.prepare('SELECT count(*) FROM use_authorisation').pluck().get())
  return insert(ledger, 'use_authorisation', {
    number: `SQ2025-${count + 1}`, complex_id: 1, title: '日常维修',
    decision_id: addDecision(ledger, 1, `授权决定${count + 1}`), parts: '["屋面"]',
    scope: '{"kind":"complex"}', from_date: '2025-01-01', to_date: '2027-12-31', per_job_fen: 200_000, total_fen: 300_000,
    recorded_by: PEOPLE.preparer, at: NOW, ...more,
  })
}

export function confirmAuthorisation(ledger: Ledger, id: number, actor: number = PEOPLE.reviewer): void {
  insert(ledger, 'use_authorisation_event', { authorisation_id: id, kind: 'confirmed', actor_id: actor, at: NOW })
}

/** A job of 1,800.00 whose profile leaves no step out: it waits for its authority. */
export function jobAtAuthority(ledger: Ledger, more: Row = {}): number {
  const count = Number(ledger.sqlite.prepare('SELECT count(*) FROM repair').pluck().get())
  const repair = insert(ledger, 'repair', {
    number: `RA${count + 1}`, book_id: MAINTENANCE, complex_id: 1, part: '屋面', title: '屋面渗漏', reported_on: '2025-01-05',
    quoted_fen: 180_000, contractor_id: 1, supervisor_id: 2, recorded_by: PEOPLE.preparer, recorded_at: NOW, ...more,
  })
  jobEvent(ledger, repair, 'reported', 'windowCheck', {})
  insert(ledger, 'repair_use_answer', {
    repair_id: repair, item: 'structure', answer: 'allowed', actor_id: PEOPLE.preparer, at: NOW,
  })
  jobEvent(ledger, repair, 'windowChecked', 'engineeringCheck', {
    excludedUses: NO_EXCLUDED_USE,
    builderWarranty: { kind: 'notFound', category: 'other', categoryReason: '', reason: '建成年代久远' },
  })
  const rules = { authority: null, contract: null, publication: null, noFollowUp: null }
  jobEvent(ledger, repair, 'engineeringChecked', 'authority', { thresholdFen: 200_000, rules }, PEOPLE.reviewer)
  return repair
}

export function jobEvent(
  ledger: Ledger, repair: number, kind: string, step: string, detail: object, actor: number = PEOPLE.preparer,
): number {
  const seq = Number(ledger.sqlite.prepare('SELECT count(*) + 1 FROM repair_event WHERE repair_id = ?').pluck().get(repair))
  return insert(ledger, 'repair_event', {
    repair_id: repair, seq, kind, step, amount_fen: 180_000, actor_id: actor, at: NOW,
    detail: JSON.stringify({ ...detail, ...siteDetail(ledger, repair, kind, step) }),
  })
}

/** What an authority says beside what it rests on: its day and whose money it takes. */
export const USE = { on: NOW.slice(0, 10), useScope: { kind: 'complex' } }

export function authorise(ledger: Ledger, repair: number, ref: object, more: object = {}): void {
  jobEvent(ledger, repair, 'authorised', 'contract', { ref, ...USE, ...more })
}

export function applyForEmergency(ledger: Ledger, repair: number, step: string, more: object = {}): void {
  const papers = Number(ledger.sqlite.prepare('SELECT count(*) FROM attachment').pluck().get())
  jobEvent(ledger, repair, 'emergencyApplied', step, {
    item: '屋面渗漏', applicant: 'committee', appliedOn: '2025-01-05', report: '顶层进水',
    files: [addPaper(ledger, `应急使用申请${papers}.pdf`)], ...more,
  })
}

/** A vote carried and certified, an authorisation confirmed and ended, and a job that rests on the vote. */
export function addAuthority(ledger: Ledger): void {
  const vote = addVote(ledger)
  castAndCount(ledger, vote)
  certify(ledger, vote)
  const authorisation = addAuthorisation(ledger)
  confirmAuthorisation(ledger, authorisation)
  insert(ledger, 'use_authorisation_event', {
    authorisation_id: authorisation, kind: 'ended', reason: '业主收回', actor_id: PEOPLE.reviewer, at: NOW,
  })
  authorise(ledger, jobAtAuthority(ledger), { kind: 'vote', voteId: vote })
}

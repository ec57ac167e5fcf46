/**
 * Standing authorisations (一次授权): one decision of the owners that lets the office have small jobs of named parts done for a term,
 * up to a sum each and together. Recorded from the paper by one person, confirmed against it by another, used job by job.
 */
import { z } from 'zod'
import type { BusinessDate } from '#core/calendar.ts'
import { idOf, type ComplexId, type RepairId, type UseAuthorisationId, type VoteId } from '#core/id.ts'
import { addFen, negateFen, subtractFen, ZERO_FEN, type Fen } from '#core/money.ts'
import { Problem } from '#core/problem.ts'
import { REPAIR_PARTS } from '#core/repair/repair-place.ts'
import { termsProblems, type AuthorisationTerms } from '#core/authority/use-authority.ts'
import type { UseScope } from '#core/authority/use-scope.ts'
import type { Ledger } from '#db/ledger.ts'
import { requireRole, type ServiceContext } from '../context.ts'
import { recordDecision } from '../decision.ts'
import { scopeSchema } from '../household/apportionment-household.ts'
import { logOperation } from '../operation-log.ts'
import { policyFor } from '../policy/policy.ts'
import { complexOf } from '../register/complex.ts'
import { trialBalance } from '../voucher/balance.ts'
import { bookOfFund } from '../voucher/book.ts'
import { decisionCovers, scopeText } from './use-scope.ts'
import { voteHead } from './vote-record.ts'

export type AuthorisationFacts = AuthorisationTerms & {
  readonly complexId: ComplexId
  readonly title: string
  readonly scope: UseScope
  /** The vote in this ledger; null where the owners decided elsewhere. */
  readonly voteId: VoteId | null
  /** Of the decision paper: its own number, its day, the file. */
  readonly decision: { readonly number: string; readonly decidedOn: BusinessDate; readonly sha256: string }
}

function refuseForeignVote(ledger: Ledger, facts: AuthorisationFacts): void {
  if (facts.voteId === null) return
  const vote = voteHead(ledger, facts.voteId)
  const refuse = (message: string): never => {
    throw new Problem({ code: 'authority.origin', message, field: 'voteId' })
  }
  if (vote.complexId !== facts.complexId || vote.matter !== 'authorise') refuse(`${vote.number} 不是本小区一次授权的表决`)
  if (vote.passed !== true) refuse(`${vote.number} 还没有确认通过，不能据此授权`)
  if (!decisionCovers(ledger, facts.complexId, vote.scope, facts.scope)) refuse(`${vote.number} 只在${vote.scopeText}中表决，授权范围不能更大`)
  const earlier = authorisedByVote(ledger, facts.voteId)
  if (earlier === null) return
  const message = `${vote.number} 已登记为授权 ${earlier}，一次表决只登记一份：登错的先终止，已有维修依据它办理的不能另登`
  throw new Problem({ code: 'authority.twice', message, field: 'voteId' })
}

/**
 * The number of the authorisation that has given away what the owners voted; null: none has. An ended one that no job rests on
 * was a slip.
 */
export function authorisedByVote(ledger: Ledger, voteId: VoteId): string | null {
  return ledger
    .prepare<[number], { number: string }>(
      `SELECT a.number FROM use_authorisation a WHERE a.vote_id = ? AND (
         NOT EXISTS (SELECT 1 FROM use_authorisation_event WHERE authorisation_id = a.id AND kind = 'ended')
         OR EXISTS (SELECT 1 FROM repair_authority WHERE authorisation_id = a.id)) LIMIT 1`,
    )
    .get(voteId)?.number ?? null
}

/** What the complex's authorisations that run, or are recorded to run, give away together. */
export function authorisedTogether(ledger: Ledger, complexId: ComplexId, today: BusinessDate): Fen {
  return ledger
    .prepare<[number, string], { fen: Fen }>(
      `SELECT coalesce(sum(a.total_fen), 0) AS fen FROM use_authorisation a WHERE a.complex_id = ? AND a.to_date >= ?
         AND NOT EXISTS (SELECT 1 FROM use_authorisation_event WHERE authorisation_id = a.id AND kind = 'ended')`,
    )
    .get(complexId, today)?.fen ?? ZERO_FEN
}

/** What the fund of the complex stands at: all that is not asset or liability, of the open months too. */
function fundBalance(ledger: Ledger, complexId: ComplexId, to: BusinessDate): Fen {
  const { rows } = trialBalance(ledger, { bookId: bookOfFund(ledger, 'maintenance').id, complexId, to })
  const own = rows.filter((row) => row.class !== 'asset' && row.class !== 'liability')
  return negateFen(addFen(...own.map(({ closingFen }) => closingFen)))
}

function refuseBadTerms(context: ServiceContext, facts: AuthorisationFacts): void {
  const { ledger, clock } = context
  if (facts.title.trim() === '') throw new Problem({ code: 'authority.terms', message: '请写明授权的事项', field: 'title' })
  const strange = facts.parts.find((part) => !REPAIR_PARTS.some((known) => known === part))
  if (strange !== undefined) throw new Problem({ code: 'authority.terms', message: `没有“${strange}”这个部位`, field: 'parts' })
  const policy = policyFor(ledger, complexOf(ledger, facts.complexId).profileCode, facts.decision.decidedOn)
  const percent = policy.value('authorisation.fundPercent')
  const [wrong] = termsProblems(facts, {
    longestYears: policy.value('authorisation.longestYears'),
    jobBelow: policy.value('authorisation.jobBelow'),
    fund: percent === null ? null : {
      percent, balanceFen: fundBalance(ledger, facts.complexId, clock.today()),
      othersFen: authorisedTogether(ledger, facts.complexId, clock.today()),
    },
  })
  if (wrong !== undefined) throw new Problem(wrong)
}

/** `SQ2025-00001`: one row a year over the office. */
function nextNumber(ledger: Ledger, date: BusinessDate): string {
  const prefix = `SQ${date.slice(0, 4)}-`
  const last = ledger
    .prepare<[string, string], { number: string | null }>(
      'SELECT max(number) AS number FROM use_authorisation WHERE number >= ? AND number < ?',
    )
    .get(prefix, `${prefix}:`)?.number
  return `${prefix}${String(Number(last?.slice(prefix.length) ?? '0') + 1).padStart(5, '0')}`
}

/** Throws `authority.terms`, `authority.origin`, `authority.twice`, and what `recordDecision` throws. */
export function recordAuthorisation(context: ServiceContext, facts: AuthorisationFacts): UseAuthorisationId {
  requireRole(context, 'preparer', 'head')
  const { ledger, clock, actor } = context
  return ledger.write(() => {
    refuseForeignVote(ledger, facts)
    refuseBadTerms(context, facts)
    const title = facts.title.trim()
    const decisionId = recordDecision(context, { ...facts.decision, complexId: facts.complexId, kind: 'authorisation', title })
    const number = nextNumber(ledger, facts.decision.decidedOn)
    const { lastInsertRowid } = ledger
      .prepare<unknown[], never>(
        `INSERT INTO use_authorisation (number, complex_id, title, decision_id, vote_id, parts, scope, from_date, to_date,
           per_job_fen, total_fen, recorded_by, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(number, facts.complexId, title, decisionId, facts.voteId, JSON.stringify(facts.parts), JSON.stringify(facts.scope),
        facts.from, facts.to, facts.perJobFen, facts.totalFen, actor.userId, clock.now())
    const id = idOf<'useAuthorisation'>(lastInsertRowid)
    const { parts, scope, from, to, perJobFen, totalFen } = facts
    logOperation(context, 'authorisation.record', { kind: 'useAuthorisation', id },
      { number, title, decisionId, parts, scope, from, to, perJobFen, totalFen })
    return id
  })
}

function writeEvent(context: ServiceContext, id: UseAuthorisationId, kind: 'confirmed' | 'ended', reason: string): void {
  const { ledger, clock, actor } = context
  ledger
    .prepare<unknown[], never>('INSERT INTO use_authorisation_event VALUES (?, ?, ?, ?, ?)')
    .run(id, kind, reason, actor.userId, clock.now())
  logOperation(context, `authorisation.${kind}`, { kind: 'useAuthorisation', id }, { reason })
}

/** Against the decision paper. Throws `authority.samePerson`, `authority.path`, `authority.missing`. */
export function confirmAuthorisation(context: ServiceContext, id: UseAuthorisationId): void {
  requireRole(context, 'reviewer', 'head')
  context.ledger.write(() => {
    authorisationOf(context.ledger, id)
    writeEvent(context, id, 'confirmed', '')
  })
}

/** Before its term: jobs that rest on it already go on, no new one does. Throws `authority.reason`, `authority.path`. */
export function endAuthorisation(context: ServiceContext, id: UseAuthorisationId, reason: string): void {
  requireRole(context, 'preparer', 'reviewer', 'head')
  if (reason.trim() === '') throw new Problem({ code: 'authority.reason', message: '请写明终止授权的原因', field: 'reason' })
  context.ledger.write(() => {
    authorisationOf(context.ledger, id)
    writeEvent(context, id, 'ended', reason.trim())
  })
}

export type AuthorisationState = 'recorded' | 'confirmed' | 'ended'

export type Authorisation = AuthorisationTerms & {
  readonly id: UseAuthorisationId
  readonly number: string
  readonly complexId: ComplexId
  readonly complexName: string
  readonly title: string
  readonly scope: UseScope
  readonly scopeText: string
  readonly decisionNumber: string
  readonly decidedOn: BusinessDate
  readonly sha256: string
  readonly fileName: string
  readonly voteNumber: string | null
  readonly state: AuthorisationState
  readonly recordedBy: string
  readonly confirmedBy: string | null
  readonly endReason: string
  /** Open and paid jobs together; what is left under the total. */
  readonly usedFen: Fen
  readonly leftFen: Fen
  readonly jobs: number
}

type Row = Omit<Authorisation, 'parts' | 'scope' | 'scopeText' | 'leftFen'> & { readonly parts: string; readonly scope: string }

/** Jobs whose latest authority this is; what was refused or cancelled gives its part back. */
const JOBS_OF = `repair_standing s WHERE s.step NOT IN ('refused', 'cancelled') AND s.repair_id IN (
  SELECT x.repair_id FROM repair_authority x WHERE x.authorisation_id = a.id
    AND x.event_id = (SELECT max(event_id) FROM repair_authority WHERE repair_id = x.repair_id))`

const AUTHORISATION = `SELECT a.id, a.number, a.complex_id AS complexId, c.name AS complexName, a.title, a.parts, a.scope,
    a.from_date AS "from", a.to_date AS "to", a.per_job_fen AS perJobFen, a.total_fen AS totalFen, d.number AS decisionNumber,
    d.decided_on AS decidedOn, d.sha256, f.name AS fileName, v.number AS voteNumber, u.name AS recordedBy,
    w.name AS confirmedBy, coalesce(e.reason, '') AS endReason,
    CASE WHEN e.kind IS NOT NULL THEN 'ended' WHEN k.kind IS NOT NULL THEN 'confirmed' ELSE 'recorded' END AS state,
    (SELECT coalesce(sum(s.amount_fen), 0) FROM ${JOBS_OF}) AS usedFen, (SELECT count(*) FROM ${JOBS_OF}) AS jobs
  FROM use_authorisation a JOIN complex c ON c.id = a.complex_id JOIN decision d ON d.id = a.decision_id
    JOIN attachment f ON f.sha256 = d.sha256 JOIN user u ON u.id = a.recorded_by LEFT JOIN vote v ON v.id = a.vote_id
    LEFT JOIN use_authorisation_event k ON k.authorisation_id = a.id AND k.kind = 'confirmed'
    LEFT JOIN user w ON w.id = k.actor_id
    LEFT JOIN use_authorisation_event e ON e.authorisation_id = a.id AND e.kind = 'ended'`

function authorisation(ledger: Ledger, { parts, scope, ...row }: Row): Authorisation {
  const whom = scopeSchema.parse(JSON.parse(scope))
  return {
    ...row, parts: z.array(z.string()).parse(JSON.parse(parts)), scope: whom, scopeText: scopeText(ledger, row.complexId, whom),
    leftFen: subtractFen(row.totalFen, row.usedFen),
  }
}

/** Throws `authority.missing`. */
export function authorisationOf(ledger: Ledger, id: UseAuthorisationId): Authorisation {
  const row = ledger.prepare<[number], Row>(`${AUTHORISATION} WHERE a.id = ?`).get(id)
  if (row === undefined) throw new Problem({ code: 'authority.missing', message: '没有这份授权' })
  return authorisation(ledger, row)
}

/** What other jobs stand at under it. */
export function authorisationUsed(ledger: Ledger, id: UseAuthorisationId, except: RepairId | null): Fen {
  return ledger
    .prepare<[Record<string, unknown>], { fen: Fen }>(
      `SELECT coalesce(sum(s.amount_fen), 0) AS fen FROM use_authorisation a CROSS JOIN ${JOBS_OF}
         AND s.repair_id IS NOT :except AND a.id = :id`,
    )
    .get({ id, except })?.fen ?? ZERO_FEN
}

export type AuthorisationFilter = {
  readonly complexId: ComplexId | null
  /** Terms that end on this day or later; the running ones when it is today. */
  readonly endingFrom: BusinessDate
  readonly after?: { readonly to: BusinessDate; readonly id: UseAuthorisationId }
  readonly limit: number
}

export const AUTHORISATIONS = (byComplex: boolean): string => `${AUTHORISATION}
  WHERE ${byComplex ? 'a.complex_id = :complexId AND' : ''} (a.to_date, a.id) > (:to, :id) ORDER BY a.to_date, a.id LIMIT :limit`

/** Whatever runs out first comes first. */
export function listAuthorisations(ledger: Ledger, filter: AuthorisationFilter): readonly Authorisation[] {
  const { complexId, endingFrom, after, limit } = filter
  return ledger
    .prepare<[Record<string, unknown>], Row>(AUTHORISATIONS(complexId !== null))
    .all({ limit, to: after?.to ?? endingFrom, id: after?.id ?? 0, ...(complexId !== null && { complexId }) })
    .map((row) => authorisation(ledger, row))
}

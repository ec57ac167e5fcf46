/** The register of findings as people read it: filtered page by page, counted, and what was said about one job. */
import type { BusinessDate } from '#core/calendar.ts'
import type { FindingLevel, FindingSubject } from '#core/checks/finding.ts'
import type { CheckRuleId } from '#core/checks/rules.ts'
import { FINDING_STATES, type FindingState } from '#core/checks/standing.ts'
import type { ComplexId, FindingId, RepairId } from '#core/id.ts'
import type { Ledger } from '#db/ledger.ts'
import { FINDING_COLUMNS, findingFrom, saidJoins, type FindingRow, type StoredFinding } from './finding.ts'

export type FindingFilter = {
  /** Absent: open and answered, what still has to be done. */
  readonly state?: FindingState | 'all' | undefined
  readonly level?: FindingLevel | undefined
  readonly rule?: CheckRuleId | undefined
  readonly complexId: ComplexId | null
  /** Only findings that name this record. */
  readonly subject?: { readonly kind: FindingSubject; readonly id: number }
  /** Those that stood on any day of the period: found by its end, and not closed out or cleared before it began. */
  readonly from?: BusinessDate | null | undefined
  readonly to?: BusinessDate | null | undefined
  /** Keyset: findings with a smaller number. */
  readonly before?: FindingId | undefined
  readonly limit: number
}

type Path = 'subject' | 'complex' | 'state'

const FROM: Readonly<Record<Path, string>> = {
  subject: `finding_subject j CROSS JOIN finding_standing s ON s.finding_id = j.finding_id`,
  complex: 'finding_standing s INDEXED BY finding_standing_by_complex',
  state: 'finding_standing s INDEXED BY finding_standing_by_state',
}
const WHERE: Readonly<Record<Path, string>> = {
  subject: 'j.kind = :kind AND j.subject_id = :subjectId AND (:complexId IS NULL OR s.complex_id = :complexId) AND',
  complex: 's.complex_id = :complexId AND',
  state: '',
}

function page(path: Path): string {
  return `
    SELECT ${FINDING_COLUMNS} FROM ${FROM[path]} JOIN finding f ON f.id = s.finding_id ${saidJoins('')}
    WHERE ${WHERE[path]} s.state IN (SELECT value FROM json_each(:states))
      AND s.level IN (SELECT value FROM json_each(:levels)) AND (:rule IS NULL OR s.rule = :rule)
      AND (:from IS NULL OR s.state IN ('open', 'answered') OR date(s.since, '+8 hours') >= :from)
      AND (:to IS NULL
        OR (SELECT date(at, '+8 hours') FROM finding_event WHERE finding_id = s.finding_id AND seq = 1) <= :to)
      AND s.finding_id < :before
    ORDER BY s.finding_id DESC LIMIT :limit`
}

const WAITING: readonly FindingState[] = ['open', 'answered']
const LEVELS: readonly FindingLevel[] = ['block', 'warn', 'hint']

function statesOf(state: FindingFilter['state']): readonly FindingState[] {
  if (state === undefined) return WAITING
  return state === 'all' ? FINDING_STATES : [state]
}

/** The newest first. */
export function listFindings(ledger: Ledger, filter: FindingFilter): readonly StoredFinding[] {
  const { state, level, complexId, subject, before, limit } = filter
  const path = subject !== undefined ? 'subject' : complexId !== null ? 'complex' : 'state'
  return ledger
    .prepare<[Record<string, unknown>], FindingRow>(page(path))
    .all({
      states: JSON.stringify(statesOf(state)),
      levels: JSON.stringify(level === undefined ? LEVELS : [level]),
      rule: filter.rule ?? null,
      from: filter.from ?? null,
      to: filter.to ?? null,
      before: before ?? Number.MAX_SAFE_INTEGER,
      limit,
      ...(path !== 'state' && { complexId }),
      ...(subject !== undefined && { kind: subject.kind, subjectId: subject.id }),
    })
    .map(findingFrom)
}

export type FindingCount = { readonly state: FindingState; readonly level: FindingLevel; readonly count: number }

/** How many stand where, by state and level. */
export function countFindings(ledger: Ledger, complexId: ComplexId | null): readonly FindingCount[] {
  return ledger
    .prepare<[Record<string, unknown>], FindingCount>(
      `SELECT state, level, count(*) AS count
       FROM finding_standing INDEXED BY ${complexId === null ? 'finding_standing_by_state' : 'finding_standing_by_complex'}
       WHERE state IN ('open', 'answered', 'closed', 'cleared') ${complexId === null ? '' : 'AND complex_id = :complexId'}
       GROUP BY state, level`,
    )
    .all(complexId === null ? {} : { complexId })
}

export type AnsweredFinding = {
  readonly rule: CheckRuleId
  readonly message: string
  readonly answer: string
  readonly answeredBy: string
  /** '' and null where nobody has closed it out. */
  readonly closing: string
  readonly closedBy: string | null
}

/** What was asked about a job and answered by the end of `day`, in order of finding: its papers say who answered for what. */
export function answeredAbout(ledger: Ledger, repairId: RepairId, day: BusinessDate): readonly AnsweredFinding[] {
  const latest = (kind: string) => `(SELECT max(seq) FROM finding_event
    WHERE finding_id = j.finding_id AND kind = '${kind}' AND date(at, '+8 hours') <= :day)`
  return ledger
    .prepare<[Record<string, unknown>], AnsweredFinding>(
      `SELECT f.rule, m.message, a.text AS answer, u.name AS answeredBy, coalesce(x.text, '') AS closing, w.name AS closedBy
       FROM finding_subject j CROSS JOIN finding f ON f.id = j.finding_id AND f.level <> 'hint'
         JOIN finding_event a ON a.finding_id = f.id AND a.seq = ${latest('answered')} JOIN user u ON u.id = a.actor_id
         JOIN finding_event m ON m.finding_id = f.id AND m.seq = (SELECT max(seq) FROM finding_event
           WHERE finding_id = f.id AND message IS NOT NULL AND seq < a.seq)
         LEFT JOIN finding_event x ON x.finding_id = f.id AND x.seq = ${latest('closed')} AND x.seq > a.seq
         LEFT JOIN user w ON w.id = x.actor_id
       WHERE j.kind = 'repair' AND j.subject_id = :repairId ORDER BY f.id`,
    )
    .all({ repairId, day })
}

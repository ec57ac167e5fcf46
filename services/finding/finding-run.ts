/** Self-checks over a period (审计自查) as they are kept: what was looked at, what came out, and its paper as it stood then. */
import { z } from 'zod'
import type { BusinessDate } from '#core/calendar.ts'
import { CHECK_RULE_IDS, isCheckRuleId } from '#core/checks/rules.ts'
import { idOf, type ComplexId, type FindingId, type FindingRunId } from '#core/id.ts'
import { Problem } from '#core/problem.ts'
import type { Ledger } from '#db/ledger.ts'
import { requireRole, type ServiceContext } from '../context.ts'
import { logOperation } from '../operation-log.ts'
import { FINDING_COLUMNS, findingFrom, saidJoins, type FindingRow, type StoredFinding } from './finding.ts'
import { clearFindings, recordFindings, type Recorded } from './finding-register.ts'
import type { CheckScope, SkippedRule } from './finding-scope.ts'
import type { SelfCheck } from './self-check.ts'

export type CheckOutcome = {
  readonly runId: FindingRunId
  /** In the register, in the order of the rules. */
  readonly ids: readonly FindingId[]
  readonly found: number
  readonly fresh: number
  readonly cleared: number
  readonly skipped: readonly SkippedRule[]
}

type Counted = Omit<CheckOutcome, 'runId' | 'ids'>

function storeRun({ ledger, actor, clock }: ServiceContext, { from, to, complexId }: CheckScope, counted: Counted): FindingRunId {
  const { found, fresh, cleared, skipped } = counted
  const { lastInsertRowid } = ledger
    .prepare<unknown[], never>(
      `INSERT INTO finding_run (from_date, to_date, complex_id, found, fresh, cleared, skipped, actor_id, at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(from, to, complexId, found, fresh, cleared, JSON.stringify(skipped), actor.userId, clock.now())
  return idOf<'findingRun'>(lastInsertRowid)
}

function storeLines(ledger: Ledger, runId: FindingRunId, recorded: readonly Recorded[]): void {
  const insert = ledger.prepare<unknown[], never>(
    `INSERT INTO finding_run_line (run_id, line_no, finding_id, seq)
     SELECT ?, ?, finding_id, max(seq) FROM finding_event WHERE finding_id = ?`,
  )
  for (const [index, { id }] of recorded.entries()) insert.run(runId, index + 1, id)
}

/**
 * Records one self-check in one transaction. Only a check without bounds (from the beginning, every book) tells that a matter
 * is gone, and only by rules that ran everywhere.
 */
export function recordSelfCheck(context: ServiceContext, scope: CheckScope, check: SelfCheck): CheckOutcome {
  requireRole(context, 'preparer', 'bookkeeper', 'reviewer', 'reconciler', 'head', 'inspector')
  const { ledger, clock } = context
  return ledger.write(() => {
    const isCurrent = scope.to >= clock.today()
    const recorded = recordFindings(context, check.findings, isCurrent ? 'now' : 'earlier')
    const silent = new Set(check.skipped.map(({ rule }) => rule))
    const heard = CHECK_RULE_IDS.filter((rule) => !silent.has(rule))
    const isWhole = scope.from === null && scope.bookId === null && isCurrent
    const counted = {
      found: recorded.length,
      fresh: recorded.filter(({ isNew }) => isNew).length,
      cleared: isWhole ? clearFindings(context, heard, scope.complexId, recorded) : 0,
      skipped: check.skipped,
    }
    const runId = storeRun(context, scope, counted)
    storeLines(ledger, runId, recorded)
    const { found, fresh, cleared } = counted
    logOperation(context, 'finding.selfCheck', { kind: 'findingRun', id: runId }, { ...scope, found, fresh, cleared })
    return { ...counted, runId, ids: recorded.map(({ id }) => id) }
  })
}

export type CheckRun = {
  readonly id: FindingRunId
  readonly from: BusinessDate | null
  readonly to: BusinessDate
  readonly complexId: ComplexId | null
  readonly complexName: string | null
  readonly found: number
  readonly fresh: number
  readonly cleared: number
  readonly actor: string
  readonly at: string
}

const RUNS = `SELECT r.id, r.from_date AS "from", r.to_date AS "to", r.complex_id AS complexId, c.name AS complexName, r.found,
    r.fresh, r.cleared, u.name AS actor, r.at, r.skipped
  FROM finding_run r JOIN user u ON u.id = r.actor_id LEFT JOIN complex c ON c.id = r.complex_id`

/** The newest first. */
export function listCheckRuns(ledger: Ledger, limit: number): readonly CheckRun[] {
  return ledger
    .prepare<[number], CheckRun & { readonly skipped: string }>(`${RUNS} ORDER BY r.id DESC LIMIT ?`)
    .all(limit)
    .map(({ skipped: _, ...run }) => run)
}

const SKIPPED = z.array(z.object({ rule: z.string().refine(isCheckRuleId), label: z.string(), profile: z.string() }))

/** What stood at a finding's event `l.seq`, as a row that FINDING_COLUMNS reads. */
const THEN = `
  SELECT l.line_no, l.finding_id, l.seq, e.state, m.message, m.amount_fen,
    (SELECT at FROM finding_event WHERE finding_id = l.finding_id AND seq = (SELECT coalesce(max(seq), 0) + 1 FROM finding_event
      WHERE finding_id = l.finding_id AND seq <= l.seq AND state <> e.state)) AS since
  FROM finding_run_line l JOIN finding_event e ON e.finding_id = l.finding_id AND e.seq = l.seq
    JOIN finding_event m ON m.finding_id = l.finding_id AND m.seq = (SELECT max(seq) FROM finding_event
      WHERE finding_id = l.finding_id AND seq <= l.seq AND message IS NOT NULL)
  WHERE l.run_id = :id`

export type RunReport = CheckRun & {
  readonly findings: readonly StoredFinding[]
  readonly skipped: readonly SkippedRule[]
}

/** A run and what it found, as it stood when the run ended, whatever was said since. Throws `finding.noRun`. */
export function runReport(ledger: Ledger, id: FindingRunId): RunReport {
  const run = ledger
    .prepare<[number], CheckRun & { readonly skipped: string }>(`${RUNS} WHERE r.id = ?`)
    .get(id)
  if (run === undefined) throw new Problem({ code: 'finding.noRun', message: '没有这一次自查，请刷新后重试', field: 'run' })
  const findings = ledger
    .prepare<[Record<string, unknown>], FindingRow>(
      `SELECT ${FINDING_COLUMNS} FROM (${THEN}) s JOIN finding f ON f.id = s.finding_id ${saidJoins('AND seq <= s.seq')}
       ORDER BY s.line_no`,
    )
    .all({ id })
    .map(findingFrom)
  return { ...run, findings, skipped: SKIPPED.parse(JSON.parse(run.skipped)) }
}

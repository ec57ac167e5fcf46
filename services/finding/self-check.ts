/**
 * The product checks itself: over a period (审计自查), and at entry, payment, closing and publishing. What is found goes into
 * the register; at a moment, `block` refuses the step and `warn` waits for a reason.
 */
import type { BusinessDate } from '#core/calendar.ts'
import type { Finding, FindingSubject } from '#core/checks/finding.ts'
import { CHECK_RULE_IDS, checkRule, rulesAt, type CheckMoment, type CheckRuleId } from '#core/checks/rules.ts'
import { CHECK_MOMENT_WORD } from '#core/checks/standing.ts'
import { idOf, type BookId, type ComplexId, type FindingId } from '#core/id.ts'
import { Problem } from '#core/problem.ts'
import type { Ledger } from '#db/ledger.ts'
import { requireRole, type ServiceContext } from '../context.ts'
import { clearFindings, recordFindings, type Recorded } from './finding.ts'
import { HOUSEHOLD_RULES, householdFindings, registerFindings } from './finding-households.ts'
import { CONTRACTOR_RULES, contractorFindings, officeTenderFindings } from './finding-contractors.ts'
import { custodyFindings, MONEY_RULES, moneyFindings } from './finding-money.ts'
import { REPAIR_RULES, repairFindings } from './finding-repairs.ts'
import {
  checkReader, complexesOf, type CheckedComplex, type CheckReader, type CheckScope, type SkippedRule,
} from './finding-scope.ts'
import { logOperation } from '../operation-log.ts'

function wants(rules: ReadonlySet<CheckRuleId>, group: readonly CheckRuleId[]): boolean {
  return group.some((rule) => rules.has(rule))
}

function findingsOfComplex(
  reader: CheckReader, complex: CheckedComplex, rules: ReadonlySet<CheckRuleId>,
): readonly Finding[] {
  return [
    ...(wants(rules, MONEY_RULES) ? moneyFindings(reader, complex, rules) : []),
    ...(wants(rules, REPAIR_RULES) ? repairFindings(reader, complex, rules) : []),
    ...(wants(rules, CONTRACTOR_RULES) ? contractorFindings(reader, complex, rules) : []),
    ...(wants(rules, HOUSEHOLD_RULES) ? householdFindings(reader, complex, rules) : []),
  ]
}

export type CheckStep = { readonly done: number; readonly total: number; readonly label: string }

export type SelfCheck = {
  readonly findings: readonly Finding[]
  readonly skipped: readonly SkippedRule[]
}

/** Complex by complex, so that a job shows progress and lets others in; the last step returns everything. */
export function* findAll(
  ledger: Ledger, today: BusinessDate, scope: CheckScope, ids: readonly CheckRuleId[] = CHECK_RULE_IDS,
): Generator<CheckStep, SelfCheck> {
  const rules = new Set(ids)
  const reader = checkReader(ledger, today, scope)
  const complexes = complexesOf(ledger, scope.complexId)
  const total = complexes.length + 1
  const findings: Finding[] = []
  for (const [done, complex] of complexes.entries()) {
    yield { done, total, label: complex.name }
    findings.push(...findingsOfComplex(reader, complex, rules))
  }
  yield { done: complexes.length, total, label: '' }
  findings.push(
    ...custodyFindings(reader, complexes, rules), ...officeTenderFindings(reader, complexes, rules),
    ...registerFindings(reader, rules),
  )
  const order = new Map(CHECK_RULE_IDS.map((rule, index) => [rule, index]))
  return {
    findings: findings.toSorted((a, b) => (order.get(a.rule) ?? 0) - (order.get(b.rule) ?? 0)),
    skipped: reader.skipped(),
  }
}

/** All steps at once. Reads only. */
export function findNow(
  ledger: Ledger, today: BusinessDate, scope: CheckScope, ids: readonly CheckRuleId[] = CHECK_RULE_IDS,
): SelfCheck {
  const steps = findAll(ledger, today, scope, ids)
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
  }
}

export type CheckOutcome = {
  /** In the register, in the order of the rules. */
  readonly ids: readonly FindingId[]
  readonly found: number
  readonly fresh: number
  readonly cleared: number
  readonly skipped: readonly SkippedRule[]
}

/**
 * Records one self-check in one transaction. Only a check without bounds (from the beginning, every book) tells that a matter
 * is gone, and only by rules that ran everywhere.
 */
export function recordSelfCheck(context: ServiceContext, scope: CheckScope, check: SelfCheck): CheckOutcome {
  requireRole(context, 'preparer', 'bookkeeper', 'reviewer', 'reconciler', 'head', 'inspector')
  const { ledger, clock, actor } = context
  return ledger.write(() => {
    const recorded = recordFindings(context, check.findings)
    const fresh = recorded.filter(({ isNew }) => isNew).length
    const silent = new Set(check.skipped.map(({ rule }) => rule))
    const isWhole = scope.from === null && scope.bookId === null && scope.to >= clock.today()
    const heard = CHECK_RULE_IDS.filter((rule) => !silent.has(rule) && (scope.complexId === null || rule !== 'receipt.numbers'))
    const cleared = isWhole ? clearFindings(context, heard, scope.complexId, new Set(recorded.map(({ id }) => id))) : 0
    const outcome = { ids: recorded.map(({ id }) => id), found: recorded.length, fresh, cleared, skipped: check.skipped }
    const { lastInsertRowid } = ledger
      .prepare<unknown[], never>(
        `INSERT INTO finding_run (from_date, to_date, complex_id, found, fresh, cleared, skipped, actor_id, at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(scope.from, scope.to, scope.complexId, outcome.found, fresh, cleared, JSON.stringify(check.skipped), actor.userId,
        clock.now())
    logOperation(context, 'finding.selfCheck', { kind: 'findingRun', id: Number(lastInsertRowid) },
      { ...scope, found: outcome.found, fresh, cleared })
    return outcome
  })
}

export type CheckRun = {
  readonly id: number
  readonly from: BusinessDate | null
  readonly to: BusinessDate
  readonly complexName: string | null
  readonly found: number
  readonly fresh: number
  readonly cleared: number
  readonly actor: string
  readonly at: string
}

/** The newest first. */
export function listCheckRuns(ledger: Ledger, limit: number): readonly CheckRun[] {
  return ledger
    .prepare<[number], CheckRun>(
      `SELECT r.id, r.from_date AS "from", r.to_date AS "to", c.name AS complexName, r.found, r.fresh, r.cleared,
              u.name AS actor, r.at
       FROM finding_run r JOIN user u ON u.id = r.actor_id LEFT JOIN complex c ON c.id = r.complex_id
       ORDER BY r.id DESC LIMIT ?`,
    )
    .all(limit)
}

export type MomentScope = {
  readonly complexId: ComplexId | null
  readonly bookId: BookId | null
  readonly from: BusinessDate | null
  readonly to: BusinessDate
  /** Only findings about this one. */
  readonly subject?: { readonly kind: FindingSubject; readonly id: number }
}

/** Rules that can say something about such a record; the others would only cost time. */
function rulesAbout(kind: FindingSubject): readonly CheckRuleId[] {
  if (kind === 'tender') return ['repair.similarQuotes']
  return kind === 'repair' ? [...REPAIR_RULES, 'repair.contractorNotChosen'] : CHECK_RULE_IDS
}

/** What the rules of a moment find in its scope, before anything is written. */
export function findAtMoment(context: ServiceContext, moment: CheckMoment, scope: MomentScope): readonly Finding[] {
  const { subject, ...bounds } = scope
  const rules = rulesAt(moment).filter((rule) => subject === undefined || rulesAbout(subject.kind).includes(rule))
  const ofRepair = subject?.kind === 'repair' ? { repairId: idOf<'repair'>(subject.id) } : {}
  const { findings } = findNow(context.ledger, context.clock.today(), { ...bounds, ...ofRepair }, rules)
  if (subject === undefined) return findings
  return findings.filter(({ links }) => links.some(({ kind, id }) => kind === subject.kind && id === subject.id))
}

function listed(recorded: readonly Recorded[]): string {
  const [first] = recorded
  const more = recorded.length > 1 ? `等 ${recorded.length} 条` : ''
  return first === undefined ? '' : `“${checkRule(first.finding.rule).title}”${more}（${first.finding.message}）`
}

/** Puts what a moment finds into the register, whether or not the step is then taken. */
export function noteAtMoment(context: ServiceContext, moment: CheckMoment, scope: MomentScope): readonly Recorded[] {
  const findings = findAtMoment(context, moment, scope)
  return findings.length === 0 ? [] : context.ledger.write(() => recordFindings(context, findings))
}

/**
 * Before a step: what is found stays in the register even when the step is refused, so call it outside the step's own
 * transaction. A warning somebody has answered lets it pass. Throws `finding.block`, `finding.unanswered`.
 */
export function checkBefore(context: ServiceContext, moment: CheckMoment, scope: MomentScope): void {
  const recorded = noteAtMoment(context, moment, scope)
  const blocks = recorded.filter(({ finding }) => finding.level === 'block')
  if (blocks.length > 0) {
    throw new Problem({ code: 'finding.block', message: `${listed(blocks)}：处理好以后才能${CHECK_MOMENT_WORD[moment]}` })
  }
  const open = recorded.filter(({ finding, state }) => finding.level === 'warn' && state === 'open')
  if (open.length === 0) return
  const message = `${listed(open)}：请先在“疑点”中说明情况，再办理${CHECK_MOMENT_WORD[moment]}`
  throw new Problem({ code: 'finding.unanswered', message })
}

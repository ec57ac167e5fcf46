/** The product checks itself: every rule asked for, complex by complex. Reads only. */
import type { BusinessDate } from '#core/calendar.ts'
import type { Finding } from '#core/checks/finding.ts'
import { CHECK_RULE_IDS, type CheckRuleId } from '#core/checks/rules.ts'
import type { Ledger } from '#db/ledger.ts'
import { HOUSEHOLD_RULES, householdFindings } from './finding-households.ts'
import { registerFindings } from './finding-registers.ts'
import { CONTRACTOR_RULES, contractorFindings, officeTenderFindings } from './finding-contractors.ts'
import { custodyFindings } from './finding-custody.ts'
import { MONEY_RULES, moneyFindings } from './finding-money.ts'
import { REPAIR_RULES, repairFindings } from './finding-repairs.ts'
import {
  checkReader, complexesOf, type CheckedComplex, type CheckReader, type CheckScope, type SkippedRule,
} from './finding-scope.ts'

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

/** What a self-check looks at, and the local rules its finders wait for. */
import type { BusinessDate } from '#core/calendar.ts'
import type { Finding } from '#core/checks/finding.ts'
import { checkRule, type CheckRuleId } from '#core/checks/rules.ts'
import type { BookId, ComplexId, RepairId } from '#core/id.ts'
import { policySetting } from '#core/policy/policy.ts'
import type { Ledger } from '#db/ledger.ts'
import { policyFor, type Policy } from '../policy/policy.ts'

export type CheckScope = {
  /** Matters of this day or later; null: from the beginning. */
  readonly from: BusinessDate | null
  readonly to: BusinessDate
  readonly complexId: ComplexId | null
  /** Null: every book. */
  readonly bookId: BookId | null
  /** Absent: every repair. */
  readonly repairId?: RepairId
}

/** A rule that could not run: a local value is 待填写 (`label` names it), or the ledger keeps no such facts (null). */
export type SkippedRule = { readonly rule: CheckRuleId; readonly label: string; readonly profile: string }

export type CheckedComplex = {
  readonly id: ComplexId
  readonly name: string
  readonly holderName: string
  readonly profileCode: string
}

export type CheckReader = {
  readonly ledger: Ledger
  readonly today: BusinessDate
  readonly scope: CheckScope
  policyOf(complex: CheckedComplex): Policy
  /** Runs `find` where every local value the rule needs is known; else notes which is not. */
  under(rule: CheckRuleId, complex: CheckedComplex, find: (policy: Policy) => readonly Finding[]): readonly Finding[]
  skipped(): readonly SkippedRule[]
}

const COMPLEXES = `SELECT id, name, holder_name AS holderName, profile_code AS profileCode FROM complex
  WHERE :complexId IS NULL OR id = :complexId ORDER BY id`

/** The complexes of a scope, in order. */
export function complexesOf(ledger: Ledger, complexId: ComplexId | null): readonly CheckedComplex[] {
  return ledger.prepare<[Record<string, unknown>], CheckedComplex>(COMPLEXES).all({ complexId })
}

export function checkReader(ledger: Ledger, today: BusinessDate, scope: CheckScope): CheckReader {
  const policies = new Map<string, Policy>()
  const skipped = new Map<string, SkippedRule>()
  const policyOf = ({ profileCode }: CheckedComplex): Policy => {
    const known = policies.get(profileCode)
    if (known !== undefined) return known
    const policy = policyFor(ledger, profileCode, today)
    policies.set(profileCode, policy)
    return policy
  }
  return {
    ledger,
    today,
    scope,
    policyOf,
    under: (rule, complex, find) => {
      const policy = policyOf(complex)
      const gap = checkRule(rule).needs.find((key) => policy.value(key) === null)
      if (gap === undefined) return find(policy)
      const profile = policy.facts.name
      skipped.set(`${rule} ${gap} ${profile}`, { rule, label: policySetting(gap).label, profile })
      return []
    },
    skipped: () => [...skipped.values()],
  }
}

/** Whether a matter of this day belongs to the period looked at. */
export function isInPeriod({ from, to }: CheckScope, date: BusinessDate): boolean {
  return (from === null || date >= from) && date <= to
}

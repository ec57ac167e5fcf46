/** What a self-check looks at, and the local rules its finders wait for. */
import type { BusinessDate } from '#core/calendar.ts'
import type { Finding } from '#core/checks/finding.ts'
import { checkRule, type CheckRuleId } from '#core/checks/rules.ts'
import type { BookId, ComplexId, HouseholdId, RepairId } from '#core/id.ts'
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
  /** Absent: every household. */
  readonly householdIds?: readonly HouseholdId[]
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
  /**
   * The local values a matter of `day` is judged by. What was 待填写 on that day, because the office wrote it down later, is
   * taken as it stands today: else nothing from before the first entry would ever be looked at.
   */
  policyOn(complex: CheckedComplex, day: BusinessDate): Policy
  /** Whether every local value the rule needs is known; else notes which is not. */
  mayRun(rule: CheckRuleId, complex: CheckedComplex): boolean
  /** Each fact by the values of its own day, in order of those days; nothing where the rule may not run. */
  judge<Fact>(
    rule: CheckRuleId, complex: CheckedComplex, facts: readonly Fact[], dayOf: (fact: Fact) => BusinessDate,
    find: (facts: readonly Fact[], policy: Policy) => readonly Finding[],
  ): readonly Finding[]
  skipped(): readonly SkippedRule[]
}

const COMPLEXES = `SELECT id, name, holder_name AS holderName, profile_code AS profileCode FROM complex
  WHERE :complexId IS NULL OR id = :complexId ORDER BY id`

/** The complexes of a scope, in order. */
export function complexesOf(ledger: Ledger, complexId: ComplexId | null): readonly CheckedComplex[] {
  return ledger.prepare<[Record<string, unknown>], CheckedComplex>(COMPLEXES).all({ complexId })
}

function orElse(then: Policy, now: Policy): Policy {
  return {
    ...then,
    value: (key) => then.value(key) ?? now.value(key),
    require: (key) => then.value(key) ?? now.require(key),
  }
}

export function checkReader(ledger: Ledger, today: BusinessDate, scope: CheckScope): CheckReader {
  const policies = new Map<string, Policy>()
  const judging = new Map<string, Policy>()
  const skipped = new Map<string, SkippedRule>()
  const heldOn = (profileCode: string, day: BusinessDate): Policy => {
    const known = policies.get(`${profileCode} ${day}`)
    if (known !== undefined) return known
    const policy = policyFor(ledger, profileCode, day)
    policies.set(`${profileCode} ${day}`, policy)
    return policy
  }
  const policyOn = ({ profileCode }: CheckedComplex, day: BusinessDate): Policy => {
    const now = heldOn(profileCode, today)
    if (day >= today) return now
    const known = judging.get(`${profileCode} ${day}`) ?? orElse(heldOn(profileCode, day), now)
    judging.set(`${profileCode} ${day}`, known)
    return known
  }
  const mayRun = (rule: CheckRuleId, { profileCode }: CheckedComplex): boolean => {
    const policy = heldOn(profileCode, today)
    const gap = checkRule(rule).needs.find((key) => policy.value(key) === null)
    if (gap === undefined) return true
    const profile = policy.facts.name
    skipped.set(`${rule} ${gap} ${profile}`, { rule, label: policySetting(gap).label, profile })
    return false
  }
  return {
    ledger,
    today,
    scope,
    policyOn,
    mayRun,
    judge: (rule, complex, facts, dayOf, find) => {
      if (!mayRun(rule, complex)) return []
      const byDay = [...Map.groupBy(facts, dayOf)].toSorted(([a], [b]) => (a < b ? -1 : 1))
      return byDay.flatMap(([day, ofDay]) => find(ofDay, policyOn(complex, day)))
    },
    skipped: () => [...skipped.values()],
  }
}

/** Whether a matter of this day belongs to the period looked at. */
export function isInPeriod({ from, to }: CheckScope, date: BusinessDate): boolean {
  return (from === null || date >= from) && date <= to
}

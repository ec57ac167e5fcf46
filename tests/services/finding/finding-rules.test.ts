import { describe, expect, it } from 'vitest'
import { parseDate } from '#core/calendar.ts'
import { CHECK_RULE_IDS, type CheckRuleId } from '#core/checks/rules.ts'
import { findNow } from '#services/finding/self-check.ts'
import { CONTRACTOR_PAIRS } from './contractor-pairs.ts'
import { MONEY_PAIRS } from './money-pairs.ts'
import { DEVELOPERS_ROOM, REGISTER_PAIRS } from './register-pairs.ts'
import { REPAIR_PAIRS } from './repair-pairs.ts'
import type { Looked, RulePairs } from './rule-pair.ts'

const PAIRS: RulePairs = { ...MONEY_PAIRS, ...REPAIR_PAIRS, ...CONTRACTOR_PAIRS, ...REGISTER_PAIRS }

/** A rule that waits for a local value finds nothing either way: that proves nothing. */
function look({ ledger, today }: Looked, rule: CheckRuleId) {
  const day = parseDate(today)
  const { findings, skipped } = findNow(ledger, day, { from: null, to: day, complexId: null, bookId: null }, [rule])
  expect(skipped).toEqual([])
  return findings
}

describe('every rule of the catalogue', () => {
  it('has a case it must tell and a near miss it must not', () => {
    expect(CHECK_RULE_IDS.filter((rule) => PAIRS[rule] === undefined)).toEqual([])
  })

  it.each(Object.entries(PAIRS))('%s tells its case and leaves its near miss alone', (name, { says, told, quiet }) => {
    const [rule] = CHECK_RULE_IDS.filter((each) => each === name)
    if (rule === undefined) throw new Error(name)
    const scene = told()
    const findings = look(scene, rule)
    expect(findings.map(({ message }) => message)).toEqual([expect.stringMatching(says)])
    expect(findings[0]?.links.length).toBeGreaterThan(0)
    expect(look(typeof quiet === 'string' ? { ...scene, today: quiet } : quiet(), rule)).toEqual([])
  })

  it('leaves the rooms a developer still holds to the list of what is owed', () => {
    expect(look(DEVELOPERS_ROOM(), 'contribution.titleUnpaid')).toEqual([])
    expect(look(DEVELOPERS_ROOM(), 'contribution.notHandedIn')).toHaveLength(1)
  })
})

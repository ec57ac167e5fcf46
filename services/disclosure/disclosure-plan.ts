/** Where and how long a notice hangs and how to object: the profile's rules for the day after the quarter's end. */
import { addDays, addQuarters, quarterBounds, type BusinessDate, type HolidayTable, type Quarter } from '#core/calendar.ts'
import type { PostingPlan } from '#core/disclosure/checks-plan.ts'
import { dueDate, postingPeriod, type PostingRule } from '#core/disclosure/due.ts'
import { policySetting } from '#core/policy/policy.ts'
import type { Ledger } from '#db/ledger.ts'
import type { Complex } from '../register/complex.ts'
import type { FrozenNotice } from './disclosure-version.ts'
import { holidayTable, policyFor, type Policy } from '../policy/policy.ts'

/** What a clerk may set; what is left out comes from the profile. */
export type PlanFacts = {
  readonly from?: BusinessDate
  readonly to?: BusinessDate
  readonly places?: readonly string[]
}

export type NoticeRules = {
  readonly policy: Policy
  readonly due: BusinessDate | null
  readonly posting: PostingRule | null
  /** Labels of the settings that must be filled in before anything is published. */
  readonly toFill: readonly string[]
}

/** The duty to publish arises when the quarter has ended: the rules of that day hold, whenever the paper is drawn. */
export function noticeRules(ledger: Ledger, profileCode: string, quarter: Quarter): NoticeRules {
  const policy = policyFor(ledger, profileCode, quarterBounds(addQuarters(quarter, 1)).first)
  const due = policy.value('disclosure.due')
  return {
    policy,
    due: due === null ? null : dueDate(due, quarter),
    posting: policy.value('disclosure.posting'),
    toFill: policy.missingFor('disclosure.publish').map((key) => policySetting(key).label),
  }
}

/** Working days of a long span reach into the next year's table. */
export function holidaysAround(ledger: Ledger, from: BusinessDate): HolidayTable {
  return holidayTable(ledger, from, addDays(from, 200)).table
}

/** `示例街道办事处 0562-1234567` → office and number; a text without digits is the office alone. */
function phoneOf(text: string): { office: string; number: string } {
  const match = /^(.*?)[\s：:]*([\d][\d\s-]*)$/.exec(text.trim())
  return match === null ? { office: text.trim(), number: '' } : { office: match[1] ?? '', number: match[2] ?? '' }
}

export type NoticePlan = Pick<FrozenNotice, 'posting' | 'objection'> & { readonly check: PostingPlan }

/** `from` null: nothing is planned yet and the lines stay open to be written by hand. */
export function noticePlan(
  ledger: Ledger,
  complex: Complex,
  rules: NoticeRules,
  facts: Omit<PlanFacts, 'from'> & { readonly from: BusinessDate | null },
): Omit<NoticePlan, 'check'> & { readonly check: PostingPlan | null } {
  const { from } = facts
  const rule = rules.posting
  const holidays = from === null ? null : holidaysAround(ledger, from)
  const period = from === null || rule === null || holidays === null ? null : postingPeriod(rule, from, holidays)
  const to = facts.to ?? (period?.kind === 'through' ? period.lastDay : null)
  const objectionDays = rules.policy.value('disclosure.objectionDays')
  const hotline = complex.hotline === '' ? [] : [{ office: '本小区', number: complex.hotline }]
  return {
    posting: {
      from,
      to,
      untilNext: rule?.unit === 'until_next' && facts.to === undefined,
      places: facts.places ?? rules.policy.value('disclosure.places') ?? [],
    },
    objection: {
      until: from === null || objectionDays === null ? null : addDays(from, objectionDays),
      phones: [...(rules.policy.value('disclosure.supervisionPhones') ?? []).map(phoneOf), ...hotline],
    },
    check: from === null || holidays === null ? null : { from, to, rule, holidays },
  }
}

/**
 * 疑点: what the product finds about itself before an auditor does. A rule only says 疑似; a person answers. The fingerprint
 * names the matter, not the wording: the same matter found again tomorrow is the same finding (peers' false alarms killed trust).
 */
import type { ComplexId } from '../id.ts'
import type { Fen } from '../money.ts'
import type { CheckRuleId } from './rules.ts'

/** `block` stops the step, `warn` needs a reason and a second person, `hint` informs. */
export const FINDING_LEVELS = ['block', 'warn', 'hint'] as const
export type FindingLevel = (typeof FINDING_LEVELS)[number]
export const FINDING_LEVEL_WORD: Readonly<Record<FindingLevel, string>> = { block: '阻止', warn: '警示', hint: '提示' }

/** What a finding is about; screens open it by kind and id. */
export const FINDING_SUBJECTS = [
  'voucher', 'repair', 'certificate', 'bankAccount', 'contract', 'complex', 'household', 'receiptRange', 'placing', 'tender',
] as const
export type FindingSubject = (typeof FINDING_SUBJECTS)[number]
export type FindingLink = { readonly kind: FindingSubject; readonly id: number; readonly label: string }

export type Finding = {
  readonly rule: CheckRuleId
  readonly level: FindingLevel
  /** Null: the matter concerns no single complex. */
  readonly complexId: ComplexId | null
  readonly message: string
  /** Null where no amount is at stake. */
  readonly amountFen: Fen | null
  readonly links: readonly FindingLink[]
  readonly fingerprint: string
  /** What makes the same matter another fact: since when, in whose name, of which year; '' where the amount alone tells. */
  readonly occasion: string
  /** The amount rises with every day that passes: it tells how urgent the fact is, not that it is another one. */
  readonly growsDaily: boolean
}

type Matter = Omit<Finding, 'fingerprint' | 'occasion' | 'growsDaily'> & {
  /** Tells apart two matters with the same links, e.g. the pair of dates that stand upside down. */
  readonly aspect?: string
  readonly occasion?: string
  readonly growsDaily?: boolean
}

/** `rule:kind id,kind id` in order of the links' names, so that the order of finding does not matter. */
export function findingOf({ aspect, occasion = '', growsDaily = false, ...matter }: Matter): Finding {
  const subjects = matter.links.map(({ kind, id }) => `${kind} ${id}`).toSorted()
  const fingerprint = [matter.rule, subjects.join(','), ...(aspect === undefined ? [] : [aspect])].join(':')
  return { ...matter, occasion, growsDaily, fingerprint }
}

/** What was known when somebody answered. */
export type AnsweredFact = { readonly occasion: string; readonly amountFen: Fen | null }

/** More is at stake than was answered for; an amount that rises by itself or was not known then tells nothing. */
function isMoreAtStake({ amountFen, growsDaily }: Finding, answered: AnsweredFact): boolean {
  if (growsDaily || amountFen === null || answered.amountFen === null) return false
  return Math.sign(amountFen) !== Math.sign(answered.amountFen) || Math.abs(amountFen) > Math.abs(answered.amountFen)
}

/** Whether the answer given then still is one: the same occasion, and no more at stake. */
export function isSameFact(finding: Finding, answered: AnsweredFact): boolean {
  return finding.occasion === answered.occasion && !isMoreAtStake(finding, answered)
}

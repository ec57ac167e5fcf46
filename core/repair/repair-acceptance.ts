/**
 * Acceptance and settlement (验收、决算): three parties' seals, enough different persons of section and supervisor, staff on
 * site, follow-up, and a settled amount that stays inside what was approved (Tongling 12(4), 13(5); 杭州 2021 art. 72).
 */
import type { BusinessDate } from '../calendar.ts'
import { formatYuan, type Fen } from '../money.ts'
import type { SigningParty } from '../policy/policy.ts'
import type { ProblemDetails } from '../problem.ts'
import { formatPercent, type RateMicro } from '../rate.ts'
import type { RepairState } from './repair.ts'
import { hasPaper, personName, signaturesOf, signingSentence, type RepairFolder } from './repair-papers.ts'
import {
  overrunNeedsApplication,
  settlementAuditRequired,
  signingFaults,
  type SigningFault,
  type SigningRule,
} from './threshold.ts'

/** Faults of the acceptance sheet's signatures, seals apart (they are ticked when the acceptance is recorded). */
export function countedPersons(state: RepairState, folder: RepairFolder, rule: SigningRule<SigningParty>): string[] {
  return acceptanceFaults(state, folder, rule, rule.stamps).map(signingSentence)
}

function acceptanceFaults(
  state: RepairState,
  folder: RepairFolder,
  rule: SigningRule<SigningParty>,
  stampedBy: readonly SigningParty[],
): SigningFault<SigningParty>[] {
  const signatures = signaturesOf(state, folder, 'acceptance')
    .map(({ party, person }) => ({ party, personId: personName(person) }))
  return signingFaults(rule, { signatures, stampedBy, hasPhotos: hasPaper(state, folder, 'photo') })
}

export type AcceptanceFacts = {
  readonly on: BusinessDate
  readonly settledFen: Fen
  readonly stampedBy: readonly SigningParty[]
  /** Names of the section's staff who were there. */
  readonly sectionStaff: readonly string[]
  /** Whom the follow-up (回访) reached and what was said. */
  readonly followUp: string
  readonly warrantyUntil: BusinessDate | null
}

export type AcceptanceRules = {
  readonly signing: SigningRule<SigningParty>
  readonly sectionStaff: number
  readonly followUp: boolean
  readonly auditWaivedUpTo: Fen
  /** Null while 待填写: then no overrun at all can be settled. */
  readonly overrunPercent: RateMicro | null
}

/** Everything wrong with the acceptance as written, each with its field; empty: it stands. */
export function acceptanceProblems(
  state: RepairState,
  folder: RepairFolder,
  facts: AcceptanceFacts,
  rules: AcceptanceRules,
  days: { readonly reportedOn: BusinessDate; readonly today: BusinessDate },
): readonly ProblemDetails[] {
  const problems: ProblemDetails[] = []
  const refuse = (code: string, message: string, field: string) => problems.push({ code: `repair.${code}`, message, field })
  if (facts.on < days.reportedOn || facts.on > days.today) {
    refuse('date', `验收日期应在报修日 ${days.reportedOn} 至今天之间`, 'on')
  }
  for (const fault of acceptanceFaults(state, folder, rules.signing, facts.stampedBy)) {
    refuse('signing', signingSentence(fault), fault.kind === 'stamp' ? 'stampedBy' : 'signatures')
  }
  const staff = new Set(facts.sectionStaff.map(personName).filter((name) => name !== ''))
  if (staff.size < rules.sectionStaff) {
    refuse('sectionStaff', `现场验收须有科室人员 ${rules.sectionStaff} 人，现登记 ${staff.size} 人`, 'sectionStaff')
  }
  if (rules.followUp && facts.followUp.trim() === '') {
    refuse('followUp', '验收时要同时回访：请写明回访对象和意见', 'followUp')
  }
  if (facts.warrantyUntil !== null && facts.warrantyUntil < facts.on) {
    refuse('warranty', '维修质保止日不能早于验收日', 'warrantyUntil')
  }
  problems.push(...settlementProblems(state, facts.settledFen, rules.overrunPercent))
  return problems
}

function settlementProblems(state: RepairState, settledFen: Fen, overrunPercent: RateMicro | null): ProblemDetails[] {
  const field = 'settledFen'
  const { approvedFen, gate } = state
  if (approvedFen === null || gate === null) return [{ code: 'repair.path', message: '还没有经工程科复审', field }]
  if (settledFen <= 0) return [{ code: 'repair.amount', message: '决算金额应大于零', field }]
  if (settledFen <= approvedFen) return []
  if (gate.review === 'spot_check' && settledFen >= gate.thresholdFen) {
    const message = `决算达到 ${formatYuan(gate.thresholdFen)} 元，应走现场复核：请退回工程科复审，重新核定金额`
    return [{ code: 'repair.gate', message, field }]
  }
  if (overrunPercent === null) {
    const message = `决算超过核定的 ${formatYuan(approvedFen)} 元，而“超预算须重新申请的比例”待填写：请退回复审，或先填写政策口径`
    return [{ code: 'repair.overrun', message, field }]
  }
  if (!overrunNeedsApplication(approvedFen, settledFen, overrunPercent)) return []
  const message = `决算超过核定金额 ${formatPercent(overrunPercent)}% 以上，超出部分须重新申请：请退回工程科复审`
  return [{ code: 'repair.overrun', message, field }]
}

export function needsAudit(settledFen: Fen, waivedUpTo: Fen): boolean {
  return settlementAuditRequired(settledFen, waivedUpTo)
}

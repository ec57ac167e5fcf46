/**
 * Acceptance (验收): three parties' seals, enough different persons of section and supervisor, staff on site, and a follow-up
 * done at the same time where the profile asks (Tongling 12(4), 13(5)).
 */
import { addMonths, type BusinessDate } from '../calendar.ts'
import type { SigningParty } from '../policy/policy.ts'
import type { ProblemDetails } from '../problem.ts'
import type { RepairState } from './repair.ts'
import { crossedParties, isPerson, notAPerson, personKey, type PartyPerson } from './person.ts'
import { hasPaper, signaturesOf, signingSentence, type RepairFolder } from './repair-papers.ts'
import { signingFaults, type SigningFault, type SigningRule } from './threshold.ts'
import { periodProblems } from './works-period.ts'

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
    .map(({ party, person }) => ({ party, personId: personKey(person) }))
  return signingFaults(rule, { signatures, stampedBy, hasPhotos: hasPaper(state, folder, 'photo') })
}

export type AcceptanceFacts = {
  readonly on: BusinessDate
  readonly startedOn: BusinessDate
  readonly finishedOn: BusinessDate
  /** What was seen, and the conclusion. */
  readonly finding: string
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
}

export type AcceptanceKnown = {
  readonly reportedOn: BusinessDate
  readonly today: BusinessDate
  /** Persons of the job's other sheets. */
  readonly others: readonly PartyPerson[]
  /** Of the visas that count; null where there is none. */
  readonly firstVisaOn: BusinessDate | null
}

/** Everything wrong with the acceptance as written, each with its field; empty: it stands. */
export function acceptanceProblems(
  state: RepairState,
  folder: RepairFolder,
  facts: AcceptanceFacts,
  rules: AcceptanceRules,
  known: AcceptanceKnown,
): readonly ProblemDetails[] {
  const problems: ProblemDetails[] = []
  const refuse = (code: string, message: string, field: string) => problems.push({ code: `repair.${code}`, message, field })
  const { contract, reviewedOn } = state
  if (facts.on < known.reportedOn || facts.on > known.today) {
    refuse('date', `验收日期应在报修日 ${known.reportedOn} 至今天之间`, 'on')
  }
  if (reviewedOn !== null && facts.on < reviewedOn) {
    refuse('date', `验收日期不能早于现场复核（抽查）日 ${reviewedOn}`, 'on')
  }
  if (contract !== null && facts.on < contract.signedOn) {
    refuse('date', `验收日期不能早于合同签订日 ${contract.signedOn}`, 'on')
  }
  const { startedOn: from, finishedOn: to } = facts
  const { authority } = state
  problems.push(...periodProblems(
    { from, to }, { authority, contract, reportedOn: known.reportedOn }, { from: 'startedOn', to: 'finishedOn' },
  ))
  if (known.firstVisaOn !== null && known.firstVisaOn < from) {
    refuse('works', `开工日期不能晚于隐蔽工程签证日 ${known.firstVisaOn}`, 'startedOn')
  }
  if (facts.on < to) refuse('date', `验收日期不能早于完工日期 ${to}`, 'on')
  if (facts.finding.trim() === '') refuse('finding', '请写明验收情况和结论', 'finding')
  for (const fault of acceptanceFaults(state, folder, rules.signing, facts.stampedBy)) {
    refuse('signing', signingSentence(fault), fault.kind === 'stamp' ? 'stampedBy' : 'signatures')
  }
  for (const name of facts.sectionStaff.filter((each) => !isPerson(each))) refuse('person', notAPerson(name), 'sectionStaff')
  const attending = facts.sectionStaff.map((person) => ({ party: 'section', person }) as const)
  const signed = signaturesOf(state, folder, 'acceptance')
  problems.push(...crossedParties(attending, [...signed, ...known.others], 'sectionStaff'))
  const staff = new Set(facts.sectionStaff.filter(isPerson).map(personKey))
  if (staff.size < rules.sectionStaff) {
    refuse('sectionStaff', `现场验收须有科室人员 ${rules.sectionStaff} 人，现登记 ${staff.size} 人`, 'sectionStaff')
  }
  if (rules.followUp && facts.followUp.trim() === '') {
    refuse('followUp', '验收时要同时回访：请写明回访对象和意见', 'followUp')
  }
  if (facts.warrantyUntil !== null && facts.warrantyUntil < facts.on) {
    refuse('warranty', '维修质保止日不能早于验收日', 'warrantyUntil')
  }
  const agreed = contract !== null && contract.warrantyMonths > 0 ? addMonths(facts.on, contract.warrantyMonths) : null
  if (agreed !== null && (facts.warrantyUntil === null || facts.warrantyUntil < agreed)) {
    refuse('warranty', `合同约定质保 ${contract?.warrantyMonths} 个月，自验收日起至少到 ${agreed}`, 'warrantyUntil')
  }
  return problems
}

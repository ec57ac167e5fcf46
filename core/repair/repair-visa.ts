/**
 * Visas of concealed work (隐蔽工程签证): checked quantities, signed by enough different persons of section and supervisor and
 * with pictures, or void (Tongling 13(3)). What a visa adds or takes off moves the limit of the settlement.
 */
import type { BusinessDate } from '../calendar.ts'
import { addFen, type Fen } from '../money.ts'
import type { SigningParty } from '../policy/policy.ts'
import type { ProblemDetails } from '../problem.ts'
import { personName, signingSentence } from './repair-papers.ts'
import { signingFaults, type SigningRule } from './threshold.ts'

export type VisaSigner = { readonly party: SigningParty; readonly person: string }

export type Visa = {
  readonly on: BusinessDate
  /** What is covered up, and where. */
  readonly work: string
  /** As checked on site: `SBS 卷材 48.6 平方米`. */
  readonly quantity: string
  /** Added to the contract's amount, or taken off it; zero: within the contract. */
  readonly changeFen: Fen
  readonly signers: readonly VisaSigner[]
  readonly images: number
}

/** Everything that would make the visa void, each with its field; empty: it stands. */
export function visaProblems(
  visa: Visa,
  rule: SigningRule<SigningParty>,
  days: { readonly reportedOn: BusinessDate; readonly today: BusinessDate },
): readonly ProblemDetails[] {
  const problems: ProblemDetails[] = []
  const refuse = (code: string, message: string, field: string) => problems.push({ code: `repair.${code}`, message, field })
  if (visa.on < days.reportedOn || visa.on > days.today) {
    refuse('date', `签证日期应在报修日 ${days.reportedOn} 至今天之间`, 'on')
  }
  if (visa.work.trim() === '') refuse('visa', '请写明隐蔽的是什么工程、在哪里', 'work')
  if (visa.quantity.trim() === '') refuse('visa', '请写明现场核对的工程量', 'quantity')
  const signatures = visa.signers.map(({ party, person }) => ({ party, personId: personName(person) }))
    .filter(({ personId }) => personId !== '')
  for (const fault of signingFaults(rule, { signatures, stampedBy: rule.stamps, hasPhotos: visa.images > 0 })) {
    refuse('visaSigning', `${signingSentence(fault)}，签证无效`, fault.kind === 'photos' ? 'images' : 'signers')
  }
  return problems
}

export function visaChangeFen(visas: readonly { readonly changeFen: Fen }[]): Fen {
  return addFen(...visas.map(({ changeFen }) => changeFen))
}

/**
 * Visas of concealed work (隐蔽工程签证): checked quantities, signed by enough different persons of section and supervisor and
 * with pictures, or void (Tongling 13(3)). What a visa adds or takes off moves the limit of the settlement.
 */
import type { BusinessDate } from '../calendar.ts'
import { addFen, type Fen } from '../money.ts'
import type { SigningParty } from '../policy/policy.ts'
import type { ProblemDetails } from '../problem.ts'
import { crossedParties, isPerson, notAPerson, personKey, type PartyPerson } from './person.ts'
import { signingSentence } from './repair-papers.ts'
import type { RepairState } from './repair.ts'
import { signingFaults, type SigningRule } from './threshold.ts'
import { mayBeginFrom } from './works-period.ts'

export type VisaSigner = PartyPerson

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
  known: {
    readonly state: Pick<RepairState, 'authority' | 'contract'>
    readonly reportedOn: BusinessDate
    readonly today: BusinessDate
    /** Persons of the job's other sheets. */
    readonly others: readonly PartyPerson[]
  },
): readonly ProblemDetails[] {
  const problems: ProblemDetails[] = []
  const refuse = (code: string, message: string, field: string) => problems.push({ code: `repair.${code}`, message, field })
  // Nothing is covered up before the works may begin.
  const { authority, contract } = known.state
  const begin = mayBeginFrom(authority, contract, known.reportedOn)
  if (visa.on < begin.on || visa.on > known.today) refuse('date', `签证日期应在${begin.word} ${begin.on} 至今天之间`, 'on')
  if (visa.work.trim() === '') refuse('visa', '请写明隐蔽的是什么工程、在哪里', 'work')
  if (visa.quantity.trim() === '') refuse('visa', '请写明现场核对的工程量', 'quantity')
  for (const { person } of visa.signers) if (!isPerson(person)) refuse('person', notAPerson(person), 'signers')
  problems.push(...crossedParties(visa.signers, known.others, 'signers'))
  const signatures = visa.signers.filter(({ person }) => isPerson(person))
    .map(({ party, person }) => ({ party, personId: personKey(person) }))
  for (const fault of signingFaults(rule, { signatures, stampedBy: rule.stamps, hasPhotos: visa.images > 0 })) {
    refuse('visaSigning', `${signingSentence(fault)}，签证无效`, fault.kind === 'photos' ? 'images' : 'signers')
  }
  return problems
}

export function visaChangeFen(visas: readonly { readonly changeFen: Fen }[]): Fen {
  return addFen(...visas.map(({ changeFen }) => changeFen))
}

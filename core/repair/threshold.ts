/**
 * Gates of the repair procedure: which check a job needs, who must have signed, when an audit or a new application is
 * due. Amounts, ratios and signer counts are the profile's; here is only how they are compared (民法典 art. 1259:
 * 以上、以下 include the number, 超过、不满 do not).
 */
import type { Fen } from '../money.ts'
import { MICRO_PER_PERCENT, type RateMicro } from '../rate.ts'

export type RepairReview = 'spot_check' | 'on_site_review'

/**
 * Small repairs: a spot check (抽查) below the threshold, a site review above. Tongling's report leaves exactly the
 * threshold open; the stricter path is taken and `exactlyAt` lets the screen say so.
 */
export function repairReview(amount: Fen, threshold: Fen): { review: RepairReview; exactlyAt: boolean } {
  return { review: amount < threshold ? 'spot_check' : 'on_site_review', exactlyAt: amount === threshold }
}

/** One signature under an acceptance summary or a visa: who signed for which party. */
export type Signature<Party extends string> = { readonly party: Party; readonly personId: string }

export type SigningRule<Party extends string> = {
  /** Least number of different persons per party. */
  readonly minSigners: Readonly<Record<Party, number>>
  /** Parties whose stamp is asked for. */
  readonly stamps: readonly Party[]
  readonly photos: boolean
}

export type SigningFault<Party extends string> =
  | { readonly kind: 'signers'; readonly party: Party; readonly needed: number; readonly have: number }
  | { readonly kind: 'stamp'; readonly party: Party }
  | { readonly kind: 'same_person'; readonly personId: string }
  | { readonly kind: 'photos' }

/**
 * The signature matrix for acceptance (three parties stamp, section ≥ 2 and supervisor ≥ 2 signers) and for visas of
 * concealed work (隐蔽工程签证, void without both pairs and pictures). Persons are counted once: the same name twice
 * is one signer, and one person cannot sign for two parties. Empty list: accepted.
 */
export function signingFaults<Party extends string>(
  rule: SigningRule<Party>,
  papers: {
    readonly signatures: readonly Signature<NoInfer<Party>>[]
    readonly stampedBy: readonly NoInfer<Party>[]
    readonly hasPhotos: boolean
  },
): SigningFault<Party>[] {
  const faults: SigningFault<Party>[] = []
  for (const party of partiesOf(rule.minSigners)) {
    const persons = new Set(papers.signatures.filter((one) => one.party === party).map((one) => one.personId))
    const needed = rule.minSigners[party]
    if (persons.size < needed) faults.push({ kind: 'signers', party, needed, have: persons.size })
  }
  const partyOfPerson = new Map<string, Party>()
  const doubled = new Set<string>()
  for (const { personId, party } of papers.signatures) {
    if ((partyOfPerson.get(personId) ?? party) !== party) doubled.add(personId)
    partyOfPerson.set(personId, party)
  }
  for (const personId of doubled) faults.push({ kind: 'same_person', personId })
  for (const party of rule.stamps) if (!papers.stampedBy.includes(party)) faults.push({ kind: 'stamp', party })
  if (rule.photos && !papers.hasPhotos) faults.push({ kind: 'photos' })
  return faults
}

function partiesOf<Party extends string>(record: Readonly<Record<Party, number>>): Party[] {
  const parties: Party[] = []
  for (const party in record) parties.push(party)
  return parties
}

/** Settlement audit (决算审计) is waived up to and including the profile's amount (杭州 2021 art. 72, 以下). */
export function settlementAuditRequired(finalAmount: Fen, waivedUpTo: Fen): boolean {
  return finalAmount > waivedUpTo
}

/** The excess over budget needs a fresh application once it reaches the profile's percent (以上, inclusive). */
export function overrunNeedsApplication(budget: Fen, finalAmount: Fen, percent: RateMicro): boolean {
  return finalAmount > budget && comparePercent(finalAmount - budget, budget, percent) >= 0
}

/** Price review (审价) of works paid from public income, at and above the profile's amount (沪房规范〔2025〕8号 art. 12). */
export function priceReviewRequired(amount: Fen, threshold: Fen): boolean {
  return amount >= threshold
}

/** Top-up by owners (续交) falls due strictly below the profile's share of the first deposit (165号令 art. 17). */
export function ownerTopUpDue(balance: Fen, firstDeposit: Fen, percent: RateMicro): boolean {
  return comparePercent(balance, firstDeposit, percent) < 0
}

/** Sign of `part − whole × percent`, exact: a rounded share could cross the line by half a fen. */
export function comparePercent(part: number, whole: number, percent: RateMicro): -1 | 0 | 1 {
  const left = BigInt(part) * 100n * BigInt(MICRO_PER_PERCENT)
  const right = BigInt(whole) * BigInt(percent)
  if (left === right) return 0
  return left < right ? -1 : 1
}

/** The whole page of one repair, and earlier jobs at the same place. Boards and inboxes: repair-board.ts, repair-inbox.ts. */
import type { ComplexId, RepairId } from '#core/id.ts'
import type { Fen } from '#core/money.ts'
import {
  countingVisas, nextActions, nextRepairAction, type OfferedAction, type RepairAction,
} from '#core/repair/repair-actions.ts'
import { missingPapers, requiredPapers, type PaperKind } from '#core/repair/repair-papers.ts'
import { pathOf, type PathMark } from '#core/repair/repair-path.ts'
import { instructedUnpaid, payableNow, type Payable } from '#core/repair/repair-payable.ts'
import { readPart } from '#core/repair/place-words.ts'
import { repeatReason, type EarlierRepair, type RepeatReason } from '#core/repair/repair-place.ts'
import { contractLimit } from '#core/repair/repair-settlement.ts'
import { visaChangeFen } from '#core/repair/repair-visa.ts'
import { isSpotChecked } from '#core/repair/repair.ts'
import type { VisitParty } from '#core/repair/site-visit.ts'
import type { DecidedLimit } from '#core/authority/use-authority.ts'
import type { Ledger } from '#db/ledger.ts'
import { decidedLimit } from '../authority/use-held.ts'
import type { ServiceContext } from '../context.ts'
import { repairJob, sheetStateOf, type Repair, type RepairJob, type StoredPaper } from './repair-record.ts'
import { photosOfStep, visitingParties } from './repair-review.ts'

export type RepeatClaim = EarlierRepair & { readonly number: string; readonly title: string; readonly reason: RepeatReason }

export const EARLIER_AT_PLACE = `
  SELECT r.id, r.number, r.title, r.building_id AS buildingId, r.entrance, r.part, r.facility,
    r.reported_on AS reportedOn, s.step,
    (SELECT json_extract(e.detail, '$.warrantyUntil') FROM repair_event e
     WHERE e.repair_id = r.id AND e.kind = 'accepted' ORDER BY e.seq DESC LIMIT 1) AS warrantyUntil
  FROM repair r INDEXED BY repair_by_place JOIN repair_standing s ON s.repair_id = r.id
  WHERE r.complex_id = :complexId AND r.part IN (SELECT value FROM json_each(:parts)) AND r.id < :id
    AND (:buildingId IS NULL OR r.building_id IS NULL OR r.building_id = :buildingId)
  ORDER BY r.reported_on DESC, r.id DESC`

/** Spellings of a part in a complex's jobs, `屋顶` beside `屋面`. */
function spellings(ledger: Ledger, complexId: ComplexId, part: string): readonly string[] {
  return ledger
    .prepare<[number], string>('SELECT DISTINCT part FROM repair INDEXED BY repair_by_place WHERE complex_id = ?')
    .pluck()
    .all(complexId)
    .filter((spelling) => readPart(spelling) === readPart(part))
}

/** Earlier jobs at the place of `repair` that make it a repeat; `days` null while the profile's period is 待填写. */
export function repeatClaims(ledger: Ledger, repair: Repair, days: number | null): readonly RepeatClaim[] {
  const { complexId, buildingId, part, id } = repair
  return ledger
    .prepare<[Record<string, unknown>], EarlierRepair & { number: string; title: string }>(EARLIER_AT_PLACE)
    .all({ complexId, buildingId, parts: JSON.stringify(spellings(ledger, complexId, part)), id })
    .flatMap((earlier) => {
      const reason = repeatReason(earlier, repair, days)
      return reason === null ? [] : [{ ...earlier, reason }]
    })
}

/** What the job page shows. `missing` and `required` are of the whole path; `actions` are for the acting person. */
export type RepairCard = Omit<RepairJob, 'policy' | 'rules'> & {
  readonly policyName: string
  readonly required: readonly { readonly kind: PaperKind; readonly isThere: boolean }[]
  readonly actions: readonly OfferedAction[]
  readonly nextAction: RepairAction | null
  readonly repeats: readonly RepeatClaim[]
  readonly photos: readonly StoredPaper[]
  readonly path: readonly PathMark[]
  /** Who makes a record at the review or spot check. */
  readonly visitParties: readonly VisitParty[]
  /** Photos filed since the job came to its step. */
  readonly stepPhotos: readonly StoredPaper[]
  /** Of the visas that count. */
  readonly visaFen: Fen
  /** The most the settlement may reach by contract and visas; null without a contract. */
  readonly limitFen: Fen | null
  /** What owners decided; null for an emergency and for a job let off the authority. */
  readonly decided: DecidedLimit | null
  /** Null before the settlement and once everything is paid. */
  readonly payable: Payable | null
  /** Days of the use publication; null while 待填写. */
  readonly publicationDays: number | null
}

function payableOf({ state, disputedFen, today }: Pick<RepairJob, 'state' | 'disputedFen' | 'today'>): Payable | null {
  if (state.step === 'payment' || state.step === 'retention') return payableNow(state, disputedFen, today)
  return state.step === 'voucher' ? { amountFen: instructedUnpaid(state), label: '', heldUpBecause: '' } : null
}

/** Throws `repair.missing`. */
export function repairCard(context: ServiceContext, id: RepairId): RepairCard {
  const { policy, rules, ...job } = repairJob(context.ledger, id, context.clock.today())
  const visaFen = visaChangeFen(countingVisas(job.state, job.visas))
  const missing = new Set(missingPapers(job.state, job.folder, rules, 'payment'))
  return {
    ...job,
    policyName: policy.facts.name,
    required: requiredPapers(job.state, rules).map(({ kind }) => ({ kind, isThere: !missing.has(kind) })),
    actions: nextActions({ ...job, rules }, context.actor),
    nextAction: nextRepairAction(job.state.step),
    repeats: repeatClaims(context.ledger, job.repair, policy.value('repeatClaim.days')),
    photos: job.folder.papers.filter(({ kind, mediaType }) => kind === 'photo' || mediaType.startsWith('image/')),
    path: pathOf(job.state, job.events.at(-2)?.step ?? 'windowCheck', sheetStateOf(context.ledger, job.repair)),
    visitParties: visitingParties(isSpotChecked(job.state) ? 'spotChecked' : 'siteReviewed', policy),
    stepPhotos: photosOfStep(job),
    visaFen,
    limitFen: contractLimit(job.state, visaFen),
    decided: decidedLimit(context.ledger, id),
    payable: payableOf(job),
    publicationDays: policy.value('usePublication.days'),
  }
}

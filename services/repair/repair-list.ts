/** The whole page of one repair, and earlier jobs at the same place. Boards and inboxes: repair-board.ts, repair-inbox.ts. */
import type { RepairId } from '#core/id.ts'
import type { Fen } from '#core/money.ts'
import {
  countingVisas, nextActions, nextRepairAction, type OfferedAction, type RepairAction,
} from '#core/repair/repair-actions.ts'
import { missingPapers, requiredPapers, type PaperKind } from '#core/repair/repair-papers.ts'
import { pathOf, type PathMark } from '#core/repair/repair-path.ts'
import { instructedUnpaid, payableNow, type Payable } from '#core/repair/repair-payable.ts'
import { repeatReason, type EarlierRepair, type RepeatReason } from '#core/repair/repair-place.ts'
import { contractLimit } from '#core/repair/repair-settlement.ts'
import { visaChangeFen } from '#core/repair/repair-visa.ts'
import type { Ledger } from '#db/ledger.ts'
import type { ServiceContext } from '../context.ts'
import { repairJob, type Repair, type RepairJob, type StoredPaper } from './repair-record.ts'

export type RepeatClaim = EarlierRepair & { readonly number: string; readonly title: string; readonly reason: RepeatReason }

export const EARLIER_AT_PLACE = `
  SELECT r.id, r.number, r.title, r.building_id AS buildingId, r.entrance, r.part, r.facility,
    r.reported_on AS reportedOn, s.step,
    (SELECT json_extract(e.detail, '$.warrantyUntil') FROM repair_event e
     WHERE e.repair_id = r.id AND e.kind = 'accepted' ORDER BY e.seq DESC LIMIT 1) AS warrantyUntil
  FROM repair r INDEXED BY repair_by_place JOIN repair_standing s ON s.repair_id = r.id
  WHERE r.complex_id = :complexId AND r.building_id IS :buildingId AND r.part = :part AND r.id < :id
  ORDER BY r.reported_on DESC, r.id DESC LIMIT 500`

/** Earlier jobs at the place of `repair` that make it a repeat; `days` null while the profile's period is 待填写. */
export function repeatClaims(ledger: Ledger, repair: Repair, days: number | null): readonly RepeatClaim[] {
  const { complexId, buildingId, part, id } = repair
  return ledger
    .prepare<[Record<string, unknown>], EarlierRepair & { number: string; title: string }>(EARLIER_AT_PLACE)
    .all({ complexId, buildingId, part, id })
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
  /** Of the visas that count. */
  readonly visaFen: Fen
  /** The most the settlement may reach by contract and visas; null without a contract. */
  readonly limitFen: Fen | null
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
    path: pathOf(job.state, job.events.at(-2)?.step ?? 'windowCheck'),
    visaFen,
    limitFen: contractLimit(job.state, visaFen),
    payable: payableOf(job),
    publicationDays: policy.value('usePublication.days'),
  }
}

/** Reading a repair: its facts, what lies in its folder, its visas and objections, and the rules that hold for it. */
import type { BusinessDate } from '#core/calendar.ts'
import type { BookId, BuildingId, ComplexId, CounterpartyId, RepairId, UserId } from '#core/id.ts'
import type { Fen } from '#core/money.ts'
import type { SigningParty } from '#core/policy/policy.ts'
import { Problem } from '#core/problem.ts'
import type { RepairState } from '#core/repair/repair.ts'
import type { RepairSituation } from '#core/repair/repair-actions.ts'
import { repairState } from '#core/repair/repair-flow.ts'
import type { RepairPlace } from '#core/repair/repair-place.ts'
import type { PaperKind, Sheet } from '#core/repair/repair-papers.ts'
import type { SheetState } from '#core/repair/repair-path.ts'
import { disputedFen, type ObjectionOutcome } from '#core/repair/repair-payable.ts'
import type { VisaSigner } from '#core/repair/repair-visa.ts'
import type { Ledger } from '#db/ledger.ts'
import { householdLedgerBegun } from '../household/household-entry.ts'
import { policyFor, type Policy } from '../policy/policy.ts'
import { repairEvents, type RecordedEvent } from './repair-event.ts'
import { rulesUnder } from './repair-rules.ts'

export type Repair = RepairPlace & {
  readonly id: RepairId
  readonly number: string
  readonly bookId: BookId
  readonly complexId: ComplexId
  readonly complexName: string
  readonly profileCode: string
  readonly buildingName: string | null
  readonly title: string
  readonly reportedOn: BusinessDate
  readonly quotedFen: Fen
  readonly contractorId: CounterpartyId
  readonly contractorName: string
  /** Bank and account. */
  readonly contractorBank: string
  /** The account alone; '' where none is known. */
  readonly contractorAccount: string
  readonly supervisorId: CounterpartyId
  readonly supervisorName: string
  readonly buildingId: BuildingId | null
}

/** Throws `repair.missing`. */
export function repairOf(ledger: Ledger, repairId: RepairId): Repair {
  const row = ledger
    .prepare<[number], Repair>(
      `SELECT r.id, r.number, r.book_id AS bookId, r.complex_id AS complexId, c.name AS complexName,
              c.profile_code AS profileCode, r.building_id AS buildingId, b.name AS buildingName, r.entrance, r.part,
              r.facility, r.title, r.reported_on AS reportedOn, r.quoted_fen AS quotedFen, t.contractor_id AS contractorId,
              k.name AS contractorName, trim(k.bank_name || ' ' || k.bank_account) AS contractorBank,
              trim(k.bank_account) AS contractorAccount, t.supervisor_id AS supervisorId,
              s.name AS supervisorName
       FROM repair r JOIN complex c ON c.id = r.complex_id JOIN repair_standing t ON t.repair_id = r.id
         JOIN counterparty k ON k.id = t.contractor_id
         JOIN counterparty s ON s.id = t.supervisor_id LEFT JOIN building b ON b.id = r.building_id WHERE r.id = ?`,
    )
    .get(repairId)
  if (row === undefined) throw new Problem({ code: 'repair.missing', message: '没有这项维修' })
  return row
}

export type StoredPaper = {
  readonly id: number
  readonly kind: PaperKind
  readonly round: number
  readonly sha256: string
  readonly name: string
  readonly mediaType: string
  readonly addedBy: string
  readonly at: string
}

export function repairPapers(ledger: Ledger, repairId: RepairId): readonly StoredPaper[] {
  return ledger
    .prepare<[number], StoredPaper>(
      `SELECT p.id, p.kind, p.round, p.sha256, a.name, a.media_type AS mediaType, u.name AS addedBy, p.at
       FROM repair_paper p JOIN attachment a ON a.sha256 = p.sha256 JOIN user u ON u.id = p.added_by
       WHERE p.repair_id = ? ORDER BY p.id`,
    )
    .all(repairId)
}

export type StoredSignature = {
  readonly sheet: Sheet
  readonly party: SigningParty
  readonly person: string
  readonly round: number
  readonly at: string
}

export function repairSignatures(ledger: Ledger, repairId: RepairId): readonly StoredSignature[] {
  return ledger
    .prepare<[number], StoredSignature>(
      `SELECT sheet, party, person, round, at FROM repair_signature WHERE repair_id = ? ORDER BY id`,
    )
    .all(repairId)
}

export type StoredVisa = {
  readonly id: number
  readonly seq: number
  readonly round: number
  readonly on: BusinessDate
  readonly work: string
  readonly quantity: string
  readonly changeFen: Fen
  readonly recordedBy: string
  readonly signers: readonly VisaSigner[]
  readonly images: readonly { readonly sha256: string; readonly name: string }[]
}

export function repairVisas(ledger: Ledger, repairId: RepairId): readonly StoredVisa[] {
  const signers = ledger.prepare<[number], VisaSigner>(
    'SELECT party, person FROM repair_visa_signer WHERE visa_id = ? ORDER BY id',
  )
  const images = ledger.prepare<[number], { sha256: string; name: string }>(
    `SELECT i.sha256, a.name FROM repair_visa_image i JOIN attachment a ON a.sha256 = i.sha256 WHERE i.visa_id = ? ORDER BY i.id`,
  )
  return ledger
    .prepare<[number], Omit<StoredVisa, 'signers' | 'images'>>(
      `SELECT v.id, v.seq, v.round, v.happened_on AS "on", v.work, v.quantity, v.change_fen AS changeFen, u.name AS recordedBy
       FROM repair_visa v JOIN user u ON u.id = v.recorded_by WHERE v.repair_id = ? ORDER BY v.seq`,
    )
    .all(repairId)
    .map((visa) => ({ ...visa, signers: signers.all(visa.id), images: images.all(visa.id) }))
}

export type StoredObjection = {
  readonly id: number
  readonly raisedOn: BusinessDate
  readonly raisedBy: string
  readonly reason: string
  readonly disputedFen: Fen
  readonly recordedById: UserId
  /** Null: open. */
  readonly outcome: ObjectionOutcome | null
  /** Of the outcome. */
  readonly answer: string
  readonly answeredBy: string
  readonly isSettledAnew: boolean
}

export function repairObjections(ledger: Ledger, repairId: RepairId): readonly StoredObjection[] {
  return ledger
    .prepare<[number], Omit<StoredObjection, 'isSettledAnew'> & { isSettledAnew: 0 | 1 }>(
      `SELECT o.id, o.raised_on AS raisedOn, o.raised_by AS raisedBy, o.reason, o.disputed_fen AS disputedFen,
              o.recorded_by AS recordedById, e.outcome,
              coalesce(e.reason, '') AS answer, coalesce(u.name, '') AS answeredBy,
              EXISTS (SELECT 1 FROM repair_event s WHERE s.repair_id = o.repair_id AND s.kind = 'settled' AND s.seq > e.after_seq)
                AS isSettledAnew
       FROM repair_objection o LEFT JOIN repair_objection_end e ON e.objection_id = o.id LEFT JOIN user u ON u.id = e.actor_id
       WHERE o.repair_id = ? ORDER BY o.id`,
    )
    .all(repairId)
    .map((row) => ({ ...row, isSettledAnew: row.isSettledAnew === 1 }))
}

export type RepairJob = Omit<RepairSituation, 'folder' | 'visas'> & {
  readonly repair: Repair
  readonly policy: Policy
  readonly events: readonly RecordedEvent[]
  readonly folder: { readonly papers: readonly StoredPaper[]; readonly signatures: readonly StoredSignature[] }
  readonly visas: readonly StoredVisa[]
  readonly objections: readonly StoredObjection[]
}

function draftIsUnderWay(ledger: Ledger, state: RepairState): boolean {
  if (state.draftId === null) return false
  const draft = ledger.prepare<[number], { state: string }>('SELECT state FROM voucher_draft WHERE id = ?').get(state.draftId)
  return draft?.state === 'draft' || draft?.state === 'reviewed'
}

export function sheetStateOf(ledger: Ledger, { id, bookId, complexId }: Repair): SheetState {
  if (!householdLedgerBegun(ledger, bookId, complexId)) return 'notKept'
  const made = ledger.prepare<[number], unknown>('SELECT 1 FROM apportionment WHERE repair_id = ? LIMIT 1').get(id)
  return made === undefined ? 'lacking' : 'made'
}

/** A job with everything that decides what may happen to it on `today`. Throws `repair.missing`. */
export function repairJob(ledger: Ledger, repairId: RepairId, today: BusinessDate): RepairJob {
  const repair = repairOf(ledger, repairId)
  const events = repairEvents(ledger, repairId)
  const state = repairState(repair.quotedFen, events.map(({ event }) => event))
  const policy = policyFor(ledger, repair.profileCode, today)
  const objections = repairObjections(ledger, repairId)
  return {
    repair,
    policy,
    events,
    state,
    folder: { papers: repairPapers(ledger, repairId), signatures: repairSignatures(ledger, repairId) },
    rules: rulesUnder(policy),
    hasLiveVoucher: draftIsUnderWay(ledger, state),
    visas: repairVisas(ledger, repairId),
    objections,
    disputedFen: disputedFen(objections),
    lacksSheet: sheetStateOf(ledger, repair) === 'lacking',
    today,
  }
}

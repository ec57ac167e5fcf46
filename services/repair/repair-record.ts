/** Reading a repair: its facts, its events as typed values, what lies in its folder, and the rules that hold for it. */
import { z } from 'zod'
import { isBusinessDate, parseDate, type BusinessDate } from '#core/calendar.ts'
import {
  idOf,
  type BookId,
  type BuildingId,
  type ComplexId,
  type CounterpartyId,
  type RepairId,
  type UserId,
} from '#core/id.ts'
import { fen, type Fen } from '#core/money.ts'
import { SIGNING_PARTIES, type PolicyKey, type SigningParty } from '#core/policy/policy.ts'
import { Problem } from '#core/problem.ts'
import { repairState, SEND_BACK_STEPS, type RepairEvent, type RepairState, type RepairStep } from '#core/repair/repair.ts'
import type { RepairAction, RepairRules, RepairSituation } from '#core/repair/repair-actions.ts'
import type { RepairPlace } from '#core/repair/repair-place.ts'
import type { PaperKind, Sheet } from '#core/repair/repair-papers.ts'
import type { Ledger } from '#db/ledger.ts'
import { policyFor, type Policy } from '../policy/policy.ts'

const amount = z.int().transform(fen)
const day = z.string().refine(isBusinessDate).transform((text) => parseDate(text))
const id = <Of extends string>() => z.int().transform((value) => idOf<Of>(value))
const reason = z.string()

/** The stored form of each event's detail; the only place where it becomes typed values. */
const EVENT = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('reported') }),
  z.object({ kind: z.literal('windowChecked'), hits: z.array(id<'repair'>()) }),
  z.object({ kind: z.literal('repeatAnswered'), conclusion: z.enum(['unrelated', 'rework']), finding: reason }),
  z.object({ kind: z.literal('engineeringChecked'), approvedFen: amount, thresholdFen: amount }),
  z.object({ kind: z.literal('drawn'), drawId: z.int(), isDrawn: z.boolean() }),
  z.object({ kind: z.enum(['spotChecked', 'siteReviewed']), on: day, finding: reason }),
  z.object({
    kind: z.literal('accepted'), on: day, settledFen: amount, stampedBy: z.array(z.enum(SIGNING_PARTIES)),
    sectionStaff: z.array(z.string()), followUp: z.string(), warrantyUntil: day.nullable(), needsAudit: z.boolean(),
  }),
  z.object({ kind: z.literal('paymentInstructed'), amountFen: amount, draftId: id<'draft'>() }),
  z.object({ kind: z.literal('voucherPrepared'), draftId: id<'draft'>() }),
  z.object({ kind: z.enum(['paid', 'paymentCorrected']), voucherId: id<'voucher'>(), paidFen: amount }),
  z.object({ kind: z.literal('sentBack'), to: z.enum(SEND_BACK_STEPS), reason }),
  z.object({ kind: z.enum(['refused', 'cancelled']), reason }),
])

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
  readonly contractorBank: string
  readonly supervisorName: string
  readonly buildingId: BuildingId | null
}

/** Throws `repair.missing`. */
export function repairOf(ledger: Ledger, repairId: RepairId): Repair {
  const row = ledger
    .prepare<[number], Repair>(
      `SELECT r.id, r.number, r.book_id AS bookId, r.complex_id AS complexId, c.name AS complexName,
              c.profile_code AS profileCode, r.building_id AS buildingId, b.name AS buildingName, r.entrance, r.part,
              r.facility, r.title, r.reported_on AS reportedOn, r.quoted_fen AS quotedFen, r.contractor_id AS contractorId,
              k.name AS contractorName, trim(k.bank_name || ' ' || k.bank_account) AS contractorBank, s.name AS supervisorName
       FROM repair r JOIN complex c ON c.id = r.complex_id JOIN counterparty k ON k.id = r.contractor_id
         JOIN counterparty s ON s.id = r.supervisor_id LEFT JOIN building b ON b.id = r.building_id WHERE r.id = ?`,
    )
    .get(repairId)
  if (row === undefined) throw new Problem({ code: 'repair.missing', message: '没有这项维修' })
  return row
}

export type RecordedEvent = {
  readonly seq: number
  readonly event: RepairEvent
  readonly step: RepairStep
  readonly actorName: string
  readonly at: string
  /** The day in China. */
  readonly on: BusinessDate
  /** As stored, for what the screen shows beyond the typed event. */
  readonly detail: string
}

type EventRow = Omit<RecordedEvent, 'event'> & { readonly kind: string; readonly actorId: UserId }

export function repairEvents(ledger: Ledger, repairId: RepairId): readonly RecordedEvent[] {
  return ledger
    .prepare<[number], EventRow>(
      `SELECT e.seq, e.kind, e.step, e.detail, e.actor_id AS actorId, u.name AS actorName, e.at,
              date(e.at, '+8 hours') AS "on"
       FROM repair_event e JOIN user u ON u.id = e.actor_id WHERE e.repair_id = ? ORDER BY e.seq`,
    )
    .all(repairId)
    .map(({ kind, detail, actorId, ...row }) => {
      const stored: unknown = JSON.parse(detail)
      const body = EVENT.parse({ ...(typeof stored === 'object' ? stored : {}), kind })
      return { ...row, detail, event: { ...body, by: actorId } }
    })
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
      `SELECT sheet, party, person, round, at FROM repair_signature WHERE repair_id = ? AND sheet <> 'visa' ORDER BY id`,
    )
    .all(repairId)
}

export type RepairJob = Omit<RepairSituation, 'folder'> & {
  readonly repair: Repair
  readonly policy: Policy
  readonly events: readonly RecordedEvent[]
  readonly folder: { readonly papers: readonly StoredPaper[]; readonly signatures: readonly StoredSignature[] }
}

/** Which settings each action waits for; what is 待填写 is said before anybody fills in a form. */
const NEEDED: Readonly<Partial<Record<RepairAction, readonly PolicyKey[]>>> = {
  checkEngineering: ['smallRepair.threshold'],
  drawSpotChecks: ['spotCheck.percent'],
  accept: ['acceptance.signing', 'acceptance.sectionStaff', 'acceptance.followUp', 'settlementAudit.waivedUpTo'],
}
const ACTIONS_WITH_SETTINGS = ['checkEngineering', 'drawSpotChecks', 'accept'] as const

function toFillSentence(policy: Policy, keys: readonly PolicyKey[]): string | undefined {
  try {
    for (const key of keys) policy.require(key)
    return undefined
  } catch (error) {
    if (error instanceof Problem) return error.message
    throw error
  }
}

function rulesUnder(policy: Policy): RepairRules {
  const toFill: Partial<Record<RepairAction, string>> = {}
  for (const action of ACTIONS_WITH_SETTINGS) {
    const sentence = toFillSentence(policy, NEEDED[action] ?? [])
    if (sentence !== undefined) toFill[action] = sentence
  }
  return { signing: policy.value('acceptance.signing'), writtenRecord: policy.value('acceptance.writtenRecord') ?? false, toFill }
}

function draftIsUnderWay(ledger: Ledger, state: RepairState): boolean {
  if (state.draftId === null) return false
  const draft = ledger.prepare<[number], { state: string }>('SELECT state FROM voucher_draft WHERE id = ?').get(state.draftId)
  return draft?.state === 'draft' || draft?.state === 'reviewed'
}

/** A job with everything that decides what may happen to it on `today`. Throws `repair.missing`. */
export function repairJob(ledger: Ledger, repairId: RepairId, today: BusinessDate): RepairJob {
  const repair = repairOf(ledger, repairId)
  const events = repairEvents(ledger, repairId)
  const state = repairState(repair.quotedFen, events.map(({ event }) => event))
  const policy = policyFor(ledger, repair.profileCode, today)
  return {
    repair,
    policy,
    events,
    state,
    folder: { papers: repairPapers(ledger, repairId), signatures: repairSignatures(ledger, repairId) },
    rules: rulesUnder(policy),
    hasLiveVoucher: draftIsUnderWay(ledger, state),
  }
}

/** What a job left in the ledger, read from the rows alone: nothing of the machine that judges it elsewhere is asked. */
import type { RepairId } from '#core/id.ts'
import type { RepairOffice } from './repair-office.ts'

export type EventRow = {
  readonly id: number
  readonly seq: number
  readonly kind: string
  readonly step: string
  readonly detail: Readonly<Record<string, unknown>>
  readonly actor: number
  readonly amount: number
  readonly on: string
}
export type PaperRow = {
  readonly kind: string; readonly round: number; readonly sha256: string; readonly actor: number; readonly at: string
}
export type SignatureRow = {
  readonly sheet: string; readonly party: string; readonly person: string; readonly round: number; readonly actor: number
}
export type VisaRow = {
  readonly round: number; readonly on: string; readonly work: string; readonly quantity: string; readonly changeFen: number
  readonly actor: number
  readonly signers: readonly { readonly party: string; readonly person: string }[]
  readonly images: readonly string[]
}

/** Where each step lies on the path; what is sent back to a place undoes it and everything after. */
const PLACE_OF_STEP: Readonly<Record<string, number>> = {
  windowCheck: 1, engineeringCheck: 2, authority: 3, contract: 4, review: 5, acceptance: 6, settlement: 7, publication: 8,
}
const PLACE_OF_EVENT: Readonly<Record<string, number>> = {
  windowChecked: 1, repeatAnswered: 1, engineeringChecked: 2, authorised: 3, contracted: 4, drawn: 4, spotChecked: 5,
  siteReviewed: 5, accepted: 6, settled: 7, published: 8, paymentInstructed: 8, followedUp: 8,
}
export const PLACE = PLACE_OF_STEP

/** The place a turn back reaches; another party undoes what is signed with it, from the contract on. */
function backTo({ kind, detail }: EventRow): number | null {
  if (kind === 'contractorChanged' || kind === 'supervisorChanged') return PLACE_OF_STEP['contract'] ?? null
  return kind === 'sentBack' ? PLACE_OF_STEP[String(detail['to'])] ?? null : null
}

export type Evidence = {
  readonly events: readonly EventRow[]
  readonly papers: readonly PaperRow[]
  readonly signatures: readonly SignatureRow[]
  readonly visas: readonly VisaRow[]
  standing(kind: string): EventRow | undefined
  /** From which round on what is filed for a step counts: one more for every turn back. */
  roundOf(step: string): number
  /** The round since another contractor does the works. */
  contractorRound: number
}

export function eventsOf({ ledger }: RepairOffice, id: RepairId): readonly EventRow[] {
  return ledger
    .prepare<[number], Omit<EventRow, 'detail'> & { detail: string }>(
      `SELECT id, seq, kind, step, detail, actor_id AS actor, amount_fen AS amount, date(at, '+8 hours') AS "on"
       FROM repair_event WHERE repair_id = ? ORDER BY seq`).all(id)
    .map((row) => ({ ...row, detail: JSON.parse(row.detail) }))
}

function visasOf({ ledger }: RepairOffice, id: RepairId): readonly VisaRow[] {
  const signers = ledger.prepare<[number], { party: string; person: string }>(
    'SELECT party, person FROM repair_visa_signer WHERE visa_id = ? ORDER BY id')
  const images = ledger.prepare<[number], { sha256: string }>(
    'SELECT sha256 FROM repair_visa_image WHERE visa_id = ? ORDER BY id')
  return ledger
    .prepare<[number], Omit<VisaRow, 'signers' | 'images'> & { id: number }>(
      `SELECT id, round, happened_on AS "on", work, quantity, change_fen AS changeFen, recorded_by AS actor
       FROM repair_visa WHERE repair_id = ? ORDER BY id`).all(id)
    .map(({ id: visaId, ...visa }) =>
      ({ ...visa, signers: signers.all(visaId), images: images.all(visaId).map(({ sha256 }) => sha256) }))
}

/** The latest of its kind that no turn back has undone. */
export function standingIn(events: readonly EventRow[], kind: string): EventRow | undefined {
  const place = PLACE_OF_EVENT[kind] ?? 0
  const found = events.findLast((event) => event.kind === kind)
  const isUndone = events.some((turn) => turn.kind === 'sentBack' && turn.seq > (found?.seq ?? 0) && (backTo(turn) ?? 9) <= place)
  return isUndone ? undefined : found
}

export function evidenceOf(office: RepairOffice, id: RepairId): Evidence {
  const { ledger } = office
  const events = eventsOf(office, id)
  const turns = events.filter((event) => backTo(event) !== null)
  return {
    events,
    papers: ledger.prepare<[number], PaperRow>(
      'SELECT kind, round, sha256, added_by AS actor, at FROM repair_paper WHERE repair_id = ? ORDER BY id').all(id),
    signatures: ledger.prepare<[number], SignatureRow>(
      'SELECT sheet, party, person, round, recorded_by AS actor FROM repair_signature WHERE repair_id = ? ORDER BY id').all(id),
    visas: visasOf(office, id),
    standing: (kind) => standingIn(events, kind),
    roundOf: (step) => 2 + turns.findLastIndex((turn) => (backTo(turn) ?? 9) <= (PLACE_OF_STEP[step] ?? 0)),
    contractorRound: 2 + turns.findLastIndex(({ kind }) => kind !== 'sentBack'),
  }
}

/** Text and numbers inside an event's detail, by path; undefined where there is none. */
export function told(event: EventRow | undefined, ...path: readonly string[]): unknown {
  const inside = (value: unknown, key: string): unknown =>
    (typeof value === 'object' && value !== null ? Object.entries(value).find(([name]) => name === key)?.[1] : undefined)
  return path.reduce<unknown>(inside, event?.detail)
}

export const text = (value: unknown): string => (typeof value === 'string' ? value : '')

export function listed(event: EventRow | undefined, key: string): readonly unknown[] {
  const value = told(event, key)
  return Array.isArray(value) ? value : []
}

/** Every change of a job stands in the operation log: under its own name, by the person who made it, with all it says. */
import { isDeepStrictEqual } from 'node:util'
import type { RepairId } from '#core/id.ts'
import type { RepairOffice } from './repair-office.ts'
import { evidenceOf, told } from './walk-evidence.ts'

type Entry = { readonly action: string; readonly actor: number; readonly detail: Readonly<Record<string, unknown>> }

function entriesOf({ ledger }: RepairOffice, subject: string, id: unknown): Entry[] {
  return ledger
    .prepare<[string, unknown], Omit<Entry, 'detail'> & { detail: string }>(
      'SELECT action, actor_id AS actor, detail FROM operation WHERE subject = ? AND subject_id = ? ORDER BY id').all(subject, id)
    .map((row) => ({ ...row, detail: JSON.parse(row.detail) }))
}

const holds = (entry: Entry, wanted: Readonly<Record<string, unknown>>): boolean =>
  Object.entries(wanted).every(([key, value]) => isDeepStrictEqual(entry.detail[key], value))

/** What is missing or told wrongly; entries that stand for nothing that happened are told too. */
export function unlogged(office: RepairOffice, id: RepairId): readonly string[] {
  const { events, papers, signatures, visas } = evidenceOf(office, id)
  const left = entriesOf(office, 'repair', id)
  const missing: string[] = []
  const expect = (action: string, actor: number, wanted: Readonly<Record<string, unknown>>) => {
    const at = left.findIndex((entry) => entry.action === action && entry.actor === actor && holds(entry, wanted))
    if (at < 0) missing.push(`${action} ${JSON.stringify(wanted)}`)
    else left.splice(at, 1)
  }
  for (const { kind, actor, detail, step } of events) {
    if (kind !== 'paid' && kind !== 'paymentCorrected') {
      expect(`repair.${kind}`, actor, { ...detail, step })
      continue
    }
    // Written by the ledger itself with the voucher: the posting is its entry.
    const posted = entriesOf(office, 'voucher', detail['voucherId'])
    if (!posted.some((entry) => entry.action === 'voucher.post' && entry.actor === actor)) missing.push(kind)
  }
  for (const event of events.filter(({ kind }) => kind === 'drawn')) {
    const draw = told(event, 'drawId')
    const row = office.ledger.prepare<[unknown], { seed: string; pool: string; drawn: string; actor: number }>(
      'SELECT seed, pool, drawn, actor_id AS actor FROM repair_draw WHERE id = ?').get(draw)
    const wanted = { seed: row?.seed, pool: JSON.parse(row?.pool ?? '[]'), drawn: JSON.parse(row?.drawn ?? '[]') }
    const isThere = entriesOf(office, 'repairDraw', draw).some((entry) => entry.actor === row?.actor && holds(entry, wanted))
    if (!isThere || row?.actor !== event.actor) missing.push('repair.draw')
  }
  for (const { sha256, actor } of papers) expect('repair.addPaper', actor, { sha256 })
  for (const { sheet, party, person, actor } of signatures) expect('repair.sign', actor, { sheet, party, person })
  for (const { work, quantity, changeFen, images, signers, actor } of visas) {
    expect('repair.visa', actor, { work, quantity, changeFen, images, signers: signers.map(({ person }) => person) })
  }
  type Answer = { answer: string; explanation: string; actor: number; confirmedBy: number | null }
  const answers = office.ledger.prepare<[number], Answer>(
    `SELECT answer, explanation, actor_id AS actor, confirmed_by AS confirmedBy FROM repair_use_answer
     WHERE repair_id = ? ORDER BY id`)
  for (const { actor, ...facts } of answers.all(id)) expect('repair.useAnswered', actor, facts)
  const objections = office.ledger.prepare<[number], {
    objection: number; raisedBy: string; reason: string; disputedFen: number; actor: number
    outcome: string | null; answer: string; endedBy: number
  }>(
    `SELECT o.id AS objection, o.raised_by AS raisedBy, o.reason, o.disputed_fen AS disputedFen, o.recorded_by AS actor,
       e.outcome, e.reason AS answer, e.actor_id AS endedBy
     FROM repair_objection o LEFT JOIN repair_objection_end e ON e.objection_id = o.id
     WHERE o.repair_id = ? ORDER BY o.id`).all(id)
  for (const { actor, outcome, answer, endedBy, objection, ...facts } of objections) {
    expect('repair.objection', actor, { objection, ...facts })
    if (outcome !== null) expect('repair.objectionEnd', endedBy, { objection, outcome, reason: answer })
  }
  return [...missing, ...left.map(({ action }) => `nothing for ${action}`)]
}

/** Of every contractor in a pool half the jobs are drawn, one at least, and a job's lot is what its draw says. */
export function drawnWrongly(office: RepairOffice): readonly string[] {
  type Pooled = { readonly repairId: number; readonly contractorId: number }
  const lots = office.ledger.prepare<[number], { id: number; isDrawn: 0 | 1 }>(
    `SELECT repair_id AS id, json_extract(detail, '$.isDrawn') AS isDrawn FROM repair_event
     WHERE kind = 'drawn' AND json_extract(detail, '$.drawId') = ?`)
  return office.ledger
    .prepare<[], { id: number; pool: string; drawn: string }>('SELECT id, pool, drawn FROM repair_draw').all()
    .flatMap(({ id, pool, drawn }) => {
      const pooled: readonly Pooled[] = JSON.parse(pool)
      const lot: readonly number[] = JSON.parse(drawn)
      const chosen = new Set(lot)
      const strata = [...Map.groupBy(pooled, ({ contractorId }) => contractorId).values()]
      const lotsOf = (own: readonly Pooled[]) => own.filter(({ repairId }) => chosen.has(repairId)).length
      const isFair = strata.every((own) => lotsOf(own) === Math.ceil(own.length / 2))
      const told = lots.all(id)
      const isTold = told.length === pooled.length && told.every((lot) => chosen.has(lot.id) === (lot.isDrawn === 1))
      return isFair && isTold ? [] : [`draw ${id}`]
    })
}

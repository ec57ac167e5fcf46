/**
 * What the rules ask before money leaves a job, told again without the machine: read from the rows alone, as sentences of
 * everything that is wrong.
 */
import type { RepairId } from '#core/id.ts'
import { parseYuan } from '#core/money.ts'
import { SEND_BACK_STEPS } from '#core/repair/repair.ts'
import { repairCard } from '#services/repair/repair-list.ts'
import type { RepairOffice } from './repair-office.ts'

export const THRESHOLD = parseYuan('2000.00')
export const LEAVE = parseYuan('5000.00')
export const AUDIT = parseYuan('30000.00')

type EventRow = { seq: number; kind: string; detail: Record<string, unknown>; actor: number; amount: number; on: string }

function eventsOf(office: RepairOffice, id: RepairId): readonly EventRow[] {
  return office.ledger
    .prepare<[number], Omit<EventRow, 'detail'> & { detail: string }>(
      `SELECT seq, kind, detail, actor_id AS actor, amount_fen AS amount, date(at, '+8 hours') AS "on" FROM repair_event
       WHERE repair_id = ? ORDER BY seq`).all(id)
    .map((row) => ({ ...row, detail: JSON.parse(row.detail) }))
}

const BACK: readonly string[] = SEND_BACK_STEPS

/** What the rules ask before money leaves, told again from the rows: the sentences of everything that is wrong. */
export function wrongWith(office: RepairOffice, id: RepairId): string[] {
  const wrong: string[] = []
  const need = (isThere: boolean, what: string) => {
    if (!isThere) wrong.push(what)
  }
  const events = eventsOf(office, id)
  const last = (...kinds: string[]) => events.findLast(({ kind }) => kinds.includes(kind))
  const checked = last('engineeringChecked')
  const settled = last('settled')
  const accepted = last('accepted')
  const instructed = last('paymentInstructed')
  if (checked === undefined || settled === undefined || accepted === undefined || instructed === undefined) return ['steps']
  const review = checked.amount >= THRESHOLD ? last('siteReviewed') : last('drawn')
  const whole = checked.amount >= LEAVE
  const order = [
    last('reported'), last('windowChecked'), checked, ...(whole ? [last('authorised'), last('contracted')] : []), review,
    accepted, settled, ...(settled.amount >= LEAVE ? [last('published')] : []), instructed,
  ]
  need(order.every((event, index) => event !== undefined && event.seq > (order[index - 1]?.seq ?? 0)), 'every step, in order')
  need(checked.amount >= THRESHOLD || settled.amount < THRESHOLD, 'no spot check for a job at the amount')
  need(checked.amount >= LEAVE || settled.amount < LEAVE, 'no leave for a job at the amount')
  if (review?.kind === 'drawn' && review.detail['isDrawn'] === true) {
    need((last('spotChecked')?.seq ?? 0) > review.seq, 'the drawn check')
  }
  need(last('windowChecked')?.actor !== checked.actor && last('reported')?.actor !== checked.actor, 'two checks, two persons')
  need(!whole || last('contracted')?.actor !== settled.actor, 'contract and settlement by two')
  const judges = [checked, accepted, settled, last('siteReviewed', 'spotChecked')]
    .filter((event) => event !== undefined && event.seq >= checked.seq)
  need(judges.every((event) => event?.actor !== instructed.actor), 'nobody has own acceptance paid')
  const named = office.ledger.prepare<[number], { id: number }>('SELECT contractor_id AS id FROM repair WHERE id = ?').get(id)?.id
  const doing = last('contractorChanged')?.detail['contractorId'] ?? named
  const payees = office.ledger
    .prepare<[number], { id: number }>('SELECT DISTINCT counterparty_id AS id FROM voucher_line WHERE repair_id = ?').all(id)
  need(payees.every((payee) => payee.id === doing), 'only who does the job is paid')
  need(last('contractorChanged')?.actor !== settled.actor, 'who chose another contractor does not settle')
  const published = last('published')
  need(settled.amount < LEAVE || String(published?.detail['to']) < instructed.on, 'publication over')

  /** From which round on sheets of a step count. */
  const roundOf = (step: string): number => {
    // Another contractor: nothing filed ahead from the contract on counts.
    const backs = events.filter(({ kind }) => kind === 'sentBack' || kind === 'contractorChanged')
    const backTo = ({ kind, detail }: EventRow) => BACK.indexOf(kind === 'sentBack' ? String(detail['to']) : 'contract')
    return 2 + backs.findLastIndex((event) => backTo(event) <= BACK.indexOf(step))
  }
  const papers = repairCard(office.preparer, id).folder.papers
  const filed = (kind: string, step?: string) =>
    need(papers.some((paper) => paper.kind === kind && paper.round >= (step === undefined ? 1 : roundOf(step))), kind)
  for (const kind of ['quotation', 'photo', 'invoice']) filed(kind)
  filed('workOrder', whole ? 'contract' : undefined)
  for (const kind of ['acceptanceSheet', 'acceptanceRecord']) filed(kind, 'acceptance')
  filed('settlement', 'settlement')
  if (checked.amount >= THRESHOLD) filed('siteReview', 'review')
  if (settled.amount > AUDIT) filed('auditReport', 'settlement')
  if (settled.amount >= LEAVE) filed('noticePhoto', 'publication')
  const signed = repairCard(office.preparer, id).folder.signatures.filter((one) => one.round >= roundOf('acceptance'))
  const persons = (party: string) =>
    new Set(signed.filter((one) => one.sheet === 'acceptance' && one.party === party).map(({ person }) => person)).size
  need(persons('section') >= 2 && persons('supervisor') >= 2 && persons('contractor') >= 1, 'acceptance signed by 2 + 2 + 1')
  if (checked.detail['concealedWork'] === true) {
    const { visas } = repairCard(office.preparer, id)
    need(visas.some((visa) => visa.round >= roundOf('review') && visa.images.length > 0 && visa.signers.length >= 4), 'visa')
  }
  const { paidFen, disputed } = office.ledger
    .prepare<[Record<string, unknown>], { paidFen: number; disputed: number }>(
      `SELECT (SELECT sum(debit_fen - credit_fen) FROM voucher_line WHERE repair_id = :id) AS paidFen,
              (SELECT coalesce(sum(disputed_fen), 0) FROM repair_objection o WHERE repair_id = :id AND NOT EXISTS (
                 SELECT 1 FROM repair_objection_end WHERE objection_id = o.id)) AS disputed`)
    .get({ id }) ?? { paidFen: 0, disputed: 0 }
  need(paidFen <= settled.amount - disputed, 'no more than settled and undisputed')
  return wrong
}

/** Every event stands in the log under its own name; those the ledger writes itself stand there as the posting that made them. */
export function unlogged(office: RepairOffice, id: RepairId): readonly string[] {
  const logged = office.ledger
    .prepare<[number], { action: string }>("SELECT action FROM operation WHERE subject = 'repair' AND subject_id = ? ORDER BY id")
    .all(id).map(({ action }) => action)
  const posted = office.ledger.prepare<[unknown], unknown>(
    "SELECT 1 FROM operation WHERE subject = 'voucher' AND subject_id = ? AND action = 'voucher.post'")
  const events = eventsOf(office, id)
  const byLedger = events.filter(({ kind }) => kind === 'paid' || kind === 'paymentCorrected')
  const own = events.filter((event) => !byLedger.includes(event)).map(({ kind }) => `repair.${kind}`)
  const missing = byLedger.filter(({ detail }) => posted.get(detail['voucherId']) === undefined).map(({ kind }) => kind)
  return JSON.stringify(logged.filter((action) => own.includes(action))) === JSON.stringify(own) ? missing : [...missing, ...own]
}

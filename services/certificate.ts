/** Reading the deposit register: certificates with their status, the due list, and chains. */
import type { BusinessDate, Month } from '#core/calendar.ts'
import {
  dueState,
  lostInterest,
  type CertificateEventKind,
  type CertificateStatus,
  type CertificateTerms,
  type DepositProduct,
  type DueState,
  type RolloverInstruction,
} from '#core/deposit.ts'
import type { BankAccountId, BookId, CertificateId, ComplexId, DraftId } from '#core/id.ts'
import { addFen, fen, parseYuan, ZERO_FEN, type Fen } from '#core/money.ts'
import { Problem } from '#core/problem.ts'
import type { DraftState } from '#core/voucher.ts'
import type { Ledger } from '#db/ledger.ts'

export type Certificate = CertificateTerms & {
  readonly id: CertificateId
  readonly bookId: BookId
  readonly bookName: string
  readonly complexId: ComplexId
  readonly complexName: string
  readonly bankAccountId: BankAccountId
  readonly bankName: string
  readonly certificateNo: string
  readonly product: DepositProduct
  readonly dueDateReason: string
  readonly rolloverInstruction: RolloverInstruction
  readonly previousId: CertificateId | null
  readonly personInCharge: string
  readonly status: CertificateStatus
}

/**
 * The latest event that was not taken back decides; where its voucher was voided by hand, the event still stands until it
 * is taken back here too. Kept as one expression so that lists, the due list and the chain cannot disagree.
 */
const STATUS = `coalesce((
  SELECT CASE WHEN e.kind = 'placed' THEN CASE d.state WHEN 'posted' THEN 'inForce' ELSE 'pending' END ELSE e.kind END
  FROM certificate_event e LEFT JOIN voucher_draft d ON d.id = e.draft_id
  WHERE e.certificate_id = c.id AND e.kind <> 'reversed'
    AND NOT EXISTS (SELECT 1 FROM certificate_event r WHERE r.reverses_event_id = e.id)
  ORDER BY e.id DESC LIMIT 1), 'cancelled')`

const CERTIFICATE = `SELECT c.id, c.book_id AS bookId, b.name AS bookName, c.complex_id AS complexId, x.name AS complexName,
    c.bank_account_id AS bankAccountId, k.bank_name AS bankName, c.certificate_no AS certificateNo, c.product,
    c.principal_fen AS principalFen, c.rate_micro AS rateMicro, c.demand_rate_micro AS demandRateMicro,
    c.day_count AS dayCount, c.term_months AS termMonths, c.term_days AS termDays, c.value_date AS valueDate,
    c.due_date AS dueDate, c.due_date_reason AS dueDateReason, c.anchor_day AS anchorDay,
    c.rollover_instruction AS rolloverInstruction, c.previous_id AS previousId, u.name AS personInCharge, ${STATUS} AS status
  FROM certificate c JOIN book b ON b.id = c.book_id JOIN complex x ON x.id = c.complex_id
    JOIN bank_account k ON k.id = c.bank_account_id JOIN user u ON u.id = c.person_in_charge`

/** Throws `certificate.missing`. */
export function certificateOf(ledger: Ledger, id: CertificateId): Certificate {
  const row = ledger.prepare<[number], Certificate>(`${CERTIFICATE} WHERE c.id = ?`).get(id)
  if (row === undefined) throw new Problem({ code: 'certificate.missing', message: '没有这张存单' })
  return row
}

export type CertificateFilter = {
  readonly complexId?: ComplexId
  readonly bankAccountId?: BankAccountId
  readonly inForceOnly: boolean
  /** Part of the certificate number, or the principal. */
  readonly text?: string
  /** Keyset: certificates after this one. */
  readonly after?: { readonly isEnded: 0 | 1; readonly dueDate: BusinessDate; readonly id: CertificateId }
  readonly limit: number
}

/** `isEnded`: withdrawn, rolled over or cancelled; those stand after what still has to be watched. */
export type ListedCertificate = Certificate & { readonly isEnded: 0 | 1 }

/** The most urgent first; what has ended stands at the end, by due date too. */
export function listCertificates(ledger: Ledger, filter: CertificateFilter): readonly ListedCertificate[] {
  const text = filter.text?.trim() ?? ''
  const parameters = {
    complexId: filter.complexId ?? null,
    bankAccountId: filter.bankAccountId ?? null,
    text: text === '' ? null : text,
    principalFen: fenIn(text),
    afterEnded: filter.after?.isEnded ?? 0,
    afterDue: filter.after?.dueDate ?? '0000-01-01',
    afterId: filter.after?.id ?? 0,
    limit: filter.limit,
  }
  return ledger
    .prepare<[Record<string, unknown>], ListedCertificate>(
      `SELECT * FROM (
         SELECT *, status NOT IN ('inForce', 'pending') AS isEnded FROM (${CERTIFICATE}
           WHERE (:complexId IS NULL OR c.complex_id = :complexId)
             AND (:bankAccountId IS NULL OR c.bank_account_id = :bankAccountId)
             AND (:text IS NULL OR instr(c.certificate_no, :text) > 0 OR c.principal_fen = :principalFen)))
       WHERE (isEnded, dueDate, id) > (:afterEnded, :afterDue, :afterId) ${filter.inForceOnly ? 'AND isEnded = 0' : ''}
       ORDER BY isEnded, dueDate, id LIMIT :limit`,
    )
    .all(parameters)
}

/** The amount a text means, null for anything else. */
function fenIn(text: string): Fen | null {
  try {
    return parseYuan(text)
  } catch (error) {
    if (error instanceof Problem) return null
    throw error
  }
}

/** `due` is null for what no longer has to be watched. */
export type Watched<Row extends Certificate> = Row & { readonly due: DueState | null; readonly lostFen: Fen }

export function watched<Row extends Certificate>(row: Row, today: BusinessDate, reminderDays: readonly number[]): Watched<Row> {
  return row.status === 'inForce' || row.status === 'pending'
    ? { ...row, due: dueState(row.dueDate, today, reminderDays), lostFen: lostInterest(row, today) }
    : { ...row, due: null, lostFen: ZERO_FEN }
}

export type DueWork = {
  readonly rows: readonly Watched<Certificate>[]
  readonly overdueCount: number
  /** Lost so far by all overdue certificates, fen. */
  readonly lostFen: Fen
}

/** Everything due within the longest reminder, and everything overdue; it leaves the list only by being handled. */
export function dueWork(
  ledger: Ledger,
  today: BusinessDate,
  reminderDays: readonly number[],
  until: BusinessDate,
  complexId: ComplexId | null = null,
): DueWork {
  const rows = ledger
    .prepare<[Record<string, unknown>], Certificate>(
      `${CERTIFICATE} WHERE c.due_date <= :until AND (:complexId IS NULL OR c.complex_id = :complexId)
         AND ${STATUS} = 'inForce' ORDER BY c.due_date, c.id`,
    )
    .all({ until, complexId })
    .map((row) => watched(row, today, reminderDays))
  return {
    rows,
    overdueCount: rows.filter((row) => row.due?.kind === 'overdue').length,
    lostFen: addFen(...rows.map((row) => row.lostFen)),
  }
}

export type MaturityMonth = {
  readonly month: Month
  readonly isOverdue: 0 | 1
  readonly count: number
  readonly principalFen: Fen
}

/** The ladder: what falls due month by month, of what is in force; what is overdue stands apart in its month. */
export function maturityLadder(ledger: Ledger, today: BusinessDate, complexId: ComplexId | null): readonly MaturityMonth[] {
  return ledger
    .prepare<[Record<string, unknown>], MaturityMonth>(
      `SELECT substr(c.due_date, 1, 7) AS month, c.due_date < :today AS isOverdue, count(*) AS count,
              sum(c.principal_fen) AS principalFen
       FROM certificate c WHERE (:complexId IS NULL OR c.complex_id = :complexId) AND ${STATUS} = 'inForce'
       GROUP BY month, isOverdue ORDER BY month, isOverdue DESC`,
    )
    .all({ today, complexId })
}

export type CertificateEvent = {
  readonly id: number
  readonly certificateId: CertificateId
  readonly kind: CertificateEventKind
  readonly date: BusinessDate
  readonly principalFen: Fen
  readonly interestExpectedFen: Fen
  readonly interestPaidFen: Fen
  readonly differenceReason: string
  readonly nextCertificateId: CertificateId | null
  readonly reversesEventId: number | null
  readonly draftId: DraftId | null
  readonly draftState: DraftState | null
  readonly voucherId: number | null
  readonly actor: string
  readonly at: string
}

const EVENT = `SELECT e.id, e.certificate_id AS certificateId, e.kind, e.date, e.principal_fen AS principalFen,
    e.interest_expected_fen AS interestExpectedFen, e.interest_paid_fen AS interestPaidFen,
    e.difference_reason AS differenceReason, e.next_certificate_id AS nextCertificateId,
    e.reverses_event_id AS reversesEventId, e.draft_id AS draftId, d.state AS draftState, v.id AS voucherId,
    u.name AS actor, e.at
  FROM certificate_event e JOIN user u ON u.id = e.actor_id LEFT JOIN voucher_draft d ON d.id = e.draft_id
    LEFT JOIN voucher v ON v.draft_id = e.draft_id`

export function eventsOf(ledger: Ledger, id: CertificateId): readonly CertificateEvent[] {
  return ledger.prepare<[number], CertificateEvent>(`${EVENT} WHERE e.certificate_id = ? ORDER BY e.id`).all(id)
}

export type CertificateChain = {
  /** Oldest first. */
  readonly links: readonly (Certificate & { readonly events: readonly CertificateEvent[] })[]
  /** Interest the bank paid over the whole chain, fen. */
  readonly interestPaidFen: Fen
}

/** The chain a certificate belongs to: back to its first link and on to its last. */
export function chainOf(ledger: Ledger, id: CertificateId): CertificateChain {
  const ids = ledger
    .prepare<[number], { id: CertificateId }>(
      `WITH RECURSIVE back (id, previous_id) AS (
         SELECT id, previous_id FROM certificate WHERE id = ?
         UNION SELECT c.id, c.previous_id FROM certificate c JOIN back ON c.id = back.previous_id),
       chain (id) AS (
         SELECT id FROM back WHERE previous_id IS NULL
         UNION SELECT c.id FROM certificate c JOIN chain ON c.previous_id = chain.id)
       SELECT id FROM chain ORDER BY id`,
    )
    .all(id)
  const links = ids.map((row) => ({ ...certificateOf(ledger, row.id), events: eventsOf(ledger, row.id) }))
  const reversed = new Set(links.flatMap((link) => link.events.map((event) => event.reversesEventId)))
  const paid = links
    .flatMap((link) => link.events)
    .filter((event) => (event.kind === 'withdrawn' || event.kind === 'rolledOver') && !reversed.has(event.id))
  return { links, interestPaidFen: fen(paid.reduce((sum, event) => sum + event.interestPaidFen, 0)) }
}

/**
 * Which rows of the bank belong to what happened to a certificate: those with the serial of its slip (kept by SQL), and those
 * its voucher is matched to. A rollover inside the bank may have no row at all, or two, or one of the interest alone.
 */
import type { BusinessDate } from '#core/calendar.ts'
import type { CertificateEventKind } from '#core/deposit/deposit.ts'
import type { BankAccountId, CertificateId, StatementLineId } from '#core/id.ts'
import type { Fen } from '#core/money.ts'
import type { Ledger } from '#db/ledger.ts'

export type EventBankLine = {
  readonly eventId: number
  readonly lineId: StatementLineId
  readonly bankAccountId: BankAccountId
  readonly date: BusinessDate
  readonly amountFen: Fen
  readonly memo: string
}

export const LINES_OF_CERTIFICATE = `
  SELECT e.id AS eventId, l.id AS lineId, l.bank_account_id AS bankAccountId, l.date, l.amount_fen AS amountFen, l.memo
  FROM certificate_event e CROSS JOIN certificate_event_line x ON x.event_id = e.id
    CROSS JOIN statement_line l ON l.id = x.statement_line_id
  WHERE e.certificate_id = :id
  UNION
  SELECT e.id, l.id, l.bank_account_id, l.date, l.amount_fen, l.memo
  FROM certificate_event e CROSS JOIN voucher v ON v.draft_id = e.draft_id
    CROSS JOIN reconciliation_entry n ON n.voucher_id = v.id
    CROSS JOIN statement_outcome o ON o.match_id = n.match_id CROSS JOIN statement_line l ON l.id = o.statement_line_id
  WHERE e.certificate_id = :id AND NOT EXISTS (SELECT 1 FROM reconciliation_undo u WHERE u.match_id = n.match_id)
  ORDER BY 1, 4, 2`

/** Oldest first. */
export function bankLinesOf(ledger: Ledger, id: CertificateId): readonly EventBankLine[] {
  return ledger.prepare<[Record<string, unknown>], EventBankLine>(LINES_OF_CERTIFICATE).all({ id })
}

export type LineCertificate = {
  readonly certificateId: CertificateId
  readonly certificateNo: string
  readonly kind: CertificateEventKind
  readonly date: BusinessDate
}

export const CERTIFICATES_OF_LINE = `
  WITH event (id) AS (
    SELECT event_id FROM certificate_event_line WHERE statement_line_id = :id
    UNION
    SELECT e.id FROM statement_outcome o CROSS JOIN reconciliation_entry n ON n.match_id = o.match_id
      CROSS JOIN voucher v ON v.id = n.voucher_id CROSS JOIN certificate_event e ON e.draft_id = v.draft_id
    WHERE o.statement_line_id = :id AND NOT EXISTS (SELECT 1 FROM reconciliation_undo u WHERE u.match_id = n.match_id))
  SELECT c.id AS certificateId, c.certificate_no AS certificateNo, e.kind, e.date
  FROM event JOIN certificate_event e ON e.id = event.id JOIN certificate c ON c.id = e.certificate_id
  ORDER BY e.id`

/** The operations on certificates a row of the bank belongs to. */
export function certificatesOfLine(ledger: Ledger, id: StatementLineId): readonly LineCertificate[] {
  return ledger.prepare<[Record<string, unknown>], LineCertificate>(CERTIFICATES_OF_LINE).all({ id })
}

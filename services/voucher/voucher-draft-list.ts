/** What waits to be reviewed or posted. */
import type { BusinessDate } from '#core/calendar.ts'
import type { BookId, DraftId, UserId } from '#core/id.ts'
import type { Fen } from '#core/money.ts'
import type { DraftState, VoucherKind, VoucherPurpose } from '#core/voucher/voucher.ts'
import type { Ledger } from '#db/ledger.ts'

export type ListedDraft = {
  readonly id: DraftId
  readonly bookId: BookId
  readonly bookName: string
  readonly kind: VoucherKind
  readonly date: BusinessDate
  readonly state: DraftState
  readonly purpose: VoucherPurpose
  readonly pairId: number | null
  readonly rule: string
  readonly preparer: string
  readonly preparerId: UserId
  readonly reviewer: string | null
  readonly summary: string
  readonly amountFen: Fen
}

/** Oldest date first. */
export function listDrafts(ledger: Ledger, bookId: BookId | null, limit: number): readonly ListedDraft[] {
  return ledger
    .prepare<[Record<string, unknown>], ListedDraft>(
      `SELECT d.id, d.book_id AS bookId, b.name AS bookName, d.kind, d.date, d.state, d.purpose, d.pair_id AS pairId, d.rule,
              p.name AS preparer, d.preparer_id AS preparerId, r.name AS reviewer,
              coalesce((SELECT summary FROM voucher_draft_line WHERE draft_id = d.id ORDER BY line_no LIMIT 1), '') AS summary,
              coalesce((SELECT sum(debit_fen) FROM voucher_draft_line WHERE draft_id = d.id), 0) AS amountFen
       FROM book b CROSS JOIN voucher_draft d INDEXED BY voucher_draft_by_state ON d.book_id = b.id
         AND d.state IN ('draft', 'reviewed')
         JOIN user p ON p.id = d.preparer_id LEFT JOIN user r ON r.id = d.reviewer_id
       WHERE :bookId IS NULL OR b.id = :bookId ORDER BY d.date, d.id LIMIT :limit`,
    )
    .all({ bookId, limit })
}

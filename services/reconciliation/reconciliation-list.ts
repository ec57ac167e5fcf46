/** Matches made, newest first, each in a few words: what can be taken back. */
import type { BankAccountId, ReconciliationMatchId } from '#core/id.ts'
import type { Fen } from '#core/money.ts'
import type { Ledger } from '#db/ledger.ts'
import type { MatchMethod } from '#db/schema/reconciliation.ts'

export type ListedMatch = {
  readonly id: ReconciliationMatchId
  readonly method: MatchMethod
  readonly score: number | null
  readonly reason: string
  readonly lastOn: string
  readonly bankCount: number
  readonly bookCount: number
  /** Of the bank's lines; of the book's where there are none. */
  readonly amountFen: Fen
  readonly actor: string
  readonly at: string
}

export const RECENT_MATCHES = `
  SELECT m.id, m.method, m.score, m.reason, m.last_on AS lastOn, a.name AS actor, m.at,
    (SELECT count(*) FROM statement_outcome o WHERE o.match_id = m.id) AS bankCount,
    (SELECT count(*) FROM reconciliation_entry e WHERE e.match_id = m.id) AS bookCount,
    coalesce((SELECT sum(l.amount_fen) FROM statement_outcome o JOIN statement_line l ON l.id = o.statement_line_id
      WHERE o.match_id = m.id),
      (SELECT sum(v.debit_fen - v.credit_fen) FROM reconciliation_entry e
        JOIN voucher_line v ON v.voucher_id = e.voucher_id AND v.line_no = e.line_no WHERE e.match_id = m.id)) AS amountFen
  FROM reconciliation_match m INDEXED BY reconciliation_match_by_account JOIN user a ON a.id = m.actor_id
  WHERE m.bank_account_id = ? AND m.method <> 'posted'
    AND NOT EXISTS (SELECT 1 FROM reconciliation_undo u WHERE u.match_id = m.id)
  ORDER BY m.id DESC LIMIT ?`

/** Standing ones; what posting settled is not among them, since it is taken back by reversing its voucher. */
export function recentMatches(ledger: Ledger, bankAccountId: BankAccountId, limit: number): readonly ListedMatch[] {
  return ledger.prepare<unknown[], ListedMatch>(RECENT_MATCHES).all(bankAccountId, limit)
}

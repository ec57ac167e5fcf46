/**
 * Open items (未达账项) of an account on a day: what stands on one side alone. A line is settled from the day on which its whole
 * match had happened, so a payment of the 30th that the bank made on the 2nd is open at the month's end, also afterwards.
 */
import type { BusinessDate, Month } from '#core/calendar.ts'
import type { BankAccountId, StatementLineId, VoucherId } from '#core/id.ts'
import type { Fen } from '#core/money.ts'
import type { BankItem, BookItem } from '#core/reconciliation/item.ts'
import type { RowKind } from '#core/statement/statement.ts'
import { voucherWord, type VoucherKind } from '#core/voucher/voucher.ts'
import type { Ledger } from '#db/ledger.ts'

export type OpenBankLine = {
  readonly id: StatementLineId
  readonly date: BusinessDate
  /** + in, − out. */
  readonly amountFen: Fen
  readonly party: string
  readonly memo: string
  readonly serial: string
  readonly kind: RowKind
  /** `later`: matched with something after the day asked for; `skipped` lines stay listed with their reason. */
  readonly state: 'open' | 'drafted' | 'skipped' | 'later'
  readonly reason: string
}

export type OpenBookLine = {
  /** `voucher:line`. */
  readonly id: string
  readonly voucherId: VoucherId
  readonly lineNo: number
  /** Accounting date: on which side of a month's end it stands. */
  readonly date: BusinessDate
  /** When it happened, as far as the voucher knows: what matching compares. */
  readonly happenedOn: BusinessDate
  readonly amountFen: Fen
  readonly summary: string
  readonly party: string
  readonly word: string
  readonly month: Month
  readonly state: 'open' | 'later'
  readonly reversesVoucherId: VoucherId | null
  readonly isDeposit: 0 | 1
}

/** Lists never grow without end; an account with more open items than this has other troubles. */
export const MOST_OPEN_ITEMS = 20_000

export const OPEN_BANK_LINES = `
  SELECT l.id, l.date, l.amount_fen AS amountFen, l.party, l.memo, l.serial, l.kind,
    CASE WHEN m.id IS NOT NULL THEN 'later' WHEN o.outcome = 'skipped' THEN 'skipped' WHEN d.id IS NOT NULL THEN 'drafted'
      ELSE 'open' END AS state,
    CASE WHEN o.outcome = 'skipped' THEN o.reason ELSE '' END AS reason
  FROM statement_line l INDEXED BY statement_line_by_account
    LEFT JOIN statement_outcome o ON o.id = (SELECT max(id) FROM statement_outcome WHERE statement_line_id = l.id)
    LEFT JOIN reconciliation_match m ON m.id = o.match_id
    LEFT JOIN voucher_draft d ON d.statement_line_id = l.id AND d.state IN ('draft', 'reviewed')
  WHERE l.bank_account_id = :bankAccountId AND l.date <= :asOf AND (m.id IS NULL OR m.last_on > :asOf)
  ORDER BY l.date, l.id LIMIT ${MOST_OPEN_ITEMS}`

export function openBankLines(ledger: Ledger, bankAccountId: BankAccountId, asOf: BusinessDate): readonly OpenBankLine[] {
  return ledger.prepare<[Record<string, unknown>], OpenBankLine>(OPEN_BANK_LINES).all({ bankAccountId, asOf })
}

export const OPEN_BOOK_LINES = `
  SELECT l.voucher_id AS voucherId, l.line_no AS lineNo, l.date, coalesce(v.bank_date, v.business_date) AS happenedOn,
    l.debit_fen - l.credit_fen AS amountFen, t.summary, v.kind, v.number, v.month,
    coalesce((SELECT p.name FROM voucher_line s JOIN counterparty p ON p.id = s.counterparty_id
      WHERE s.voucher_id = l.voucher_id LIMIT 1), '') AS party,
    CASE WHEN m.id IS NULL THEN 'open' ELSE 'later' END AS state,
    CASE WHEN v.purpose = 'reversal' THEN v.corrects_voucher_id END AS reversesVoucherId,
    EXISTS (SELECT 1 FROM voucher_line s JOIN account c ON c.id = s.account_id
      WHERE s.voucher_id = l.voucher_id AND c.code GLOB '1001.02*') AS isDeposit
  FROM bank_account k JOIN account a ON a.book_id = k.book_id AND a.needs_bank = 1 AND a.code NOT GLOB '1001.02*'
    CROSS JOIN voucher_line l INDEXED BY voucher_line_by_bank
      ON l.bank_account_id = k.id AND l.account_id = a.id AND l.date <= :asOf
    JOIN voucher_line t ON t.voucher_id = l.voucher_id AND t.line_no = l.line_no JOIN voucher v ON v.id = l.voucher_id
    LEFT JOIN reconciliation_match m ON m.id = (SELECT e.match_id FROM reconciliation_entry e
      WHERE e.voucher_id = l.voucher_id AND e.line_no = l.line_no
        AND NOT EXISTS (SELECT 1 FROM reconciliation_undo u WHERE u.match_id = e.match_id))
  WHERE k.id = :bankAccountId AND (m.id IS NULL OR m.last_on > :asOf)
    AND ((l.date >= :from AND v.purpose <> 'opening') OR m.id IS NOT NULL)
  ORDER BY l.date, l.voucher_id, l.line_no LIMIT ${MOST_OPEN_ITEMS}`

type BookRow = Omit<OpenBookLine, 'id' | 'word'> & { readonly kind: VoucherKind; readonly number: number }

/**
 * Of the days from `from` on; what is older was settled before the bank's statements begin, unless a later bank line was
 * matched with it.
 */
export function openBookLines(
  ledger: Ledger,
  bankAccountId: BankAccountId,
  { from, asOf }: { readonly from: BusinessDate; readonly asOf: BusinessDate },
): readonly OpenBookLine[] {
  return ledger
    .prepare<[Record<string, unknown>], BookRow>(OPEN_BOOK_LINES)
    .all({ bankAccountId, from, asOf })
    .map(({ kind, number, ...row }) => ({ ...row, id: `${row.voucherId}:${row.lineNo}`, word: voucherWord(kind, number) }))
}

/** What matching compares: only what is really open; a line with a voucher on its way is settled by that voucher. */
export function bankItemsOf(lines: readonly OpenBankLine[]): readonly (BankItem & { readonly id: StatementLineId })[] {
  return lines.filter(({ state }) => state === 'open').map((line) => ({
    id: line.id, date: line.date, amountFen: line.amountFen, party: line.party, memo: line.memo, serial: line.serial,
    isReversal: line.kind === 'reversal',
  }))
}

export function bookItemsOf(lines: readonly OpenBookLine[]): readonly BookItem[] {
  return lines.filter(({ state }) => state === 'open').map((line) => ({
    id: line.id, voucherId: line.voucherId, reversesVoucherId: line.reversesVoucherId, date: line.happenedOn,
    amountFen: line.amountFen, party: line.party, memo: line.summary, isDeposit: line.isDeposit === 1,
  }))
}

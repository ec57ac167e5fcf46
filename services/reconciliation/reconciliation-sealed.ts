/** Tables as they were sealed, with the items as they stood. */
import type { Month } from '#core/calendar.ts'
import type { BankAccountId, ReconciliationId } from '#core/id.ts'
import type { Fen } from '#core/money.ts'
import type { Ledger } from '#db/ledger.ts'

export type SealedItem = {
  readonly side: 'bank' | 'book'
  readonly date: string
  readonly amountFen: Fen
  readonly text: string
  readonly reference: string
  readonly age: number
}

export type Seal = {
  readonly id: ReconciliationId
  readonly version: number
  readonly journalFen: Fen
  readonly statementFen: Fen
  readonly bankInFen: Fen
  readonly bankOutFen: Fen
  readonly bookInFen: Fen
  readonly bookOutFen: Fen
  readonly adjustedFen: Fen
  readonly reconciler: string
  readonly at: string
  readonly checker: string | null
  readonly checkedAt: string | null
}

const SEAL = `
  SELECT r.id, r.version, r.journal_fen AS journalFen, r.statement_fen AS statementFen, r.bank_in_fen AS bankInFen,
    r.bank_out_fen AS bankOutFen, r.book_in_fen AS bookInFen, r.book_out_fen AS bookOutFen,
    r.journal_fen + r.bank_in_fen - r.bank_out_fen AS adjustedFen, u.name AS reconciler, r.at, s.name AS checker,
    c.at AS checkedAt
  FROM reconciliation r JOIN user u ON u.id = r.reconciler_id
    LEFT JOIN reconciliation_check c ON c.reconciliation_id = r.id LEFT JOIN user s ON s.id = c.checker_id
  WHERE r.bank_account_id = ? AND r.month = ?
    AND NOT EXISTS (SELECT 1 FROM reconciliation_reopening WHERE reconciliation_id = r.id)`

/** The standing sealed table of a month; null while it is open or after it was re-opened. */
export function standingSeal(ledger: Ledger, bankAccountId: BankAccountId, month: Month): Seal | null {
  return ledger.prepare<[number, string], Seal>(SEAL).get(bankAccountId, month) ?? null
}

/** As sealed. */
export function sealedItems(ledger: Ledger, id: ReconciliationId): readonly SealedItem[] {
  const row = ledger.prepare<[number], { items: string }>('SELECT items FROM reconciliation WHERE id = ?').get(id)
  const items: unknown = JSON.parse(row?.items ?? '[]')
  return Array.isArray(items) ? items.filter(isSealedItem) : []
}

function isSealedItem(value: unknown): value is SealedItem {
  return typeof value === 'object' && value !== null && 'side' in value && 'amountFen' in value && 'text' in value
}

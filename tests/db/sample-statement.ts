/** Statements and what became of their lines, made with plain SQL. */
import type { Ledger } from '#db/ledger.ts'
import { addPaper, BANK, insert, NOW, PEOPLE, type Row } from './sample-ledger.ts'

/** One batch of one line on the first complex's account; gives both numbers. */
export function addStatement(ledger: Ledger, name = 'statement.csv'): { batch: number; line: number } {
  const batch = insert(ledger, 'statement_batch', {
    bank_account_id: BANK.maintenanceOfFirst, sha256: addPaper(ledger, name), format: 'csv', layout: 'icbc', encoding: 'utf-8',
    line_count: 1, in_count: 1, in_fen: 12_345, out_count: 0, out_fen: 0, imported_by: PEOPLE.reconciler, imported_at: NOW,
  })
  const line = insert(ledger, 'statement_line', {
    batch_id: batch, bank_account_id: BANK.maintenanceOfFirst, file_line: 2, date: '2025-01-15', amount_fen: 12_345,
    party: '样例银行',
    party_account: '', memo: '结息', serial: '1', kind: 'interest', dedupe_key: name,
  })
  return { batch, line }
}

/** With a voucher: the whole match of the line and that voucher's lines on its account. `open` takes a match back whole. */
export function outcome(ledger: Ledger, line: number, kind: string, more: Row = {}): number {
  const told = { statement_line_id: line, outcome: kind, actor_id: PEOPLE.reconciler, at: NOW, ...more }
  const number = (sql: string): number => ledger.sqlite.prepare<[], number | null>(sql).pluck().get() ?? 0
  const standing = number(`SELECT match_id FROM statement_outcome WHERE statement_line_id = ${line} ORDER BY id DESC LIMIT 1`)
  if (kind === 'open' && standing > 0) {
    return insert(ledger, 'reconciliation_undo',
      { match_id: standing, reason: String(more['reason'] ?? ''), actor_id: PEOPLE.reconciler, at: NOW })
  }
  const voucher = Number(more['voucher_id'] ?? 0)
  if (voucher === 0 || (kind !== 'matched' && kind !== 'posted')) return insert(ledger, 'statement_outcome', told)
  return ledger.write(() => {
    const match = number('SELECT max(id) FROM reconciliation_match') + 1
    const id = insert(ledger, 'statement_outcome', { ...told, match_id: match })
    const account = number(`SELECT bank_account_id FROM statement_line WHERE id = ${line}`)
    ledger.sqlite.exec(`INSERT INTO reconciliation_entry SELECT ${match}, voucher_id, line_no FROM voucher_line
      WHERE voucher_id = ${voucher} AND bank_account_id = ${account}`)
    ledger.sqlite.exec(`INSERT INTO reconciliation_match SELECT ${match}, ${account}, 'manual', NULL, '人工勾对', max(date),
      ${PEOPLE.reconciler}, '${NOW}' FROM (SELECT date FROM statement_line WHERE id = ${line}
        UNION ALL SELECT date FROM voucher_line WHERE voucher_id = ${voucher})`)
    return id
  })
}

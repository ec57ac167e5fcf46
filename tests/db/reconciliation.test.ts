import { expect, test } from 'vitest'
import type { Ledger } from '#db/ledger.ts'
import { addPaper, addStatement, BANK, insert, NOW, outcome, PEOPLE, post, refusalOf, sampleLedger } from './sample-ledger.ts'

function seal(ledger: Ledger, more: Record<string, string | number> = {}): number {
  return insert(ledger, 'reconciliation', {
    bank_account_id: BANK.maintenanceOfFirst, month: '2025-01', version: 1, journal_fen: 100, statement_fen: 90, bank_in_fen: 0,
    bank_out_fen: 10, book_in_fen: 0, book_out_fen: 0, items: '[]', reconciler_id: PEOPLE.reconciler, at: NOW, ...more,
  })
}

/** A head over lines that are there already. */
function head(more: Record<string, string | number | null> = {}): Record<string, string | number | null> {
  return {
    id: 1, bank_account_id: BANK.maintenanceOfFirst, method: 'manual', score: null, reason: '', last_on: '2025-01-15',
    actor_id: PEOPLE.reconciler, at: NOW, ...more,
  }
}

test('a match of one line alone, of unequal sums, or by a cashier is refused', () => {
  const ledger = sampleLedger()
  const { line } = addStatement(ledger)
  const other = addStatement(ledger, 'second.csv')
  const match = (lines: readonly number[], more: Record<string, string | number | null> = {}) => refusalOf(ledger, () => {
    for (const id of lines) {
      insert(ledger, 'statement_outcome', { statement_line_id: id, outcome: 'matched', match_id: 1, actor_id: 1, at: NOW })
    }
    insert(ledger, 'reconciliation_match', head(more))
  })
  expect(match([line])).toBe('statement.amount')
  expect(match([line, other.line])).toBe('statement.amount')
  expect(match([line], { actor_id: PEOPLE.cashier })).toBe('role.cashierConflict')
  expect(match([line], { bank_account_id: BANK.publicIncome })).toBe('statement.account')
})

test('an entry without its head is not kept, and none joins a head that is there', () => {
  const ledger = sampleLedger()
  const { line } = addStatement(ledger)
  const voucher = post(ledger)
  expect(refusalOf(ledger, () => insert(ledger, 'reconciliation_entry', { match_id: 7, voucher_id: voucher, line_no: 1 })))
    .toBe('record.reference')
  outcome(ledger, line, 'matched', { voucher_id: voucher })
  const later = post(ledger)
  expect(refusalOf(ledger, () => insert(ledger, 'reconciliation_entry', { match_id: 1, voucher_id: later, line_no: 1 })))
    .toBe('reconciliation.taken')
})

test('a line leaves its match only with the whole of it', () => {
  const ledger = sampleLedger()
  const { line } = addStatement(ledger)
  outcome(ledger, line, 'matched', { voucher_id: post(ledger) })
  expect(refusalOf(ledger, () => insert(ledger, 'statement_outcome', {
    statement_line_id: line, outcome: 'open', reason: '单独撤', actor_id: PEOPLE.reconciler, at: NOW,
  }))).toBe('reconciliation.undo')
  expect(refusalOf(ledger, () => insert(ledger, 'reconciliation_undo',
    { match_id: 1, reason: '', actor_id: PEOPLE.reconciler, at: NOW }))).toBe('record.check')
  expect(refusalOf(ledger, () => outcome(ledger, line, 'open', { reason: '配错' }))).toBe('accepted')
})

test('a table that does not tie out cannot be sealed, nor a month twice, nor by a cashier', () => {
  const ledger = sampleLedger()
  const sealing = (more: Record<string, string | number> = {}) => refusalOf(ledger, () => seal(ledger, more))
  expect(sealing({ statement_fen: 91 })).toBe('record.check')
  expect(sealing({ reconciler_id: PEOPLE.cashier })).toBe('role.cashierConflict')
  expect(sealing({ version: 2 })).toBe('reconciliation.sealed')
  expect(sealing()).toBe('accepted')
  expect(sealing({ version: 2 })).toBe('reconciliation.sealed')
})

test('the second person is another one, and nobody checks what was re-opened', () => {
  const ledger = sampleLedger()
  const id = seal(ledger)
  const check = (who: number) => refusalOf(ledger, () =>
    insert(ledger, 'reconciliation_check', { reconciliation_id: id, checker_id: who, at: NOW }))
  expect(check(PEOPLE.reconciler)).toBe('reconciliation.samePerson')
  expect(check(PEOPLE.cashier)).toBe('role.cashierConflict')
  insert(ledger, 'reconciliation_reopening', { reconciliation_id: id, reason: '漏记', actor_id: PEOPLE.reconciler, at: NOW })
  expect(check(PEOPLE.reviewer)).toBe('reconciliation.reopened')
  expect(refusalOf(ledger, () => seal(ledger, { version: 2 }))).toBe('accepted')
})

test('inside a sealed month nothing is matched or taken back', () => {
  const ledger = sampleLedger()
  const first = addStatement(ledger)
  const second = addStatement(ledger, 'second.csv')
  outcome(ledger, first.line, 'matched', { voucher_id: post(ledger) })
  seal(ledger)
  expect(refusalOf(ledger, () => outcome(ledger, first.line, 'open', { reason: '配错' }))).toBe('reconciliation.sealed')
  const match = () => outcome(ledger, second.line, 'matched', { voucher_id: post(ledger) })
  expect(refusalOf(ledger, match)).toBe('reconciliation.sealed')
})

test('a bank’s confirmation has its paper', () => {
  const ledger = sampleLedger()
  const confirm = (sha256: string) => refusalOf(ledger, () => insert(ledger, 'bank_confirmation', {
    bank_account_id: BANK.maintenanceOfFirst, as_of: '2025-01-31', amount_fen: 1, sha256, recorded_by: PEOPLE.reconciler, at: NOW,
  }))
  expect(confirm('0'.repeat(64))).toBe('record.reference')
  expect(confirm(addPaper(ledger, '回函.pdf'))).toBe('accepted')
})

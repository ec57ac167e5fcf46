import { expect, test } from 'vitest'
import { expectNoTableScan, planOf } from './query-plan.ts'
import { sampleLedger } from './sample-ledger.ts'

const BALANCE = `SELECT account_id, sum(debit_fen), sum(credit_fen) FROM voucher_line l
  WHERE book_id = ? AND complex_id = ? AND date <= ? GROUP BY account_id`

test('a search over a covering index passes, and the plan can be read', () => {
  const ledger = sampleLedger()
  expectNoTableScan(ledger, BALANCE, [1, 1, '2025-01-31'])
  expect(planOf(ledger, BALANCE, [1, 1, '2025-01-31'])).toEqual([
    expect.stringContaining('USING COVERING INDEX voucher_line_by_complex'),
  ])
})

test.each([
  ['a table', 'SELECT * FROM voucher_line'],
  ['a table under an alias', 'SELECT v.id FROM voucher AS v WHERE v.summary = ?'],
  ['a whole index', 'SELECT sum(debit_fen) FROM voucher_line WHERE complex_id = ?'],
  ['a joined table', 'SELECT 1 FROM book b JOIN voucher_draft d ON d.updated_at = b.opened_on WHERE b.id = ?'],
  ['a subquery', 'SELECT name FROM book WHERE id = ? AND EXISTS (SELECT 1 FROM household h WHERE h.area_dm2 > 5)'],
])('%s read as a whole is found', (_, sql) => {
  const ledger = sampleLedger()
  expect(() => expectNoTableScan(ledger, sql, sql.includes('?') ? [1] : [])).toThrow(/whole tables are read/)
})

test('master tables pass only when they are named', () => {
  const ledger = sampleLedger()
  expect(() => expectNoTableScan(ledger, 'SELECT * FROM account a')).toThrow(/SCAN a/)
  expectNoTableScan(ledger, 'SELECT * FROM account a', [], ['account'])
  expectNoTableScan(ledger, 'SELECT value FROM json_each(:list)', { list: '[1]' })
})

import { expect, test } from 'vitest'
import {
  addStatement,
  BANK,
  countOf,
  insert,
  interestLines,
  NOW,
  outcome,
  PEOPLE,
  post,
  refusalOf,
  sampleLedger,
} from './sample-ledger.ts'

test('the same file is a batch once, until it was taken back', () => {
  const ledger = sampleLedger()
  const { batch } = addStatement(ledger)
  const again = () => refusalOf(ledger, () => ledger.sqlite.exec(`
    INSERT INTO statement_batch (bank_account_id, sha256, format, layout, encoding, line_count, in_count, in_fen, out_count,
      out_fen, imported_by, imported_at)
    SELECT ${BANK.publicIncome}, sha256, format, layout, encoding, line_count, in_count, in_fen, out_count, out_fen, imported_by,
      imported_at FROM statement_batch WHERE id = ${batch}`))
  expect(again()).toBe('statement.sameFile')
  insert(ledger, 'statement_rollback', { batch_id: batch, reason: '选错文件', actor_id: PEOPLE.reconciler, at: NOW })
  expect(again()).toBe('accepted')
})

test('a repeat points to an earlier line of the same account, and keeps that line’s batch in place', () => {
  const ledger = sampleLedger()
  const first = addStatement(ledger)
  const second = addStatement(ledger, 'second.csv')
  const repeat = (batch: number, line: number) => refusalOf(ledger, () =>
    insert(ledger, 'statement_repeat', { batch_id: batch, file_line: 3, statement_line_id: line }))
  const back = (batch: number) => refusalOf(ledger, () =>
    insert(ledger, 'statement_rollback', { batch_id: batch, reason: '选错文件', actor_id: PEOPLE.reconciler, at: NOW }))
  expect(repeat(first.batch, second.line)).toBe('statement.repeat')
  expect(repeat(second.batch, second.line)).toBe('statement.repeat')
  expect(repeat(second.batch, first.line)).toBe('accepted')
  expect(back(first.batch)).toBe('statement.repeatedLater')
  expect(countOf(ledger, 'statement_rollback')).toBe(0)
  expect(back(second.batch)).toBe('accepted')
  expect(back(first.batch)).toBe('accepted')
})

test('an outcome’s voucher moves exactly the line’s amount on the account, and serves no second line', () => {
  const ledger = sampleLedger()
  const { line } = addStatement(ledger)
  const other = addStatement(ledger, 'second.csv')
  const match = (at: number, voucher: number) => refusalOf(ledger, () => outcome(ledger, at, 'matched', { voucher_id: voucher }))
  expect(match(line, post(ledger, { lines: interestLines(12_344) }))).toBe('statement.amount')
  const voucher = post(ledger)
  expect(match(line, voucher)).toBe('accepted')
  expect(match(other.line, voucher)).toBe('reconciliation.taken')
  outcome(ledger, line, 'open', { reason: '配错' })
  expect(match(other.line, voucher)).toBe('accepted')
})

test('a rule’s version is set by one person and approved by another', () => {
  const ledger = sampleLedger()
  const rule = (approved: number) =>
    refusalOf(ledger, () =>
      insert(ledger, 'statement_rule', {
        code: 'maintenance.fee',
        version: 2,
        fund_kind: 'maintenance',
        kind: 'fee',
        match_words: '["手续费"]',
        account_code: '5901',
        is_active: 1,
        reason: '试行',
        set_by: PEOPLE.preparer,
        approved_by: approved,
        at: NOW,
      }),
    )
  expect(rule(PEOPLE.preparer)).toBe('record.check')
  expect(rule(PEOPLE.reviewer)).toBe('accepted')
  expect(rule(PEOPLE.reviewer)).toBe('record.duplicate')
})

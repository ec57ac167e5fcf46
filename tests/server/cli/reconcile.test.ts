import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { parseDate } from '#core/calendar.ts'
import { ACCOUNT } from '#core/voucher/chart.ts'
import { parseYuan } from '#core/money.ts'
import { credit, debit } from '#core/voucher/voucher.ts'
import { temporaryDirectory } from '#tests/db/sample-ledger.ts'
import { makeOffice } from '#tests/services/office.ts'
import { cmbFile, rowsOf } from '#tests/services/statement/statement-office.ts'
import { importStatement, previewStatement } from '#services/statement/statement.ts'
import { run } from './run-command.ts'

const NUMBER = '600000000001'

/** Rent booked and at the bank, interest at the bank alone; `opening` is the bank's balance before January. */
function ledgerWith(opening: string): { readonly file: string; readonly folder: string } {
  const folder = temporaryDirectory()
  const office = makeOffice({ today: '2025-02-09', dir: folder })
  office.post({
    bookId: office.publicIncome, date: parseDate('2025-01-06'),
    lines: [
      office.line(office.publicIncome, ACCOUNT.demandDeposit, debit(parseYuan('1000.00'))),
      office.line(office.publicIncome, '4001.01', credit(parseYuan('1000.00'))),
    ],
  })
  const rows = rowsOf(opening, [
    { date: '2025-01-06', yuan: '1000.00', memo: '广告费' }, { date: '2025-01-21', yuan: '3.21', memo: '结息' },
    { date: '2025-01-31', yuan: '1.00', memo: '零星' },
  ])
  const bytes = Buffer.from(cmbFile(rows, NUMBER))
  importStatement(office.preparer, previewStatement(office.ledger, office.publicIncomeBank, { name: '一月.csv', bytes }))
  office.ledger.close()
  return { file: join(folder, 'office.mzdb'), folder }
}

it('matches, prints and answers 0 where the table ties out', async () => {
  const { file, folder } = ledgerWith('0.00')
  const papers = ['--pdf', join(folder, 'a.pdf'), '--xlsx', join(folder, 'a.xlsx')]
  const done = await run('reconcile', file, '--account', NUMBER, '--month', '2025-01', '--auto', '--json', ...papers)
  expect([done.status, done.stderr]).toEqual([0, '自动勾对 1 组、1 笔流水，另有 0 组建议待人工确认。\n'])
  expect(JSON.parse(done.stdout)).toMatchObject({
    journal: '1000.00', statement: '1004.21', bankIn: '4.21', adjustedJournal: '1004.21', adjustedStatement: '1004.21',
    difference: '0.00', balanced: true, sealed: false,
    items: [{ side: 'bank', amount: '3.21', age: 10 }, { side: 'bank', amount: '1.00' }],
  })
  expect(readFileSync(join(folder, 'a.pdf')).subarray(0, 5).toString()).toBe('%PDF-')
  expect(existsSync(join(folder, 'a.xlsx'))).toBe(true)
})

it('answers 1 and says by how much where it does not', async () => {
  const { file } = ledgerWith('7.00')
  const done = await run('reconcile', file, '--account', NUMBER, '--month', '2025-01')
  expect(done.status).toBe(1)
  expect(done.stdout).toContain('差额 7.00 元')
})

it('bad input is refused with 2, naming what is wrong', async () => {
  const { file } = ledgerWith('0.00')
  expect(await run('reconcile', file, '--account', NUMBER)).toMatchObject({ status: 2, stderr: expect.stringContaining('缺少月份') })
  expect(await run('reconcile', file, '--account', '123456', '--month', '2025-01')).toMatchObject({
    status: 2, stderr: expect.stringContaining('bankAccount.missing'),
  })
  expect(await run('reconcile', file, '--account', NUMBER, '--month', '2024-12')).toMatchObject({
    status: 2, stderr: expect.stringContaining('reconciliation.beforeStart'),
  })
})

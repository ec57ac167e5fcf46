import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { read } from '@e965/xlsx'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parseDate } from '#core/calendar.ts'
import { parseYuan } from '#core/money.ts'
import { credit, debit } from '#core/voucher/voucher.ts'
import { readPdf, textOf } from '../../reports/pdf-text.ts'
import { makeOffice } from '../../services/office.ts'
import { run } from './run-command.ts'

let folder = ''
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'mingzhang-cli-statements-'))
})
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }))

/** The office is closed before the command runs: it opens the file itself. */
function ledgerFile(spoilt = false): string {
  const office = makeOffice({ dir: folder })
  office.receive(office.maintenance, '4001', '300.00', '2025-01-10')
  if (spoilt) {
    office.post({
      bookId: office.maintenance, date: parseDate('2025-01-31'),
      lines: [
        office.line(office.maintenance, '3101', debit(parseYuan('100.00'))),
        office.line(office.maintenance, '3001', credit(parseYuan('60.00'))),
        office.line(office.maintenance, '1001.01', credit(parseYuan('40.00'))),
      ],
    })
  }
  const file = office.ledger.path
  office.ledger.close()
  return file
}

describe('statements', () => {
  it('prints the forms and their tie-outs, and writes three PDFs and a spreadsheet', async () => {
    const out = path.join(folder, 'out')
    const done = await run('statements', ledgerFile(), '--book', 'W', '--month', '2025-01', '--out', out)
    expect([done.status, done.stderr]).toEqual([0, ''])
    expect(done.stdout).toMatch(/交存收入 +300\.00 +300\.00/)
    expect(done.stdout).toContain('相符　期末：资产总计 = 负债和净资产总计')
    const name = '住宅专项维修资金 2025-01'
    expect(fs.readdirSync(out).sort()).toEqual([
      `${name} 会住维01表资产负债表.pdf`, `${name} 会住维02表收支表.pdf`, `${name} 会住维03表净资产变动表.pdf`, `${name}.xlsx`,
    ].sort())
    const { pages } = await readPdf(fs.readFileSync(path.join(out, `${name} 会住维02表收支表.pdf`)))
    expect(pages.map(textOf).join('')).toMatch(/会住维02表.*本月数.*本年累计数.*300\.00/)
    const book = read(fs.readFileSync(path.join(out, `${name}.xlsx`)))
    expect(book.SheetNames).toEqual(['会住维01表', '会住维02表', '会住维03表'])
  })

  it('gives programs the same figures with the accounts behind them', async () => {
    const done = await run('statements', ledgerFile(), '--book', 'W', '--year', '2025', '--json')
    expect(done.status).toBe(0)
    const answer: unknown = JSON.parse(done.stdout)
    expect(answer).toMatchObject({
      state: 'open',
      incomeStatement: { columns: ['本年数', '上年数'] },
      tieOuts: expect.arrayContaining([
        { code: 'closing', label: expect.any(String), left: '300.00', right: '300.00', holds: true },
      ]),
    })
    expect(done.stdout).toContain('"1001.01"')
  })

  it('answers no and writes nothing when the statements contradict themselves', async () => {
    const out = path.join(folder, 'out')
    const done = await run('statements', ledgerFile(true), '--book', 'W', '--month', '2025-01', '--out', out)
    expect(done.status).toBe(1)
    expect(done.stdout).toContain('不符　本年分配累计收益各栏合计为零')
    expect(fs.existsSync(out)).toBe(false)
  })

  it('refuses bad input with field and way out', async () => {
    const file = ledgerFile()
    const cases: readonly (readonly [readonly string[], RegExp])[] = [
      [['--month', '2025-01'], /“--book”：缺少账簿编号/],
      [['--book', 'W'], /“--month”：请在 --month 和 --year 中选一个/],
      [['--book', 'W', '--month', '2025-13'], /“--month”/],
      [['--book', 'W', '--year', '25'], /“--year”：年度要写四位数字/],
      [['--book', 'G', '--month', '2025-01'], /会住维报表只适用于住宅专项维修资金/],
    ]
    for (const [more, sentence] of cases) {
      const refused = await run('statements', file, ...more)
      expect([more, refused.status, refused.stderr]).toEqual([more, 2, expect.stringMatching(sentence)])
    }
  })
})

import fs from 'node:fs'
import path from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { parseDate } from '#core/calendar.ts'
import { openLedger } from '#db/ledger.ts'
import { addBankAccount, openBook } from '#services/voucher/book.ts'
import { fixedClock } from '#services/clock.ts'
import { accountStandings } from '#services/statement/statement-coverage.ts'
import { signIn } from '#services/people/user.ts'
import { CMB_FEE, CMB_INCOME, CMB_INTEREST, cmb } from '#tests/core/statement/statement-files.ts'
import { foundTestLedger, layOutFolder, PASSWORD, START } from '../office.ts'
import { run } from './run-command.ts'

const ACCOUNT = '5510000000000001'
const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) fs.rmSync(folder, { recursive: true, force: true })
})

/** A ledger with one account, and a way to put files beside it. */
function office(): { ledger: string; file: (name: string, text: string) => string } {
  const folder = layOutFolder()
  folders.push(folder)
  const ledgerPath = foundTestLedger(folder)
  const ledger = openLedger(ledgerPath)
  const clock = fixedClock(START)
  const context = { ledger, clock, actor: signIn(ledger, clock, { login: 'wang', password: PASSWORD }) }
  const openedOn = parseDate('2024-01-01')
  const bookId = openBook(context, { code: 'G', name: '公共收益', fundKind: 'publicIncome', openedOn })
  addBankAccount(context, {
    bookId, complexId: null, bankName: '招商银行', branch: '', number: ACCOUNT, holderName: '示例小区业主大会', isDedicated: true, openedOn,
  })
  ledger.close()
  return {
    ledger: ledgerPath,
    file: (name, text) => {
      const at = path.join(folder, name)
      fs.writeFileSync(at, text)
      return at
    },
  }
}

function linesIn(ledgerPath: string): number {
  const ledger = openLedger(ledgerPath, { readOnly: true })
  try {
    return accountStandings(ledger, parseDate('2024-12-31')).reduce((sum, account) => sum + account.openCount, 0)
  } finally {
    ledger.close()
  }
}

describe('import', () => {
  it('brings a statement in with code 0 and says what came', async () => {
    const { ledger, file } = office()
    const done = await run('import', ledger, '--account', ACCOUNT, file('a.csv', cmb(CMB_INCOME, CMB_INTEREST, CMB_FEE)))
    expect([done.status, done.stderr]).toEqual([0, ''])
    expect(done.stdout).toBe(
      '已导入 招商银行 5510000000000001：新增 3 笔；文件共 3 笔，收入 12,345.67 元，支出 10.00 元，期末余额 512,335.67 元\n',
    )
    expect(linesIn(ledger)).toBe(3)
  })

  it('refuses with code 2 and a sentence, storing nothing', async () => {
    const { ledger, file } = office()
    const good = file('good.csv', cmb(CMB_INCOME))
    const bad = (name: string, text: string) => [ledger, '--account', ACCOUNT, file(name, text)]
    const cases: readonly (readonly [readonly string[], RegExp])[] = [
      [[ledger, good], /“--account”：缺少银行账号.*\[cli\.arguments\]/],
      [[ledger, '--account', '999999', good], /没有登记账号 999999.*\[bankAccount\.missing\]/],
      [[ledger, '--account', ACCOUNT, `${good}.gone`], /“STATEMENT”.*\[file\.unreadable\]/],
      [['/nonexistent/x.mzdb', '--account', ACCOUNT, good], /\[ledger\.missing\]/],
      [bad('b.csv', cmb(CMB_INCOME.replace('12000.00', '1e5'))), /第 4 行.*“1e5”.*\[money\.format\]/],
      [bad('c.csv', cmb(CMB_INCOME, CMB_FEE)), /余额.*接不上.*\[balance\.chain\]/],
      [bad('d.csv', ''), /文件是空的.*\[file\.empty\]/],
      [bad('e.csv', cmb(CMB_INCOME).replace(ACCOUNT, '5510000000000002')), /\[account\.mismatch\]/],
    ]
    for (const [args, expected] of cases) {
      const refused = await run('import', ...args)
      expect([args, refused.status, refused.stdout]).toEqual([args, 2, ''])
      expect(refused.stderr).toMatch(expected)
    }
    expect(linesIn(ledger)).toBe(0)
  })

  it('the same file twice, and a gap, are refused; a gap may be accepted', async () => {
    const { ledger, file } = office()
    const january = file('a.csv', cmb(CMB_INCOME))
    await run('import', ledger, '--account', ACCOUNT, january)
    const again = await run('import', ledger, '--account', ACCOUNT, january)
    expect([again.status, again.stderr]).toEqual([2, expect.stringContaining('[statement.sameFile]')])
    const april = cmb(
      '20240421,000501,结息,,345.67,600000.00,结息,C0008,,',
      '20240422,090000,收费,10.00,,599990.00,对公汇款手续费,C0009,,',
    )
    const later = file('later.csv', april.replace('20240101', '20240401').replace('20240331', '20240430'))
    const gap = await run('import', ledger, '--account', ACCOUNT, later)
    expect([gap.status, gap.stderr]).toEqual([2, expect.stringMatching(/请先补导.*\[statement\.gap\]/)])
    expect((await run('import', ledger, '--account', ACCOUNT, later, '--accept-gap')).status).toBe(0)
    expect(linesIn(ledger)).toBe(3)
  })
})

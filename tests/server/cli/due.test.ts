import fs from 'node:fs'
import path from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { parseDate } from '#core/calendar.ts'
import { openLedger } from '#db/ledger.ts'
import { addBankAccount, openBook } from '#services/voucher/book.ts'
import { fixedClock } from '#services/clock.ts'
import { addComplex } from '#services/register/complex.ts'
import { freezeSampleDay } from '#services/sample/sample-day.ts'
import { signIn } from '#services/people/user.ts'
import { foundTestLedger, layOutFolder, PASSWORD, START } from '../office.ts'
import { run } from './run-command.ts'

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) fs.rmSync(folder, { recursive: true, force: true })
})

const HEAD = '证实书号,小区,本金（元）,年利率,活期利率,起息日,存期'
const SHEET = [HEAD, '0001,示例花园,1000000,1.50%,0.05%,2024-09-18,1年', '0002,示例花园,500000,1.50%,0.05%,2024-10-12,1年'].join('\n')

/** A ledger with one complex and its account, whose day is 2025-10-08, and a way to put files beside it. */
function office() {
  const folder = layOutFolder()
  folders.push(folder)
  const ledgerPath = foundTestLedger(folder)
  const ledger = openLedger(ledgerPath)
  const clock = fixedClock(START)
  const context = { ledger, clock, actor: signIn(ledger, clock, { login: 'wang', password: PASSWORD }) }
  const openedOn = parseDate('2025-01-01')
  const bookId = openBook(context, { code: 'W', name: '维修资金', fundKind: 'maintenance', openedOn })
  const complexId = addComplex(context, {
    code: 'A01', name: '示例花园', pinyin: 'slhy', address: '', managerName: '', holderName: '业主大会', hotline: '',
    profileCode: 'AH-TONGLING', hasAssembly: true, firstDepositFen: null,
  })
  addBankAccount(context, {
    bookId, complexId, bankName: '示例银行', branch: '', number: '600000000011', holderName: '示例花园业主大会', isDedicated: true, openedOn,
  })
  freezeSampleDay(context, parseDate('2025-10-08'))
  ledger.close()
  const at = (name: string) => path.join(folder, name)
  return {
    ledger: ledgerPath,
    at,
    file: (name: string, text: string) => {
      fs.writeFileSync(at(name), text)
      return at(name)
    },
  }
}

describe('import-deposits', () => {
  it('brings a sheet in with code 0, shows the tie-out, and can only look', async () => {
    const { ledger, file } = office()
    const sheet = file('台账.csv', SHEET)
    const looked = await run('import-deposits', ledger, sheet, '--book', 'W', '--preview')
    expect([looked.status, looked.stderr]).toEqual([0, ''])
    expect(looked.stdout).toContain('维修资金：读到 2 张存单，本金合计 1,500,000.00 元')
    expect(looked.stdout).toContain('只核对，没有写入')
    const done = await run('import-deposits', ledger, sheet, '--book', 'W')
    expect([done.status, done.stdout.includes('已导入 2 张存单，制成 1 张待审核的期初凭证。')]).toEqual([0, true])
    expect((await run('import-deposits', ledger, sheet, '--book', 'W')).stderr).toContain('已有相同编号的存单 0001')
  })

  it('answers with 2, names line and cause, and asks for a unit it will not guess', async () => {
    const { ledger, file } = office()
    const asked = await run('import-deposits', ledger, file('a.csv', SHEET.replaceAll('%', '')), '--book', 'W')
    expect([asked.status, asked.stderr.includes('--rate fraction')]).toEqual([2, true])
    const bare = file('b.csv', SHEET.replaceAll('%', ''))
    const answered = await run('import-deposits', ledger, bare, '--book', 'W', '--rate', 'percent', '--preview')
    expect(answered.status).toBe(0)
    const wrong = await run('import-deposits', ledger, file('c.csv', SHEET.replace('2024-09-18', '2024-02-30')), '--book', 'W')
    expect([wrong.status, wrong.stderr.includes('第 2 行')]).toEqual([2, true])
    const held = await run('import-deposits', ledger, file('d.csv', SHEET), '--book', 'W', '--held')
    expect([held.status, held.stderr.includes('超过定期存款科目余额')]).toEqual([2, true])
    expect((await run('import-deposits', ledger, file('e.csv', SHEET), '--book', 'W', '--rate', 'both')).status).toBe(2)
  })
})

describe('due', () => {
  it('lists, prints and exports what is due, and says so when nothing is', async () => {
    const { ledger, file, at } = office()
    expect((await run('due', ledger)).stdout).toContain('没有逾期的存单')
    await run('import-deposits', ledger, file('台账.csv', SHEET), '--book', 'W')
    const listed = await run('due', ledger, '--pdf', at('due.pdf'), '--ics', at('due.ics'))
    expect(listed.status).toBe(0)
    expect(listed.stdout).toMatch(/2025-09-18\s+逾期 20 天\s+0001\s+示例花园\s+示例银行\s+1,000,000\.00\s+1\.50%\s+805\.56/)
    expect(fs.readFileSync(at('due.pdf')).subarray(0, 5).toString()).toBe('%PDF-')
    expect(fs.readFileSync(at('due.ics'), 'utf8')).toContain('UID:certificate-1-0001@mingzhang')
    const json: unknown = JSON.parse((await run('due', ledger, '--until', '2025-10-08', '--json')).stdout)
    expect(json).toMatchObject({
      asOf: '2025-10-08', until: '2025-10-08', overdue: 1,
      certificates: [{ certificateNo: '0001', daysLeft: -20, lostInterest: '805.56', principal: '1000000.00' }],
    })
  })

  it('refuses a path it cannot write to and a date that is none', async () => {
    const { ledger, at } = office()
    expect((await run('due', ledger, '--ics', path.join(at('no-folder'), 'x.ics'))).status).toBe(2)
    expect((await run('due', ledger, '--until', '2025-02-30')).status).toBe(2)
  })
})

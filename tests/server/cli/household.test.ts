import fs from 'node:fs'
import path from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { parseDate } from '#core/calendar.ts'
import { openLedger } from '#db/ledger.ts'
import { openBook } from '#services/voucher/book.ts'
import { fixedClock } from '#services/clock.ts'
import { addBuilding, addComplex } from '#services/register/complex.ts'
import { beginHouseholdLedger } from '#services/household/household-opening.ts'
import { registerHousehold } from '#services/register/household.ts'
import { signIn } from '#services/people/user.ts'
import { foundTestLedger, layOutFolder, PASSWORD, START } from '../office.ts'
import { run } from './run-command.ts'

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) fs.rmSync(folder, { recursive: true, force: true })
})

function office(): { readonly ledgerPath: string; readonly out: string } {
  const folder = layOutFolder()
  folders.push(folder)
  const ledgerPath = foundTestLedger(folder)
  const ledger = openLedger(ledgerPath)
  const clock = fixedClock(START)
  const context = { ledger, clock, actor: signIn(ledger, clock, { login: 'wang', password: PASSWORD }) }
  const date = parseDate('2025-01-01')
  const bookId = openBook(context, { code: 'W', name: '维修资金', fundKind: 'maintenance', openedOn: date })
  const complexId = addComplex(context, {
    code: 'A01', name: '示例花园', pinyin: '', address: '', managerName: '', holderName: '', hotline: '',
    profileCode: 'AH-TONGLING', hasAssembly: false, firstDepositFen: null,
  })
  const buildingId = addBuilding(context, complexId, { code: '1', name: '1幢' })
  registerHousehold(context, {
    buildingId, effectiveOn: date, reason: '登记', owners: [],
    facts: {
      entrance: '2', floor: 3, room: '301', areaDm2: 8950, use: 'house', hasLift: false, nature: 'commodity', isExcluded: false,
      isDeveloperHeld: false, priceFen: null, rateFen: null, firstDueFen: null,
    },
  })
  beginHouseholdLedger(context, { bookId, complexId, date })
  ledger.close()
  return { ledgerPath, out: path.join(folder, '对账单.pdf') }
}

describe('household', () => {
  it('finds the room however its address is spaced, prints its account, and draws its statement', async () => {
    const { ledgerPath, out } = office()
    const at = ['household', ledgerPath, '--complex', 'A01', '--from', '2025-01-01', '--to', '2025-06-30', '--household']
    const printed = await run(...at, '1幢2单元301', '--pdf', out)
    expect([printed.status, printed.stdout.split('\n')[0]]).toEqual([0, '示例花园 1幢 2单元 301　2025-01-01 至 2025-06-30　单位：元'])
    expect(printed.stdout).toContain('期末余额 0.00 元')
    expect(fs.readFileSync(out).subarray(0, 5).toString()).toBe('%PDF-')
    const json = await run(...at, '1幢 2单元 301', '--json')
    expect(JSON.parse(json.stdout)).toMatchObject({ household: '1幢 2单元 301', lines: [], closing: { total: '0.00' } })
  })

  it('says which argument is wrong', async () => {
    const { ledgerPath } = office()
    const missing = await run('household', ledgerPath, '--complex', 'A01')
    expect([missing.status, missing.stderr]).toEqual([2, expect.stringContaining('缺少小区编号或户室')])
    const unknown = await run('household', ledgerPath, '--complex', 'A01', '--household', '9幢 1')
    expect([unknown.status, unknown.stderr]).toEqual([2, expect.stringContaining('没有“9幢 1”这一户')])
  })
})

import fs from 'node:fs'
import path from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { openLedger } from '#db/ledger.ts'
import { fixedClock } from '#services/clock.ts'
import { addComplex } from '#services/register/complex.ts'
import { setUpVault } from '#services/register/identity-vault.ts'
import { signIn } from '#services/people/user.ts'
import { foundTestLedger, layOutFolder, PASSWORD, START } from '../office.ts'
import { run } from './run-command.ts'

const PASSPHRASE = '示例中心的业主信息口令二〇二五'
const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) fs.rmSync(folder, { recursive: true, force: true })
})

function office(): { ledger: string; file: (name: string, text: string) => string } {
  const folder = layOutFolder()
  folders.push(folder)
  const ledgerPath = foundTestLedger(folder)
  const ledger = openLedger(ledgerPath)
  const clock = fixedClock(START)
  const context = { ledger, clock, actor: signIn(ledger, clock, { login: 'wang', password: PASSWORD }) }
  addComplex(context, {
    code: 'A01', name: '示例花园', pinyin: '', address: '', managerName: '', holderName: '', hotline: '',
    profileCode: 'AH-TONGLING', hasAssembly: false, firstDepositFen: null,
  })
  setUpVault(context, PASSPHRASE)
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

const SHEET = '幢号,单元,房号,产权人,建筑面积,交存标准,实交本金\n1,1,101,王一,89.50,75,6712.50\n1,1,102,,100.00,75,0\n'

describe('import-households and households', () => {
  it('bring a register in and list it without a name', async () => {
    const { ledger, file } = office()
    const secret = file('口令.txt', `${PASSPHRASE}\n`)
    const done = await run('import-households', ledger, file('楼盘表.csv', SHEET), '--complex', 'A01', '--passphrase-file', secret)
    expect([done.status, done.stderr]).toEqual([0, ''])
    expect(done.stdout).toBe('已导入示例花园：新增 2 户、1 幢、1 位业主；面积合计 189.50 平方米\n')
    const listed = await run('households', ledger, '--complex', 'A01')
    expect(listed.status).toBe(0)
    expect(listed.stdout).toContain('1幢 1单元 102  住宅  100.00  7,500.00')
    expect(listed.stdout).toContain('示例花园：2 户，189.50 平方米，余额 6,712.50 元')
    const json = await run('households', ledger, '--complex', 'A01', '--json')
    expect(JSON.parse(json.stdout)).toMatchObject({
      complex: 'A01', totals: { households: 2, areaDm2: 18950 },
      households: [
        { address: '1幢 1单元 101', standing: 'paid', owners: 1 },
        { address: '1幢 1单元 102', standing: 'owing', owners: 0 },
      ],
    })
    expect(json.stdout).not.toContain('王')
    const named = await run('households', ledger, '--complex', 'A01', '--names', '--passphrase-file', secret)
    expect(named.stdout).toContain('王*')
    expect(named.stdout).not.toContain('王一')
    expect((await run('households', ledger, '--complex', 'A01', '--names')).stderr).toContain('[vault.closed]')
    process.env['MINGZHANG_PASSPHRASE'] = '不是这一句口令吧，请再想想'
    try {
      expect((await run('households', ledger, '--complex', 'A01', '--names')).stderr).toContain('[vault.passphrase]')
    } finally {
      delete process.env['MINGZHANG_PASSPHRASE']
    }
  })

  it('refuse bad rows with code 2, each by line and column, and write nothing', async () => {
    const { ledger, file } = office()
    const sheet = file('楼盘表.csv', `${SHEET}1,1,101,,50,75,\n1,1,103,,0,75,\n`)
    const refused = await run('import-households', ledger, sheet, '--complex', 'A01')
    expect(refused.status).toBe(2)
    expect(refused.stderr).toContain('第 4 行“房号”：与第 2 行是同一户')
    expect(refused.stderr).toContain('第 5 行“建筑面积”：面积为 0')
    expect(refused.stderr).toContain('[register.errors]')
    expect((await run('households', ledger, '--complex', 'A01')).stdout).toContain('0 户')
  })

  it('need the passphrase when the file names owners, and a complex that exists', async () => {
    const { ledger, file } = office()
    const sheet = file('楼盘表.csv', SHEET)
    expect((await run('import-households', ledger, sheet, '--complex', 'A01')).stderr).toContain('[vault.closed]')
    expect((await run('import-households', ledger, sheet, '--complex', 'Z9')).stderr).toContain('[complex.missing]')
    expect((await run('households', ledger)).stderr).toContain('[cli.arguments]')
  })
})

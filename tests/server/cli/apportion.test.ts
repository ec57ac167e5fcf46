import fs from 'node:fs'
import { afterEach, describe, expect, it } from 'vitest'
import { parseDate } from '#core/calendar.ts'
import { parseYuan } from '#core/money.ts'
import { openLedger } from '#db/ledger.ts'
import { recordApportionment } from '#services/household/apportionment.ts'
import { fixedClock } from '#services/clock.ts'
import { addBuilding, addComplex } from '#services/register/complex.ts'
import { registerHousehold } from '#services/register/household.ts'
import { signIn } from '#services/people/user.ts'
import { PLAIN_HOUSEHOLD } from '../../services/register/household-office.ts'
import { foundTestLedger, layOutFolder, PASSWORD, START } from '../office.ts'
import { run } from './run-command.ts'

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) fs.rmSync(folder, { recursive: true, force: true })
})

function ledgerWithSheet(): string {
  const folder = layOutFolder()
  folders.push(folder)
  const path = foundTestLedger(folder)
  const ledger = openLedger(path)
  const clock = fixedClock(START)
  const context = { ledger, clock, actor: signIn(ledger, clock, { login: 'wang', password: PASSWORD }) }
  const complexId = addComplex(context, {
    code: 'A01', name: '示例花园', pinyin: '', address: '', managerName: '', holderName: '', hotline: '',
    profileCode: 'AH-TONGLING', hasAssembly: false, firstDepositFen: null,
  })
  const buildingId = addBuilding(context, complexId, { code: '1', name: '1幢' })
  for (const room of ['101', '102']) {
    registerHousehold(context, {
      effectiveOn: parseDate('2025-01-01'), reason: '登记', buildingId, owners: [], facts: { ...PLAIN_HOUSEHOLD, room },
    })
  }
  recordApportionment(context, {
    complexId, purpose: 'distribution', repairId: null, utilityBillId: null, title: '车位收益分配', basis: 'household',
    scope: { kind: 'complex' }, shortfall: 'collect', askedFen: parseYuan('100.01'), coefficients: new Map(),
  })
  ledger.close()
  return path
}

describe('apportion', () => {
  it('lists the sheets of a complex and recomputes one', async () => {
    const ledger = ledgerWithSheet()
    const list = await run('apportion', ledger, '--complex', 'A01')
    expect([list.status, list.stdout.includes('车位收益分配')]).toEqual([0, true])
    const sheet = await run('apportion', ledger, '--complex', 'A01', '--sheet', '1')
    expect([sheet.status, sheet.stdout.includes('逐户一致')]).toEqual([0, true])
    const json = await run('apportion', ledger, '--complex', 'A01', '--sheet', '1', '--json')
    expect(JSON.parse(json.stdout)).toMatchObject({ isSame: true, households: [{ share: '50.01' }, { share: '50.00' }] })
    expect((await run('apportion', ledger, '--complex', 'A01', '--sheet', '9')).status).toBe(2)
    expect((await run('gains', ledger, '--complex', 'A01', '--from', '2025-01-01', '--to', '2025-03-31')).status).toBe(2)
  })
})

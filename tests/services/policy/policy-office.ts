/** A founded office for the policy tests: founded once, copied for every test, as hashing passwords is slow on purpose. */
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest'
import { parseDate, type BusinessDate } from '#core/calendar.ts'
import type { UserId } from '#core/id.ts'
import { openLedger, type Ledger } from '#db/ledger.ts'
import { fixedClock } from '#services/clock.ts'
import type { ServiceContext } from '#services/context.ts'
import { foundOffice } from '#services/office.ts'
import type { PolicyChange } from '#services/policy/policy.ts'
import { actorOf, addUser } from '#services/people/user.ts'

export const day = (text: string): BusinessDate => parseDate(text)
export const PASSWORD = '一二三四五六七八'
export const SECOND = { login: 'shenhe', password: PASSWORD }
export const clock = fixedClock('2026-04-10T01:00:00.000Z')

export const OBJECTION: PolicyChange = {
  profileCode: 'XM-2024',
  key: 'disclosure.objectionDays',
  value: 15,
  validFrom: '2025-01-01',
  source: '厦住建〔2025〕示例号',
  reason: '补录异议期',
}

/** Registers the hooks and returns what reads the office of the running test. */
export function useOffice(): { ledger(): Ledger; context(): ServiceContext } {
  const folder = mkdtempSync(path.join(tmpdir(), 'mingzhang-policy-'))
  const founded = path.join(folder, 'founded.mzdb')
  const file = path.join(folder, 'office.mzdb')
  let headId: UserId
  let ledger: Ledger
  const contextOf = (opened: Ledger): ServiceContext => ({ ledger: opened, clock, actor: actorOf(opened, headId) })
  beforeAll(() => {
    const fresh = openLedger(founded, { create: true })
    headId = foundOffice(fresh, clock, {
      officeName: '示例市维修资金中心',
      administrator: { login: 'zhuguan', name: '周主管', password: PASSWORD, roles: ['head'] },
    })
    addUser(contextOf(fresh), { login: 'shenhe', name: '沈审核', password: PASSWORD, roles: ['reviewer'] })
    addUser(contextOf(fresh), { login: 'zhidan', name: '支制单', password: PASSWORD, roles: ['preparer'] })
    fresh.close()
  })
  beforeEach(() => {
    copyFileSync(founded, file)
    ledger = openLedger(file)
  })
  afterEach(() => ledger.close())
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  return { ledger: () => ledger, context: () => contextOf(ledger) }
}

import fs from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openLedger } from '#db/ledger.ts'
import { fixedClock } from '#services/clock.ts'
import { addUser, signIn } from '#services/people/user.ts'
import { foundTestLedger, layOutFolder, PASSWORD, START } from '../office.ts'
import { run } from './run-command.ts'

let folder: string
let file: string
beforeAll(() => {
  folder = layOutFolder()
  file = foundTestLedger(folder)
  const ledger = openLedger(file)
  const clock = fixedClock(START)
  const context = { ledger, clock, actor: signIn(ledger, clock, { login: 'wang', password: PASSWORD }) }
  addUser(context, { login: 'second', name: '李复核', password: PASSWORD, roles: ['reviewer'] })
  ledger.close()
})
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }))

it('rates are filled in from the command line by two persons, whose passwords are never arguments', async () => {
  const empty = await run('rates', file, '--profile', 'AH-TONGLING')
  expect([empty.status, empty.stdout.match(/待填写/g)?.length]).toEqual([0, 4])
  const given = ['--profile', 'AH-TONGLING', '--lift', '80', '--price', '2', '--from', '2025-03-01', '--source', '示例〔2025〕3号',
    '--reason', '录入', '--by', 'wang', '--approver', 'second']
  expect((await run('rates', file, ...given)).stderr).toContain('还缺 --passwords')
  const secret = path.join(folder, '口令.txt')
  fs.writeFileSync(secret, `${PASSWORD}\n${PASSWORD}\n`)
  const filled = await run('rates', file, ...given, '--passwords', secret)
  expect([filled.status, filled.stderr]).toEqual([0, ''])
  expect(filled.stdout).toContain('80.00  2025-03-01  示例〔2025〕3号')
  const wrong = await run('rates', file, ...given.slice(0, 2), '--lift', '八十', ...given.slice(6), '--passwords', secret)
  expect([wrong.status, wrong.stderr]).toEqual([2, expect.stringContaining('rates.lift')])
})

/** Settings, local rules with a second person, verify, backup and printing, as the page calls them. */
import fs from 'node:fs'
import path from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { openPage, PASSWORD, startTestOffice, type Page, type TestOffice } from '../office.ts'

let office: TestOffice
let page: Page

beforeAll(async () => {
  office = await startTestOffice()
  page = await openPage(office)
  await page.signIn()
  const { problem } = await page.call('mutation', 'staff.add', {
    login: 'li',
    name: '李审核',
    password: PASSWORD,
    roles: ['reviewer'],
  })
  if (problem !== undefined) throw new Error(problem.message)
})
afterAll(() => office.close())

type Job = {
  state: string
  result: { summary: string; documents: { id: string; name: string }[]; rows: unknown[] }
  problem: unknown
}

async function jobOf(name: string, input?: unknown): Promise<Job> {
  const { data, problem } = await page.call('mutation', name, input)
  if (problem !== undefined) throw new Error(problem.message)
  const { jobId } = data as { jobId: string }
  for (;;) {
    const status = (await page.call('query', 'job.status', { jobId })).data as Job
    if (status.state !== 'running') return status
    await setTimeout(20)
  }
}

describe('office settings', () => {
  it('take only what they may hold, and name the field', async () => {
    const set = (key: string, value: string) => page.call('mutation', 'setting.set', { key, value })
    expect((await set('autoLockMinutes', '0')).problem).toMatchObject({ code: 'setting.value', field: 'autoLockMinutes' })
    expect((await set('voucherKinds', 'every')).problem).toMatchObject({ code: 'setting.value', field: 'voucherKinds' })
    expect((await set('nothing', '1')).problem?.code).toBe('input')
    expect((await set('autoLockMinutes', '30')).problem).toBeUndefined()
    expect((await page.call('query', 'setting.office')).data).toMatchObject({
      name: '示例中心', settings: { autoLockMinutes: '30', voucherKinds: 'general', 'closing.disposal': '3001' },
    })
  })
})

describe('a local rule', () => {
  const change = {
    profileCode: 'XM-2024', key: 'disclosure.objectionDays', value: 15, validFrom: '2025-01-01', source: '示例文件', reason: '补录',
    second: { login: 'li', password: PASSWORD },
  }
  type Sheet = { rows: { key: string; text: string; toFill: boolean }[] }
  const row = async () => {
    const { data } = await page.call('query', 'setting.profile', { code: 'XM-2024', date: '2025-06-30' })
    return (data as Sheet).rows.find(({ key }) => key === change.key)
  }

  it('is refused by the wrong second person, and filled in by the right one', async () => {
    expect((await row())?.toFill).toBe(true)
    const wrong = await page.call('mutation', 'setting.setPolicyValue', { ...change, second: { login: 'li', password: 'wrong' } })
    expect(wrong.problem).toMatchObject({ code: 'user.signIn' })
    const self = await page.call('mutation', 'setting.setPolicyValue', {
      ...change,
      second: { login: 'wang', password: PASSWORD },
    })
    expect(self.problem).toMatchObject({ code: 'user.samePerson' })
    const badly = await page.call('mutation', 'setting.setPolicyValue', { ...change, value: '十五' })
    expect(badly.problem).toMatchObject({ code: 'policy.value', field: 'value' })
    expect((await page.call('mutation', 'setting.setPolicyValue', change)).problem).toBeUndefined()
    expect(await row()).toMatchObject({ text: '15 天', toFill: false })
  })
})

describe('care for the ledger', () => {
  it('verify says what it counted', async () => {
    expect(await jobOf('setting.verify')).toMatchObject({
      state: 'done',
      result: { summary: expect.stringContaining('账簿完好'), rows: [] },
    })
  })

  it('backup writes a proved copy into the folder and tells the log', async () => {
    const folder = path.join(office.folder, 'backups')
    const job = await jobOf('setting.backUp', { folder })
    expect(job).toMatchObject({ state: 'done', result: { summary: expect.stringContaining(folder) } })
    expect(fs.readdirSync(folder).filter((name) => name.endsWith('.mzdb'))).toHaveLength(1)
    const { data } = await page.call('query', 'staff.log', { action: 'backup.make', limit: 5 })
    expect(data).toHaveLength(1)
    expect((await page.call('mutation', 'setting.backUp', { folder: 'backups' })).problem).toMatchObject({
      code: 'backup.folder',
      field: 'folder',
    })
  })

  it('the trial balance prints as a PDF that only its owner can fetch', async () => {
    const open = { code: 'G', name: '公共收益', fundKind: 'publicIncome', openedOn: '2025-01-01' }
    const { data: bookId } = await page.call('mutation', 'book.open', open)
    const job = await jobOf('book.printTrialBalance', { bookId, complexId: null, from: '2025-01-01', to: '2025-03-31' })
    expect(job).toMatchObject({ state: 'done', problem: null })
    const [document] = job.result.documents
    expect(document?.name).toBe('科目余额表 公共收益 全部小区 2025-03-31.pdf')
    const answer = await page.send({ path: `/api/documents/${document?.id}` })
    expect(answer.status).toBe(200)
    expect(answer.body.slice(0, 5)).toBe('%PDF-')
    const stranger = await openPage(office)
    expect((await stranger.send({ path: `/api/documents/${document?.id}` })).status).toBe(401)
  })
})

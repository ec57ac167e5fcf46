/** The register through the real door: a file read by a thread of its own, imported by a job, and the vault's waiting. */
import { utils, write } from '@e965/xlsx'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { openPage, startTestOffice, type Page, type TestOffice } from '../office.ts'

const PASSPHRASE = '示例中心的业主信息口令二〇二五'

let office: TestOffice
let page: Page

async function done(kind: 'query' | 'mutation', name: string, input?: unknown): Promise<unknown> {
  const { data, problem } = await page.call(kind, name, input)
  if (problem !== undefined) throw new Error(`${name}: ${problem.message}`)
  return data
}

async function refusal(kind: 'query' | 'mutation', name: string, input?: unknown): Promise<string> {
  return (await page.call(kind, name, input)).problem?.code ?? 'accepted'
}

async function upload(name: string, body: Uint8Array): Promise<string> {
  const headers = { 'x-file-name': encodeURIComponent(name) }
  const answer = await page.send({ method: 'POST', path: '/api/upload', headers, body })
  return z.object({ token: z.uuid() }).parse(JSON.parse(answer.body)).token
}

const jobShape = z.object({
  state: z.enum(['running', 'done', 'failed', 'cancelled']),
  progress: z.object({ done: z.number(), total: z.number(), label: z.string() }),
  result: z.object({ summary: z.string() }).nullable(),
  problem: z.object({ code: z.string(), message: z.string() }).nullable(),
})

const startedShape = z.object({ jobId: z.string() })

async function finish(started: unknown) {
  const { jobId } = startedShape.parse(started)
  for (;;) {
    const job = jobShape.parse(await done('query', 'job.status', { jobId }))
    if (job.state !== 'running') return job
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

function workbook(count: number): Uint8Array {
  const rows = Array.from({ length: count }, (_, index) => {
    const floor = 1 + Math.floor(index / 4)
    return [1 + (index % 3), 1, floor, `${floor}0${1 + (index % 4)}`, `王小${index}`, 89.5, '01_电梯_75元/㎡', 6712.5]
  })
  const sheet = utils.aoa_to_sheet([['幢号', '单元', '层', '房号', '产权人', '建筑面积', '交存标准', '实交本金'], ...rows])
  const book = utils.book_new()
  utils.book_append_sheet(book, sheet, '楼盘表')
  return new Uint8Array(write(book, { type: 'array', bookType: 'xlsx' }) as ArrayBuffer)
}

beforeEach(async () => {
  office = await startTestOffice()
  page = await openPage(office)
  await page.signIn()
  await done('mutation', 'complex.add', {
    code: 'A01', name: '示例花园', pinyin: '', address: '', managerName: '', holderName: '', hotline: '', profileCode: 'AH-TONGLING',
    hasAssembly: false, firstDepositFen: null,
  })
})
afterEach(() => office.close())

const readShape = z.object({
  newCount: z.number(), errorCount: z.number(), vault: z.string(), newBuildings: z.array(z.string()),
  rows: z.array(z.object({ owners: z.string() })), errors: z.array(z.object({ code: z.string(), line: z.number().nullable() })),
})

describe('a register from upload to list', () => {
  it('is read aside, shown masked, imported by a job, and listed', async () => {
    await done('mutation', 'household.setUpVault', { passphrase: PASSPHRASE })
    const token = await upload('楼盘表.xlsx', workbook(240))
    expect(await refusal('query', 'household.readFile', { token })).toBe('register.unread')
    expect((await finish(await done('mutation', 'household.read', { complexId: 1, token }))).state).toBe('done')
    const read = readShape.parse(await done('query', 'household.readFile', { token }))
    expect(read).toMatchObject({ newCount: 240, errorCount: 0, newBuildings: ['1', '2', '3'], vault: 'open' })
    expect(read.rows[0]?.owners).toBe('王**')
    const imported = await finish(await done('mutation', 'household.import', { token, effectiveOn: '2025-10-08', reason: '移交' }))
    expect(imported.result?.summary).toBe('新增 240 户、3 幢、240 位业主。')
    expect(await done('query', 'household.list', { complexId: 1, limit: 500 })).toHaveLength(240)
    expect(await refusal('query', 'household.readFile', { token })).toBe('register.unread')
  })

  it('that is no register is refused by the job in words, and the server goes on', async () => {
    const token = await upload('照片.xlsx', Buffer.from('%PDF-1.4 not a register'))
    const job = await finish(await done('mutation', 'household.read', { complexId: 1, token }))
    expect([job.state, job.problem?.code]).toEqual(['failed', 'format.unsupported'])
    expect(await done('query', 'household.vault')).toBe('none')
  })

  it('is dropped when cancelled, and nothing is kept of it', async () => {
    const token = await upload('楼盘表.xlsx', workbook(3_000))
    const started = startedShape.parse(await done('mutation', 'household.read', { complexId: 1, token }))
    await done('mutation', 'job.cancel', started)
    expect((await finish(started)).state).toBe('cancelled')
    expect(await refusal('query', 'household.readFile', { token })).toBe('register.unread')
  })
})

describe('the vault', () => {
  it('makes who guesses wait, and takes the right passphrase afterwards', async () => {
    await done('mutation', 'household.setUpVault', { passphrase: PASSPHRASE })
    await done('mutation', 'household.closeVault')
    for (let attempt = 0; attempt < 3; attempt += 1) {
      expect(await refusal('mutation', 'household.openVault', { passphrase: 'wrong passphrase' })).toBe('vault.passphrase')
    }
    expect(await refusal('mutation', 'household.openVault', { passphrase: PASSPHRASE })).toBe('session.wait')
    office.clock.set('2025-10-08T01:05:00.000Z')
    await done('mutation', 'household.openVault', { passphrase: PASSPHRASE })
    expect(await done('query', 'household.vault')).toBe('open')
  })
})

/** Due work, losses, the ladder and the import of a deposit sheet through the real door. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { openPage, startTestOffice, type Page, type TestOffice } from '../office.ts'

let office: TestOffice
let page: Page

async function done(kind: 'query' | 'mutation', name: string, input?: unknown): Promise<unknown> {
  const { data, problem } = await page.call(kind, name, input)
  if (problem !== undefined) throw new Error(`${name}: ${problem.message}`)
  return data
}

async function upload(text: string): Promise<string> {
  const answer = await page.send({
    method: 'POST', path: '/api/upload', headers: { 'x-file-name': encodeURIComponent('台账.csv') }, body: text,
  })
  return z.object({ token: z.uuid() }).parse(JSON.parse(answer.body)).token
}

const jobShape = z.object({
  state: z.enum(['running', 'done', 'failed', 'cancelled']),
  result: z.object({
    summary: z.string(), documents: z.array(z.object({ id: z.string(), name: z.string() })), reference: z.number().nullable(),
  }).nullable(),
  problem: z.object({ code: z.string() }).nullable(),
})

async function run(name: string, input: unknown) {
  const { jobId } = z.object({ jobId: z.string() }).parse(await done('mutation', name, input))
  for (;;) {
    const job = jobShape.parse(await done('query', 'job.status', { jobId }))
    if (job.state !== 'running') return job
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

const SHEET = [
  '存单号,小区,本金（元）,年利率,活期利率,起息日,存期',
  '0001,示例花园,1000000,1.50%,0.05%,2024-09-18,1年',
  '0002,示例花园,500000,1.50%,0.05%,2024-10-12,1年',
].join('\n')

const request = (token: string, more: object = {}) => ({
  bookId: 1, token, mode: 'voucher', date: '2025-01-01', rateUnit: null, moneyUnit: null, demandRateMicro: null, ...more,
})

/** The office's day is 2025-10-08. */
beforeEach(async () => {
  office = await startTestOffice()
  page = await openPage(office)
  await page.signIn()
  await done('mutation', 'book.open', { code: 'W', name: '维修资金', fundKind: 'maintenance', openedOn: '2025-01-01' })
  await done('mutation', 'complex.add', {
    code: 'A01', name: '示例花园', pinyin: 'slhy', address: '示例路 1 号', managerName: '示例物业', holderName: '业主大会',
    hotline: '0562-1234567', profileCode: 'AH-TONGLING', hasAssembly: true, firstDepositFen: null,
  })
  await done('mutation', 'book.addBankAccount', {
    bookId: 1, complexId: 1, bankName: '示例银行', branch: '', number: '600000000011', holderName: '示例花园业主大会',
    isDedicated: true, openedOn: '2025-01-01',
  })
})
afterEach(() => office.close())

describe('a deposit sheet from upload to due work', () => {
  it('is previewed, imported by a job with its opening voucher, and its certificates are watched at once', async () => {
    const token = await upload(SHEET)
    const preview = await done('query', 'depositImport.preview', request(token))
    expect(preview).toMatchObject({ isReady: true, lineCount: 2, principalFen: 150_000_000, problemCount: 0, fileName: '台账.csv' })
    expect(await run('depositImport.import', request(token))).toMatchObject({
      state: 'done', result: { summary: '导入 2 张存单，制成 1 张待审核的期初凭证，记账后存单生效。', reference: 1 },
    })
    expect(await done('query', 'due.summary', { complexId: null })).toMatchObject({
      count: 2, overdueCount: 1, overdueFen: 100_000_000, longestOverdueDays: 20, lostFen: 80_556,
    })
    const rows = z.array(z.object({ certificateNo: z.string(), dueDate: z.string(), id: z.number() }))
      .parse(await done('query', 'due.page', { complexId: null, limit: 1 }))
    expect(rows.map(({ certificateNo }) => certificateNo)).toEqual(['0001'])
    const after = { dueDate: rows[0]?.dueDate, id: rows[0]?.id }
    expect(await done('query', 'due.page', { complexId: 1, after, limit: 10 })).toMatchObject([{ certificateNo: '0002' }])
    expect(await done('query', 'due.month', { month: '2025-10', complexId: null })).toMatchObject({
      // A Sunday; the last working day before it is the Saturday worked in exchange, or the Friday where that is unknown.
      days: [{ date: '2025-10-12', count: 1, workingDay: expect.stringMatching(/^2025-10-1[01]$/) }],
    })
    const lost = { group: 'bank', from: '2025-01-01', complexId: null }
    expect(await done('query', 'due.loss', lost)).toMatchObject({ rows: [{ key: '示例银行', overdueLostFen: 80_556 }] })
    expect(await done('query', 'due.overdueBehind', { group: 'bank', key: '示例银行', complexId: null, limit: 10 }))
      .toMatchObject([{ certificateNo: '0001', lostFen: 80_556 }])
    expect(await done('query', 'due.idleBehind', { ...lost, key: '示例银行' })).toEqual([])
    // The opening voucher is not posted yet.
    expect(await done('query', 'due.ladder', { complexId: null })).toMatchObject({ count: 0, findings: [] })
  })

  it('shows what is wrong and what is asked, and refuses the import whole', async () => {
    const token = await upload(`${SHEET.replaceAll('%', '')}\n0003,没有的小区,100000,1.50,0.05,2024-09-18,1年`)
    expect(await done('query', 'depositImport.preview', request(token))).toMatchObject({
      isReady: false, problemCount: 1, questions: [{ kind: 'rateUnit', text: '0.05', count: 3 }],
      lines: [{ line: 2 }, { line: 3 }, { line: 4 }],
    })
    const refused = await run('depositImport.import', request(token))
    expect(refused).toMatchObject({ state: 'failed', problem: { code: 'import.refused' } })
    expect(await done('query', 'deposit.list', { inForceOnly: false, limit: 10 })).toEqual([])
    const fixed = await upload(SHEET.replaceAll('%', ''))
    expect(await done('query', 'depositImport.preview', request(fixed, { rateUnit: 'percent' }))).toMatchObject({ isReady: true })
  })

  it('comes out as paper and as a calendar file', async () => {
    await run('depositImport.import', request(await upload(SHEET)))
    const fetched = async (name: string) => {
      const job = await run(name, { until: null, complexId: null })
      const [document] = job.result?.documents ?? []
      const answer = await page.send({ path: `/api/documents/${document?.id ?? ''}` })
      return { name: document?.name, type: answer.headers['content-type'], body: answer.body }
    }
    const paper = await fetched('due.print')
    expect(paper).toMatchObject({ name: '存单到期一览表 全部小区 2025-10-08.pdf', type: 'application/pdf' })
    expect(paper.body).toMatch(/^%PDF-/)
    const calendar = await fetched('due.calendarFile')
    expect(calendar.name).toBe('存单到期 2025-10-08.ics')
    expect(calendar.body.match(/BEGIN:VEVENT/g)).toHaveLength(2)
  })
})

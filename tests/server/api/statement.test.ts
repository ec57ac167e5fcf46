/** The statement procedures through the real door: upload, preview, job, lines, proposals, and what they refuse. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { CMB_FEE, CMB_INCOME, CMB_INTEREST, cmb, gb18030 } from '#tests/core/statement/statement-files.ts'
import { openPage, startTestOffice, type Page, type TestOffice } from '../office.ts'

let office: TestOffice
let page: Page

async function done(kind: 'query' | 'mutation', name: string, input?: unknown): Promise<unknown> {
  const { data, problem } = await page.call(kind, name, input)
  if (problem !== undefined) throw new Error(`${name}: ${problem.message}`)
  return data
}

async function upload(name: string, body: string | Uint8Array): Promise<string> {
  const answer = await page.send({
    method: 'POST',
    path: '/api/upload',
    headers: { 'x-file-name': encodeURIComponent(name) },
    body,
  })
  return z.object({ token: z.uuid() }).parse(JSON.parse(answer.body)).token
}

const jobShape = z.object({
  state: z.enum(['running', 'done', 'failed', 'cancelled']),
  result: z.object({ summary: z.string(), reference: z.number().nullable() }).nullable(),
  problem: z.object({ code: z.string() }).nullable(),
})

async function runImport(token: string) {
  const { jobId } = z.object({ jobId: z.string() }).parse(await done('mutation', 'statement.import', { bankAccountId: 1, token }))
  for (;;) {
    const job = jobShape.parse(await done('query', 'job.status', { jobId }))
    if (job.state !== 'running') return job
  }
}

beforeEach(async () => {
  office = await startTestOffice()
  page = await openPage(office)
  await page.signIn()
  await done('mutation', 'book.open', { code: 'G', name: '公共收益', fundKind: 'publicIncome', openedOn: '2024-01-01' })
  await done('mutation', 'book.addBankAccount', {
    bookId: 1, complexId: null, bankName: '招商银行', branch: '', number: '5510000000000001', holderName: '示例小区业主大会',
    isDedicated: true, openedOn: '2024-01-01',
  })
})
afterEach(() => office.close())

const previewShape = z.object({
  statement: z.object({ count: z.number(), encoding: z.string().nullable(), errors: z.array(z.object({ code: z.string() })) }),
  rows: z.array(z.object({ party: z.string(), isRepeat: z.boolean() })),
  newCount: z.number(),
})

describe('a statement from upload to proposals', () => {
  it('is previewed, imported by a job, listed, and suggests its vouchers', async () => {
    const token = await upload('三月.csv', cmb(CMB_INCOME, CMB_INTEREST, CMB_FEE))
    const preview = previewShape.parse(await done('query', 'statement.preview', { bankAccountId: 1, token }))
    expect(preview).toMatchObject({ statement: { count: 3, errors: [] }, newCount: 3, rows: { length: 3 } })
    expect(await runImport(token)).toMatchObject({ state: 'done', result: { summary: '新增 3 笔流水。', reference: 1 } })
    const lines = await done('query', 'statement.lines', { bankAccountId: 1, state: 'open', text: '手续费', limit: 10 })
    expect(lines).toMatchObject([{ amountFen: -1000, state: 'open' }])
    const proposals = z.array(z.object({ line: z.object({ kind: z.string() }), proposal: z.unknown() }))
      .parse(await done('query', 'statement.proposals', { bankAccountId: 1, limit: 10 }))
    expect(proposals.map(({ line, proposal }) => [line.kind, proposal !== null])).toEqual([
      ['fee', true],
      ['interest', true],
      ['other', false],
    ])
    expect(await done('query', 'statement.batch', { id: 1 })).toMatchObject({ tally: { open: 3, isWhole: true } })
    expect(await done('query', 'statement.accounts', { asOf: '2024-12-31' })).toMatchObject([{ openCount: 3, gaps: [] }])
  })

  it('the clerk switches the encoding and the preview follows; a job refused leaves nothing', async () => {
    const token = await upload('三月.csv', gb18030(cmb(CMB_INCOME)))
    const detected = previewShape.parse(await done('query', 'statement.preview', { bankAccountId: 1, token }))
    expect([detected.statement.encoding, detected.rows[0]?.party]).toEqual(['gb18030', '示例传媒有限公司'])
    const wrong = previewShape.parse(await done('query', 'statement.preview', { bankAccountId: 1, token, encoding: 'utf-8' }))
    expect(wrong.statement.errors).toMatchObject([{ code: 'encoding.invalid' }])
    const broken = await upload('坏.csv', cmb(CMB_INCOME, CMB_FEE))
    expect(await runImport(broken)).toMatchObject({ state: 'failed', problem: { code: 'balance.chain' }, result: null })
    expect(await done('query', 'statement.lines', { bankAccountId: 1, limit: 10 })).toEqual([])
  })

  it('a preparer does not reconcile, and another person’s token is no one’s', async () => {
    const token = await upload('三月.csv', cmb(CMB_INCOME))
    await runImport(token)
    const skip = await page.call('mutation', 'statement.skip', { ids: [1], reason: '试转' })
    expect(skip.problem?.code).toBe('role.missing')
    const gone = await page.call('query', 'statement.preview', { bankAccountId: 1, token })
    expect(gone.problem?.code).toBe('upload.unknown')
  })
})

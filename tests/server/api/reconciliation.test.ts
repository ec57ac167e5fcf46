/** The reconciliation procedures through the real door: month, matches and their undoing, printing, sealing, the inventory. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { CMB_FEE, CMB_INCOME, CMB_INTEREST, cmb } from '#tests/core/statement/statement-files.ts'
import { openPage, PASSWORD, startTestOffice, type Page, type TestOffice } from '../office.ts'

const REVERSED = '20240323,090000,冲正,,10.00,512345.67,冲正对公汇款手续费,C0004,,'
const MARCH = { bankAccountId: 1, month: '2024-03' }

let office: TestOffice
/** `wang` prepares, `qian` reconciles. */
let preparer: Page
let reconciler: Page

async function done(page: Page, kind: 'query' | 'mutation', name: string, input?: unknown): Promise<unknown> {
  const { data, problem } = await page.call(kind, name, input)
  if (problem !== undefined) throw new Error(`${name}: ${problem.code} ${problem.message}`)
  return data
}

async function refused(page: Page, kind: 'query' | 'mutation', name: string, input?: unknown): Promise<string> {
  return (await page.call(kind, name, input)).problem?.code ?? 'not refused'
}

const jobShape = z.object({
  state: z.enum(['running', 'done', 'failed', 'cancelled']),
  result: z.object({ summary: z.string(), documents: z.array(z.object({ name: z.string() })) }).nullable(),
  problem: z.object({ code: z.string() }).nullable(),
})

async function ended(page: Page, name: string, input: unknown) {
  const { jobId } = z.object({ jobId: z.string() }).parse(await done(page, 'mutation', name, input))
  for (;;) {
    const job = jobShape.parse(await done(page, 'query', 'job.status', { jobId }))
    if (job.state !== 'running') return job
  }
}

async function upload(page: Page, name: string, body: string): Promise<string> {
  const headers = { 'x-file-name': encodeURIComponent(name) }
  const answer = await page.send({ method: 'POST', path: '/api/upload', headers, body })
  return z.object({ token: z.uuid() }).parse(JSON.parse(answer.body)).token
}

beforeAll(async () => {
  office = await startTestOffice()
  preparer = await openPage(office)
  await preparer.signIn()
  await done(preparer, 'mutation', 'staff.add', { login: 'qian', name: '钱对账', password: PASSWORD, roles: ['reconciler'] })
  await done(preparer, 'mutation', 'book.open', { code: 'G', name: '公共收益', fundKind: 'publicIncome', openedOn: '2024-01-01' })
  await done(preparer, 'mutation', 'book.addBankAccount', {
    bookId: 1, complexId: null, bankName: '招商银行', branch: '', number: '5510000000000001', holderName: '示例小区业主大会',
    isDedicated: true, openedOn: '2024-01-01',
  })
  reconciler = await openPage(office)
  await done(reconciler, 'mutation', 'session.signIn', { login: 'qian', password: PASSWORD })
})
afterAll(() => office.close())

const monthShape = z.object({
  bank: z.array(z.object({ id: z.number(), amountFen: z.number() })), differenceFen: z.number(), statementFen: z.number(),
  startDifferenceFen: z.number(), obstacles: z.array(z.string()),
})
const suggestionShape = z.array(z.object({ kind: z.string(), isAutomatic: z.boolean(), lineIds: z.array(z.number()) }))

describe('reconciliation procedures', () => {
  it('have no table before a statement is in, and say so', async () => {
    expect(await refused(reconciler, 'query', 'reconciliation.month', MARCH)).toBe('reconciliation.noStatement')
  })

  it('show the month, match a reversal with its booking, and take the match back with a reason', async () => {
    const token = await upload(preparer, '三月.csv', cmb(CMB_INCOME, CMB_INTEREST, CMB_FEE, REVERSED))
    expect(await ended(preparer, 'statement.import', { bankAccountId: 1, token })).toMatchObject({ state: 'done' })
    const table = monthShape.parse(await done(reconciler, 'query', 'reconciliation.month', MARCH))
    // Nothing is booked: what stood at the bank before the file's first day is explained by no item.
    expect(table).toMatchObject({ bank: { length: 4 }, statementFen: 51_234_567, startDifferenceFen: 50_000_000 })
    expect(table.obstacles.join()).toContain('调节后余额两边不等')

    const found = suggestionShape.parse(await done(reconciler, 'query', 'reconciliation.suggestions', MARCH))
    const [pair] = found
    expect(pair?.lineIds).toHaveLength(2)
    const group = { lineIds: pair?.lineIds ?? [], entries: [], method: 'suggested', score: 100, reason: '冲正' }
    const confirmation = { bankAccountId: 1, groups: [group] }
    expect(await refused(preparer, 'mutation', 'reconciliation.confirm', confirmation)).toBe('role.missing')
    await done(reconciler, 'mutation', 'reconciliation.confirm', confirmation)
    const recent = z.array(z.object({ id: z.number(), bankCount: z.number() }))
      .parse(await done(reconciler, 'query', 'reconciliation.recent', { bankAccountId: 1, limit: 5 }))
    expect(recent).toMatchObject([{ bankCount: 2 }])
    const id = recent[0]?.id ?? 0
    expect((await reconciler.call('mutation', 'reconciliation.undo', { id, reason: ' ' })).problem?.field).toBe('reason')
    await done(reconciler, 'mutation', 'reconciliation.undo', { id, reason: '看错了' })
    expect(await done(reconciler, 'query', 'reconciliation.recent', { bankAccountId: 1, limit: 5 })).toEqual([])
  })

  it('refuse a match whose sides differ, and leave nothing of it', async () => {
    const { bank } = monthShape.parse(await done(reconciler, 'query', 'reconciliation.month', MARCH))
    const lineIds = bank.filter(({ amountFen }) => amountFen === 1_200_000).map(({ id }) => id)
    const group = { lineIds, entries: [], method: 'manual', reason: '试试' }
    expect(await refused(reconciler, 'mutation', 'reconciliation.confirm', { bankAccountId: 1, groups: [group] }))
      .toBe('statement.amount')
    expect(await done(reconciler, 'query', 'reconciliation.recent', { bankAccountId: 1, limit: 5 })).toEqual([])
  })

  it('print table and spreadsheet, also of a month that does not tie out', async () => {
    const job = await ended(reconciler, 'reconciliation.print', MARCH)
    expect(job.result?.documents.map(({ name }) => name)).toEqual([
      '余额调节表 5510000000000001 2024-03.pdf', '余额调节表 5510000000000001 2024-03.xlsx',
    ])
  })

  it('seal no month that does not tie out, and no one but a reconciler or head', async () => {
    expect(await refused(preparer, 'mutation', 'reconciliation.seal', MARCH)).toBe('role.missing')
    expect(await refused(reconciler, 'mutation', 'reconciliation.seal', MARCH)).toMatch(/^reconciliation\./)
    expect((await reconciler.call('query', 'reconciliation.month', { ...MARCH, month: '2024-13' })).problem?.field).toBe('month')
  })

  it('count certificates as of any day up to today', async () => {
    const inventory = await done(reconciler, 'query', 'reconciliation.inventory', { bankAccountId: 1, asOf: '2024-12-31' })
    expect(inventory).toMatchObject({
      asOf: '2024-12-31', certificates: [], bonds: [], certificateDifferenceFen: 0, confirmation: null,
    })
    const tomorrow = { bankAccountId: 1, asOf: '2025-10-09' }
    expect(await refused(reconciler, 'query', 'reconciliation.inventory', tomorrow)).toBe('inventory.date')
    const wrong = { bankAccountId: 1, asOf: '2024-12-31', amountFen: 1, sha256: 'a'.repeat(64) }
    expect(await refused(reconciler, 'mutation', 'reconciliation.confirmBank', wrong)).toBe('confirmation.paper')
  })
})

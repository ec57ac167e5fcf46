/** The money of households through the real door: opening, contributing with receipts, refunding, papers. */
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

async function refusal(kind: 'query' | 'mutation', name: string, input?: unknown): Promise<string> {
  return (await page.call(kind, name, input)).problem?.code ?? 'accepted'
}

async function jobOf(started: unknown) {
  const { jobId } = z.object({ jobId: z.string() }).parse(started)
  const shape = z.object({
    state: z.string(), problem: z.object({ code: z.string() }).nullable(),
    result: z.object({ summary: z.string(), documents: z.array(z.object({ name: z.string() })) }).nullable(),
  })
  for (;;) {
    const job = shape.parse(await done('query', 'job.status', { jobId }))
    if (job.state !== 'running') return job
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

const DAY = '2025-10-08'
const FACTS = {
  entrance: '1', floor: 3, areaDm2: 8950, use: 'house', hasLift: true, nature: 'commodity', isExcluded: false,
  isDeveloperHeld: false, priceFen: null, rateFen: null, firstDueFen: 716_000,
}
let paper: string
const complexId = 1
const bankAccountId = 1

beforeEach(async () => {
  office = await startTestOffice()
  page = await openPage(office)
  await page.signIn()
  await done('mutation', 'complex.add', {
    code: 'A01', name: '示例花园', pinyin: '', address: '', managerName: '', holderName: '', hotline: '', profileCode: 'AH-TONGLING',
    hasAssembly: false, firstDepositFen: null,
  })
  await done('mutation', 'complex.addBuilding', { complexId, code: '1', name: '1幢' })
  await done('mutation', 'book.open', { code: 'W', name: '维修资金', fundKind: 'maintenance', openedOn: '2025-01-01' })
  await done('mutation', 'book.addBankAccount', {
    bookId: 1, complexId, bankName: '示例银行', branch: '', number: '600000000011', holderName: '示例花园', isDedicated: true,
    openedOn: '2025-01-01',
  })
  const headers = { 'x-file-name': encodeURIComponent('回单.pdf') }
  const sent = await page.send({ method: 'POST', path: '/api/upload', headers, body: Buffer.from('%PDF-1.4 receipt') })
  const { token } = z.object({ token: z.uuid() }).parse(JSON.parse(sent.body))
  paper = z.object({ sha256: z.string() }).parse(await done('mutation', 'voucher.attach', { token })).sha256
  for (const room of ['301', '302']) {
    const entry = { buildingId: 1, effectiveOn: '2025-01-01', reason: '登记', owners: [] }
    await done('mutation', 'household.register', { ...entry, facts: { ...FACTS, room } })
  }
})
afterEach(() => office.close())

const row = (more: object = {}) => ({ householdId: 1, part: 'principal', amountFen: 716_000, receipt: null, ...more })
const contribution = (more: object = {}) => ({
  complexId, date: DAY, bankDate: DAY, bankAccountId, attachments: [paper], rows: [row()], ...more,
})

describe('the money of households', () => {
  it('begins where there is no fund, takes contributions with receipts, and refuses what cannot be', async () => {
    expect(await refusal('mutation', 'householdMoney.contribute', contribution())).toBe('household.notBegun')
    expect(await done('query', 'householdMoney.opening', { complexId })).toMatchObject({ isBegun: false, fundFen: 0, unknown: 2 })
    expect(await done('mutation', 'householdMoney.open', { complexId, date: DAY, attachments: [] })).toEqual({ draftId: null })
    expect(await done('query', 'householdMoney.isBegun', { complexId })).toBe(true)
    expect(await done('query', 'householdMoney.due', { id: 1 })).toMatchObject({ owedFen: 716_000 })
    await done('mutation', 'householdMoney.addReceiptRange', { first: '皖A01', last: '皖A20', receivedOn: DAY })
    const twice = contribution({ rows: [row({ receipt: '皖A02' }), row({ householdId: 2, receipt: '皖A02' })] })
    expect(await refusal('mutation', 'householdMoney.contribute', twice)).toBe('receipt.used')
    expect(await done('mutation', 'householdMoney.contribute', contribution({ rows: [row({ receipt: '皖A02' })] })))
      .toEqual({ draftId: expect.any(Number) })
    expect(await done('query', 'householdMoney.receiptRanges')).toMatchObject([{ used: 1, gaps: ['皖A01'] }])
    expect(await done('query', 'householdMoney.receipts', { rangeId: 1, limit: 10 }))
      .toMatchObject([{ text: '皖A02', state: 'used' }])
    expect(await refusal('mutation', 'householdMoney.voidReceipt', { number: '皖A02', reason: '写错', hasOriginal: true }))
      .toBe('receipt.inForce')
    // Not posted yet: nobody holds a fen of it, so nothing can be given back.
    expect(await refusal('query', 'householdMoney.refundPreview',
      { householdId: 1, date: DAY, parts: [{ part: 'principal', amountFen: 1 }] })).toBe('household.overdrawn')
    expect(await done('query', 'householdMoney.account', { id: 1, from: '2025-01-01', to: DAY })).toMatchObject({ lines: [] })
  })

  it('is printed by jobs: statements of all, and a word where nobody has to top up', async () => {
    await done('mutation', 'householdMoney.open', { complexId, date: DAY, attachments: [] })
    const span = { from: '2025-01-01', to: DAY }
    const all = await jobOf(await done('mutation', 'householdMoney.printStatements',
      { complexId, householdId: null, buildingId: null, ...span }))
    expect(all.result).toMatchObject({ summary: '已生成 2 户的对账单。', documents: [{ name: '分户对账单 示例花园 1–2户 2025-10-08.pdf' }] })
    const nobody = await jobOf(await done('mutation', 'householdMoney.printTopUp', { complexId, buildingId: null }))
    expect(nobody.problem?.code).toBe('topUp.nobody')
    const sold = await jobOf(await done('mutation', 'householdMoney.printTransfer', { id: 1 }))
    expect(sold.problem?.code).toBe('transfer.none')
  })
})

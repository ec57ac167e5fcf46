/** Apportionment over the real door: pasted rooms and coefficients, a sheet kept and printed; gains without a sub-ledger. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import { openPage, startTestOffice, type Page, type TestOffice } from '../office.ts'

let office: TestOffice
let page: Page
let complexId: number

async function done(kind: 'query' | 'mutation', name: string, input?: unknown): Promise<unknown> {
  const { data, problem } = await page.call(kind, name, input)
  if (problem !== undefined) throw new Error(`${name}: ${problem.message}`)
  return data
}

beforeAll(async () => {
  office = await startTestOffice()
  page = await openPage(office)
  await page.signIn()
  complexId = z.number().parse(await done('mutation', 'complex.add', {
    code: 'A01', name: '示例花园', pinyin: '', address: '', managerName: '', holderName: '', hotline: '', profileCode: 'AH-TONGLING',
    hasAssembly: false, firstDepositFen: null,
  }))
  const buildingId = await done('mutation', 'complex.addBuilding', { complexId, code: '1', name: '1幢' })
  for (const room of ['101', '102', '1001']) {
    await done('mutation', 'household.register', {
      buildingId, effectiveOn: '2025-01-01', reason: '登记', owners: [],
      facts: {
        entrance: '', floor: room.length === 4 ? 10 : 1, room, areaDm2: 10_000, use: 'house', hasLift: false, nature: 'commodity',
        isExcluded: false, isDeveloperHeld: false, priceFen: null, rateFen: null, firstDueFen: null,
      },
    })
  }
})
afterAll(async () => office.close())

function request(more: Readonly<Record<string, unknown>> = {}) {
  return {
    complexId, purpose: 'distribution', repairId: null, utilityBillId: null, title: '车位收益分配', basis: 'area',
    scope: { kind: 'complex' }, shortfall: 'collect', askedFen: 10_000, coefficients: '', ...more,
  }
}

it('shares go to pasted rooms by pasted coefficients, in the order of the house', async () => {
  const rows = z.object({ rows: z.array(z.object({ address: z.string(), shareFen: z.number() })) })
  const shared = rows.parse(await done('mutation', 'apportionment.preview', request()))
  expect(shared.rows).toEqual([
    { address: '1幢 101', shareFen: 3334 }, { address: '1幢 102', shareFen: 3333 }, { address: '1幢 1001', shareFen: 3333 },
  ])
  const agreed = rows.parse(await done('mutation', 'apportionment.preview', request({
    basis: 'agreed', coefficients: '1幢 102 1\n1幢 1001 3', scope: { kind: 'rooms', rooms: '1幢1001\n1幢102' },
  })))
  expect(agreed.rows.map(({ shareFen }) => shareFen)).toEqual([2500, 7500])
  const wrong = await page.call('mutation', 'apportionment.preview', request({ scope: { kind: 'rooms', rooms: '1幢 909' } }))
  expect(wrong.problem).toMatchObject({ code: 'apportionment.line', field: 'rooms', row: 1 })
})

it('a sheet is kept, listed, recomputed and printed', { timeout: 30_000 }, async () => {
  const id = z.number().parse(await done('mutation', 'apportionment.record', request()))
  const listed = await done('query', 'apportionment.list', { complexId, limit: 10 })
  expect(listed).toMatchObject([{ id, totalFen: 10_000, households: 3 }])
  expect(await done('query', 'apportionment.recompute', { id })).toEqual({ isSame: true, rows: [] })
  const job = z.object({ jobId: z.string() }).parse(await done('mutation', 'apportionment.print', {
    id, papers: ['list', 'opinions', 'notice', 'comparison'],
  }))
  const status = z.object({ state: z.string(), result: z.object({ documents: z.array(z.unknown()) }).nullable() })
  for (;;) {
    const { state, result } = status.parse(await done('query', 'job.status', job))
    if (state === 'running') {
      await new Promise((resolve) => setTimeout(resolve, 50))
      continue
    }
    expect([state, result?.documents.length]).toEqual(['done', 5])
    break
  }
})

it('what draws on accounts waits for a sub-ledger', async () => {
  const plan = await page.call('mutation', 'apportionment.preview', request({ purpose: 'plan' }))
  expect(plan.problem?.code).toMatch(/^(household\.notBegun|book\.missing)$/)
  const gain = { complexId, from: '2025-01-01', to: '2025-03-31', date: '2025-03-31', amountFen: null }
  expect((await page.call('query', 'gain.preview', gain)).problem?.code).toMatch(/^(household\.notBegun|book\.missing)$/)
})

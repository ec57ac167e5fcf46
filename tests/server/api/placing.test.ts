/** The planner and competitive placing over the real door. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openPage, startTestOffice, type Page, type TestOffice } from '../office.ts'

let office: TestOffice
let page: Page

beforeAll(async () => {
  office = await startTestOffice()
  page = await openPage(office)
  await page.signIn()
})
afterAll(async () => office.close())

const INPUT = {
  from: '2025-10-09', until: '2026-10-09', idleFen: 10_000_000, reserveFen: 0, lotFen: 1_000_000, minimumFen: 0,
  demandRateMicro: 50_000, needs: [], inflows: [], rooms: [],
  offers: [
    { bank: '甲', rateMicro: 1_100_000, term: { unit: 'months', count: 12 }, dayCount: 'months_odd_360', capacityFen: null },
  ],
}

it('a plan comes back with its lots, and the need that cannot be met is named', { timeout: 30_000 }, async () => {
  const solved = await page.call('query', 'placement.solve', INPUT)
  expect(solved.data).toMatchObject({ kind: 'plan', lots: [10], isBest: true })
  const needs = [{ label: '屋面', date: '2025-12-01', amountFen: 10_000_001 }]
  const short = await page.call('query', 'placement.solve', { ...INPUT, needs })
  expect(short.data).toMatchObject({ kind: 'uncovered', uncovered: [{ date: '2025-12-01', shortFen: 1, unpaidFen: 1 }] })
})

it('input without sense is refused at its field', async () => {
  const backwards = await page.call('query', 'placement.solve', { ...INPUT, until: '2025-10-09' })
  expect(backwards.problem).toMatchObject({ code: 'placement.input', field: 'until' })
  const float = await page.call('query', 'placement.solve', { ...INPUT, idleFen: 0.5 })
  expect([float.status, float.problem?.field]).toEqual([400, 'idleFen'])
})

it('a batch, a lot and a certificate that are not there are named; an award needs the head', async () => {
  expect((await page.call('query', 'placing.get', { id: 7 })).problem).toMatchObject({ code: 'placing.missing' })
  const bid = { lotId: 7, bank: '甲', rateMicro: 1_000_000, scoreHundredths: null, rank: null, recusal: '' }
  expect((await page.call('mutation', 'placing.bid', bid)).problem).toMatchObject({ code: 'placing.missing' })
  const award = { lotId: 7, bidId: null, awardedOn: '2025-10-09', reason: '流标' }
  expect((await page.call('mutation', 'placing.award', award)).problem).toMatchObject({ code: 'role.missing' })
  expect((await page.call('query', 'placing.list', { limit: 10 })).data).toEqual([])
})

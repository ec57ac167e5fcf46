/** The procedures of public income over the real door: what the page may ask, and how it is refused. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openPage, startTestOffice, type Page, type TestOffice } from '../office.ts'

let office: TestOffice
let page: Page

beforeAll(async () => {
  office = await startTestOffice()
  page = await openPage(office)
  await page.signIn()
})
afterAll(async () => office.close())

describe('income procedures', () => {
  it('refuse a quarter that is none, and a page without end', async () => {
    const quarter = await page.call('query', 'income.overview', { quarter: '2025Q5', limit: 10 })
    expect(quarter.problem?.message).toContain('不是季度')
    const limit = await page.call('query', 'income.contracts', { state: 'all', limit: 100_000 })
    expect(limit.status).toBe(400)
  })

  it('refuse amounts that are no integer fen, and zero where a sum is spent', async () => {
    const money = {
      complexId: 1, date: '2025-08-01', bankAccountId: 1, summary: '测试', attachments: [], accountCode: '5001.01', document: '发票',
    }
    for (const amountFen of [0, -1, 0.5, '100']) {
      const { status, problem } = await page.call('mutation', 'income.cost', { ...money, amountFen })
      expect([amountFen, status, problem?.field]).toEqual([amountFen, 400, 'amountFen'])
    }
  })

  it('say what to do first in an office without a public income book', async () => {
    const figure = { complexId: 1, quarter: '2025Q3', part: 'income', rowId: null, limit: 10 }
    const { problem } = await page.call('query', 'income.figure', figure)
    expect(problem).toMatchObject({ code: 'book.missing', message: expect.stringContaining('请先在设置中开设') })
    expect((await page.call('query', 'income.overview', { quarter: '2025Q3', limit: 10 })).data).toEqual([])
  })

  it('name the missing contract', async () => {
    const { problem } = await page.call('query', 'income.contract', { id: 7 })
    expect(problem).toMatchObject({ code: 'contract.missing', field: 'contractId' })
  })
})

/** The procedures of a certificate's life over the real door: what the page may ask, and how it is refused. */
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

const slip = { date: '2025-08-01', interestPaidFen: 100, differenceReason: '', attachments: [] }

describe('certificate procedures', () => {
  it('refuse amounts that are no integer fen, and nothing where money leaves', async () => {
    for (const amountFen of [0, -1, 0.5, '100']) {
      const early = { ...slip, certificateId: 1, amountFen, demandRateMicro: 50_000, newCertificateNo: '' }
      const { status, problem } = await page.call('mutation', 'certificate.withdrawEarly', early)
      expect([amountFen, status, problem?.field]).toEqual([amountFen, 400, 'amountFen'])
    }
  })

  it('refuse a rollover of nothing, into nothing, or with a rate that is none', async () => {
    const next = {
      certificateNo: 'A', product: 'time', rateMicro: 1_500_000, demandRateMicro: 50_000, dayCount: 'months_odd_360',
      term: { unit: 'months', count: 6 }, dueDate: null, dueDateReason: '', rolloverInstruction: 'none', personInCharge: 1,
      principalFen: 100,
    }
    const old = { certificateId: 1, interestPaidFen: 0, demandRateMicro: 50_000, differenceReason: '' }
    const regroup = { date: '2025-08-01', mode: 'principal_only', attachments: [], old: [old], next: [next] }
    const wrong = [{ old: [] }, { next: [] }, { next: [{ ...next, rateMicro: -1 }] }, { next: [{ ...next, product: 'gold' }] }]
    for (const more of wrong) {
      expect((await page.call('mutation', 'certificate.regroup', { ...regroup, ...more })).status).toBe(400)
    }
    const missing = await page.call('query', 'certificate.regroupPreview', regroup)
    expect(missing.problem?.code).toBe('certificate.missing')
  })

  it('ask for a reason where one is needed', async () => {
    for (const name of ['certificate.freeze', 'certificate.unfreeze']) {
      const { status, problem } = await page.call('mutation', name, { certificateId: 1, date: '2025-08-01', reason: ' ' })
      expect([name, status, problem?.field]).toEqual([name, 400, 'reason'])
    }
    // Closing a difference is not the preparer's: who may not is told so before the reason is read.
    const closing = await page.call('mutation', 'certificate.closeDifference', { source: 'certificate', id: 1, reason: '' })
    expect(closing.problem?.code).toBe('role.missing')
  })

  it('answer with nothing in an office without deposits', async () => {
    expect((await page.call('query', 'certificate.openDifferences', { complexId: null })).data)
      .toEqual({ count: 0, shortFen: 0, overFen: 0 })
    const terms = { product: 'agreement', demandRateMicro: 50_000, agreementRateMicro: 600_000 }
    const { status } = await page.call('mutation', 'accountInterest.recordTerms', {
      bankAccountId: 1, validFrom: '2025-01-01', terms, yearDays: 360, source: '协议',
    })
    expect(status).toBe(400)
  })
})

import { describe, expect, it } from 'vitest'
import { addDays, parseDate } from '#core/calendar.ts'
import { parseYuan } from '#core/money.ts'
import { parsePercent } from '#core/rate.ts'
import { expectedAccountInterest, recordAccountTerms, type AccountTerms } from '#services/deposit/account-interest.ts'
import { accountSettlements, settleAccountInterest, undoAccountInterest } from '#services/deposit/account-settlement.ts'
import { closeDifference, listDifferences, openDifferences } from '#services/deposit/interest-difference.ts'
import { postDrafts } from '#services/voucher/posting.ts'
import { draftOf, reviewDraft } from '#services/voucher/voucher-draft.ts'
import { makeOffice, type Office } from '../office.ts'

const DEMAND = parsePercent('0.05')
const QUARTER = parseDate('2025-06-20')

function record(office: Office, validFrom: string, terms: AccountTerms): void {
  recordAccountTerms(office.preparer, {
    bankAccountId: office.maintenanceBank, validFrom: parseDate(validFrom), terms, yearDays: 360, source: '银行公告',
  })
}

/** One million on the account from 1 April, two from 1 May. */
function withMoney(): Office {
  const office = makeOffice({ openedOn: '2025-01-01', today: '2025-12-20' })
  office.receive(office.maintenance, '4001', '1000000.00', '2025-04-01')
  office.receive(office.maintenance, '4001', '1000000.00', '2025-05-01')
  return office
}

const expected = (office: Office, day = QUARTER) => expectedAccountInterest(office.ledger, office.maintenanceBank, day)

describe('a settlement account’s quarterly interest', () => {
  it('counts every day’s balance from the 21st to the 20th, both earning', () => {
    const office = withMoney()
    record(office, '2025-01-01', { product: 'demand', demandRateMicro: DEMAND })
    const { period, credited, interestFen, parts } = expected(office)
    expect([period.from, period.to, credited]).toEqual(['2025-03-21', '2025-06-20', '2025-06-21'])
    expect(parts[0]?.accrued.segments.map(({ from, days, principal }) => [from, days, principal])).toEqual([
      ['2025-03-21', 11, 0], ['2025-04-01', 30, parseYuan('1000000.00')], ['2025-05-01', 51, parseYuan('2000000.00')],
    ])
    // (1,000,000 × 30 + 2,000,000 × 51) × 0.05 % ÷ 360
    expect(interestFen).toBe(parseYuan('183.33'))
  })

  it('is cut where the rate changes', () => {
    const office = withMoney()
    record(office, '2025-01-01', { product: 'demand', demandRateMicro: parsePercent('0.10') })
    record(office, '2025-05-20', { product: 'demand', demandRateMicro: DEMAND })
    // 1,000,000 × 30 + 2,000,000 × 19 at 0.10 %, 2,000,000 × 32 at 0.05 %
    expect(expected(office).interestFen).toBe(parseYuan('277.78'))
  })

  it('pays the agreement rate above the base quota, and changes from demand to agreement inside a quarter', () => {
    const office = withMoney()
    record(office, '2025-01-01', { product: 'demand', demandRateMicro: DEMAND })
    record(office, '2025-05-01', {
      product: 'agreement', demandRateMicro: DEMAND, agreementRateMicro: parsePercent('0.60'),
      baseQuotaFen: parseYuan('500000.00'),
    })
    const { parts, interestFen } = expected(office)
    expect(parts.map(({ name, accrued }) => [name, accrued.interest])).toEqual([
      ['demand', parseYuan('41.67')], ['base', parseYuan('35.42')], ['excess', parseYuan('1275.00')],
    ])
    expect(interestFen).toBe(parseYuan('1352.09'))
  })

  it('takes the later of two records of one day, and says when there is no rate', () => {
    const office = withMoney()
    expect(() => expected(office)).toThrow('请先登记这个账户的活期或协定利率')
    record(office, '2025-01-01', { product: 'demand', demandRateMicro: parsePercent('0.50') })
    record(office, '2025-01-01', { product: 'demand', demandRateMicro: DEMAND })
    expect(expected(office).interestFen).toBe(parseYuan('183.33'))
    expect(() => recordAccountTerms(office.preparer, {
      bankAccountId: office.maintenanceBank, validFrom: QUARTER, terms: { product: 'demand', demandRateMicro: DEMAND },
      yearDays: 360, source: ' ',
    })).toThrow('利率依据')
  })
})

describe('what the bank credited', () => {
  const settle = (office: Office, paid: string, more: object = {}) => settleAccountInterest(office.preparer, {
    bankAccountId: office.maintenanceBank, day: QUARTER, paidFen: parseYuan(paid), voucher: 'make',
    attachments: [office.paper], ...more,
  })

  function withTerms(): Office {
    const office = withMoney()
    record(office, '2025-01-01', { product: 'demand', demandRateMicro: DEMAND })
    return office
  }

  it('is compared to the fen, booked on the day it arrives, once a quarter', () => {
    const office = withTerms()
    expect(() => settle(office, '183.32')).toThrow('写明差异原因')
    const { draftId } = settle(office, '183.33')
    if (draftId === null) throw new Error('no voucher was made')
    expect(draftOf(office.ledger, draftId)).toMatchObject({ date: '2025-06-21', bankDate: '2025-06-21' })
    expect(() => settle(office, '183.33')).toThrow('已经登记过')
    reviewDraft(office.reviewer, draftId)
    postDrafts(office.bookkeeper, [draftId])
    const [first] = accountSettlements(office.ledger, office.maintenanceBank, 9)
    if (first === undefined) throw new Error('nothing was settled')
    const red = undoAccountInterest(office.preparer, first.id, { date: parseDate('2025-06-22'), reason: '录错' })
    expect(red).not.toBeNull()
    expect(accountSettlements(office.ledger, office.maintenanceBank, 9)).toEqual([])
    expect(settle(office, '183.33', { voucher: 'booked' }).draftId).toBeNull()
  })

  it('stays a finding until another person closes it with a reason', () => {
    const office = withTerms()
    const { id } = settle(office, '180.00', { voucher: 'booked', differenceReason: '银行调息日不同' })
    expect(openDifferences(office.ledger, null)).toEqual({ count: 1, shortFen: parseYuan('3.33'), overFen: 0 })
    const close = (context: Office['head'], reason: string) => () => closeDifference(context, { source: 'account', id, reason })
    expect(close(office.preparer, '已核实')).toThrow()
    expect(close(office.reviewer, ' ')).toThrow('写明销号理由')
    close(office.reviewer, '已与银行核对')()
    expect(close(office.head, '再销一次')).toThrow()
    expect(openDifferences(office.ledger, null).count).toBe(0)
    const all = { complexId: null, openOnly: false, limit: 9 }
    expect(listDifferences(office.ledger, all)).toMatchObject([
      { source: 'account', number: '600000000011', differenceReason: '银行调息日不同', closedBy: '李审核', closedReason: '已与银行核对' },
    ])
    expect(listDifferences(office.ledger, { ...all, openOnly: true })).toEqual([])
    expect(listDifferences(office.ledger, { ...all, before: { date: QUARTER, source: 'account', id } })).toEqual([])
    const later = { date: addDays(QUARTER, 1), source: 'account', id } as const
    expect(listDifferences(office.ledger, { ...all, before: later })).toHaveLength(1)
  })

  it('is no finding once it is taken back', () => {
    const office = withTerms()
    const { id } = settle(office, '180.00', { voucher: 'booked', differenceReason: '录错' })
    expect(undoAccountInterest(office.preparer, id, { date: QUARTER, reason: '录错' })).toBeNull()
    expect(openDifferences(office.ledger, office.complexId).count).toBe(0)
  })
})

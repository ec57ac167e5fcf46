import { describe, expect, it } from 'vitest'

import { parseDate } from '#core/calendar.ts'
import { parseYuan } from '#core/money.ts'
import { noticeInterest, type NoticeWithdrawal } from '#core/deposit/notice-deposit.ts'
import { parsePercent } from '#core/rate.ts'

const KEPT: NoticeWithdrawal = {
  balance: parseYuan('1000000.00'),
  amount: parseYuan('360000.00'),
  start: parseDate('2025-06-01'),
  withdrawnOn: parseDate('2025-07-01'),
  noticeDays: 7,
  notice: { givenOn: parseDate('2025-06-24'), forDate: parseDate('2025-07-01'), amount: parseYuan('360000.00') },
  noticeRate: parsePercent('0.30'),
  demandRate: parsePercent('0.05'),
  minimumDraw: parseYuan('100000.00'),
  minimumBalance: parseYuan('500000.00'),
}

const notice = { givenOn: parseDate('2025-06-24'), forDate: parseDate('2025-07-01'), amount: KEPT.amount }

describe('notice deposit', () => {
  it('earns the notice rate when the notice was kept to the day and the fen', () => {
    const paid = noticeInterest(KEPT)
    expect(paid).toMatchObject({ interest: parseYuan('90.00'), reasons: [], closed: false, notDrawn: 0 })
    expect(paid.remainder).toBe(parseYuan('640000.00'))
  })

  it.each([
    ['other_day_than_notified', { notice: { ...notice, forDate: parseDate('2025-07-02') } }],
    ['notice_too_short', { notice: { ...notice, givenOn: parseDate('2025-06-25') } }],
    ['no_notice', { notice: null }],
    ['held_too_short', { start: parseDate('2025-06-25') }],
    ['below_minimum_draw', { amount: parseYuan('99999.99') }],
  ])('earns only the demand rate: %s', (reason, changes) => {
    const paid = noticeInterest({ ...KEPT, ...changes })
    expect(paid.reasons).toContain(reason)
    expect(paid.atNoticeRate.amount).toBe(0)
  })

  it('drawn above the notified amount earns the demand rate on the excess alone', () => {
    const paid = noticeInterest({ ...KEPT, amount: parseYuan('396000.00') })
    expect(paid.reasons).toEqual(['more_than_notified'])
    expect([paid.atNoticeRate.interest, paid.atDemandRate.interest]).toEqual([parseYuan('90.00'), parseYuan('1.50')])
  })

  it('drawn below the notified amount tells how much of the notice was not drawn', () => {
    expect(noticeInterest({ ...KEPT, amount: parseYuan('300000.00') }).notDrawn).toBe(parseYuan('60000.00'))
  })

  it('closes the account when less than the opening minimum would be left, the rest at the demand rate', () => {
    const amount = parseYuan('640000.00')
    const paid = noticeInterest({ ...KEPT, amount, notice: { ...notice, amount } })
    expect(paid).toMatchObject({ closed: true, remainder: 0, reasons: ['closed_below_minimum_balance'] })
    expect(paid.interest).toBe(parseYuan('175.00'))
  })

  it('refuses to draw more than there is', () => {
    expect(() => noticeInterest({ ...KEPT, amount: parseYuan('1000000.01') })).toThrow('不超过余额')
  })
})

import { describe, expect, it } from 'vitest'

import { parseDate } from '#core/calendar.ts'
import { withdrawAllEarly, withdrawPartEarly, type PartialTerms } from '#core/deposit/early-withdrawal.ts'
import type { TermDeposit } from '#core/deposit/interest.ts'
import { parseYuan } from '#core/money.ts'
import { parsePercent } from '#core/rate.ts'

const DEPOSIT: TermDeposit = {
  principal: parseYuan('100000.00'),
  rate: parsePercent('1.20'),
  start: parseDate('2025-01-01'),
  term: { unit: 'months', count: 12 },
  dayCount: 'months_odd_360',
}

const PARTIAL: PartialTerms = {
  withdrawnOn: parseDate('2025-04-11'),
  demandRate: parsePercent('0.36'),
  amount: parseYuan('90000.00'),
  partialsBefore: 0,
  minimumRemainder: parseYuan('10000.00'),
}

describe('early withdrawal', () => {
  it('in full earns the demand rate for all days and says what was given up', () => {
    const paid = withdrawAllEarly(DEPOSIT, PARTIAL)
    expect(paid.interest).toBe(parseYuan('100.00'))
    expect(paid.forgone).toBe(parseYuan('1200.00'))
  })

  it('in part, leaving exactly the minimum, keeps start, term and rate of the rest', () => {
    const { withdrawn, paidPrincipal, remainder } = withdrawPartEarly(DEPOSIT, PARTIAL)
    expect(withdrawn.interest).toBe(parseYuan('90.00'))
    expect(paidPrincipal).toBe(PARTIAL.amount)
    expect(remainder).toEqual({ ...DEPOSIT, principal: parseYuan('10000.00') })
  })

  it('leaving one fen less than the minimum closes the deposit, all of it at the demand rate', () => {
    const closed = withdrawPartEarly(DEPOSIT, { ...PARTIAL, amount: parseYuan('90000.01') })
    expect(closed.remainder).toBeNull()
    expect(closed.paidPrincipal).toBe(DEPOSIT.principal)
    expect(closed.withdrawn.interest).toBe(parseYuan('100.00'))
  })

  it('in part is refused a second time, at or above the principal, and from the due day on', () => {
    expect(() => withdrawPartEarly(DEPOSIT, { ...PARTIAL, partialsBefore: 1 })).toThrow('不能再次部提')
    expect(() => withdrawPartEarly(DEPOSIT, { ...PARTIAL, amount: DEPOSIT.principal })).toThrow('小于本金')
    expect(() => withdrawPartEarly(DEPOSIT, { ...PARTIAL, withdrawnOn: parseDate('2026-01-01') })).toThrow('到期支取')
  })
})

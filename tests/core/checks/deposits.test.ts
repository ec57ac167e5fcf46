import { describe, expect, it } from 'vitest'
import {
  findAsleep, findIdle, findInterestDifferences, findNotTendered, type CheckedCertificate, type IdleAccount, type InterestPaid,
} from '#core/checks/deposits.ts'
import { idOf } from '#core/id.ts'
import { day, yuan } from './facts.ts'

const TODAY = day('2026-10-09')

function certificate(changes: Partial<CheckedCertificate> = {}): CheckedCertificate {
  return {
    id: idOf<'certificate'>(1), certificateNo: 'CD-1', complexId: idOf<'complex'>(1), bankName: '示例银行',
    principalFen: yuan('1000000'), valueDate: day('2025-10-08'), dueDate: day('2026-10-08'), lostFen: yuan('30.56'),
    hasPlacingLot: false, ...changes,
  }
}

describe('a certificate left after its due date', () => {
  it('is asleep from the day after', () => {
    expect(findAsleep([certificate()], TODAY)[0]?.message).toContain('已逾期 1 天')
    expect(findAsleep([certificate({ dueDate: TODAY })], TODAY)).toEqual([])
  })
})

describe('money idle in the demand account', () => {
  const account = (changes: Partial<IdleAccount> = {}): IdleAccount => ({
    id: idOf<'bankAccount'>(1), name: '示例专户', complexId: idOf<'complex'>(1), complexes: 1, balanceFen: yuan('80000'),
    reserveFen: yuan('50000'), days: 30, aboveReserveSince: day('2026-09-09'),
    ...changes,
  })

  it('is told with what stands above the reserve', () => {
    expect(findIdle([account()], TODAY).map(({ amountFen }) => amountFen)).toEqual([yuan('30000')])
  })

  it('names how many complexes share the account', () => {
    expect(findIdle([account({ complexId: null, complexes: 3 })], TODAY)[0]?.message).toContain('（3 个小区共用）')
  })

  it('is not told before the days have passed, at the reserve, or when it just fell below', () => {
    expect(findIdle([account({ aboveReserveSince: day('2026-09-10') })], TODAY)).toEqual([])
    expect(findIdle([account({ balanceFen: yuan('50000') })], TODAY)).toEqual([])
    expect(findIdle([account({ aboveReserveSince: null })], TODAY)).toEqual([])
  })
})

describe('interest that is not what was agreed', () => {
  const paid = (changes: Partial<InterestPaid> = {}): InterestPaid => ({
    id: idOf<'certificate'>(1), certificateNo: 'CD-1', complexId: idOf<'complex'>(1), paidOn: day('2026-10-08'),
    expectedFen: yuan('15000'), paidFen: yuan('15000'), reason: '', ...changes,
  })

  it('is told from one fen on, with its direction and the reason given', () => {
    expect(findInterestDifferences([paid({ paidFen: yuan('14999.99') })])[0]?.message).toContain('少付 0.01 元；请与银行核对')
    expect(findInterestDifferences([paid({ paidFen: yuan('15000.01'), reason: '银行进位' })])[0]?.message)
      .toContain('多付 0.01 元；已写明：银行进位')
  })

  it('is not told when it agrees to the fen', () => {
    expect(findInterestDifferences([paid()])).toEqual([])
  })
})

describe('a large placing nobody tendered', () => {
  it.each([['1000000', false, 1], ['999999.99', false, 0], ['1000000', true, 0]] as const)(
    '%s yuan, in a batch: %s → %i', (principal, hasPlacingLot, count) => {
      const placed = certificate({ principalFen: yuan(principal), hasPlacingLot })
      expect(findNotTendered([placed], yuan('1000000'))).toHaveLength(count)
    })
})

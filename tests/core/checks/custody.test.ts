import { describe, expect, it } from 'vitest'
import { findFundsMixed, findHolders, findNotHandedOver, type CheckedAccount } from '#core/checks/custody.ts'
import { idOf } from '#core/id.ts'
import { day, yuan } from './facts.ts'

const COMPLEX = idOf<'complex'>(1)

function account(changes: Partial<CheckedAccount> = {}): CheckedAccount {
  return { id: idOf<'bankAccount'>(1), name: '示例专户', holder: '翠湖花园业主大会', complexId: COMPLEX, fund: 'publicIncome', ...changes }
}

describe('who holds the account', () => {
  const custodians = new Map([[COMPLEX, ['翠湖物业服务有限公司']], [null, ['铜陵市物业管理处']]])

  it.each([
    ['翠湖花园业主大会', 0], ['翠湖花园业主委员会', 0], ['翠湖物业服务有限公司', 0], ['铜陵市物业管理处', 0], ['张三', 1],
    ['别处物业服务有限公司', 1], ['', 1],
  ])('%s: %i', (holder, count) => {
    expect(findHolders([account({ holder })], custodians)).toHaveLength(count)
  })
})

describe('funds mixed', () => {
  const move = {
    voucherId: idOf<'voucher'>(1), voucherLabel: '记-1', complexId: COMPLEX, amountFen: yuan('5'), bookFund: 'maintenance',
  } as const

  it('a voucher of one fund that moves the account of another is stopped', () => {
    const [finding] = findFundsMixed([{ ...move, account: account() }])
    expect(finding?.level).toBe('block')
    expect(finding?.message).toContain('属维修资金，却动用公共收益账户')
  })

  it('the fund’s own account is in order', () => {
    expect(findFundsMixed([{ ...move, account: account({ fund: 'maintenance' }) }])).toEqual([])
  })
})

describe('collected and not handed over', () => {
  const collected = {
    complexId: COMPLEX, complexName: '翠湖花园', voucherId: idOf<'voucher'>(1), voucherLabel: '记-1', collectedOn: day('2026-09-09'),
    outstandingFen: yuan('300'),
  }

  it('is told after the days, not on the last of them, and not when all went over', () => {
    expect(findNotHandedOver([collected], 29, day('2026-10-09'))).toHaveLength(1)
    expect(findNotHandedOver([collected], 30, day('2026-10-09'))).toEqual([])
    expect(findNotHandedOver([{ ...collected, outstandingFen: yuan('0') }], 0, day('2026-10-09'))).toEqual([])
  })
})

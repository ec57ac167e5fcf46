import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { apportionPublicHousing, drawFromSubAccount } from '#core/household/apportionment.ts'
import { shareInterest } from '#core/household/household-interest.ts'
import { fen, parseYuan } from '#core/money.ts'
import { keptUntil } from '#core/retention.ts'
import { parseUnitPrice, parseUsage, shareUtility, usageCharge } from '#core/income/utility-share.ts'

describe('apportionment of repair cost', () => {
  it('of sold public housing keeps the sum through both steps, also where the seller deposited nothing', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), fc.nat(1000), fc.integer({ min: 1, max: 1000 }), (total, seller, owners) => {
        const split = apportionPublicHousing(fen(total), { seller: fen(seller), owners: fen(owners) }, [5000, 7000, 1])
        expect(split.seller + split.ownerShares.reduce((sum, share) => sum + share, 0)).toBe(total)
      }),
    )
  })

  it('never draws a household account below zero and claims the rest from the owner', () => {
    fc.assert(
      fc.property(fc.nat(100_000), fc.integer({ min: -1000, max: 100_000 }), (share, balance) => {
        const drawn = drawFromSubAccount(fen(share), fen(balance))
        expect(drawn.paid + drawn.receivable).toBe(share)
        expect(drawn.paid).toBeLessThanOrEqual(Math.max(0, balance))
        expect(drawn.topUpDue).toBe(share > Math.max(0, balance))
      }),
    )
  })
})

describe('shared utilities', () => {
  it('are charged half up to the fen from exact decimals, and shared without a tail', () => {
    const bill = usageCharge(parseUsage('10.5'), parseUnitPrice('0.533333'))
    expect(bill).toBe(parseYuan('5.60'))
    expect(shareUtility(bill, [1, 1, 1])).toEqual([187, 187, 186])
    expect(usageCharge(parseUsage('0.001'), parseUnitPrice('5'))).toBe(1)
    expect(usageCharge(parseUsage('0.001'), parseUnitPrice('4.999999'))).toBe(0)
  })

  it('refuse readings they would have to round', () => {
    expect(() => parseUsage('1.2345')).toThrow('至多 3 位小数')
    expect(() => parseUnitPrice('1e3')).toThrow('单价')
  })
})

describe('household interest', () => {
  it('refuses a negative balance by its row', () => {
    const rows = [{ balance: fen(100), days: 10 }, { balance: fen(-1), days: 10 }]
    expect(() => shareInterest(fen(10), rows)).toThrow('第 2 户')
  })
})

describe('retention', () => {
  it('ends with the last year of the term, or never', () => {
    expect(keptUntil(2024, { kind: 'years', years: 1 })).toBe('2025-12-31')
    expect(keptUntil(2024, { kind: 'permanent' })).toBeNull()
    expect(() => keptUntil(2024, { kind: 'years', years: 0 })).toThrow('保管年限')
  })
})

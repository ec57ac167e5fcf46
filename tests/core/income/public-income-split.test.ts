import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { fen, parseYuan, ZERO_FEN } from '#core/money.ts'
import {
  costOverCap,
  netIncome,
  splitByPercent,
  topUpDemand,
  type TopUpFigures,
  type TopUpRule,
} from '#core/income/public-income-split.ts'
import { parsePercent } from '#core/rate.ts'
import { comparePercent } from '#core/repair/threshold.ts'

const HALF = parsePercent('50')
const FIGURES: TopUpFigures = {
  net: parseYuan('100.01'),
  accountBalance: parseYuan('80000.00'),
  fundBalance: parseYuan('2990000.00'),
  firstDeposit: parseYuan('3000000.00'),
}

describe('top-up of the maintenance fund', () => {
  it('at least half of an odd amount is rounded up to a whole fen, more than half goes one beyond', () => {
    const atLeast = topUpDemand({ mode: 'min_pct', pct: HALF, strict: false }, FIGURES)
    expect(atLeast.minimum).toBe(parseYuan('50.01'))
    const even = { ...FIGURES, net: parseYuan('100.00') }
    expect(topUpDemand({ mode: 'min_pct', pct: HALF, strict: false }, even).minimum).toBe(parseYuan('50.00'))
    expect(topUpDemand({ mode: 'min_pct', pct: HALF, strict: true }, even).minimum).toBe(parseYuan('50.01'))
  })

  it('is the least amount that satisfies the ratio: one fen less does not', () => {
    const nets = fc.integer({ min: 1, max: 1_000_000_000 })
    fc.assert(
      fc.property(nets, fc.integer({ min: 1, max: 99 }), fc.boolean(), (net, pct, strict) => {
        const share = parsePercent(String(pct))
        const { minimum } = topUpDemand({ mode: 'min_pct', pct: share, strict }, { ...FIGURES, net: fen(net) })
        if (minimum === null) throw new Error('a ratio gives a figure')
        const enough = (amount: number): boolean => comparePercent(amount, net, share) >= (strict ? 1 : 0)
        expect(enough(minimum)).toBe(true)
        expect(enough(minimum - 1)).toBe(false)
      }),
    )
  })

  it('gives no figure where the text says only “mainly”, or the rule is not known', () => {
    expect(topUpDemand({ mode: 'mainly', stopAtFirstDeposit: false }, FIGURES).minimum).toBeNull()
    expect(topUpDemand({ mode: 'unknown' }, FIGURES).minimum).toBeNull()
  })

  it('ends at the first-deposit level where the rule says so', () => {
    const full = { ...FIGURES, fundBalance: parseYuan('3000000.01') }
    expect(topUpDemand({ mode: 'mainly', stopAtFirstDeposit: true }, full)).toMatchObject({ minimum: 0, capped: true })
    const huzhou: TopUpRule = { mode: 'min_pct_of_account_balance', pct: HALF, strict: false, stopAtFirstDeposit: true }
    expect(topUpDemand(huzhou, FIGURES)).toEqual({
      formula: parseYuan('40000.00'),
      minimum: parseYuan('10000.00'),
      capped: true,
    })
    expect(topUpDemand(huzhou, full).minimum).toBe(0)
    expect(topUpDemand({ ...huzhou, stopAtFirstDeposit: false }, full).minimum).toBe(parseYuan('40000.00'))
  })

  it('asks for nothing out of a loss', () => {
    const loss = { ...FIGURES, net: parseYuan('-1.00') }
    expect(topUpDemand({ mode: 'min_pct', pct: HALF, strict: true }, loss).minimum).toBe(0)
    expect(splitByPercent(loss.net, HALF)).toEqual({ toFund: ZERO_FEN, rest: ZERO_FEN })
  })
})

describe('net income', () => {
  it('may be negative when costs ran ahead', () => {
    expect(netIncome(parseYuan('10'), [parseYuan('7'), parseYuan('4')])).toBe(parseYuan('-1'))
  })

  it('tells how far costs passed a cap on gross income', () => {
    const cap = parsePercent('30')
    expect(costOverCap(parseYuan('100'), [parseYuan('30')], cap)).toBe(0)
    expect(costOverCap(parseYuan('100'), [parseYuan('20'), parseYuan('10.01')], cap)).toBe(1)
  })

  it('split by ratio leaves no fen behind', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000_000), fc.nat(100), (net, pct) => {
        const { toFund, rest } = splitByPercent(fen(net), parsePercent(String(pct)))
        expect(toFund + rest).toBe(net)
      }),
    )
  })
})

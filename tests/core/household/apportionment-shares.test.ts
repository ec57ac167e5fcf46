/** Shares of a repair by every basis, what the accounts bear, and the greatest sum that nobody has to add to. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { apportion, type ApportionmentRule, type Participant } from '#core/household/apportionment.ts'
import { balanceOfParts } from '#core/household/household-entry.ts'
import { idOf } from '#core/id.ts'
import { fen, parseYuan } from '#core/money.ts'

const RULE: ApportionmentRule = { basis: 'area', drawOrder: 'interestFirst', shortfall: 'collect', tail: 'largest_remainder' }
const yuan = parseYuan

type Money = { readonly principal?: number; readonly interest?: number; readonly sellerPrincipal?: number }

function household(index: number, areaDm2: number, money: Money, more: Partial<Participant> = {}): Participant {
  const { principal = 0, interest = 0, sellerPrincipal = 0 } = money
  return {
    householdId: idOf<'household'>(index + 1), areaDm2, coefficientMilli: null, nature: 'commodity', isDeveloperHeld: false,
    held: balanceOfParts({ principal: fen(principal), interest: fen(interest), sellerPrincipal: fen(sellerPrincipal) }), ...more,
  }
}

const anyHousehold = fc.record({
  areaDm2: fc.integer({ min: 1, max: 20_000 }), principal: fc.nat(500_000), interest: fc.nat(50_000),
  sellerPrincipal: fc.nat(300_000), isPublic: fc.boolean(), isDeveloperHeld: fc.boolean(),
})
const anyHouseholds = fc.array(anyHousehold, { minLength: 1, maxLength: 12 }).map((rows) =>
  rows.map(({ areaDm2, principal, interest, sellerPrincipal, isPublic, isDeveloperHeld }, index) =>
    household(index, areaDm2, { principal, interest, ...(isPublic && { sellerPrincipal }) },
      { nature: isPublic ? 'soldPublic' : 'commodity', isDeveloperHeld })))
const anyTotal = fc.integer({ min: 1, max: 3_000_000 }).map((total) => fen(total))

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0)

describe('shares', () => {
  it('add up to the total, draw nobody below zero in any part, and what is not drawn is to be collected', () => {
    fc.assert(fc.property(anyTotal, anyHouseholds, fc.constantFrom('area', 'household'), (total, households, basis) => {
      const { shares, drawnFen, selfFundedFen, developerShortFen } = apportion(total, households, { ...RULE, basis })
      expect(sumOf(shares.map((share) => share.shareFen + share.sellerShareFen))).toBe(total)
      expect(drawnFen + selfFundedFen + developerShortFen).toBe(total)
      shares.forEach((share, index) => {
        for (const { part, amountFen } of share.drawn) expect(amountFen).toBeLessThanOrEqual(households[index]?.held[part] ?? 0)
        expect(share.drawnFen + share.shortFen).toBe(share.shareFen + share.sellerShareFen)
      })
    }))
  })

  it('follow the basis: area, one each, what is held, what was agreed', () => {
    const households = [
      household(0, 10_000, { principal: 100 }, { coefficientMilli: 1500 }),
      household(1, 30_000, { principal: 300 }, { coefficientMilli: 500 }),
    ]
    const shareBy = (basis: ApportionmentRule['basis']) =>
      apportion(fen(1000), households, { ...RULE, basis }).shares.map(({ shareFen }) => shareFen)
    expect(shareBy('area')).toEqual([250, 750])
    expect(shareBy('household')).toEqual([500, 500])
    expect(shareBy('balance')).toEqual([250, 750])
    expect(shareBy('agreed')).toEqual([750, 250])
  })

  it('by agreement name the household without a coefficient', () => {
    const households = [household(0, 1, {}, { coefficientMilli: 0 }), household(1, 1, {})]
    expect(() => apportion(fen(1), households, { ...RULE, basis: 'agreed' })).toThrow('第 2 户没有约定系数')
  })
})

describe('which part pays', () => {
  it('first is the office’s choice', () => {
    const households = [household(0, 1, { principal: 800, interest: 300 })]
    expect(apportion(fen(500), households, RULE).shares[0]?.drawn)
      .toEqual([{ part: 'interest', amountFen: 300 }, { part: 'principal', amountFen: 200 }])
    expect(apportion(fen(500), households, { ...RULE, drawOrder: 'principalFirst' }).shares[0]?.drawn)
      .toEqual([{ part: 'principal', amountFen: 500 }])
  })
})

describe('sold public housing', () => {
  it('divides between seller and owners by what each deposited, then the owners by area (art. 20(2))', () => {
    const nature = 'soldPublic' as const
    const households = [
      household(0, 5000, { principal: yuan('8000'), sellerPrincipal: yuan('30000') }, { nature }),
      household(1, 7000, { principal: yuan('12000'), sellerPrincipal: yuan('30000') }, { nature }),
    ]
    const { shares } = apportion(yuan('12000'), households, RULE)
    expect(shares.map(({ shareFen }) => shareFen)).toEqual([yuan('1250'), yuan('1750')])
    expect(shares.map(({ sellerShareFen }) => sellerShareFen)).toEqual([yuan('4500'), yuan('4500')])
  })

  it('in a mixed house only the public part is divided so (art. 20(3))', () => {
    const households = [
      household(0, 10_000, { principal: yuan('500') }),
      household(1, 10_000, { principal: yuan('100'), sellerPrincipal: yuan('300') }, { nature: 'soldPublic' }),
    ]
    const { shares } = apportion(yuan('200'), households, RULE)
    expect(shares.map((share) => [share.shareFen, share.sellerShareFen])).toEqual([[yuan('100'), 0], [yuan('25'), yuan('75')]])
  })
})

describe('unsold units', () => {
  it('leave the rest of their share to the developer, not to the owners (art. 21)', () => {
    const households = [household(0, 9500, { principal: yuan('10000') }), household(1, 12_000, {}, { isDeveloperHeld: true })]
    const outcome = apportion(yuan('2150'), households, RULE)
    expect([outcome.developerShortFen, outcome.selfFundedFen]).toEqual([yuan('1200'), 0])
  })
})

describe('no self-funding', () => {
  it('is the greatest sum within the balances: one fen more by exact shares would ask somebody', () => {
    const households = [household(0, 8000, { principal: yuan('100') }), household(1, 12_000, { principal: yuan('900') })]
    const outcome = apportion(yuan('5000'), households, { ...RULE, shortfall: 'withinBalance' })
    expect([outcome.totalFen, outcome.selfFundedFen]).toEqual([yuan('250'), 0])
    expect(apportion(fen(yuan('250') + 3), households, RULE).selfFundedFen).toBeGreaterThan(0)
  })

  it('asks nobody, takes no more than was asked for, and no less when all can bear it', () => {
    fc.assert(fc.property(anyTotal, anyHouseholds, (total, households) => {
      const within = apportion(total, households, { ...RULE, shortfall: 'withinBalance' })
      const collected = apportion(total, households, RULE)
      expect(within.selfFundedFen).toBe(0)
      expect(within.totalFen).toBeLessThanOrEqual(total)
      if (collected.selfFundedFen === 0) expect(within.totalFen).toBe(total)
    }))
  })

  it('comes to nothing when one account is empty', () => {
    const households = [household(0, 8000, {}), household(1, 12_000, { principal: yuan('900') })]
    expect(apportion(yuan('10'), households, { ...RULE, shortfall: 'withinBalance' }).totalFen).toBe(0)
  })
})

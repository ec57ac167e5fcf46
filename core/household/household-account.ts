/** A household's account as its owner reads it: which event moved the money, and what it owes of its first contribution. */
import type { HouseholdPart } from './household-entry.ts'
import type { HouseholdFacts } from '../register/household.ts'
import { contributionByArea } from '../register/area-source.ts'
import { fenFromBigInt, type Fen } from '../money.ts'
import { MICRO_PER_PERCENT, percentOf, type RateMicro } from '../rate.ts'
import type { VoucherPurpose } from '../voucher/voucher.ts'

export const HOUSEHOLD_MOVEMENTS = ['opening', 'paidIn', 'refund', 'used', 'gain', 'carried', 'correction'] as const
export type HouseholdMovement = (typeof HOUSEHOLD_MOVEMENTS)[number]
export const HOUSEHOLD_MOVEMENT_WORD: Readonly<Record<HouseholdMovement, string>> = {
  opening: '期初', paidIn: '交存', refund: '返还', used: '维修分摊', gain: '收益分配', carried: '变更转入转出', correction: '更正',
}

export type MovedEntry = {
  /** Of the line the entry stands on. */
  readonly accountCode: string
  readonly purpose: VoucherPurpose
  /** `by` of the voucher's rule; '' when typed by hand. */
  readonly ruleBy: string
  readonly amountFen: Fen
}

const CARRYING: readonly string[] = ['household.merge', 'household.split', 'household.nature']

/** Which event an entry comes from: by the account of its line (财会〔2020〕7号 §4), corrections by the voucher's purpose. */
export function movementOf({ accountCode, purpose, ruleBy, amountFen }: MovedEntry): HouseholdMovement {
  if (purpose === 'opening') return 'opening'
  // Scrap sold, and what other expenditure took: the households' only by the closing (services/voucher/closing-shares).
  if (purpose === 'closing') return 'gain'
  if (purpose !== 'ordinary') return 'correction'
  switch (accountCode.slice(0, 4)) {
    case '4001':
      // A deposit of this year is given back through the account it came in by.
      return amountFen > 0 ? 'paidIn' : 'refund'
    case '5101':
      return 'refund'
    case '5001':
      return 'used'
    default:
      return CARRYING.includes(ruleBy) ? 'carried' : 'gain'
  }
}

/** A city's rates as the office filled them in; null while it has none of the kind. */
export type ContributionRates = {
  /** Fen per m², houses in buildings with and without a lift (165号令 art. 7 leaves the kinds to the city). */
  readonly liftFen: Fen | null
  readonly noLiftFen: Fen | null
  /** Fen per m², shops, offices, garages and the rest. */
  readonly otherUseFen: Fen | null
  /** Of the purchase price, in the cities that go by it. */
  readonly pricePercent: RateMicro | null
}

export type ContributionDue =
  | { readonly basis: 'registered' | 'area'; readonly amountFen: Fen; readonly rateFen: Fen | null }
  | { readonly basis: 'price'; readonly amountFen: Fen; readonly percent: RateMicro }

type Measured = Pick<HouseholdFacts, 'areaDm2' | 'use' | 'hasLift' | 'priceFen' | 'rateFen' | 'firstDueFen'>

/**
 * The first contribution: as registered; else by the rate on the household's own sheet; else by the city's rate for its kind;
 * else by the price. Half a fen and more is rounded up. Null when nothing of this is known.
 */
export function firstContribution(facts: Measured, rates: ContributionRates): ContributionDue | null {
  if (facts.firstDueFen !== null) return { basis: 'registered', amountFen: facts.firstDueFen, rateFen: facts.rateFen }
  const ofCity = facts.use !== 'house' ? rates.otherUseFen : facts.hasLift ? rates.liftFen : rates.noLiftFen
  const rateFen = facts.rateFen ?? ofCity
  if (rateFen !== null) {
    return { basis: 'area', amountFen: contributionByArea(facts.areaDm2, rateFen), rateFen }
  }
  if (facts.priceFen === null || rates.pricePercent === null) return null
  return { basis: 'price', amountFen: percentOf(facts.priceFen, rates.pricePercent), percent: rates.pricePercent }
}

/**
 * What must come in to bring the balance back to the first contribution, when it is strictly below the profile's share of it
 * (165号令 art. 17); null when it is not. `topUpBelow` in millionths of a percent.
 */
export function topUpOwed(firstDueFen: Fen, balanceFen: Fen, topUpBelow: RateMicro): Fen | null {
  const isBelow = BigInt(balanceFen) * 100n * BigInt(MICRO_PER_PERCENT) < BigInt(firstDueFen) * BigInt(topUpBelow)
  return isBelow ? fenFromBigInt(BigInt(firstDueFen) - BigInt(balanceFen)) : null
}

export type RefundPart = { readonly part: HouseholdPart; readonly amountFen: Fen }
export type RefundLine = RefundPart & { readonly account: '4001' | '5101' }

/**
 * Through which account a refund goes (财会〔2020〕7号 §4, entries 2 and 3): principal paid in this year goes back through
 * 4001, as far as it reaches; all the rest, and interest always, is 5101. `paidThisYear` is what came in by 4001 this year and
 * was not given back, by part.
 */
export function refundLines(
  parts: readonly RefundPart[], paidThisYear: (part: HouseholdPart) => Fen,
): readonly RefundLine[] {
  return parts.flatMap(({ part, amountFen }): readonly RefundLine[] => {
    if (amountFen <= 0) return []
    const isPrincipal = part === 'principal' || part === 'sellerPrincipal'
    const recent = isPrincipal ? BigInt(Math.max(0, Math.min(amountFen, paidThisYear(part)))) : 0n
    const older = BigInt(amountFen) - recent
    return [
      ...(recent > 0n ? [{ part, amountFen: fenFromBigInt(recent), account: '4001' as const }] : []),
      ...(older > 0n ? [{ part, amountFen: fenFromBigInt(older), account: '5101' as const }] : []),
    ]
  })
}

/**
 * Cost over those who benefit (165号令 art. 19–21, 民法典 art. 283): a weight for every household, shares that add up to the
 * fen, then what each household's sub-account can bear of its own. The rest is self-funding (自筹); for unsold units it is the
 * developer's. For sold public housing seller and owners first divide by what each deposited, then the owners among themselves.
 */
import { allocate, type TailRule } from '../allocation.ts'
import type { RefundPart } from './household-account.ts'
import type { HouseholdBalance, HouseholdPart } from './household-entry.ts'
import type { HouseholdNature } from '../register/household.ts'
import type { HouseholdId } from '../id.ts'
import { addFen, fen, subtractFen, ZERO_FEN, type Fen } from '../money.ts'
import { Problem } from '../problem.ts'

export const APPORTIONMENT_BASES = ['area', 'household', 'balance', 'agreed'] as const
export type ApportionmentBasis = (typeof APPORTIONMENT_BASES)[number]
export const APPORTIONMENT_BASIS_WORD: Readonly<Record<ApportionmentBasis, string>> = {
  area: '按建筑面积', household: '按户', balance: '按账面余额', agreed: '按约定系数',
}

/** `plan` asks the owners first (预分摊); `repair` is what was charged; the others only divide a sum among the households. */
export const APPORTIONMENT_PURPOSES = ['plan', 'repair', 'distribution', 'utility'] as const
export type ApportionmentPurpose = (typeof APPORTIONMENT_PURPOSES)[number]
export const APPORTIONMENT_PURPOSE_WORD: Readonly<Record<ApportionmentPurpose, string>> = {
  plan: '维修预分摊', repair: '维修分摊', distribution: '公共收益分配', utility: '公共水电分摊',
}

/** Sources leave open which part pays first: the office decides. */
export const DRAW_ORDERS = ['interestFirst', 'principalFirst'] as const
export type DrawOrder = (typeof DRAW_ORDERS)[number]

/** `collect`: what a household lacks is collected from it. `withinBalance` (不自筹): the greatest sum nobody has to add to. */
export const SHORTFALL_RULES = ['collect', 'withinBalance'] as const
export type ShortfallRule = (typeof SHORTFALL_RULES)[number]

/** Shares by area (dm²), in the order given; who pays (owner or developer) is the caller's, it does not move a fen. */
export function apportionByArea(total: Fen, areasDm2: readonly number[], tail?: TailRule): Fen[] {
  return allocate(total, areasDm2, tail)
}

export type PublicHousingShares = { readonly seller: Fen; readonly owners: Fen; readonly ownerShares: readonly Fen[] }

/** Sold public housing (165号令 art. 20(2)): seller and owners by deposited balances, then owners by weight (area in dm²). */
export function apportionPublicHousing(
  total: Fen,
  deposited: { readonly seller: Fen; readonly owners: Fen },
  ownerWeights: readonly number[],
  tail?: TailRule,
): PublicHousingShares {
  const [seller = ZERO_FEN, owners = ZERO_FEN] = allocate(total, [deposited.seller, deposited.owners], tail)
  return { seller, owners, ownerShares: allocate(owners, ownerWeights, tail) }
}

/**
 * What a household's sub-account can bear of its share. It never goes below zero; the rest is claimed from the owner,
 * and an empty account is one the owner must top up.
 */
export function drawFromSubAccount(share: Fen, balance: Fen): { paid: Fen; receivable: Fen; topUpDue: boolean } {
  const available = balance > 0 ? balance : ZERO_FEN
  const paid = share < available ? share : available
  const receivable = subtractFen(share, paid)
  return { paid, receivable, topUpDue: receivable > 0 }
}

/** A household that takes part; the excluded ones (物业用房 and the like) are left out before. */
export type Participant = {
  readonly householdId: HouseholdId
  readonly areaDm2: number
  /** Agreed coefficient in thousandths; null where none is agreed. */
  readonly coefficientMilli: number | null
  readonly nature: HouseholdNature
  /** Unsold: what its account lacks is the developer's to pay (165号令 art. 21). */
  readonly isDeveloperHeld: boolean
  readonly held: HouseholdBalance
}

export type ApportionmentRule = {
  readonly basis: ApportionmentBasis
  readonly drawOrder: DrawOrder
  readonly shortfall: ShortfallRule
  readonly tail: TailRule
}

export type ApportionedShare = {
  readonly householdId: HouseholdId
  readonly weight: number
  readonly shareFen: Fen
  /** Of a sold public unit, the selling unit's part; beside `shareFen`. */
  readonly sellerShareFen: Fen
  /** What the sub-account bears, by part; only parts above zero. */
  readonly drawn: readonly RefundPart[]
  readonly drawnFen: Fen
  /** Still to be collected, of the owner (or developer) and of the selling unit together. */
  readonly shortFen: Fen
}

export type Apportionment = {
  /** In the order given. */
  readonly shares: readonly ApportionedShare[]
  readonly totalFen: Fen
  readonly drawnFen: Fen
  readonly developerShortFen: Fen
  readonly selfFundedFen: Fen
}

function weightOf(household: Participant, basis: ApportionmentBasis, row: number): number {
  switch (basis) {
    case 'area':
      return household.areaDm2
    case 'household':
      return 1
    case 'balance':
      return Math.max(0, household.held.totalFen)
    case 'agreed':
      if (household.coefficientMilli !== null) return household.coefficientMilli
      throw new Problem({
        code: 'apportionment.coefficient', message: `第 ${row} 户没有约定系数：请补上，不分摊的填 0`, field: 'coefficients', row,
      })
  }
}

/** Every household's weight, in the order given. Throws `apportionment.empty`, `apportionment.coefficient` with the row. */
export function participantWeights(households: readonly Participant[], basis: ApportionmentBasis): readonly number[] {
  if (households.length === 0) {
    throw new Problem({ code: 'apportionment.empty', message: '范围内没有参加分摊的户室：请重新选择范围', field: 'scope' })
  }
  return households.map((household, index) => weightOf(household, basis, index + 1))
}

function ownMoney({ principal, interest }: HouseholdBalance): Fen {
  return addFen(principal, interest)
}

function sellerMoney({ sellerPrincipal, sellerInterest }: HouseholdBalance): Fen {
  return addFen(sellerPrincipal, sellerInterest)
}

type Share = { readonly own: Fen; readonly seller: Fen }

/** By weight; then, inside the sold public housing, the seller's part by what its money stands at (art. 20(2)(3)). */
function sharesOf(
  total: Fen, households: readonly Participant[], weights: readonly number[], tail: TailRule,
): readonly Share[] {
  const shares = allocate(total, weights, tail)
  const ofPublic = households.filter(({ nature }) => nature === 'soldPublic')
  const deposited = {
    seller: addFen(...ofPublic.map(({ held }) => sellerMoney(held))),
    owners: addFen(...ofPublic.map(({ held }) => ownMoney(held))),
  }
  const isPublic = (index: number): boolean => households[index]?.nature === 'soldPublic'
  const publicWeights = weights.filter((_, index) => isPublic(index))
  if (deposited.seller === 0 || publicWeights.every((weight) => weight === 0)) {
    return shares.map((own) => ({ own, seller: ZERO_FEN }))
  }
  const publicTotal = addFen(...shares.filter((_, index) => isPublic(index)))
  const split = apportionPublicHousing(publicTotal, deposited, publicWeights, tail)
  const sellerShares = allocate(split.seller, ofPublic.map(({ held }) => sellerMoney(held)), tail)
  let next = 0
  return households.map((_, index): Share => {
    if (!isPublic(index)) return { own: shares[index] ?? ZERO_FEN, seller: ZERO_FEN }
    const share = { own: split.ownerShares[next] ?? ZERO_FEN, seller: sellerShares[next] ?? ZERO_FEN }
    next += 1
    return share
  })
}

type PartsInOrder = { readonly own: readonly HouseholdPart[]; readonly seller: readonly HouseholdPart[] }

const PARTS_IN_ORDER: Readonly<Record<DrawOrder, PartsInOrder>> = {
  interestFirst: { own: ['interest', 'principal'], seller: ['sellerInterest', 'sellerPrincipal'] },
  principalFirst: { own: ['principal', 'interest'], seller: ['sellerPrincipal', 'sellerInterest'] },
}

/** Part after part as far as each reaches; never below zero. */
function draw(share: Fen, held: HouseholdBalance, parts: readonly HouseholdPart[]): readonly RefundPart[] {
  let left = share
  return parts.flatMap((part) => {
    const { paid, receivable } = drawFromSubAccount(left, held[part])
    left = receivable
    return paid > 0 ? [{ part, amountFen: paid }] : []
  })
}

function outcomeOf(
  total: Fen, households: readonly Participant[], weights: readonly number[], rule: ApportionmentRule,
): Apportionment {
  const parts = PARTS_IN_ORDER[rule.drawOrder]
  const shares = sharesOf(total, households, weights, rule.tail)
  const rows = households.map(({ householdId, held }, index): ApportionedShare => {
    const { own, seller } = shares[index] ?? { own: ZERO_FEN, seller: ZERO_FEN }
    const drawn = [...draw(own, held, parts.own), ...draw(seller, held, parts.seller)]
    const drawnFen = addFen(...drawn.map(({ amountFen }) => amountFen))
    const shortFen = subtractFen(addFen(own, seller), drawnFen)
    return { householdId, weight: weights[index] ?? 0, shareFen: own, sellerShareFen: seller, drawn, drawnFen, shortFen }
  })
  const shortOf = (isDeveloper: boolean): Fen =>
    addFen(...rows.filter((_, index) => households[index]?.isDeveloperHeld === isDeveloper).map(({ shortFen }) => shortFen))
  return {
    shares: rows,
    totalFen: total,
    drawnFen: addFen(...rows.map(({ drawnFen }) => drawnFen)),
    developerShortFen: shortOf(true),
    selfFundedFen: shortOf(false),
  }
}

/** The most that by exact shares nobody's own money falls short of; such a share rounded up stays within a whole balance. */
function boundByBalances(households: readonly Participant[], weights: readonly number[]): bigint {
  const weightSum = weights.reduce((sum, weight) => sum + BigInt(weight), 0n)
  const ofPublic = households.filter(({ nature }) => nature === 'soldPublic')
  const seller = BigInt(addFen(...ofPublic.map(({ held }) => sellerMoney(held))))
  const owners = BigInt(addFen(...ofPublic.map(({ held }) => ownMoney(held))))
  const bounds = households.flatMap(({ nature, held, isDeveloperHeld }, index) => {
    const weight = BigInt(weights[index] ?? 0)
    if (weight === 0n || isDeveloperHeld) return []
    const own = BigInt(Math.max(0, ownMoney(held))) * weightSum
    // Of a public unit's share the owners bear only what they deposited of the whole.
    if (nature === 'soldPublic' && seller > 0n) return owners === 0n ? [] : [(own * (seller + owners)) / (weight * owners)]
    return [own / weight]
  })
  const publicWeight = weights.reduce((sum, weight, index) =>
    households[index]?.nature === 'soldPublic' ? sum + BigInt(weight) : sum, 0n)
  if (seller > 0n && publicWeight > 0n) bounds.push(((seller + owners) * weightSum) / publicWeight)
  return bounds.reduce((least, bound) => (bound < least ? bound : least), BigInt(Number.MAX_SAFE_INTEGER))
}

/**
 * Shares of `total` with what each sub-account bears. Under `withinBalance` the total is the greatest, up to the one asked for,
 * whose shares all lie within the owners' balances; the developer's unsold units do not hold it down. Throws
 * `apportionment.total`, `apportionment.empty`, `apportionment.coefficient`, `allocation.noWeight`.
 */
export function apportion(total: Fen, households: readonly Participant[], rule: ApportionmentRule): Apportionment {
  if (total <= 0) throw new Problem({ code: 'apportionment.total', message: '分摊金额应大于零', field: 'totalFen' })
  const weights = participantWeights(households, rule.basis)
  const whole = outcomeOf(total, households, weights, rule)
  if (rule.shortfall === 'collect' || whole.selfFundedFen === 0) return whole
  const bound = boundByBalances(households, weights)
  let within = bound < BigInt(total) ? fen(Number(bound)) : total
  for (;;) {
    const outcome = outcomeOf(within, households, weights, rule)
    // Two roundings (all households, then the public ones) may lift a share a few fen above its exact figure.
    if (outcome.selfFundedFen === 0 || within === 0) return outcome
    within = subtractFen(within, fen(1))
  }
}

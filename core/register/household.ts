/** What a household (户) is in the property register, and how its contribution stands. */
import type { Fen } from '../money.ts'
import { Problem } from '../problem.ts'
import { MICRO_PER_PERCENT, type RateMicro } from '../rate.ts'

export const HOUSEHOLD_USES = ['house', 'shop', 'office', 'garage', 'storage', 'other'] as const
export type HouseholdUse = (typeof HOUSEHOLD_USES)[number]
/** Commodity housing, or public housing sold to its tenants, which has two payers (165号令 art. 7–8). */
export const HOUSEHOLD_NATURES = ['commodity', 'soldPublic'] as const
export type HouseholdNature = (typeof HOUSEHOLD_NATURES)[number]
export type OwnerKind = 'person' | 'organisation'

export type HouseholdFacts = {
  /** Entrance without 单元: `2`; '' where the building has one way in. */
  readonly entrance: string
  /** Below ground is negative; null where the register does not say. */
  readonly floor: number | null
  readonly room: string
  readonly areaDm2: number
  readonly use: HouseholdUse
  readonly hasLift: boolean
  readonly nature: HouseholdNature
  /** In the register, but never in a share: rooms of the property company. */
  readonly isExcluded: boolean
  /** Unsold: its share is the developer's (165号令 art. 21). */
  readonly isDeveloperHeld: boolean
  readonly priceFen: Fen | null
  /** Fen per m². */
  readonly rateFen: Fen | null
  readonly firstDueFen: Fen | null
}

/** What an old register says was paid; the ledger's opening entries are made from it. */
export type HouseholdOpening = { readonly paidFen: Fen; readonly interestFen: Fen; readonly balanceFen: Fen }

/** Throws Problem with the field: `household.room`, `area.zero`, `household.floor`, `household.amount`. */
export function checkHouseholdFacts(facts: HouseholdFacts): void {
  if (facts.room === '') throw new Problem({ code: 'household.room', message: '请填写房号', field: 'room' })
  if (!Number.isSafeInteger(facts.areaDm2) || facts.areaDm2 <= 0) {
    throw new Problem({ code: 'area.zero', message: '面积须大于 0：请按产权证或测绘成果填写', field: 'areaDm2' })
  }
  const { floor } = facts
  if (floor !== null && (!Number.isSafeInteger(floor) || floor < -9 || floor > 200 || floor === 0)) {
    throw new Problem({ code: 'household.floor', message: '楼层须是 -9 到 200 之间的整数，没有 0 层；地下层写负数', field: 'floor' })
  }
  for (const [field, amount] of [['priceFen', facts.priceFen], ['rateFen', facts.rateFen]] as const) {
    if (amount !== null && amount <= 0) throw new Problem({ code: 'household.amount', message: '金额须大于零；不详时留空', field })
  }
  if (facts.firstDueFen !== null && facts.firstDueFen < 0) {
    throw new Problem({ code: 'household.amount', message: '应交金额不能是负数', field: 'firstDueFen' })
  }
}

/**
 * - `unknown` the register does not say what was due or paid;
 * - `none` nothing was due;
 * - `owing` paid in less than the first contribution;
 * - `low` what is left is strictly below the share at which owners top up (165号令 art. 17);
 * - `paid` the rest.
 */
export type HouseholdStanding = 'unknown' | 'none' | 'owing' | 'low' | 'paid'
export const HOUSEHOLD_STANDINGS: readonly HouseholdStanding[] = ['paid', 'owing', 'low', 'none', 'unknown']

/** `topUpBelow` is the profile's percentage; null while the office has not filled it in, then nothing is `low`. */
export function householdStanding(
  firstDueFen: Fen | null,
  money: Pick<HouseholdOpening, 'paidFen' | 'balanceFen'> | null,
  topUpBelow: RateMicro | null,
): HouseholdStanding {
  if (firstDueFen === 0) return 'none'
  if (firstDueFen === null || money === null) return 'unknown'
  if (money.paidFen < firstDueFen) return 'owing'
  if (topUpBelow === null) return 'paid'
  const isLow = BigInt(money.balanceFen) * 100n * BigInt(MICRO_PER_PERCENT) < BigInt(firstDueFen) * BigInt(topUpBelow)
  return isLow ? 'low' : 'paid'
}

/** `1幢 2单元 301`. */
export function householdAddress(building: string, entrance: string, room: string): string {
  return [building, entrance === '' ? '' : `${entrance}单元`, room].filter((part) => part !== '').join(' ')
}

/** The storey a room number tells: `301` → 3, `1204` → 12; null where it does not follow the rule. */
export function floorOfRoom(room: string): number | null {
  const storey = /^(\d{1,2})\d{2}$/.exec(room)?.[1]
  return storey === undefined || Number(storey) === 0 ? null : Number(storey)
}

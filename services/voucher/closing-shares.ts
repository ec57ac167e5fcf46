/**
 * Income and expenditure that reach the fund only by its closing: 共用设施处置收入 (4301) and 其他支出 (5901) where the office carries
 * them to 3001. Nobody's account moved on the day of the event, so where a complex keeps a sub-ledger the closing voucher says
 * whose they become: what came in by area (民法典 art. 283; 165号令 art. 27), what went out by what each holds, which overdraws
 * nobody.
 */
import { allocate } from '#core/allocation.ts'
import type { BusinessDate } from '#core/calendar.ts'
import { keepsHouseholds, type HouseholdEntry } from '#core/household/household-entry.ts'
import type { BookId, ComplexId, HouseholdId } from '#core/id.ts'
import { addFen, fen, negateFen, ZERO_FEN, type Fen } from '#core/money.ts'
import type { HouseholdNature } from '#core/register/household.ts'
import { ACCOUNT } from '#core/voucher/chart.ts'
import type { ClosingTargets, OpenBalance } from '#core/voucher/closing.ts'
import type { Ledger } from '#db/ledger.ts'
import { complexBalances, householdLedgerBegun } from '../household/household-entry.ts'

/** `households` is absent where the account moves no household at closing; empty where there is nobody to bear it. */
export type SharedBalance = OpenBalance & {
  readonly complexId: ComplexId
  readonly households?: readonly (HouseholdEntry & { readonly isPublic: boolean })[]
}

type Door = {
  readonly householdId: HouseholdId
  readonly areaDm2: number
  readonly nature: HouseholdNature
  readonly takesPart: 0 | 1
}
type Shares = NonNullable<SharedBalance['households']>

/** In the order of the register, those that left behind a balance with them. */
const DOORS = `
  SELECT h.id AS householdId, h.area_dm2 AS areaDm2, h.nature, h.state = 'active' AND h.is_excluded = 0 AS takesPart
  FROM building b CROSS JOIN household h ON h.building_id = b.id WHERE b.complex_id = :complexId
  ORDER BY length(b.code), b.code, h.entrance, h.floor, length(h.room), h.room, h.id`

/** `gainFen`: what the households gain, negative what they bear. Empty where nobody can take or bear it. */
function sharesOf(ledger: Ledger, complexId: ComplexId, gainFen: Fen, to: BusinessDate): Shares {
  const doors = ledger.prepare<[Record<string, unknown>], Door>(DOORS).all({ complexId })
  const isPublic = new Map(doors.map(({ householdId, nature }) => [householdId, nature === 'soldPublic']))
  const seats = gainFen > 0
    ? doors.filter(({ takesPart, areaDm2 }) => takesPart === 1 && areaDm2 > 0)
      .map(({ householdId, areaDm2 }) => ({ householdId, part: 'interest' as const, weight: areaDm2 }))
    : complexBalances(ledger, complexId, to).filter(({ balanceFen }) => balanceFen > 0)
      .map(({ householdId, part, balanceFen }) => ({ householdId, part, weight: balanceFen }))
  const together = seats.reduce((sum, { weight }) => sum + weight, 0)
  if (together === 0 || (gainFen < 0 && together < -gainFen)) return []
  const shares = allocate(gainFen, seats.map(({ weight }) => weight))
  return seats
    .map(({ householdId, part }, index) =>
      ({ householdId, part, amountFen: shares[index] ?? ZERO_FEN, isPublic: isPublic.get(householdId) === true }))
    .filter(({ amountFen }) => amountFen !== 0)
}

/** The balances with whose they become; `publicFen` is then what sold public households take of it. */
export function withShares(
  ledger: Ledger,
  bookId: BookId,
  to: BusinessDate,
  targets: ClosingTargets,
  balances: readonly (OpenBalance & { readonly complexId: ComplexId })[],
): readonly SharedBalance[] {
  return balances.map((balance) => {
    const { code, complexId, balanceFen } = balance
    const isOfFund = targets[code.slice(0, 4)] === ACCOUNT.commodityFund && !keepsHouseholds(code)
    if (!isOfFund || balanceFen === 0 || !householdLedgerBegun(ledger, bookId, complexId)) return balance
    const households = sharesOf(ledger, complexId, negateFen(balanceFen), to)
    const ofPublic = households.filter((each) => each.isPublic).map(({ amountFen }) => amountFen)
    return { ...balance, households, publicFen: negateFen(fen(addFen(...ofPublic))) }
  })
}

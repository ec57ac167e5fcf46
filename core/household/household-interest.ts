/**
 * Interest the bank paid, credited to household sub-accounts by balance-days (regime F, domain rule 02): what each
 * balance earned is in proportion to its size and its days, and the shares add up to the receipt.
 */
import { allocate } from '../allocation.ts'
import { fen, fenFromBigInt, type Fen } from '../money.ts'
import { Problem } from '../problem.ts'

export type HouseholdBalance = { readonly balance: Fen; readonly days: number }

/** Fen-days of one household. Several balances in a period are added by the caller before sharing. */
export function balanceDays(row: HouseholdBalance): Fen {
  return fenFromBigInt(BigInt(row.balance) * BigInt(row.days))
}

export function shareInterest(
  interest: Fen,
  households: readonly HouseholdBalance[],
): { weights: readonly Fen[]; shares: readonly Fen[] } {
  const weights = households.map((household, index) => {
    if (household.balance < 0 || !Number.isInteger(household.days) || household.days < 0) {
      const row = index + 1
      throw new Problem({ code: 'interest.household', message: `第 ${row} 户的余额或天数为负：请先核对分户账`, row })
    }
    return fen(balanceDays(household))
  })
  return { weights, shares: allocate(interest, weights) }
}

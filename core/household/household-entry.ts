/**
 * Household entries (分户账): whose money each line of the fund moves. They hang on the accounts that close into 3001 and 3002
 * as well as on these two, because a household's balance changes on the day of the event and the fund's at the month's end
 * (财会〔2020〕7号 §4; 165号令 art. 10).
 */
import type { HouseholdId } from '../id.ts'
import { addFen, formatYuan, subtractFen, type Fen } from '../money.ts'
import type { ProblemDetails } from '../problem.ts'
import type { Amounts } from '../voucher/voucher.ts'

/** Refunded apart; the seller's money in sold public housing is not the owner's (165号令 art. 8, 9, 29). */
export const HOUSEHOLD_PARTS = ['principal', 'interest', 'sellerPrincipal', 'sellerInterest'] as const
export type HouseholdPart = (typeof HOUSEHOLD_PARTS)[number]
export const HOUSEHOLD_PART_WORD: Readonly<Record<HouseholdPart, string>> = {
  principal: '本金', interest: '利息', sellerPrincipal: '售房单位本金', sellerInterest: '售房单位利息',
}

/** First-level codes of the maintenance book whose lines say whose money they move. */
export const HOUSEHOLD_ACCOUNTS = ['3001', '3002', '4001', '5001', '5101'] as const

export function keepsHouseholds(accountCode: string): boolean {
  return HOUSEHOLD_ACCOUNTS.some((code) => code === accountCode.slice(0, 4))
}

export type HouseholdEntry = {
  readonly householdId: HouseholdId
  readonly part: HouseholdPart
  /** + adds to the household, − takes from it. */
  readonly amountFen: Fen
}

/** What a line adds to the fund: its entries must sum to this. */
export function fundEffect(line: Amounts): Fen {
  return subtractFen(line.creditFen, line.debitFen)
}

/**
 * Empty when the entries of a line sum to the line (design invariant 9). `sum` is null for a line without entries; `row` is the
 * line's, 1-based.
 */
export function entryProblems(line: Amounts, sum: Fen | null, row: number): readonly ProblemDetails[] {
  const expected = fundEffect(line)
  if (sum === expected) return []
  if (sum === null) {
    const message = '这个小区已建分户账，涉及维修资金的分录要落实到户：请从交存、退款、分摊等分户业务办理'
    return [{ code: 'household.entries', message, field: 'households', row }]
  }
  const message = `分户金额合计 ${formatYuan(sum)} 元，与分录的 ${formatYuan(expected)} 元不符`
  return [{ code: 'household.sum', message, field: 'households', row }]
}

/** One line of text per entry, in the order of the key: what the voucher's hash covers of them. */
export function entryText(entry: HouseholdEntry & { readonly lineNo: number }): string {
  return `${entry.lineNo} ${entry.householdId} ${entry.part} ${entry.amountFen}\n`
}

export type HouseholdBalance = Readonly<Record<HouseholdPart, Fen>> & { readonly totalFen: Fen }

export function balanceOfParts(parts: Readonly<Partial<Record<HouseholdPart, Fen>>>): HouseholdBalance {
  const zero = addFen()
  const filled = {
    principal: parts.principal ?? zero, interest: parts.interest ?? zero,
    sellerPrincipal: parts.sellerPrincipal ?? zero, sellerInterest: parts.sellerInterest ?? zero,
  }
  return { ...filled, totalFen: addFen(...Object.values(filled)) }
}

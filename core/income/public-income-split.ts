/**
 * Net public income and how much of it must go to the maintenance fund (民法典 art. 282–283, local rules in
 * domain rule 04 §4). Modes and ratios are the policy profile's; an unknown one yields no figure, never a guess.
 */
import { allocate, type TailRule } from '../allocation.ts'
import { addFen, fen, fenFromBigInt, subtractFen, ZERO_FEN, type Fen } from '../money.ts'
import { MICRO_PER_PERCENT, percentOf, type RateMicro } from '../rate.ts'
import { comparePercent } from '../repair/threshold.ts'

/** Gross less permitted costs; below zero when costs ran ahead of income, and then there is nothing to split. */
export function netIncome(gross: Fen, costs: readonly Fen[]): Fen {
  return subtractFen(gross, addFen(...costs))
}

/** Cost above a profile's cap on gross income (广西: 30 % before an assembly exists); zero when within it. */
export function costOverCap(gross: Fen, costs: readonly Fen[], cap: RateMicro): Fen {
  const over = subtractFen(addFen(...costs), percentOf(gross, cap))
  return over > 0 ? over : ZERO_FEN
}

export type TopUpRule =
  /** 主要用于: the fund comes first, but the text gives no ratio. */
  | { readonly mode: 'mainly'; readonly stopAtFirstDeposit: boolean }
  /** A share of the net income; `strict` means more than, not at least (沪 > 50 %, 桂 ≥ 50 %). */
  | { readonly mode: 'min_pct'; readonly pct: RateMicro; readonly strict: boolean }
  /** Only while the fund stands below `triggerPct` of the first deposit (京 2024 art. 74). */
  | {
      readonly mode: 'min_pct_if_fund_below'
      readonly pct: RateMicro
      readonly strict: boolean
      readonly triggerPct: RateMicro
    }
  /** A share of the account's balance, ending at the first-deposit level (湖州 2021 art. 45). */
  | {
      readonly mode: 'min_pct_of_account_balance'
      readonly pct: RateMicro
      readonly strict: boolean
      readonly stopAtFirstDeposit: boolean
    }
  | { readonly mode: 'unknown' }

export type TopUpFigures = {
  readonly net: Fen
  readonly accountBalance: Fen
  readonly fundBalance: Fen
  readonly firstDeposit: Fen
}

export type TopUpDemand = {
  /** What the formula asks before any cap; null where the rule gives no figure. */
  readonly formula: Fen | null
  /** The least amount that satisfies the rule, after the cap; null where the rule gives no figure. */
  readonly minimum: Fen | null
  readonly capped: boolean
}

/**
 * Least fen not below (or, strict, above) the share: rounding half up could leave a transfer half a fen under the
 * legal minimum. Nothing is owed from a base of zero or less.
 */
function leastShare(base: Fen, pct: RateMicro, strict: boolean): Fen {
  if (base <= 0) return ZERO_FEN
  const denominator = 100n * BigInt(MICRO_PER_PERCENT)
  const product = BigInt(base) * BigInt(pct)
  const floor = product / denominator
  return fenFromBigInt(strict || product % denominator > 0n ? floor + 1n : floor)
}

export function topUpDemand(rule: TopUpRule, figures: TopUpFigures): TopUpDemand {
  const room = fen(Math.max(0, figures.firstDeposit - figures.fundBalance))
  const capAt = (formula: Fen, stops: boolean): TopUpDemand =>
    stops && formula > room ? { formula, minimum: room, capped: true } : { formula, minimum: formula, capped: false }
  switch (rule.mode) {
    case 'unknown':
      return { formula: null, minimum: null, capped: false }
    case 'mainly':
      return rule.stopAtFirstDeposit && room === 0
        ? { formula: null, minimum: ZERO_FEN, capped: true }
        : { formula: null, minimum: null, capped: false }
    case 'min_pct':
      return capAt(leastShare(figures.net, rule.pct, rule.strict), false)
    case 'min_pct_if_fund_below': {
      const below = comparePercent(figures.fundBalance, figures.firstDeposit, rule.triggerPct) < 0
      return capAt(below ? leastShare(figures.net, rule.pct, rule.strict) : ZERO_FEN, false)
    }
    case 'min_pct_of_account_balance':
      return capAt(leastShare(figures.accountBalance, rule.pct, rule.strict), rule.stopAtFirstDeposit)
  }
}

/** Whether a ratio fixed in a covenant or by vote satisfies a rule, compared as written (50 % is not > 50 %). */
export function shareSatisfies(share: RateMicro, rule: { readonly pct: RateMicro; readonly strict: boolean }): boolean {
  return rule.strict ? share > rule.pct : share >= rule.pct
}

/** A split of the net income by a given ratio, half up; the rest takes the tail. Nothing is split from a loss. */
export function splitByPercent(net: Fen, fundPct: RateMicro): { toFund: Fen; rest: Fen } {
  if (net <= 0) return { toFund: ZERO_FEN, rest: ZERO_FEN }
  const toFund = percentOf(net, fundPct)
  return { toFund, rest: subtractFen(net, toFund) }
}

/** Distribution to owners by exclusive area (dm²) where nothing else is agreed (民法典 art. 283). */
export function distributeByArea(total: Fen, areasDm2: readonly number[], tail?: TailRule): Fen[] {
  return allocate(total, areasDm2, tail)
}

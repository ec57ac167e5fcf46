import { z } from 'zod'

import { parseQuarter } from '#core/calendar.ts'
import { dueDate } from '#core/disclosure/due.ts'
import { plainYuan, ZERO_FEN } from '#core/money.ts'
import {
  distributeByArea,
  netIncome,
  shareSatisfies,
  splitByPercent,
  topUpDemand,
  type TopUpFigures,
  type TopUpRule,
} from '#core/income/public-income-split.ts'
import { percentOf } from '#core/rate.ts'
import * as profile from './profile.ts'
import { areaDm2, asYuan, compare, percent, sumOf, yuan, type Vector } from './vector.ts'

const NOTHING: TopUpFigures = { net: ZERO_FEN, accountBalance: ZERO_FEN, fundBalance: ZERO_FEN, firstDeposit: ZERO_FEN }

/** The place a vector is about stands at the head of its title. */
function placeOf<Place extends string>(vector: Vector, places: Readonly<Record<Place, unknown>>): Place {
  const title = vector.title.toLowerCase()
  for (const place in places) if (title.includes(place)) return place
  throw new Error(`no profile for “${vector.title}”`)
}

function minimum(rule: TopUpRule, figures: Partial<TopUpFigures>): string | null {
  const { minimum: amount } = topUpDemand(rule, { ...NOTHING, ...figures })
  return amount === null ? null : plainYuan(amount)
}

function checkNet(vector: Vector): void {
  const { gross, ...costs } = z.object({ gross: yuan }).catchall(yuan).parse(vector.input)
  compare(vector.expected, { net: plainYuan(netIncome(gross, Object.values(costs))) })
}

function checkShares(vector: Vector): void {
  const { net, shares_pct: shares } = z.object({ net: yuan, shares_pct: z.array(percent) }).parse(vector.input)
  const place = placeOf(vector, { shanghai: 0, guangxi: 0 })
  compare(vector.expected, {
    valid: shares.map((share) => shareSatisfies(share, profile.TOP_UP[place])),
    amounts: shares.map((share) => plainYuan(percentOf(net, share))),
  })
}

function checkDefaultSplit(vector: Vector): void {
  const { net } = z.object({ net: yuan }).parse(vector.input)
  const place = placeOf(vector, profile.DEFAULT_SPLIT_PCT)
  const { toFund, rest } = splitByPercent(net, profile.DEFAULT_SPLIT_PCT[place])
  compare(vector.expected, { to_fund: plainYuan(toFund), rest: plainYuan(rest) })
}

function checkTrigger(vector: Vector): void {
  const input = z.object({ first_deposit: yuan, balances: z.array(yuan), net: yuan }).parse(vector.input)
  const figures = { net: input.net, firstDeposit: input.first_deposit }
  const amounts = input.balances.map((fundBalance) => minimum(profile.TOP_UP.beijing, { ...figures, fundBalance }))
  compare(vector.expected, { min_to_fund: amounts })
}

function checkAccountBalance(vector: Vector): void {
  const input = z.object({ account_balance: yuan, fund_balance: yuan, first_deposit: yuan }).parse(vector.input)
  const demand = topUpDemand(profile.TOP_UP.huzhou, {
    ...NOTHING,
    accountBalance: input.account_balance,
    fundBalance: input.fund_balance,
    firstDeposit: input.first_deposit,
  })
  if (demand.formula === null || demand.minimum === null) throw new Error('the rule gives no figure')
  compare(vector.expected, { formula_min: plainYuan(demand.formula), capped_by_target: plainYuan(demand.minimum) })
}

function checkDeadlines(vector: Vector): void {
  const quarter = parseQuarter(z.object({ quarter: z.string() }).parse(vector.input).quarter)
  compare(vector.expected, {
    shanghai_2026: dueDate({ kind: 'day_of_first_month', day: 15 }, quarter),
    shanghai_transfer: dueDate({ kind: 'end_of_first_month' }, quarter),
    henan: dueDate({ kind: 'end_of_first_month' }, quarter),
  })
}

function checkDistribution(vector: Vector): void {
  const input = z.object({ total: yuan, areas_m2: z.array(areaDm2) }).parse(vector.input)
  const shares = distributeByArea(input.total, input.areas_m2)
  compare(vector.expected, { shares: asYuan(shares), sum: sumOf(shares) })
}

export function check(vector: Vector): void {
  const { input } = vector
  if ('gross' in input) checkNet(vector)
  else if ('shares_pct' in input) checkShares(vector)
  else if ('account_balance' in input) checkAccountBalance(vector)
  else if ('balances' in input) checkTrigger(vector)
  else if ('quarter' in input) checkDeadlines(vector)
  else if ('areas_m2' in input) checkDistribution(vector)
  else checkDefaultSplit(vector)
}

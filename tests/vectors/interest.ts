import { z } from 'zod'

import { accrue, thirtyDayCount, wholeMonthsAndOddDays } from '#core/deposit/accrual.ts'
import { addMonths, daysBetween } from '#core/calendar.ts'
import { dueDate, payAtOrAfterDue, termInterest, type TermDeposit } from '#core/deposit/interest.ts'
import { addFen, divideRoundHalfUp, fenFromBigInt, plainYuan, subtractFen, type Fen } from '#core/money.ts'
import { percentOf } from '#core/rate.ts'
import { compare, day, percent, yuan, type Vector } from './vector.ts'

const spanSchema = z.object({ principal: yuan, rate_pct: percent, start: day, end: day })
const earlySchema = z.object({ amount_withdrawn: yuan, start: day, withdraw: day, demand_rate_pct: percent })
const depositSchema = z.object({
  principal: yuan.optional(),
  amount: yuan.optional(),
  rate_pct: percent.optional(),
  term_rate_pct: percent.optional(),
  term_months: z.number().int().optional(),
  start: day.optional(),
  maturity: day.optional(),
  withdraw: day.optional(),
  demand_rate_pct: percent.optional(),
  overdue_days: z.number().int().optional(),
  convention: z.string().optional(),
  taxed_months: z.number().int().optional(),
  tax_pct: percent.optional(),
})

/** INT-P06 states neither start nor term of its one-year deposit, only its maturity. */
const UNSTATED_TERM_MONTHS = 12

/** The same span under the three published forms. */
function computeSpan(vector: Vector): Record<string, unknown> {
  const { principal, rate_pct: rate, start: from, end: to } = spanSchema.parse(vector.input)
  const { months, oddDays } = wholeMonthsAndOddDays(from, to)
  const under = (dayCount: 'months_odd_360' | 'actual_360' | 'actual_365'): string =>
    plainYuan(accrue({ principal, rate, from, to, dayCount }).interest)
  return {
    whole_months: months,
    odd_days: oddDays,
    actual_days: daysBetween(from, to),
    method_A: under('months_odd_360'),
    method_B_actual_360: under('actual_360'),
    method_C_actual_365: under('actual_365'),
  }
}

function computeEarly(vector: Vector): Record<string, unknown> {
  const input = earlySchema.parse(vector.input)
  const accrued = accrue({
    principal: input.amount_withdrawn,
    rate: input.demand_rate_pct,
    from: input.start,
    to: input.withdraw,
    dayCount: 'actual_360',
  })
  return { days: daysBetween(input.start, input.withdraw), interest: plainYuan(accrued.interest) }
}

function readDeposit(input: z.infer<typeof depositSchema>): TermDeposit {
  const principal = input.principal ?? input.amount
  const rate = input.rate_pct ?? input.term_rate_pct
  const months = input.term_months ?? UNSTATED_TERM_MONTHS
  const start = input.start ?? (input.maturity && addMonths(input.maturity, -months))
  if (principal === undefined || rate === undefined || start === undefined) throw new Error('not a term deposit')
  return { principal, rate, start, term: { unit: 'months', count: months }, dayCount: 'months_odd_360' }
}

function computeDeposit(vector: Vector): Record<string, unknown> {
  const input = depositSchema.parse(vector.input)
  const deposit = readDeposit(input)
  const term = termInterest(deposit)
  if (input.maturity !== undefined && input.maturity !== term.dueDate) throw new Error(`due on ${term.dueDate}`)
  const termYuan = plainYuan(term.interest)
  const computed = { maturity: term.dueDate, term_interest: termYuan, interest: termYuan, gross_term: termYuan }
  const { withdraw: paidOn, demand_rate_pct: demandRate } = input
  if (paidOn === undefined || demandRate === undefined) return computed
  // The vector names its convention, or shows it by the days it counted.
  const counted = input.overdue_days
  const shownAsThirty =
    counted !== daysBetween(term.dueDate, paidOn) && counted === thirtyDayCount(term.dueDate, paidOn)
  const thirty = input.convention === '30/360' || shownAsThirty
  const paid = payAtOrAfterDue(deposit, { paidOn, demandRate, overdueDayCount: thirty ? 'thirty_360' : 'actual_360' })
  if (counted !== undefined && counted !== paid.overdueDays) throw new Error(`${paid.overdueDays} days overdue`)
  const byActualDays = payAtOrAfterDue(deposit, { paidOn, demandRate })
  return {
    ...computed,
    overdue_days: paid.overdueDays,
    overdue_interest: plainYuan(paid.overdue.interest),
    gross_overdue: plainYuan(paid.overdue.interest),
    total: plainYuan(paid.interest),
    alt_actual_days: byActualDays.overdueDays,
    alt_actual_360_overdue: plainYuan(byActualDays.overdue.interest),
    net: plainYuan(subtractFen(paid.interest, historicTax(input, deposit, term.interest, paid.overdue.interest))),
  }
}

/**
 * The suspended tax on individuals' savings has no place in core: units never paid it. It is worked out here only so
 * that the published net figure tests the gross ones.
 */
function historicTax(input: z.infer<typeof depositSchema>, deposit: TermDeposit, term: Fen, overdue: Fen): Fen {
  const { taxed_months: months, tax_pct: rate } = input
  if (months === undefined || rate === undefined) return fenFromBigInt(0n)
  const taxed = fenFromBigInt(divideRoundHalfUp(BigInt(term) * BigInt(months), BigInt(deposit.term.count)))
  return percentOf(addFen(taxed, overdue), rate)
}

export function check(vector: Vector): void {
  if ('end' in vector.input) return compare(vector.expected, computeSpan(vector))
  if ('amount_withdrawn' in vector.input) return compare(vector.expected, computeEarly(vector))
  compare(vector.expected, computeDeposit(vector))
  if (vector.alt === undefined) return
  const deposit = readDeposit(depositSchema.parse(vector.input))
  compare(vector.alt, { maturity: dueDate(deposit.start, deposit.term) })
}

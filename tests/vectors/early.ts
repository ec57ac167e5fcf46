import { z } from 'zod'

import { addMonths, daysBetween } from '#core/calendar.ts'
import { withdrawAllEarly, withdrawPartEarly, type PartialTerms } from '#core/deposit/early-withdrawal.ts'
import { termInterest, type TermDeposit } from '#core/deposit/interest.ts'
import { parseYuan, plainYuan } from '#core/money.ts'
import { Problem } from '#core/problem.ts'
import { parsePercent } from '#core/rate.ts'
import { compare, day, percent, yuan, type Vector } from './vector.ts'

const fullSchema = z.object({ principal: yuan, start: day, withdraw: day, demand_rate_pct: percent })
const partSchema = z.object({
  principal: yuan,
  start: day,
  term_months: z.number().int(),
  rate_pct: percent,
  partial_amount: yuan,
  partial_date: day,
  demand_rate_pct: percent,
})

/** 银发〔1997〕485号 art. 13. */
const MINIMUM_REMAINDER = parseYuan('10000.00')

/** The comparison the vector names in its key: 0.95 % for twelve months. */
const FORGONE = { rate: parsePercent('0.95'), months: 12 }

function checkFull(vector: Vector): void {
  const input = fullSchema.parse(vector.input)
  const deposit: TermDeposit = {
    principal: input.principal,
    rate: FORGONE.rate,
    start: input.start,
    term: { unit: 'months', count: FORGONE.months },
    dayCount: 'months_odd_360',
  }
  const paid = withdrawAllEarly(deposit, { withdrawnOn: input.withdraw, demandRate: input.demand_rate_pct })
  compare(vector.expected, {
    days: daysBetween(input.start, input.withdraw),
    interest: plainYuan(paid.interest),
    forgone_vs_095_12m: plainYuan(paid.forgone),
  })
}

function isAllowed(deposit: TermDeposit, terms: PartialTerms): boolean {
  try {
    withdrawPartEarly(deposit, terms)
    return true
  } catch (error) {
    if (error instanceof Problem && error.code === 'deposit.partialOnce') return false
    throw error
  }
}

function checkPart(vector: Vector): void {
  const input = partSchema.parse(vector.input)
  const deposit: TermDeposit = {
    principal: input.principal,
    rate: input.rate_pct,
    start: input.start,
    term: { unit: 'months', count: input.term_months },
    dayCount: 'months_odd_360',
  }
  const terms: PartialTerms = {
    withdrawnOn: input.partial_date,
    demandRate: input.demand_rate_pct,
    amount: input.partial_amount,
    partialsBefore: 0,
    minimumRemainder: MINIMUM_REMAINDER,
  }
  const { withdrawn, remainder } = withdrawPartEarly(deposit, terms)
  const later = { ...terms, partialsBefore: 1, withdrawnOn: addMonths(input.partial_date, 1) }
  compare(vector.expected, {
    partial_days: daysBetween(input.start, input.partial_date),
    partial_interest: plainYuan(withdrawn.interest),
    remainder: remainder && plainYuan(remainder.principal),
    remainder_interest_at_maturity: remainder && plainYuan(termInterest(remainder).interest),
    second_partial_allowed: remainder !== null && isAllowed(remainder, later),
  })
}

export function check(vector: Vector): void {
  if ('partial_amount' in vector.input) checkPart(vector)
  else checkFull(vector)
}

import { z } from 'zod'

import { accrue } from '#core/deposit/accrual.ts'
import { daysBetween, type BusinessDate } from '#core/calendar.ts'
import { termInterest, type TermDeposit } from '#core/deposit/interest.ts'
import { addFen, plainYuan, type Fen } from '#core/money.ts'
import { chainDueDates, rollOver } from '#core/deposit/rollover.ts'
import { compare, day, percent, yuan, type Vector } from './vector.ts'

const modeSchema = z.enum(['principal_and_interest', 'principal_only'])
const policySchema = z.enum(['keep_original_day', 'reset_to_actual_day'])
const chainSchema = z.object({
  start: day,
  term_months: z.number().int(),
  rollovers: z.number().int(),
  anchor_policy: policySchema,
})
const pairSchema = z.object({
  principal: yuan,
  term_months: z.number().int(),
  rates_pct: z.tuple([percent, percent]),
  start: day,
  rollover: day,
  maturity2: day,
  mode: modeSchema,
})
const brokenSchema = z.object({
  principal: yuan,
  rate_pct: percent,
  term_months: z.number().int(),
  start: day,
  rollovers: z.array(day),
  withdraw: day,
  demand_rate_pct: percent,
  mode: modeSchema,
})

function checkChain(vector: Vector): void {
  const input = chainSchema.parse(vector.input)
  const term = { unit: 'months', count: input.term_months } as const
  const chain = (policy: z.infer<typeof policySchema>): { maturities: BusinessDate[] } => ({
    maturities: chainDueDates(input.start, term, input.rollovers, policy),
  })
  compare(vector.expected, chain(input.anchor_policy))
  if (vector.alt === undefined) return
  const { policy } = z.object({ policy: policySchema }).parse(vector.alt)
  compare(vector.alt, { policy, ...chain(policy) })
}

function checkPair(vector: Vector): void {
  const input = pairSchema.parse(vector.input)
  const [rate, nextRate] = input.rates_pct
  const term = { unit: 'months', count: input.term_months } as const
  const first: TermDeposit = { principal: input.principal, rate, start: input.start, term, dayCount: 'months_odd_360' }
  const rolled = rollOver(first, { mode: input.mode, rate: nextRate })
  if (rolled.dueDate !== input.rollover || rolled.nextDueDate !== input.maturity2) {
    throw new Error(`due on ${rolled.dueDate} and ${rolled.nextDueDate}`)
  }
  const second = termInterest(rolled.next)
  compare(vector.expected, {
    interest1: plainYuan(rolled.interest),
    interest1_to_current_account: plainYuan(rolled.paidToDemand),
    new_principal: plainYuan(rolled.next.principal),
    interest2: plainYuan(second.interest),
    final_payout: plainYuan(addFen(rolled.next.principal, second.interest)),
  })
}

/** Rolls over on each listed day, then breaks the last certificate at the demand rate. */
function checkBroken(vector: Vector): void {
  const input = brokenSchema.parse(vector.input)
  const computed: Record<string, unknown> = {}
  const interests: Fen[] = []
  let deposit: TermDeposit = {
    principal: input.principal,
    rate: input.rate_pct,
    start: input.start,
    term: { unit: 'months', count: input.term_months },
    dayCount: 'months_odd_360',
  }
  for (const [index, date] of input.rollovers.entries()) {
    const rolled = rollOver(deposit, { mode: input.mode, rate: input.rate_pct })
    if (rolled.dueDate !== date) throw new Error(`due on ${rolled.dueDate}, not ${date}`)
    computed[`period${index + 1}_interest`] = plainYuan(rolled.interest)
    computed[`period${index + 2}_principal`] = plainYuan(rolled.next.principal)
    interests.push(rolled.interest)
    deposit = rolled.next
  }
  const last = `period${input.rollovers.length + 1}`
  const { interest } = accrue({
    principal: deposit.principal,
    rate: input.demand_rate_pct,
    from: deposit.start,
    to: input.withdraw,
    dayCount: 'actual_360',
  })
  computed[`${last}_days`] = daysBetween(deposit.start, input.withdraw)
  computed[`${last}_interest`] = plainYuan(interest)
  computed['total_interest'] = plainYuan(addFen(...interests, interest))
  compare(vector.expected, computed)
}

export function check(vector: Vector): void {
  if ('anchor_policy' in vector.input) checkChain(vector)
  else if ('rates_pct' in vector.input) checkPair(vector)
  else checkBroken(vector)
}

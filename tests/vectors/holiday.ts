import { z } from 'zod'

import { payBeforeHoliday } from '#core/deposit/interest.ts'
import { plainYuan } from '#core/money.ts'
import { compare, day, percent, yuan, type Vector } from './vector.ts'

const inputSchema = z.object({
  principal: yuan,
  rate_pct: percent,
  term_months: z.number().int(),
  start: day,
  maturity: day,
  paid: day,
  deduct_days: z.number().int(),
})

export function check(vector: Vector): void {
  const input = inputSchema.parse(vector.input)
  const paid = payBeforeHoliday(
    {
      principal: input.principal,
      rate: input.rate_pct,
      start: input.start,
      term: { unit: 'months', count: input.term_months },
      dayCount: 'months_odd_360',
    },
    { paidOn: input.paid, deductionRate: input.rate_pct },
  )
  compare(
    { maturity: input.maturity, deduct_days: input.deduct_days },
    { maturity: paid.dueDate, deduct_days: paid.deductedDays },
  )
  compare(vector.expected, {
    full: plainYuan(paid.full),
    deduction: plainYuan(paid.deduction),
    paid_interest: plainYuan(paid.interest),
  })
}

import { z } from 'zod'

import { agreementInterest } from '#core/deposit/agreement-deposit.ts'
import { addDays, parseDate } from '#core/calendar.ts'
import type { BalanceSpan } from '#core/deposit/demand-deposit.ts'
import { plainYuan } from '#core/money.ts'
import { compare, percent, yuan, type Vector } from './vector.ts'

const inputSchema = z.object({
  base_quota: yuan,
  demand_rate_pct: percent,
  agreement_rate_pct: percent,
  balances: z.array(z.object({ balance: yuan, days: z.number().int() })),
})

export function check(vector: Vector): void {
  const input = inputSchema.parse(vector.input)
  // The vector gives lengths only; any first day will do.
  const first = parseDate('2025-03-21')
  const balances: BalanceSpan[] = []
  let from = first
  for (const { balance, days } of input.balances) {
    const to = addDays(from, days)
    balances.push({ from, to, balance })
    from = to
  }
  const settled = agreementInterest({
    balances,
    baseQuota: input.base_quota,
    rates: [{ from: first, demandRate: input.demand_rate_pct, agreementRate: input.agreement_rate_pct }],
  })
  compare(vector.expected, {
    base_product: plainYuan(settled.baseProduct),
    excess_product: plainYuan(settled.excessProduct),
    interest_base: plainYuan(settled.base.interest),
    interest_excess: plainYuan(settled.excess.interest),
    total: plainYuan(settled.interest),
  })
}

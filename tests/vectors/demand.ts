import { z } from 'zod'

import { demandInterest, productOf, settlementPeriodOf } from '#core/deposit/demand-deposit.ts'
import { plainYuan } from '#core/money.ts'
import { compare, day, percent, yuan, type Vector } from './vector.ts'

const inputSchema = z.object({
  period_start: day,
  settlement_date: day,
  credited: day,
  segments: z.array(
    z.object({ from_: day, to_exclusive: day, balance: yuan, days: z.number().int(), product: z.string() }),
  ),
  rate_pct: percent,
  basis: z.union([z.literal(360), z.literal(365)]),
})

export function check(vector: Vector): void {
  const input = inputSchema.parse(vector.input)
  const balances = input.segments.map((row) => ({ from: row.from_, to: row.to_exclusive, balance: row.balance }))
  const rates = [{ from: input.period_start, rate: input.rate_pct }]
  const settled = demandInterest({ balances, rates, yearDays: input.basis })
  compare(
    { period_start: input.period_start, settlement_date: input.settlement_date, credited: input.credited },
    periodNamed(settlementPeriodOf(input.period_start)),
  )
  input.segments.forEach((row, index) => {
    const line = settled.segments[index]
    const span = balances[index]
    if (line === undefined || span === undefined) throw new Error(`no line ${index + 1}`)
    compare({ days: row.days, product: row.product }, { days: line.days, product: plainYuan(productOf([span])) })
  })
  compare(vector.expected, {
    total_days: settled.days,
    product: plainYuan(settled.product),
    interest: plainYuan(settled.interest),
  })
}

function periodNamed(period: ReturnType<typeof settlementPeriodOf>): Record<string, unknown> {
  return { period_start: period.from, settlement_date: period.to, credited: period.credited }
}

import { z } from 'zod'

import { shareInterest } from '#core/household/household-interest.ts'
import { asYuan, compare, sumOf, yuan, type Vector } from './vector.ts'

const inputSchema = z.object({
  bank_interest: yuan,
  households: z.array(z.object({ balance: yuan, days: z.number().int() })),
})

export function check(vector: Vector): void {
  const input = inputSchema.parse(vector.input)
  const { weights, shares } = shareInterest(input.bank_interest, input.households)
  compare(vector.expected, { weights: asYuan(weights), shares: asYuan(shares), sum: sumOf(shares) })
}

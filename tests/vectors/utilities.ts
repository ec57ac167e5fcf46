import { z } from 'zod'

import { plainYuan } from '#core/money.ts'
import { parseUnitPrice, parseUsage, shareUtility, usageCharge } from '#core/income/utility-share.ts'
import { areaDm2, asYuan, compare, type Vector } from './vector.ts'

const inputSchema = z.object({ kwh: z.string(), unit_price: z.string(), areas_m2: z.array(areaDm2) })

export function check(vector: Vector): void {
  const input = inputSchema.parse(vector.input)
  const total = usageCharge(parseUsage(input.kwh), parseUnitPrice(input.unit_price))
  compare(vector.expected, {
    total: plainYuan(total),
    largest_remainder: asYuan(shareUtility(total, input.areas_m2)),
  })
}

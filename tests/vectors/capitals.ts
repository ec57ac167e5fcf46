import { z } from 'zod'

import { yuanInCapitals, type CapitalsOptions } from '#core/voucher/capitals.ts'
import { formatYuan } from '#core/money.ts'
import { yuan, type Vector } from './vector.ts'

const inputSchema = z.object({ amount: yuan })
const expectedSchema = z.object({ accepted: z.array(z.string()).min(1) })

/** Both styles must be accepted as they come; a second accepted form without the optional 零 must be writable too. */
export function check(vector: Vector): void {
  const { amount } = inputSchema.parse(vector.input)
  const { accepted } = expectedSchema.parse(vector.expected)
  const write = (options: CapitalsOptions): string => yuanInCapitals(amount, options)
  for (const style of ['voucher', 'bank_instrument'] as const) {
    const written = write({ style })
    if (!accepted.includes(written)) throw new Error(`${formatYuan(amount)} (${style}): ${written}`)
    const shorter = accepted.find((form) => form === written.replace('元零', '元') && form !== written)
    const omitted = write({ style, zeroBeforeJiao: false })
    if (shorter !== undefined && omitted !== shorter) throw new Error(`${formatYuan(amount)} without 零: ${omitted}`)
  }
}

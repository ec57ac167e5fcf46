/** What every topic's checker shares: reading a vector's text values, and comparing each expected value with core's. */
import { z } from 'zod'

import { parseDate } from '#core/calendar.ts'
import { addFen, parseYuan, plainYuan, type Fen } from '#core/money.ts'
import { parsePercent } from '#core/rate.ts'

export const vectorSchema = z.object({
  id: z.string(),
  topic: z.string(),
  title: z.string(),
  input: z.record(z.string(), z.unknown()),
  expected: z.record(z.string(), z.unknown()),
  alt: z.record(z.string(), z.unknown()).optional(),
  source: z.string().optional(),
})

export type Vector = z.infer<typeof vectorSchema>

export const yuan = z.string().transform((text) => parseYuan(text))
export const percent = z.string().transform((text) => parsePercent(text))
export const day = z.string().transform((text) => parseDate(text))
/** `88.00` m² is 8800 dm²: parsed digit by digit like money, which also has two decimals. */
export const areaDm2 = z.string().transform((text): number => parseYuan(text))

export function asYuan(amounts: readonly Fen[]): string[] {
  return amounts.map((amount) => plainYuan(amount))
}

/**
 * Every key the vector expects must have been computed, and be equal: a value nobody computed is a failure, so that a
 * new key in the file cannot pass unseen. `note` is prose.
 */
export function compare(
  expected: Readonly<Record<string, unknown>>,
  computed: Readonly<Record<string, unknown>>,
): void {
  for (const [key, value] of Object.entries(expected)) {
    if (key === 'note') continue
    if (!(key in computed)) throw new Error(`"${key}" is expected, but no checker computes it`)
    const is = JSON.stringify(computed[key])
    const should = JSON.stringify(value)
    if (is !== should) throw new Error(`"${key}": expected ${should}, core gives ${is}`)
  }
}

export function sumOf(amounts: readonly Fen[]): string {
  return plainYuan(addFen(...amounts))
}

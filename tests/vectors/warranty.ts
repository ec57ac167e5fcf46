import { z } from 'zod'

import { inWarranty, type WarrantyTerm } from '#core/repair/warranty.ts'
import { compare, day, type Vector } from './vector.ts'

/** 建设工程质量管理条例 art. 40: minimum periods in months; heating and cooling in seasons. */
const MONTHS: Readonly<Record<string, number>> = { waterproof: 60, plumbing: 24, electrical: 24, decoration: 24 }
const SEASONS = 2

const inputSchema = z.object({
  category: z.string(),
  accepted: day,
  claims: z.array(day),
  season_table: z.array(z.tuple([day, day])).optional(),
  partial_season_counts: z.boolean().optional(),
})

function termOf(input: z.infer<typeof inputSchema>): WarrantyTerm {
  const months = MONTHS[input.category]
  if (months !== undefined) return { kind: 'months', months }
  const seasons = (input.season_table ?? []).map(([from, to]) => ({ from, to }))
  return { kind: 'seasons', count: SEASONS, seasons, partialSeasonCounts: input.partial_season_counts ?? false }
}

export function check(vector: Vector): void {
  const input = inputSchema.parse(vector.input)
  const term = termOf(input)
  compare(vector.expected, { in_warranty: input.claims.map((claim) => inWarranty(claim, input.accepted, term)) })
}

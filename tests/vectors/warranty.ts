import { z } from 'zod'

import { warrantyCover, type WarrantyCategory } from '#core/repair/builder-warranty.ts'
import { compare, day, type Vector } from './vector.ts'

const CATEGORY: Readonly<Record<string, WarrantyCategory>> = {
  waterproof: 'waterproofing', plumbing: 'wiringAndPipes', electrical: 'wiringAndPipes', decoration: 'decoration',
  heating: 'heating', cooling: 'cooling',
}

const inputSchema = z.object({
  category: z.string(),
  accepted: day,
  claims: z.array(day),
  season_table: z.array(z.tuple([day, day])).optional(),
  partial_season_counts: z.boolean().optional(),
})

/** As the window asks it, of a complex completed on the day of the vector. */
export function check(vector: Vector): void {
  const input = inputSchema.parse(vector.input)
  const category = CATEGORY[input.category] ?? 'other'
  const covered = input.claims.map((reportedOn) => warrantyCover({ buildingId: null, category, reportedOn }, {
    completions: [{ buildingId: null, completedOn: input.accepted }], terms: [], buildings: [],
    seasons: () => (input.season_table ?? []).map(([from, to]) => ({ from, to })),
    startedSeasonCounts: input.partial_season_counts ?? false,
  }).kind)
  compare(vector.expected, { in_warranty: covered.map((kind) => kind === 'inside') })
}

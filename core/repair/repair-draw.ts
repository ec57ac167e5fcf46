/**
 * Drawing the spot checks (抽查): reproducible from its recorded seed, so that nobody chooses whom to check. Each contractor in
 * the pool is drawn at the profile's rate, rounded up and one job at least: none is passed over. All that is hashed stands on the
 * printed record, so that anybody can draw again by hand.
 */
import type { CounterpartyId, RepairId } from '../id.ts'
import { Problem } from '../problem.ts'
import { MICRO_PER_PERCENT, rateMicro, type RateMicro } from '../rate.ts'

export type PooledRepair = {
  readonly repairId: RepairId
  /** `WX2025-00012`, as printed. */
  readonly number: string
  readonly contractorId: CounterpartyId
  readonly percent: RateMicro
}

/**
 * What the draw hangs on: the operation log as it stood, which ties it to its moment, and a lot made in that moment, which
 * nobody could know while the pool could still be changed.
 */
export function drawSeed(logHead: string, lot: string): string {
  return `${logHead.slice(0, 16)}-${lot}`
}

/** A 32-bit hash of seed and number with every bit stirred (FNV-1a, then the finalizer of MurmurHash3); printed in the record. */
export function rankOf(seed: string, number: string): number {
  let hash = 0x811c9dc5
  for (const character of `${seed}:${number}`) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193)
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

function quota(size: number, percent: RateMicro): number {
  return Math.max(1, Math.ceil((size * percent) / (100 * MICRO_PER_PERCENT)))
}

/** Numbers of the drawn jobs, ascending. The same pool and seed always give the same draw, in whatever order they come. */
export function drawSpotChecks(pool: readonly PooledRepair[], seed: string): readonly RepairId[] {
  if (pool.length === 0) throw new Problem({ code: 'repair.emptyPool', message: '现在没有待抽取的维修项目' })
  const strata = Map.groupBy(pool, ({ contractorId, percent }) => `${contractorId}/${percent}`)
  return [...strata.values()]
    .flatMap((stratum) => {
      const ranked = stratum
        .map(({ repairId, number }) => ({ repairId, rank: rankOf(seed, number) }))
        .sort((a, b) => a.rank - b.rank || a.repairId - b.repairId)
      return ranked.slice(0, quota(stratum.length, stratum[0]?.percent ?? rateMicro(0))).map(({ repairId }) => repairId)
    })
    .sort((a, b) => a - b)
}

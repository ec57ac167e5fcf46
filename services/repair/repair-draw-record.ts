/** One recorded draw as its printed record shows it: every job of the pool with the rank its seed gives, by contractor. */
import { z } from 'zod'
import type { RepairId } from '#core/id.ts'
import { Problem } from '#core/problem.ts'
import { drawSpotChecks, rankOf } from '#core/repair/repair-draw.ts'
import type { RateMicro } from '#core/rate.ts'
import type { Ledger } from '#db/ledger.ts'
import { counterpartyName } from '../register/complex.ts'
import { DRAWN_POOL } from './repair-draw.ts'

export type DrawStratumRecord = {
  readonly contractorName: string
  readonly percent: RateMicro
  /** In order of rank: the drawn ones first. */
  readonly repairs: readonly {
    readonly id: RepairId
    readonly number: string
    readonly title: string
    readonly rank: number
    readonly isDrawn: boolean
  }[]
}

export type DrawRecord = {
  readonly id: number
  readonly at: string
  readonly actorName: string
  readonly seed: string
  readonly strata: readonly DrawStratumRecord[]
  /** The recorded seed and pool give the recorded jobs again. */
  readonly isReproduced: boolean
}

type Row = { id: number; at: string; actorName: string; seed: string; pool: string; drawn: string }

/** Throws `repair.drawMissing`. */
export function drawRecordOf(ledger: Ledger, drawId: number): DrawRecord {
  const row = ledger
    .prepare<[number], Row>(
      `SELECT d.id, d.at, u.name AS actorName, d.seed, d.pool, d.drawn FROM repair_draw d JOIN user u ON u.id = d.actor_id
       WHERE d.id = ?`,
    )
    .get(drawId)
  if (row === undefined) throw new Problem({ code: 'repair.drawMissing', message: '没有这次抽取，请刷新后重试' })
  const pool = DRAWN_POOL.parse(JSON.parse(row.pool))
  const drawn = new Set<number>(z.array(z.int()).parse(JSON.parse(row.drawn)))
  const named = ledger.prepare<[number], { title: string }>('SELECT title FROM repair WHERE id = ?')
  const strata = Map.groupBy(pool, ({ contractorId, percent }) => `${contractorId}/${percent}`)
  return {
    id: row.id, at: row.at, actorName: row.actorName, seed: row.seed,
    isReproduced: JSON.stringify(drawSpotChecks(pool, row.seed)) === row.drawn,
    strata: [...strata.values()].flatMap((members) => {
      const [first] = members
      if (first === undefined) return []
      const repairs = members
        .map(({ repairId, number }) => {
          const title = named.get(repairId)?.title ?? ''
          return { id: repairId, number, title, rank: rankOf(row.seed, number), isDrawn: drawn.has(repairId) }
        })
        .toSorted((a, b) => a.rank - b.rank || a.id - b.id)
      return [{ contractorName: counterpartyName(ledger, first.contractorId) ?? '', percent: first.percent, repairs }]
    }),
  }
}

/** The draw a job was in, null where it never stood in a pool. */
export function latestDrawOf(ledger: Ledger, repairId: RepairId): number | null {
  return ledger
    .prepare<[number], { drawId: number }>(
      `SELECT json_extract(detail, '$.drawId') AS drawId FROM repair_event WHERE repair_id = ? AND kind = 'drawn'
       ORDER BY seq DESC LIMIT 1`,
    )
    .get(repairId)?.drawId ?? null
}

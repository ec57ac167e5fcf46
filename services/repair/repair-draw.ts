/**
 * Drawing the spot checks of the pool. Half of the seed is made in the moment of the draw, so that nobody can try out pools
 * beforehand; it stands in the ledger, and with the recorded pool anybody can draw again and must get the same jobs.
 */
import { z } from 'zod'
import { idOf, type ComplexId, type CounterpartyId, type RepairId } from '#core/id.ts'
import { Problem } from '#core/problem.ts'
import { blockedBecause } from '#core/repair/repair-actions.ts'
import { drawSeed, drawSpotChecks, type PooledRepair } from '#core/repair/repair-draw.ts'
import { rateMicro } from '#core/rate.ts'
import { requireRole, type ServiceContext } from '../context.ts'
import { logOperation } from '../operation-log.ts'
import { policyFor } from '../policy/policy.ts'
import { appendRepairEvent } from './repair.ts'
import { repairJob } from './repair-record.ts'

/** Everything that waits to be drawn, in one go: picking the pool would be picking the draw. */
export const DRAW_POOL = (byComplex: boolean): string => `
  SELECT s.repair_id AS repairId, r.number, s.contractor_id AS contractorId, c.profile_code AS profileCode
  FROM repair_standing s INDEXED BY ${byComplex ? 'repair_standing_by_complex' : 'repair_standing_by_step'}
    JOIN repair r ON r.id = s.repair_id JOIN complex c ON c.id = r.complex_id
  WHERE s.step = 'spotDraw' ${byComplex ? 'AND s.complex_id = :complexId' : ''} ORDER BY s.repair_id`

type PoolRow = { repairId: RepairId; number: string; contractorId: CounterpartyId; profileCode: string }

function poolOf(context: ServiceContext, complexId: ComplexId | null): readonly PooledRepair[] {
  const { ledger } = context
  const rows = ledger
    .prepare<[Record<string, unknown>], PoolRow>(DRAW_POOL(complexId !== null))
    .all(complexId === null ? {} : { complexId })
  const percents = new Map([...new Set(rows.map(({ profileCode }) => profileCode))].map((code) =>
    [code, policyFor(ledger, code, context.clock.today()).require('spotCheck.percent')]))
  return rows.flatMap(({ repairId, number, contractorId, profileCode }) => {
    const percent = percents.get(profileCode)
    return percent === undefined ? [] : [{ repairId, number, contractorId, percent }]
  })
}

export type DrawResult = {
  readonly drawId: number
  readonly seed: string
  readonly pool: readonly RepairId[]
  readonly drawn: readonly RepairId[]
}

/** Throws `repair.emptyPool`, `policy.toFill`, `role.missing`. */
export function drawPool(context: ServiceContext, complexId: ComplexId | null = null): DrawResult {
  requireRole(context, 'reviewer', 'head')
  const { ledger } = context
  return ledger.write(() => {
    const pool = poolOf(context, complexId)
    const head = ledger.prepare<[], { hash: string }>('SELECT hash FROM operation ORDER BY id DESC LIMIT 1').get()?.hash ?? ''
    const seed = drawSeed(head, context.clock.lot())
    const drawn = drawSpotChecks(pool, seed)
    const { lastInsertRowid } = ledger
      .prepare<unknown[], never>('INSERT INTO repair_draw (seed, pool, drawn, actor_id, at) VALUES (?, ?, ?, ?, ?)')
      .run(seed, JSON.stringify(pool), JSON.stringify(drawn), context.actor.userId, context.clock.now())
    const drawId = Number(lastInsertRowid)
    logOperation(context, 'repair.draw', { kind: 'repairDraw', id: drawId }, { seed, pool, drawn })
    for (const { repairId } of pool) {
      const job = repairJob(ledger, repairId, context.clock.today())
      const [reason] = blockedBecause('drawSpotChecks', job, context.actor)
      if (reason !== undefined) throw new Problem({ code: 'repair.blocked', message: reason })
      appendRepairEvent(context, job, { kind: 'drawn', drawId, isDrawn: drawn.includes(repairId) })
    }
    return { drawId, seed, pool: pool.map(({ repairId }) => repairId), drawn }
  })
}

export type RecordedDraw = {
  readonly id: number
  readonly at: string
  readonly actorName: string
  readonly poolSize: number
  /** How many the seed draws from the pool. */
  readonly drawn: number
  /** The recorded seed and pool give the recorded jobs again. */
  readonly isReproduced: boolean
}

export const DRAWN_POOL = z.array(z.object({
  repairId: z.int().transform((id) => idOf<'repair'>(id)),
  number: z.string(),
  contractorId: z.int().transform((id) => idOf<'counterparty'>(id)),
  percent: z.int().transform(rateMicro),
}))

type DrawRow = { id: number; at: string; actorName: string; seed: string; pool: string; drawn: string }

/** The latest draws, each drawn again. */
export function listDraws(context: Pick<ServiceContext, 'ledger'>, limit: number): readonly RecordedDraw[] {
  return context.ledger
    .prepare<[number], DrawRow>(
      `SELECT d.id, d.at, u.name AS actorName, d.seed, d.pool, d.drawn FROM repair_draw d JOIN user u ON u.id = d.actor_id
       ORDER BY d.id DESC LIMIT ?`,
    )
    .all(limit)
    .map(({ id, at, actorName, seed, pool, drawn }) => {
      const pooled = DRAWN_POOL.parse(JSON.parse(pool))
      const again = drawSpotChecks(pooled, seed)
      return { id, at, actorName, poolSize: pooled.length, drawn: again.length, isReproduced: JSON.stringify(again) === drawn }
    })
}

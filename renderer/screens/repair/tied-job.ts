/** What a job's page hands to the forms of a vote and of a tender: the job, its complex, and what to begin with. */
import { idOf, type ComplexId, type RepairId } from '#core/id.ts'
import { REPAIR_PARTS, type RepairPart } from '#core/repair/repair-place.ts'
import type { Target } from '../../navigation.ts'

export type TiedJob = {
  readonly repairId: RepairId | null
  readonly complexId: ComplexId | null
  readonly title: string
  /** Of the works; null: none is named. */
  readonly part: RepairPart | null
  /** As it is typed. */
  readonly amount: string
}

type Query = NonNullable<Target['query']>

function numberIn(query: Query, name: string): number | null {
  const value = query[name]
  return value !== undefined && /^[1-9]\d{0,14}$/.test(value) ? Number(value) : null
}

export function tiedJob(query: Query): TiedJob {
  const repair = numberIn(query, 'repair')
  const where = numberIn(query, 'where')
  return {
    repairId: repair === null ? null : idOf<'repair'>(repair), complexId: where === null ? null : idOf<'complex'>(where),
    part: REPAIR_PARTS.find((part) => part === query['part']) ?? null, title: query['title'] ?? '', amount: query['amount'] ?? '',
  }
}

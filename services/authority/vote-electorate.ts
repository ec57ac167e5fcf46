/** Who votes: the exclusive units of a complex on a day, as the register stood then, and who holds each. */
import type { BusinessDate } from '#core/calendar.ts'
import type { BuildingId, ComplexId, HouseholdId } from '#core/id.ts'
import type { Ledger } from '#db/ledger.ts'

export type Elector = {
  readonly id: HouseholdId
  readonly buildingId: BuildingId
  readonly entrance: string
  readonly areaDm2: number
  readonly isDeveloperHeld: 0 | 1
  /**
   * Equal for all units of one owner, or of the same co-owners together (司法解释 art. 9: one person however many units); a unit
   * whose owner the register does not know is a person of its own.
   */
  readonly holder: string
}

export const ELECTORATE = `
  SELECT h.id, e.building_id AS buildingId, e.entrance, e.area_dm2 AS areaDm2, e.is_developer_held AS isDeveloperHeld,
    coalesce((SELECT 'owners ' || group_concat(owner_id, '+') FROM (
        SELECT owner_id FROM ownership_share WHERE set_id = (SELECT id FROM ownership_set
          WHERE household_id = h.id AND from_date <= :on ORDER BY from_date DESC, id DESC LIMIT 1) ORDER BY owner_id)),
      'unit ' || h.id) AS holder
  FROM building b CROSS JOIN household h ON h.building_id = b.id CROSS JOIN household_event e ON e.id = (
    SELECT id FROM household_event WHERE household_id = h.id AND on_date <= :on ORDER BY on_date DESC, id DESC LIMIT 1)
  WHERE b.complex_id = :complexId AND e.kind <> 'left' AND e.is_excluded = 0 AND e.area_dm2 > 0
  ORDER BY h.id`

/** Rooms that bear no costs (物管用房) have no owner to ask and do not vote. */
export function electorateOn(ledger: Ledger, complexId: ComplexId, on: BusinessDate): readonly Elector[] {
  return ledger.prepare<[Record<string, unknown>], Elector>(ELECTORATE).all({ complexId, on })
}

/** Whom a use concerns: the households of a scope, in words and in numbers. */
import type { BuildingId, ComplexId } from '#core/id.ts'
import { isInScope, scopeCovers, type HouseholdPlace, type UseScope } from '#core/authority/use-scope.ts'
import { householdAddress } from '#core/register/household.ts'
import type { Ledger } from '#db/ledger.ts'

/** Active households that bear costs, without areas or owners: enough to compare scopes. */
export function placesOfComplex(ledger: Ledger, complexId: ComplexId): readonly HouseholdPlace[] {
  return ledger
    .prepare<[number], HouseholdPlace>(
      `SELECT h.id, h.building_id AS buildingId, h.entrance FROM building b CROSS JOIN household h ON h.building_id = b.id
       WHERE b.complex_id = ? AND h.state = 'active' AND h.is_excluded = 0`,
    )
    .all(complexId)
}

/** Whether a decision for `outer` reaches everybody whom `inner` charges. */
export function decisionCovers(ledger: Ledger, complexId: ComplexId, outer: UseScope, inner: UseScope): boolean {
  return scopeCovers(outer, inner, outer.kind === 'complex' ? [] : placesOfComplex(ledger, complexId))
}

function buildingNames(ledger: Ledger, ids: readonly BuildingId[]): ReadonlyMap<number, string> {
  const rows = ledger
    .prepare<[string], { id: number; name: string }>(
      'SELECT b.id, b.name FROM json_each(?) j CROSS JOIN building b ON b.id = j.value',
    )
    .all(JSON.stringify(ids))
  return new Map(rows.map(({ id, name }) => [id, name]))
}

function placeWords(ledger: Ledger, scope: UseScope): string {
  switch (scope.kind) {
    case 'complex':
      return '全小区'
    case 'buildings': {
      const names = buildingNames(ledger, scope.buildingIds)
      return scope.buildingIds.map((id) => names.get(id) ?? '').join('、')
    }
    case 'entrances': {
      const names = buildingNames(ledger, scope.entrances.map(({ buildingId }) => buildingId))
      return scope.entrances
        .map(({ buildingId, entrance }) => householdAddress(names.get(buildingId) ?? '', entrance, ''))
        .join('、')
    }
    case 'households':
      return '所列户室'
  }
}

/** `3幢 1单元，24 户`; without the count where no households are on the register. */
export function scopeText(ledger: Ledger, complexId: ComplexId, scope: UseScope): string {
  const count = placesOfComplex(ledger, complexId).filter((household) => isInScope(scope, household)).length
  const place = placeWords(ledger, scope)
  return count === 0 ? place : `${place}，${count} 户`
}

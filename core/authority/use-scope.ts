/**
 * Whose money a use takes (列支范围, 165号令 art. 19–20): the whole complex, buildings, entrances or chosen households. A decision
 * made for one circle of owners does not bind another's money.
 */
import type { BuildingId, HouseholdId } from '../id.ts'
import { readEntrance } from '../register/words.ts'

export type UseScope =
  | { readonly kind: 'complex' }
  | { readonly kind: 'buildings'; readonly buildingIds: readonly BuildingId[] }
  | { readonly kind: 'entrances'; readonly entrances: readonly { readonly buildingId: BuildingId; readonly entrance: string }[] }
  | { readonly kind: 'households'; readonly householdIds: readonly HouseholdId[] }

/** Where a household is, as scopes see it. */
export type HouseholdPlace = { readonly id: HouseholdId; readonly buildingId: BuildingId; readonly entrance: string }

export function isInScope(scope: UseScope, household: HouseholdPlace): boolean {
  switch (scope.kind) {
    case 'complex':
      return true
    case 'buildings':
      return scope.buildingIds.includes(household.buildingId)
    case 'entrances':
      return scope.entrances.some(({ buildingId, entrance }) =>
        buildingId === household.buildingId && entrance === household.entrance)
    case 'households':
      return scope.householdIds.includes(household.id)
  }
}

/**
 * Whether the circle holds the place of the works. A place without an entrance lies in every circle of its building; works of no
 * building may serve a few of them (a pump house), so whoever decided may pay for them.
 */
export function scopeHoldsPlace(
  scope: UseScope,
  place: { readonly buildingId: BuildingId | null; readonly entrance: string },
  households: readonly HouseholdPlace[],
): boolean {
  const { buildingId } = place
  if (scope.kind === 'complex' || buildingId === null) return true
  const entrance = readEntrance(place.entrance)
  const isThere = (one: { readonly buildingId: BuildingId; readonly entrance: string }): boolean =>
    one.buildingId === buildingId && (entrance === '' || readEntrance(one.entrance) === entrance)
  switch (scope.kind) {
    case 'buildings':
      return scope.buildingIds.includes(buildingId)
    case 'entrances':
      return scope.entrances.some(isThere)
    case 'households':
      return households.some((household) => isThere(household) && isInScope(scope, household))
  }
}

/**
 * Whether everybody whom `inner` charges belongs to the circle `outer`; `places` are the households of the complex. A
 * whole-complex use is covered by a whole-complex decision only: owners who moved in since the register day count as decided for.
 */
export function scopeCovers(outer: UseScope, inner: UseScope, places: readonly HouseholdPlace[]): boolean {
  if (outer.kind === 'complex') return true
  if (inner.kind === 'complex') return false
  if (outer.kind === 'buildings' && inner.kind === 'buildings') {
    return inner.buildingIds.every((id) => outer.buildingIds.includes(id))
  }
  if (outer.kind === 'buildings' && inner.kind === 'entrances') {
    return inner.entrances.every(({ buildingId }) => outer.buildingIds.includes(buildingId))
  }
  if (outer.kind === 'entrances' && inner.kind === 'entrances') {
    return inner.entrances.every((one) =>
      outer.entrances.some(({ buildingId, entrance }) => buildingId === one.buildingId && entrance === one.entrance))
  }
  const charged = places.filter((household) => isInScope(inner, household))
  return charged.length > 0 && charged.every((household) => isInScope(outer, household))
}

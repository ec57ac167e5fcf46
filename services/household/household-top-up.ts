/** Households whose balance fell strictly below the profile's share of the first contribution: who tops up, and by how much. */
import type { BusinessDate } from '#core/calendar.ts'
import { topUpOwed } from '#core/household/household-account.ts'
import type { BuildingId, ComplexId, HouseholdId } from '#core/id.ts'
import { ZERO_FEN, type Fen } from '#core/money.ts'
import type { RateMicro } from '#core/rate.ts'
import type { Ledger } from '#db/ledger.ts'
import { complexOf } from '../register/complex.ts'
import { listHouseholds, topUpBelow } from '../register/household-list.ts'
import { policyFor } from '../policy/policy.ts'

export type ToTopUp = {
  readonly householdId: HouseholdId
  readonly address: string
  /** Masked; null while the vault is closed. */
  readonly owners: readonly (string | null)[]
  readonly firstDueFen: Fen
  readonly balanceFen: Fen
  /** Brings the balance back to the first contribution. */
  readonly owedFen: Fen
}

export type TopUpScope = {
  readonly complexId: ComplexId
  readonly buildingId?: BuildingId
  /** Keyset: the last household of the page before. */
  readonly after?: HouseholdId
  readonly limit: number
}

/** Building by building. Throws `policy.toFill` while the office has not filled in the share (165号令 art. 17). */
export function householdsToTopUp(ledger: Ledger, scope: TopUpScope, date: BusinessDate): readonly ToTopUp[] {
  const below = topUpShare(ledger, scope.complexId, date)
  return listHouseholds(ledger, { ...scope, standing: 'low' }, date).map(({ id, address, owners, firstDueFen, balanceFen }) => {
    const first = firstDueFen ?? ZERO_FEN
    const left = balanceFen ?? ZERO_FEN
    const owedFen = topUpOwed(first, left, below) ?? ZERO_FEN
    return { householdId: id, address, owners, firstDueFen: first, balanceFen: left, owedFen }
  })
}

/** Throws `policy.toFill`. */
export function topUpShare(ledger: Ledger, complexId: ComplexId, date: BusinessDate): RateMicro {
  return topUpBelow(ledger, complexId, date)
    ?? policyFor(ledger, complexOf(ledger, complexId).profileCode, date).require('ownerTopUp.triggerPercent')
}

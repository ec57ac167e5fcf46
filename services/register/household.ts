/**
 * Changing the property register: a household registered, its facts or its owners changed (merging and splitting are in
 * household-merge.ts). Each is one dated act with its reason; what was is never overwritten, and any day can be read again
 * (household-history.ts).
 */
import { checkHouseholdFacts, type HouseholdFacts } from '#core/register/household.ts'
import type { BuildingId, ComplexId, DraftId, HouseholdId, OwnerId } from '#core/id.ts'
import { equalParts, partsOfShares, type Share } from '#core/register/ownership.ts'
import { Problem } from '#core/problem.ts'
import type { Ledger } from '#db/ledger.ts'
import { requireRole, type ServiceContext } from '../context.ts'
import { noteAtStep } from '../finding/check-step.ts'
import {
  beginChange, beginHousehold, householdFactsOf, nextSetId, refuseFuture, standingHousehold, writeEvent, writeOwnership,
  type ChangeEntry,
} from './household-record.ts'
import { carryToOtherFund } from './household-nature.ts'
import { logOperation } from '../operation-log.ts'
import { findOrAddOwner, type OwnerFacts } from './owner.ts'

/** An owner as entered: one known already, or a new one; `share` as typed (`1/2`, `50%`). */
export type OwnerEntry = {
  readonly owner: { readonly ownerId: OwnerId } | OwnerFacts
  /** '' for all of them: equal shares. */
  readonly share: string
}

const WRITERS = ['bookkeeper', 'head', 'preparer'] as const

function complexOfBuilding(ledger: Ledger, buildingId: BuildingId): ComplexId {
  const row = ledger.prepare<[number], { id: ComplexId }>('SELECT complex_id AS id FROM building WHERE id = ?').get(buildingId)
  if (row === undefined) throw new Problem({ code: 'building.missing', message: '没有这一幢：请先登记楼幢', field: 'buildingId' })
  return row.id
}

/** Throws `ownership.mixed` when only some shares are given, and what ownership and owner throw. */
function sharesOf(context: ServiceContext, owners: readonly OwnerEntry[]): readonly Share<OwnerId>[] {
  const typed = owners.filter(({ share }) => share.trim() !== '')
  if (typed.length !== 0 && typed.length !== owners.length) {
    const message = '有的产权人没有填份额：请都填写，或都留空（各占等份）'
    throw new Problem({ code: 'ownership.mixed', message, field: 'share' })
  }
  const parts = typed.length === 0 ? equalParts(owners.length) : partsOfShares(owners.map(({ share }) => share))
  const shares = owners.map(({ owner }, index) => ({
    owner: 'ownerId' in owner ? owner.ownerId : findOrAddOwner(context, owner),
    parts: parts[index] ?? 0,
  }))
  if (new Set(shares.map(({ owner }) => owner)).size !== shares.length) {
    throw new Problem({ code: 'ownership.twice', message: '同一位产权人填了两次：请合并为一行', field: 'owners' })
  }
  return shares
}

function noteStandard(context: ServiceContext, complexId: ComplexId, id: HouseholdId): void {
  noteAtStep(context, 'householdRecorded', {
    complexId, bookId: null, from: null, to: context.clock.today(), subject: { kind: 'household', ids: [id] },
  })
}

/** Throws Problem: facts that cannot be, a room already taken (`household.duplicate`), owners as in `setOwners`. */
export function registerHousehold(
  context: ServiceContext,
  entry: ChangeEntry & {
    readonly buildingId: BuildingId
    readonly facts: HouseholdFacts
    readonly owners: readonly OwnerEntry[]
  },
): HouseholdId {
  requireRole(context, ...WRITERS)
  checkHouseholdFacts(entry.facts)
  refuseFuture(context, entry.effectiveOn)
  const { ledger } = context
  return ledger.write(() => {
    const complexId = complexOfBuilding(ledger, entry.buildingId)
    const changeId = beginChange(context, { complexId, kind: 'register', effectiveOn: entry.effectiveOn, reason: entry.reason })
    const { effectiveOn: onDate, buildingId, facts } = entry
    const householdId = beginHousehold(ledger, { changeId, onDate, buildingId, facts })
    const shares = sharesOf(context, entry.owners)
    writeOwnership(ledger, { setId: nextSetId(ledger), changeId, householdId, fromDate: entry.effectiveOn, shares })
    logOperation(context, 'household.register', { kind: 'household', id: householdId },
      { changeId, buildingId: entry.buildingId, ...entry.facts, owners: shares.length })
    noteStandard(context, complexId, householdId)
    return householdId
  })
}

/**
 * Area after a new survey, another use, sold by the developer …; money follows the household, which stays the same one. Where
 * the nature changes it changes its fund: the number of the draft that carries it, else null. Throws `household.nature`,
 * `role.missing`.
 */
export function changeFacts(
  context: ServiceContext, id: HouseholdId, facts: HouseholdFacts, entry: ChangeEntry,
): DraftId | null {
  requireRole(context, ...WRITERS)
  checkHouseholdFacts(facts)
  refuseFuture(context, entry.effectiveOn)
  const { ledger } = context
  return ledger.write(() => {
    const row = standingHousehold(ledger, id)
    const before = householdFactsOf(row)
    if (JSON.stringify(before) === JSON.stringify(inOrderOf(before, facts))) {
      throw new Problem({ code: 'household.same', message: '没有任何一项改动' })
    }
    const changeId = beginChange(context, { complexId: row.complexId, kind: 'facts', ...entry })
    writeEvent(ledger, {
      changeId, householdId: id, kind: 'changed', onDate: entry.effectiveOn, buildingId: row.buildingId, facts,
    })
    const draftId = carryToOtherFund(context, { household: row, nature: facts.nature, ...entry })
    logOperation(context, 'household.change', { kind: 'household', id },
      { changeId, before, after: facts, reason: entry.reason, ...(draftId !== null && { draftId }) })
    noteStandard(context, row.complexId, id)
    return draftId
  })
}

function inOrderOf(before: HouseholdFacts, { ...after }: HouseholdFacts): HouseholdFacts {
  return { ...before, ...after }
}

/**
 * Who owns from the day on: a sale, an inheritance, a correction of shares. The balance follows the house (165号令 art. 28), so
 * no money moves. Throws `ownership.*`, `owner.*`, `household.order`.
 */
export function setOwners(context: ServiceContext, id: HouseholdId, owners: readonly OwnerEntry[], entry: ChangeEntry): void {
  requireRole(context, ...WRITERS)
  refuseFuture(context, entry.effectiveOn)
  const { ledger } = context
  ledger.write(() => {
    const row = standingHousehold(ledger, id)
    const shares = sharesOf(context, owners)
    const changeId = beginChange(context, { complexId: row.complexId, kind: 'owners', ...entry })
    writeOwnership(ledger, { setId: nextSetId(ledger), changeId, householdId: id, fromDate: entry.effectiveOn, shares })
    logOperation(context, 'household.owners', { kind: 'household', id },
      { changeId, owners: shares.length, reason: entry.reason })
  })
}

/**
 * Merging and splitting households: the old ones end, the new ones begin, and owners, what was due and the balances follow.
 * Where the complex keeps a household sub-ledger, a voucher draft moves the balances; it carries no cash.
 */
import { allocate } from '#core/allocation.ts'
import { formatArea } from '#core/register/area.ts'
import type { BusinessDate } from '#core/calendar.ts'
import { checkHouseholdFacts, type HouseholdFacts, type HouseholdOpening } from '#core/register/household.ts'
import type { HouseholdId } from '#core/id.ts'
import { addFen, ZERO_FEN, type Fen } from '#core/money.ts'
import { mergeShares } from '#core/register/ownership.ts'
import { Problem } from '#core/problem.ts'
import type { Ledger } from '#db/ledger.ts'
import { requireRole, type ServiceContext } from '../context.ts'
import { carriedOpening } from '../household/household-account.ts'
import { carryMoney } from './household-carry.ts'
import {
  beginChange, beginHousehold, householdFactsOf, nextSetId, refuseFuture, sharesOn, standingHousehold, writeEvent,
  writeOpening, writeOwnership, type ChangeEntry, type HouseholdRow,
} from './household-record.ts'
import { logOperation } from '../operation-log.ts'

const WRITERS = ['bookkeeper', 'head', 'preparer'] as const

function endAll(ledger: Ledger, changeId: number, onDate: BusinessDate, rows: readonly HouseholdRow[]): void {
  for (const row of rows) {
    writeEvent(ledger, {
      changeId, householdId: row.id, kind: 'left', onDate, buildingId: row.buildingId, facts: householdFactsOf(row),
    })
  }
}

function succeed(ledger: Ledger, changeId: number, from: HouseholdId, to: HouseholdId, weight: number): void {
  ledger.prepare<unknown[], never>('INSERT INTO household_succession VALUES (?, ?, ?, ?)').run(changeId, from, to, weight)
}

/** Null as soon as one household's money is not known: a part of a sum would look like the sum. */
function sumOpenings(openings: readonly (HouseholdOpening | null)[]): HouseholdOpening | null {
  const known = openings.filter((opening) => opening !== null)
  if (known.length === 0 || known.length !== openings.length) return null
  const sum = (field: keyof HouseholdOpening): Fen => addFen(...known.map((opening) => opening[field]))
  return { paidFen: sum('paidFen'), interestFen: sum('interestFen'), balanceFen: sum('balanceFen') }
}

/**
 * Several households of one building become one: areas add up, owners keep what they held weighed by area, what was due and
 * the balances follow whole. `facts.areaDm2` must be the sum. Throws `household.merge` (also where only some money is known),
 * `household.area`.
 */
export function mergeHouseholds(
  context: ServiceContext, ids: readonly HouseholdId[], facts: HouseholdFacts, entry: ChangeEntry,
): HouseholdId {
  requireRole(context, ...WRITERS)
  checkHouseholdFacts(facts)
  refuseFuture(context, entry.effectiveOn)
  const { ledger } = context
  return ledger.write(() => {
    const rows = [...new Set(ids)].map((id) => standingHousehold(ledger, id))
    const [first] = rows
    if (first === undefined || rows.length < 2) {
      throw new Problem({ code: 'household.merge', message: '合并至少选两户', field: 'households' })
    }
    if (rows.some(({ buildingId }) => buildingId !== first.buildingId)) {
      throw new Problem({ code: 'household.merge', message: '只能合并同一幢的户', field: 'households' })
    }
    refuseOtherArea(rows.reduce((sum, { areaDm2 }) => sum + areaDm2, 0), facts.areaDm2)
    const openings = rows.map(({ id, complexId }) => carriedOpening(ledger, complexId, id))
    if (openings.some((opening) => opening === null) && openings.some((opening) => opening !== null)) {
      const message = '有的户带着账户余额，有的还没有：请先登记齐各户的余额再合并'
      throw new Problem({ code: 'household.merge', message, field: 'households' })
    }
    const held = rows.map(({ id, areaDm2 }) => ({ areaDm2, shares: sharesOn(ledger, id, entry.effectiveOn) }))
    const changeId = beginChange(context, { complexId: first.complexId, kind: 'merge', ...entry })
    endAll(ledger, changeId, entry.effectiveOn, rows)
    const dues = rows.map(({ firstDueFen }) => firstDueFen).filter((due) => due !== null)
    const whole = { ...facts, firstDueFen: dues.length === rows.length ? addFen(...dues) : null }
    const { buildingId } = first
    const householdId = beginHousehold(ledger, { changeId, onDate: entry.effectiveOn, buildingId, facts: whole })
    for (const { id } of rows) succeed(ledger, changeId, id, householdId, 1)
    writeOwnership(ledger, {
      setId: nextSetId(ledger), changeId, householdId, fromDate: entry.effectiveOn, shares: mergeShares(held),
    })
    const opening = sumOpenings(openings)
    if (opening !== null) writeOpening(ledger, changeId, householdId, opening)
    const to = [{ id: householdId, weight: 1, nature: facts.nature }]
    const draftId = carryMoney(context, { ...entry, kind: 'merge', from: rows, to })
    logOperation(context, 'household.merge', { kind: 'household', id: householdId },
      { changeId, from: ids, draftId, reason: entry.reason })
    return householdId
  })
}

function refuseOtherArea(before: number, after: number): void {
  if (before === after) return
  const message = `前后面积不等：原 ${formatArea(before)}，新 ${formatArea(after)} 平方米；实测面积有变时请先办属性变更`
  throw new Problem({ code: 'household.area', message, field: 'areaDm2' })
}

/** What each part gets of the whole, by area, to the fen (design invariant 9). */
function splitOpening(opening: HouseholdOpening, areas: readonly number[]): readonly HouseholdOpening[] {
  const paid = allocate(opening.paidFen, areas)
  const interest = allocate(opening.interestFen, areas)
  const balance = allocate(opening.balanceFen, areas)
  return areas.map((_, index) => ({
    paidFen: paid[index] ?? ZERO_FEN, interestFen: interest[index] ?? ZERO_FEN, balanceFen: balance[index] ?? ZERO_FEN,
  }))
}

/**
 * One household becomes several of the same building: areas add up to its own, each part has its owners, what was due and
 * its balance go by area. Throws `household.split`, `household.area`, `household.duplicate`.
 */
export function splitHousehold(
  context: ServiceContext, id: HouseholdId, parts: readonly HouseholdFacts[], entry: ChangeEntry,
): readonly HouseholdId[] {
  requireRole(context, ...WRITERS)
  for (const facts of parts) checkHouseholdFacts(facts)
  refuseFuture(context, entry.effectiveOn)
  const { ledger } = context
  return ledger.write(() => {
    const row = standingHousehold(ledger, id)
    if (parts.length < 2) throw new Problem({ code: 'household.split', message: '拆分至少成两户', field: 'parts' })
    const areas = parts.map(({ areaDm2 }) => areaDm2)
    refuseOtherArea(row.areaDm2, areas.reduce((sum, area) => sum + area, 0))
    const shares = sharesOn(ledger, id, entry.effectiveOn)
    const opening = carriedOpening(ledger, row.complexId, id)
    const openings = opening === null ? [] : splitOpening(opening, areas)
    const changeId = beginChange(context, { complexId: row.complexId, kind: 'split', ...entry })
    endAll(ledger, changeId, entry.effectiveOn, [row])
    const dues = row.firstDueFen === null ? [] : allocate(row.firstDueFen, areas)
    const made = parts.map((part, index) => {
      const facts = { ...part, firstDueFen: dues[index] ?? null }
      const householdId = beginHousehold(ledger, { changeId, onDate: entry.effectiveOn, buildingId: row.buildingId, facts })
      succeed(ledger, changeId, id, householdId, facts.areaDm2)
      writeOwnership(ledger, { setId: nextSetId(ledger), changeId, householdId, fromDate: entry.effectiveOn, shares })
      const own = openings[index]
      if (own !== undefined) writeOpening(ledger, changeId, householdId, own)
      return householdId
    })
    const to = made.map((each, index) => ({ id: each, weight: areas[index] ?? 0, nature: parts[index]?.nature ?? row.nature }))
    const draftId = carryMoney(context, { ...entry, kind: 'split', from: [row], to })
    logOperation(context, 'household.split', { kind: 'household', id }, { changeId, to: made, draftId, reason: entry.reason })
    return made
  })
}

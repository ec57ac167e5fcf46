/** The rows of the property register, written inside the caller's transaction: changes, events, openings, sets of owners. */
import type { BusinessDate } from '#core/calendar.ts'
import type { HouseholdFacts, HouseholdNature, HouseholdOpening, HouseholdUse } from '#core/register/household.ts'
import { idOf, type BuildingId, type ComplexId, type HouseholdId, type OwnerId } from '#core/id.ts'
import type { Fen } from '#core/money.ts'
import { totalParts, type Share } from '#core/register/ownership.ts'
import { Problem } from '#core/problem.ts'
import type { Ledger } from '#db/ledger.ts'
import type { HouseholdChangeKind, HouseholdEventKind } from '#db/schema.ts'
import type { ServiceContext } from '../context.ts'

/** From which day, and on what ground. */
export type ChangeEntry = { readonly effectiveOn: BusinessDate; readonly reason: string }

/** The register says nothing of days to come. Throws `household.future`. */
export function refuseFuture(context: ServiceContext, date: BusinessDate): void {
  if (date > context.clock.today()) {
    throw new Problem({ code: 'household.future', message: '生效日期不能晚于今天：请在生效后登记', field: 'effectiveOn' })
  }
}

export type ChangeFacts = {
  readonly complexId: ComplexId
  readonly kind: HouseholdChangeKind
  readonly effectiveOn: BusinessDate
  readonly reason: string
  readonly source?: { readonly name: string; readonly hash: string }
}

/** Throws `household.reason`. */
export function beginChange(context: ServiceContext, facts: ChangeFacts): number {
  const { ledger, clock, actor } = context
  const reason = facts.reason.trim()
  if (reason === '') throw new Problem({ code: 'household.reason', message: '请写明变更的事由和依据', field: 'reason' })
  const { lastInsertRowid } = ledger
    .prepare<unknown[], never>(
      `INSERT INTO household_change (complex_id, kind, effective_on, reason, source_name, source_hash, actor_id, at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(facts.complexId, facts.kind, facts.effectiveOn, reason, facts.source?.name ?? '', facts.source?.hash ?? '',
      actor.userId, clock.now())
  return Number(lastInsertRowid)
}

export type EventFacts = {
  readonly changeId: number
  readonly householdId: HouseholdId
  readonly kind: HouseholdEventKind
  readonly onDate: BusinessDate
  readonly buildingId: BuildingId
  readonly facts: HouseholdFacts
}

/** The standing follows by trigger (0011). */
export function writeEvent(ledger: Ledger, event: EventFacts): void {
  const { facts } = event
  ledger
    .prepare<unknown[], never>(
      `INSERT INTO household_event (change_id, household_id, kind, on_date, building_id, entrance, floor, room, area_dm2, use,
         has_lift, nature, is_excluded, is_developer_held, price_fen, rate_fen, first_due_fen)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(event.changeId, event.householdId, event.kind, event.onDate, event.buildingId, facts.entrance, facts.floor, facts.room,
      facts.areaDm2, facts.use, facts.hasLift ? 1 : 0, facts.nature, facts.isExcluded ? 1 : 0, facts.isDeveloperHeld ? 1 : 0,
      facts.priceFen, facts.rateFen, facts.firstDueFen)
}

/** The first event of a new household; gives its number. Throws `household.duplicate` (0011). */
export function beginHousehold(ledger: Ledger, beginning: Omit<EventFacts, 'householdId' | 'kind'>): HouseholdId {
  const householdId = nextHouseholdId(ledger)
  writeEvent(ledger, { ...beginning, householdId, kind: 'registered' })
  return householdId
}

export function nextHouseholdId(ledger: Ledger): HouseholdId {
  const last = ledger.prepare<[], { id: number }>('SELECT id FROM household ORDER BY id DESC LIMIT 1').get()
  return idOf<'household'>((last?.id ?? 0) + 1)
}

export function writeOpening(ledger: Ledger, changeId: number, householdId: HouseholdId, opening: HouseholdOpening): void {
  ledger
    .prepare<unknown[], never>('INSERT INTO household_opening VALUES (?, ?, ?, ?, ?)')
    .run(householdId, changeId, opening.paidFen, opening.interestFen, opening.balanceFen)
}

export function nextSetId(ledger: Ledger): number {
  const last = ledger.prepare<[], { id: number }>('SELECT id FROM ownership_set ORDER BY id DESC LIMIT 1').get()
  return (last?.id ?? 0) + 1
}

export type OwnershipFacts = {
  readonly setId: number
  readonly changeId: number
  readonly householdId: HouseholdId
  readonly fromDate: BusinessDate
  readonly shares: readonly Share<OwnerId>[]
}

/** Shares first; the set seals them (0011). */
export function writeOwnership(ledger: Ledger, { setId, changeId, householdId, fromDate, shares }: OwnershipFacts): void {
  for (const { owner, parts } of shares) {
    ledger.prepare<unknown[], never>('INSERT INTO ownership_share VALUES (?, ?, ?)').run(setId, owner, parts)
  }
  ledger
    .prepare<unknown[], never>('INSERT INTO ownership_set VALUES (?, ?, ?, ?, ?)')
    .run(setId, householdId, changeId, fromDate, totalParts(shares))
}

export type HouseholdRow = {
  readonly id: HouseholdId
  readonly complexId: ComplexId
  readonly buildingId: BuildingId
  readonly building: string
  readonly entrance: string
  readonly floor: number | null
  readonly room: string
  readonly areaDm2: number
  readonly use: HouseholdUse
  readonly hasLift: 0 | 1
  readonly nature: HouseholdNature
  readonly isExcluded: 0 | 1
  readonly isDeveloperHeld: 0 | 1
  readonly priceFen: Fen | null
  readonly rateFen: Fen | null
  readonly firstDueFen: Fen | null
  readonly state: 'active' | 'left'
}

/** For `FROM household h JOIN building b ON b.id = h.building_id`. */
export const HOUSEHOLD_COLUMNS = `h.id, b.complex_id AS complexId, h.building_id AS buildingId, b.name AS building, h.entrance,
  h.floor, h.room, h.area_dm2 AS areaDm2, h.use, h.has_lift AS hasLift, h.nature, h.is_excluded AS isExcluded,
  h.is_developer_held AS isDeveloperHeld, h.price_fen AS priceFen, h.rate_fen AS rateFen, h.first_due_fen AS firstDueFen, h.state`

export type HouseholdFactsRow = Omit<HouseholdRow, 'id' | 'complexId' | 'buildingId' | 'building' | 'state'>

export function householdFactsOf(row: HouseholdFactsRow): HouseholdFacts {
  const { entrance, floor, room, areaDm2, use, nature, priceFen, rateFen, firstDueFen } = row
  return {
    entrance, floor, room, areaDm2, use, nature, priceFen, rateFen, firstDueFen,
    hasLift: row.hasLift === 1, isExcluded: row.isExcluded === 1, isDeveloperHeld: row.isDeveloperHeld === 1,
  }
}

/** Throws `household.missing`. */
export function householdRow(ledger: Ledger, id: HouseholdId): HouseholdRow {
  const row = ledger
    .prepare<[number], HouseholdRow>(
      `SELECT ${HOUSEHOLD_COLUMNS} FROM household h JOIN building b ON b.id = h.building_id WHERE h.id = ?`,
    )
    .get(id)
  if (row === undefined) throw new Problem({ code: 'household.missing', message: '没有这一户：请从列表中选择', field: 'household' })
  return row
}

/** Owners by share on the day, in the order they were registered; empty when none is known. */
export function sharesOn(ledger: Ledger, id: HouseholdId, date: BusinessDate): readonly Share<OwnerId>[] {
  return ledger
    .prepare<[number, BusinessDate], Share<OwnerId>>(
      `SELECT p.owner_id AS owner, p.parts FROM ownership_share p
       WHERE p.set_id = (SELECT s.id FROM ownership_set s WHERE s.household_id = ? AND s.from_date <= ?
                         ORDER BY s.from_date DESC, s.id DESC LIMIT 1)
       ORDER BY p.owner_id`,
    )
    .all(id, date)
}

/** Throws `household.missing`, `household.left`. */
export function standingHousehold(ledger: Ledger, id: HouseholdId): HouseholdRow {
  const row = householdRow(ledger, id)
  if (row.state === 'left') {
    const message = `${row.building} ${row.room} 已经合并或拆分，不能再变更`
    throw new Problem({ code: 'household.left', message, field: 'household' })
  }
  return row
}

/** What the old register brought along, or a merge or split carried on; null when nothing is known. */
export function openingOf(ledger: Ledger, id: HouseholdId): HouseholdOpening | null {
  return ledger
    .prepare<[number], HouseholdOpening>(
      `SELECT paid_fen AS paidFen, interest_fen AS interestFen, balance_fen AS balanceFen FROM household_opening
       WHERE household_id = ?`,
    )
    .get(id) ?? null
}

/** One household on any day: its facts and owners then, and every act that made or changed it. */
import type { BusinessDate } from '#core/calendar.ts'
import {
  householdAddress, householdStanding, type HouseholdFacts, type HouseholdOpening, type HouseholdStanding,
} from '#core/register/household.ts'
import type { HouseholdId, OwnerId } from '#core/id.ts'
import { shareText, totalParts } from '#core/register/ownership.ts'
import type { Ledger } from '#db/ledger.ts'
import type { HouseholdChangeKind, HouseholdEventKind } from '#db/schema.ts'
import { householdMoney } from '../household/household-account.ts'
import { householdFactsOf, householdRow, openingOf, sharesOn, type HouseholdFactsRow } from './household-record.ts'
import { topUpBelow } from './household-list.ts'
import { maskedOwner, type MaskedOwner } from './owner.ts'

type EventRow = HouseholdFactsRow & { readonly kind: HouseholdEventKind }

const EVENT_COLUMNS = `kind, entrance, floor, room, area_dm2 AS areaDm2, use, has_lift AS hasLift, nature,
  is_excluded AS isExcluded, is_developer_held AS isDeveloperHeld, price_fen AS priceFen, rate_fen AS rateFen,
  first_due_fen AS firstDueFen`

/** Null on a day it was not registered yet, or had left. */
export function factsOn(ledger: Ledger, id: HouseholdId, date: BusinessDate): HouseholdFacts | null {
  const row = ledger
    .prepare<[number, BusinessDate], EventRow>(
      `SELECT ${EVENT_COLUMNS} FROM household_event WHERE household_id = ? AND on_date <= ?
       ORDER BY on_date DESC, id DESC LIMIT 1`,
    )
    .get(id, date)
  if (row === undefined || row.kind === 'left') return null
  const { kind: _kind, ...facts } = row
  return householdFactsOf(facts)
}

export type HeldShare = MaskedOwner & { readonly share: string; readonly parts: number }

/** Who owns on the day, masked, each with `1/3` or 全部. */
export function ownersOn(ledger: Ledger, id: HouseholdId, date: BusinessDate): readonly HeldShare[] {
  const shares = sharesOn(ledger, id, date)
  const total = totalParts(shares)
  return shares.map(({ owner, parts }) => ({ ...maskedOwner(ledger, owner), parts, share: shareText(parts, total) }))
}

export type HouseholdAct = {
  readonly changeId: number
  readonly kind: HouseholdChangeKind
  readonly effectiveOn: BusinessDate
  readonly reason: string
  readonly sourceName: string
  readonly actor: string
  readonly at: string
  /** Facts after the act; null for an act on the owners alone. */
  readonly facts: HouseholdFacts | null
  readonly event: HouseholdEventKind | null
  /** Owners after the act; null where it did not touch them. */
  readonly owners: readonly HeldShare[] | null
}

type ActRow = Omit<HouseholdAct, 'facts' | 'owners' | 'event'>

/** Oldest first. */
export function householdActs(ledger: Ledger, id: HouseholdId): readonly HouseholdAct[] {
  const acts = ledger
    .prepare<[number, number], ActRow>(
      `SELECT c.id AS changeId, c.kind, c.effective_on AS effectiveOn, c.reason, c.source_name AS sourceName,
         u.name AS actor, c.at
       FROM household_change c JOIN user u ON u.id = c.actor_id
       WHERE c.id IN (SELECT change_id FROM household_event WHERE household_id = ?
                      UNION SELECT change_id FROM ownership_set WHERE household_id = ?)
       ORDER BY c.id`,
    )
    .all(id, id)
  return acts.map((act) => ({ ...act, ...whatHappened(ledger, act.changeId, id) }))
}

function whatHappened(ledger: Ledger, changeId: number, id: HouseholdId): Pick<HouseholdAct, 'facts' | 'owners' | 'event'> {
  const event = ledger
    .prepare<[number, number], EventRow>(`SELECT ${EVENT_COLUMNS} FROM household_event WHERE change_id = ? AND household_id = ?`)
    .get(changeId, id)
  const shares = ledger
    .prepare<[number, number], { owner: OwnerId; parts: number; total: number }>(
      `SELECT p.owner_id AS owner, p.parts, s.total_parts AS total FROM ownership_set s JOIN ownership_share p ON p.set_id = s.id
       WHERE s.household_id = ? AND s.change_id = ? ORDER BY p.owner_id`,
    )
    .all(id, changeId)
  const owners = shares.map(({ owner, parts, total }) => ({
    ...maskedOwner(ledger, owner), parts, share: shareText(parts, total),
  }))
  if (event === undefined) return { facts: null, event: null, owners }
  const { kind, ...facts } = event
  return { facts: householdFactsOf(facts), event: kind, owners: owners.length === 0 ? null : owners }
}

export type Relative = { readonly id: HouseholdId; readonly address: string; readonly weight: number }

type RelativeRow = { id: HouseholdId; building: string; entrance: string; room: string; weight: number }

function relatives(ledger: Ledger, id: HouseholdId): { readonly from: readonly Relative[]; readonly to: readonly Relative[] } {
  const shown = ({ id: other, building, entrance, room, weight }: RelativeRow): Relative =>
    ({ id: other, address: householdAddress(building, entrance, room), weight })
  const from = ledger
    .prepare<[number], RelativeRow>(
      `SELECT h.id, b.name AS building, h.entrance, h.room, s.weight FROM household_succession s
       JOIN household h ON h.id = s.from_household_id JOIN building b ON b.id = h.building_id
       WHERE s.to_household_id = ? ORDER BY h.id`,
    )
    .all(id)
  const to = ledger
    .prepare<[number], RelativeRow>(
      `SELECT h.id, b.name AS building, h.entrance, h.room, s.weight FROM household_succession s
       JOIN household h ON h.id = s.to_household_id JOIN building b ON b.id = h.building_id
       WHERE s.from_household_id = ? ORDER BY h.id`,
    )
    .all(id)
  return { from: from.map(shown), to: to.map(shown) }
}

export type HouseholdCard = {
  readonly id: HouseholdId
  readonly complexId: number
  readonly buildingId: number
  readonly building: string
  readonly address: string
  readonly state: 'active' | 'left'
  readonly asOf: BusinessDate
  /** On the day; null when it was not in the register then. */
  readonly facts: HouseholdFacts | null
  readonly owners: readonly HeldShare[]
  readonly opening: HouseholdOpening | null
  readonly standing: HouseholdStanding
  readonly acts: readonly HouseholdAct[]
  /** Merged or split from and into: where its money came from and went. */
  readonly from: readonly Relative[]
  readonly to: readonly Relative[]
}

/** Throws `household.missing`. */
export function householdCard(ledger: Ledger, id: HouseholdId, asOf: BusinessDate): HouseholdCard {
  const row = householdRow(ledger, id)
  const facts = factsOn(ledger, id, asOf)
  const opening = openingOf(ledger, id)
  return {
    id, complexId: row.complexId, buildingId: row.buildingId, building: row.building, state: row.state, asOf, facts, opening,
    address: householdAddress(row.building, facts?.entrance ?? row.entrance, facts?.room ?? row.room),
    owners: facts === null ? [] : ownersOn(ledger, id, asOf),
    standing: householdStanding(
      row.firstDueFen, householdMoney(ledger, row.complexId, id), topUpBelow(ledger, row.complexId, asOf),
    ),
    acts: householdActs(ledger, id),
    ...relatives(ledger, id),
  }
}

/** Rows of the property register, each through the events that make them. */
import { randomBytes } from 'node:crypto'
import type { Ledger } from '#db/ledger.ts'
import { insert, NOW, PEOPLE, type Row } from './sample-ledger.ts'

export const REGISTERED_ON = '2025-01-01'

export function addChange(ledger: Ledger, more: Row = {}): number {
  return insert(ledger, 'household_change', {
    complex_id: 1, kind: 'register', effective_on: REGISTERED_ON, reason: '登记', actor_id: PEOPLE.preparer, at: NOW, ...more,
  })
}

const FACTS: Row = {
  building_id: 1, entrance: '', floor: 1, room: '101', area_dm2: 8950, use: 'house', has_lift: 0, nature: 'commodity',
  is_excluded: 0, is_developer_held: 0, price_fen: null, rate_fen: null, first_due_fen: 500000,
}

export function householdEvent(ledger: Ledger, event: Row): number {
  return insert(ledger, 'household_event', { ...FACTS, on_date: REGISTERED_ON, ...event })
}

function nextId(ledger: Ledger, table: string): number {
  return Number(ledger.sqlite.prepare(`SELECT coalesce(max(id), 0) + 1 FROM ${table}`).pluck().get())
}

/** Gives the household's id. */
export function addHousehold(ledger: Ledger, facts: Row = {}): number {
  return ledger.write(() => {
    const id = nextId(ledger, 'household')
    householdEvent(ledger, { change_id: facts['change_id'] ?? addChange(ledger), household_id: id, kind: 'registered', ...facts })
    return id
  })
}

export function addOwner(ledger: Ledger): number {
  return insert(ledger, 'owner', {
    kind: 'person', name_sealed: randomBytes(40), id_sealed: randomBytes(46), phone_sealed: null, id_digest: randomBytes(32),
  })
}

/** `parts` per owner; the set says how many they are together. */
export function addOwners(ledger: Ledger, householdId: number, parts: readonly number[], total: number): number {
  return ledger.write(() => {
    const set = nextId(ledger, 'ownership_set')
    for (const each of parts) insert(ledger, 'ownership_share', { set_id: set, owner_id: addOwner(ledger), parts: each })
    insert(ledger, 'ownership_set', {
      id: set, household_id: householdId, change_id: addChange(ledger, { kind: 'owners' }), from_date: REGISTERED_ON,
      total_parts: total,
    })
    return set
  })
}

/** One row of everything: a vault, owners, a household split into two with its opening. */
export function addRegister(ledger: Ledger): void {
  insert(ledger, 'identity_vault', {
    id: 1, salt: randomBytes(16), cost: 65536, block_size: 8, wrapped: randomBytes(60), changed_by: PEOPLE.reviewer,
    changed_at: NOW,
  })
  const whole = addHousehold(ledger, { room: '301', area_dm2: 10000 })
  addOwners(ledger, whole, [1, 2], 3)
  insert(ledger, 'household_opening', { household_id: whole, change_id: 1, paid_fen: 1, interest_fen: 0, balance_fen: 1 })
  const split = addChange(ledger, { kind: 'split', effective_on: '2025-06-01' })
  const event = { change_id: split, on_date: '2025-06-01' }
  householdEvent(ledger, { ...event, household_id: whole, kind: 'left', room: '301', area_dm2: 10000 })
  for (const room of ['301', '302']) {
    const part = nextId(ledger, 'household')
    householdEvent(ledger, { ...event, household_id: part, kind: 'registered', room, area_dm2: 5000 })
    insert(ledger, 'household_succession', { change_id: split, from_household_id: whole, to_household_id: part, weight: 5000 })
  }
}

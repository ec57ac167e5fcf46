/** The register's own rules in SQL, tried from a stranger's connection: history, shares, and what stands without an event. */
import { describe, expect, test } from 'vitest'
import { addChange, addHousehold, addOwner, addOwners, householdEvent } from './sample-household.ts'
import { insert, refusalOf, sampleLedger } from './sample-ledger.ts'

const JUNE = '2025-06-01'

describe('a household', () => {
  test('stands only as its newest event says: neither made nor changed beside it', () => {
    const ledger = sampleLedger()
    const id = addHousehold(ledger, { room: '201' })
    const exec = (sql: string) => refusalOf(ledger, () => ledger.sqlite.exec(sql))
    expect(exec(`UPDATE household SET area_dm2 = 1 WHERE id = ${id}`)).toBe('household.event')
    expect(exec(`UPDATE household SET first_due_fen = NULL WHERE id = ${id}`)).toBe('household.event')
    expect(exec("INSERT INTO household (building_id, room, area_dm2) VALUES (1, '999', 1)")).toBe('household.event')
    householdEvent(ledger, {
      change_id: addChange(ledger, { effective_on: JUNE }), household_id: id, kind: 'changed', on_date: JUNE, room: '201',
      area_dm2: 9000,
    })
    expect(ledger.sqlite.prepare('SELECT area_dm2 FROM household WHERE id = ?').pluck().get(id)).toBe(9000)
  })

  test('begins once, ends once, and never goes back in time', () => {
    const ledger = sampleLedger()
    const id = addHousehold(ledger, { room: '201' })
    const event = (kind: string, on: string) => refusalOf(ledger, () =>
      householdEvent(ledger, {
        change_id: addChange(ledger, { effective_on: on }), household_id: id, kind, on_date: on, room: '201',
      }))
    expect(event('registered', JUNE)).toBe('household.path')
    expect(event('changed', '2024-12-31')).toBe('household.order')
    expect(event('left', JUNE)).toBe('accepted')
    expect(event('changed', JUNE)).toBe('household.path')
    expect(event('left', JUNE)).toBe('household.path')
  })

  test('is registered by a change of its own complex, on the change’s own day, in a free room', () => {
    const ledger = sampleLedger()
    const register = (event: Record<string, number | string>) => refusalOf(ledger, () =>
      householdEvent(ledger, { household_id: 900, kind: 'registered', room: '901', ...event }))
    expect(register({ change_id: addChange(ledger), building_id: 2 })).toBe('household.path')
    expect(register({ change_id: addChange(ledger), on_date: JUNE })).toBe('household.path')
    expect(register({ change_id: addChange(ledger), room: '101' })).toBe('household.duplicate')
  })

  test('is followed only by households that the same change began, when it ended', () => {
    const ledger = sampleLedger()
    const [from, to] = [addHousehold(ledger, { room: '201' }), addHousehold(ledger, { room: '202' })]
    const change = addChange(ledger, { kind: 'merge' })
    expect(refusalOf(ledger, () => insert(ledger, 'household_succession', {
      change_id: change, from_household_id: from, to_household_id: to, weight: 1,
    }))).toBe('household.path')
  })
})

describe('shares', () => {
  test('that do not make the whole are refused with their set, and nothing of them stays', () => {
    const ledger = sampleLedger()
    const id = addHousehold(ledger, { room: '201' })
    expect(refusalOf(ledger, () => addOwners(ledger, id, [1, 1], 3))).toBe('ownership.shares')
    expect(ledger.sqlite.prepare('SELECT count(*) FROM ownership_share').pluck().get()).toBe(0)
    expect(refusalOf(ledger, () => addOwners(ledger, id, [1, 2], 3))).toBe('accepted')
  })

  test('cannot be added to a set that is sealed', () => {
    const ledger = sampleLedger()
    const set = addOwners(ledger, addHousehold(ledger, { room: '201' }), [1], 1)
    const owner = addOwner(ledger)
    expect(refusalOf(ledger, () => insert(ledger, 'ownership_share', { set_id: set, owner_id: owner, parts: 1 })))
      .toBe('ownership.shares')
  })

  test('begin no earlier than their household', () => {
    const ledger = sampleLedger()
    const id = addHousehold(ledger, { room: '201' })
    expect(refusalOf(ledger, () => insert(ledger, 'ownership_set', {
      household_id: id, change_id: addChange(ledger), from_date: '2024-12-31', total_parts: 0,
    }))).toBe('household.order')
  })
})

test('the vault is one row that is never removed: without it no name can be read again', () => {
  const ledger = sampleLedger()
  const vault = { salt: Buffer.alloc(16), cost: 65536, block_size: 8, wrapped: Buffer.alloc(60), changed_by: 1, changed_at: JUNE }
  insert(ledger, 'identity_vault', { id: 1, ...vault })
  expect(refusalOf(ledger, () => insert(ledger, 'identity_vault', { id: 1, ...vault }))).toBe('record.duplicate')
  expect(refusalOf(ledger, () => ledger.sqlite.exec('DELETE FROM identity_vault'))).toBe('append.only')
})

/** An office with a building and an open vault: the ground of the register's tests. */
import type { BuildingId } from '#core/id.ts'
import { parseDate } from '#core/calendar.ts'
import type { HouseholdFacts } from '#core/register/household.ts'
import { addBuilding } from '#services/register/complex.ts'
import type { ChangeEntry } from '#services/register/household-record.ts'
import { setUpVault } from '#services/register/identity-vault.ts'
import { makeOffice, type Office } from '../office.ts'

export const PASSPHRASE = '示例花园的楼盘表口令一二三'

export const PLAIN_HOUSEHOLD: HouseholdFacts = {
  entrance: '', floor: 1, room: '101', areaDm2: 8950, use: 'house', hasLift: false, nature: 'commodity', isExcluded: false,
  isDeveloperHeld: false, priceFen: null, rateFen: null, firstDueFen: null,
}

export const ENTRY: ChangeEntry = { effectiveOn: parseDate('2025-03-01'), reason: '按产权证登记' }

export type HouseholdOffice = Office & { readonly building: BuildingId }

/** Without owners there is nothing to seal: the passphrase's key takes its quarter of a second. */
export function unsealedOffice(): HouseholdOffice {
  const office = makeOffice()
  return { ...office, building: addBuilding(office.head, office.complexId, { code: '1', name: '1幢' }) }
}

export function householdOffice(): HouseholdOffice {
  const office = unsealedOffice()
  setUpVault(office.head, PASSPHRASE)
  return office
}

/** `name id-number`, sole or with equal shares. */
export function person(name: string, identity: string | null = null, share = '') {
  return { owner: { kind: 'person' as const, name, identity, phone: '13812345678' }, share }
}

/** A card number with its right check digit, from seventeen digits. */
export function cardNumber(serial: number): string {
  const digits = `3407021980010${String(serial).padStart(4, '0')}`.slice(0, 17)
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
  const sum = weights.reduce((total, weight, index) => total + weight * Number(digits[index]), 0)
  return `${digits}${'10X98765432'[sum % 11] ?? ''}`
}

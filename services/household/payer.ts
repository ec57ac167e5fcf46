/** Who may have paid in at the bank: the households of an account's complexes, found by what a payment says of itself. */
import type { BusinessDate } from '#core/calendar.ts'
import { indexPayers, type PaidLine, type Payer, type PayerIndex } from '#core/household/contribution-match.ts'
import type { ComplexId, HouseholdId, OwnerId } from '#core/id.ts'
import { subtractFen } from '#core/money.ts'
import type { Ledger } from '#db/ledger.ts'
import { listHouseholds } from '../register/household-list.ts'
import { openKeys } from '../register/identity-vault.ts'
import { nameOfOwner } from '../register/owner.ts'
import type { BankAccount } from '../voucher/book.ts'
import { householdLedgerBegun } from './household-entry.ts'

type Owned = { readonly householdId: HouseholdId; readonly ownerId: OwnerId; readonly nameSealed: Buffer }

/** In clear, for comparing alone: they leave this file only as a match. Empty while the vault is closed. */
export function namesOf(ledger: Ledger, complexId: ComplexId): ReadonlyMap<HouseholdId, readonly string[]> {
  const keys = openKeys(ledger)
  if (keys === null) return new Map()
  const rows = ledger
    .prepare<[number], Owned>(
      `SELECT h.id AS householdId, w.id AS ownerId, w.name_sealed AS nameSealed
       FROM building b CROSS JOIN household h ON h.building_id = b.id
         JOIN ownership_share p ON p.set_id = (SELECT n.id FROM ownership_set n WHERE n.household_id = h.id
                                               ORDER BY n.from_date DESC, n.id DESC LIMIT 1)
         JOIN owner w ON w.id = p.owner_id
       WHERE b.complex_id = ? AND h.state = 'active'`,
    )
    .all(complexId)
  const grouped = Map.groupBy(rows, ({ householdId }) => householdId)
  return new Map([...grouped].map(([id, owners]) => [id, owners.map((owner) => nameOfOwner(keys, owner))]))
}

const PAGE = 500

/** `address` within its complex, as the register writes it. */
export type Door = Payer & { readonly address: string; readonly complexId: ComplexId }

function doorsOf(ledger: Ledger, complexId: ComplexId, date: BusinessDate): readonly Door[] {
  const names = namesOf(ledger, complexId)
  const doors: Door[] = []
  for (;;) {
    const after = doors.at(-1)?.householdId
    const page = listHouseholds(ledger, { complexId, limit: PAGE, ...(after !== undefined && { after }) }, date)
    doors.push(...page.map((row): Door => ({
      householdId: row.id, complexId, building: row.buildingCode, entrance: row.entrance, room: row.room, address: row.address,
      names: names.get(row.id) ?? [],
      owedFen: row.firstDueFen === null || row.paidFen === null ? null : subtractFen(row.firstDueFen, row.paidFen),
    })))
    if (page.length < PAGE) return doors
  }
}

type ComplexRow = { readonly id: ComplexId; readonly name: string }

/** Of a 专户 its own complex; of a shared account every complex. Only those that keep a household ledger. */
function complexesOf(ledger: Ledger, account: BankAccount): readonly ComplexRow[] {
  return ledger
    .prepare<[Record<string, unknown>], ComplexRow>(
      'SELECT x.id, x.name FROM complex x WHERE :complexId IS NULL OR x.id = :complexId ORDER BY x.id',
    )
    .all({ complexId: account.complexId })
    .filter(({ id }) => householdLedgerBegun(ledger, account.bookId, id))
}

export type Payers = {
  /** Null where no complex of the account keeps a household ledger. */
  readonly indexFor: (line: PaidLine) => PayerIndex | null
  readonly doorOf: (id: HouseholdId) => Door | null
}

/**
 * Read when the first line asks and then held: a list of five hundred lines reads the register once. A memo that names one of
 * several complexes is looked up in that complex alone; else a room number two complexes have fits neither. `account` null:
 * contributions are not proposed here.
 */
export function payersOf(ledger: Ledger, account: BankAccount | null, date: BusinessDate): Payers {
  let held: readonly { readonly name: string; readonly doors: readonly Door[]; readonly index: PayerIndex }[] | undefined
  let joint: PayerIndex | undefined
  const read = () => held ??= (account === null ? [] : complexesOf(ledger, account)).map(({ id, name }) => {
    const doors = doorsOf(ledger, id, date)
    return { name, doors, index: indexPayers(doors) }
  })
  return {
    indexFor: ({ memo }) => {
      const complexes = read()
      if (complexes.length === 0) return null
      const named = complexes.filter(({ name }) => memo.includes(name))
      if (named.length === 1) return named[0]?.index ?? null
      return joint ??= indexPayers(complexes.flatMap(({ doors }) => doors))
    },
    doorOf: (id) => read().flatMap(({ doors }) => doors).find(({ householdId }) => householdId === id) ?? null,
  }
}

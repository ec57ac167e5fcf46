/**
 * Which household a payment on the bank's statement is from: by the address its memo names, else by the payer's name, else by
 * an amount that only one household owes. What fits two households fits none: the clerk decides.
 */
import type { HouseholdId } from '../id.ts'
import type { Fen } from '../money.ts'

export type Payer = {
  readonly householdId: HouseholdId
  /** As in the register: `3`, `3幢`. */
  readonly building: string
  readonly entrance: string
  readonly room: string
  /** Owners' names in clear; empty while they are sealed. */
  readonly names: readonly string[]
  readonly owedFen: Fen | null
}

export type PaidLine = { readonly memo: string; readonly party: string; readonly amountFen: Fen }
export type ContributionMatch = { readonly householdId: HouseholdId; readonly by: 'address' | 'name' | 'amount' }
export type PayerIndex = {
  readonly byAddress: ReadonlyMap<string, readonly HouseholdId[]>
  readonly byName: ReadonlyMap<string, readonly HouseholdId[]>
  readonly byAmount: ReadonlyMap<number, readonly HouseholdId[]>
}

function number(text: string): string {
  const digits = /\d+/.exec(text)?.[0]
  return digits === undefined ? text : String(Number(digits))
}

function addressKey(building: string, entrance: string, room: string): string {
  return `${number(building)}|${entrance === '' ? '' : number(entrance)}|${room}`
}

function collect<Key>(pairs: readonly (readonly [Key, HouseholdId])[]): ReadonlyMap<Key, readonly HouseholdId[]> {
  const grouped = Map.groupBy(pairs, ([key]) => key)
  return new Map([...grouped].map(([key, found]) => [key, [...new Set(found.map(([, id]) => id))]]))
}

export function indexPayers(payers: readonly Payer[]): PayerIndex {
  return {
    byAddress: collect(payers.flatMap(({ householdId, building, entrance, room }) => {
      const full = [addressKey(building, entrance, room), householdId] as const
      // Owners leave the entrance out where the room number is enough.
      return entrance === '' ? [full] : [full, [addressKey(building, '', room), householdId] as const]
    })),
    byName: collect(payers.flatMap(({ householdId, names }) => names.map((name) => [name.trim(), householdId] as const))),
    byAmount: collect(payers.flatMap(({ householdId, owedFen }) =>
      (owedFen === null || owedFen <= 0 ? [] : [[owedFen, householdId] as const]))),
  }
}

/** `3幢2单元301`, `3#301室`, `3-2-301`, `3号楼-301`; full-width figures and spaces aside. */
const ADDRESS = /(\d{1,4})(?:幢|栋|座|号楼|#|-)-?(?:(\d{1,2})(?:单元|梯|-)-?)?(\d{2,4})(?!\d)/g

function only(found: readonly HouseholdId[] | undefined): HouseholdId | undefined {
  return found?.length === 1 ? found[0] : undefined
}

export function matchContribution(line: PaidLine, index: PayerIndex): ContributionMatch | null {
  const text = line.memo.normalize('NFKC').replace(/\s/g, '').replace(/[—–－]/g, '-')
  const named = new Set([...text.matchAll(ADDRESS)].flatMap(([, building = '', entrance = '', room = '']) =>
    index.byAddress.get(addressKey(building, entrance, room)) ?? []))
  if (named.size > 1) return null
  const byAddress = only([...named])
  if (byAddress !== undefined) return { householdId: byAddress, by: 'address' }
  const byName = only(index.byName.get(line.party.trim()))
  if (byName !== undefined) return { householdId: byName, by: 'name' }
  const byAmount = only(index.byAmount.get(line.amountFen))
  return byAmount === undefined ? null : { householdId: byAmount, by: 'amount' }
}

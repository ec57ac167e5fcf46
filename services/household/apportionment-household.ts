/** Who takes part in an apportionment: the households of a scope in the order of the sheet, with what each holds. */
import { z } from 'zod'
import type { UseScope } from '#core/authority/use-scope.ts'
import type { Participant } from '#core/household/apportionment.ts'
import { balanceOfParts, type HouseholdPart } from '#core/household/household-entry.ts'
import { householdAddress, type HouseholdNature } from '#core/register/household.ts'
import { idOf, type BuildingId, type ComplexId, type HouseholdId } from '#core/id.ts'
import type { Fen } from '#core/money.ts'
import { Problem } from '#core/problem.ts'
import type { Ledger } from '#db/ledger.ts'

const buildingId = z.number().int().positive().transform((value) => idOf<'building'>(value))
const householdId = z.number().int().positive().transform((value) => idOf<'household'>(value))

/** Whose cost it is (165号令 art. 19–20): whoever the shared part serves. */
export const scopeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('complex') }),
  z.object({ kind: z.literal('buildings'), buildingIds: z.array(buildingId).min(1).max(500) }),
  z.object({
    kind: z.literal('entrances'), entrances: z.array(z.object({ buildingId, entrance: z.string().max(40) })).min(1).max(2000),
  }),
  z.object({ kind: z.literal('households'), householdIds: z.array(householdId).min(1).max(100_000) }),
])

export type ScopedHousehold = Participant & {
  readonly buildingId: BuildingId
  readonly building: string
  readonly entrance: string
  /** `1幢 2单元 301`. */
  readonly address: string
}

type Row = {
  readonly householdId: HouseholdId
  readonly buildingId: BuildingId
  readonly building: string
  readonly entrance: string
  readonly room: string
  readonly areaDm2: number
  readonly nature: HouseholdNature
  readonly isDeveloperHeld: 0 | 1
}

function rowsOf(ledger: Ledger, complexId: ComplexId): readonly Row[] {
  return ledger
    .prepare<[number], Row>(
      `SELECT h.id AS householdId, b.id AS buildingId, b.name AS building, h.entrance, h.room, h.area_dm2 AS areaDm2, h.nature,
              h.is_developer_held AS isDeveloperHeld
       FROM building b CROSS JOIN household h ON h.building_id = b.id
       WHERE b.complex_id = ? AND h.state = 'active' AND h.is_excluded = 0
       ORDER BY length(b.code), b.code, h.entrance, h.floor, length(h.room), h.room, h.id`,
    )
    .all(complexId)
}

type BalanceRow = { readonly householdId: HouseholdId; readonly part: HouseholdPart; readonly fen: Fen }

/**
 * What every household of the buildings holds now, all posted vouchers together: what can be drawn without an overdraft. By
 * building, because a roof is one building's and the years of the whole complex would be read for it.
 */
function heldNow(ledger: Ledger, buildings: ReadonlySet<BuildingId>): ReadonlyMap<HouseholdId, readonly BalanceRow[]> {
  const held = ledger.prepare<[number], BalanceRow>(
    `SELECT h.id AS householdId, e.part, sum(e.amount_fen) AS fen
     FROM household h INDEXED BY household_by_building
       CROSS JOIN household_entry e INDEXED BY household_entry_by_household ON e.household_id = h.id
     WHERE h.building_id = ? GROUP BY h.id, e.part`,
  )
  return Map.groupBy([...buildings].flatMap((id) => held.all(id)), ({ householdId: id }) => id)
}

function isWithin(scope: UseScope): (row: Row) => boolean {
  switch (scope.kind) {
    case 'complex':
      return () => true
    case 'buildings': {
      const chosen = new Set(scope.buildingIds)
      return (row) => chosen.has(row.buildingId)
    }
    case 'entrances': {
      const chosen = new Set(scope.entrances.map((each) => `${each.buildingId}/${each.entrance}`))
      return (row) => chosen.has(`${row.buildingId}/${row.entrance}`)
    }
    case 'households': {
      const chosen = new Set(scope.householdIds)
      return (row) => chosen.has(row.householdId)
    }
  }
}

export type ParticipantRequest = {
  readonly complexId: ComplexId
  readonly scope: UseScope
  /** Without it nobody holds anything: sums that are only divided draw on no account. */
  readonly drawsOnAccounts: boolean
  /** In thousandths; households without one have none. */
  readonly coefficients: ReadonlyMap<HouseholdId, number>
}

/** In the order of the register, the excluded left out. Throws `apportionment.empty`. */
export function participantsOf(ledger: Ledger, request: ParticipantRequest): readonly ScopedHousehold[] {
  const rows = rowsOf(ledger, request.complexId).filter(isWithin(request.scope))
  if (rows.length === 0) {
    const message = request.scope.kind === 'complex'
      ? '这个小区还没有户室和面积，不能分摊：请先录入或导入户室'
      : '范围内没有参加分摊的户室：请换一个范围'
    throw new Problem({ code: 'apportionment.empty', message, field: 'scope' })
  }
  const buildings = new Set(request.drawsOnAccounts ? rows.map(({ buildingId: id }) => id) : [])
  const held = heldNow(ledger, buildings)
  return rows.map(({ room, isDeveloperHeld, ...row }): ScopedHousehold => ({
    ...row,
    address: householdAddress(row.building, row.entrance, room),
    isDeveloperHeld: isDeveloperHeld === 1,
    coefficientMilli: request.coefficients.get(row.householdId) ?? null,
    held: balanceOfParts(Object.fromEntries((held.get(row.householdId) ?? []).map(({ part, fen }) => [part, fen]))),
  }))
}

export type Place = {
  readonly buildingId: BuildingId
  readonly building: string
  readonly entrance: string
  readonly households: number
}

/** Buildings and entrances with households that take part: what a scope is chosen from. */
export function placesOf(ledger: Ledger, complexId: ComplexId): readonly Place[] {
  const byPlace = Map.groupBy(rowsOf(ledger, complexId), (row) => `${row.buildingId}/${row.entrance}`)
  return [...byPlace.values()].flatMap((rows) => {
    const [first] = rows
    return first === undefined
      ? []
      : [{ buildingId: first.buildingId, building: first.building, entrance: first.entrance, households: rows.length }]
  })
}

const spaceless = (text: string): string => text.replaceAll(/\s+/g, '')

/**
 * Lines as typed or pasted, `1幢 2单元 301` with, where `hasNumber`, an agreed coefficient of at most three decimals behind it.
 * Throws `apportionment.line` with the row for an unknown address, a number that is none, or a household named twice.
 */
export function readHouseholdLines(
  ledger: Ledger, complexId: ComplexId, text: string, hasNumber: boolean,
): ReadonlyMap<HouseholdId, number> {
  const known = new Map(rowsOf(ledger, complexId)
    .map((row) => [spaceless(householdAddress(row.building, row.entrance, row.room)), row.householdId]))
  const read = new Map<HouseholdId, number>()
  const refuse = (row: number, message: string): never => {
    const field = hasNumber ? 'coefficients' : 'rooms'
    throw new Problem({ code: 'apportionment.line', message: `第 ${row} 行：${message}`, field, row })
  }
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '') continue
    const [, address = '', number] = (hasNumber ? /^(.*?)[\s,，\t]+(\d{1,6}(?:\.\d{1,3})?)\s*$/ : /^(.*)()$/).exec(line) ?? []
    if (hasNumber && number === undefined) refuse(index + 1, '写成“地址 系数”，系数至多三位小数')
    const id = known.get(spaceless(address))
    if (id === undefined) return refuse(index + 1, `没有“${address.trim()}”这一户，或它不参加分摊`)
    if (read.has(id)) refuse(index + 1, `“${address.trim()}”写了两次`)
    read.set(id, hasNumber ? Math.round(Number(number) * 1000) : 0)
  }
  return read
}

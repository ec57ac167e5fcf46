/** Reading the property register as it stands: lists, the picture of a building, what a complex has in all. */
import { pictureOf, type PictureEntrance } from '#core/register/building-picture.ts'
import type { BusinessDate } from '#core/calendar.ts'
import {
  householdAddress, householdStanding, type HouseholdStanding, type HouseholdUse,
} from '#core/register/household.ts'
import { idOf, type BuildingId, type ComplexId, type HouseholdId, type OwnerId } from '#core/id.ts'
import type { OwnerKind } from '#core/register/household.ts'
import { fen, type Fen } from '#core/money.ts'
import { Problem } from '#core/problem.ts'
import type { RateMicro } from '#core/rate.ts'
import type { Ledger } from '#db/ledger.ts'
import { complexOf } from './complex.ts'
import { HELD, PAID_IN, subLedgerBook } from '../household/household-account.ts'
import { HOUSEHOLD_COLUMNS, type HouseholdRow } from './household-record.ts'
import { openKeys } from './identity-vault.ts'
import { maskedName } from './owner.ts'
import { policyFor } from '../policy/policy.ts'

type MoneyColumns = { readonly paidFen: Fen | null; readonly balanceFen: Fen | null }

export type ListedHousehold = Omit<HouseholdRow, 'state'> & {
  readonly complex: string
  readonly buildingCode: string
  /** `1幢 2单元 301`. */
  readonly address: string
  readonly paidFen: Fen | null
  readonly balanceFen: Fen | null
  readonly standing: HouseholdStanding
  /** Masked; null while the vault is closed. Empty when no owner is known. */
  readonly owners: readonly (string | null)[]
}

export type HouseholdFilter = {
  readonly complexId: ComplexId
  readonly buildingId?: BuildingId
  readonly use?: HouseholdUse
  readonly standing?: HouseholdStanding
  /** Part of the room number. */
  readonly room?: string
  /** Keyset: the last household of the page before. */
  readonly after?: HouseholdId
  readonly limit: number
}

/** The percentage of the first contribution below which owners top up; null while the office has not filled it in. */
export function topUpBelow(ledger: Ledger, complexId: ComplexId, date: BusinessDate): RateMicro | null {
  return policyFor(ledger, complexOf(ledger, complexId).profileCode, date).value('ownerTopUp.triggerPercent')
}

/** From the entries once the complex keeps a sub-ledger (`:isBegun`), from what the register brought along before. */
const PAID = `CASE WHEN :isBegun = 1 THEN ${PAID_IN} ELSE o.paid_fen END`
const BALANCE = `CASE WHEN :isBegun = 1 THEN ${HELD} ELSE o.balance_fen END`

function isBegun(ledger: Ledger, complexId: ComplexId): 0 | 1 {
  return subLedgerBook(ledger, complexId) === null ? 0 : 1
}

/** The same rule as `householdStanding`, for filters: `:below` in millionths of a percent. */
const STANDING = `CASE WHEN h.first_due_fen = 0 THEN 'none'
  WHEN h.first_due_fen IS NULL OR (o.household_id IS NULL AND :isBegun = 0) THEN 'unknown'
  WHEN ${PAID} < h.first_due_fen THEN 'owing'
  WHEN :below IS NOT NULL AND ${BALANCE} * 100000000 < h.first_due_fen * :below THEN 'low' ELSE 'paid' END`

/** 9 before 10, whatever the text order says. */
const PLACE = `(length(b.code), b.code, length(h.entrance), h.entrance, length(h.room), h.room, h.id)`

const FROM = `FROM building b JOIN complex x ON x.id = b.complex_id JOIN household h ON h.building_id = b.id
  LEFT JOIN household_opening o ON o.household_id = h.id`

type Raw = HouseholdRow & MoneyColumns & { readonly buildingCode: string; readonly complex: string }

const LISTED = `${HOUSEHOLD_COLUMNS}, x.name AS complex, b.code AS buildingCode, ${PAID} AS paidFen, ${BALANCE} AS balanceFen`

/** Building by building, entrance, room. */
export function listHouseholds(ledger: Ledger, filter: HouseholdFilter, date: BusinessDate): readonly ListedHousehold[] {
  const below = topUpBelow(ledger, filter.complexId, date)
  const rows = ledger
    .prepare<[Record<string, unknown>], Raw>(
      `SELECT ${LISTED} ${FROM}
       WHERE b.complex_id = :complexId AND h.state = 'active'
         AND (:buildingId IS NULL OR h.building_id = :buildingId) AND (:use IS NULL OR h.use = :use)
         AND (:room IS NULL OR instr(h.room, :room) > 0) AND (:standing IS NULL OR :standing = ${STANDING})
         AND (:after IS NULL OR ${PLACE} > (
              SELECT length(c.code), c.code, length(a.entrance), a.entrance, length(a.room), a.room, a.id
              FROM household a JOIN building c ON c.id = a.building_id WHERE a.id = :after))
       ORDER BY length(b.code), b.code, length(h.entrance), h.entrance, length(h.room), h.room, h.id LIMIT :limit`,
    )
    .all({
      complexId: filter.complexId, buildingId: filter.buildingId ?? null, use: filter.use ?? null, room: filter.room ?? null,
      standing: filter.standing ?? null, after: filter.after ?? null, limit: filter.limit, below,
      isBegun: isBegun(ledger, filter.complexId),
    })
  return rows.map((row) => listed(ledger, row, below))
}

type OwnerName = { readonly ownerId: OwnerId; readonly kind: OwnerKind; readonly nameSealed: Buffer }

function ownersNow(ledger: Ledger, id: HouseholdId): readonly OwnerName[] {
  return ledger
    .prepare<[number], OwnerName>(
      `SELECT w.id AS ownerId, w.kind, w.name_sealed AS nameSealed FROM ownership_share p JOIN owner w ON w.id = p.owner_id
       WHERE p.set_id = (SELECT s.id FROM ownership_set s WHERE s.household_id = ? ORDER BY s.from_date DESC, s.id DESC LIMIT 1)
       ORDER BY p.owner_id`,
    )
    .all(id)
}

function listed(ledger: Ledger, { state: _state, ...row }: Raw, below: RateMicro | null): ListedHousehold {
  const keys = openKeys(ledger)
  return {
    ...row,
    address: householdAddress(row.building, row.entrance, row.room),
    standing: standingOf(row, below),
    owners: ownersNow(ledger, row.id).map((owner) => maskedName(keys, owner)),
  }
}

function standingOf(row: MoneyColumns & Pick<HouseholdRow, 'firstDueFen'>, below: RateMicro | null): HouseholdStanding {
  const { paidFen, balanceFen } = row
  return householdStanding(row.firstDueFen, paidFen === null || balanceFen === null ? null : { paidFen, balanceFen }, below)
}

/** The households themselves, in the order given: found by identity number, named in a change. */
export function householdsByIds(ledger: Ledger, ids: readonly HouseholdId[], date: BusinessDate): readonly ListedHousehold[] {
  return ids.flatMap((id) => {
    const complex = ledger
      .prepare<[number], { readonly id: ComplexId }>(
        'SELECT b.complex_id AS id FROM household h JOIN building b ON b.id = h.building_id WHERE h.id = ?',
      )
      .get(id)
    if (complex === undefined) return []
    const row = ledger
      .prepare<[Record<string, unknown>], Raw>(
        `SELECT ${LISTED} FROM household h JOIN building b ON b.id = h.building_id JOIN complex x ON x.id = b.complex_id
         LEFT JOIN household_opening o ON o.household_id = h.id WHERE h.id = :id`,
      )
      .get({ id, isBegun: isBegun(ledger, complex.id) })
    return row === undefined ? [] : [listed(ledger, row, topUpBelow(ledger, row.complexId, date))]
  })
}

export type RegisterTotals = {
  readonly households: number
  readonly areaDm2: number
  readonly dueFen: Fen
  readonly paidFen: Fen
  readonly balanceFen: Fen
  readonly excluded: number
  readonly developerHeld: number
  readonly standings: Readonly<Record<HouseholdStanding, number>>
}

type TotalsRow = {
  readonly standing: HouseholdStanding
  readonly households: number
  readonly areaDm2: number
  readonly dueFen: number
  readonly paidFen: number
  readonly balanceFen: number
  readonly excluded: number
  readonly developerHeld: number
}

/** One complex, or one building of it. */
export function registerTotals(
  ledger: Ledger, scope: { readonly complexId: ComplexId; readonly buildingId?: BuildingId }, date: BusinessDate,
): RegisterTotals {
  const rows = ledger
    .prepare<[Record<string, unknown>], TotalsRow>(
      `SELECT ${STANDING} AS standing, count(*) AS households, sum(h.area_dm2) AS areaDm2,
         coalesce(sum(h.first_due_fen), 0) AS dueFen, coalesce(sum(${PAID}), 0) AS paidFen,
         coalesce(sum(${BALANCE}), 0) AS balanceFen, sum(h.is_excluded) AS excluded, sum(h.is_developer_held) AS developerHeld
       ${FROM} WHERE b.complex_id = :complexId AND (:buildingId IS NULL OR h.building_id = :buildingId) AND h.state = 'active'
       GROUP BY 1`,
    )
    .all({
      complexId: scope.complexId, buildingId: scope.buildingId ?? null, below: topUpBelow(ledger, scope.complexId, date),
      isBegun: isBegun(ledger, scope.complexId),
    })
  const sum = (field: Exclude<keyof TotalsRow, 'standing'>) => rows.reduce((total, row) => total + row[field], 0)
  const count = (standing: HouseholdStanding) => rows.find((row) => row.standing === standing)?.households ?? 0
  return {
    households: sum('households'), areaDm2: sum('areaDm2'), dueFen: fen(sum('dueFen')), paidFen: fen(sum('paidFen')),
    balanceFen: fen(sum('balanceFen')), excluded: sum('excluded'), developerHeld: sum('developerHeld'),
    standings: { paid: count('paid'), owing: count('owing'), low: count('low'), none: count('none'), unknown: count('unknown') },
  }
}

export type PictureCell = {
  readonly id: HouseholdId
  readonly entrance: string
  readonly floor: number | null
  readonly room: string
  readonly areaDm2: number
  readonly use: HouseholdUse
  readonly isExcluded: boolean
  readonly isDeveloperHeld: boolean
  readonly standing: HouseholdStanding
  readonly balanceFen: Fen | null
}

export type BuildingPicture = {
  readonly buildingId: BuildingId
  readonly building: string
  readonly complexId: ComplexId
  readonly complex: string
  readonly entrances: readonly PictureEntrance<PictureCell>[]
  readonly totals: RegisterTotals
}

/** Throws `building.missing`. */
export function buildingPicture(ledger: Ledger, buildingId: BuildingId, date: BusinessDate): BuildingPicture {
  const building = ledger
    .prepare<[number], { name: string; complexId: number }>('SELECT name, complex_id AS complexId FROM building WHERE id = ?')
    .get(buildingId)
  if (building === undefined) throw new Problem({ code: 'building.missing', message: '没有这一幢：请从列表中选择' })
  const complexId = idOf<'complex'>(building.complexId)
  const below = topUpBelow(ledger, complexId, date)
  const rows = ledger
    .prepare<[Record<string, unknown>], Raw>(
      `SELECT ${LISTED} ${FROM} WHERE h.building_id = :buildingId AND h.state = 'active' ORDER BY h.id`,
    )
    .all({ buildingId, isBegun: isBegun(ledger, complexId) })
  const cells = rows.map((row): PictureCell => ({
    id: row.id, entrance: row.entrance, floor: row.floor, room: row.room, areaDm2: row.areaDm2, use: row.use,
    isExcluded: row.isExcluded === 1, isDeveloperHeld: row.isDeveloperHeld === 1, balanceFen: row.balanceFen,
    standing: standingOf(row, below),
  }))
  return {
    buildingId, building: building.name, complexId, complex: complexOf(ledger, complexId).name,
    entrances: pictureOf(cells), totals: registerTotals(ledger, { complexId, buildingId }, date),
  }
}

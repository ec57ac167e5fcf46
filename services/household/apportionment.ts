/**
 * Apportionment sheets (分摊清册): one engine for repairs, distributions and shared utilities. A sheet is kept with its inputs, so
 * that it can be recomputed from them years later, and laid beside what the same method gives today.
 */
import type { TailRule } from '#core/allocation.ts'
import type { UseScope } from '#core/authority/use-scope.ts'
import {
  apportion, DRAW_ORDERS, type Apportionment, type ApportionmentBasis, type ApportionmentPurpose, type ApportionmentRule,
  type DrawOrder, type ShortfallRule,
} from '#core/household/apportionment.ts'
import type { BusinessDate } from '#core/calendar.ts'
import { balanceOfParts, HOUSEHOLD_PARTS, type HouseholdBalance, type HouseholdPart } from '#core/household/household-entry.ts'
import { householdAddress, type HouseholdNature } from '#core/register/household.ts'
import { idOf, type ApportionmentId, type ComplexId, type HouseholdId, type RepairId, type UtilityBillId } from '#core/id.ts'
import { addFen, subtractFen, ZERO_FEN, type Fen } from '#core/money.ts'
import { Problem } from '#core/problem.ts'
import type { Ledger } from '#db/ledger.ts'
import { refuseSheetOutsideUse } from '../authority/use-held.ts'
import { participantsOf, scopeSchema, type ScopedHousehold } from './apportionment-household.ts'
import { complexOf } from '../register/complex.ts'
import { requireRole, type ServiceContext } from '../context.ts'
import { requireSubLedger } from './household-account.ts'
import { settingOf } from '../office.ts'
import { logOperation } from '../operation-log.ts'

export type ApportionmentRequest = {
  readonly complexId: ComplexId
  readonly purpose: ApportionmentPurpose
  readonly repairId: RepairId | null
  readonly utilityBillId: UtilityBillId | null
  readonly title: string
  readonly basis: ApportionmentBasis
  readonly scope: UseScope
  readonly shortfall: ShortfallRule
  readonly askedFen: Fen
  /** Agreed coefficients in thousandths. */
  readonly coefficients: ReadonlyMap<HouseholdId, number>
}

/** Spare fen go to the largest remainders; no source prescribes the tail. */
const TAIL: TailRule = 'largest_remainder'

/** Plans and repairs draw on the sub-accounts; the others only divide. */
function drawsOnAccounts(purpose: ApportionmentPurpose): boolean {
  return purpose === 'plan' || purpose === 'repair'
}

function drawOrderOf(ledger: Ledger): DrawOrder {
  const set = settingOf(ledger, 'apportionment.drawOrder')
  return DRAW_ORDERS.find((order) => order === set) ?? 'interestFirst'
}

export type ApportionmentPreview = Apportionment & {
  readonly households: readonly ScopedHousehold[]
  readonly drawOrder: DrawOrder
  readonly askedFen: Fen
}

/** Nothing is written. Throws `household.notBegun`, `apportionment.*`, `allocation.noWeight`, `complex.missing`. */
export function previewApportionment(ledger: Ledger, request: ApportionmentRequest): ApportionmentPreview {
  complexOf(ledger, request.complexId)
  const draws = drawsOnAccounts(request.purpose)
  if (draws) requireSubLedger(ledger, request.complexId)
  if (!draws && request.basis === 'balance') {
    const message = '按余额分摊只用于维修：分配和水电请按面积、按户或按约定系数'
    throw new Problem({ code: 'apportionment.basis', message, field: 'basis' })
  }
  const households = participantsOf(ledger, { ...request, drawsOnAccounts: draws })
  const drawOrder = drawOrderOf(ledger)
  const shortfall = draws ? request.shortfall : 'collect'
  const outcome = apportion(request.askedFen, households, { basis: request.basis, drawOrder, shortfall, tail: TAIL })
  return { ...outcome, households, drawOrder, askedFen: request.askedFen }
}

const INSERT_SHARE = 'INSERT INTO apportionment_share VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)'

export type RecordedApportionment = ApportionmentPreview & { readonly id: ApportionmentId }

/**
 * Keeps the sheet with its inputs. Throws what `previewApportionment` throws, `apportionment.title`, `apportionment.outsideUse`
 * for a job whose authority takes the money of fewer owners.
 */
export function recordApportionment(context: ServiceContext, request: ApportionmentRequest): RecordedApportionment {
  requireRole(context, 'preparer', 'bookkeeper', 'head')
  const { ledger } = context
  const title = request.title.trim()
  if (title === '') throw new Problem({ code: 'apportionment.title', message: '请写明分摊的事项', field: 'title' })
  return ledger.write(() => {
    refuseSheetOutsideUse(ledger, request)
    const preview = previewApportionment(ledger, request)
    const last = ledger.prepare<[], { id: number }>('SELECT id FROM apportionment ORDER BY id DESC LIMIT 1').get()
    const id = idOf<'apportionment'>((last?.id ?? 0) + 1)
    const insert = ledger.prepare<unknown[], never>(INSERT_SHARE)
    preview.households.forEach((household, index) => {
      const share = preview.shares[index]
      if (share === undefined) throw new Error(`no share for household ${household.householdId}`)
      const drawnOf = (part: HouseholdPart): Fen => share.drawn.find((each) => each.part === part)?.amountFen ?? ZERO_FEN
      insert.run(id, index + 1, household.householdId, household.areaDm2, household.coefficientMilli, household.nature,
        household.isDeveloperHeld ? 1 : 0, ...HOUSEHOLD_PARTS.map((part) => household.held[part]), share.weight, share.shareFen,
        share.sellerShareFen, ...HOUSEHOLD_PARTS.map(drawnOf))
    })
    ledger
      .prepare<unknown[], never>('INSERT INTO apportionment VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
      .run(id, request.complexId, request.purpose, request.repairId, request.utilityBillId, title, context.clock.today(),
        request.basis, JSON.stringify(request.scope), preview.drawOrder, request.shortfall, TAIL, request.askedFen,
        preview.totalFen, preview.drawnFen, preview.households.length, context.actor.userId, context.clock.now())
    const { purpose, basis, repairId, askedFen } = request
    logOperation(context, 'apportionment.record', { kind: 'apportionment', id }, {
      title, purpose, basis, repairId, askedFen, totalFen: preview.totalFen, drawnFen: preview.drawnFen,
      households: preview.households.length,
    })
    return { ...preview, id }
  })
}

export type ApportionmentHead = {
  readonly id: ApportionmentId
  readonly complexId: ComplexId
  readonly purpose: ApportionmentPurpose
  readonly repairId: RepairId | null
  readonly utilityBillId: UtilityBillId | null
  readonly title: string
  readonly asOf: BusinessDate
  readonly basis: ApportionmentBasis
  readonly drawOrder: DrawOrder
  readonly shortfall: ShortfallRule
  readonly tail: TailRule
  readonly askedFen: Fen
  readonly totalFen: Fen
  readonly drawnFen: Fen
  readonly households: number
  readonly recordedBy: string
  readonly at: string
}

const HEAD = `a.id, a.complex_id AS complexId, a.purpose, a.repair_id AS repairId, a.utility_bill_id AS utilityBillId, a.title,
  a.as_of AS asOf, a.basis, a.draw_order AS drawOrder, a.shortfall, a.tail, a.asked_fen AS askedFen, a.total_fen AS totalFen,
  a.drawn_fen AS drawnFen, a.households, u.name AS recordedBy, a.at`

/** Newest first; `before` is the last of the page before. */
export function listApportionments(
  ledger: Ledger, page: { readonly complexId: ComplexId; readonly before?: ApportionmentId; readonly limit: number },
): readonly ApportionmentHead[] {
  return ledger
    .prepare<[Record<string, unknown>], ApportionmentHead>(
      `SELECT ${HEAD} FROM apportionment a JOIN user u ON u.id = a.recorded_by
       WHERE a.complex_id = :complexId AND a.id < :before ORDER BY a.id DESC LIMIT :limit`,
    )
    .all({ complexId: page.complexId, before: page.before ?? Number.MAX_SAFE_INTEGER, limit: page.limit })
}

export type SheetRow = {
  readonly rowNo: number
  readonly householdId: HouseholdId
  readonly address: string
  readonly areaDm2: number
  readonly coefficientMilli: number | null
  readonly nature: HouseholdNature
  readonly isDeveloperHeld: boolean
  readonly held: HouseholdBalance
  readonly weight: number
  readonly shareFen: Fen
  readonly sellerShareFen: Fen
  readonly drawn: HouseholdBalance
  /** To be collected: self-funding of the owner, or what the developer owes for an unsold unit. */
  readonly shortFen: Fen
}

export type ApportionmentSheet = ApportionmentHead & {
  readonly scope: UseScope
  readonly rows: readonly SheetRow[]
  readonly developerShortFen: Fen
  readonly selfFundedFen: Fen
}

type StoredRow = Omit<SheetRow, 'address' | 'isDeveloperHeld' | 'held' | 'drawn' | 'shortFen'> & {
  readonly building: string
  readonly entrance: string
  readonly room: string
  readonly isDeveloperHeld: 0 | 1
  readonly principal: Fen
  readonly interest: Fen
  readonly sellerPrincipal: Fen
  readonly sellerInterest: Fen
  readonly drawnPrincipal: Fen
  readonly drawnInterest: Fen
  readonly drawnSellerPrincipal: Fen
  readonly drawnSellerInterest: Fen
}

function sheetRow(row: StoredRow): SheetRow {
  const { principal, interest, sellerPrincipal, sellerInterest } = row
  const drawn = balanceOfParts({
    principal: row.drawnPrincipal, interest: row.drawnInterest, sellerPrincipal: row.drawnSellerPrincipal,
    sellerInterest: row.drawnSellerInterest,
  })
  return {
    rowNo: row.rowNo, householdId: row.householdId, address: householdAddress(row.building, row.entrance, row.room),
    areaDm2: row.areaDm2, coefficientMilli: row.coefficientMilli, nature: row.nature,
    isDeveloperHeld: row.isDeveloperHeld === 1,
    held: balanceOfParts({ principal, interest, sellerPrincipal, sellerInterest }),
    weight: row.weight, shareFen: row.shareFen, sellerShareFen: row.sellerShareFen, drawn,
    shortFen: subtractFen(addFen(row.shareFen, row.sellerShareFen), drawn.totalFen),
  }
}

/** Throws `apportionment.missing`. */
export function apportionmentOf(ledger: Ledger, id: ApportionmentId): ApportionmentSheet {
  const head = ledger
    .prepare<[number], ApportionmentHead & { readonly scopeText: string }>(
      `SELECT ${HEAD}, a.scope AS scopeText FROM apportionment a JOIN user u ON u.id = a.recorded_by WHERE a.id = ?`,
    )
    .get(id)
  if (head === undefined) throw new Problem({ code: 'apportionment.missing', message: '没有这份分摊表' })
  const rows = ledger
    .prepare<[number], StoredRow>(
      `SELECT s.row_no AS rowNo, s.household_id AS householdId, b.name AS building, h.entrance, h.room, s.area_dm2 AS areaDm2,
              s.coefficient_milli AS coefficientMilli, s.nature, s.is_developer_held AS isDeveloperHeld,
              s.principal_fen AS principal, s.interest_fen AS interest, s.seller_principal_fen AS sellerPrincipal,
              s.seller_interest_fen AS sellerInterest, s.weight, s.share_fen AS shareFen, s.seller_share_fen AS sellerShareFen,
              s.drawn_principal_fen AS drawnPrincipal, s.drawn_interest_fen AS drawnInterest,
              s.drawn_seller_principal_fen AS drawnSellerPrincipal, s.drawn_seller_interest_fen AS drawnSellerInterest
       FROM apportionment_share s JOIN household h ON h.id = s.household_id JOIN building b ON b.id = h.building_id
       WHERE s.apportionment_id = ? ORDER BY s.row_no`,
    )
    .all(id)
    .map(sheetRow)
  const { scopeText, ...facts } = head
  const shortOf = (isDeveloper: boolean): Fen =>
    addFen(...rows.filter((row) => row.isDeveloperHeld === isDeveloper).map(({ shortFen }) => shortFen))
  const scope = scopeSchema.parse(JSON.parse(scopeText))
  return { ...facts, scope, rows, developerShortFen: shortOf(true), selfFundedFen: shortOf(false) }
}

export type ComparedRow = { readonly address: string; readonly recordedFen: Fen; readonly computedFen: Fen }
export type Recomputation = { readonly isSame: boolean; readonly rows: readonly ComparedRow[] }

/** Recomputes a sheet from the inputs it was kept with; the rows that differ, empty for a sheet that holds. */
export function recomputeApportionment(ledger: Ledger, id: ApportionmentId): Recomputation {
  const sheet = apportionmentOf(ledger, id)
  const rule: ApportionmentRule = {
    basis: sheet.basis, drawOrder: sheet.drawOrder, tail: sheet.tail,
    shortfall: drawsOnAccounts(sheet.purpose) ? sheet.shortfall : 'collect',
  }
  const { shares } = apportion(sheet.askedFen, sheet.rows, rule)
  const rows = sheet.rows.flatMap((row, index): readonly ComparedRow[] => {
    const share = shares[index]
    const recordedFen = addFen(row.shareFen, row.sellerShareFen)
    const computedFen = share === undefined ? ZERO_FEN : addFen(share.shareFen, share.sellerShareFen)
    const isSame = share !== undefined && share.shareFen === row.shareFen && share.sellerShareFen === row.sellerShareFen &&
      share.shortFen === row.shortFen &&
      HOUSEHOLD_PARTS.every((part) => (share.drawn.find((each) => each.part === part)?.amountFen ?? ZERO_FEN) === row.drawn[part])
    return isSame ? [] : [{ address: row.address, recordedFen, computedFen }]
  })
  return { isSame: rows.length === 0, rows }
}

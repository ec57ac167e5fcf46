/**
 * A property register from a spreadsheet into a complex, whole or not at all: compared with the ledger in steps, owners sealed
 * in steps, then written in one transaction. Reading the file (core/register) is the caller's, who may do it elsewhere.
 */
import type { BusinessDate } from '#core/calendar.ts'
import { formatArea } from '#core/register/area.ts'
import { idOf, type BuildingId, type ComplexId, type HouseholdId, type OwnerId } from '#core/id.ts'
import { Problem } from '#core/problem.ts'
import { householdKey, type RegisterIssue, type RegisterReading, type RegisterRow } from '#core/register/register.ts'
import type { Share } from '#core/register/ownership.ts'
import type { Ledger } from '#db/ledger.ts'
import { complexOf, storeBuilding } from './complex.ts'
import { requireRole, type ServiceContext } from '../context.ts'
import { beginChange, nextHouseholdId, nextSetId, writeEvent, writeOpening, writeOwnership } from './household-record.ts'
import { openKeys, requireKeys, vaultState, type IdentityKeys, type VaultState } from './identity-vault.ts'
import { logOperation } from '../operation-log.ts'
import { nameOfOwner, nextOwnerId, ownerByIdentity, sealOwner, storeOwner, type SealedOwner } from './owner.ts'

/** The file as it was read: its name as the clerk knows it, and the SHA-256 of its bytes. */
export type RegisterFile = { readonly name: string; readonly hash: string; readonly reading: RegisterReading }

export type ImportProgress = { readonly done: number; readonly total: number; readonly label: string }

export type RegisterPreview = {
  readonly complexId: ComplexId
  readonly file: { readonly name: string; readonly hash: string }
  readonly reading: RegisterReading
  /** Of the file and of what the ledger already has; empty before anything may be written. */
  readonly errors: readonly RegisterIssue[]
  readonly newRows: readonly RegisterRow[]
  /** In the register already, with the same facts: left as they are. */
  readonly knownCount: number
  readonly newBuildings: readonly string[]
  /** Whether the file names owners, and whether they could be sealed now. */
  readonly hasOwners: boolean
  readonly vault: VaultState
}

type Standing = { building: string; entrance: string; room: string; areaDm2: number }

function standingHouseholds(ledger: Ledger, complexId: ComplexId): ReadonlyMap<string, Standing> {
  const rows = ledger
    .prepare<[number], Standing>(
      `SELECT b.code AS building, h.entrance, h.room, h.area_dm2 AS areaDm2
       FROM building b JOIN household h ON h.building_id = b.id WHERE b.complex_id = ? AND h.state = 'active'`,
    )
    .all(complexId)
  return new Map(rows.map((row) => [householdKey(row.building, row.entrance, row.room), row]))
}

function buildingIds(ledger: Ledger, complexId: ComplexId): Map<string, BuildingId> {
  const rows = ledger
    .prepare<[number], { id: BuildingId; code: string }>('SELECT id, code FROM building WHERE complex_id = ?')
    .all(complexId)
  return new Map(rows.map(({ id, code }) => [code, id]))
}

/** Rows between two steps: comparing takes microseconds a row, sealing and looking up by number a tenth of a millisecond. */
const STEP = 2_000
const SEALING_STEP = 250

/** Compares with the ledger; everything that is wrong, in the file or with the ledger, is in `errors`. */
export function* previewRegister(
  ledger: Ledger, complexId: ComplexId, { name, hash, reading }: RegisterFile,
): Generator<ImportProgress, RegisterPreview> {
  complexOf(ledger, complexId)
  const standing = standingHouseholds(ledger, complexId)
  const newRows: RegisterRow[] = []
  const errors = [...reading.errors]
  let knownCount = 0
  for (const [index, row] of reading.rows.entries()) {
    if (index % STEP === STEP - 1) yield { done: index, total: reading.rows.length, label: '与在册户室比较' }
    const known = standing.get(householdKey(row.building, row.facts.entrance, row.facts.room))
    if (known === undefined) newRows.push(row)
    else if (known.areaDm2 === row.facts.areaDm2) knownCount += 1
    else errors.push(otherArea(row, known.areaDm2))
  }
  errors.push(...(yield* ownerConflicts(ledger, newRows)))
  const buildings = buildingIds(ledger, complexId)
  return {
    complexId, reading, errors, newRows, knownCount,
    file: { name, hash },
    newBuildings: [...new Set(newRows.map(({ building }) => building))].filter((code) => !buildings.has(code)),
    hasOwners: newRows.some(({ owners }) => owners.length > 0),
    vault: vaultState(ledger),
  }
}

function hasOwners(ledger: Ledger): boolean {
  return nextOwnerId(ledger) > 1
}

function otherArea({ line, facts }: RegisterRow, areaDm2: number): RegisterIssue {
  const message = `这一户已在册，面积是 ${formatArea(areaDm2)}，文件里是 ${formatArea(facts.areaDm2)}：` +
    '面积有变请在户室卡片办理属性变更；不改请从文件中删去这一行'
  return { code: 'register.otherArea', message, line, column: '建筑面积' }
}

/** One number, two names: somebody's card is in the wrong row. The ledger is asked only while the vault is open. */
function* ownerConflicts(ledger: Ledger, rows: readonly RegisterRow[]): Generator<ImportProgress, RegisterIssue[]> {
  // The first register of an office has nobody to be compared with.
  const keys = hasOwners(ledger) ? openKeys(ledger) : null
  const issues: RegisterIssue[] = []
  const first = new Map<string, { readonly name: string; readonly line: number }>()
  for (const [index, { line, owners }] of rows.entries()) {
    if (index % SEALING_STEP === SEALING_STEP - 1) yield { done: index, total: rows.length, label: '核对产权人' }
    for (const { identity, name } of owners) {
      if (identity === null) continue
      const earlier = first.get(identity)
      if (earlier === undefined) {
        first.set(identity, { name, line })
        const known = keys === null ? undefined : ownerByIdentity(ledger, keys, identity)
        if (keys !== null && known !== undefined && nameOfOwner(keys, known) !== name) {
          issues.push(twoNames(line, '这个证件号在册时是另一个姓名'))
        }
      } else if (earlier.name !== name) issues.push(twoNames(line, `这个证件号在第 ${earlier.line} 行是另一个姓名`))
    }
  }
  return issues
}

function twoNames(line: number, what: string): RegisterIssue {
  return { code: 'register.twoNames', message: `${what}：请核对姓名和证件号`, line, column: '身份证号' }
}

type Prepared = {
  readonly firstId: OwnerId
  readonly sealed: readonly SealedOwner[]
  /** Shares of each new row, in the order of the rows. */
  readonly shares: readonly (readonly Share<OwnerId>[])[]
}

/** Numbers are given before the transaction, because a sealed field knows its owner's. */
function* sealOwners(ledger: Ledger, keys: IdentityKeys, rows: readonly RegisterRow[]): Generator<ImportProgress, Prepared> {
  const firstId = nextOwnerId(ledger)
  const mayKnow = hasOwners(ledger)
  const sealed: SealedOwner[] = []
  const byIdentity = new Map<string, OwnerId>()
  const shares: (readonly Share<OwnerId>[])[] = []
  for (const [index, { owners }] of rows.entries()) {
    if (index % SEALING_STEP === 0) yield { done: index, total: rows.length, label: '加密产权人信息' }
    shares.push(owners.map(({ parts, ...facts }) => {
      const { identity } = facts
      const known = identity === null ? undefined
        : byIdentity.get(identity) ?? (mayKnow ? ownerByIdentity(ledger, keys, identity)?.ownerId : undefined)
      const owner = known ?? idOf<'owner'>(firstId + sealed.length)
      if (known === undefined) sealed.push(sealOwner(keys, owner, facts))
      if (identity !== null) byIdentity.set(identity, owner)
      return { owner, parts }
    }))
  }
  return { firstId, sealed, shares }
}

export type ImportedRegister = {
  readonly changeId: number
  readonly households: number
  readonly buildings: number
  readonly owners: number
  readonly known: number
}

/**
 * Whole or not at all. Throws `register.errors` when the preview has any, `register.nothingNew`, `household.future`,
 * `register.moved` when somebody registered owners meanwhile, and what `requireKeys` throws when the file names owners.
 */
export function* importRegister(
  context: ServiceContext, preview: RegisterPreview, entry: { readonly effectiveOn: BusinessDate; readonly reason: string },
): Generator<ImportProgress, ImportedRegister> {
  requireRole(context, 'bookkeeper', 'head', 'preparer')
  const { ledger } = context
  const [error] = preview.errors
  if (error !== undefined) {
    const message = `文件有 ${preview.errors.length} 处错误，没有导入：${error.message}`
    throw new Problem({ code: 'register.errors', message, ...(error.line !== null && { row: error.line }) })
  }
  if (preview.newRows.length === 0) {
    throw new Problem({ code: 'register.nothingNew', message: '文件里的户室都已在册，没有可导入的内容' })
  }
  if (entry.effectiveOn > context.clock.today()) {
    throw new Problem({ code: 'household.future', message: '生效日期不能晚于今天', field: 'effectiveOn' })
  }
  const rows = preview.newRows
  const prepared = preview.hasOwners ? yield* sealOwners(ledger, requireKeys(ledger), rows) : null
  yield { done: rows.length, total: rows.length, label: '写入账簿，这一步不能取消' }
  return ledger.write(() => writeRegister(context, preview, entry, prepared))
}

function writeRegister(
  context: ServiceContext, { complexId, newRows, newBuildings, file, knownCount }: RegisterPreview,
  { effectiveOn, reason }: { readonly effectiveOn: BusinessDate; readonly reason: string }, prepared: Prepared | null,
): ImportedRegister {
  const { ledger } = context
  if (prepared !== null && nextOwnerId(ledger) !== prepared.firstId) {
    throw new Problem({ code: 'register.moved', message: '导入期间有人登记了业主，没有导入：请重新导入一次' })
  }
  for (const code of newBuildings) storeBuilding(context, complexId, { code, name: /^\d/.test(code) ? `${code}幢` : code })
  const buildings = buildingIds(ledger, complexId)
  const changeId = beginChange(context, { complexId, kind: 'import', effectiveOn, reason, source: file })
  for (const owner of prepared?.sealed ?? []) storeOwner(ledger, owner)
  let id: number = nextHouseholdId(ledger)
  let setId = nextSetId(ledger)
  for (const [index, row] of newRows.entries()) {
    const householdId: HouseholdId = idOf<'household'>(id)
    const buildingId = buildings.get(row.building)
    if (buildingId === undefined) throw new Error(`building ${row.building} was not made`)
    writeEvent(ledger, { changeId, householdId, kind: 'registered', onDate: effectiveOn, buildingId, facts: row.facts })
    writeOwnership(ledger, { setId, changeId, householdId, fromDate: effectiveOn, shares: prepared?.shares[index] ?? [] })
    if (row.opening !== null) writeOpening(ledger, changeId, householdId, row.opening)
    id += 1
    setId += 1
  }
  const owners = prepared?.sealed.length ?? 0
  const counts = { households: newRows.length, buildings: newBuildings.length, owners, known: knownCount }
  logOperation(context, 'household.import', { kind: 'complex', id: complexId },
    { changeId, ...counts, source: file.name, hash: file.hash, effectiveOn })
  return { changeId, ...counts }
}

/** Runs either of the above to its end, for the command line, the sample and tests. */
export function finished<Result>(steps: Generator<ImportProgress, Result>): Result {
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
  }
}

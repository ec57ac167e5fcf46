/** Complexes (小区), their buildings and households, and the parties the office deals with. */
import { idOf, type BuildingId, type ComplexId, type CounterpartyId } from '#core/id.ts'
import { Problem } from '#core/problem.ts'
import { matchName } from '#core/party-name.ts'
import type { Ledger } from '#db/ledger.ts'
import { requireRole, type ServiceContext } from '../context.ts'
import { logOperation } from '../operation-log.ts'

export type ComplexFacts = {
  readonly code: string
  readonly name: string
  readonly pinyin: string
  readonly address: string
  readonly managerName: string
  readonly holderName: string
  readonly hotline: string
  readonly profileCode: string
  readonly hasAssembly: boolean
  /** Σ first contributions in fen, null while unknown. */
  readonly firstDepositFen: number | null
}

export type Complex = Omit<ComplexFacts, 'hasAssembly'> & {
  readonly id: ComplexId
  readonly hasAssembly: 0 | 1
  readonly state: 'active' | 'left'
}

const COMPLEX_COLUMNS = `id, code, name, pinyin, address, manager_name AS managerName, holder_name AS holderName, hotline,
  profile_code AS profileCode, has_assembly AS hasAssembly, first_deposit_fen AS firstDepositFen, state`

function bound(facts: ComplexFacts): Record<string, unknown> {
  return { ...facts, hasAssembly: facts.hasAssembly ? 1 : 0 }
}

function refuseUnknownProfile(ledger: Ledger, code: string): void {
  if (ledger.prepare<[string], unknown>('SELECT 1 FROM policy_profile WHERE code = ?').get(code) === undefined) {
    throw new Problem({ code: 'complex.profile', message: `没有“${code}”这个政策口径，请从列表中选择`, field: 'profileCode' })
  }
}

/** Throws `complex.profile`, `record.duplicate`. */
export function addComplex(context: ServiceContext, facts: ComplexFacts): ComplexId {
  requireRole(context, 'administrator', 'head', 'bookkeeper')
  refuseUnknownProfile(context.ledger, facts.profileCode)
  return context.ledger.write(() => {
    const { lastInsertRowid } = context.ledger
      .prepare<[Record<string, unknown>], never>(
        `INSERT INTO complex (code, name, pinyin, address, manager_name, holder_name, hotline, profile_code, has_assembly,
                              first_deposit_fen)
         VALUES (:code, :name, :pinyin, :address, :managerName, :holderName, :hotline, :profileCode, :hasAssembly,
                 :firstDepositFen)`,
      )
      .run(bound(facts))
    const id = idOf<'complex'>(lastInsertRowid)
    logOperation(context, 'complex.add', { kind: 'complex', id }, facts)
    return id
  })
}

export function changeComplex(context: ServiceContext, id: ComplexId, facts: ComplexFacts): void {
  requireRole(context, 'administrator', 'head', 'bookkeeper')
  refuseUnknownProfile(context.ledger, facts.profileCode)
  context.ledger.write(() => {
    const before = complexOf(context.ledger, id)
    context.ledger
      .prepare<[Record<string, unknown>], never>(
        `UPDATE complex SET code = :code, name = :name, pinyin = :pinyin, address = :address, manager_name = :managerName,
           holder_name = :holderName, hotline = :hotline, profile_code = :profileCode, has_assembly = :hasAssembly,
           first_deposit_fen = :firstDepositFen WHERE id = :id`,
      )
      .run({ ...bound(facts), id })
    logOperation(context, 'complex.change', { kind: 'complex', id }, { before, after: facts })
  })
}

/** Throws `complex.missing`. */
export function complexOf(ledger: Ledger, id: ComplexId): Complex {
  const row = ledger.prepare<[number], Complex>(`SELECT ${COMPLEX_COLUMNS} FROM complex WHERE id = ?`).get(id)
  if (row === undefined) throw new Problem({ code: 'complex.missing', message: '没有这个小区', field: 'complex' })
  return row
}

/** Throws `complex.missing`. */
export function complexByCode(ledger: Ledger, code: string): Complex {
  const row = ledger.prepare<[string], Complex>(`SELECT ${COMPLEX_COLUMNS} FROM complex WHERE code = ?`).get(code)
  if (row === undefined) {
    throw new Problem({ code: 'complex.missing', message: `没有编号为“${code}”的小区，请核对编号`, field: 'complex' })
  }
  return row
}

export function listComplexes(ledger: Ledger): readonly Complex[] {
  return ledger.prepare<[], Complex>(`SELECT ${COMPLEX_COLUMNS} FROM complex ORDER BY code`).all()
}

export function addBuilding(context: ServiceContext, complexId: ComplexId, building: { code: string; name: string }): BuildingId {
  requireRole(context, 'administrator', 'head', 'bookkeeper')
  return context.ledger.write(() => storeBuilding(context, complexId, building))
}

/** Inside the transaction of whoever may: a register's import brings its buildings along. */
export function storeBuilding(
  context: ServiceContext, complexId: ComplexId, building: { code: string; name: string },
): BuildingId {
  const { lastInsertRowid } = context.ledger
    .prepare<unknown[], never>('INSERT INTO building (complex_id, code, name) VALUES (?, ?, ?)')
    .run(complexId, building.code, building.name)
  const id = idOf<'building'>(lastInsertRowid)
  logOperation(context, 'building.add', { kind: 'building', id }, { complexId, ...building })
  return id
}

export type Building = { readonly id: BuildingId; readonly code: string; readonly name: string; readonly households: number }

export function listBuildings(ledger: Ledger, complexId: ComplexId): readonly Building[] {
  return ledger
    .prepare<[number], Building>(
      `SELECT b.id, b.code, b.name,
         (SELECT count(*) FROM household h WHERE h.building_id = b.id AND h.state = 'active') AS households
       FROM building b WHERE b.complex_id = ? ORDER BY length(b.code), b.code`,
    )
    .all(complexId)
}

export function isBuildingOf(ledger: Ledger, complexId: ComplexId, buildingId: BuildingId): boolean {
  const found = ledger.prepare<[number, number], unknown>('SELECT 1 FROM building WHERE id = ? AND complex_id = ?')
  return found.get(buildingId, complexId) !== undefined
}

export type CounterpartyFacts = {
  readonly kind: 'company' | 'publicBody' | 'individual'
  readonly name: string
  readonly pinyin?: string
  readonly bankName?: string
  readonly bankAccount?: string
}

export type Counterparty = Required<CounterpartyFacts> & { readonly id: CounterpartyId; readonly state: 'active' | 'left' }

/** One party under one normalised name: 示例传媒（有限）公司 and 示例传媒(有限)公司 are the same. Throws `record.duplicate`. */
export function addCounterparty(context: ServiceContext, facts: CounterpartyFacts): CounterpartyId {
  requireRole(context, 'preparer', 'bookkeeper', 'head', 'administrator')
  return context.ledger.write(() => storeCounterparty(context, facts))
}

/** Inside the transaction of whoever may: an award brings the bidder along. */
export function storeCounterparty(context: ServiceContext, facts: CounterpartyFacts): CounterpartyId {
  const { lastInsertRowid } = context.ledger
    .prepare<unknown[], never>(
      'INSERT INTO counterparty (kind, name, match_name, pinyin, bank_name, bank_account) VALUES (?, ?, ?, ?, ?, ?)',
    )
    .run(facts.kind, facts.name, matchName(facts.name), facts.pinyin ?? '', facts.bankName ?? '', facts.bankAccount ?? '')
  const id = idOf<'counterparty'>(lastInsertRowid)
  logOperation(context, 'counterparty.add', { kind: 'counterparty', id }, { kind: facts.kind, name: facts.name })
  return id
}

/**
 * Where a party is paid. Jobs agreed on before keep the account of their contract or settlement and are paid to no other. Not by
 * who prepares payments. Throws `counterparty.missing`, `counterparty.account`.
 */
export function setCounterpartyAccount(
  context: ServiceContext, id: CounterpartyId, { bankName, bankAccount }: Pick<Counterparty, 'bankName' | 'bankAccount'>,
): void {
  requireRole(context, 'bookkeeper', 'head', 'administrator')
  const after = { bankName: bankName.trim(), bankAccount: bankAccount.trim() }
  for (const field of ['bankName', 'bankAccount'] as const) {
    if (after[field] === '') throw new Problem({ code: 'counterparty.account', message: '请填写开户行和账号', field })
  }
  const { ledger } = context
  ledger.write(() => {
    const before = ledger
      .prepare<[number], Pick<Counterparty, 'name' | 'bankName' | 'bankAccount'>>(
        'SELECT name, bank_name AS bankName, bank_account AS bankAccount FROM counterparty WHERE id = ?',
      )
      .get(id)
    if (before === undefined) throw new Problem({ code: 'counterparty.missing', message: '没有这个对方单位，请刷新' })
    ledger.prepare<unknown[], never>('UPDATE counterparty SET bank_name = ?, bank_account = ? WHERE id = ?')
      .run(after.bankName, after.bankAccount, id)
    const { name, ...was } = before
    logOperation(context, 'counterparty.account', { kind: 'counterparty', id }, { name, before: was, after })
  })
}

/** Undefined: no such party. */
export function counterpartyName(ledger: Ledger, id: CounterpartyId): string | undefined {
  return ledger.prepare<[number], { name: string }>('SELECT name FROM counterparty WHERE id = ?').get(id)?.name
}

export function listCounterparties(ledger: Ledger): readonly Counterparty[] {
  return ledger
    .prepare<[], Counterparty>(
      `SELECT id, kind, name, pinyin, bank_name AS bankName, bank_account AS bankAccount, state
       FROM counterparty ORDER BY name`,
    )
    .all()
}

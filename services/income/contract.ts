/**
 * Income contracts (公共收益合同): recorded once with their papers and instalments, ended early with a reason, never edited.
 * What is due comes from the instalments, what came from the posted lines that name the contract.
 */
import { addDays, type BusinessDate } from '#core/calendar.ts'
import { ownersPart, scheduleProblem, splitSchedule, type Installment } from '#core/income/contract-schedule.ts'
import { idOf, type ComplexId, type ContractId, type CounterpartyId } from '#core/id.ts'
import { Problem } from '#core/problem.ts'
import type { RateMicro } from '#core/rate.ts'
import { fen, subtractFen, type Fen } from '#core/money.ts'
import type { Ledger } from '#db/ledger.ts'
import { findAttachment } from '../attachment.ts'
import { accountByCode, bookOfFund } from '../voucher/book.ts'
import { complexOf } from '../register/complex.ts'
import { requireRole, type ServiceContext } from '../context.ts'
import { logOperation } from '../operation-log.ts'

export type ContractFacts = {
  readonly number: string
  /** Income account of the public income book, e.g. `4001.02` 电梯广告. */
  readonly accountCode: string
  readonly counterpartyId: CounterpartyId
  readonly startsOn: BusinessDate
  readonly endsOn: BusinessDate
  /** Of what the party pays; 100 % where the company keeps nothing. */
  readonly ownersShare: RateMicro
  /** The signed contract. */
  readonly sha256: string
  /** Gross, over all complexes. */
  readonly installments: readonly Installment[]
  /** One entry per complex; the weights (ratios or agreed amounts, integers) matter only where there are several. */
  readonly complexes: readonly { readonly complexId: ComplexId; readonly place: string; readonly weight: number }[]
}

function refuseBadContract(context: ServiceContext, facts: ContractFacts): void {
  if (facts.endsOn <= facts.startsOn) {
    throw new Problem({ code: 'contract.term', message: '合同止日应晚于起日', field: 'endsOn' })
  }
  if (facts.ownersShare <= 0) {
    throw new Problem({ code: 'contract.share', message: '业主分成比例应大于 0%，不超过 100%', field: 'ownersShare' })
  }
  const problem = scheduleProblem(facts.installments)
  if (problem !== null) throw problem
  const outside = facts.installments.findIndex((each) => each.coversFrom < facts.startsOn || each.coversTo > facts.endsOn)
  if (outside >= 0) {
    throw new Problem({ code: 'contract.term', message: `第 ${outside + 1} 期不在合同期内`, field: 'coversTo', row: outside + 1 })
  }
  if (findAttachment(context.ledger, facts.sha256) === undefined) {
    throw new Problem({ code: 'contract.document', message: '请先上传合同文件：没有合同原件不能登记', field: 'sha256' })
  }
  if (facts.complexes.length === 0) {
    throw new Problem({ code: 'contract.complex', message: '请至少选择一个小区', field: 'complexes' })
  }
  if (new Set(facts.complexes.map((each) => each.complexId)).size < facts.complexes.length) {
    throw new Problem({ code: 'contract.complex', message: '同一个小区只列一次', field: 'complexes' })
  }
}

/**
 * Records one contract per complex, all or none; several complexes share the number as a prefix (`HT-9-A01`, `HT-9-A02`).
 * Throws `contract.*`, `account.missing`, `contract.account`, `record.duplicate`.
 */
export function recordContract(context: ServiceContext, facts: ContractFacts): readonly ContractId[] {
  requireRole(context, 'preparer', 'bookkeeper', 'head')
  refuseBadContract(context, facts)
  const { ledger } = context
  const book = bookOfFund(ledger, 'publicIncome')
  const account = accountByCode(ledger, book.id, facts.accountCode)
  if (account.class !== 'income' || account.isLeaf !== 1) {
    throw new Problem({ code: 'contract.account', message: '合同类别要选末级的收入科目', field: 'accountCode' })
  }
  const schedules = splitSchedule(facts.installments, facts.complexes.map((each) => each.weight))
  return ledger.write(() =>
    facts.complexes.map((each, index) => {
      const complex = complexOf(ledger, each.complexId)
      const number = facts.complexes.length === 1 ? facts.number : `${facts.number}-${complex.code}`
      const { lastInsertRowid } = ledger
        .prepare<unknown[], never>(
          `INSERT INTO contract (book_id, complex_id, number, account_id, counterparty_id, place, starts_on, ends_on,
             owners_share_micro, sha256, recorded_by, recorded_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        )
        .run(book.id, complex.id, number, account.id, facts.counterpartyId, each.place, facts.startsOn, facts.endsOn,
          facts.ownersShare, facts.sha256, context.actor.userId, context.clock.now())
      const id = idOf<'contract'>(lastInsertRowid)
      const insert = ledger.prepare<unknown[], never>('INSERT INTO contract_installment VALUES (?, ?, ?, ?, ?, ?)')
      const schedule = schedules[index] ?? []
      for (const [at, part] of schedule.entries()) {
        insert.run(id, at + 1, part.dueOn, part.coversFrom, part.coversTo, part.amount)
      }
      logOperation(context, 'contract.record', { kind: 'contract', id }, { number, complexId: complex.id, schedule })
      return id
    }))
}

/**
 * Instalments due after `endedOn` fall away; what was due stays owed.
 * Throws `contract.end`, `contract.ended`, `contract.reason`, `contract.missing`.
 */
export function endContract(context: ServiceContext, id: ContractId, end: { endedOn: BusinessDate; reason: string }): void {
  requireRole(context, 'preparer', 'bookkeeper', 'head')
  const { ledger } = context
  if (end.reason.trim() === '') throw new Problem({ code: 'contract.reason', message: '请写明提前终止的原因', field: 'reason' })
  ledger.write(() => {
    const contract = contractOf(ledger, id)
    if (contract.endedOn !== null) throw new Problem({ code: 'contract.ended', message: '这份合同已经终止' })
    if (end.endedOn < contract.startsOn || end.endedOn >= contract.endsOn) {
      const message = `终止日应在合同期内（${contract.startsOn} 至 ${contract.endsOn} 之前）`
      throw new Problem({ code: 'contract.end', message, field: 'endedOn' })
    }
    ledger
      .prepare<unknown[], never>('INSERT INTO contract_end VALUES (?, ?, ?, ?, ?)')
      .run(id, end.endedOn, end.reason.trim(), context.actor.userId, context.clock.now())
    logOperation(context, 'contract.end', { kind: 'contract', id }, end)
  })
}

export type Contract = {
  readonly id: ContractId
  readonly complexId: ComplexId
  readonly complexName: string
  readonly number: string
  readonly accountCode: string
  readonly category: string
  readonly counterpartyId: CounterpartyId
  readonly counterpartyName: string
  readonly counterpartyKind: 'company' | 'publicBody' | 'individual'
  readonly place: string
  readonly startsOn: BusinessDate
  readonly endsOn: BusinessDate
  readonly endedOn: BusinessDate | null
  readonly endReason: string | null
  readonly ownersShare: RateMicro
  readonly sha256: string
}

const CONTRACT_COLUMNS = `c.id, c.complex_id AS complexId, x.name AS complexName, c.number,
  a.code AS accountCode, a.name AS category, c.counterparty_id AS counterpartyId, p.name AS counterpartyName,
  p.kind AS counterpartyKind, c.place,
  c.starts_on AS startsOn, c.ends_on AS endsOn, e.ended_on AS endedOn, e.reason AS endReason,
  c.owners_share_micro AS ownersShare, c.sha256`
const CONTRACT_JOINS = `JOIN complex x ON x.id = c.complex_id JOIN account a ON a.id = c.account_id
  JOIN counterparty p ON p.id = c.counterparty_id LEFT JOIN contract_end e ON e.contract_id = c.id`

/** Gross of the instalments due up to `:asOf`; those due after an early end fell away. */
const DUE_GROSS = `coalesce((SELECT sum(i.amount_fen) FROM contract_installment i
  WHERE i.contract_id = c.id AND i.due_on <= :asOf AND i.due_on <= coalesce(e.ended_on, '9999-12-31')), 0)`
/** What came into income accounts on the contract up to `:paidTo`. */
const RECEIVED = `coalesce((SELECT sum(l.credit_fen - l.debit_fen)
  FROM voucher_line l INDEXED BY voucher_line_by_contract JOIN account n ON n.id = l.account_id
  WHERE l.contract_id = c.id AND l.date <= :paidTo AND l.closing = 0 AND n.class = 'income'), 0)`

/** Throws `contract.missing`. */
export function contractOf(ledger: Ledger, id: ContractId): Contract {
  const row = ledger
    .prepare<[number], Contract>(`SELECT ${CONTRACT_COLUMNS} FROM contract c ${CONTRACT_JOINS} WHERE c.id = ?`)
    .get(id)
  if (row === undefined) throw new Problem({ code: 'contract.missing', message: '没有这份合同', field: 'contractId' })
  return row
}

/** Owners' part in fen; `openFen` is what was due and did not come, never negative. */
export type ContractStanding = Contract & {
  readonly dueFen: Fen
  readonly receivedFen: Fen
  readonly openFen: Fen
  /** Over the whole term. */
  readonly totalFen: Fen
  readonly nextDueOn: BusinessDate | null
}

type StandingRow = Contract & { dueGross: Fen; totalGross: Fen; receivedFen: Fen; nextDueOn: BusinessDate | null }

function standingOf({ dueGross, totalGross, ...row }: StandingRow): ContractStanding {
  const dueFen = ownersPart(dueGross, row.ownersShare)
  const open = subtractFen(dueFen, row.receivedFen)
  return { ...row, dueFen, openFen: open > 0 ? open : fen(0), totalFen: ownersPart(totalGross, row.ownersShare) }
}

const STANDING_COLUMNS = `${CONTRACT_COLUMNS}, ${DUE_GROSS} AS dueGross, ${RECEIVED} AS receivedFen,
  coalesce((SELECT sum(i.amount_fen) FROM contract_installment i
    WHERE i.contract_id = c.id AND i.due_on <= coalesce(e.ended_on, '9999-12-31')), 0) AS totalGross,
  (SELECT min(i.due_on) FROM contract_installment i
    WHERE i.contract_id = c.id AND i.due_on > :asOf AND i.due_on <= coalesce(e.ended_on, '9999-12-31')) AS nextDueOn`

export type ContractFilter = {
  readonly complexId?: ComplexId
  readonly state: 'running' | 'over' | 'all'
  readonly asOf: BusinessDate
  readonly text?: string
  /** Keyset: contracts recorded before this one. */
  readonly before?: ContractId
  readonly limit: number
}

const MATCHES_TEXT = "(c.number LIKE '%' || :text || '%' OR p.name LIKE '%' || :text || '%' OR c.place LIKE '%' || :text || '%')"

export const CONTRACT_PAGE = (byComplex: boolean, byText: boolean, state: ContractFilter['state']): string => `
  SELECT ${STANDING_COLUMNS} FROM contract c ${byComplex ? 'INDEXED BY contract_by_complex' : ''} ${CONTRACT_JOINS}
  WHERE c.id < :before ${byComplex ? 'AND c.complex_id = :complexId' : ''}
    ${state === 'running' ? "AND coalesce(e.ended_on, c.ends_on) >= :asOf" : ''}
    ${state === 'over' ? "AND coalesce(e.ended_on, c.ends_on) < :asOf" : ''}
    ${byText ? `AND ${MATCHES_TEXT}` : ''}
  ORDER BY c.id DESC LIMIT :limit`

/** Newest first, with what was due and came up to `asOf`. */
export function listContracts(ledger: Ledger, filter: ContractFilter): readonly ContractStanding[] {
  const { complexId, text } = filter
  return ledger
    .prepare<[Record<string, unknown>], StandingRow>(CONTRACT_PAGE(complexId !== undefined, text !== undefined, filter.state))
    .all({
      before: filter.before ?? Number.MAX_SAFE_INTEGER,
      asOf: filter.asOf,
      paidTo: filter.asOf,
      limit: filter.limit,
      ...(complexId !== undefined && { complexId }),
      ...(text !== undefined && { text }),
    })
    .map(standingOf)
}

export type ContractCard = ContractStanding & {
  readonly installments: readonly (Installment & { readonly seq: number; readonly isDropped: boolean })[]
  readonly receipts: readonly {
    readonly voucherId: number
    readonly date: BusinessDate
    readonly kind: string
    readonly number: number
    readonly summary: string
    readonly amountFen: Fen
  }[]
}

/** One contract with its instalments and every posted receipt (refunds negative). Throws `contract.missing`. */
export function contractCard(ledger: Ledger, id: ContractId, asOf: BusinessDate): ContractCard {
  const row = ledger
    .prepare<[Record<string, unknown>], StandingRow>(
      `SELECT ${STANDING_COLUMNS} FROM contract c ${CONTRACT_JOINS} WHERE c.id = :id`,
    )
    .get({ id, asOf, paidTo: asOf })
  if (row === undefined) throw new Problem({ code: 'contract.missing', message: '没有这份合同', field: 'contractId' })
  const installments = ledger
    .prepare<[number], Installment & { seq: number }>(
      `SELECT seq, due_on AS dueOn, covers_from AS coversFrom, covers_to AS coversTo, amount_fen AS amount
       FROM contract_installment WHERE contract_id = ? ORDER BY seq`,
    )
    .all(id)
  const receipts = ledger
    .prepare<[number], ContractCard['receipts'][number]>(
      `SELECT l.voucher_id AS voucherId, l.date, v.kind, v.number, l.summary, l.credit_fen - l.debit_fen AS amountFen
       FROM voucher_line l INDEXED BY voucher_line_by_contract JOIN account a ON a.id = l.account_id
         JOIN voucher v ON v.id = l.voucher_id
       WHERE l.contract_id = ? AND l.closing = 0 AND a.class = 'income' ORDER BY l.date, l.voucher_id, l.line_no`,
    )
    .all(id)
  const end = row.endedOn ?? '9999-12-31'
  return { ...standingOf(row), installments: installments.map((each) => ({ ...each, isDropped: each.dueOn > end })), receipts }
}

/** A share never raises what is due, so comparing with the gross only lets through contracts to look at, none is missed. */
export const OVERDUE_CONTRACTS = `
  SELECT * FROM (
    SELECT ${STANDING_COLUMNS}, d.firstDue FROM (
      SELECT contract_id, min(due_on) AS firstDue FROM contract_installment INDEXED BY contract_installment_by_due
      WHERE due_on <= :asOf GROUP BY contract_id) d
    JOIN contract c ON c.id = d.contract_id ${CONTRACT_JOINS} WHERE :complexId IS NULL OR c.complex_id = :complexId)
  WHERE receivedFen < dueGross`

/** Contracts whose instalments due before `today` did not come in full by now, the largest arrears first. */
export function overdueContracts(
  ledger: Ledger,
  today: BusinessDate,
  complexId: ComplexId | null = null,
): readonly ContractStanding[] {
  return ledger
    .prepare<[Record<string, unknown>], StandingRow & { firstDue: string }>(OVERDUE_CONTRACTS)
    .all({ asOf: addDays(today, -1), paidTo: today, complexId })
    .map(({ firstDue: _, ...row }) => standingOf(row))
    .filter((contract) => contract.openFen > 0)
    .sort((a, b) => b.openFen - a.openFen || a.id - b.id)
}

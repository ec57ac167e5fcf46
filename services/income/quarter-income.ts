/** Part B of the quarter: one row per contract or category, what was due, what came, and sources that fell silent. */
import { dateInChinese, type BusinessDate, type Quarter } from '#core/calendar.ts'
import { ownersPart } from '#core/income/contract-schedule.ts'
import type { Counterparty, EarlierIncome, Figure, IncomeRow } from '#core/disclosure/quarter-input.ts'
import { addFen, formatYuan, subtractFen, type Fen } from '#core/money.ts'
import { formatPercent, MICRO_PER_PERCENT, rateMicro, type RateMicro } from '#core/rate.ts'
import type { Ledger } from '#db/ledger.ts'
import { incomeBySource, MAX_REFS, type QuarterScope, type SourceQuarter } from './quarter-rows.ts'

export const CONTRACTS_OF_QUARTER = `
  SELECT * FROM (
    SELECT c.id, c.number, a.code, a.name AS category, c.place, p.kind AS partyKind, p.name AS partyName,
           c.owners_share_micro AS ownersShare, c.starts_on AS startsOn, coalesce(e.ended_on, c.ends_on) AS endsOn,
           coalesce(sum(i.amount_fen) FILTER (WHERE i.due_on < :from), 0) AS dueBeforeGross,
           coalesce(sum(i.amount_fen) FILTER (WHERE i.due_on <= :to), 0) AS dueGross,
           min(i.covers_from) FILTER (WHERE i.due_on BETWEEN :from AND :to) AS coversFrom,
           max(i.covers_to) FILTER (WHERE i.due_on BETWEEN :from AND :to) AS coversTo,
           min(i.due_on) FILTER (WHERE i.due_on > :to) AS nextDueOn
    FROM contract c INDEXED BY contract_by_complex JOIN account a ON a.id = c.account_id
      JOIN counterparty p ON p.id = c.counterparty_id LEFT JOIN contract_end e ON e.contract_id = c.id
      LEFT JOIN contract_installment i ON i.contract_id = c.id AND i.due_on <= coalesce(e.ended_on, '9999-12-31')
    WHERE c.complex_id = :complexId AND c.book_id = :bookId AND c.starts_on <= :to GROUP BY c.id)
  WHERE endsOn >= :from OR dueGross > dueBeforeGross ORDER BY code, id`

type ContractQuarter = {
  readonly id: number
  readonly number: string
  readonly code: string
  readonly category: string
  readonly place: string
  readonly partyKind: 'company' | 'publicBody' | 'individual'
  readonly partyName: string
  readonly ownersShare: RateMicro
  readonly startsOn: BusinessDate
  readonly endsOn: BusinessDate
  /** Gross that fell due before the quarter, and by its end. */
  readonly dueBeforeGross: Fen
  readonly dueGross: Fen
  readonly coversFrom: BusinessDate | null
  readonly coversTo: BusinessDate | null
  readonly nextDueOn: BusinessDate | null
}

export type IncomeSide = {
  readonly rows: readonly IncomeRow[]
  readonly earlier: readonly EarlierIncome[]
  /** Reasons the ledger knows by itself: the contract ended and the same firm goes on under another. */
  readonly reasons: Readonly<Record<string, string>>
  /** Sentences the ledger itself can give for a silent row; the clerk takes or rewrites them. */
  readonly suggestions: Readonly<Record<string, string>>
}

/** Who pays where many do, or where nobody was named: interest is the bank's, the rest are those who park and buy. */
function partyOf(kind: SourceQuarter['partyKind'], name: string | null, code: string): Counterparty {
  if (kind === 'individual') return { kind: 'individual' }
  if (name !== null && name !== '') return { kind: 'company', name }
  return { kind: 'company', name: code === '4101' || code.startsWith('4101.') ? '开户银行' : '各付款人' }
}

function figureOf(quarters: readonly SourceQuarter[]): Figure | null {
  if (quarters.length === 0) return null
  return {
    amount: addFen(...quarters.map((each) => each.amountFen)),
    refs: quarters.flatMap((each) => each.vouchers).slice(0, MAX_REFS),
  }
}

type Source = { readonly id: string; readonly quarters: readonly SourceQuarter[]; readonly contract: ContractQuarter | null }

/** A contract that is over and has a running one of the same category and party after it has not fallen silent. */
function successorOf(source: Source, running: readonly ContractQuarter[]): ContractQuarter | undefined {
  const last = source.quarters.at(-1)
  if (source.contract !== null || last === undefined || last.contractId === null) return undefined
  return running.find((contract) => contract.code === last.code && contract.partyName === last.partyName)
}

function noteOf(source: Source, now: SourceQuarter | undefined, share: number | null): string {
  const { contract } = source
  const isNet = share !== null && share < 100 * MICRO_PER_PERCENT
  const hasDue = contract !== null && contract.dueGross !== contract.dueBeforeGross
  const notes = [
    isNet && hasDue ? `合同款 ${formatYuan(subtractFen(contract.dueGross, contract.dueBeforeGross))} 元` : '',
    isNet ? `业主分成 ${formatPercent(rateMicro(share))}%` : '',
  ]
  return [notes.filter((text) => text !== '').join('，'), now?.redReasons ?? ''].filter((text) => text !== '').join('；')
}

function receivableOf(contract: ContractQuarter | null): Figure | null {
  if (contract === null || contract.dueGross === contract.dueBeforeGross) return null
  const due = ownersPart(contract.dueGross, contract.ownersShare)
  return { amount: subtractFen(due, ownersPart(contract.dueBeforeGross, contract.ownersShare)), refs: [] }
}

function rowOf(source: Source, quarter: Quarter): IncomeRow {
  const { contract } = source
  const year = quarter.slice(0, 4)
  const now = source.quarters.find((each) => each.quarter === quarter)
  const some = now ?? source.quarters.at(-1)
  const code = contract?.code ?? some?.code ?? ''
  const share = contract?.ownersShare ?? some?.ownersShare ?? null
  const { coversFrom = null, coversTo = null } = contract ?? {}
  return {
    id: source.id,
    category: source.id === 'correction' ? '以前年度更正' : (contract?.category ?? some?.category ?? ''),
    counterparty: source.id === 'correction'
      ? { kind: 'company', name: '账务更正' }
      : partyOf(contract?.partyKind ?? some?.partyKind ?? null, contract?.partyName ?? some?.partyName ?? null, code),
    place: contract?.place ?? some?.place ?? '',
    contractNo: contract?.number ?? some?.number ?? null,
    covered: coversFrom === null || coversTo === null ? null : { from: coversFrom, to: coversTo },
    receivable: receivableOf(contract),
    received: figureOf(now === undefined ? [] : [now]),
    yearToDate: figureOf(source.quarters.filter((each) => each.quarter.startsWith(year) && each.quarter <= quarter)),
    basis: share !== null && share < 100 * MICRO_PER_PERCENT ? 'net' : 'gross',
    note: noteOf(source, now, share),
    attachments: now?.papers ?? 0,
  }
}

function suggestionOf(source: Source, scope: QuarterScope): string | null {
  const { contract } = source
  const endsOn = contract?.endsOn ?? source.quarters.at(-1)?.endsOn ?? null
  if (endsOn !== null && endsOn < scope.from) return `合同已于${dateInChinese(endsOn)}终止`
  if (contract === null) return null
  if (contract.dueGross > contract.dueBeforeGross) return null
  return contract.nextDueOn === null
    ? '合同款已按约定收取，本期没有应收款'
    : `按合同约定本期没有应收款，下一期应收日为${dateInChinese(contract.nextDueOn)}`
}

function earlierOf(source: Source, each: SourceQuarter): EarlierIncome {
  return {
    id: source.id,
    quarter: each.quarter,
    category: each.category,
    counterparty: partyOf(each.partyKind, each.partyName, each.code),
    place: each.place ?? '',
    contractNo: each.number,
    received: each.amountFen,
  }
}

/**
 * Rows for every source with money this quarter or this year and every contract that runs; sources of the quarters looked
 * back come as `earlier`, so that the sheet shows their silence.
 */
export function incomeSide(ledger: Ledger, scope: QuarterScope): IncomeSide {
  const { bookId, complexId, quarter, from, to } = scope
  const contracts = new Map(
    ledger
      .prepare<[Record<string, unknown>], ContractQuarter>(CONTRACTS_OF_QUARTER)
      .all({ bookId, complexId, from, to })
      .map((contract) => [`contract:${contract.id}`, contract]),
  )
  const bySource = Map.groupBy(incomeBySource(ledger, scope), (row) => row.rowKey)
  const codeOf = (id: string): string => contracts.get(id)?.code ?? bySource.get(id)?.[0]?.code ?? ''
  const ids = [...new Set([...contracts.keys(), ...bySource.keys()])].sort((a, b) => {
    const [one, other] = [`${codeOf(a)} ${a}`, `${codeOf(b)} ${b}`]
    return one < other ? -1 : one > other ? 1 : 0
  })
  const sources = ids.map((id): Source => ({ id, quarters: bySource.get(id) ?? [], contract: contracts.get(id) ?? null }))
  const isShown = (source: Source): boolean =>
    source.contract !== null || source.quarters.some((each) => each.quarter.startsWith(quarter.slice(0, 4)))
  const running = [...contracts.values()]
  const succeeded = new Map(sources.flatMap((source) => {
    const successor = successorOf(source, running)
    return successor === undefined ? [] : [[source.id, successor] as const]
  }))
  const sentences = sources.flatMap((source) => {
    const sentence = suggestionOf(source, scope)
    return sentence === null ? [] : [[source.id, sentence] as const]
  })
  const reasons = sentences.flatMap(([id, sentence]) => {
    const successor = succeeded.get(id)
    return successor === undefined ? [] : [[id, `${sentence}，由合同 ${successor.number} 接续`] as const]
  })
  return {
    rows: sources.filter(isShown).map((source) => rowOf(source, quarter)),
    earlier: sources
      .filter((source) => source.id !== 'correction' && !succeeded.has(source.id))
      .flatMap((source) =>
        source.quarters
          .filter((each) => each.quarter < quarter && each.amountFen !== 0)
          .map((each) => earlierOf(source, each))),
    reasons: Object.fromEntries(reasons),
    suggestions: Object.fromEntries(sentences),
  }
}

/** The shape of a read statement, shared by every format's reader. */
import type { BusinessDate } from '../calendar.ts'
import type { Fen } from '../money.ts'
import { Problem } from '../problem.ts'
import type { Encoding } from './encoding.ts'

export type MessageFormat = 'mt940' | 'mt942' | 'camt.052' | 'camt.053' | 'camt.054' | 'ofx'

export type StatementFormat = 'csv' | 'txt' | 'xls' | 'xlsx' | MessageFormat | 'unknown'

/** What the original is kept as. */
export const MEDIA_TYPES: Readonly<Record<StatementFormat, string>> = {
  csv: 'text/csv', txt: 'text/plain', xls: 'application/vnd.ms-excel',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', mt940: 'text/plain', mt942: 'text/plain',
  'camt.052': 'application/xml', 'camt.053': 'application/xml', 'camt.054': 'application/xml', ofx: 'application/x-ofx',
  unknown: 'application/octet-stream',
}

/** Any error refuses the whole file; a warning is for the clerk's eyes. `line`: 1-based in the file, null for all of it. */
export type StatementIssue = { readonly code: string; readonly message: string; readonly line: number | null }

export type RowKind = 'interest' | 'fee' | 'reversal' | 'other'

export type StatementRow = {
  /** 1-based in the file (sheet row for spreadsheets). */
  readonly line: number
  readonly date: BusinessDate
  /** `HH:MM:SS`, null where the bank gives none. */
  readonly time: string | null
  /** Our book, not the bank's: + money in (贷 on the statement), − money out. */
  readonly amountFen: Fen
  readonly balanceFen: Fen | null
  readonly party: string
  readonly partyAccount: string
  readonly memo: string
  readonly serial: string
  readonly isReversal: boolean
  readonly kind: RowKind
}

/** What the bank itself declares about the file, null where it says nothing. Counts in rows, sums in fen. */
export type DeclaredTotals = {
  readonly count: number | null
  readonly inCount: number | null
  readonly inFen: Fen | null
  readonly outCount: number | null
  readonly outFen: Fen | null
  readonly opening: Fen | null
  readonly closing: Fen | null
}

export type BalanceChain = 'ok' | 'broken' | 'absent'

export type ParsedStatement = {
  readonly format: StatementFormat
  /** Layout id, '' when none was recognised. */
  readonly layout: string
  readonly bank: string
  /** Null for spreadsheets and for files refused before decoding. */
  readonly encoding: Encoding | null
  readonly account: string
  readonly accountName: string
  readonly currency: string
  readonly periodFrom: BusinessDate | null
  readonly periodTo: BusinessDate | null
  readonly opening: Fen | null
  readonly closing: Fen | null
  /** Oldest first where the balances or dates tell; empty when any row could not be read. */
  readonly rows: readonly StatementRow[]
  readonly inCount: number
  readonly inFen: Fen
  readonly outCount: number
  readonly outFen: Fen
  readonly declared: DeclaredTotals | null
  readonly balanceChain: BalanceChain
  /** The file's own order. */
  readonly order: 'ascending' | 'descending'
  /** First lines as decoded, for the clerk to judge encoding and columns; also given for refused files. */
  readonly preview: readonly (readonly string[])[]
  readonly warnings: readonly StatementIssue[]
  readonly errors: readonly StatementIssue[]
}

export type AcceptedStatement = ParsedStatement & { readonly errors: readonly [] }

export function isAccepted(statement: ParsedStatement): statement is AcceptedStatement {
  return statement.errors.length === 0
}

/** The one gate before anything is stored: throws the first error as a Problem with its line. */
export function requireAccepted(statement: ParsedStatement): AcceptedStatement {
  if (isAccepted(statement)) return statement
  const [first] = statement.errors
  const others = statement.errors.length - 1
  throw new Problem({
    code: first?.code ?? 'statement.refused',
    message: `${first?.message ?? '对账单未通过核对'}${others > 0 ? `（另有 ${others} 处问题）` : ''}`,
    ...(first?.line == null ? {} : { row: first.line }),
  })
}

/** Errors beyond this many of one kind add nothing a clerk could act on. */
const LISTED_PER_CODE = 20

export class IssueList {
  readonly #issues: StatementIssue[] = []
  readonly #counts = new Map<string, number>()

  add(code: string, message: string, line: number | null = null): void {
    const count = (this.#counts.get(code) ?? 0) + 1
    this.#counts.set(code, count)
    if (count <= LISTED_PER_CODE) this.#issues.push({ code, message, line })
  }

  addProblem(problem: unknown, line: number | null): void {
    if (!(problem instanceof Problem)) throw problem
    const isSaid = line === null || problem.message.includes(`第 ${line} 行`)
    this.add(problem.code, isSaid ? problem.message : `第 ${line} 行：${problem.message}`, line)
  }

  get isEmpty(): boolean {
    return this.#issues.length === 0
  }

  list(): StatementIssue[] {
    const cut = [...this.#counts].filter(([, count]) => count > LISTED_PER_CODE)
    return [
      ...this.#issues,
      ...cut.map(([code, count]) => ({
        code,
        message: `同类问题还有 ${count - LISTED_PER_CODE} 处，未逐一列出`,
        line: null,
      })),
    ]
  }
}

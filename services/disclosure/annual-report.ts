/** The yearly report of a maintenance fund, from posted lines: every complex's year, what was repaired, what was distributed. */
import { parseDate } from '#core/calendar.ts'
import {
  complexYear,
  expectedClosing,
  yearTotals,
  type ComplexSums,
  type ComplexYear,
  type YearTotals,
} from '#core/disclosure/annual-report.ts'
import type { BookId, ComplexId, RepairId } from '#core/id.ts'
import { addFen, negateFen, subtractFen, ZERO_FEN, type Fen } from '#core/money.ts'
import { Problem } from '#core/problem.ts'
import type { TieOut } from '#core/statements/statements.ts'
import type { Ledger } from '#db/ledger.ts'
import { listComplexes } from '../register/complex.ts'
import { householdYears, type HouseholdYear } from '../household/household-year.ts'
import { FROM_OUTSIDE, statutoryStatements } from '../voucher/statutory.ts'

export type AnnualScope = { readonly bookId: BookId; readonly year: number; readonly complexId?: ComplexId }

export type NamedYear = ComplexYear & { readonly code: string; readonly name: string; readonly address: string }

export type UsedProject = {
  readonly complexId: ComplexId
  readonly complexName: string
  /** Null: spending no repair is named on. */
  readonly repairId: RepairId | null
  readonly number: string | null
  readonly title: string | null
  readonly part: string | null
  readonly accountName: string
  readonly contractor: string | null
  readonly amountFen: Fen
  /** What of it was decided as an emergency. */
  readonly emergencyFen: Fen
}

export type AnnualReport = {
  readonly year: number
  readonly rows: readonly NamedYear[]
  readonly totals: YearTotals
  readonly projects: readonly UsedProject[]
  /** Of the one complex asked for; empty for a whole book, or where no sub-ledger is kept. */
  readonly households: readonly HouseholdYear[]
  /** Gains distributed to the funds in the year (会住维03表 row 四（二）). */
  readonly distributedFen: Fen
  readonly state: 'open' | 'closed'
  readonly tieOuts: readonly TieOut[]
}

const COMPLEX_SUMS = (complexClause: string) => `
  SELECT s.complexId, a.code, a.class, s.openingFen, s.debitFen, s.creditFen, s.balanceFen
  FROM (SELECT complex_id AS complexId, account_id,
               sum(CASE WHEN date < :yearStart THEN debit_fen - credit_fen ELSE 0 END) AS openingFen,
               sum(CASE WHEN date >= :yearStart AND closing = 0 THEN debit_fen ELSE 0 END) AS debitFen,
               sum(CASE WHEN date >= :yearStart AND closing = 0 THEN credit_fen ELSE 0 END) AS creditFen,
               sum(debit_fen - credit_fen) AS balanceFen
        FROM voucher_line INDEXED BY voucher_line_by_complex WHERE book_id = :bookId ${complexClause} AND date <= :to
        GROUP BY complex_id, account_id) s
  JOIN account a ON a.id = s.account_id ORDER BY s.complexId, a.code`

/** What stands outside the year's activity is part of the opening. */
const OUTSIDE = (complexClause: string) => `
  SELECT l.complex_id AS complexId, a.code, a.class, sum(l.debit_fen - l.credit_fen) AS openingFen,
         sum(l.debit_fen) AS debitFen, sum(l.credit_fen) AS creditFen
  ${FROM_OUTSIDE(complexClause)}
  GROUP BY l.complex_id, a.id`

const PROJECTS = (complexClause: string) => `
  SELECT l.complex_id AS complexId, c.name AS complexName, t.repair_id AS repairId, r.number, r.title, r.part,
         a.name AS accountName, k.name AS contractor,
         sum(l.debit_fen - l.credit_fen) AS amountFen,
         sum(CASE WHEN d.kind = 'emergency' OR (SELECT kind FROM repair_authority WHERE repair_id = t.repair_id
               ORDER BY event_id DESC LIMIT 1) = 'emergency'
             THEN l.debit_fen - l.credit_fen ELSE 0 END) AS emergencyFen
  FROM account a CROSS JOIN voucher_line l INDEXED BY voucher_line_by_account ON l.book_id = a.book_id AND l.account_id = a.id
    JOIN voucher_line t ON t.voucher_id = l.voucher_id AND t.line_no = l.line_no
    JOIN voucher v ON v.id = l.voucher_id LEFT JOIN decision d ON d.id = v.decision_id
    JOIN complex c ON c.id = l.complex_id LEFT JOIN repair r ON r.id = t.repair_id
    LEFT JOIN repair_standing s ON s.repair_id = t.repair_id LEFT JOIN counterparty k ON k.id = s.contractor_id
  WHERE a.book_id = :bookId AND (a.code = '5001' OR a.code LIKE '5001.%') AND l.date BETWEEN :yearStart AND :to
    AND l.closing = 0 ${complexClause}
  GROUP BY l.complex_id, a.id, t.repair_id HAVING amountFen <> 0 ORDER BY c.name, r.number`

function keyOf({ complexId, code }: { readonly complexId: ComplexId; readonly code: string }): string {
  return `${complexId} ${code}`
}

type OutsideRow = Pick<ComplexSums, 'complexId' | 'code' | 'openingFen' | 'debitFen' | 'creditFen'>

function complexSums(ledger: Ledger, { bookId, year, complexId }: AnnualScope): readonly ComplexSums[] {
  const parameters: Record<string, unknown> = {
    bookId, yearStart: parseDate(`${year}-01-01`), to: parseDate(`${year}-12-31`), ...(complexId !== undefined && { complexId }),
  }
  const clause = (alias: string) => (complexId === undefined ? '' : `AND ${alias}complex_id = :complexId`)
  const outside = new Map(
    ledger
      .prepare<[Record<string, unknown>], OutsideRow>(OUTSIDE(clause('l.')))
      .all(parameters)
      .map((row) => [keyOf(row), row]),
  )
  return ledger
    .prepare<[Record<string, unknown>], ComplexSums>(COMPLEX_SUMS(clause('')))
    .all(parameters)
    .map((row) => {
      const brought = outside.get(keyOf(row))
      if (brought === undefined) return row
      return {
        ...row,
        openingFen: addFen(row.openingFen, brought.openingFen),
        debitFen: subtractFen(row.debitFen, brought.debitFen),
        creditFen: subtractFen(row.creditFen, brought.creditFen),
      }
    })
}

/** Throws `statements.fund` for books of another fund, `annual.future` for a year that has not begun. */
export function annualReport(ledger: Ledger, scope: AnnualScope, today: string): AnnualReport {
  const { bookId, year, complexId } = scope
  if (`${year}-01-01` > today) {
    throw new Problem({ code: 'annual.future', message: `${year} 年还没有开始，请改选年度`, field: 'year' })
  }
  const statements = statutoryStatements(ledger, {
    bookId, period: { kind: 'year', year }, ...(complexId !== undefined && { complexId, withHouseholds: true }),
  })
  const names = new Map(listComplexes(ledger).map((complex) => [complex.id, complex]))
  const rows = [...Map.groupBy(complexSums(ledger, scope), (row) => row.complexId)]
    .map(([id, sums]): NamedYear => ({
      ...complexYear(id, sums),
      code: names.get(id)?.code ?? '',
      name: names.get(id)?.name ?? '',
      address: names.get(id)?.address ?? '',
    }))
    .sort((a, b) => (a.code < b.code ? -1 : 1))
  const totals = yearTotals(rows)
  const { netAssets } = statements
  const at = (key: string, column: number): Fen => netAssets.rows.find((row) => row.key === key)?.amounts[column] ?? ZERO_FEN
  const last = netAssets.columns.length - 1
  const gains = netAssets.columns.findIndex(({ code }) => code === '3101')
  const own = (code: string, label: string, leftFen: Fen, rightFen: Fen): TieOut =>
    ({ code, label, leftFen, rightFen, holds: leftFen === rightFen })
  const broken = rows.find((row) => expectedClosing(row) !== row.closingFen)
  return {
    year,
    rows,
    totals,
    projects: ledger
      .prepare<[Record<string, unknown>], UsedProject>(PROJECTS(complexId === undefined ? '' : 'AND l.complex_id = :complexId'))
      .all({
        bookId, yearStart: `${year}-01-01`, to: `${year}-12-31`, ...(complexId !== undefined && { complexId }),
      }),
    households: complexId === undefined ? [] : householdYears(ledger, { bookId, complexId, year }),
    distributedFen: negateFen(at('distribution', gains)),
    state: statements.state,
    tieOuts: [
      own('rows', `每行：历年总额 + 缴交 - 退款 - 使用 + 增值收益 = 结存余额${broken === undefined ? '' : `（${broken.name}）`}`,
        broken === undefined ? ZERO_FEN : expectedClosing(broken), broken?.closingFen ?? ZERO_FEN),
      own('opening', '历年总额合计 = 净资产变动表本年年初余额', totals.openingFen, at('opening', last)),
      own('closing', '结存余额合计 = 净资产变动表本年年末余额', totals.closingFen, at('closing', last)),
      ...statements.tieOuts,
    ],
  }
}

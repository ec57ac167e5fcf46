/** The sums behind the statutory statements of a maintenance fund, read from posted lines (会住维01、02、03表). */
import { addDays, firstDayOfMonth, lastDayOfMonth, parseDate, parseMonth, type BusinessDate, type Month } from '#core/calendar.ts'
import type { BookId, ComplexId, VoucherId } from '#core/id.ts'
import { addFen, ZERO_FEN, type Fen } from '#core/money.ts'
import { Problem } from '#core/problem.ts'
import { statementsOf, waitsForClosing, type Statements } from '#core/statements/statements.ts'
import type {
  AccountSums,
  NetAssetVoucher,
  OutsideSums,
  PublicPending,
  StatementPeriod,
  StatementSums,
} from '#core/statements/sums.ts'
import type { VoucherKind } from '#core/voucher/voucher.ts'
import type { Ledger } from '#db/ledger.ts'
import { bookOf, type Book } from './book.ts'
import { closingTargetsOf, openIncomeAndExpenditure } from './closing.ts'
import { householdTieOut } from '../household/household-year.ts'

export type StatementScope = {
  readonly bookId: BookId
  /** Absent: the whole book. */
  readonly complexId?: ComplexId
  readonly period: StatementPeriod
  /** Also that all households together are the fund: every entry is read, which takes seconds for a whole city. */
  readonly withHouseholds?: boolean
}

export type StatutoryStatements = Statements & {
  readonly book: Book
  readonly to: BusinessDate
  /** `closed`: every month of the period is closed, the figures stand. `open`: vouchers may still come. */
  readonly state: 'open' | 'closed'
  /** How often the period has been closed: a statement printed after re-opening is a new version (财会〔2024〕12号). */
  readonly version: number
  /** Income and expenditure wait for their closing voucher; the net assets already count them. */
  readonly waitsForClosing: boolean
}

type Days = {
  readonly yearStart: BusinessDate
  readonly monthStart: BusinessDate
  readonly lastYearStart: BusinessDate
  readonly to: BusinessDate
  readonly month: Month
}

function daysOf(period: StatementPeriod): Days {
  const month = period.kind === 'month' ? period.month : parseMonth(`${period.year}-12`)
  const year = Number(month.slice(0, 4))
  return {
    month,
    monthStart: firstDayOfMonth(month),
    to: lastDayOfMonth(month),
    yearStart: parseDate(`${year}-01-01`),
    lastYearStart: parseDate(`${year - 1}-01-01`),
  }
}

const SUMS = (source: string) => `
  SELECT a.id AS accountId, a.code, a.name, a.class, s.beforeFen, s.monthFen, s.yearFen, s.lastYearFen, s.closedFen, s.balanceFen
  FROM (SELECT account_id,
               sum(CASE WHEN date < :yearStart THEN debit_fen - credit_fen ELSE 0 END) AS beforeFen,
               sum(CASE WHEN date >= :monthStart AND closing = 0 THEN debit_fen - credit_fen ELSE 0 END) AS monthFen,
               sum(CASE WHEN date >= :yearStart AND closing = 0 THEN debit_fen - credit_fen ELSE 0 END) AS yearFen,
               sum(CASE WHEN date >= :lastYearStart AND date < :yearStart AND closing = 0
                   THEN debit_fen - credit_fen ELSE 0 END) AS lastYearFen,
               sum(CASE WHEN date >= :yearStart AND closing = 1 THEN debit_fen - credit_fen ELSE 0 END) AS closedFen,
               sum(debit_fen - credit_fen) AS balanceFen
        FROM ${source} GROUP BY account_id) s
  JOIN account a ON a.id = s.account_id ORDER BY a.code`

const SUMS_OF_BOOK = SUMS('voucher_line INDEXED BY voucher_line_by_account WHERE book_id = :bookId AND date <= :to')
const SUMS_OF_COMPLEX = SUMS(
  'voucher_line INDEXED BY voucher_line_by_complex WHERE book_id = :bookId AND complex_id = :complexId AND date <= :to',
)

const STANDS_OUTSIDE = `v.purpose IN ('opening', 'priorYear') AND (v.purpose = 'opening' OR NOT EXISTS (
    SELECT 1 FROM voucher_line o JOIN account c ON c.id = o.account_id
    WHERE o.voucher_id = v.id AND c.class IN ('income', 'expenditure')))`

/**
 * Lines of vouchers that stand outside the year's activity: openings, and corrections of earlier years that touch no income or
 * expenditure (those that do are the year's own). Lines are `l`, vouchers `v`, accounts `a`.
 */
export const FROM_OUTSIDE = (complexClause: string) => `
  FROM voucher v INDEXED BY voucher_by_date CROSS JOIN voucher_line l ON l.voucher_id = v.id
    JOIN account a ON a.id = l.account_id
  WHERE v.book_id = :bookId AND v.date BETWEEN :yearStart AND :to AND ${STANDS_OUTSIDE} ${complexClause}`

const OUTSIDE = (complexClause: string) => `
  SELECT CASE v.purpose WHEN 'opening' THEN 'opening' ELSE 'adjustment' END AS kind, a.code,
         sum(CASE WHEN v.date >= :monthStart THEN l.debit_fen - l.credit_fen ELSE 0 END) AS inMonthFen,
         sum(l.debit_fen - l.credit_fen) AS inYearFen
  ${FROM_OUTSIDE(complexClause)}
  GROUP BY 1, a.code ORDER BY 1, a.code`

const NET_ASSET_VOUCHERS = (complexClause: string) => `
  SELECT l.voucher_id AS voucherId, a.code, sum(l.debit_fen - l.credit_fen) AS amountFen
  FROM account a CROSS JOIN voucher_line l INDEXED BY voucher_line_by_account ON l.book_id = a.book_id AND l.account_id = a.id
    CROSS JOIN voucher v ON v.id = l.voucher_id
  WHERE a.book_id = :bookId AND a.class = 'netAssets' AND l.date BETWEEN :yearStart AND :to AND l.closing = 0 ${complexClause}
    AND v.purpose <> 'opening' AND (v.purpose <> 'priorYear' OR EXISTS (
      SELECT 1 FROM voucher_line o JOIN account c ON c.id = o.account_id
      WHERE o.voucher_id = v.id AND c.class IN ('income', 'expenditure')))
  GROUP BY l.voucher_id, a.code ORDER BY l.voucher_id, a.code`

/** By account over the complexes asked for, at the end of the year before and at the end. */
function publicPending(
  ledger: Ledger, { bookId, complexId }: Pick<StatementScope, 'bookId' | 'complexId'>, { yearStart, to }: Days,
): readonly PublicPending[] {
  const byCode = (date: BusinessDate): ReadonlyMap<string, Fen> => {
    const all = openIncomeAndExpenditure(ledger, bookId, date)
      .filter((each) => complexId === undefined || each.complexId === complexId)
    return new Map([...Map.groupBy(all, ({ code }) => code)]
      .map(([code, open]) => [code, addFen(...open.map(({ publicFen = ZERO_FEN }) => publicFen))] as const)
      .filter(([, openFen]) => openFen !== 0))
  }
  const [before, now] = [byCode(addDays(yearStart, -1)), byCode(to)]
  return [...new Set([...before.keys(), ...now.keys()])].sort()
    .map((code) => ({ code, openingFen: before.get(code) ?? ZERO_FEN, balanceFen: now.get(code) ?? ZERO_FEN }))
}

/** The sums of a book, or of one complex in it. Throws `statements.fund` for books the forms do not apply to. */
export function statementSums(ledger: Ledger, { bookId, complexId, period }: StatementScope): StatementSums {
  const book = bookOf(ledger, bookId)
  if (book.fundKind !== 'maintenance') {
    throw new Problem({
      code: 'statements.fund',
      message: `会住维报表只适用于住宅专项维修资金账簿；“${book.name}”请看收支结余表`,
      field: 'book',
    })
  }
  const days = daysOf(period)
  const parameters: Record<string, unknown> = {
    bookId, yearStart: days.yearStart, monthStart: days.monthStart, lastYearStart: days.lastYearStart, to: days.to,
    ...(complexId !== undefined && { complexId }),
  }
  const { yearStart, monthStart, to } = days
  const inYear: Record<string, unknown> = { bookId, yearStart, to, ...(complexId !== undefined && { complexId }) }
  const complexClause = complexId === undefined ? '' : 'AND l.complex_id = :complexId'
  return {
    accounts: ledger
      .prepare<[Record<string, unknown>], AccountSums>(complexId === undefined ? SUMS_OF_BOOK : SUMS_OF_COMPLEX)
      .all(parameters),
    outside: ledger
      .prepare<[Record<string, unknown>], OutsideSums>(OUTSIDE(complexClause))
      .all({ ...inYear, monthStart }),
    netAssetVouchers: ledger
      .prepare<[Record<string, unknown>], NetAssetVoucher>(NET_ASSET_VOUCHERS(complexClause))
      .all(inYear),
    targets: closingTargetsOf(ledger, bookId),
    publicPending: publicPending(ledger, { bookId, ...(complexId !== undefined && { complexId }) }, days),
    hasLastYear: book.openedOn < yearStart,
  }
}

/** The three forms with their tie-outs. Throws `statements.fund`, `book.missing`. */
export function statutoryStatements(ledger: Ledger, scope: StatementScope): StatutoryStatements {
  const sums = statementSums(ledger, scope)
  const { month, to } = daysOf(scope.period)
  const { bookId, complexId } = scope
  const statements = statementsOf(sums, scope.period)
  const households = scope.withHouseholds === true
    ? householdTieOut(ledger, { bookId, to, ...(complexId !== undefined && { complexId }) })
    : null
  return {
    ...statements,
    tieOuts: households === null ? statements.tieOuts : [...statements.tieOuts, households],
    book: bookOf(ledger, bookId),
    to,
    ...standingOf(ledger, bookId, month),
    waitsForClosing: waitsForClosing(sums),
  }
}

/** Months close in order, so the last month speaks for the whole period. */
function standingOf(ledger: Ledger, bookId: BookId, month: Month): Pick<StatutoryStatements, 'state' | 'version'> {
  const row = ledger
    .prepare<[number, string], { state: string; closings: number }>(
      `SELECT state, (SELECT count(*) FROM period_event e
                      WHERE e.book_id = p.book_id AND e.month = p.month AND e.kind = 'close') AS closings
       FROM period p WHERE book_id = ? AND month = ?`,
    )
    .get(bookId, month)
  return { state: row === undefined || row.state === 'open' ? 'open' : 'closed', version: row?.closings ?? 0 }
}

/** Statements that do not tie out are shown, with the mark, but never printed or exported. Throws `statements.tieOut`. */
export function requireTieOuts({ tieOuts }: Pick<Statements, 'tieOuts'>): void {
  const broken = tieOuts.filter(({ holds }) => !holds)
  if (broken.length === 0) return
  throw new Problem({
    code: 'statements.tieOut',
    message: `报表勾稽不符，不能输出：${broken.map(({ label }) => label).join('；')}。请在“账簿与报表”查看相应凭证`,
  })
}

export type FigureLine = {
  readonly voucherId: VoucherId
  readonly lineNo: number
  readonly date: BusinessDate
  readonly kind: VoucherKind
  readonly number: number
  readonly summary: string
  readonly accountCode: string
  readonly accountName: string
  readonly complexName: string
  readonly debitFen: Fen
  readonly creditFen: Fen
}

export type FigureQuestion = {
  readonly bookId: BookId
  readonly complexId?: ComplexId
  readonly accountIds: readonly number[]
  readonly from: BusinessDate
  readonly to: BusinessDate
  /** What moved; or what was put into the year's opening during the year: an old system's balances, earlier years put right. */
  readonly counts: 'movement' | 'opening'
  /** Keyset: lines after this one. */
  readonly after?: { readonly date: BusinessDate; readonly voucherId: number; readonly lineNo: number }
  readonly limit: number
}

/** The lines behind a figure: closing vouchers are left out, as the form leaves them out. */
export function linesBehind(ledger: Ledger, question: FigureQuestion): readonly FigureLine[] {
  const { bookId, complexId, accountIds, from, to, counts, after, limit } = question
  return ledger
    .prepare<[Record<string, unknown>], FigureLine>(
      `SELECT l.voucher_id AS voucherId, l.line_no AS lineNo, l.date, v.kind, v.number, t.summary, a.code AS accountCode,
              a.name AS accountName, c.name AS complexName, l.debit_fen AS debitFen, l.credit_fen AS creditFen
       FROM json_each(:accountIds) j CROSS JOIN voucher_line l INDEXED BY voucher_line_by_account
           ON l.book_id = :bookId AND l.account_id = j.value
         JOIN voucher v ON v.id = l.voucher_id
         JOIN voucher_line t ON t.voucher_id = l.voucher_id AND t.line_no = l.line_no
         JOIN account a ON a.id = l.account_id JOIN complex c ON c.id = l.complex_id
       WHERE l.date BETWEEN :from AND :to AND l.closing = 0 ${complexId === undefined ? '' : 'AND l.complex_id = :complexId'}
         ${counts === 'opening' ? `AND ${STANDS_OUTSIDE}` : ''}
         AND (l.date, l.voucher_id, l.line_no) > (:afterDate, :afterVoucher, :afterLine)
       ORDER BY l.date, l.voucher_id, l.line_no LIMIT :limit`,
    )
    .all({
      accountIds: JSON.stringify(accountIds),
      bookId,
      from,
      to,
      afterDate: after?.date ?? '0000-01-01',
      afterVoucher: after?.voucherId ?? 0,
      afterLine: after?.lineNo ?? 0,
      limit,
      ...(complexId !== undefined && { complexId }),
    })
}

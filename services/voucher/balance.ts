/** Balances, derived every time from a covering index and never stored (design §4). */
import type { BusinessDate } from '#core/calendar.ts'
import type { AccountClass } from '#core/voucher/chart.ts'
import type { FundKind } from '#core/fund.ts'
import type { AccountId, BankAccountId, BookId, ComplexId } from '#core/id.ts'
import { fen, type Fen } from '#core/money.ts'
import type { Ledger } from '#db/ledger.ts'

export type TrialBalanceRow = {
  readonly accountId: AccountId
  readonly code: string
  readonly name: string
  readonly class: AccountClass
  /** debit − credit, fen */
  readonly openingFen: Fen
  readonly debitFen: Fen
  readonly creditFen: Fen
  readonly closingFen: Fen
}

export type TrialBalance = { readonly rows: readonly TrialBalanceRow[]; readonly debitFen: Fen; readonly creditFen: Fen }

export type TrialBalanceScope = {
  readonly bookId: BookId
  readonly complexId?: ComplexId
  /** Movement from this day; before it is opening. Absent: everything is movement. */
  readonly from?: BusinessDate
  readonly to: BusinessDate
}

const TRIAL_BALANCE = (source: string) => `
  SELECT a.id AS accountId, a.code, a.name, a.class, s.openingFen, s.debitFen, s.creditFen,
         s.openingFen + s.debitFen - s.creditFen AS closingFen
  FROM (SELECT account_id,
               sum(CASE WHEN date < :from THEN debit_fen - credit_fen ELSE 0 END) AS openingFen,
               sum(CASE WHEN date >= :from THEN debit_fen ELSE 0 END) AS debitFen,
               sum(CASE WHEN date >= :from THEN credit_fen ELSE 0 END) AS creditFen
        FROM ${source} GROUP BY account_id) s
  JOIN account a ON a.id = s.account_id ORDER BY a.code`

export const TRIAL_BALANCE_OF_BOOK = TRIAL_BALANCE(
  'voucher_line INDEXED BY voucher_line_by_account WHERE book_id = :bookId AND date <= :to',
)
export const TRIAL_BALANCE_OF_COMPLEX = TRIAL_BALANCE(
  'voucher_line INDEXED BY voucher_line_by_complex WHERE book_id = :bookId AND complex_id = :complexId AND date <= :to',
)

/** Leaf accounts with any line up to `to`; the two totals are equal in a sound book. */
export function trialBalance(ledger: Ledger, scope: TrialBalanceScope): TrialBalance {
  const parameters = { bookId: scope.bookId, from: scope.from ?? '0000-01-01', to: scope.to }
  const rows = scope.complexId === undefined
    ? ledger.prepare<[Record<string, unknown>], TrialBalanceRow>(TRIAL_BALANCE_OF_BOOK).all(parameters)
    : ledger
        .prepare<[Record<string, unknown>], TrialBalanceRow>(TRIAL_BALANCE_OF_COMPLEX)
        .all({ ...parameters, complexId: scope.complexId })
  return {
    rows,
    debitFen: fen(rows.reduce((sum, row) => sum + row.debitFen, 0)),
    creditFen: fen(rows.reduce((sum, row) => sum + row.creditFen, 0)),
  }
}

export type RegisterLine = {
  readonly voucherId: number
  readonly lineNo: number
  readonly date: BusinessDate
  readonly kind: string
  readonly number: number
  readonly summary: string
  readonly complexId: ComplexId
  readonly complexName: string
  readonly debitFen: Fen
  readonly creditFen: Fen
  /** debit − credit after this line, in order of date and voucher. */
  readonly balanceFen: Fen
}

export type RegisterScope = {
  readonly bookId: BookId
  readonly accountId: AccountId
  readonly complexId?: ComplexId
  readonly from?: BusinessDate
  readonly to?: BusinessDate
  /** Keyset: lines after this one. */
  readonly after?: { readonly date: BusinessDate; readonly voucherId: number; readonly lineNo: number; readonly balanceFen: Fen }
  readonly limit: number
}

/**
 * A page of the detail ledger (明细账) with running balance. The opening is one sum over the index; the page walks it from
 * the key onwards, so that page n costs what page 1 costs.
 */
export function registerPage(ledger: Ledger, scope: RegisterScope): { openingFen: Fen; lines: readonly RegisterLine[] } {
  const byComplex = scope.complexId === undefined ? '' : 'AND l.complex_id = :complexId'
  const parameters: Record<string, unknown> = {
    bookId: scope.bookId,
    accountId: scope.accountId,
    from: scope.from ?? '0000-01-01',
    to: scope.to ?? '9999-12-31',
    afterDate: scope.after?.date ?? '0000-01-01',
    afterVoucher: scope.after?.voucherId ?? 0,
    afterLine: scope.after?.lineNo ?? 0,
    limit: scope.limit,
    ...(scope.complexId !== undefined && { complexId: scope.complexId }),
  }
  const openingFen = scope.after?.balanceFen ?? openingBalance(ledger, scope)
  const lines = ledger
    .prepare<[Record<string, unknown>], Omit<RegisterLine, 'balanceFen'>>(
      `SELECT l.voucher_id AS voucherId, l.line_no AS lineNo, l.date, v.kind, v.number, t.summary, l.complex_id AS complexId,
              c.name AS complexName, l.debit_fen AS debitFen, l.credit_fen AS creditFen
       FROM voucher_line l INDEXED BY voucher_line_by_account JOIN voucher v ON v.id = l.voucher_id
         JOIN voucher_line t ON t.voucher_id = l.voucher_id AND t.line_no = l.line_no JOIN complex c ON c.id = l.complex_id
       WHERE l.book_id = :bookId AND l.account_id = :accountId AND l.date BETWEEN :from AND :to ${byComplex}
         AND (l.date, l.voucher_id, l.line_no) > (:afterDate, :afterVoucher, :afterLine)
       ORDER BY l.date, l.voucher_id, l.line_no LIMIT :limit`,
    )
    .all(parameters)
  let balance: Fen = openingFen
  return {
    openingFen,
    lines: lines.map((line) => {
      balance = fen(balance + line.debitFen - line.creditFen)
      return { ...line, balanceFen: balance }
    }),
  }
}

function openingBalance(ledger: Ledger, scope: RegisterScope): Fen {
  if (scope.from === undefined) return fen(0)
  const byComplex = scope.complexId === undefined ? '' : 'AND complex_id = :complexId'
  const row = ledger
    .prepare<[Record<string, unknown>], { openingFen: Fen }>(
      `SELECT coalesce(sum(debit_fen - credit_fen), 0) AS openingFen FROM voucher_line INDEXED BY voucher_line_by_account
       WHERE book_id = :bookId AND account_id = :accountId AND date < :from ${byComplex}`,
    )
    .get({
      bookId: scope.bookId,
      accountId: scope.accountId,
      from: scope.from,
      ...(scope.complexId !== undefined && { complexId: scope.complexId }),
    })
  return row?.openingFen ?? fen(0)
}

export type BankBalance = {
  readonly bankAccountId: BankAccountId
  readonly bookId: BookId
  readonly bookName: string
  readonly fundKind: FundKind
  readonly bankName: string
  readonly number: string
  readonly complexId: ComplexId | null
  readonly demandFen: Fen
  readonly termFen: Fen
}

/**
 * SQL for what the books say is in bank account `k` at the end of `date`, fen; certificates (1001.02 and below it) apart. One
 * range of the index per account of the book: joining the account to every line takes ten times as long.
 */
export function moneyAtBank(date: string, side: 'demand' | 'term'): string {
  return `coalesce((SELECT sum((SELECT sum(l.debit_fen - l.credit_fen) FROM voucher_line l INDEXED BY voucher_line_by_bank
      WHERE l.bank_account_id = k.id AND l.account_id = t.id AND l.date <= ${date}))
    FROM account t WHERE t.book_id = k.book_id AND t.needs_bank = 1
      AND t.code ${side === 'term' ? '' : 'NOT '}LIKE '1001.02%'), 0)`
}

const BANK_BALANCES = `
  SELECT k.id AS bankAccountId, k.book_id AS bookId, b.name AS bookName, b.fund_kind AS fundKind, k.bank_name AS bankName,
         k.number, k.complex_id AS complexId, ${moneyAtBank(':asOf', 'demand')} AS demandFen,
         ${moneyAtBank(':asOf', 'term')} AS termFen
  FROM bank_account k JOIN book b ON b.id = k.book_id ORDER BY k.book_id, k.id`

/** What the books say is in every bank account on a day: demand and term apart. */
export function bankBalances(ledger: Ledger, asOf: BusinessDate): readonly BankBalance[] {
  return ledger.prepare<[Record<string, unknown>], BankBalance>(BANK_BALANCES).all({ asOf })
}

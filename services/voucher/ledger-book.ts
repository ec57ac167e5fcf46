/** What ledgers in book form hold: which accounts have something to show, and the content of each. */
import {
  firstDayOfMonth,
  lastDayOfMonth,
  nextMonth,
  parseDate,
  parseMonth,
  type BusinessDate,
  type Month,
} from '#core/calendar.ts'
import { parentCode, type AccountClass } from '#core/voucher/chart.ts'
import type { AccountId, BankAccountId, BookId, ComplexId } from '#core/id.ts'
import type { BookEntry, MonthSums } from '#core/voucher/ledger-book.ts'
import { addFen, fen, ZERO_FEN, type Fen } from '#core/money.ts'
import { Problem } from '#core/problem.ts'
import { voucherWord, type VoucherKind } from '#core/voucher/voucher.ts'
import type { Ledger } from '#db/ledger.ts'
import { listAccounts, listBankAccounts, type Account } from './book.ts'

export const LEDGER_KINDS = ['general', 'detail', 'bankJournal', 'imprestJournal'] as const
export type LedgerKind = (typeof LEDGER_KINDS)[number]

export type LedgerScope = {
  readonly bookId: BookId
  readonly complexId?: ComplexId
  readonly from: Month
  readonly to: Month
}

/** Months of one year: a book of accounts is a year's. Throws `ledgerBook.span`. */
export function requireOneYear({ from, to }: Pick<LedgerScope, 'from' | 'to'>): void {
  if (from.slice(0, 4) === to.slice(0, 4) && from <= to) return
  throw new Problem({ code: 'ledgerBook.span', message: '账簿按年度装订：起止月份要在同一年，且先后有序', field: 'to' })
}

type Span = { readonly yearStart: BusinessDate; readonly from: BusinessDate; readonly to: BusinessDate }

function spanOf(scope: LedgerScope): Span {
  const yearStart = parseDate(`${scope.from.slice(0, 4)}-01-01`)
  return { yearStart, from: firstDayOfMonth(scope.from), to: lastDayOfMonth(scope.to) }
}

export type BookOpening = {
  readonly accountId: AccountId
  /** Balance before the first month, and what moved in the year before it. */
  readonly openingFen: Fen
  readonly debitFen: Fen
  readonly creditFen: Fen
  /** Lines of the months asked for. */
  readonly lines: number
}

const OPENINGS = (source: string) => `
  SELECT account_id AS accountId,
         sum(CASE WHEN date < :from THEN debit_fen - credit_fen ELSE 0 END) AS openingFen,
         sum(CASE WHEN date >= :yearStart AND date < :from THEN debit_fen ELSE 0 END) AS debitFen,
         sum(CASE WHEN date >= :yearStart AND date < :from THEN credit_fen ELSE 0 END) AS creditFen,
         sum(date >= :from) AS lines
  FROM ${source} GROUP BY account_id`

/** Lowest accounts with a balance or a line in the span, in order of their codes. */
export function ledgerAccounts(ledger: Ledger, scope: LedgerScope): readonly (BookOpening & { readonly account: Account })[] {
  const { bookId, complexId } = scope
  const source = complexId === undefined
    ? 'voucher_line INDEXED BY voucher_line_by_account WHERE book_id = :bookId AND date <= :to'
    : 'voucher_line INDEXED BY voucher_line_by_complex WHERE book_id = :bookId AND complex_id = :complexId AND date <= :to'
  const rows = ledger
    .prepare<[Record<string, unknown>], BookOpening>(OPENINGS(source))
    .all({ bookId, ...spanOf(scope), ...(complexId !== undefined && { complexId }) })
  const byId = new Map(rows.map((row) => [row.accountId, row]))
  return listAccounts(ledger, bookId).flatMap((account) => {
    const opening = byId.get(account.id)
    return opening === undefined || (opening.openingFen === 0 && opening.lines === 0) ? [] : [{ ...opening, account }]
  })
}

type EntryRow = Omit<BookEntry, 'word'> & { readonly kind: VoucherKind; readonly number: number }

function entriesOf(ledger: Ledger, where: string, parameters: Record<string, unknown>): readonly BookEntry[] {
  return ledger
    .prepare<[Record<string, unknown>], EntryRow>(
      `SELECT l.date, v.kind, v.number, t.summary, c.name AS complex, l.debit_fen AS debitFen, l.credit_fen AS creditFen
       FROM ${where}`,
    )
    .all(parameters)
    .map(({ kind, number, ...entry }) => ({ ...entry, word: voucherWord(kind, number) }))
}

const WITH_VOUCHER = `JOIN voucher v ON v.id = l.voucher_id
  JOIN voucher_line t ON t.voucher_id = l.voucher_id AND t.line_no = l.line_no JOIN complex c ON c.id = l.complex_id`

/** Lines of one lowest account, in order of date and voucher. */
export function accountEntries(ledger: Ledger, scope: LedgerScope, accountId: AccountId): readonly BookEntry[] {
  const { bookId, complexId } = scope
  const { from, to } = spanOf(scope)
  return entriesOf(
    ledger,
    `voucher_line l INDEXED BY voucher_line_by_account ${WITH_VOUCHER}
     WHERE l.book_id = :bookId AND l.account_id = :accountId AND l.date BETWEEN :from AND :to
       ${complexId === undefined ? '' : 'AND l.complex_id = :complexId'}
     ORDER BY l.date, l.voucher_id, l.line_no`,
    { bookId, accountId, from, to, ...(complexId !== undefined && { complexId }) },
  )
}

export type BankBook = {
  readonly bankAccountId: BankAccountId
  readonly name: string
  readonly openingFen: Fen
  readonly debitFen: Fen
  readonly creditFen: Fen
  readonly entries: readonly BookEntry[]
}

/**
 * The journal of each bank account of the book: its demand money, day by day. Certificates are not money that moves daily;
 * they are in the detail ledger.
 */
export function bankBooks(ledger: Ledger, scope: LedgerScope): readonly BankBook[] {
  const { bookId, complexId } = scope
  const span = spanOf(scope)
  const demand = listAccounts(ledger, bookId).filter(({ needsBank, code }) => needsBank === 1 && !code.startsWith('1001.02'))
  const complexClause = complexId === undefined ? '' : 'AND l.complex_id = :complexId'
  const ofComplex = complexId !== undefined && { complexId }
  const opening = ledger.prepare<[Record<string, unknown>], Omit<BookOpening, 'accountId' | 'lines'>>(
    `SELECT coalesce(sum(CASE WHEN l.date < :from THEN l.debit_fen - l.credit_fen END), 0) AS openingFen,
            coalesce(sum(CASE WHEN l.date >= :yearStart THEN l.debit_fen END), 0) AS debitFen,
            coalesce(sum(CASE WHEN l.date >= :yearStart THEN l.credit_fen END), 0) AS creditFen
     FROM json_each(:accounts) j CROSS JOIN voucher_line l INDEXED BY voucher_line_by_bank
       ON l.bank_account_id = :bankAccountId AND l.account_id = j.value
     WHERE l.date < :from ${complexClause}`,
  )
  const { yearStart, from, to } = span
  return listBankAccounts(ledger)
    .filter((account) => account.bookId === bookId)
    .flatMap((account): BankBook[] => {
      const key = { accounts: JSON.stringify(demand.map(({ id }) => id)), bankAccountId: account.id, ...ofComplex }
      const sums = opening.get({ ...key, yearStart, from })
      const entries = entriesOf(
        ledger,
        `json_each(:accounts) j CROSS JOIN voucher_line l INDEXED BY voucher_line_by_bank
           ON l.bank_account_id = :bankAccountId AND l.account_id = j.value ${WITH_VOUCHER}
         WHERE l.date BETWEEN :from AND :to ${complexClause} ORDER BY l.date, l.voucher_id, l.line_no`,
        { ...key, from, to },
      )
      const openingFen = sums?.openingFen ?? ZERO_FEN
      if (openingFen === 0 && entries.length === 0) return []
      return [{
        bankAccountId: account.id, name: `${account.bankName} ${account.number}`, openingFen,
        debitFen: sums?.debitFen ?? ZERO_FEN, creditFen: sums?.creditFen ?? ZERO_FEN, entries,
      }]
    })
}

export type GeneralAccount = {
  readonly code: string
  readonly name: string
  readonly class: AccountClass
  readonly openingFen: Fen
  readonly debitFen: Fen
  readonly creditFen: Fen
  readonly months: readonly MonthSums[]
}

/** The general ledger: monthly sums of every first-level account with a balance or a line. */
export function generalAccounts(ledger: Ledger, scope: LedgerScope): readonly GeneralAccount[] {
  const { bookId, complexId } = scope
  const { from, to } = spanOf(scope)
  const source = complexId === undefined
    ? 'voucher_line INDEXED BY voucher_line_by_account WHERE book_id = :bookId'
    : 'voucher_line INDEXED BY voucher_line_by_complex WHERE book_id = :bookId AND complex_id = :complexId'
  const moved = ledger
    .prepare<[Record<string, unknown>], { accountId: AccountId; month: string; debitFen: number; creditFen: number }>(
      `SELECT account_id AS accountId, substr(date, 1, 7) AS month, sum(debit_fen) AS debitFen, sum(credit_fen) AS creditFen
       FROM ${source} AND date BETWEEN :from AND :to GROUP BY account_id, month`,
    )
    .all({ bookId, from, to, ...(complexId !== undefined && { complexId }) })
  const used = ledgerAccounts(ledger, scope)
  return listAccounts(ledger, bookId)
    .filter(({ code }) => parentCode(code) === null)
    .flatMap((heading): GeneralAccount[] => {
      const leaves = used.filter(({ account }) => account.code === heading.code || account.code.startsWith(`${heading.code}.`))
      if (leaves.length === 0) return []
      const ids = new Set(leaves.map(({ accountId }) => accountId))
      const lines = moved.filter(({ accountId }) => ids.has(accountId))
      const months: MonthSums[] = []
      for (let month = scope.from; month <= scope.to; month = nextMonth(month)) {
        const ofMonth = lines.filter((line) => line.month === month)
        if (ofMonth.length === 0) continue
        months.push({
          month: parseMonth(month),
          debitFen: fen(ofMonth.reduce((sum, line) => sum + line.debitFen, 0)),
          creditFen: fen(ofMonth.reduce((sum, line) => sum + line.creditFen, 0)),
        })
      }
      return [{
        code: heading.code,
        name: heading.name,
        class: heading.class,
        openingFen: addFen(...leaves.map(({ openingFen }) => openingFen)),
        debitFen: addFen(...leaves.map(({ debitFen }) => debitFen)),
        creditFen: addFen(...leaves.map(({ creditFen }) => creditFen)),
        months,
      }]
    })
}

export type BoundVouchers = {
  readonly kind: VoucherKind
  readonly count: number
  readonly first: number
  readonly last: number
  readonly attachments: number
  readonly from: BusinessDate
  readonly to: BusinessDate
}

/** What the cover of a month's bound vouchers says, per kind (会计基础工作规范 art. 55). */
export function boundVouchers(ledger: Ledger, bookId: BookId, month: Month): readonly BoundVouchers[] {
  return ledger
    .prepare<[number, string], BoundVouchers>(
      `SELECT kind, count(*) AS count, min(number) AS first, max(number) AS last, sum(attachment_count) AS attachments,
              min(date) AS "from", max(date) AS "to"
       FROM voucher WHERE book_id = ? AND month = ? GROUP BY kind ORDER BY kind`,
    )
    .all(bookId, month)
}

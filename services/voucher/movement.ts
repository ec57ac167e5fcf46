/** 收支结余表 of a book, or of one complex in it, for any span of months. */
import { firstDayOfMonth, lastDayOfMonth, type BusinessDate, type Month } from '#core/calendar.ts'
import type { BookId, ComplexId } from '#core/id.ts'
import { addFen, subtractFen, type Fen } from '#core/money.ts'
import { Problem } from '#core/problem.ts'
import { movement, type Movement, type MovementSums } from '#core/statements/movement.ts'
import type { Ledger } from '#db/ledger.ts'
import { bookOf, listAccounts, type Book } from './book.ts'

export type MovementScope = {
  readonly bookId: BookId
  readonly complexId?: ComplexId
  readonly from: Month
  readonly to: Month
}

export type MovementStatement = Movement & { readonly book: Book; readonly from: BusinessDate; readonly to: BusinessDate }

const SUMS = (source: string) => `
  SELECT a.id AS accountId, a.code, a.class, s.openingFen, s.movedFen, s.balanceFen
  FROM (SELECT account_id, sum(CASE WHEN date < :from THEN debit_fen - credit_fen ELSE 0 END) AS openingFen,
               sum(CASE WHEN date >= :from AND closing = 0 THEN debit_fen - credit_fen ELSE 0 END) AS movedFen,
               sum(debit_fen - credit_fen) AS balanceFen
        FROM ${source} GROUP BY account_id) s
  JOIN account a ON a.id = s.account_id ORDER BY a.code`

const BROUGHT = (complexClause: string) => `
  SELECT l.account_id AS accountId, sum(l.debit_fen - l.credit_fen) AS broughtFen
  FROM voucher v INDEXED BY voucher_by_date CROSS JOIN voucher_line l ON l.voucher_id = v.id
  WHERE v.book_id = :bookId AND v.date BETWEEN :from AND :to AND v.purpose = 'opening' ${complexClause} GROUP BY l.account_id`

/** Throws `movement.span`, `book.missing`. */
export function movementStatement(ledger: Ledger, scope: MovementScope): MovementStatement {
  const { bookId, complexId } = scope
  if (scope.from > scope.to) {
    throw new Problem({ code: 'movement.span', message: '起始月份不能晚于截止月份', field: 'to' })
  }
  const book = bookOf(ledger, bookId)
  const from = firstDayOfMonth(scope.from)
  const to = lastDayOfMonth(scope.to)
  const parameters: Record<string, unknown> = { bookId, from, to, ...(complexId !== undefined && { complexId }) }
  const source = complexId === undefined
    ? 'voucher_line INDEXED BY voucher_line_by_account WHERE book_id = :bookId AND date <= :to'
    : 'voucher_line INDEXED BY voucher_line_by_complex WHERE book_id = :bookId AND complex_id = :complexId AND date <= :to'
  const brought = new Map(
    ledger
      .prepare<[Record<string, unknown>], { accountId: number; broughtFen: Fen }>(
        BROUGHT(complexId === undefined ? '' : 'AND l.complex_id = :complexId'),
      )
      .all(parameters)
      .map(({ accountId, broughtFen }) => [accountId, broughtFen]),
  )
  const sums = ledger
    .prepare<[Record<string, unknown>], MovementSums>(SUMS(source))
    .all(parameters)
    .map((row): MovementSums => {
      const broughtFen = brought.get(row.accountId)
      if (broughtFen === undefined) return row
      return { ...row, openingFen: addFen(row.openingFen, broughtFen), movedFen: subtractFen(row.movedFen, broughtFen) }
    })
  return { ...movement(sums, listAccounts(ledger, bookId)), book, from, to }
}

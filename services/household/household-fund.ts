/**
 * Invariant 9 in SQL, once for whoever compares: what a complex's fund holds, and what its households hold together. Between
 * the month-ends the fund is 3001 + 3002 with what the open months add to them (core/household/household-entry.ts).
 */
import { HOUSEHOLD_ACCOUNTS } from '#core/household/household-entry.ts'

/** For an `account` row called `a`. */
export const IS_OF_FUND = `substr(a.code, 1, 4) IN (${HOUSEHOLD_ACCOUNTS.map((code) => `'${code}'`).join(', ')})`

/** A scalar in fen; book and complex as a parameter or a column, e.g. `:bookId`, `g.book_id`. */
export function fundSum(book: string, complex: string): string {
  return `(SELECT coalesce(sum(l.credit_fen - l.debit_fen), 0) FROM account a
    CROSS JOIN voucher_line l INDEXED BY voucher_line_by_complex
      ON l.book_id = a.book_id AND l.complex_id = ${complex} AND l.account_id = a.id
    WHERE a.book_id = ${book} AND ${IS_OF_FUND})`
}

/** A scalar in fen: every entry of every household of the complex. */
export function householdsSum(complex: string): string {
  return `(SELECT coalesce(sum(e.amount_fen), 0) FROM building b CROSS JOIN household h ON h.building_id = b.id
      CROSS JOIN household_entry e INDEXED BY household_entry_by_household ON e.household_id = h.id
    WHERE b.complex_id = ${complex})`
}

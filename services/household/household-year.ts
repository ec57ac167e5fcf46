/**
 * The year of every household of a complex (165号令 art. 30(3)): paid in, used, gained and left, by door and without names; and
 * whether all households together are the fund (design invariant 9).
 */
import { parseDate, type BusinessDate } from '#core/calendar.ts'
import type { BookId, ComplexId, HouseholdId } from '#core/id.ts'
import { ZERO_FEN, type Fen } from '#core/money.ts'
import type { TieOut } from '#core/statements/statements.ts'
import type { Ledger } from '#db/ledger.ts'
import { IS_OF_FUND } from './household-fund.ts'

export type HouseholdYear = {
  readonly householdId: HouseholdId
  readonly building: string
  /** Entrance and room, as on the door. */
  readonly door: string
  readonly openingFen: Fen
  readonly paidInFen: Fen
  readonly refundedFen: Fen
  readonly usedFen: Fen
  readonly gainFen: Fen
  readonly closingFen: Fen
}

/** Opening vouchers of the year brought what was there already. A household's refund is negative on 4001, or any of 5101. */
const HOUSEHOLD_YEARS = `
  SELECT h.id AS householdId, b.name AS building, trim(h.entrance || ' ' || h.room) AS door,
    sum(CASE WHEN e.date < :yearStart OR v.purpose = 'opening' THEN e.amount_fen ELSE 0 END) AS openingFen,
    sum(CASE WHEN e.date >= :yearStart AND v.purpose <> 'opening' AND substr(a.code, 1, 4) = '4001' AND e.amount_fen > 0
        THEN e.amount_fen ELSE 0 END) AS paidInFen,
    -sum(CASE WHEN e.date >= :yearStart AND v.purpose <> 'opening'
          AND (substr(a.code, 1, 4) = '5101' OR (substr(a.code, 1, 4) = '4001' AND e.amount_fen < 0))
        THEN e.amount_fen ELSE 0 END) AS refundedFen,
    -sum(CASE WHEN e.date >= :yearStart AND v.purpose <> 'opening' AND substr(a.code, 1, 4) = '5001'
        THEN e.amount_fen ELSE 0 END) AS usedFen,
    sum(CASE WHEN e.date >= :yearStart AND v.purpose <> 'opening' AND substr(a.code, 1, 4) IN ('3001', '3002')
        THEN e.amount_fen ELSE 0 END) AS gainFen,
    sum(e.amount_fen) AS closingFen
  FROM account a CROSS JOIN voucher_line l INDEXED BY voucher_line_by_complex
      ON l.book_id = a.book_id AND l.complex_id = :complexId AND l.account_id = a.id
    CROSS JOIN household_entry e ON e.voucher_id = l.voucher_id AND e.line_no = l.line_no
    CROSS JOIN voucher v ON v.id = e.voucher_id CROSS JOIN household h ON h.id = e.household_id
    CROSS JOIN building b ON b.id = h.building_id
  WHERE a.book_id = :bookId AND ${IS_OF_FUND} AND l.date <= :to
  GROUP BY h.id ORDER BY b.code, h.id`

/** Households with money in the year, in the order of the register; empty where the complex keeps no sub-ledger. */
export function householdYears(
  ledger: Ledger,
  { bookId, complexId, year }: { readonly bookId: BookId; readonly complexId: ComplexId; readonly year: number },
): readonly HouseholdYear[] {
  return ledger
    .prepare<[Record<string, unknown>], HouseholdYear>(HOUSEHOLD_YEARS)
    .all({ bookId, complexId, yearStart: parseDate(`${year}-01-01`), to: parseDate(`${year}-12-31`) })
}

const HOUSEHOLDS_TOGETHER = (complexClause: string) => `
  SELECT coalesce(sum(e.amount_fen), 0) AS fen
  FROM household_ledger g CROSS JOIN account a ON a.book_id = g.book_id
    CROSS JOIN voucher_line l INDEXED BY voucher_line_by_complex
      ON l.book_id = g.book_id AND l.complex_id = g.complex_id AND l.account_id = a.id
    CROSS JOIN household_entry e ON e.voucher_id = l.voucher_id AND e.line_no = l.line_no
  WHERE g.book_id = :bookId ${complexClause} AND g.begun_on <= :to AND l.date <= :to AND ${IS_OF_FUND}`

const FUND_OF_THEIRS = (complexClause: string) => `
  SELECT coalesce(sum(l.credit_fen - l.debit_fen), 0) AS fen, count(DISTINCT g.complex_id) AS complexes
  FROM household_ledger g CROSS JOIN account a ON a.book_id = g.book_id
    CROSS JOIN voucher_line l INDEXED BY voucher_line_by_complex
      ON l.book_id = g.book_id AND l.complex_id = g.complex_id AND l.account_id = a.id
  WHERE g.book_id = :bookId ${complexClause} AND g.begun_on <= :to AND l.date <= :to AND ${IS_OF_FUND}`

/**
 * Null where no complex asked for keeps a sub-ledger yet. Reads every entry of the complexes: for one of them at once, for a
 * whole city only where somebody waits (print, command line).
 */
export function householdTieOut(
  ledger: Ledger,
  { bookId, complexId, to }: { readonly bookId: BookId; readonly complexId?: ComplexId; readonly to: BusinessDate },
): TieOut | null {
  const clause = complexId === undefined ? '' : 'AND g.complex_id = :complexId'
  const parameters = { bookId, to, ...(complexId !== undefined && { complexId }) }
  const fund = ledger
    .prepare<[Record<string, unknown>], { readonly fen: Fen; readonly complexes: number }>(FUND_OF_THEIRS(clause))
    .get(parameters)
  const together = ledger.prepare<[Record<string, unknown>], { readonly fen: Fen }>(HOUSEHOLDS_TOGETHER(clause)).get(parameters)
  if (fund === undefined || fund.complexes === 0) return null
  const householdFen = together?.fen ?? ZERO_FEN
  return {
    code: 'households',
    label: `分户账合计 = 维修资金余额（${fund.complexes} 个已建分户账的小区，含未结转的收支）`,
    leftFen: householdFen,
    rightFen: fund.fen,
    holds: householdFen === fund.fen,
  }
}

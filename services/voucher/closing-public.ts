/**
 * Which part of the open income and expenditure belongs to sold public housing and so closes into 3002: commodity and sold public
 * housing are booked separately (财会〔2020〕7号 §1). Where a complex keeps a sub-ledger, its entries say so to the household; else
 * a complex all of whose households are sold public housing closes into 3002 whole, and any other into 3001.
 */
import type { BusinessDate } from '#core/calendar.ts'
import type { BookId, ComplexId } from '#core/id.ts'
import { addFen, negateFen, subtractFen, ZERO_FEN, type Fen } from '#core/money.ts'
import { ACCOUNT } from '#core/voucher/chart.ts'
import type { Ledger } from '#db/ledger.ts'
import { IS_OF_FUND } from '../household/household-fund.ts'
import { bookOf } from './book.ts'

type Sum = { readonly complexId: ComplexId; readonly code: string; readonly fen: Fen }

/** Credit − debit after `from` to `to`: what sold public households were credited and charged by income and expenditure. */
const BY_ENTRIES = `
  SELECT b.complex_id AS complexId, a.code, sum(e.amount_fen) AS fen
  FROM household h INDEXED BY household_sold_public CROSS JOIN building b ON b.id = h.building_id
    CROSS JOIN household_entry e INDEXED BY household_entry_by_household ON e.household_id = h.id
      AND e.part IN ('principal', 'interest', 'sellerPrincipal', 'sellerInterest') AND e.date > :from AND e.date <= :to
    CROSS JOIN voucher_line l ON l.voucher_id = e.voucher_id AND l.line_no = e.line_no
    CROSS JOIN account a ON a.id = l.account_id
  WHERE h.nature = 'soldPublic' AND l.book_id = :bookId AND a.class IN ('income', 'expenditure')
  GROUP BY b.complex_id, a.code`

/**
 * Credit − debit of 3002 by closing vouchers since the sub-ledger began, with the account each line emptied: a closing writes its
 * lines in pairs, the debit before the credit, and a red reversal keeps their sides and numbers. What became the households' only
 * by its closing (closing-shares) stands on no entry of BY_ENTRIES and is left out here too.
 */
const CLOSED = `
  SELECT l.complex_id AS complexId, coalesce(x.code, '${ACCOUNT.contributions}') AS code, sum(l.credit_fen - l.debit_fen) AS fen
  FROM account f CROSS JOIN voucher_line l INDEXED BY voucher_line_by_account ON l.book_id = f.book_id AND l.account_id = f.id
    JOIN household_ledger g ON g.book_id = l.book_id AND g.complex_id = l.complex_id
    LEFT JOIN voucher_line p ON p.voucher_id = l.voucher_id
      AND p.line_no = l.line_no + (CASE WHEN l.debit_fen <> 0 THEN 1 ELSE -1 END)
    LEFT JOIN account x ON x.id = p.account_id AND x.class IN ('income', 'expenditure') AND p.complex_id = l.complex_id
  WHERE f.book_id = :bookId AND f.code = '${ACCOUNT.soldPublicFund}' AND l.date > :from AND l.date <= :to AND l.date >= g.begun_on
    AND l.closing = 1 AND (x.code IS NULL OR ${IS_OF_FUND.replaceAll('a.code', 'x.code')})
  GROUP BY l.complex_id, 2`

/** Complexes without a sub-ledger in which every household that takes part is sold public housing. */
const ALL_PUBLIC = `
  SELECT DISTINCT b.complex_id AS complexId
  FROM household h INDEXED BY household_sold_public JOIN building b ON b.id = h.building_id
  WHERE h.nature = 'soldPublic'
    AND NOT EXISTS (SELECT 1 FROM household_ledger g WHERE g.book_id = :bookId AND g.complex_id = b.complex_id)
    AND NOT EXISTS (SELECT 1 FROM building c JOIN household o ON o.building_id = c.id
      WHERE c.complex_id = b.complex_id AND o.state = 'active' AND o.is_excluded = 0 AND o.nature <> 'soldPublic')`

export type PublicOpen = {
  /** Debit − credit of the account that will close into 3002, of complexes with a sub-ledger; never zero. */
  readonly parts: readonly { readonly complexId: ComplexId; readonly code: string; readonly openFen: Fen }[]
  /** Complexes whose balances close into 3002 whole. */
  readonly whole: ReadonlySet<ComplexId>
}

/**
 * At the end of `to`, of what happened after `from`, when all had been carried (`carriedUntil`): so it reads the open months and
 * not the years. At once where the office has no sold public housing; other books than the fund's have no 3002.
 */
export function publicHousingOpen(
  ledger: Ledger, bookId: BookId, { from, to }: { readonly from: string; readonly to: BusinessDate },
): PublicOpen {
  if (bookOf(ledger, bookId).fundKind !== 'maintenance') return { parts: [], whole: new Set() }
  const whole = ledger.prepare<[Record<string, unknown>], { readonly complexId: ComplexId }>(ALL_PUBLIC).all({ bookId })
  const credited = ledger.prepare<[Record<string, unknown>], Sum>(BY_ENTRIES).all({ bookId, from, to })
  const closed = ledger.prepare<[Record<string, unknown>], Sum>(CLOSED).all({ bookId, from, to })
  const sums = new Map<string, Sum>()
  for (const [rows, sign] of [[credited, addFen], [closed, subtractFen]] as const) {
    for (const row of rows) {
      const key = `${row.complexId} ${row.code}`
      sums.set(key, { ...row, fen: sign(sums.get(key)?.fen ?? ZERO_FEN, row.fen) })
    }
  }
  return {
    parts: [...sums.values()].filter(({ fen }) => fen !== 0)
      .map(({ complexId, code, fen }) => ({ complexId, code, openFen: negateFen(fen) })),
    whole: new Set(whole.map(({ complexId }) => complexId)),
  }
}

/** Invariant 9 recomputed over the whole file: all households together are the fund, and none is below zero. */
import { HOUSEHOLD_ACCOUNTS } from '#core/household-entry.ts'
import { formatYuan, type Fen } from '#core/money.ts'
import type { Ledger } from '#db/ledger.ts'
import type { Damage } from './verify.ts'

const FUND_CODES = HOUSEHOLD_ACCOUNTS.map((code) => `'${code}'`).join(', ')

export function verifyHouseholds(ledger: Ledger): readonly Damage[] {
  const unequal = ledger.sqlite
    .prepare<[], { readonly book: string; readonly complex: string; readonly fundFen: Fen; readonly householdsFen: Fen }>(
      `SELECT k.name AS book, c.name AS complex,
         (SELECT coalesce(sum(l.credit_fen - l.debit_fen), 0) FROM account a
          CROSS JOIN voucher_line l INDEXED BY voucher_line_by_complex
            ON l.book_id = a.book_id AND l.complex_id = g.complex_id AND l.account_id = a.id
          WHERE a.book_id = g.book_id AND substr(a.code, 1, 4) IN (${FUND_CODES})) AS fundFen,
         (SELECT coalesce(sum(e.amount_fen), 0) FROM building b CROSS JOIN household h ON h.building_id = b.id
            CROSS JOIN household_entry e INDEXED BY household_entry_by_household ON e.household_id = h.id
          WHERE b.complex_id = g.complex_id) AS householdsFen
       FROM household_ledger g JOIN book k ON k.id = g.book_id JOIN complex c ON c.id = g.complex_id`,
    )
    .all()
    .filter(({ fundFen, householdsFen }) => fundFen !== householdsFen)
  const below = ledger.sqlite
    .prepare<[], { readonly householdId: number; readonly balanceFen: Fen }>(
      `SELECT household_id AS householdId, sum(amount_fen) AS balanceFen
       FROM household_entry INDEXED BY household_entry_by_household GROUP BY household_id, part HAVING balanceFen < 0`,
    )
    .all()
  return [
    ...unequal.map(({ book, complex, fundFen, householdsFen }) => ({
      code: 'verify.households',
      message: `${book}·${complex}：分户合计 ${formatYuan(householdsFen)} 元，总账 ${formatYuan(fundFen)} 元`,
    })),
    ...below.map(({ householdId, balanceFen }) => ({
      code: 'verify.householdOverdrawn',
      message: `第 ${householdId} 户的分户余额为 ${formatYuan(balanceFen)} 元，低于零`,
    })),
  ]
}

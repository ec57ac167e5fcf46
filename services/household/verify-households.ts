/** Invariant 9 recomputed over the whole file: all households together are the fund, and none is below zero. */
import { formatYuan, type Fen } from '#core/money.ts'
import type { Ledger } from '#db/ledger.ts'
import { fundSum, householdsSum } from './household-fund.ts'
import type { Damage } from '../verify.ts'

export function verifyHouseholds(ledger: Ledger): readonly Damage[] {
  const unequal = ledger.sqlite
    .prepare<[], { readonly book: string; readonly complex: string; readonly fundFen: Fen; readonly householdsFen: Fen }>(
      `SELECT k.name AS book, c.name AS complex,
         ${fundSum('g.book_id', 'g.complex_id')} AS fundFen, ${householdsSum('g.complex_id')} AS householdsFen
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

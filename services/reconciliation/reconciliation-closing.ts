/** What of the bank is still open when a month closes: no hindrance, but closing over it needs a reason. */
import { lastDayOfMonth, type Month } from '#core/calendar.ts'
import type { BankAccountId, BookId } from '#core/id.ts'
import { Problem } from '#core/problem.ts'
import type { Ledger } from '#db/ledger.ts'
import { openBankLines, openBookLines } from './reconciliation-items.ts'
import { statementSpan } from './reconciliation.ts'

export type OpenAtClose = { readonly bankAccountId: BankAccountId; readonly message: string }

/** Per account of the book whose statements reach back to the month; empty where nothing was ever imported. */
export function openAtClose(ledger: Ledger, bookId: BookId, month: Month): readonly OpenAtClose[] {
  const accounts = ledger
    .prepare<[number], { id: BankAccountId; number: string }>('SELECT id, number FROM bank_account WHERE book_id = ? ORDER BY id')
    .all(bookId)
  return accounts.flatMap(({ id, number }): OpenAtClose[] => {
    const counts = openCounts(ledger, id, month)
    if (counts === null || counts.bank + counts.book === 0) return []
    const parts = [
      ...(counts.bank > 0 ? [`银行流水 ${counts.bank} 笔`] : []), ...(counts.book > 0 ? [`账面 ${counts.book} 笔`] : []),
    ]
    return [{ bankAccountId: id, message: `账户 ${number} 还有${parts.join('、')}没有核对` }]
  })
}

function openCounts(ledger: Ledger, bankAccountId: BankAccountId, month: Month): { bank: number; book: number } | null {
  const asOf = lastDayOfMonth(month)
  try {
    const span = statementSpan(ledger, bankAccountId)
    if (span === null || span.startsOn > asOf) return null
    return {
      bank: openBankLines(ledger, bankAccountId, asOf).filter(({ state }) => state === 'open' || state === 'drafted').length,
      book: openBookLines(ledger, bankAccountId, { from: span.startsOn, asOf }).filter(({ state }) => state === 'open').length,
    }
  } catch (error) {
    // Without balances there is no table, but the bank's lines are there to be settled.
    if (!(error instanceof Problem)) throw error
    return { bank: openBankLines(ledger, bankAccountId, asOf).filter(({ state }) => state === 'open').length, book: 0 }
  }
}

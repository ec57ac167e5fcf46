import { z } from 'zod'

import { plainYuan } from '#core/money.ts'
import { reconciliationTable } from '#core/reconciliation/table.ts'
import { compare, yuan, type Vector } from './vector.ts'

const inputSchema = z.object({
  book_balance: yuan,
  statement_balance: yuan,
  book_received_bank_not: yuan,
  book_paid_bank_not: yuan,
  bank_received_book_not: yuan,
  bank_paid_book_not: yuan,
})

export function check(vector: Vector): void {
  const input = inputSchema.parse(vector.input)
  const table = reconciliationTable(
    { journalFen: input.book_balance, statementFen: input.statement_balance },
    {
      bookInFen: input.book_received_bank_not, bookOutFen: input.book_paid_bank_not,
      bankInFen: input.bank_received_book_not, bankOutFen: input.bank_paid_book_not,
    },
  )
  compare(vector.expected, {
    adjusted_book: plainYuan(table.adjustedJournalFen),
    adjusted_bank: plainYuan(table.adjustedStatementFen),
    balanced: table.differenceFen === 0,
  })
}

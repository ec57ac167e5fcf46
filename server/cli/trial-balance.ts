/** `trial-balance`: the balances of a book, or of one complex in it, on a day. */
import { parseDate } from '#core/calendar.ts'
import { formatYuan, negateFen, plainYuan, type Fen } from '#core/money.ts'
import { Problem } from '#core/problem.ts'
import { trialBalance as balancesOf, type TrialBalanceRow } from '#services/voucher/balance.ts'
import { bookByCode } from '#services/voucher/book.ts'
import { complexByCode } from '#services/register/complex.ts'
import { readArguments } from './arguments.ts'
import type { Command } from './commands.ts'
import { readingLedger } from './ledger.ts'
import { print, printJson, printTable } from './output.ts'

const usage = 'trial-balance FILE --book CODE [--complex CODE] [--as-of DATE] [--json]'

/** Zero is 0.00, also in the sum; a balance stands on its debit or its credit side. */
function sides(row: TrialBalanceRow, write: (amount: Fen) => string): readonly string[] {
  const { closingFen } = row
  const credit = closingFen < 0 ? write(negateFen(closingFen)) : ''
  return [row.code, row.name, write(row.debitFen), write(row.creditFen), closingFen < 0 ? '' : write(closingFen), credit]
}

export const trialBalance: Command = {
  usage,
  run: (argv) => {
    const { positional, values } = readArguments(argv, {
      usage,
      positionals: ['FILE'],
      options: { book: { type: 'string' }, complex: { type: 'string' }, 'as-of': { type: 'string' }, json: { type: 'boolean' } },
    })
    const { book: bookCode, complex: complexCode } = values
    if (bookCode === undefined) {
      throw new Problem({ code: 'cli.arguments', message: `缺少账簿编号。 用法：mingzhang ${usage}`, field: '--book' })
    }
    const asOf = values['as-of'] === undefined ? null : parseDate(values['as-of'], { field: '--as-of' })
    return readingLedger(positional('FILE'), (ledger, clock) => {
      const book = bookByCode(ledger, bookCode)
      const complex = complexCode === undefined ? null : complexByCode(ledger, complexCode)
      const to = asOf ?? clock.today()
      const scope = { bookId: book.id, to, ...(complex !== null && { complexId: complex.id }) }
      const { rows, debitFen, creditFen } = balancesOf(ledger, scope)
      if (values.json === true) {
        printJson({
          book: book.code, complex: complex?.code ?? null, asOf: to,
          rows: rows.map((row) => ({
            code: row.code,
            name: row.name,
            debit: plainYuan(row.debitFen),
            credit: plainYuan(row.creditFen),
            balance: plainYuan(row.closingFen),
          })),
          debit: plainYuan(debitFen), credit: plainYuan(creditFen),
        })
        return 0
      }
      print(`${book.name}${complex === null ? '' : ` · ${complex.name}`}　截至 ${to}　单位：元`)
      const money = (title: string) => ({ title, align: 'right' as const })
      printTable(
        [{ title: '科目' }, { title: '名称' }, money('借方发生'), money('贷方发生'), money('借方余额'), money('贷方余额')],
        [...rows.map((row) => sides(row, formatYuan)), ['', '合计', formatYuan(debitFen), formatYuan(creditFen), '', '']],
      )
      return 0
    })
  },
}

/** `differences`: interest the bank paid otherwise than computed, and who closed it; 1 while any is open. */
import { formatYuan, plainYuan, subtractFen } from '#core/money.ts'
import { listDifferences } from '#services/deposit/interest-difference.ts'
import { readArguments } from './arguments.ts'
import type { Command } from './commands.ts'
import { readingLedger } from './ledger.ts'
import { print, printJson, printTable } from './output.ts'

const usage = 'differences FILE [--all] [--json]'
/** More open differences than this are not read on a terminal. */
const SHOWN = 500

export const differences: Command = {
  usage,
  run: (argv) => {
    const { positional, values } = readArguments(argv, {
      usage, positionals: ['FILE'], options: { all: { type: 'boolean' }, json: { type: 'boolean' } },
    })
    return readingLedger(positional('FILE'), (ledger) => {
      const rows = listDifferences(ledger, { complexId: null, openOnly: values.all !== true, limit: SHOWN })
      const code = rows.some(({ closedAt }) => closedAt === null) ? 1 : 0
      if (values.json === true) {
        printJson(rows.map((row) => ({
          date: row.date, source: row.source, number: row.number, complex: row.complexName, bank: row.bankName,
          expected: plainYuan(row.expectedFen), paid: plainYuan(row.paidFen),
          difference: plainYuan(subtractFen(row.paidFen, row.expectedFen)), reason: row.differenceReason, closedBy: row.closedBy,
        })))
        return code
      }
      if (rows.length === 0) print('没有未销号的利息差异')
      else {
        const money = (title: string) => ({ title, align: 'right' as const })
        printTable(
          [{ title: '日期' }, { title: '存单或账户' }, { title: '小区' }, money('应得'), money('实付'), money('差额'), { title: '原因' },
            { title: '销号' }],
          rows.map((row) => [
            row.date, row.number, row.complexName ?? '', formatYuan(row.expectedFen), formatYuan(row.paidFen),
            formatYuan(subtractFen(row.paidFen, row.expectedFen)), row.differenceReason, row.closedBy ?? '待核实',
          ]),
        )
      }
      return code
    })
  },
}

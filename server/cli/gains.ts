/** `gains`: what crediting the gains of a period would give each household; nothing is written. */
import { parseDate } from '#core/calendar.ts'
import { GAIN_REGIME_WORD } from '#core/household/gain.ts'
import { formatYuan, parseYuan, plainYuan } from '#core/money.ts'
import { Problem } from '#core/problem.ts'
import { complexByCode } from '#services/register/complex.ts'
import { previewGain } from '#services/household/gain.ts'
import { readArguments } from './arguments.ts'
import type { Command } from './commands.ts'
import { readingLedger } from './ledger.ts'
import { print, printJson, printTable } from './output.ts'

const usage = 'gains FILE --complex CODE --from DATE --to DATE [--date DATE] [--amount YUAN] [--json]'

function required(value: string | undefined, field: string): string {
  if (value !== undefined) return value
  throw new Problem({ code: 'cli.arguments', message: `缺少 ${field}。 用法：mingzhang ${usage}`, field })
}

export const gains: Command = {
  usage,
  run: async (argv) => {
    const text = { type: 'string' } as const
    const { positional, values } = readArguments(argv, {
      usage, positionals: ['FILE'],
      options: { complex: text, from: text, to: text, date: text, amount: text, json: { type: 'boolean' } },
    })
    const code = required(values.complex, '--complex')
    const to = parseDate(required(values.to, '--to'))
    return readingLedger(positional('FILE'), (ledger) => {
      const complex = complexByCode(ledger, code)
      const preview = previewGain(ledger, {
        complexId: complex.id, from: parseDate(required(values.from, '--from')), to,
        date: values.date === undefined ? to : parseDate(values.date),
        amountFen: values.amount === undefined ? null : parseYuan(values.amount, { field: '--amount' }),
      })
      if (values.json === true) {
        printJson({
          complex: complex.code, regime: preview.regime, from: preview.from, to: preview.to, pool: plainYuan(preview.poolFen),
          total: plainYuan(preview.totalFen), left: plainYuan(preview.leftFen),
          households: preview.rows.map(({ address, part, gainFen }) => ({ address, part, gain: plainYuan(gainFen) })),
        })
        return 0
      }
      printTable(
        [{ title: '户室' }, { title: '期初余额', align: 'right' }, { title: '计入收益', align: 'right' }],
        preview.rows.map(({ address, openingFen, gainFen }) => [address, formatYuan(openingFen), formatYuan(gainFen)]),
      )
      print(`${complex.name}　${preview.from} 至 ${preview.to}　${GAIN_REGIME_WORD[preview.regime]}`)
      print(`计入 ${formatYuan(preview.totalFen)} 元，待分配累计收益还余 ${formatYuan(preview.leftFen)} 元。没有写入账簿。`)
      return 0
    })
  },
}

/** `apportion`: the sheets of a complex; one in full with `--sheet`, recomputed from its own inputs. */
import { APPORTIONMENT_BASIS_WORD, APPORTIONMENT_PURPOSE_WORD } from '#core/household/apportionment.ts'
import { idOf } from '#core/id.ts'
import { formatYuan, plainYuan } from '#core/money.ts'
import { Problem } from '#core/problem.ts'
import type { Ledger } from '#db/ledger.ts'
import { apportionmentOf, listApportionments, recomputeApportionment } from '#services/household/apportionment.ts'
import { complexByCode, type Complex } from '#services/register/complex.ts'
import { readArguments } from './arguments.ts'
import type { Command, ExitCode } from './commands.ts'
import { readingLedger } from './ledger.ts'
import { print, printJson, printTable } from './output.ts'

const usage = 'apportion FILE --complex CODE [--sheet NUMBER] [--json]'

const LIMIT = 200

function printSheets(ledger: Ledger, complex: Complex, isJson: boolean): ExitCode {
  const sheets = listApportionments(ledger, { complexId: complex.id, limit: LIMIT })
  if (isJson) {
    printJson({
      complex: complex.code,
      sheets: sheets.map(({ id, title, purpose, basis, asOf, households, totalFen, drawnFen }) =>
        ({ id, title, purpose, basis, asOf, households, total: plainYuan(totalFen), drawn: plainYuan(drawnFen) })),
    })
    return 0
  }
  if (sheets.length === 0) print(`${complex.name}还没有分摊表。`)
  else {
    printTable(
      [{ title: '编号', align: 'right' }, { title: '日期' }, { title: '用途' }, { title: '事项' }, { title: '办法' },
        { title: '户数', align: 'right' }, { title: '分摊', align: 'right' }, { title: '账户列支', align: 'right' }],
      sheets.map((sheet) => [
        String(sheet.id), sheet.asOf, APPORTIONMENT_PURPOSE_WORD[sheet.purpose], sheet.title,
        APPORTIONMENT_BASIS_WORD[sheet.basis],
        String(sheet.households), formatYuan(sheet.totalFen), formatYuan(sheet.drawnFen),
      ]),
    )
  }
  return 0
}

function printSheet(ledger: Ledger, complex: Complex, number: string, isJson: boolean): ExitCode {
  const sheet = /^[1-9]\d{0,14}$/.test(number) ? apportionmentOf(ledger, idOf<'apportionment'>(Number(number))) : undefined
  if (sheet?.complexId !== complex.id) {
    throw new Problem({ code: 'apportionment.missing', message: `${complex.name}没有编号为“${number}”的分摊表`, field: '--sheet' })
  }
  const check = recomputeApportionment(ledger, sheet.id)
  if (isJson) {
    printJson({
      id: sheet.id, title: sheet.title, total: plainYuan(sheet.totalFen), isSame: check.isSame,
      households: sheet.rows.map(({ address, shareFen, sellerShareFen, drawn, shortFen }) => ({
        address, share: plainYuan(shareFen), sellerShare: plainYuan(sellerShareFen), drawn: plainYuan(drawn.totalFen),
        short: plainYuan(shortFen),
      })),
    })
    return check.isSame ? 0 : 1
  }
  printTable(
    [{ title: '户室' }, ...['分摊', '售房单位', '账户列支', '自筹'].map((title) => ({ title, align: 'right' as const }))],
    sheet.rows.map((row) => [
      row.address, ...[row.shareFen, row.sellerShareFen, row.drawn.totalFen, row.shortFen].map((amount) => formatYuan(amount)),
    ]),
  )
  print(`${sheet.title}：${sheet.households} 户，合计 ${formatYuan(sheet.totalFen)} 元`)
  print(check.isSame ? '按保存的依据重算，逐户一致。' : `按保存的依据重算，${check.rows.length} 户不一致：请运行 verify 校验账簿。`)
  return check.isSame ? 0 : 1
}

export const apportionCommand: Command = {
  usage,
  run: async (argv) => {
    const { positional, values } = readArguments(argv, {
      usage, positionals: ['FILE'],
      options: { complex: { type: 'string' }, sheet: { type: 'string' }, json: { type: 'boolean' } },
    })
    const code = values.complex
    if (code === undefined) {
      throw new Problem({ code: 'cli.arguments', message: `缺少小区编号。 用法：mingzhang ${usage}`, field: '--complex' })
    }
    return readingLedger(positional('FILE'), (ledger) => {
      const complex = complexByCode(ledger, code)
      const isJson = values.json === true
      return values.sheet === undefined ? printSheets(ledger, complex, isJson) : printSheet(ledger, complex, values.sheet, isJson)
    })
  },
}

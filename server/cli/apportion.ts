/** `apportion`: the sheets of a complex; one in full with `--sheet`, recomputed from its own inputs, compared with today. */
import { COMPARED_WORD, type ComparedSide } from '#core/household/apportionment-compare.ts'
import { APPORTIONMENT_BASIS_WORD, APPORTIONMENT_PURPOSE_WORD } from '#core/household/apportionment.ts'
import { idOf, type ApportionmentId } from '#core/id.ts'
import { formatYuan, plainYuan } from '#core/money.ts'
import { Problem } from '#core/problem.ts'
import { formatArea } from '#core/register/area.ts'
import type { Ledger } from '#db/ledger.ts'
import { apportionmentComparison } from '#reports/apportionment-comparison.ts'
import { apportionmentList } from '#reports/apportionment.ts'
import { tableWorkbook } from '#reports/table-workbook.ts'
import { writeWorkbook } from '#reports/workbook.ts'
import type { Clock } from '#services/clock.ts'
import {
  apportionmentOf, listApportionments, recomputeApportionment, type ApportionmentSheet,
} from '#services/household/apportionment.ts'
import { compareWithToday } from '#services/household/apportionment-compare.ts'
import { commandLineActor } from '#services/people/user.ts'
import { complexByCode, type Complex } from '#services/register/complex.ts'
import { apportionmentModel, comparisonModel } from '../print-apportionment.ts'
import { readArguments } from './arguments.ts'
import type { Command, ExitCode } from './commands.ts'
import { saveNamedFile } from './files.ts'
import { readingLedger } from './ledger.ts'
import { print, printJson, printTable } from './output.ts'

const usage = 'apportion FILE --complex CODE [--sheet NUMBER [--compare] [--xlsx OUT.xlsx]] [--json]'

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

/** Throws `apportionment.missing`. */
function sheetIn(ledger: Ledger, complex: Complex, number: string): ApportionmentSheet {
  const sheet = /^[1-9]\d{0,14}$/.test(number) ? apportionmentOf(ledger, idOf<'apportionment'>(Number(number))) : undefined
  if (sheet?.complexId !== complex.id) {
    throw new Problem({ code: 'apportionment.missing', message: `${complex.name}没有编号为“${number}”的分摊表`, field: '--sheet' })
  }
  return sheet
}

function printSheet(ledger: Ledger, sheet: ApportionmentSheet, isJson: boolean): ExitCode {
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

/** 1 where a new sheet by the same method would differ. */
function printComparison(ledger: Ledger, { id, isJson }: { readonly id: ApportionmentId; readonly isJson: boolean }): ExitCode {
  const { rows, counts, sheet, totalFen } = compareWithToday(ledger, id)
  const differing = rows.filter(({ state }) => state !== 'same')
  const plain = (side: ComparedSide | null) =>
    side === null ? null : { area: formatArea(side.areaDm2), share: plainYuan(side.shareFen), held: plainYuan(side.heldFen) }
  if (isJson) {
    printJson({
      id, counts, total: plainYuan(sheet.totalFen), totalToday: plainYuan(totalFen),
      households: differing.map(({ address, state, before, after }) =>
        ({ address, state, before: plain(before), after: plain(after) })),
    })
  } else {
    const cells = (side: ComparedSide | null) =>
      side === null ? ['', '', ''] : [formatArea(side.areaDm2), formatYuan(side.heldFen), formatYuan(side.shareFen)]
    printTable(
      [{ title: '户室' }, ...['原面积', '原余额', '原分摊', '现面积', '现余额', '现分摊'].map((title) =>
        ({ title, align: 'right' as const })), { title: '情况' }],
      differing.map(({ address, state, before, after }) => [address, ...cells(before), ...cells(after), COMPARED_WORD[state]]),
    )
    print(`${sheet.title}：与今天的楼盘表相比，${differing.length} 户不同，${counts.same} 户一致`)
  }
  return differing.length === 0 ? 0 : 1
}

async function saveSpreadsheet(ledger: Ledger, clock: Clock, id: ApportionmentId, path: string): Promise<void> {
  const { name } = commandLineActor(ledger)
  const documents = [
    apportionmentList(apportionmentModel({ ledger, clock }, id, name)),
    apportionmentComparison(comparisonModel({ ledger, clock }, id, name)),
  ]
  saveNamedFile(path, await writeWorkbook(tableWorkbook('维修资金分摊清册', clock.today(), documents)), '--xlsx')
}

export const apportionCommand: Command = {
  usage,
  run: async (argv) => {
    const { positional, values } = readArguments(argv, {
      usage, positionals: ['FILE'],
      options: {
        complex: { type: 'string' }, sheet: { type: 'string' }, compare: { type: 'boolean' }, xlsx: { type: 'string' },
        json: { type: 'boolean' },
      },
    })
    const code = values.complex
    if (code === undefined) {
      throw new Problem({ code: 'cli.arguments', message: `缺少小区编号。 用法：mingzhang ${usage}`, field: '--complex' })
    }
    return readingLedger(positional('FILE'), async (ledger, clock) => {
      const complex = complexByCode(ledger, code)
      const isJson = values.json === true
      if (values.sheet === undefined) return printSheets(ledger, complex, isJson)
      const sheet = sheetIn(ledger, complex, values.sheet)
      if (values.xlsx !== undefined) await saveSpreadsheet(ledger, clock, sheet.id, values.xlsx)
      return values.compare === true ? printComparison(ledger, { id: sheet.id, isJson }) : printSheet(ledger, sheet, isJson)
    })
  },
}

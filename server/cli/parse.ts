/** `parse`: reads a bank's statement as the import does, and shows what it found without touching any ledger. */
import { basename } from 'node:path'
import { ENCODING_NAMES } from '#core/statement/encoding.ts'
import { formatYuan } from '#core/money.ts'
import { readStatement } from '#core/statement/read.ts'
import { requireAccepted, type ParsedStatement, type StatementIssue } from '#core/statement/statement.ts'
import { readArguments } from './arguments.ts'
import type { Command } from './commands.ts'
import { readNamedFile } from './files.ts'
import { print, printJson, printTable } from './output.ts'

const usage = 'parse STATEMENT [--json]'

const CHAIN_WORDS: Readonly<Record<ParsedStatement['balanceChain'], string>> = {
  ok: '逐笔相符',
  broken: '不连续',
  absent: '没有逐笔余额',
}

function describeStatement(statement: ParsedStatement): string {
  const { bank, account, accountName, currency, periodFrom, periodTo, opening, closing, encoding } = statement
  const facts: readonly (readonly [string, string | null])[] = [
    ['银行', bank],
    ['账号', account],
    ['户名', accountName],
    ['币种', currency],
    ['期间', periodFrom === null || periodTo === null ? null : `${periodFrom} 至 ${periodTo}`],
    ['编码', encoding === null ? null : ENCODING_NAMES[encoding]],
    ['期初余额', opening === null ? null : formatYuan(opening)],
    ['收入', `${statement.inCount} 笔 ${formatYuan(statement.inFen)}`],
    ['支出', `${statement.outCount} 笔 ${formatYuan(statement.outFen)}`],
    ['期末余额', closing === null ? null : formatYuan(closing)],
    ['余额核对', CHAIN_WORDS[statement.balanceChain]],
  ]
  return facts.flatMap(([name, value]) => (value === null || value === '' ? [] : [`${name}：${value}`])).join('\n')
}

/** What other programs read: these fields and no others. */
function statementJson(statement: ParsedStatement) {
  const { format, layout, encoding, account, currency, opening, closing } = statement
  const { inCount, inFen, outCount, outFen, balanceChain, warnings, errors } = statement
  return {
    format, layout, encoding, account, currency, opening, closing,
    rows: statement.rows.map(({ date, amountFen, balanceFen, party, memo, serial }) => ({
      date, amountFen, balanceFen, party, memo, serial,
    })),
    inCount, inFen, outCount, outFen, balanceChain, warnings, errors,
  }
}

function issueLine(kind: string, issue: StatementIssue): string {
  const place = issue.line === null || issue.message.includes(`第 ${issue.line} 行`) ? '' : `（第 ${issue.line} 行）`
  return `${kind}${place}：${issue.message} [${issue.code}]`
}

function printStatement(statement: ParsedStatement): void {
  print(describeStatement(statement))
  if (statement.rows.length > 0) {
    const columns = [
      { title: '行', align: 'right' as const }, { title: '日期' }, { title: '金额', align: 'right' as const },
      { title: '余额', align: 'right' as const }, { title: '对方' }, { title: '摘要' },
    ]
    const rows = statement.rows.map((row) => [
      String(row.line), row.date, formatYuan(row.amountFen), row.balanceFen === null ? '' : formatYuan(row.balanceFen),
      row.party, row.memo,
    ])
    print('')
    printTable(columns, rows)
  }
  const issues = [
    ...statement.warnings.map((issue) => issueLine('提示', issue)),
    ...statement.errors.map((issue) => issueLine('错误', issue)),
  ]
  if (issues.length > 0) print(`\n${issues.join('\n')}`)
}

export const parse: Command = {
  usage,
  run: async (argv) => {
    const { positional, values } = readArguments(argv, {
      usage, positionals: ['STATEMENT'], options: { json: { type: 'boolean' } },
    })
    const path = positional('STATEMENT')
    const statement = readStatement(readNamedFile(path, 'STATEMENT'), { fileName: basename(path) })
    if (values.json === true) printJson(statementJson(statement))
    else printStatement(statement)
    // What was found is shown either way; a refused file still ends as bad input, with its first error.
    requireAccepted(statement)
    return 0
  },
}

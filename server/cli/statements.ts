/** `statements`: 会住维01、02、03表 of a maintenance fund, printed, as JSON, or as PDF and spreadsheet files. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseMonth } from '#core/calendar.ts'
import { formatYuan, plainYuan } from '#core/money.ts'
import { Problem } from '#core/problem.ts'
import type { StatementPeriod, StatementRow } from '#core/statements/sums.ts'
import { createRenderPool } from '#reports/pool.ts'
import { tableWorkbook } from '#reports/table-workbook.ts'
import { writeWorkbook } from '#reports/workbook.ts'
import { bookByCode } from '#services/voucher/book.ts'
import { complexByCode } from '#services/register/complex.ts'
import { statementSet, type StatementSet } from '../statutory.ts'
import { readArguments } from './arguments.ts'
import type { Command } from './commands.ts'
import { readingLedger } from './ledger.ts'
import { print, printJson, printTable } from './output.ts'

const usage = 'statements FILE --book CODE (--month 2026-09 | --year 2026) [--complex CODE] [--out DIR] [--json]'

function refuse(message: string, field: string): Problem {
  return new Problem({ code: 'cli.arguments', message: `${message} 用法：mingzhang ${usage}`, field })
}

function periodOf(month: string | undefined, year: string | undefined): StatementPeriod {
  if ((month === undefined) === (year === undefined)) throw refuse('请在 --month 和 --year 中选一个。', '--month')
  if (month !== undefined) return { kind: 'month', month: parseMonth(month, { field: '--month' }) }
  if (year === undefined || !/^(19|20|21)\d\d$/.test(year)) throw refuse('年度要写四位数字，例如 2026。', '--year')
  return { kind: 'year', year: Number(year) }
}

function rowsInJson(rows: readonly StatementRow[]) {
  return rows.map(({ key, label, amounts, parts }) => ({
    key,
    label,
    amounts: amounts.map((amount) => (amount === null ? null : plainYuan(amount))),
    accounts: parts.map(({ code }) => code),
  }))
}

function inJson({ statements, name }: StatementSet) {
  const { balanceSheet, incomeStatement, netAssets, tieOuts, state, version } = statements
  return {
    name,
    state,
    version,
    balanceSheet: {
      columns: balanceSheet.columns.map(({ label }) => label),
      assets: rowsInJson(balanceSheet.assets),
      claims: rowsInJson(balanceSheet.claims),
    },
    incomeStatement: { columns: incomeStatement.columns.map(({ label }) => label), rows: rowsInJson(incomeStatement.rows) },
    netAssets: { columns: netAssets.columns.map(({ label }) => label), rows: rowsInJson(netAssets.rows) },
    tieOuts: tieOuts.map(({ code, label, leftFen, rightFen, holds }) => ({
      code, label, left: plainYuan(leftFen), right: plainYuan(rightFen), holds,
    })),
  }
}

function printForm(title: string, columns: readonly string[], rows: readonly StatementRow[]): void {
  print(`\n${title}`)
  printTable(
    [{ title: '项目' }, ...columns.map((column) => ({ title: column, align: 'right' as const }))],
    rows.map(({ label, level, amounts }) => [
      `${'　'.repeat(level)}${label}`,
      ...amounts.map((amount) => (amount === null ? '' : formatYuan(amount))),
    ]),
  )
}

function printAll({ statements, name }: StatementSet): void {
  const { balanceSheet, incomeStatement, netAssets } = statements
  print(`${name}　单位：元${statements.state === 'open' ? '　（未结账数据）' : ''}`)
  const sides = balanceSheet.columns.map(({ label }) => label)
  printForm('会住维01表 资产负债表', sides, [...balanceSheet.assets, ...balanceSheet.claims])
  printForm('会住维02表 收支表', incomeStatement.columns.map(({ label }) => label), incomeStatement.rows)
  printForm('会住维03表 净资产变动表', netAssets.columns.map(({ label }) => label), netAssets.rows)
}

async function writeFiles({ documents, name, statements }: StatementSet, out: string): Promise<readonly string[]> {
  const pool = createRenderPool()
  try {
    mkdirSync(out, { recursive: true })
    const files: string[] = []
    for (const model of documents) {
      const file = join(out, `${name} ${model.form ?? ''}${model.title}.pdf`)
      writeFileSync(file, await pool.renderPdf({ kind: 'table', model }))
      files.push(file)
    }
    const file = join(out, `${name}.xlsx`)
    writeFileSync(file, await writeWorkbook(tableWorkbook(name, statements.to, documents)))
    return [...files, file]
  } finally {
    await pool.close()
  }
}

export const statements: Command = {
  usage,
  run: (argv) => {
    const { positional, values } = readArguments(argv, {
      usage,
      positionals: ['FILE'],
      options: {
        book: { type: 'string' }, month: { type: 'string' }, year: { type: 'string' }, complex: { type: 'string' },
        out: { type: 'string' }, json: { type: 'boolean' },
      },
    })
    const { book: bookCode, complex: complexCode, out } = values
    if (bookCode === undefined) throw refuse('缺少账簿编号。', '--book')
    const period = periodOf(values.month, values.year)
    return readingLedger(positional('FILE'), async (ledger, clock) => {
      const bookId = bookByCode(ledger, bookCode).id
      const complexId = complexCode === undefined ? null : complexByCode(ledger, complexCode).id
      const set = statementSet({ ledger, clock }, { bookId, complexId, period }, '命令行')
      const broken = set.statements.tieOuts.filter(({ holds }) => !holds)
      // Figures that contradict each other are shown, never handed out as files.
      const files = out === undefined || broken.length > 0 ? [] : await writeFiles(set, out)
      if (values.json === true) printJson({ ...inJson(set), files })
      else {
        printAll(set)
        for (const { label, holds } of set.statements.tieOuts) print(`${holds ? '相符' : '不符'}　${label}`)
        for (const file of files) print(`已写出：${file}`)
      }
      return broken.length > 0 ? 1 : 0
    })
  },
}

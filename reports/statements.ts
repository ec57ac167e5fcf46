/** 会住维01、02、03表 in the layout of 财会〔2020〕7号 part four, from finished statements. */
import { dateInChinese, type BusinessDate } from '#core/calendar.ts'
import type { Statements } from '#core/statements/statements.ts'
import type { StatementPeriod, StatementRow } from '#core/statements/sums.ts'
import { moneyOf, textOf, type DocumentCell, type DocumentRow, type TableDocument } from './table-document.ts'

export type StatementHead = {
  readonly issuer: string
  /** `示例市住宅专项维修资金`, with the complex where the statement is one complex's. */
  readonly fundName: string
  readonly to: BusinessDate
  readonly printedOn: BusinessDate
  readonly printedBy: string
  /** Marks figures that may still change; null once the period is closed. */
  readonly watermark: string | null
  /** `第 2 版`, only where the period was re-opened. */
  readonly version: string | null
}

/** Room for the amounts of a whole city and for the longest head, 已售公有住房维修资金. */
const AMOUNT_WIDTH = 108
const SIGNERS = ['单位负责人', '会计主管', '复核', '制表']

function spanText(period: StatementPeriod): string {
  return period.kind === 'year'
    ? `${period.year}年度`
    : `${period.month.slice(0, 4)}年${Number(period.month.slice(5))}月`
}

function rowCells(row: StatementRow | undefined, width: number): DocumentCell[] {
  if (row === undefined) return Array.from({ length: width + 1 }, () => textOf(''))
  return [textOf(row.label, row.level), ...row.amounts.map(moneyOf)].map((cell) => ({ ...cell, bold: row.kind !== 'item' }))
}

/** Two blocks side by side; both totals stand in the last line, as on the form. */
function balanceSheetRows({ assets, claims }: Statements['balanceSheet']): DocumentRow[] {
  const length = Math.max(assets.length, claims.length)
  const [totalAssets, ...items] = [assets.at(-1), ...assets.slice(0, -1)]
  return Array.from({ length }, (_, index): DocumentRow => {
    const left = index === length - 1 ? totalAssets : items[index]
    const right = claims[index]
    return { weight: 'item', cells: [...rowCells(left, 2), ...rowCells(right, 2)] }
  })
}

function plainRows(rows: readonly StatementRow[]): DocumentRow[] {
  return rows.map((row) => ({ weight: row.kind, cells: rowCells(row, row.amounts.length) }))
}

export function statementDocuments(statements: Statements, head: StatementHead): readonly TableDocument[] {
  const { period, balanceSheet, incomeStatement, netAssets } = statements
  const shared = {
    issuer: head.issuer,
    subject: `资金名称：${head.fundName}`,
    unit: '元' as const,
    date: head.printedOn,
    printedBy: head.printedBy,
    notes: head.version === null ? [] : [head.version],
    signers: SIGNERS,
    watermark: head.watermark,
  }
  const item = (label = '项目') => ({ label, holds: 'text' as const })
  const money = (label: string) => ({ label, holds: 'money' as const, width: AMOUNT_WIDTH })
  return [
    {
      ...shared,
      title: '资产负债表',
      form: '会住维01表',
      periodText: dateInChinese(head.to),
      isLandscape: true,
      tables: [{
        caption: null,
        columns: [
          item('资产'), ...balanceSheet.columns.map(({ label }) => money(label)),
          item('负债和净资产'), ...balanceSheet.columns.map(({ label }) => money(label)),
        ],
        rows: balanceSheetRows(balanceSheet),
        empty: '',
      }],
    },
    {
      ...shared,
      title: '收支表',
      form: '会住维02表',
      periodText: spanText(period),
      isLandscape: false,
      tables: [{
        caption: null,
        columns: [item(), ...incomeStatement.columns.map(({ label }) => money(label))],
        rows: plainRows(incomeStatement.rows),
        empty: '',
      }],
    },
    {
      ...shared,
      title: '净资产变动表',
      form: '会住维03表',
      periodText: period.kind === 'year' ? spanText(period) : spanText(period).replace('年', '年1月至'),
      isLandscape: true,
      tables: [{
        caption: null,
        columns: [item(), ...netAssets.columns.map(({ label }) => money(label))],
        rows: plainRows(netAssets.rows),
        empty: '',
      }],
    },
  ]
}

/**
 * The three statements of the maintenance fund and how they hang together (domain rule 01 §5). Every figure is computed
 * from balances alone; the tie-outs are computed on their own paths, so that a wrong booking shows instead of hiding.
 */
import { fen, ZERO_FEN, type Fen } from '../money.ts'
import { balanceSheet, type BalanceSheet } from './balance-sheet.ts'
import { incomeStatement, surplusOfYear, type IncomeStatement } from './income-statement.ts'
import { netAssetsStatement, type NetAssetsStatement } from './net-assets.ts'
import type { StatementPeriod, StatementRow, StatementSums } from './sums.ts'

export type TieOut = {
  readonly code: string
  readonly label: string
  readonly leftFen: Fen
  readonly rightFen: Fen
  readonly holds: boolean
}

export type Statements = {
  readonly period: StatementPeriod
  readonly balanceSheet: BalanceSheet
  readonly incomeStatement: IncomeStatement
  readonly netAssets: NetAssetsStatement
  readonly tieOuts: readonly TieOut[]
}

function amountAt(rows: readonly StatementRow[], key: string, column: number): Fen {
  return rows.find((row) => row.key === key)?.amounts[column] ?? ZERO_FEN
}

function tieOut(code: string, label: string, leftFen: Fen, rightFen: Fen): TieOut {
  return { code, label, leftFen, rightFen, holds: leftFen === rightFen }
}

export function statementsOf(sums: StatementSums, period: StatementPeriod): Statements {
  const sheet = balanceSheet(sums)
  const income = incomeStatement(sums, period.kind)
  const netAssets = netAssetsStatement(sums)
  const last = netAssets.columns.length - 1
  return {
    period,
    balanceSheet: sheet,
    incomeStatement: income,
    netAssets,
    tieOuts: [
      tieOut('opening', '年初：资产总计 = 负债和净资产总计',
        amountAt(sheet.assets, 'totalAssets', 0), amountAt(sheet.claims, 'totalClaims', 0)),
      tieOut('closing', '期末：资产总计 = 负债和净资产总计',
        amountAt(sheet.assets, 'totalAssets', 1), amountAt(sheet.claims, 'totalClaims', 1)),
      tieOut('surplus', '收支表本年收支差额 = 净资产变动表本年收支差额',
        surplusOfYear(income), amountAt(netAssets.rows, 'surplus', last)),
      tieOut('distribution', '本年分配累计收益各栏合计为零', amountAt(netAssets.rows, 'distribution', last), ZERO_FEN),
      tieOut('netAssetsOpening', '净资产变动表本年年初余额 = 资产负债表净资产年初余额',
        amountAt(netAssets.rows, 'opening', last), amountAt(sheet.claims, 'totalNetAssets', 0)),
      tieOut('netAssetsChange', '本年年初余额 + 本年变动金额 = 本年年末余额',
        fen(amountAt(netAssets.rows, 'opening', last) + amountAt(netAssets.rows, 'change', last)),
        amountAt(netAssets.rows, 'closing', last)),
      tieOut('netAssetsClosing', '净资产变动表本年年末余额 = 资产负债表净资产期末余额',
        amountAt(netAssets.rows, 'closing', last), amountAt(sheet.claims, 'totalNetAssets', 1)),
    ],
  }
}

/** Income or expenditure that waits for its closing voucher: the statements already count it in the net assets. */
export function waitsForClosing(sums: StatementSums): boolean {
  return sums.accounts.some(
    ({ class: accountClass, balanceFen }) => (accountClass === 'income' || accountClass === 'expenditure') && balanceFen !== 0,
  )
}

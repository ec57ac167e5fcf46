/** 会住维02表 收支表 (财会〔2020〕7号 part four): 本月数 and 本年累计数; the year's edition 本年数 and 上年数. */
import { fen, negateFen, ZERO_FEN, type Fen } from '../money.ts'
import {
  activityOf,
  isWithin,
  partsTogether,
  sumRows,
  type StatementColumn,
  type StatementPart,
  type StatementPeriod,
  type StatementRow,
  type StatementSums,
} from './sums.ts'

export type IncomeStatement = { readonly columns: readonly StatementColumn[]; readonly rows: readonly StatementRow[] }

const INCOME = [
  ['4001', '交存收入'],
  ['4101', '存款利息收入'],
  ['4102', '国债利息收入'],
  ['4201', '经营收入'],
  ['4301', '共用设施处置收入'],
  ['4901', '其他收入'],
] as const

const EXPENDITURE = [['5001', '维修支出'], ['5101', '返还支出'], ['5901', '其他支出']] as const

function columnsOf(kind: StatementPeriod['kind']): readonly StatementColumn[] {
  return kind === 'month'
    ? [{ label: '本月数', span: 'month' }, { label: '本年累计数', span: 'year' }]
    : [{ label: '本年数', span: 'year' }, { label: '上年数', span: 'lastYear' }]
}

function itemRow(
  sums: StatementSums,
  kind: StatementPeriod['kind'],
  [code, label]: readonly [string, string],
  sign: (amount: Fen) => Fen,
): StatementRow {
  const parts = sums.accounts
    .filter((account) => isWithin(account.code, code))
    .map((account): StatementPart => {
      const { monthFen, yearFen } = activityOf(sums, account)
      const amounts = kind === 'month' ? [monthFen, yearFen] : [yearFen, account.lastYearFen]
      return { accountId: account.accountId, code: account.code, name: account.name, amounts: amounts.map(sign) }
    })
    .filter(({ amounts }) => amounts.some((amount) => amount !== 0))
  const amounts = [0, 1].map((column) => fen(parts.reduce((sum, part) => sum + (part.amounts[column] ?? 0), 0)))
  return { key: code, label, level: 1, kind: 'item', amounts, parts }
}

/** In the first reporting year the year before stays blank: it was kept by other rules. */
function withoutComparatives(row: StatementRow): StatementRow {
  return { ...row, amounts: row.amounts.map((amount, column) => (column === 1 ? null : amount)) }
}

export function incomeStatement(sums: StatementSums, kind: StatementPeriod['kind']): IncomeStatement {
  const income = INCOME.map((each) => itemRow(sums, kind, each, negateFen))
  const expenditure = EXPENDITURE.map((each) => itemRow(sums, kind, each, (amount) => amount))
  const earned = sumRows(income, 2)
  const spent = sumRows(expenditure, 2)
  const sum = (key: string, label: string, amounts: readonly Fen[], parts: readonly StatementPart[]): StatementRow =>
    ({ key, label, level: 0, kind: 'total', amounts, parts })
  const taken = partsTogether(expenditure).map((part) => ({ ...part, amounts: part.amounts.map(negateFen) }))
  const rows: readonly StatementRow[] = [
    sum('income', '一、本期收入', earned, partsTogether(income)),
    ...income,
    sum('expenditure', '二、本期支出', spent, partsTogether(expenditure)),
    ...expenditure,
    sum('surplus', '三、本期收支差额', earned.map((amount, column) => fen(amount - (spent[column] ?? ZERO_FEN))),
      [...partsTogether(income), ...taken]),
  ]
  const isBlank = kind === 'year' && !sums.hasLastYear
  return { columns: columnsOf(kind), rows: isBlank ? rows.map(withoutComparatives) : rows }
}

/** The year's surplus of the form, whichever column it stands in. */
export function surplusOfYear({ columns, rows }: IncomeStatement): Fen {
  const column = columns.findIndex(({ span }) => span === 'year')
  return rows.find(({ key }) => key === 'surplus')?.amounts[column] ?? ZERO_FEN
}


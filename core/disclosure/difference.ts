/** What differs between two sheets of one quarter: for comparing versions, and for naming what moved after publishing. */
import { ZERO_FEN, type Fen } from '../money.ts'
import type { Figure } from './quarter-input.ts'
import { bankLabel, counterpartyLabel, type QuarterSheet } from './sheet.ts'

/** A figure that is `null` was blank, or its row was not there. */
export type SheetDifference = {
  readonly part: string
  readonly row: string
  readonly before: Fen | null
  readonly after: Fen | null
}

type Entry = { readonly key: string; readonly part: string; readonly row: string; readonly amount: Fen | null }

function amountOf(figure: Figure | null): Fen | null {
  return figure === null ? null : figure.amount
}

function entriesOf(sheet: QuarterSheet): readonly Entry[] {
  const entry = (part: string, id: string, row: string, amount: Fen | null): Entry =>
    ({ key: `${part} ${id}`, part, row, amount })
  const total = (part: string, figure: Figure): Entry => entry(part, 'total', '合计', figure.amount)
  const daily = sheet.dailyFund
  return [
    ...sheet.opening.rows.map((row) => entry('上期结余', row.id, row.label, row.amount.amount)),
    total('上期结余', sheet.opening.total),
    ...sheet.income.rows.flatMap((row) => {
      const name = `${row.category}·${counterpartyLabel(row.counterparty)}`
      return [
        entry('本期应收', row.id, name, amountOf(row.receivable)),
        entry('本期收入', row.id, name, amountOf(row.received)),
        entry('本年累计收入', row.id, name, amountOf(row.yearToDate)),
      ]
    }),
    total('本期收入', sheet.income.received),
    ...sheet.costs.rows.map((row) => entry('扣减', row.id, row.item, amountOf(row.amount))),
    total('扣减', sheet.costs.total),
    total('净收益', sheet.net),
    ...sheet.uses.rows.map((row) => entry('支出', row.id, row.item, amountOf(row.amount))),
    total('支出', sheet.uses.total),
    ...sheet.transfers.rows.map((row) => entry('转入维修资金', row.id, row.date, row.amount.amount)),
    total('转入维修资金', sheet.transfers.total),
    total('期末结余', sheet.closing),
    ...sheet.bank.rows.flatMap((row) => [
      entry('银行活期', row.last4, bankLabel(row), row.demand),
      entry('银行定期', row.last4, bankLabel(row), row.term),
    ]),
    ...sheet.bank.reconciling.map((row) => entry('未达事项', row.id, row.item, row.amount.amount)),
    ...(daily === null
      ? []
      : [
          entry('日常专项维修资金', 'opening', '期初', daily.opening.amount),
          entry('日常专项维修资金', 'income', '收入', daily.income.amount),
          entry('日常专项维修资金', 'spending', '支出', daily.spending.amount),
          entry('日常专项维修资金', 'closing', '期末', daily.closing.amount),
          entry('日常专项维修资金', 'bank', '银行余额', daily.bankBalance),
        ]),
    ...sheet.utilities.map((row) => entry('公共水电', row.id, row.item, row.amount.amount)),
  ]
}

/**
 * Figures that differ, in the order of the sheet; rows are matched by their id, so a renamed row is no difference. A row
 * that was blank is told apart from 0.00, as it is on the board.
 */
export function sheetDifferences(before: QuarterSheet, after: QuarterSheet): readonly SheetDifference[] {
  const earlier = new Map(entriesOf(before).map((entry) => [entry.key, entry]))
  const later = entriesOf(after)
  const kept = new Set(later.map((entry) => entry.key))
  const gone = [...earlier.values()].filter((entry) => !kept.has(entry.key) && entry.amount !== null)
  return [
    ...later.flatMap((entry): SheetDifference[] => {
      const known = earlier.get(entry.key)?.amount ?? null
      return known === entry.amount ? [] : [{ part: entry.part, row: entry.row, before: known, after: entry.amount }]
    }),
    ...gone.map((entry) => ({ part: entry.part, row: entry.row, before: entry.amount, after: null })),
  ]
}

/** After less before; a blank counts as nothing. */
export function changeOf(difference: SheetDifference): number {
  return (difference.after ?? ZERO_FEN) - (difference.before ?? ZERO_FEN)
}

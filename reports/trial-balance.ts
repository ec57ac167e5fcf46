/** Trial balance (科目余额表) of a book, A4 landscape: opening, period and closing, debit beside credit. */
import type { TableCell } from 'pdfmake/interfaces'
import { dateInChinese, type BusinessDate } from '#core/calendar.ts'
import { formatYuan, type Fen } from '#core/money.ts'
import type { FieldText } from './font.ts'
import {
  amountCell,
  covered,
  headCell,
  keepTotals,
  lastRowId,
  listPage,
  ruledLayout,
  textCell,
  totalRowId,
  type Paper,
} from './paper.ts'

/** Debit and credit of the three column pairs; null prints blank. */
export type TrialBalanceAmounts = {
  readonly openingDebit: Fen | null
  readonly openingCredit: Fen | null
  readonly periodDebit: Fen | null
  readonly periodCredit: Fen | null
  readonly closingDebit: Fen | null
  readonly closingCredit: Fen | null
}

export type TrialBalanceRow = TrialBalanceAmounts & {
  readonly code: string
  readonly name: string
  /** 1 is a general account; each level below is indented. */
  readonly level: number
}

export type TrialBalanceModel = {
  readonly office: string
  readonly book: string
  /** Null for all complexes of the book. */
  readonly complex: string | null
  readonly from: BusinessDate
  readonly asOf: BusinessDate
  readonly printedOn: BusinessDate
  readonly printedBy: string
  readonly rows: readonly TrialBalanceRow[]
  readonly totals: TrialBalanceAmounts
}

const MARGIN = { side: 40, top: 40, bottom: 46 }
const BODY = 9
const ID = 'trial-balance'

function amounts(row: TrialBalanceAmounts): readonly (Fen | null)[] {
  return [row.openingDebit, row.openingCredit, row.periodDebit, row.periodCredit, row.closingDebit, row.closingCredit]
}

function rowCells(row: TrialBalanceRow, isLast: boolean): TableCell[] {
  const bold = row.level === 1
  return [
    textCell(row.code, { bold, ...(isLast ? { id: lastRowId(ID) } : {}) }),
    { text: row.name, bold, margin: [(row.level - 1) * 10, 0, 0, 0] },
    ...amounts(row).map((amount) => amountCell(amount, { bold })),
  ]
}

function totalsTieOut(totals: TrialBalanceAmounts): boolean {
  return (
    totals.openingDebit === totals.openingCredit &&
    totals.periodDebit === totals.periodCredit &&
    totals.closingDebit === totals.closingCredit
  )
}

function texts(model: TrialBalanceModel): readonly FieldText[] {
  return [
    { field: '单位', text: model.office },
    { field: '账簿', text: model.book },
    { field: '小区', text: model.complex ?? '' },
    { field: '打印人', text: model.printedBy },
    ...model.rows.map((row, index): FieldText => ({ field: '科目', row: index + 1, text: row.code + row.name })),
  ]
}

export function trialBalancePaper(model: TrialBalanceModel): Paper {
  const longest = Math.max(
    ...[...model.rows, model.totals]
      .flatMap(amounts)
      .map((amount) => (amount === null ? 0 : formatYuan(amount).length)),
  )
  // 5 pt a digit at 9 pt; 84 pt holds what an office of hundreds of complexes needs.
  const width = Math.min(102, Math.max(84, Math.ceil(5 * longest)))
  const body: TableCell[][] = [
    [
      headCell('科目编码', { rowSpan: 2 }),
      headCell('科目名称', { rowSpan: 2 }),
      headCell('期初余额', { colSpan: 2 }),
      ...covered(1),
      headCell('本期发生额', { colSpan: 2 }),
      ...covered(1),
      headCell('期末余额', { colSpan: 2 }),
      ...covered(1),
    ],
    [...covered(2), ...['借方', '贷方', '借方', '贷方', '借方', '贷方'].map((text) => headCell(text))],
    ...(model.rows.length === 0
      ? [[textCell('本期没有科目余额和发生额。', { colSpan: 8 }), ...covered(7)]]
      : model.rows.map((row, index) => rowCells(row, index === model.rows.length - 1))),
    [
      textCell('合计', { bold: true, colSpan: 2, id: totalRowId(ID) }),
      ...covered(1),
      ...amounts(model.totals).map((amount) => amountCell(amount, { bold: true })),
    ],
  ]
  const title = `${model.book}科目余额表`
  return {
    title: `${title} ${model.asOf}`,
    date: model.printedOn,
    keywords: null,
    texts: texts(model),
    definition: {
      ...listPage({
        title,
        margin: MARGIN,
        fontSize: BODY,
        foot: `打印：${model.printedBy}　${dateInChinese(model.printedOn)}`,
        content: [
          {
            columns: [
              { text: `单位：${model.office}　小区：${model.complex ?? '全部'}`, width: '*' },
              { text: `${dateInChinese(model.from)}至${dateInChinese(model.asOf)}`, width: '*', alignment: 'center' },
              { text: '金额单位：元', width: '*', alignment: 'right' },
            ],
            margin: [0, 8, 0, 4],
          },
          {
            table: {
              headerRows: 2,
              keepWithHeaderRows: 1,
              dontBreakRows: true,
              widths: [66, '*', ...Array.from({ length: 6 }, () => width)],
              body,
            },
            layout: ruledLayout({ x: 3, y: 2 }),
          },
          {
            text: totalsTieOut(model.totals) ? '借贷合计相等。' : '借贷合计不相等，请先核对账簿。',
            bold: !totalsTieOut(model.totals),
            margin: [0, 6, 0, 0],
          },
        ],
      }),
      pageBreakBefore: keepTotals,
    },
  }
}

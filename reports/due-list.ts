/** 存单到期一览表, A4 landscape: what is overdue, then what falls due, with room to write down how each was handled. */
import type { TableCell } from 'pdfmake/interfaces'
import { dateInChinese, type BusinessDate } from '#core/calendar.ts'
import type { DueState } from '#core/deposit/deposit-due.ts'
import { addFen, ZERO_FEN, type Fen } from '#core/money.ts'
import { formatPercent, type RateMicro } from '#core/rate.ts'
import type { FieldText } from './font.ts'
import {
  amountCell, covered, headCell, keepTotals, lastRowId, listPage, ruledLayout, textCell, totalRowId, type Paper,
} from './paper.ts'

export type DueListRow = {
  readonly dueDate: BusinessDate
  /** The last working day before a due date on a day off; null where the bank is open that day. */
  readonly workingDay: BusinessDate | null
  readonly due: DueState
  readonly certificateNo: string
  readonly complex: string
  readonly bank: string
  readonly principal: Fen
  readonly rate: RateMicro
  readonly lost: Fen
  readonly personInCharge: string
}

export type DueListModel = {
  readonly office: string
  /** Null for all complexes. */
  readonly complex: string | null
  readonly asOf: BusinessDate
  readonly until: BusinessDate
  readonly printedBy: string
  /** By due date. */
  readonly rows: readonly DueListRow[]
}

const MARGIN = { side: 36, top: 38, bottom: 44 }
const ID = 'due-list'
const COLUMNS = ['序号', '到期日', '距到期', '证实书号', '小区', '银行', '本金', '年利率', '逾期少计利息', '经办人', '处理结果'] as const
const WIDTHS = [24, 56, 56, 92, '*', '*', 78, 40, 62, 44, 66] as const

export function dueStateText(due: DueState): string {
  if (due.kind === 'overdue') return `逾期 ${due.days} 天`
  return due.days === 0 ? '今天到期' : `还有 ${due.days} 天`
}

function sumOf(rows: readonly DueListRow[], amount: (row: DueListRow) => Fen): Fen {
  return rows.reduce((sum, row) => addFen(sum, amount(row)), ZERO_FEN)
}

function dueCell({ dueDate, workingDay }: DueListRow): TableCell {
  return workingDay === null ? textCell(dueDate) : { stack: [dueDate, { text: `休，提前 ${workingDay.slice(5)}`, fontSize: 7.5 }] }
}

function rowCells(row: DueListRow, index: number, isLast: boolean): TableCell[] {
  const isOverdue = row.due.kind === 'overdue'
  return [
    textCell(String(index + 1), { center: true, ...(isLast && { id: lastRowId(ID) }) }),
    dueCell(row),
    textCell(dueStateText(row.due), { bold: isOverdue }),
    textCell(row.certificateNo),
    textCell(row.complex),
    textCell(row.bank),
    amountCell(row.principal),
    { text: `${formatPercent(row.rate)}%`, alignment: 'right' },
    amountCell(isOverdue ? row.lost : null),
    textCell(row.personInCharge),
    textCell(''),
  ]
}

function totalCells(label: string, rows: readonly DueListRow[], id?: string): TableCell[] {
  return [
    textCell(`${label}　${rows.length} 张`, { bold: true, colSpan: 6, ...(id !== undefined && { id }) }),
    ...covered(5),
    amountCell(sumOf(rows, (row) => row.principal), { bold: true }),
    textCell(''),
    amountCell(rows.some(({ due }) => due.kind === 'overdue') ? sumOf(rows, (row) => row.lost) : null, { bold: true }),
    textCell(''),
    textCell(''),
  ]
}

function texts(model: DueListModel): readonly FieldText[] {
  return [
    { field: '单位', text: model.office },
    { field: '小区', text: model.complex ?? '' },
    { field: '打印人', text: model.printedBy },
    ...model.rows.map((row, index): FieldText => ({
      field: '存单', row: index + 1, text: row.certificateNo + row.complex + row.bank + row.personInCharge,
    })),
  ]
}

function bodyOf(rows: readonly DueListRow[]): TableCell[][] {
  if (rows.length === 0) {
    return [[textCell('这段时间没有到期的存单，也没有逾期未处理的存单。', { colSpan: COLUMNS.length }), ...covered(COLUMNS.length - 1)]]
  }
  const overdue = rows.filter((row) => row.due.kind === 'overdue')
  const coming = rows.filter((row) => row.due.kind !== 'overdue')
  return [
    ...rows.map((row, index) => rowCells(row, index, index === rows.length - 1)),
    ...(overdue.length > 0 && coming.length > 0 ? [totalCells('其中逾期未处理', overdue), totalCells('其中将到期', coming)] : []),
    totalCells('合计', rows, totalRowId(ID)),
  ]
}

export function dueListPaper(model: DueListModel): Paper {
  const title = '存单到期一览表'
  return {
    title: `${title} ${model.asOf}`,
    date: model.asOf,
    keywords: null,
    texts: texts(model),
    definition: {
      ...listPage({
        title,
        margin: MARGIN,
        fontSize: 9,
        foot: `打印：${model.printedBy}　${dateInChinese(model.asOf)}`,
        content: [
          {
            columns: [
              { text: `单位：${model.office}　小区：${model.complex ?? '全部'}`, width: '*' },
              { text: `${dateInChinese(model.asOf)}编制，列至${dateInChinese(model.until)}`, width: 'auto', alignment: 'center' },
              { text: '金额单位：元', width: '*', alignment: 'right' },
            ],
            margin: [0, 8, 0, 4],
          },
          {
            table: {
              headerRows: 1,
              keepWithHeaderRows: 1,
              dontBreakRows: true,
              widths: [...WIDTHS],
              body: [COLUMNS.map((text) => headCell(text)), ...bodyOf(model.rows)],
            },
            layout: ruledLayout({ x: 3, y: 2.5 }),
          },
          {
            text: '逾期少计利息 = 逾期天数 × 本金 ×（约定利率 − 活期利率）÷ 360。到期日逢休息日的，可在所注最后一个工作日提前办理，少计未满天数的利息，以银行回单为准。',
            fontSize: 8.5,
            margin: [0, 6, 0, 0],
          },
          {
            columns: ['制表', '复核', '主管'].map((role) => ({ text: `${role}：`, width: '*' })),
            margin: [0, 14, 0, 0],
          },
        ],
      }),
      pageBreakBefore: keepTotals,
    },
  }
}

/**
 * A document made of ruled tables: the statutory forms, the yearly tables and publications. One model is drawn as PDF
 * here and as a spreadsheet in `table-workbook.ts`, so that paper and file can never differ.
 */
import type { Content, TableCell } from 'pdfmake/interfaces'
import type { BusinessDate } from '#core/calendar.ts'
import { dateInChinese } from '#core/calendar.ts'
import { formatYuan, type Fen } from '#core/money.ts'
import { FONT_FAMILY, type FieldText } from './font.ts'
import { covered, headCell, pageOf, ruledLayout, type Paper } from './paper.ts'

export type DocumentCell = {
  /** Where the two halves of a row differ; else the row's weight decides. */
  readonly bold?: boolean
} & (
  | { readonly kind: 'text'; readonly text: string; readonly indent?: number }
  /** Null prints blank, zero 0.00. */
  | { readonly kind: 'money'; readonly fen: Fen | null }
  | { readonly kind: 'count'; readonly count: number | null }
)

export type DocumentRow = { readonly weight: 'heading' | 'item' | 'total'; readonly cells: readonly DocumentCell[] }

export type DocumentColumn = {
  readonly label: string
  readonly holds: 'text' | 'money' | 'count'
  /** Printed width in points; text columns without one share what is left. */
  readonly width?: number
}

export type DocumentTable = {
  readonly caption: string | null
  readonly columns: readonly DocumentColumn[]
  readonly rows: readonly DocumentRow[]
  /** Said in the one row of an empty table. */
  readonly empty: string
}

export type TableDocument = {
  readonly title: string
  /** `会住维01表`, at the right above the table; null where the document is no prescribed form. */
  readonly form: string | null
  readonly issuer: string
  /** What the figures are about, e.g. `资金名称：示例市住宅专项维修资金`. */
  readonly subject: string
  /** `2026年9月30日`, `2026年9月`, `2026年度`. */
  readonly periodText: string
  readonly unit: '元' | '万元'
  /** Frozen day of the document. */
  readonly date: BusinessDate
  readonly printedBy: string
  readonly isLandscape: boolean
  readonly tables: readonly DocumentTable[]
  readonly notes: readonly string[]
  /** Offices that sign, e.g. `单位负责人`. */
  readonly signers: readonly string[]
  /** Printed across the page while the figures may still change. */
  readonly watermark: string | null
}

export function textOf(text: string, indent = 0): DocumentCell {
  return { kind: 'text', text, ...(indent > 0 && { indent }) }
}

export function moneyOf(amount: Fen | null): DocumentCell {
  return { kind: 'money', fen: amount }
}

export function countOf(count: number | null): DocumentCell {
  return { kind: 'count', count }
}

const MARGIN = { side: 40, top: 40, bottom: 46 }
const BODY = 9.5
const DIGIT = 5.4
const INDENT = 10

export function cellText(cell: DocumentCell | undefined): string {
  switch (cell?.kind) {
    case undefined:
      return ''
    case 'text':
      return cell.text
    case 'money':
      return cell.fen === null ? '' : formatYuan(cell.fen)
    case 'count':
      return cell.count === null ? '' : String(cell.count)
  }
}

function columnWidth(table: DocumentTable, index: number): number | '*' {
  const column = table.columns[index]
  if (column === undefined) return '*'
  if (column.width !== undefined) return column.width
  if (column.holds === 'text') return '*'
  const longest = Math.max(...table.rows.map((row) => cellText(row.cells[index]).length), 0)
  // Chinese heads are twice as wide as digits.
  return Math.max(Math.ceil(DIGIT * longest), Math.ceil(Math.min(column.label.length, 6) * BODY), 44)
}

function drawnCell(cell: DocumentCell | undefined, column: DocumentColumn, bold: boolean): TableCell {
  // A percentage is a text in a column of figures.
  const isText = cell?.kind === 'text' && column.holds === 'text'
  const indent = cell?.kind === 'text' ? (cell.indent ?? 0) : 0
  return {
    text: cellText(cell),
    bold: cell?.bold ?? bold,
    alignment: isText ? 'left' : 'right',
    ...(isText ? {} : { noWrap: true }),
    ...(indent > 0 ? { margin: [indent * INDENT, 0, 0, 0] } : {}),
  }
}

function drawnTable(table: DocumentTable): Content {
  const width = table.columns.length
  const body: TableCell[][] = [
    table.columns.map(({ label }) => headCell(label, { middle: true })),
    ...(table.rows.length === 0
      ? [[{ text: table.empty, colSpan: width }, ...covered(width - 1)]]
      : table.rows.map(({ weight, cells }) =>
          table.columns.map((column, index) => drawnCell(cells[index], column, weight !== 'item')))),
  ]
  return {
    stack: [
      ...(table.caption === null
        ? []
        : [{ text: table.caption, bold: true, fontSize: 11, margin: [0, 10, 0, 4] } satisfies Content]),
      {
        table: {
          headerRows: 1,
          keepWithHeaderRows: 1,
          dontBreakRows: true,
          widths: table.columns.map((_, index) => columnWidth(table, index)),
          body,
        },
        layout: ruledLayout({ x: 4, y: 4 }),
      },
    ],
  }
}

function texts(document: TableDocument): readonly FieldText[] {
  return [
    { field: '编制单位', text: document.issuer },
    { field: '名称', text: document.subject },
    { field: '打印人', text: document.printedBy },
    ...document.tables.flatMap((table) =>
      table.rows.map((row, index): FieldText => ({
        field: table.caption ?? document.title,
        row: index + 1,
        text: row.cells.map(cellText).join(''),
      }))),
  ]
}

/** The same three lines over every table: form number, issuer, period and unit. */
function head(document: TableDocument): Content[] {
  return [
    { text: document.title, fontSize: 18, bold: true, alignment: 'center', characterSpacing: 2 },
    ...(document.form === null
      ? []
      : [{ text: document.form, alignment: 'right', margin: [0, 4, 0, 0] } satisfies Content]),
    { text: document.subject, margin: [0, document.form === null ? 8 : 0, 0, 2] },
    {
      columns: [
        { text: `编制单位：${document.issuer}`, width: '*' },
        { text: document.periodText, width: 'auto', alignment: 'center' },
        { text: `单位：${document.unit}`, width: '*', alignment: 'right' },
      ],
      margin: [0, 0, 0, 4],
    },
  ]
}

export function tableDocumentPaper(document: TableDocument): Paper {
  const { signers, notes, watermark } = document
  return {
    title: `${document.title} ${document.subject} ${document.periodText}`,
    date: document.date,
    keywords: null,
    texts: texts(document),
    definition: {
      pageSize: 'A4',
      pageOrientation: document.isLandscape ? 'landscape' : 'portrait',
      pageMargins: [MARGIN.side, MARGIN.top, MARGIN.side, MARGIN.bottom],
      defaultStyle: { font: FONT_FAMILY, fontSize: BODY },
      content: [
        ...head(document),
        ...document.tables.map(drawnTable),
        ...notes.map((note, index): Content => ({
          text: `${notes.length > 1 ? `${index + 1}．` : ''}${note}`,
          margin: [0, index === 0 ? 8 : 2, 0, 0],
        })),
        ...(signers.length === 0
          ? []
          : [
              {
                columns: signers.map((signer) => ({ text: `${signer}：`, width: '*' })),
                margin: [0, 14, 0, 0],
              } satisfies Content,
            ]),
      ],
      footer: (page, pages) => ({
        margin: [MARGIN.side, 14, MARGIN.side, 0],
        columns: [
          { text: `打印：${document.printedBy}　${dateInChinese(document.date)}`, width: '*' },
          { text: pageOf(page, pages), width: 'auto' },
        ],
      }),
      ...(watermark === null ? {} : { watermark: { text: watermark, color: 'black', opacity: 0.07, bold: true, fontSize: 64 } }),
    },
  }
}

/** The same documents as a spreadsheet: one tab each, amounts as numbers, heads repeated on printed pages. */
import type { BusinessDate } from '#core/calendar.ts'
import type { DocumentCell, DocumentColumn, DocumentTable, TableDocument } from './table-document.ts'
import type { Workbook, WorkbookCell, WorkbookSheet } from './workbook.ts'

/** Of the standard font; Chinese characters count twice. */
function widthOf(text: string): number {
  return [...text].reduce((width, character) => width + (character > '\u2e7f' ? 2 : 1), 0)
}

const MONEY_WIDTH = 18
const COUNT_WIDTH = 9

function columnWidths(tables: readonly DocumentTable[]): number[] {
  const count = Math.max(...tables.map(({ columns }) => columns.length))
  return Array.from({ length: count }, (_, index) =>
    Math.max(
      ...tables.map(({ columns, rows }) => {
        const column = columns[index]
        if (column === undefined) return 0
        if (column.holds === 'money') return MONEY_WIDTH
        if (column.holds === 'count') return COUNT_WIDTH
        const texts = rows.map(({ cells }) => cells[index]).map((cell) => (cell?.kind === 'text' ? cell.text : ''))
        return Math.min(44, Math.max(14, ...[column.label, ...texts].map((text) => widthOf(text) + 3)))
      }),
    ))
}

function bodyCell(cell: DocumentCell | undefined, column: DocumentColumn, ofRow: boolean): WorkbookCell {
  const look = { bold: cell?.bold ?? ofRow, border: true }
  switch (cell?.kind) {
    case undefined:
      return { text: '', ...look }
    case 'text':
      return {
        text: cell.text,
        wrap: true,
        align: column.holds === 'text' ? 'left' : 'right',
        ...look,
        ...(cell.indent !== undefined && { indent: cell.indent }),
      }
    case 'money':
      return { fen: cell.fen, ...look }
    case 'count':
      return { integer: cell.count, ...look }
  }
}

type Row = (WorkbookCell | null)[]

/** A text over the whole width of the sheet. */
function across(columns: number, cell: WorkbookCell): Row {
  return [{ ...cell, columns }, ...Array.from({ length: columns - 1 }, () => null)]
}

function tableRows(table: DocumentTable, columns: number): Row[] {
  return [
    ...(table.caption === null ? [] : [across(columns, { text: table.caption, bold: true, size: 12 })]),
    table.columns.map(({ label }): WorkbookCell => ({ text: label, bold: true, border: true, align: 'center', wrap: true })),
    ...(table.rows.length === 0
      ? [across(table.columns.length, { text: table.empty, border: true })]
      : table.rows.map(({ weight, cells }): Row =>
          table.columns.map((column, index) => bodyCell(cells[index], column, weight !== 'item')))),
  ]
}

function sheetOf(document: TableDocument, name: string): WorkbookSheet {
  const widths = columnWidths(document.tables)
  const columns = widths.length
  const head: Row[] = [
    across(columns, { text: document.title, bold: true, size: 16, align: 'center' }),
    ...(document.form === null ? [] : [across(columns, { text: document.form, align: 'right' })]),
    across(columns, { text: document.subject }),
    across(columns, { text: `编制单位：${document.issuer}　　${document.periodText}　　单位：${document.unit}` }),
  ]
  const isSingle = document.tables.length === 1 && document.tables[0]?.caption === null
  return {
    name,
    widths,
    landscape: document.isLandscape,
    // With several tables there is no one row of heads to repeat.
    headRows: isSingle ? head.length + 1 : 0,
    rows: [
      ...head,
      ...document.tables.flatMap((table) => tableRows(table, columns)),
      [],
      ...(document.watermark === null ? [] : [across(columns, { text: `本表为${document.watermark}。`, bold: true })]),
      ...document.notes.map((note) => across(columns, { text: note, wrap: true })),
      ...(document.signers.length === 0
        ? []
        : [across(columns, { text: document.signers.map((signer) => `${signer}：`).join('　　　　　　') })]),
    ],
  }
}

export function tableWorkbook(title: string, date: BusinessDate, documents: readonly TableDocument[]): Workbook {
  return { title, date, sheets: documents.map((document) => sheetOf(document, document.form ?? document.title)) }
}

/**
 * Spreadsheets (.xlsx) from a plain model. Same model, same bytes: the file carries the document's frozen day, no clock.
 * Formulas do not exist here: every figure is a value, and a text that starts with = + - @ stays a text (a payee named
 * `=HYPERLINK(…)` must not run in the clerk's Excel).
 */
import { writeXlsx, type Cell, type CellStyle, type MergeRange, type WriteSheet } from 'hucre/xlsx'
import { datePartsOf, dayNumber, parseDate, type BusinessDate } from '#core/calendar.ts'
import { formatYuan, plainYuan, type Fen } from '#core/money.ts'

export type CellLook = {
  readonly bold?: boolean
  readonly border?: boolean
  readonly align?: 'left' | 'center' | 'right'
  /** Breaks long texts into lines instead of running into the next cell. */
  readonly wrap?: boolean
  /** Steps of indentation from the left. */
  readonly indent?: number
  /** Points; 10 where it is not named. */
  readonly size?: number
  /** Joined with its neighbours to the right and below; the rows leave `null` where it lies. */
  readonly columns?: number
  readonly rows?: number
}

export type WorkbookCell = CellLook &
  (
    | { readonly text: string }
    | { readonly fen: Fen | null }
    | { readonly date: BusinessDate | null }
    | { readonly integer: number | null }
  )

export type WorkbookSheet = {
  readonly name: string
  /** Widths in characters of the standard font, one per column. */
  readonly widths: readonly number[]
  /** `null` is an empty cell, or one that lies under a joined cell. */
  readonly rows: readonly (readonly (WorkbookCell | null)[])[]
  readonly landscape?: boolean
  /** How many rows from the top repeat on each printed page and stay in sight while scrolling. */
  readonly headRows?: number
}

export type Workbook = {
  readonly title: string
  /** Frozen day of the document; the file's creation date. */
  readonly date: BusinessDate
  readonly sheets: readonly WorkbookSheet[]
}

export const SPREADSHEET_MEDIA_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

const FONT = '宋体'
const DEFAULT_SIZE = 10
/** Excel keeps 15 digits of a number; a longer amount is written as text rather than rounded. */
const MAX_DIGITS = 15
/** Serial day 0 of the 1900 date system, counted back from 2000-01-01, which Excel calls 36,526. */
const DAY_ZERO = dayNumber(parseDate('2000-01-01')) - 36_526

function safeText(text: string): string {
  // Control characters make the XML of the file invalid; tab and line feed are allowed.
  return text.replaceAll(/\p{Cc}/gu, (character) => (character === '\n' || character === '\t' ? character : ''))
}

function valueOf(cell: WorkbookCell): Pick<Cell, 'value' | 'type'> & { readonly format: string | null } {
  if ('text' in cell) return { value: safeText(cell.text), type: 'string', format: null }
  if ('date' in cell) {
    if (cell.date === null) return { value: null, type: 'empty', format: null }
    return { value: dayNumber(cell.date) - DAY_ZERO, type: 'number', format: 'yyyy-mm-dd' }
  }
  if ('integer' in cell) {
    return cell.integer === null
      ? { value: null, type: 'empty', format: null }
      : { value: cell.integer, type: 'number', format: '#,##0' }
  }
  if (cell.fen === null) return { value: null, type: 'empty', format: '#,##0.00' }
  if (String(Math.abs(cell.fen)).length > MAX_DIGITS) return { value: formatYuan(cell.fen), type: 'string', format: null }
  // The digits are parsed, not divided: the nearest double to `0.07` prints as 0.07.
  return { value: Number(plainYuan(cell.fen)), type: 'number', format: '#,##0.00' }
}

const THIN = { style: 'thin' } as const

function styleOf(cell: WorkbookCell, format: string | null): CellStyle {
  const isNumber = !('text' in cell)
  const { align = isNumber ? 'right' : 'left', indent = 0 } = cell
  return {
    font: { name: FONT, size: cell.size ?? DEFAULT_SIZE, bold: cell.bold === true },
    alignment: { horizontal: align, vertical: 'center', wrapText: cell.wrap === true, ...(indent > 0 && { indent }) },
    ...(cell.border === true && { border: { top: THIN, right: THIN, bottom: THIN, left: THIN } }),
    ...(format !== null && { numFmt: format }),
  }
}

function joined(cell: WorkbookCell, row: number, column: number): MergeRange | null {
  const { columns = 1, rows = 1 } = cell
  if (columns === 1 && rows === 1) return null
  return { startRow: row, startCol: column, endRow: row + rows - 1, endCol: column + columns - 1 }
}

function writeSheet(sheet: WorkbookSheet, name: string): WriteSheet {
  const cells = new Map<string, Partial<Cell>>()
  const merges: MergeRange[] = []
  sheet.rows.forEach((row, rowIndex) => {
    row.forEach((cell, columnIndex) => {
      if (cell === null) return
      const { value, type, format } = valueOf(cell)
      const style = styleOf(cell, format)
      const merge = joined(cell, rowIndex, columnIndex)
      if (merge !== null) {
        merges.push(merge)
        // The border of a joined area is drawn by each of its cells.
        for (let r = merge.startRow; r <= merge.endRow; r += 1) {
          for (let c = merge.startCol; c <= merge.endCol; c += 1) cells.set(`${r},${c}`, { value: null, type: 'empty', style })
        }
      }
      cells.set(`${rowIndex},${columnIndex}`, { value, type, style })
    })
  })
  const { headRows = 0 } = sheet
  return {
    name,
    columns: sheet.widths.map((width) => ({ width })),
    rows: sheet.rows.map((row) => row.map(() => null)),
    cells,
    merges,
    ...(headRows > 0 && { freezePane: { rows: headRows } }),
    pageSetup: {
      paperSize: 'a4',
      orientation: sheet.landscape === true ? 'landscape' : 'portrait',
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
      horizontalCentered: true,
      margins: { top: 0.6, right: 0.5, bottom: 0.6, left: 0.5, header: 0.3, footer: 0.3 },
      ...(headRows > 0 && { printTitlesRow: `$1:$${headRows}` }),
    },
    headerFooter: { oddFooter: '&C第 &P 页　共 &N 页' },
  }
}

/** Excel's rule for tab names: 31 characters, none of `[]:*?/\`, no apostrophe at either end, unique. */
function tabNames(sheets: readonly WorkbookSheet[]): string[] {
  const taken = new Set<string>()
  return sheets.map((sheet) => {
    const plain = safeText(sheet.name).replaceAll(/[[\]:*?/\\]/g, ' ').replaceAll(/^'+|'+$/g, '').trim() || '表'
    for (let copy = 1; ; copy += 1) {
      const mark = copy === 1 ? '' : ` (${copy})`
      const name = [...plain].slice(0, 31 - mark.length).join('').slice(0, 31 - mark.length) + mark
      if (taken.has(name.toLowerCase())) continue
      taken.add(name.toLowerCase())
      return name
    }
  })
}

/** The finished file. The same workbook gives the same bytes on any machine. */
export async function writeWorkbook(workbook: Workbook): Promise<Uint8Array<ArrayBuffer>> {
  const { year, month, day } = datePartsOf(workbook.date)
  const written = new Date(Date.UTC(year, month - 1, day))
  const names = tabNames(workbook.sheets)
  const bytes = await writeXlsx({
    sheets: workbook.sheets.map((sheet, index) => writeSheet(sheet, names[index] ?? sheet.name)),
    properties: { title: safeText(workbook.title), creator: '明账', created: written, modified: written },
    defaultFont: { name: FONT, size: DEFAULT_SIZE },
  })
  return Uint8Array.from(bytes)
}

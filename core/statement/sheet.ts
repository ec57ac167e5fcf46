/** Excel files: values of the first visible sheet only. Formulas and macros are never run, hidden sheets never read. */
import { read, utils, type CellObject, type WorkBook, type WorkSheet } from '@e965/xlsx'
import { Problem } from '../problem.ts'
import { refuseZipBomb } from './archive.ts'
import { isCompoundFile, withoutFormulas } from './binary-sheet.ts'
import { cleanCell } from './cells.ts'
import { MAX_STATEMENT_RECORDS, MAX_WORKBOOK_BYTES, tooManyRows, workbookTooLarge } from './limits.ts'

type SheetRecords = {
  readonly records: readonly { readonly line: number; readonly cells: readonly string[] }[]
  readonly warnings: readonly { readonly code: string; readonly message: string; readonly line: number | null }[]
}

/** Sheets claim up to 16,384 columns; a statement uses far less, and a lying range must not hang us. */
const MAX_SHEET_COLUMNS = 200

export function readSheet(bytes: Uint8Array): SheetRecords {
  if (bytes.length > MAX_WORKBOOK_BYTES) throw workbookTooLarge()
  refuseZipBomb(bytes)
  const { book, hasFormulas } = openBook(bytes)
  const name = firstVisibleSheet(book)
  const sheet = name === undefined ? undefined : book.Sheets[name]
  if (name === undefined || sheet?.['!ref'] === undefined) {
    throw new Problem({ code: 'file.empty', message: '工作簿里没有可见的、有内容的工作表，请确认下载的文件' })
  }
  const range = utils.decode_range(sheet['!ref'])
  if (range.e.r >= MAX_STATEMENT_RECORDS) throw tooManyRows()
  const lastColumn = Math.min(range.e.c, MAX_SHEET_COLUMNS - 1)
  const records: { line: number; cells: string[] }[] = []
  let formulaLine: number | null = null
  for (let row = 0; row <= range.e.r; row += 1) {
    const cells: string[] = []
    for (let column = 0; column <= lastColumn; column += 1) {
      const cell = cellAt(sheet, row, column)
      if (cell?.f !== undefined) formulaLine ??= row + 1
      cells.push(cell === undefined ? '' : cleanCell(textOf(cell, row + 1)))
    }
    records.push({ line: row + 1, cells })
  }
  const visible = book.SheetNames.filter((_, index) => isVisible(book, index))
  return {
    records,
    warnings: [
      ...(visible.length > 1
        ? [{ code: 'sheet.others', message: `工作簿有 ${visible.length} 张可见工作表，只读取第一张“${name}”`, line: null }]
        : []),
      ...(formulaLine === null && !hasFormulas
        ? []
        : [{
            code: 'sheet.formula',
            message: `${formulaLine === null ? '文件里' : `第 ${formulaLine} 行`}有公式，按文件里保存的值读取、不重新计算；` +
              '银行原始文件不含公式，请确认未被改动',
            line: formulaLine,
          }]),
    ],
  }
}

/** `hasFormulas`: formulas of an old file, whose cells are not known. */
function openBook(bytes: Uint8Array): { readonly book: WorkBook; readonly hasFormulas: boolean } {
  try {
    const { stream, hasFormulas } = isCompoundFile(bytes) ? withoutFormulas(bytes) : { stream: bytes, hasFormulas: false }
    const book = read(stream, { type: 'array', cellHTML: false, cellText: false, cellNF: true, bookVBA: false, dense: true })
    return { book, hasFormulas }
  } catch (error) {
    if (error instanceof Problem) throw error
    const isLocked = error instanceof Error && /password|encrypt/i.test(error.message)
    throw new Problem(
      isLocked
        ? { code: 'file.locked', message: '工作簿设有密码，请用 Excel 打开、去掉密码后另存再导入' }
        : { code: 'file.truncated', message: 'Excel 文件不完整或已损坏，请从网银重新下载' },
    )
  }
}

function isVisible(book: WorkBook, index: number): boolean {
  return (book.Workbook?.Sheets?.[index]?.Hidden ?? 0) === 0
}

function firstVisibleSheet(book: WorkBook): string | undefined {
  return book.SheetNames.find((_, index) => isVisible(book, index))
}

function cellAt(sheet: WorkSheet, row: number, column: number): CellObject | undefined {
  return sheet['!data']?.[row]?.[column]
}

/** Numbers as the shortest decimal text: no arithmetic touches an amount. Dates as `YYYY-MM-DD HH:MM:SS`. */
function textOf(cell: CellObject, line: number): string {
  if (cell.v === undefined || cell.t === 'z') return ''
  if (cell.t === 'e') {
    throw new Problem({ code: 'sheet.error', message: `第 ${line} 行有 Excel 错误值，请从网银重新下载原始文件`, row: line })
  }
  if (typeof cell.v !== 'number') return String(cell.v)
  if (typeof cell.z === 'string' && isDateFormat(cell.z)) {
    const z = Number.isInteger(cell.v) ? 'yyyy-mm-dd' : cell.v < 1 ? 'hh:mm:ss' : 'yyyy-mm-dd hh:mm:ss'
    return utils.format_cell({ t: 'n', v: cell.v, z })
  }
  // Excel keeps 15 digits: a longer account is already damaged and must look so, as 6.22848E+18 does.
  return Math.abs(cell.v) >= 1e15 ? cell.v.toExponential().toUpperCase() : String(cell.v)
}

/** `[Red]`, `"元"` and escaped characters are decoration; a date format still has year, day or hour letters then. */
function isDateFormat(format: string): boolean {
  return /[ydhs]/i.test(format.replace(/\[[^\]]*\]|"[^"]*"|\\./g, ''))
}

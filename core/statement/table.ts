/** Delimited text to records of cells, each with its line. */
import papa from 'papaparse'
import { Problem } from '../problem.ts'
import { cleanCells, titleOf } from './cells.ts'
import type { Encoding } from './encoding.ts'
import {
  cellTooLong, MAX_CELL_CHARACTERS, MAX_COLUMNS, MAX_STATEMENT_RECORDS, tooManyColumns, tooManyRows,
} from './limits.ts'
import type { StatementFormat } from './statement.ts'

/** Preambles met run to 24 lines; further down a "title row" would be a coincidence. */
export const START_RECORDS = 200

/** The first records: everything up to the header stands here. */
export function startOfTable(table: StatementTable): TableRecord[] {
  const start: TableRecord[] = []
  for (const record of table.records) {
    if (start.push(record) >= START_RECORDS) break
  }
  return start
}

/** One line of the file; `line` is 1-based and counts line breaks inside quotes. */
export type TableRecord = { readonly line: number; readonly cells: readonly string[] }

export type StatementTable = {
  readonly format: StatementFormat
  readonly encoding: Encoding | null
  /** In the file's order; may be walked more than once. */
  readonly records: Iterable<TableRecord>
  /** False when the file stops without a line end, as a cut-off download does. */
  readonly endsWithLineBreak: boolean
  readonly warnings: readonly { readonly code: string; readonly message: string; readonly line: number | null }[]
}

const PREVIEW_CHARACTERS = 16_384

/** Throws Problem `file.empty`, `file.truncated` or `file.tooManyRows`. */
export function readTextTable({ text, encoding }: { text: string; encoding: Encoding }): StatementTable {
  if (text.trim() === '') throw new Problem({ code: 'file.empty', message: '文件里没有内容，请重新下载后再导入' })
  const lines = text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text
  const delimiter = delimiterOf(lines)
  return {
    format: delimiter === ',' ? 'csv' : 'txt',
    encoding,
    records: recordsOf(lines, delimiter),
    endsWithLineBreak: lines.endsWith('\n'),
    warnings: [],
  }
}

/** The delimiter that shows most titles on one line: footers may hold another one (`…|具体内容请以柜台为准`). */
function delimiterOf(lines: string): string {
  const head = lines.slice(0, PREVIEW_CHARACTERS).split('\n')
  let best = { delimiter: ',', score: 0 }
  for (const delimiter of [',', '|', '\t', ';']) {
    const score = Math.max(...head.map((line) => new Set(line.split(delimiter).map(titleOf)).size - 1))
    if (score > best.score) best = { delimiter, score }
  }
  return best.delimiter
}

/** Parsed piece by piece: the cells nobody keeps are gone before the next piece, which is half the time of a large file. */
function recordsOf(lines: string, delimiter: string): Iterable<TableRecord> {
  return { [Symbol.iterator]: () => walk(lines, delimiter) }
}

const PIECE_CHARACTERS = 262_144

function* walk(lines: string, delimiter: string): Generator<TableRecord> {
  // A final line break would leave one empty record behind.
  const end = lines.endsWith('\n') ? lines.length - 1 : lines.length
  // A cell runs over several lines only inside quotes; pipe files never quote, and a stray inch mark is no quote.
  const mayWrap = delimiter !== '|' && lines.includes('"')
  let line = 1
  let count = 0
  for (let from = 0; from < end;) {
    const cut = mayWrap ? -1 : lines.indexOf('\n', from + PIECE_CHARACTERS)
    const to = cut < 0 || cut > end ? end : cut
    const rows = parsePiece(lines.slice(from, to), delimiter, line)
    from = to + 1
    count += rows.length
    if (count > MAX_STATEMENT_RECORDS) throw tooManyRows()
    for (const cells of rows) {
      const start = line
      line += mayWrap ? linesOf(cells) : 1
      if (cells.length > MAX_COLUMNS) throw tooManyColumns(start)
      for (const cell of cells) if (cell.length > MAX_CELL_CHARACTERS) throw cellTooLong(start)
      cleanCells(cells)
      yield { line: start, cells }
    }
  }
}

/** How many lines of the file a row takes. */
function linesOf(cells: readonly string[]): number {
  let count = 1
  for (const cell of cells) if (cell.includes('\n')) count += cell.split('\n').length - 1
  return count
}

function parsePiece(piece: string, delimiter: string, firstLine: number): string[][] {
  const parsed = papa.parse<string[]>(piece, {
    delimiter,
    newline: '\n',
    quoteChar: delimiter === '|' ? '\u0000' : '"',
    skipEmptyLines: false,
  })
  const broken = parsed.errors.find((error) => error.type === 'Quotes')
  if (!broken) return parsed.data
  const at = parsed.data.slice(0, broken.row ?? 0).reduce((line, cells) => line + linesOf(cells), firstLine)
  throw new Problem({
    code: 'file.truncated',
    message: `第 ${at} 行起引号没有成对，文件可能下载不完整，请重新下载`,
    row: at,
  })
}

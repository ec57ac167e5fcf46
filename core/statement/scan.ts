/** Around and between the rows of a table: preamble, page heads, footers, carried-forward lines, and the rows. */
import { isBlank, titleOf } from './cells.ts'
import { declarationsIn, isFooter, isTotalsLine, type Declaration } from './declared.ts'
import type { StatementHeader } from './header.ts'
import { MAX_STATEMENT_ROWS, tooManyRows } from './limits.ts'
import { columnsOf, type Columns } from './columns.ts'
import { rowReader, type DraftRow } from './rows.ts'
import type { IssueList } from './statement.ts'
import type { StatementTable, TableRecord } from './table.ts'

export type Issues = { readonly errors: IssueList; readonly warnings: IssueList }

export function preambleDeclarations(records: readonly TableRecord[]): Declaration[] {
  const found: Declaration[] = []
  for (let index = 0; index < records.length; index += 1) {
    const record = records[index]
    if (!record) continue
    const { declarations, usesBelow } = declarationsIn(record.cells, records[index + 1]?.cells, record.line)
    found.push(...declarations)
    if (usesBelow) index += 1
  }
  return found
}

export type Page = {
  readonly line: number
  readonly declarations: readonly Declaration[]
  readonly rowsOf: (rows: readonly DraftRow[]) => DraftRow[]
}

export type TableBody = {
  readonly drafts: readonly DraftRow[]
  readonly declarations: readonly Declaration[]
  readonly pages: readonly Page[]
}

function* withNext(records: Iterable<TableRecord>): Generator<readonly [TableRecord, TableRecord | undefined]> {
  let previous: TableRecord | undefined
  for (const record of records) {
    if (previous !== undefined) yield [previous, record]
    previous = record
  }
  if (previous !== undefined) yield [previous, undefined]
}

/** Rows, page heads and footers after the header; anything that is none of them is an error. */
export function scanBody(table: StatementTable, header: StatementHeader, { errors, warnings }: Issues): TableBody {
  const drafts: DraftRow[] = []
  const declarations: Declaration[] = []
  const pages: Page[] = []
  let pageStart = 0
  const columns = columnsOf(header)
  const readRow = rowReader(header, warnings)
  const startsRow = rowStart(columns, header)
  let skipped = header.index + 1
  for (const [record, below] of withNext(table.records)) {
    if (skipped > 0) {
      skipped -= 1
      continue
    }
    const isLast = below === undefined
    if (!startsRow(record.cells) || isCarriedForward(record, columns)) {
      if (record.cells.every(isBlank) || isRepeatedHeading(record, header)) continue
      const around = aroundRows(record, below?.cells, columns)
      declarations.push(...around.declarations)
      if (around.usesBelow) skipped = 1
      const ofPage = around.declarations.filter((declaration) => declaration.scope === 'page')
      if (ofPage.length > 0) {
        const from = pageStart
        const { line } = record
        pages.push({
          line, declarations: ofPage,
          rowsOf: (rows) => rows.filter((row) => row.line > from && row.line < line),
        })
        pageStart = line
      }
      if (around.isKnown) continue
    }
    if (isLast && !table.endsWithLineBreak && record.cells.length < header.width) {
      errors.add('file.truncated', `第 ${record.line} 行（最后一行）不完整，文件下载中断，请重新下载`, record.line)
      continue
    }
    if (drafts.length >= MAX_STATEMENT_ROWS) throw tooManyRows()
    try {
      drafts.push(readRow(record))
    } catch (problem) {
      errors.addProblem(problem, record.line)
    }
  }
  return { drafts, declarations, pages }
}

function isRepeatedHeading(record: TableRecord, header: StatementHeader): boolean {
  return record.cells.length >= header.width && record.cells.map(titleOf).join('|') === header.titles
}

/** Whether a row begins with a date, asked once for all rows of a day. */
function rowStart({ date }: Columns, { reading }: StatementHeader): (cells: readonly string[]) => boolean {
  const pattern = reading.dateOrder === 'year' ? /^\d{4}[-/.年]?\d/ : /^\d{1,2}[-/.]\d{1,2}[-/.]\d{4}|^\d{4}[-/.年]?\d/
  const column = Math.max(date, 0)
  let last: string | undefined
  return (cells) => {
    const cell = cells[column] ?? ''
    if (cell === last) return true
    if (!pattern.test(cell)) return false
    last = cell
    return true
  }
}

/** `期初余额` printed as a dated line without an amount: it declares a balance and moves no money. */
function isCarriedForward({ cells }: TableRecord, { money }: Columns): boolean {
  for (const column of money) if (!isBlank(cells[column] ?? '')) return false
  return cells.some((cell) => CARRIED.test(cell))
}

const CARRIED = /^(?:期初余额|上期余额|上期结转|承前页)$/

/** Footers, page ends and carried-forward lines, with the numbers they declare. */
function aroundRows(record: TableRecord, below: readonly string[] | undefined, columns: Columns) {
  const { declarations, usesBelow } = declarationsIn(record.cells, below, record.line)
  const balance = record.cells[columns.balance] ?? ''
  if (balance !== '' && isCarriedForward(record, columns)) {
    const opening: Declaration = { field: 'opening', text: balance, line: record.line, scope: 'file' }
    return { declarations: [opening], usesBelow, isKnown: true }
  }
  if (isTotalsLine(record.cells) && declarations.length === 0) {
    return { declarations: columnTotals(record, columns), usesBelow, isKnown: true }
  }
  return { declarations, usesBelow, isKnown: declarations.length > 0 || isFooter(record.cells) }
}

/** `人民币合计` with sums standing under the income and expense columns. */
function columnTotals(record: TableRecord, columns: Columns): Declaration[] {
  const scope = record.cells.some((cell) => cell.includes('本页')) ? 'page' : 'file'
  return (['in', 'out'] as const).flatMap((side): Declaration[] => {
    const text = record.cells[columns[side]] ?? ''
    const field = side === 'in' ? 'inFen' : 'outFen'
    return isBlank(text) ? [] : [{ field, text, line: record.line, scope }]
  })
}

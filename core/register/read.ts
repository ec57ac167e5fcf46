/**
 * The way in: a property register's bytes to checked rows. In steps, so that a file of 100,000 lines can show how far it is
 * and be cancelled. Bad rows are errors, never exceptions; a file that cannot be read at all throws one Problem.
 */
import { formatArea, parseAreaDm2 } from './area.ts'
import { addFen, ZERO_FEN } from '../money.ts'
import { Problem } from '../problem.ts'
import type { Encoding } from '../statement/encoding.ts'
import { openSource } from '../statement/source.ts'
import type { StatementTable, TableRecord } from '../statement/table.ts'
import { findHeader, type RegisterHeader } from './columns.ts'
import { readRow } from './row.ts'
import { householdKey, type RegisterIssue, type RegisterReading, type RegisterRow, type RegisterSums } from './register.ts'
import { readBuilding } from './words.ts'

export type RegisterOptions = {
  readonly encoding?: Encoding
  /** For a file of one building without a column for it. */
  readonly building?: string
}

export type RegisterProgress = { readonly done: number; readonly total: number }

/** The reader of tables speaks of banks; here are the same refusals for a register. */
const SENTENCES: Readonly<Record<string, string>> = {
  'file.empty': '文件里没有内容，或没有可见的工作表：请在第一张可见的工作表里填写楼盘表后再导入',
  'file.binary': '文件不是文本或 Excel 表格：请另存为 .xlsx 或“CSV UTF-8”后再导入',
  'file.truncated': '文件不完整或已损坏：请用 Excel 打开、另存为 .xlsx 后再导入',
  'file.locked': '工作簿设有密码：请用 Excel 打开、去掉密码后另存再导入',
  'file.tooLarge': '文件超过 50 MB：请按幢分成几个文件导入',
  'file.tooManyRows': '文件超过 200,000 行：请按幢分成几个文件导入',
  'encoding.unlikely': '文字编码无法识别：请用 Excel 打开后另存为 .xlsx 或“CSV UTF-8”',
  'encoding.invalid': '文件不能完整解读：请用 Excel 打开后另存为 .xlsx，或在预览里换一种编码',
  'encoding.utf16': '文件是没有标记的 UTF-16 文本：请用 Excel 打开后另存为 .xlsx 或“CSV UTF-8”',
  'format.unsupported': '不是楼盘表能用的格式：请用 Excel 打开后另存为 .xlsx、.xls 或 CSV',
}

type RegisterTable = Omit<StatementTable, 'records'> & { readonly records: readonly TableRecord[] }

function tableOf(bytes: Uint8Array, encoding: Encoding | undefined): RegisterTable {
  try {
    const source = openSource(bytes, encoding)
    if (source.kind === 'table') return { ...source.table, records: [...source.table.records] }
    throw new Problem({ code: 'format.unsupported', message: '' })
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    if (error.code === 'sheet.error') {
      const message = '这一行有 Excel 错误值（如 #N/A）：请改成确定的内容后再导入'
      throw new Problem({ code: error.code, message, ...(error.row !== undefined && { row: error.row }) }, { cause: error })
    }
    throw new Problem({ code: error.code, message: SENTENCES[error.code] ?? error.message }, { cause: error })
  }
}

const STEP = 2_000
const TOTALS = /^(?:合计|总计|小计|共计)/
const FOOTERS = /^(?:制表|填表|审核|复核|说明|备注|注)[人：:]/

/** Throws what no row can be blamed for: an unreadable file, missing columns. */
export function* registerSteps(bytes: Uint8Array, options: RegisterOptions = {}): Generator<RegisterProgress, RegisterReading> {
  const table = tableOf(bytes, options.encoding)
  yield { done: 0, total: table.records.length }
  const building = options.building === undefined ? '' : readBuilding(options.building)
  const header = findHeader(table.records, building !== '')
  const fixed = header.at.has('building') ? null : building
  const errors: RegisterIssue[] = []
  const warnings = fileWarnings(table, header)
  const rows: RegisterRow[] = []
  const lineByKey = new Map<string, number>()
  const totals: TableRecord[] = []
  for (const [index, record] of table.records.entries()) {
    if (index % STEP === STEP - 1) yield { done: index, total: table.records.length }
    const first = record.cells.find((cell) => cell !== '')
    if (index < header.firstRow || first === undefined || FOOTERS.test(first)) continue
    if (TOTALS.test(first)) {
      totals.push(record)
      continue
    }
    const outcome = readRow(record, header, fixed)
    errors.push(...outcome.errors)
    warnings.push(...outcome.warnings)
    if (outcome.row === null) continue
    const repeat = repeatOf(outcome.row, lineByKey, header)
    if (repeat === null) rows.push(outcome.row)
    else errors.push(repeat)
  }
  const sums = sumsOf(rows)
  if (errors.length === 0) errors.push(...wholeFile(rows, totals, header, sums))
  return { format: table.format, encoding: table.encoding, columns: header.titles, rows, errors, warnings, sums }
}

export function readRegister(bytes: Uint8Array, options: RegisterOptions = {}): RegisterReading {
  const steps = registerSteps(bytes, options)
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
  }
}

/** Formulas and further sheets are worth a word, whatever the file. */
const FILE_WARNINGS: Readonly<Record<string, string>> = {
  'sheet.formula': '有公式：按文件里保存的结果读取，不重新计算',
}

function fileWarnings({ warnings }: RegisterTable, { ignored }: RegisterHeader): RegisterIssue[] {
  const ofFile = warnings.map(({ code, message, line }) =>
    ({ code, message: FILE_WARNINGS[code] ?? message, line, column: null }))
  if (ignored.length === 0) return ofFile
  const message = `这些列不在楼盘表之列，不会导入：${ignored.join('、')}`
  return [...ofFile, { code: 'register.ignored', message, line: null, column: null }]
}

function repeatOf(row: RegisterRow, lineByKey: Map<string, number>, header: RegisterHeader): RegisterIssue | null {
  const key = householdKey(row.building, row.facts.entrance, row.facts.room)
  const first = lineByKey.get(key)
  if (first === undefined) {
    lineByKey.set(key, row.line)
    return null
  }
  return {
    code: 'register.repeat', line: row.line, column: header.titles[header.at.get('room') ?? -1]?.title ?? null,
    message: `与第 ${first} 行是同一户（${row.building}幢 ${row.facts.entrance === '' ? '' : `${row.facts.entrance}单元 `}` +
      `${row.facts.room}）：请删去一行；同一户有几位产权人时写在一行，用顿号分开`,
  }
}

function sumsOf(rows: readonly RegisterRow[]): RegisterSums {
  let sums: RegisterSums = {
    households: rows.length, areaDm2: 0, owners: 0, dueFen: ZERO_FEN, paidFen: ZERO_FEN, balanceFen: ZERO_FEN,
  }
  for (const { facts, opening, owners } of rows) {
    sums = {
      households: rows.length,
      areaDm2: sums.areaDm2 + facts.areaDm2,
      owners: sums.owners + owners.length,
      dueFen: addFen(sums.dueFen, facts.firstDueFen ?? ZERO_FEN),
      paidFen: addFen(sums.paidFen, opening?.paidFen ?? ZERO_FEN),
      balanceFen: addFen(sums.balanceFen, opening?.balanceFen ?? ZERO_FEN),
    }
  }
  return sums
}

function wholeFile(
  rows: readonly RegisterRow[], totals: readonly TableRecord[], header: RegisterHeader, sums: RegisterSums,
): RegisterIssue[] {
  if (rows.length === 0) {
    return [{ code: 'register.empty', message: '列名下面没有户室：请填写后再导入', line: null, column: null }]
  }
  // Subtotals come before the one grand total, which is the last.
  const last = totals.findLast(({ cells }) => /^(?:合计|总计|共计)/.test(cells.find((cell) => cell !== '') ?? ''))
  const cell = last?.cells[header.at.get('area') ?? -1] ?? ''
  if (last === undefined || cell === '') return []
  const declared = declaredArea(cell)
  if (declared === null || declared === sums.areaDm2) return []
  const message = `合计面积 ${formatArea(declared)} 与各户之和 ${formatArea(sums.areaDm2)} 不符：文件可能少了行，请核对`
  return [{ code: 'register.total', message, line: last.line, column: header.titles[header.at.get('area') ?? -1]?.title ?? null }]
}

/** Null for a total nobody reckoned (a formula not saved, a dash): then there is nothing to compare with. */
function declaredArea(cell: string): number | null {
  try {
    return parseAreaDm2(cell)
  } catch (error) {
    if (error instanceof Problem) return null
    throw error
  }
}

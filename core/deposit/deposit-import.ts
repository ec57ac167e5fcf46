/**
 * An office's own list of deposits (.xlsx, .xls, .csv) read into certificates, each line with everything that is wrong with
 * it. Pure: who the complexes, accounts and people are is the service's to find out.
 */
import papa from 'papaparse'
import type { BusinessDate } from '../calendar.ts'
import type { DepositProduct, RolloverInstruction } from './deposit.ts'
import {
  endOf, readMoneyCell, readRateCell, readTermCell, type MoneyUnit, type RateUnit, type TwoReadings,
} from './deposit-import-cells.ts'
import { findImportHeader, type ImportField, type ImportHeader, type SheetRecord } from './deposit-import-header.ts'
import type { DepositTerm } from './interest.ts'
import { fen, formatYuan, type Fen } from '../money.ts'
import { Problem, type ProblemDetails } from '../problem.ts'
import type { RateMicro } from '../rate.ts'
import { cleanCell, isBlank, isDamagedAccount, readStamp, titleOf, toHalfWidth } from '../statement/cells.ts'
import { decodeText } from '../statement/encoding.ts'
import { readSheet } from '../statement/sheet.ts'

/** What the clerk answered; null while not asked. */
export type ImportAnswers = { readonly rateUnit: RateUnit | null; readonly moneyUnit: MoneyUnit | null }

export type ImportQuestion = {
  readonly kind: 'rateUnit' | 'moneyUnit'
  /** The first cell it is about, and how many there are. */
  readonly line: number
  readonly text: string
  readonly count: number
}

/** A line as read; null where it could not be. Names are as written. */
export type ImportLine = {
  readonly line: number
  readonly certificateNo: string
  readonly complex: string
  readonly settlementAccount: string
  readonly bank: string
  readonly person: string
  readonly principalFen: Fen | null
  readonly rateMicro: RateMicro | null
  readonly demandRateMicro: RateMicro | null
  readonly valueDate: BusinessDate | null
  readonly dueDate: BusinessDate | null
  readonly term: DepositTerm | null
  /** The due date is not the term's corresponding day: the sheet's is kept. */
  readonly isOtherDueDate: boolean
  readonly product: DepositProduct
  readonly instruction: RolloverInstruction
  readonly problems: readonly ProblemDetails[]
}

export type ImportSheet = {
  readonly headerLine: number
  /** Titles as found, by field. */
  readonly titles: ImportHeader['titles']
  readonly lines: readonly ImportLine[]
  /** Totals and notes among the lines, left out. */
  readonly skipped: readonly { readonly line: number; readonly text: string }[]
  readonly questions: readonly ImportQuestion[]
  /** Of the whole file: its own total does not agree, units read without being written. */
  readonly problems: readonly ProblemDetails[]
  readonly warnings: readonly string[]
}

/** One import; an office has hundreds of certificates, a city some ten thousand. */
export const MAX_IMPORT_LINES = 20_000

function recordsOf(bytes: Uint8Array): { readonly records: readonly SheetRecord[]; readonly warnings: readonly string[] } {
  if (bytes.length === 0) throw new Problem({ code: 'file.empty', message: '文件是空的，请重新选择' })
  const magic = [...bytes.subarray(0, 4)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  if (magic === 'd0cf11e0' || magic === '504b0304') {
    const { records, warnings } = readSheet(bytes)
    return { records, warnings: warnings.map(({ message }) => message) }
  }
  const { text } = decodeText(bytes)
  const parsed = papa.parse<string[]>(text.replace(/\r\n?/g, '\n'), { newline: '\n', skipEmptyLines: false })
  return { records: parsed.data.map((cells, index) => ({ line: index + 1, cells: cells.map(cleanCell) })), warnings: [] }
}

const PRODUCT_WORDS: readonly (readonly [RegExp, DepositProduct])[] = [
  [/国债/, 'treasuryBond'], [/大额/, 'largeCertificate'], [/(7|七)(天|日)/, 'notice7'], [/(1|一)(天|日)/, 'notice1'],
  [/^$|定期|整存|存单|^\d|年|月/, 'time'],
]

function productOf(text: string, row: number): DepositProduct {
  const found = PRODUCT_WORDS.find(([words]) => words.test(toHalfWidth(text)))
  if (found !== undefined) return found[1]
  const message = `不认识存款品种“${text}”：请写定期、大额存单、7天通知、1天通知或国债`
  throw new Problem({ code: 'import.product', message, field: 'product', row })
}

function instructionOf(text: string, row: number): RolloverInstruction {
  if (/^(|否|无|不.*|未约定|到期支取|支取)$/.test(text)) return 'none'
  if (/本息|^是$|自动|本利/.test(text)) return 'principal_and_interest'
  if (/本金/.test(text)) return 'principal_only'
  const message = `不认识转存方式“${text}”：请写本息转存、本金转存或不转存`
  throw new Problem({ code: 'import.instruction', message, field: 'instruction', row })
}

function certificateNoOf(text: string, row: number): string {
  if (isBlank(text)) throw new Problem({ code: 'import.number', message: '没有存单号（证实书号）', field: 'certificateNo', row })
  if (isDamagedAccount(text)) {
    const message = `存单号“${text}”被表格当成数字，末几位已经丢失：请把这一列设为文本，照存单重新填写`
    throw new Problem({ code: 'import.damaged', message, field: 'certificateNo', row })
  }
  return toHalfWidth(text).replace(/\s/g, '')
}

type Cells = (field: ImportField) => string
type Asked = { readonly kind: ImportQuestion['kind']; readonly line: number; readonly text: string }

/** Runs the readers of a line, keeping what each refuses. */
function collector(line: number) {
  const problems: ProblemDetails[] = []
  const asked: Asked[] = []
  const take = <Value>(read: () => Value): Value | null => {
    try {
      return read()
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      const { code, message, field } = error
      problems.push({ code, message, row: line, ...(field !== undefined && { field }) })
      return null
    }
  }
  const settled = <Value>(value: Value | TwoReadings | null, kind: ImportQuestion['kind'], field: ImportField): Value | null => {
    if (value === null || typeof value !== 'object' || !isAsking(value)) return value
    asked.push({ kind, line, text: value.text })
    problems.push({ code: 'import.ask', message: '单位有两种读法，请先回答上面的问题', field, row: line })
    return null
  }
  return { problems, asked, take, settled }
}

function isAsking(value: object): value is TwoReadings {
  return 'ask' in value
}

function readLine(line: number, cells: Cells, header: ImportHeader, answers: ImportAnswers) {
  const { problems, asked, take, settled } = collector(line)
  const where = (field: ImportField) => ({ row: line, field })
  const dateOf = (field: 'valueDate' | 'dueDate') => {
    const text = cells(field)
    return isBlank(text) ? null : take(() => readStamp(text, where(field)).date)
  }
  const certificateNo = take(() => certificateNoOf(cells('certificateNo'), line)) ?? ''
  const money = take(() => readMoneyCell(cells('principal'), header.moneyUnit, answers.moneyUnit, where('principal')))
  const principalFen = settled(money, 'moneyUnit', 'principal')
  const rateMicro = settled(take(() => readRateCell(cells('rate'), answers.rateUnit, where('rate'))), 'rateUnit', 'rate')
  const demandText = cells('demandRate')
  // A demand rate is always a small number: it is in the unit of the rate beside it.
  const demandRateMicro = isBlank(demandText)
    ? null
    : settled(take(() => readRateCell(demandText, answers.rateUnit, where('demandRate'))), 'rateUnit', 'demandRate')
  if (isBlank(cells('valueDate'))) {
    problems.push({ code: 'import.valueDate', message: '没有起息日', field: 'valueDate', row: line })
  }
  const valueDate = dateOf('valueDate')
  const dueDate = dateOf('dueDate')
  if (valueDate !== null && dueDate !== null && dueDate <= valueDate) {
    problems.push({ code: 'import.dueDate', message: `到期日 ${dueDate} 须在起息日 ${valueDate} 之后`, field: 'dueDate', row: line })
  }
  const isDated = valueDate !== null && !problems.some(({ field }) => field === 'dueDate')
  const termText = isBlank(cells('term')) ? '' : cells('term')
  const term = isDated ? take(() => readTermCell(termText, header.termUnit, { valueDate, dueDate }, where('term'))) : null
  const read: ImportLine = {
    line, certificateNo, principalFen, rateMicro, demandRateMicro, valueDate, dueDate, term, problems,
    complex: cells('complex'),
    settlementAccount: toHalfWidth(cells('settlementAccount')).replace(/[\s-]/g, ''),
    bank: cells('bank'),
    person: cells('person'),
    isOtherDueDate: term !== null && valueDate !== null && dueDate !== null && !endOf(term, valueDate).isOn(dueDate),
    product: take(() => productOf(cells('product'), line)) ?? 'time',
    instruction: take(() => instructionOf(cells('instruction'), line)) ?? 'none',
  }
  return { read, asked }
}

function questionsOf(asked: readonly Asked[]): readonly ImportQuestion[] {
  return (['rateUnit', 'moneyUnit'] as const).flatMap((kind) => {
    const about = asked.filter((each) => each.kind === kind)
    const [first] = about
    return first === undefined ? [] : [{ ...first, count: about.length }]
  })
}

const TOTAL = /^(合计|总计|小计|共计|累计)/

/** A number used twice is one certificate written twice. */
function withRepeats(lines: readonly ImportLine[]): readonly ImportLine[] {
  const first = new Map<string, number>()
  return lines.map((read) => {
    const before = first.get(read.certificateNo)
    if (read.certificateNo === '') return read
    if (before === undefined) {
      first.set(read.certificateNo, read.line)
      return read
    }
    const message = `存单号 ${read.certificateNo} 与第 ${before} 行相同`
    return { ...read, problems: [...read.problems, { code: 'import.repeat', message, field: 'certificateNo', row: read.line }] }
  })
}

/** Throws `file.*`, `sheet.*`, `import.header`, `import.ambiguous`, `import.tooMany`, `import.empty`: nothing could be read. */
export function readDepositSheet(bytes: Uint8Array, answers: ImportAnswers): ImportSheet {
  const { records, warnings } = recordsOf(bytes)
  const header = findImportHeader(records)
  const lines: ImportLine[] = []
  const skipped: { line: number; text: string }[] = []
  const asked: Asked[] = []
  const totals: { line: number; fen: Fen }[] = []
  for (const { line, cells } of records.slice(header.index + 1)) {
    if (cells.every(isBlank)) continue
    const at: Cells = (field) => cells[header.columns[field] ?? -1] ?? ''
    const isTotal = cells.some((cell) => TOTAL.test(titleOf(cell)))
    if (isTotal || (isBlank(at('certificateNo')) && isBlank(at('principal')) && isBlank(at('valueDate')))) {
      skipped.push({ line, text: cells.filter((cell) => !isBlank(cell)).join(' ') })
      const total = isTotal ? totalOf(cells, at, header, answers, line) : null
      if (total !== null) totals.push(total)
      continue
    }
    if (lines.length >= MAX_IMPORT_LINES) {
      throw new Problem({ code: 'import.tooMany', message: `一次最多导入 ${MAX_IMPORT_LINES} 张存单，请分成几个文件`, row: line })
    }
    const { read, asked: questions } = readLine(line, at, header, answers)
    lines.push(read)
    asked.push(...questions)
  }
  if (lines.length === 0) throw new Problem({ code: 'import.empty', message: '表头下面没有存单', row: header.line })
  const isUnitless = header.moneyUnit === null && !asked.some(({ kind }) => kind === 'moneyUnit') && answers.moneyUnit === null
  return {
    headerLine: header.line,
    titles: header.titles,
    lines: withRepeats(lines),
    skipped,
    questions: questionsOf(asked),
    problems: totalProblems(lines, totals),
    warnings: [...warnings, ...(isUnitless ? ['本金列没有写单位，按元读取，请核对合计'] : [])],
  }
}

function totalOf(cells: readonly string[], at: Cells, header: ImportHeader, answers: ImportAnswers, line: number) {
  if (!/^(合计|总计|共计)/.test(cells.map(titleOf).find((cell) => TOTAL.test(cell)) ?? '')) return null
  try {
    const sum = readMoneyCell(at('principal'), header.moneyUnit, answers.moneyUnit, { row: line, field: 'principal' })
    return typeof sum === 'object' ? null : { line, fen: sum }
  } catch (error) {
    if (error instanceof Problem) return null
    throw error
  }
}

/** The sheet's own total is a check nobody has to ask for: a line read wrongly, or lost, shows here. */
function totalProblems(lines: readonly ImportLine[], totals: readonly { line: number; fen: Fen }[]): readonly ProblemDetails[] {
  const [total, another] = totals
  if (total === undefined || another !== undefined || lines.some(({ principalFen }) => principalFen === null)) return []
  const sum = fen(lines.reduce((all, { principalFen }) => all + (principalFen ?? 0), 0))
  if (sum === total.fen) return []
  const message = `第 ${total.line} 行的合计 ${formatYuan(total.fen)} 与各行本金之和 ${formatYuan(sum)} 不符，请先在表里查清`
  return [{ code: 'import.total', message, field: 'principal', row: total.line }]
}

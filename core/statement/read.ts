/** From the bank's bytes to a checked statement. Pure: the caller reads the file and stores the result. */
import { formatYuan, ZERO_FEN } from '../money.ts'
import { Problem } from '../problem.ts'
import { proveChain, type ChainResult } from './chain.ts'
import { isBlank, titleOf } from './cells.ts'
import {
  checkAccount, checkBalances, checkCurrency, checkPeriod, checkRepeats, checkTotals, periodOf,
  sumByDirection, totalsOf, type SettledRow,
} from './checks.ts'
import { declarationsIn, isFooter, isTotalsLine, type Declaration } from './declared.ts'
import type { Encoding } from './encoding.ts'
import { findHeader, type StatementHeader } from './header.ts'
import { MAX_STATEMENT_ROWS, tooManyRows } from './limits.ts'
import { classify, readRow, type DraftRow } from './rows.ts'
import { IssueList, type DeclaredTotals, type ParsedStatement, type StatementRow } from './statement.ts'
import { readTable, type StatementTable, type TableRecord } from './table.ts'

export type ReadOptions = {
  readonly fileName: string
  /** Picked by the clerk in the preview; otherwise detected. */
  readonly encoding?: Encoding
  /** Number of the bank account the file is to be imported into. */
  readonly expectedAccount?: string
}

const PREVIEW_LINES = 20

const REFUSED: ParsedStatement = {
  format: 'unknown', layout: '', bank: '', encoding: null, account: '', accountName: '', currency: '',
  periodFrom: null, periodTo: null, opening: null, closing: null, rows: [], inCount: 0, inFen: ZERO_FEN, outCount: 0,
  outFen: ZERO_FEN, declared: null, balanceChain: 'absent', order: 'ascending', preview: [], warnings: [], errors: [],
}

/**
 * Never throws for bad input: a statement with `errors` is refused as a whole. Rows are given only when every one of
 * them could be read; a file that reads well but fails a check keeps them so that the clerk sees what does not agree.
 */
export function readStatement(bytes: Uint8Array, options: ReadOptions): ParsedStatement {
  const errors = new IssueList()
  const warnings = new IssueList()
  let statement: ParsedStatement = REFUSED
  try {
    const table = readTable(bytes, options.encoding)
    for (const warning of table.warnings) warnings.add(warning.code, warning.message, warning.line)
    statement = {
      ...REFUSED, format: table.format, encoding: table.encoding,
      preview: table.records.slice(0, PREVIEW_LINES).map((record) => record.cells),
    }
    const header = findHeader(table.records)
    statement = { ...statement, layout: header.layout, bank: header.bank }
    if (header.layout === 'generic') {
      warnings.add('layout.generic', '没有认出是哪家银行的格式，已按列名读取并以余额核对，请逐列确认')
    }
    statement = { ...statement, ...readBody(table, header, options, { errors, warnings }) }
  } catch (problem) {
    errors.addProblem(problem, null)
    if (problem instanceof Problem && problem.row !== undefined) {
      return { ...statement, rows: [], warnings: warnings.list(), errors: withLine(errors, problem.row) }
    }
  }
  return { ...statement, warnings: warnings.list(), errors: errors.list() }
}

function withLine(errors: IssueList, line: number) {
  return errors.list().map((issue) => (issue.line === null ? { ...issue, line } : issue))
}

type Issues = { readonly errors: IssueList; readonly warnings: IssueList }

function readBody(
  table: StatementTable,
  header: StatementHeader,
  options: ReadOptions,
  issues: Issues,
): Partial<ParsedStatement> {
  const { errors, warnings } = issues
  const preamble = preambleDeclarations(table.records.slice(0, header.index))
  const body = scanBody(table, header, issues)
  const all = [...preamble, ...body.declarations]
  const fileWide = all.filter((declaration) => declaration.scope === 'file')
  const currency = checkCurrency(all, errors)
  const declared = totalsOf(fileWide, errors)
  const period = periodOf(all, errors)
  const ownName = body.drafts.find((row) => row.ownName !== '')?.ownName ?? ''
  const accountName = all.find((one) => one.field === 'accountName')?.text ?? ownName
  const account = checkAccount(all, body.drafts, options.expectedAccount, issues)
  const known = {
    account, accountName, currency, periodFrom: period.from, periodTo: period.to,
    declared: isNothing(declared) ? null : declared,
  }
  if (body.drafts.length === 0 && errors.isEmpty) {
    errors.add('rows.none', `表头之后没有任何明细，请确认查询的日期范围，或文件是否下载完整`)
  }
  // An unreadable row makes every total meaningless: say only what cannot be read.
  if (!errors.isEmpty) return known

  const chain = proveChain(body.drafts)
  const sums = sumByDirection(chain.rows)
  reportChain(chain, issues)
  checkTotals(chain.rows, declared, '文件声明的', errors)
  for (const page of body.pages) {
    checkTotals(page.rowsOf(chain.rows), totalsOf(page.declarations, errors), `第 ${page.line} 行本页`, errors)
  }
  checkBalances(sums, declared, chain, errors)
  checkPeriod(chain.rows, period, errors)
  if (chain.state === 'absent') checkRepeats(chain.rows, warnings)
  if (chain.state === 'absent' && isNothing(declared) && body.pages.length === 0) {
    warnings.add('check.none', '文件里没有余额、也没有笔数和合计，无法核对是否完整，请与纸质对账单核对')
  }
  const dates = chain.rows.map((row) => row.draft.date).toSorted()
  return {
    ...known, ...sums,
    periodFrom: period.from ?? dates[0] ?? null,
    periodTo: period.to ?? dates.at(-1) ?? null,
    opening: chain.opening ?? declared.opening,
    closing: chain.closing ?? declared.closing,
    rows: chain.rows.map(finishRow),
    balanceChain: chain.state === 'ambiguous' ? 'absent' : chain.state,
    order: chain.order,
  }
}

function isNothing(declared: DeclaredTotals): boolean {
  return Object.values(declared).every((value) => value === null)
}

function preambleDeclarations(records: readonly TableRecord[]): Declaration[] {
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

type Page = {
  readonly line: number
  readonly declarations: readonly Declaration[]
  readonly rowsOf: (rows: readonly SettledRow[]) => SettledRow[]
}

type Body = {
  readonly drafts: readonly DraftRow[]
  readonly declarations: readonly Declaration[]
  readonly pages: readonly Page[]
}

/** Rows, page heads and footers after the header; anything that is none of them is an error. */
function scanBody(table: StatementTable, header: StatementHeader, { errors, warnings }: Issues): Body {
  const drafts: DraftRow[] = []
  const declarations: Declaration[] = []
  const pages: Page[] = []
  let pageStart = 0
  const records = table.records
  for (let index = header.index + 1; index < records.length; index += 1) {
    const record = records[index]
    if (!record) continue
    const isLast = index === records.length - 1
    if (!startsWithDate(record, header) || isCarriedForward(record, header)) {
      if (record.cells.every(isBlank) || isRepeatedHeading(record, header)) continue
      const around = aroundRows(record, records[index + 1]?.cells, header)
      declarations.push(...around.declarations)
      if (around.usesBelow) index += 1
      const ofPage = around.declarations.filter((declaration) => declaration.scope === 'page')
      if (ofPage.length > 0) {
        const from = pageStart
        const { line } = record
        pages.push({
          line, declarations: ofPage,
          rowsOf: (rows) => rows.filter((row) => row.draft.line > from && row.draft.line < line),
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
      drafts.push(readRow(record, header, warnings))
    } catch (problem) {
      errors.addProblem(problem, record.line)
    }
  }
  return { drafts, declarations, pages }
}

function isRepeatedHeading(record: TableRecord, header: StatementHeader): boolean {
  return record.cells.length >= header.width && record.cells.map(titleOf).join('|') === header.titles
}

function startsWithDate(record: TableRecord, header: StatementHeader): boolean {
  return /^\d{4}[-/.年]?\d/.test(record.cells[header.columns.date?.[0] ?? 0] ?? '')
}

/** `期初余额` printed as a dated line without an amount: it declares a balance and moves no money. */
function isCarriedForward(record: TableRecord, header: StatementHeader): boolean {
  const money = (['in', 'out', 'amount'] as const).flatMap((field) => header.columns[field] ?? [])
  return money.every((column) => isBlank(record.cells[column] ?? '')) && record.cells.some((cell) => CARRIED.test(cell))
}

const CARRIED = /^(?:期初余额|上期余额|上期结转|承前页)$/

/** Footers, page ends and carried-forward lines, with the numbers they declare. */
function aroundRows(record: TableRecord, below: readonly string[] | undefined, header: StatementHeader) {
  const { declarations, usesBelow } = declarationsIn(record.cells, below, record.line)
  const balance = record.cells[header.columns.balance?.[0] ?? -1] ?? ''
  if (balance !== '' && isCarriedForward(record, header)) {
    const opening: Declaration = { field: 'opening', text: balance, line: record.line, scope: 'file' }
    return { declarations: [opening], usesBelow, isKnown: true }
  }
  if (isTotalsLine(record.cells) && declarations.length === 0) {
    return { declarations: columnTotals(record, header), usesBelow, isKnown: true }
  }
  return { declarations, usesBelow, isKnown: declarations.length > 0 || isFooter(record.cells) }
}

/** `人民币合计` with sums standing under the income and expense columns. */
function columnTotals(record: TableRecord, header: StatementHeader): Declaration[] {
  const scope = record.cells.some((cell) => cell.includes('本页')) ? 'page' : 'file'
  return (['in', 'out'] as const).flatMap((side): Declaration[] => {
    const text = record.cells[header.columns[side]?.[0] ?? -1] ?? ''
    const field = side === 'in' ? 'inFen' : 'outFen'
    return isBlank(text) ? [] : [{ field, text, line: record.line, scope }]
  })
}

function reportChain(chain: ChainResult, { errors, warnings }: Issues): void {
  if (chain.state === 'ambiguous') {
    const line = chain.rows.find((row) => row.draft.open === 'bracketed')?.draft.line ?? null
    errors.add('amount.bracket', `第 ${line ?? 1} 行金额写在括号里，可能是支出也可能是冲回，文件里的余额不足以判断，请改用不带括号的格式下载`, line)
  }
  const broken = chain.firstBreak
  if (broken) {
    errors.add(
      'balance.chain',
      `第 ${broken.line} 行余额 ${formatYuan(broken.found)} 元接不上：上一笔余额 ${formatYuan(broken.previous)} 元加减本行应为 ` +
        `${formatYuan(broken.expected)} 元，可能缺行或金额被改动，请从网银重新下载`,
      broken.line,
    )
  }
  if (chain.isResorted) warnings.add('order.sorted', '文件的行次既非从早到晚也非从晚到早，已按时间和流水号排列并以余额核对')
  if (chain.flipped.length > 0) {
    warnings.add('amount.reading', '文件里的负数或括号金额按余额核对为普通收支（或冲回），与通常写法相反，请留意')
  }
}

function finishRow({ draft, amountFen }: SettledRow): StatementRow {
  const { line, date, time, balanceFen, party, partyAccount, serial, raw } = draft
  // Where the balances showed that a minus is mere notation, it is no red entry.
  const isRed = draft.isRed && amountFen === draft.amountFen
  return {
    line, date, time, amountFen, balanceFen, party, partyAccount, serial, raw,
    memo: draft.memo === '' ? draft.type : draft.memo,
    ...classify(draft, amountFen, isRed),
  }
}

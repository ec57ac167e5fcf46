/** From the bank's bytes to a checked statement. Pure: the caller reads the file and stores the result. */
import type { BusinessDate } from '../calendar.ts'
import { formatYuan, ZERO_FEN, type Fen } from '../money.ts'
import { Problem } from '../problem.ts'
import { readCamt } from './camt.ts'
import { proveChain, type ChainResult } from './chain.ts'
import {
  checkAccount, checkBalances, checkCurrency, checkPeriod, checkRepeats, checkTotals, periodOf,
  sumByDirection, totalsOf,
} from './checks.ts'
import type { Encoding } from './encoding.ts'
import { findHeader } from './header.ts'
import { findMappedHeader, type NamedMapping } from './mapping.ts'
import { bodyOf } from './message.ts'
import { readMt } from './mt940.ts'
import { readOfx } from './ofx.ts'
import { classify, type DraftRow } from './rows.ts'
import { preambleDeclarations, scanBody, type Issues, type TableBody } from './scan.ts'
import { openSource, type StatementSource } from './source.ts'
import { IssueList, type DeclaredTotals, type ParsedStatement, type StatementRow } from './statement.ts'
import { startOfTable, type StatementTable } from './table.ts'

export type ReadOptions = {
  readonly fileName: string
  /** Picked by the clerk in the preview; otherwise detected. */
  readonly encoding?: Encoding
  /** Number of the bank account the file is to be imported into. */
  readonly expectedAccount?: string
  /** Layouts the office described itself; they go before the known ones. */
  readonly mappings?: readonly NamedMapping[]
}

const PREVIEW_LINES = 40

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
    const source = openSource(bytes, options.encoding)
    const start = startOf(source)
    statement = { ...REFUSED, ...start }
    const found = source.kind === 'table'
      ? readTable(source.table, options.mappings ?? [], { errors, warnings })
      : readMessage(source, { errors, warnings })
    statement = { ...statement, ...found.facts }
    statement = { ...statement, ...settle(found.body, options, { errors, warnings }) }
  } catch (problem) {
    errors.addProblem(problem, problem instanceof Problem ? (problem.row ?? null) : null)
    statement = { ...statement, rows: [] }
  }
  return { ...statement, warnings: warnings.list(), errors: errors.list() }
}

/** What can be said of the file before it is understood. */
function startOf(source: StatementSource): Pick<ParsedStatement, 'format' | 'encoding' | 'preview'> {
  if (source.kind === 'table') {
    const { format, encoding } = source.table
    return { format, encoding, preview: startOfTable(source.table).slice(0, PREVIEW_LINES).map((record) => record.cells) }
  }
  const lines = source.text.slice(0, 8000).split(/\r\n?|\n/).slice(0, PREVIEW_LINES)
  return { format: source.format, encoding: source.encoding, preview: lines.map((line) => [line.slice(0, 400)]) }
}

/** What every reader ends with: rows, what is declared about them, and an opening balance that follows from them. */
type Body = TableBody & { readonly opening: Fen | null; readonly whenEmpty: string; readonly startLine: number }

type Found = { readonly facts: Partial<ParsedStatement>; readonly body: Body }

function readTable(table: StatementTable, mappings: readonly NamedMapping[], issues: Issues): Found {
  for (const warning of table.warnings) issues.warnings.add(warning.code, warning.message, warning.line)
  const start = startOfTable(table)
  const header = findMappedHeader(start, mappings) ?? findHeader(start)
  if (header.layout === 'generic') {
    issues.warnings.add('layout.generic', '没有认出是哪家银行的格式，已按列名读取并以余额核对，请逐列确认')
  }
  const preamble = preambleDeclarations(start.slice(0, header.index))
  const body = scanBody(table, header, issues)
  return {
    facts: { layout: header.layout, bank: header.bank },
    body: {
      ...body, declarations: [...preamble, ...body.declarations], opening: null,
      whenEmpty: '的表头之后没有任何明细，请确认查询的日期范围，或文件是否下载完整',
      startLine: start[header.index]?.line ?? 1,
    },
  }
}

function readMessage(source: Extract<StatementSource, { kind: 'message' }>, { errors, warnings }: Issues): Found {
  const { text } = source
  const read = source.format === 'ofx' ? readOfx : source.format === 'mt940' ? readMt : readCamt
  const { format, message } = read(text, warnings)
  return {
    facts: { format, layout: message.layout, bank: message.bank },
    body: { ...bodyOf(message, errors), whenEmpty: '起的报文里没有任何流水，请确认查询的日期范围', startLine: message.parts[0]?.line ?? 1 },
  }
}

function settle(body: Body, options: ReadOptions, issues: Issues): Partial<ParsedStatement> {
  const { errors, warnings } = issues
  const all = body.declarations
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
    errors.add('rows.none', `第 ${body.startLine} 行${body.whenEmpty}`, body.startLine)
  }
  // An unreadable row makes every total meaningless: say only what cannot be read.
  if (!errors.isEmpty) return known

  const chain = proveChain(body.drafts)
  const sums = sumByDirection(chain.rows)
  reportChain(chain, issues)
  checkTotals(chain.rows, declared, { where: '声明的', declarations: fileWide }, errors)
  for (const page of body.pages) {
    const { declarations } = page
    checkTotals(page.rowsOf(chain.rows), totalsOf(declarations, errors), { where: '本页', declarations }, errors)
  }
  checkBalances(sums, declared, chain, errors)
  checkPeriod(chain.rows, period, errors)
  if (chain.state === 'absent') checkRepeats(chain.rows, warnings)
  if (chain.state === 'absent' && isNothing(declared) && body.pages.length === 0) {
    warnings.add('check.none', '文件里没有余额、也没有笔数和合计，无法核对是否完整，请与纸质对账单核对')
  }
  const span = spanOf(chain.rows)
  return {
    ...known, ...sums,
    periodFrom: period.from ?? span.from,
    periodTo: period.to ?? span.to,
    opening: chain.opening ?? declared.opening ?? body.opening,
    closing: chain.closing ?? declared.closing,
    rows: chain.rows.map(finishRow),
    balanceChain: chain.state === 'ambiguous' ? 'absent' : chain.state,
    order: chain.order,
  }
}

function spanOf(rows: readonly DraftRow[]): { from: BusinessDate | null; to: BusinessDate | null } {
  let from: BusinessDate | null = null
  let to: BusinessDate | null = null
  for (const { date } of rows) {
    if (from === null || date < from) from = date
    if (to === null || date > to) to = date
  }
  return { from, to }
}

function isNothing(declared: DeclaredTotals): boolean {
  return Object.values(declared).every((value) => value === null)
}

function reportChain(chain: ChainResult, { errors, warnings }: Issues): void {
  if (chain.state === 'ambiguous') {
    const line = chain.rows.find((row) => row.open === 'bracketed')?.line ?? null
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

function finishRow(draft: DraftRow): StatementRow {
  const { line, date, time, amountFen, balanceFen, party, partyAccount, serial } = draft
  const kind = classify(draft)
  return {
    line, date, time, amountFen, balanceFen, party, partyAccount, serial,
    memo: draft.memo === '' ? draft.type : draft.memo,
    isReversal: kind === 'reversal', kind,
  }
}

/** Fail-closed checks of a whole file: everything the bank says about it must agree with the rows we read. */
import { parseDate, type BusinessDate } from '../calendar.ts'
import { fen, formatYuan, negateFen, ZERO_FEN, type Fen } from '../money.ts'
import { accountDigits, isBlank, isDamagedAccount, isSameAccount, isYuan, readAmount } from './cells.ts'
import type { Declaration, DeclaredField } from './declared.ts'
import type { DraftRow } from './rows.ts'
import type { DeclaredTotals, IssueList } from './statement.ts'

export type Sums = { readonly inCount: number; readonly inFen: Fen; readonly outCount: number; readonly outFen: Fen }

/** By direction of the money; rows of 0.00 count on neither side. Sums are positive. */
export function sumByDirection(rows: readonly DraftRow[]): Sums {
  return sumsOf(rows, ({ amountFen }) => (amountFen > 0 ? 'in' : amountFen < 0 ? 'out' : null))
}

/** As the bank's own columns add up: a red debit stays in the debit column with its minus. */
function sumByColumn(rows: readonly DraftRow[]): Sums {
  return sumsOf(rows, ({ side }) => side)
}

/** Checked at every step: a file of absurd amounts is refused, not rounded. */
function sumsOf(rows: readonly DraftRow[], sideOf: (row: DraftRow) => 'in' | 'out' | null): Sums {
  let inCount = 0
  let outCount = 0
  let into: Fen = ZERO_FEN
  let out: Fen = ZERO_FEN
  for (const row of rows) {
    const side = sideOf(row)
    if (side === 'in') {
      inCount += 1
      into = fen(into + row.amountFen)
    } else if (side === 'out') {
      outCount += 1
      out = fen(out + row.amountFen)
    }
  }
  return { inCount, inFen: into, outCount, outFen: negateFen(out) }
}

export const NOTHING_DECLARED: DeclaredTotals = {
  count: null, inCount: null, inFen: null, outCount: null, outFen: null, opening: null, closing: null,
}

const SUM_FIELDS = ['inCount', 'inFen', 'outCount', 'outFen'] as const
const COUNT_FIELDS = ['count', 'inCount', 'outCount'] as const
const MONEY_FIELDS = ['inFen', 'outFen', 'opening', 'closing'] as const

const FIELD_NAMES: Readonly<Record<keyof DeclaredTotals, string>> = {
  count: '总笔数', inCount: '收入（贷方）笔数', inFen: '收入（贷方）合计', outCount: '支出（借方）笔数',
  outFen: '支出（借方）合计', opening: '期初余额', closing: '期末余额',
}

/** Declared numbers of one scope; unreadable or contradicting ones are errors, since they cannot be checked. */
export function totalsOf(declarations: readonly Declaration[], errors: IssueList): DeclaredTotals {
  const totals: { -readonly [Field in keyof DeclaredTotals]: DeclaredTotals[Field] } = { ...NOTHING_DECLARED }
  const put = (field: keyof DeclaredTotals, value: number, line: number) => {
    if (totals[field] !== null && totals[field] !== value) {
      errors.add('declared.conflict', `第 ${line} 行的${FIELD_NAMES[field]}与前面写的不一致，文件可能被改动，请重新下载`, line)
    }
    if (field === 'count' || field === 'inCount' || field === 'outCount') totals[field] = value
    else totals[field] = fen(value)
  }
  for (const { field, text, line } of declarations) {
    if (isBlank(text)) continue
    const count = COUNT_FIELDS.find((name) => name === field)
    const money = MONEY_FIELDS.find((name) => name === field)
    if (count) {
      const digits = /^(\d{1,9})[笔条]?$/.exec(text)?.[1]
      if (digits === undefined) errors.add('declared.unreadable', `第 ${line} 行的${FIELD_NAMES[count]}“${text}”看不懂`, line)
      else put(count, Number(digits), line)
    }
    if (money) {
      try {
        const amount = readAmount(text, { row: line, field: FIELD_NAMES[money] })
        // Some banks print the debit total as a negative number; its size is what is declared.
        if (amount) put(money, amount.fen, line)
      } catch (problem) {
        errors.addProblem(problem, line)
      }
    }
  }
  return totals
}

/** Banks add up by direction or by column, with or without 0.00 rows: one way must agree with every declared number. */
export function checkTotals(
  rows: readonly DraftRow[],
  declared: DeclaredTotals,
  said: { readonly where: string; readonly declarations: readonly Declaration[] },
  errors: IssueList,
): void {
  const lineOf = (field: keyof DeclaredTotals) => said.declarations.find((one) => one.field === field)?.line ?? null
  const placed = (field: keyof DeclaredTotals) => {
    const line = lineOf(field)
    return line === null ? said.where : `第 ${line} 行${said.where}`
  }
  const direction = sumByDirection(rows)
  const column = sumByColumn(rows)
  const ways = [direction, column, { ...column, ...countsWithoutZeros(rows) }]
  const agrees = ways.some((way) =>
    SUM_FIELDS.every((field) => isDeclaredAs(declared[field], way[field], field)),
  )
  if (!agrees) {
    const fields = SUM_FIELDS.filter((field) => declared[field] !== null)
    const off = fields.filter((field) => !ways.some((way) => isDeclaredAs(declared[field], way[field], field)))
    for (const field of off.length > 0 ? off : fields) {
      const stated = show(field, declared[field] ?? 0)
      const found = show(field, direction[field])
      errors.add('declared.mismatch', `${placed(field)}${FIELD_NAMES[field]}为 ${stated}，明细合计为 ${found}${FIX}`, lineOf(field))
    }
  }
  const nonZero = rows.filter((row) => row.amountFen !== 0).length
  if (declared.count !== null && declared.count !== rows.length && declared.count !== nonZero) {
    errors.add(
      'declared.mismatch', `${placed('count')}总笔数为 ${declared.count}，实际读到 ${rows.length} 笔${FIX}`, lineOf('count'),
    )
  }
}

const FIX = '，文件可能不完整或被改动，请从网银重新下载'

function isDeclaredAs(said: number | null, found: number, field: keyof Sums): boolean {
  const size = field === 'outFen' && said !== null && said < 0 && found > 0 ? -said : said
  return size === null || size === found
}

function countsWithoutZeros(rows: readonly DraftRow[]): Pick<Sums, 'inCount' | 'outCount'> {
  const moved = rows.filter((row) => row.amountFen !== 0)
  return {
    inCount: moved.filter((row) => row.side === 'in').length,
    outCount: moved.filter((row) => row.side === 'out').length,
  }
}

function show(field: keyof Sums, value: number): string {
  return field === 'inFen' || field === 'outFen' ? `${formatYuan(fen(value))} 元` : `${value} 笔`
}

/** Opening + Σ = closing, against the chain and among the declared ones. */
export function checkBalances(
  sums: Sums,
  declared: DeclaredTotals,
  chain: { readonly opening: Fen | null; readonly closing: Fen | null },
  errors: IssueList,
): void {
  for (const side of ['opening', 'closing'] as const) {
    const said = declared[side]
    const found = chain[side]
    if (said === null || found === null || said === found) continue
    errors.add('balance.mismatch', `${FIELD_NAMES[side]}写的是 ${formatYuan(said)} 元，按明细推得 ${formatYuan(found)} 元${FIX}`)
  }
  if (declared.opening === null || declared.closing === null) return
  const expected = fen(declared.opening + sums.inFen - sums.outFen)
  if (expected !== declared.closing) {
    errors.add(
      'balance.mismatch',
      `期初 ${formatYuan(declared.opening)} 元加减明细应为 ${formatYuan(expected)} 元，` +
        `期末写的是 ${formatYuan(declared.closing)} 元${FIX}`,
    )
  }
}

export type DeclaredPeriod = { readonly from: BusinessDate | null; readonly to: BusinessDate | null }

export function periodOf(declarations: readonly Declaration[], errors: IssueList): DeclaredPeriod {
  const dateIn = (field: DeclaredField, position: 0 | -1): BusinessDate | null => {
    const declaration = declarations.find((one) => one.field === field)
    if (!declaration || isBlank(declaration.text)) return null
    const found = [...declaration.text.matchAll(/(\d{4})[-/.年]?(\d{2})[-/.月]?(\d{2})/g)].at(position)
    try {
      return parseDate(found ? `${found[1] ?? ''}-${found[2] ?? ''}-${found[3] ?? ''}` : declaration.text)
    } catch (problem) {
      errors.addProblem(problem, declaration.line)
      return null
    }
  }
  return { from: dateIn('from', 0) ?? dateIn('range', 0), to: dateIn('to', -1) ?? dateIn('range', -1) }
}

export function checkPeriod(rows: readonly DraftRow[], period: DeclaredPeriod, errors: IssueList): void {
  if (period.from !== null && period.to !== null && period.from > period.to) {
    errors.add('period.reversed', `查询起止日期颠倒：${period.from} 至 ${period.to}，请重新下载`)
    return
  }
  for (const draft of rows) {
    const isBefore = period.from !== null && draft.date < period.from
    const isAfter = period.to !== null && draft.date > period.to
    if (!isBefore && !isAfter) continue
    const bounds = `${period.from ?? '不限'} 至 ${period.to ?? '不限'}`
    errors.add('period.outside', `第 ${draft.line} 行日期 ${draft.date} 不在文件声明的 ${bounds} 之内，请重新下载`, draft.line)
  }
}

/** The one account of the file, '' when it names none. */
export function checkAccount(
  declarations: readonly Declaration[],
  drafts: readonly DraftRow[],
  expected: string | undefined,
  issues: { readonly errors: IssueList; readonly warnings: IssueList },
): string {
  const named = [...namedAccounts(declarations, drafts)]
  const first = named[0]
  if (!first) {
    issues.warnings.add('account.absent', '文件里没有写本方账号，请确认它属于所选的银行账户')
    return ''
  }
  const damaged = named.find(({ text }) => isDamagedAccount(text))
  if (damaged) {
    issues.errors.add(
      'account.damaged',
      `第 ${damaged.line} 行本方账号“${damaged.text}”已被表格软件改成科学计数，无法核对，请使用网银下载的原始文件`,
      damaged.line,
    )
    return ''
  }
  const account = accountDigits(first.text)
  const other = named.find(({ text }) => !isSameAccount(text, account))
  if (other) {
    issues.errors.add(
      'account.several',
      `第 ${other.line} 行的本方账号 ${other.text} 与前面的 ${account} 不同，请每个账户单独下载一个文件`,
      other.line,
    )
  }
  if (expected !== undefined && !isSameAccount(account, expected)) {
    issues.errors.add(
      'account.mismatch',
      `文件的账号是 ${account}，所选银行账户的账号是 ${accountDigits(expected)}，请核对后另选账户或另选文件`,
      first.line,
    )
  }
  return account
}

type Named = { readonly text: string; readonly line: number }

/** The account wherever the file names it; a number repeated on every row is named once. */
function* namedAccounts(declarations: readonly Declaration[], drafts: readonly DraftRow[]): Generator<Named> {
  for (const { field, text, line } of declarations) if (field === 'account' && !isBlank(text)) yield { text, line }
  let last = ''
  for (const { ownAccount, line } of drafts) {
    if (ownAccount === last || isBlank(ownAccount)) continue
    last = ownAccount
    yield { text: ownAccount, line }
  }
}

export function checkCurrency(declarations: readonly Declaration[], errors: IssueList): string {
  for (const { field, text, line } of declarations) {
    if (field !== 'currency' || isYuan(text)) continue
    errors.add('currency.foreign', `第 ${line} 行币种为“${text}”，本产品只记人民币，请下载人民币账户的明细`, line)
    return text
  }
  return 'CNY'
}

/** Same row twice with the same balance is a copied line; without balances it may be legal and is only pointed out. */
export function checkRepeats(rows: readonly DraftRow[], warnings: IssueList): void {
  const seen = new Map<string, number>()
  for (const draft of rows) {
    const key = draft.raw.join('\u0001')
    const earlier = seen.get(key)
    if (earlier === undefined) seen.set(key, draft.line)
    else warnings.add('row.repeated', `第 ${draft.line} 行与第 ${earlier} 行完全相同，如不是两笔相同的业务请核对`, draft.line)
  }
}

/**
 * Null when `next` continues the last import of the account; else why not. A missing month shows as a jump from the
 * last closing to this opening; overlapping periods are left to the duplicate keys.
 */
export function gapBetween(
  previous: { readonly periodTo: BusinessDate; readonly closing: Fen },
  next: { readonly periodFrom: BusinessDate | null; readonly opening: Fen | null },
): string | null {
  if (next.opening === null || next.periodFrom === null || next.periodFrom <= previous.periodTo) return null
  if (next.opening === previous.closing) return null
  return (
    `上次导入到 ${previous.periodTo}，余额 ${formatYuan(previous.closing)} 元；本次从 ${next.periodFrom} 起，` +
    `期初 ${formatYuan(next.opening)} 元，中间可能缺少对账单，请先补导`
  )
}

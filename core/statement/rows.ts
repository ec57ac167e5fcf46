/** One record of the file to one draft row; what only the balance chain can decide is kept open as a second reading. */
import type { BusinessDate } from '../calendar.ts'
import { fen, negateFen, ZERO_FEN, type Fen } from '../money.ts'
import { Problem } from '../problem.ts'
import {
  isBlank, isDamagedAccount, isMasked, isYuan, readAmount, readStamp, readTime, type BankAmount,
} from './cells.ts'
import type { StatementHeader } from './header.ts'
import type { ColumnField } from './layout.ts'
import { FEE_WORDS, INTEREST_WORDS, REVERSAL_WORDS } from './layouts.ts'
import type { IssueList, RowKind } from './statement.ts'
import type { TableRecord } from './table.ts'

/**
 * `bracketed`: `(100.00)` is a plain amount in some files and a negative one in others.
 * `negative`: `-100.00` in a one-sided column is a reversal (money back), rarely mere notation.
 */
export type OpenReading = 'bracketed' | 'negative'

export type DraftRow = {
  readonly line: number
  readonly date: BusinessDate
  readonly time: string | null
  /** The standard reading: brackets are plain, negatives in a side column are reversals. */
  readonly amountFen: Fen
  readonly open: OpenReading | null
  /** The column the bank booked it in, which its declared totals follow. */
  readonly side: 'in' | 'out'
  readonly balanceFen: Fen | null
  readonly party: string
  readonly partyAccount: string
  readonly ownAccount: string
  readonly ownName: string
  readonly memo: string
  readonly type: string
  readonly serial: string
  readonly isRed: boolean
  readonly raw: readonly string[]
}

/** Throws Problem for a row that cannot be read; adds warnings for what was repaired. */
export function readRow(record: TableRecord, header: StatementHeader, warnings: IssueList): DraftRow {
  const { line, cells } = record
  const cell = (field: ColumnField) => cells[header.columns[field]?.[0] ?? -1] ?? ''
  const joined = (field: ColumnField) => joinTexts((header.columns[field] ?? []).map((column) => cells[column] ?? ''))
  refuseRaggedRow(record, header, warnings)
  const currency = cell('currency')
  if (!isYuan(currency)) {
    throw new Problem({
      code: 'currency.foreign',
      message: `币种为“${currency}”，本产品只记人民币，外币账户请单独核算，并在网银里只下载人民币明细`,
      row: line,
    })
  }
  const { date, time } = readMoment(cell('date'), cell('time'), line, warnings)
  const money = readMoney(cell, header, line, warnings)
  const isOutgoing = directionOf(cell('flag')) === 'out' || (directionOf(cell('flag')) === null && money.amountFen < 0)
  const named = header.columns.payer !== undefined
  const partyAccount = named ? cell(isOutgoing ? 'payeeAccount' : 'payerAccount') : cell('partyAccount')
  const party = named ? cell(isOutgoing ? 'payee' : 'payer') : cell('party')
  const ownAccount = named ? cell(isOutgoing ? 'payerAccount' : 'payeeAccount') : cell('ownAccount')
  const ownName = named ? cell(isOutgoing ? 'payer' : 'payee') : cell('ownName')
  return {
    line, date, time, ...money,
    balanceFen: readBalance(cell('balance'), line, warnings),
    party: isBlank(party) ? '' : party,
    partyAccount: readPartyAccount(partyAccount, line, warnings),
    ownAccount: isBlank(ownAccount) ? '' : ownAccount,
    ownName: isBlank(ownName) ? '' : ownName,
    memo: joined('memo'),
    type: joined('type'),
    serial: (header.columns.serial ?? []).map((column) => cells[column] ?? '').find((text) => !isBlank(text)) ?? '',
    raw: cells,
  }
}

function joinTexts(texts: readonly string[]): string {
  const filled = texts.filter((text) => !isBlank(text))
  return filled.length < 2 ? (filled[0] ?? '') : [...new Set(filled)].join(' ')
}

/** A missing tail of optional columns is a habit of some banks; a missing amount or a shifted column is damage. */
function refuseRaggedRow({ line, cells }: TableRecord, header: StatementHeader, warnings: IssueList): void {
  const extra = cells.length > header.width ? cells.slice(header.width).find((text) => text !== '') : undefined
  if (extra !== undefined) {
    throw new Problem({
      code: 'row.columns',
      message: `比表头多出内容“${extra}”，可能是某一格里有未加引号的分隔符，请在网银里改用 Excel 格式下载`,
      row: line,
    })
  }
  if (cells.length >= header.width) return
  const needed = (['date', 'in', 'out', 'amount', 'flag', 'balance', 'currency'] as const).flatMap(
    (field) => header.columns[field] ?? [],
  )
  if (needed.some((column) => column >= cells.length)) {
    throw new Problem({
      code: 'file.truncated',
      message: `只有 ${cells.length} 列，表头有 ${header.width} 列，金额等必要的列缺失，文件可能不完整，请重新下载`,
      row: line,
    })
  }
  warnings.add('row.short', `第 ${line} 行只有 ${cells.length} 列，表头有 ${header.width} 列，缺少的末尾几列按空处理`, line)
}

function readMoment(dateCell: string, timeCell: string, line: number, warnings: IssueList) {
  const stamp = readStamp(dateCell, { row: line, field: '日期' })
  const timeText = stamp.rest !== '' ? stamp.rest : timeOnly(timeCell)
  if (isBlank(timeText)) return { date: stamp.date, time: null }
  const read = readTime(timeText)
  if (read === null) {
    throw new Problem({ code: 'time.format', message: `“${timeText}”不是有效时间，应写成 10:15:22 或 101522`, row: line })
  }
  if (read.restoredZeros) {
    warnings.add('time.zero', `第 ${line} 行时间“${timeText}”缺少前导零，按 ${read.time} 读取`, line)
  }
  return { date: stamp.date, time: read.time }
}

/** The time column of some banks repeats the date: `20240105 10:15:22`. */
function timeOnly(cell: string): string {
  return /^\d{4}[-/.年]?\d{1,2}[-/.月]?\d{1,2}日?[T\s-]+(\d.*)$/.exec(cell)?.[1] ?? (/^\d{8}$/.test(cell) ? '' : cell)
}

type Money = Pick<DraftRow, 'amountFen' | 'open' | 'side' | 'isRed'>

function readMoney(
  cell: (field: ColumnField) => string,
  header: StatementHeader,
  line: number,
  warnings: IssueList,
): Money {
  const flag = directionOf(cell('flag'))
  if (header.columns.amount) {
    const amount = readAmount(cell('amount'), { row: line, field: '金额' })
    if (amount === null) throw noAmount(line)
    if (header.signed) return signedMoney(amount, flag, cell, line, warnings)
    return flaggedMoney(amount, flag, cell('flag'), line)
  }
  const out = readAmount(cell('out'), { row: line, field: '支出' })
  const into = readAmount(cell('in'), { row: line, field: '收入' })
  if (out === null && into === null) throw noAmount(line)
  if ((out?.fen ?? 0) !== 0 && (into?.fen ?? 0) !== 0) {
    throw new Problem({ code: 'amount.bothSides', message: '借方（支出）和贷方（收入）同时有金额，无法判断收支', row: line })
  }
  const side = (into?.fen ?? 0) !== 0 || ((out?.fen ?? 0) === 0 && flag === 'in') ? 'in' : 'out'
  const amount = side === 'in' ? into : out
  const money = sidedMoney(amount ?? { fen: ZERO_FEN, bracketed: false }, side)
  if (flag !== null && money.amountFen !== 0 && flag !== side) {
    throw new Problem({
      code: 'amount.flag',
      message: `借贷标志为“${cell('flag')}”，金额却写在${side === 'in' ? '贷方（收入）' : '借方（支出）'}，无法判断收支`,
      row: line,
    })
  }
  if (money.amountFen === 0) warnings.add('amount.zero', `第 ${line} 行金额为 0.00，请留意`, line)
  return money
}

function noAmount(line: number): Problem {
  return new Problem({ code: 'amount.missing', message: '没有金额，文件可能不完整或列已错位，请重新下载', row: line })
}

/** A negative amount in a side column is a red entry: money goes the other way, so the sign is kept, never dropped. */
function sidedMoney(amount: BankAmount, side: 'in' | 'out'): Money {
  return {
    amountFen: side === 'in' ? amount.fen : negateFen(amount.fen),
    open: amount.bracketed ? 'bracketed' : amount.fen < 0 ? 'negative' : null,
    side,
    isRed: amount.fen < 0,
  }
}

function flaggedMoney(amount: BankAmount, flag: 'in' | 'out' | null, text: string, line: number): Money {
  if (flag === null) {
    throw new Problem({ code: 'amount.flag', message: `借贷标志“${text}”看不懂，无法判断收支`, row: line })
  }
  return sidedMoney(amount, flag)
}

function signedMoney(
  amount: BankAmount,
  flag: 'in' | 'out' | null,
  cell: (field: ColumnField) => string,
  line: number,
  warnings: IssueList,
): Money {
  const bySign = amount.fen < 0 ? 'out' : 'in'
  const isAgainstFlag = flag !== null && amount.fen !== 0 && flag !== bySign
  if (isAgainstFlag && isBlank(cell('balance'))) {
    throw new Problem({ code: 'amount.flag', message: `标志“${cell('flag')}”与金额正负相反，又没有余额可核对`, row: line })
  }
  if (isAgainstFlag) {
    warnings.add('amount.flag', `第 ${line} 行标志“${cell('flag')}”与金额正负相反，按金额正负读取并以余额核对`, line)
  }
  if (amount.fen === 0) warnings.add('amount.zero', `第 ${line} 行金额为 0.00，请留意`, line)
  const open = amount.bracketed ? 'bracketed' : null
  return { amountFen: amount.fen, open, side: flag ?? bySign, isRed: isAgainstFlag }
}

function directionOf(flag: string): 'in' | 'out' | null {
  if (/^(?:贷|贷方|收|收入|来账|转入|存入|贷?\s*CR?|C)$/i.test(flag)) return 'in'
  if (/^(?:借|借方|付|支|支出|付出|往账|转出|取出|借?\s*DR?|D)$/i.test(flag)) return 'out'
  return null
}

function readBalance(cell: string, line: number, warnings: IssueList): Fen | null {
  if (isMasked(cell)) {
    warnings.add('balance.masked', `第 ${line} 行余额被遮盖（${cell}），无法核对`, line)
    return null
  }
  const balance = readAmount(cell, { row: line, field: '余额' })
  if (balance === null) return null
  // An overdrawn account: there is no second reading of a balance.
  return balance.bracketed ? negateFen(balance.fen) : balance.fen
}

function readPartyAccount(cell: string, line: number, warnings: IssueList): string {
  if (isBlank(cell)) return ''
  if (!isDamagedAccount(cell)) return cell
  warnings.add('account.damaged', `第 ${line} 行对方账号“${cell}”已被表格软件改成科学计数，末几位丢失，不予采用`, line)
  return ''
}

/** The other reading of an open row, see {@link OpenReading}. */
export function flippedAmount(row: DraftRow): Fen {
  return fen(-row.amountFen)
}

/**
 * Classified for proposals and matching only; no line is ever left out because of its words. 退汇手续费 is a fee, not a
 * reversal: words of a fee on money going out win over 退汇.
 */
export function classify(row: DraftRow, amountFen: Fen, isRed: boolean): { isReversal: boolean; kind: RowKind } {
  const text = `${row.memo} ${row.type}`.replaceAll(' ', '')
  const has = (words: readonly string[]) => words.some((word) => text.includes(word))
  const isFee = amountFen < 0 && (has(FEE_WORDS) || row.type === '收费')
  if (isRed || (!isFee && has(REVERSAL_WORDS))) return { isReversal: true, kind: 'reversal' }
  if (isFee) return { isReversal: false, kind: 'fee' }
  return { isReversal: false, kind: amountFen > 0 && has(INTEREST_WORDS) ? 'interest' : 'other' }
}

/** One record of the file to one draft row; what only the balance chain can decide is kept open as a second reading. */
import type { BusinessDate } from '../calendar.ts'
import { negateFen, plainFen, ZERO_FEN, type Fen } from '../money.ts'
import { Problem } from '../problem.ts'
import { isBlank, isDamagedAccount, isMasked, isYuan, readAmount, type BankAmount } from './cells.ts'
import { columnsOf, texts, type Columns } from './columns.ts'
import type { Reading, StatementHeader } from './header.ts'
import { FEE_WORDS, INTEREST_WORDS, REVERSAL_WORDS } from './layouts.ts'
import { momentReader } from './moment.ts'
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
  /** The cells of a row without a balance: whether it stands in the file twice is then only seen by them. */
  readonly raw: readonly string[]
}

const NO_CELLS: readonly string[] = []

export type RowReader = (record: TableRecord) => DraftRow

/**
 * A reader for the rows under one header: throws Problem for a row that cannot be read; adds warnings for what was
 * repaired. Where the columns are is looked up once: a file has up to 200,000 rows.
 */
export function rowReader(header: StatementHeader, warnings: IssueList): RowReader {
  const columns = columnsOf(header)
  const { reading } = header
  const readMoment = momentReader(reading.dateOrder, warnings)
  const named = columns.payer >= 0
  const beside = columns
  const { payer, payerAccount, payee, payeeAccount } = columns
  const toPayee = { party: payee, partyAccount: payeeAccount, ownAccount: payerAccount, ownName: payer }
  const fromPayer = { party: payer, partyAccount: payerAccount, ownAccount: payeeAccount, ownName: payee }
  return (record) => {
    const { line, cells } = record
    if (cells.length !== header.width) refuseRaggedRow(record, header, columns, warnings)
    const currency = columns.currency < 0 ? '' : (cells[columns.currency] ?? '')
    if (currency !== '' && !isYuan(currency)) throw foreign(currency, line)
    const { date, time } = readMoment(
      columns.date < 0 ? '' : (cells[columns.date] ?? ''), columns.time < 0 ? '' : (cells[columns.time] ?? ''), line,
    )
    const flagText = columns.flag < 0 ? '' : (cells[columns.flag] ?? '')
    const flag = flagText === '' ? null : directionOf(flagText, reading)
    const balance = columns.balance < 0 ? '' : (cells[columns.balance] ?? '')
    const money = readMoney(cells, columns, header, flag, flagText, balance, line, warnings)
    const isOutgoing = flag === 'out' || (flag === null && money.amountFen < 0)
    const places = !named ? beside : isOutgoing ? toPayee : fromPayer
    const partyAccount = filled(cells, places.partyAccount)
    return {
      line, date, time,
      amountFen: money.amountFen, open: money.open, side: money.side,
      balanceFen: balance === '' ? null : readBalance(balance, line, warnings),
      party: filled(cells, places.party),
      partyAccount: partyAccount === '' ? '' : readPartyAccount(partyAccount, line, warnings),
      ownAccount: filled(cells, places.ownAccount),
      ownName: filled(cells, places.ownName),
      memo: texts(cells, columns.memo),
      type: texts(cells, columns.type),
      serial: firstFilled(cells, columns.serial),
      isRed: money.isRed,
      raw: balance === '' ? cells : NO_CELLS,
    }
  }
}

function foreign(currency: string, line: number): Problem {
  return new Problem({
    code: 'currency.foreign',
    message: `币种为“${currency}”，本产品只记人民币，外币账户请单独核算，并在网银里只下载人民币明细`,
    row: line,
  })
}

function filled(cells: readonly string[], column: number): string {
  const text = column < 0 ? '' : (cells[column] ?? '')
  return isBlank(text) ? '' : text
}

function firstFilled(cells: readonly string[], columns: readonly number[]): string {
  for (const column of columns) {
    const text = cells[column] ?? ''
    if (!isBlank(text)) return text
  }
  return ''
}

/** A missing tail of optional columns is a habit of some banks; a missing amount or a shifted column is damage. */
function refuseRaggedRow({ line, cells }: TableRecord, header: StatementHeader, columns: Columns, warnings: IssueList): void {
  const extra = cells.length > header.width ? cells.slice(header.width).find((text) => text !== '') : undefined
  if (extra !== undefined) {
    throw new Problem({
      code: 'row.columns',
      message: `比表头多出内容“${extra}”，可能是某一格里有未加引号的分隔符，请在网银里改用 Excel 格式下载`,
      row: line,
    })
  }
  if (cells.length >= header.width) return
  if (columns.needed.some((column) => column >= cells.length)) {
    throw new Problem({
      code: 'file.truncated',
      message: `只有 ${cells.length} 列，表头有 ${header.width} 列，金额等必要的列缺失，文件可能不完整，请重新下载`,
      row: line,
    })
  }
  warnings.add('row.short', `第 ${line} 行只有 ${cells.length} 列，表头有 ${header.width} 列，缺少的末尾几列按空处理`, line)
}

type Money = Pick<DraftRow, 'amountFen' | 'open' | 'side' | 'isRed'>
type Side = DraftRow['side']

function readMoney(
  cells: readonly string[],
  columns: Columns,
  header: StatementHeader,
  flag: Side | null,
  flagText: string,
  balance: string,
  line: number,
  warnings: IssueList,
): Money {
  const { reading } = header
  if (columns.amount >= 0) {
    const read = readAmount(cells[columns.amount] ?? '', { row: line, field: '金额' })
    if (read === null) throw noAmount(line)
    const amount = settled(read, reading)
    if (header.signed) return signedMoney(amount, flag, flagText, balance, reading, line, warnings)
    return flaggedMoney(amount, flag, flagText, line)
  }
  const out = columns.out < 0 ? null : readAmount(cells[columns.out] ?? '', { row: line, field: '支出' })
  const into = columns.in < 0 ? null : readAmount(cells[columns.in] ?? '', { row: line, field: '收入' })
  if (out === null && into === null) throw noAmount(line)
  const outFen = out?.fen ?? 0
  const inFen = into?.fen ?? 0
  if (outFen !== 0 && inFen !== 0) {
    throw new Problem({ code: 'amount.bothSides', message: '借方（支出）和贷方（收入）同时有金额，无法判断收支', row: line })
  }
  const side = inFen !== 0 || (outFen === 0 && flag === 'in') ? 'in' : 'out'
  const money = sidedMoney(settled((side === 'in' ? into : out) ?? NOTHING, reading), side)
  if (flag !== null && money.amountFen !== 0 && flag !== side) {
    throw new Problem({
      code: 'amount.flag',
      message: `借贷标志为“${flagText}”，金额却写在${side === 'in' ? '贷方（收入）' : '借方（支出）'}，无法判断收支`,
      row: line,
    })
  }
  if (money.amountFen === 0) warnings.add('amount.zero', `第 ${line} 行金额为 0.00，请留意`, line)
  return money
}

const NOTHING: BankAmount = { fen: ZERO_FEN, bracketed: false }

/** What the clerk said once about brackets where no balance can tell. */
function settled(amount: BankAmount, { brackets }: Reading): BankAmount {
  if (!amount.bracketed || brackets === 'byBalance') return amount
  return { fen: brackets === 'negative' ? negateFen(amount.fen) : amount.fen, bracketed: false }
}

function noAmount(line: number): Problem {
  return new Problem({ code: 'amount.missing', message: '没有金额，文件可能不完整或列已错位，请重新下载', row: line })
}

/** A negative amount in a side column is a red entry: money goes the other way, so the sign is kept, never dropped. */
function sidedMoney(amount: BankAmount, side: Side): Money {
  return {
    amountFen: side === 'in' ? amount.fen : negateFen(amount.fen),
    open: amount.bracketed ? 'bracketed' : amount.fen < 0 ? 'negative' : null,
    side,
    isRed: amount.fen < 0,
  }
}

function flaggedMoney(amount: BankAmount, flag: Side | null, text: string, line: number): Money {
  if (flag === null) {
    throw new Problem({ code: 'amount.flag', message: `借贷标志“${text}”看不懂，无法判断收支`, row: line })
  }
  return sidedMoney(amount, flag)
}

function signedMoney(
  amount: BankAmount,
  flag: Side | null,
  flagText: string,
  balance: string,
  reading: Reading,
  line: number,
  warnings: IssueList,
): Money {
  const value = reading.positiveIs === 'out' ? negateFen(amount.fen) : amount.fen
  const bySign = value < 0 ? 'out' : 'in'
  const isAgainstFlag = flag !== null && value !== 0 && flag !== bySign
  if (isAgainstFlag && isBlank(balance)) {
    throw new Problem({ code: 'amount.flag', message: `标志“${flagText}”与金额正负相反，又没有余额可核对`, row: line })
  }
  if (isAgainstFlag) {
    warnings.add('amount.flag', `第 ${line} 行标志“${flagText}”与金额正负相反，按金额正负读取并以余额核对`, line)
  }
  if (value === 0) warnings.add('amount.zero', `第 ${line} 行金额为 0.00，请留意`, line)
  return { amountFen: value, open: amount.bracketed ? 'bracketed' : null, side: flag ?? bySign, isRed: isAgainstFlag }
}

function directionOf(flag: string, reading: Reading): Side | null {
  if (reading.inWords.includes(flag)) return 'in'
  if (reading.outWords.includes(flag)) return 'out'
  if (/^(?:贷|贷方|收|收入|来账|转入|存入|贷?\s*CR?|C)$/i.test(flag)) return 'in'
  if (/^(?:借|借方|付|支|支出|付出|往账|转出|取出|借?\s*DR?|D)$/i.test(flag)) return 'out'
  return null
}

function readBalance(cell: string, line: number, warnings: IssueList): Fen | null {
  const plain = plainFen(cell)
  if (plain !== null) return plain
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
  if (!isDamagedAccount(cell)) return cell
  warnings.add('account.damaged', `第 ${line} 行对方账号“${cell}”已被表格软件改成科学计数，末几位丢失，不予采用`, line)
  return ''
}

/** The row in its other reading, see {@link OpenReading}: where the balances show that a minus is notation, nothing is red. */
export function flippedRow(row: DraftRow): DraftRow {
  return { ...row, amountFen: negateFen(row.amountFen), isRed: false }
}

const anyOf = (words: readonly string[]) => new RegExp(words.map((word) => Array.from(word).join(' ?')).join('|'))
const FEE = anyOf(FEE_WORDS)
const INTEREST = anyOf(INTEREST_WORDS)
const REVERSAL = anyOf(REVERSAL_WORDS)

/**
 * Classified for proposals and matching only; no line is ever left out because of its words. 退汇手续费 is a fee, not a
 * reversal: words of a fee on money going out win over 退汇.
 */
export function classify(row: DraftRow): RowKind {
  const { amountFen, isRed } = row
  const has = (words: RegExp) => words.test(row.memo) || words.test(row.type)
  const isFee = amountFen < 0 && (row.type === '收费' || has(FEE))
  if (isRed || (!isFee && has(REVERSAL))) return 'reversal'
  if (isFee) return 'fee'
  return amountFen > 0 && has(INTEREST) ? 'interest' : 'other'
}

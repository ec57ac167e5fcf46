/**
 * Ledgers in book form (会计基础工作规范 art. 56–63): a line per entry, 本月合计 and 本年累计 under each month, journals
 * balanced daily, 承前页 and 过次页 where a page turns, 上年结转 and 结转下年 at the year's ends.
 */
import type { BusinessDate, Month } from '../calendar.ts'
import { monthOf } from '../calendar.ts'
import { addFen, fen, ZERO_FEN, type Fen } from '../money.ts'

export type BookEntry = {
  readonly date: BusinessDate
  /** `记-0012号` */
  readonly word: string
  readonly summary: string
  readonly complex: string
  readonly debitFen: Fen
  readonly creditFen: Fen
}

export type BookRow = {
  readonly kind: 'opening' | 'entry' | 'total' | 'carried' | 'brought' | 'yearEnd'
  readonly date: BusinessDate | null
  readonly word: string
  readonly summary: string
  readonly complex: string
  /** Null prints blank. */
  readonly debitFen: Fen | null
  readonly creditFen: Fen | null
  /** debit − credit after this row; printed with its side, 借 贷 平. */
  readonly balanceFen: Fen
}

export type BookPage = { readonly rows: readonly BookRow[] }

type Sums = { readonly debitFen: Fen; readonly creditFen: Fen }
const NOTHING: Sums = { debitFen: ZERO_FEN, creditFen: ZERO_FEN }

function plus(sums: Sums, more: Sums): Sums {
  return { debitFen: addFen(sums.debitFen, more.debitFen), creditFen: addFen(sums.creditFen, more.creditFen) }
}

function textRow(
  kind: BookRow['kind'],
  summary: string,
  sums: Sums | null,
  balanceFen: Fen,
  date: BusinessDate | null = null,
): BookRow {
  return {
    kind, date, summary, balanceFen, word: '', complex: '', debitFen: sums?.debitFen ?? null, creditFen: sums?.creditFen ?? null,
  }
}

/** 借 for a debit balance, 贷 for a credit balance, 平 for none; the amount beside it carries no sign. */
export function sideWord(balance: Fen): '借' | '贷' | '平' {
  return balance === 0 ? '平' : balance > 0 ? '借' : '贷'
}

export type BookContent = {
  /** First month printed; January carries last year's balance forward. */
  readonly from: Month
  /** Balance before `from`, and what moved since the year began. */
  readonly openingFen: Fen
  readonly before: Sums
  /** In order of date. */
  readonly entries: readonly BookEntry[]
  /** Cash and bank journals are balanced daily (art. 57). */
  readonly isJournal: boolean
}

function openingRow({ from, openingFen, before }: Pick<BookContent, 'from' | 'openingFen' | 'before'>): BookRow {
  return from.endsWith('-01')
    ? textRow('opening', '上年结转', null, openingFen)
    : textRow('opening', '期初余额', before, openingFen)
}

/** 结转下年, where December is printed and a balance is left. */
function yearEndRow(month: Month, balanceFen: Fen): BookRow[] {
  return month.endsWith('-12') && balanceFen !== 0 ? [textRow('yearEnd', '结转下年', null, balanceFen)] : []
}

/** Detail ledgers and journals: every entry with its balance. */
export function detailRows(content: BookContent): readonly BookRow[] {
  const rows: BookRow[] = [openingRow(content)]
  let balance = content.openingFen
  let year = content.before
  let last: Month | undefined
  for (const [month, ofMonth] of Map.groupBy(content.entries, ({ date }) => monthOf(date))) {
    let monthly = NOTHING
    for (const [date, ofDay] of Map.groupBy(ofMonth, (entry) => entry.date)) {
      let daily = NOTHING
      for (const entry of ofDay) {
        balance = fen(balance + entry.debitFen - entry.creditFen)
        daily = plus(daily, entry)
        rows.push({ kind: 'entry', ...entry, balanceFen: balance })
      }
      monthly = plus(monthly, daily)
      if (content.isJournal) rows.push(textRow('total', '本日合计', daily, balance, date))
    }
    year = plus(year, monthly)
    rows.push(textRow('total', '本月合计', monthly, balance), textRow('total', '本年累计', year, balance))
    last = month
  }
  return last === undefined ? rows : [...rows, ...yearEndRow(last, balance)]
}

export type MonthSums = Sums & { readonly month: Month }

/** General ledger: one line a month for each first-level account, with the year so far. */
export function generalRows(
  content: Pick<BookContent, 'from' | 'openingFen' | 'before'> & { readonly months: readonly MonthSums[] },
): readonly BookRow[] {
  const rows: BookRow[] = [openingRow(content)]
  let balance = content.openingFen
  let year = content.before
  for (const month of content.months) {
    balance = fen(balance + month.debitFen - month.creditFen)
    year = plus(year, month)
    const name = `${Number(month.month.slice(5))}月`
    rows.push(textRow('total', `${name}本月合计`, month, balance), textRow('total', `${name}本年累计`, year, balance))
  }
  const last = content.months.at(-1)
  return last === undefined ? rows : [...rows, ...yearEndRow(last.month, balance)]
}

/**
 * Breaks rows into pages. Where one turns, its last row 过次页 and the next one's first row 承前页 carry what moved since
 * the month began, or since the year began for accounts that count the year (income, expenditure), and the balance
 * (art. 60(7)). `heightOf` and `capacity` share any unit; a row taller than a page gets a page of its own.
 */
export function bookPages(
  rows: readonly BookRow[],
  page: {
    readonly capacity: number
    readonly heightOf: (row: BookRow) => number
    readonly carry: 'month' | 'year'
    /** What moved in the year before the first row. */
    readonly before: Sums
  },
): readonly BookPage[] {
  const pages: BookRow[][] = [[]]
  let used = 0
  let carried: Sums = page.carry === 'year' ? page.before : NOTHING
  const turning = page.heightOf(textRow('carried', '过次页', NOTHING, ZERO_FEN))
  rows.forEach((row, index) => {
    const current = pages.at(-1)
    if (current === undefined) return
    const isLast = index === rows.length - 1
    const height = page.heightOf(row)
    const room = page.capacity - (isLast ? 0 : turning)
    const previous = rows[index - 1]
    if (current.length > 0 && used + height > room && previous !== undefined && current.some(({ kind }) => kind !== 'brought')) {
      current.push(textRow('carried', '过次页', carried, previous.balanceFen))
      pages.push([textRow('brought', '承前页', carried, previous.balanceFen), row])
      used = turning + height
    } else {
      current.push(row)
      used += height
    }
    if (row.kind === 'entry') {
      carried = plus(carried, { debitFen: row.debitFen ?? ZERO_FEN, creditFen: row.creditFen ?? ZERO_FEN })
    } else if (page.carry === 'month' && row.summary.endsWith('本年累计')) carried = NOTHING
  })
  return pages.map((each) => ({ rows: each }))
}

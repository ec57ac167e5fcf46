/**
 * The balance reconciliation (银行存款余额调节表): each side's balance plus what the other has booked and it has not yet. It is no
 * voucher: nothing is booked from it (会计基础工作规范 art. 57 asks for the comparison, not for entries).
 */
import { daysBetween, type BusinessDate } from '../calendar.ts'
import { addFen, subtractFen, ZERO_FEN, type Fen } from '../money.ts'

export type OpenItem = {
  readonly date: BusinessDate
  /** + in, − out, as its own side has it. */
  readonly amountFen: Fen
}

/** The four parts, all as amounts without sign. */
export type OpenSums = {
  /** 银行已收企业未收 · 银行已付企业未付 */
  readonly bankInFen: Fen
  readonly bankOutFen: Fen
  /** 企业已收银行未收 · 企业已付银行未付 */
  readonly bookInFen: Fen
  readonly bookOutFen: Fen
}

export type ReconciliationTable = OpenSums & {
  readonly journalFen: Fen
  readonly statementFen: Fen
  readonly adjustedJournalFen: Fen
  readonly adjustedStatementFen: Fen
  /** Statement − journal, both adjusted; 0 when they tie out. */
  readonly differenceFen: Fen
}

/** One side's money in and money out. */
function sumsOf(items: readonly OpenItem[]): { readonly into: Fen; readonly out: Fen } {
  let into: Fen = ZERO_FEN
  let out: Fen = ZERO_FEN
  for (const { amountFen } of items) {
    if (amountFen > 0) into = addFen(into, amountFen)
    else out = subtractFen(out, amountFen)
  }
  return { into, out }
}

export function openSums(bank: readonly OpenItem[], book: readonly OpenItem[]): OpenSums {
  const atBank = sumsOf(bank)
  const inBook = sumsOf(book)
  return { bankInFen: atBank.into, bankOutFen: atBank.out, bookInFen: inBook.into, bookOutFen: inBook.out }
}

export function reconciliationTable(
  { journalFen, statementFen }: { readonly journalFen: Fen; readonly statementFen: Fen },
  open: OpenSums,
): ReconciliationTable {
  const adjustedJournalFen = subtractFen(addFen(journalFen, open.bankInFen), open.bankOutFen)
  const adjustedStatementFen = subtractFen(addFen(statementFen, open.bookInFen), open.bookOutFen)
  return {
    journalFen, statementFen, ...open, adjustedJournalFen, adjustedStatementFen,
    differenceFen: subtractFen(adjustedStatementFen, adjustedJournalFen),
  }
}

/** Days an item has been open on `asOf`. */
export function ageOf(item: OpenItem, asOf: BusinessDate): number {
  return daysBetween(item.date, asOf)
}

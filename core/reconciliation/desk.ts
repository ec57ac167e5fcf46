/** The two lists while they are worked through: what is settled, what is proposed, what is still free. */
import type { BankItem, BookItem, Match } from './item.ts'
import { prepare, type Prepared } from './score.ts'

type Bank = Prepared<BankItem>
type Book = Prepared<BookItem>

export type Desk = {
  /** In the order given. */
  readonly bank: readonly Bank[]
  readonly book: readonly Book[]
  readonly isBankTaken: (one: Bank) => boolean
  readonly isBookTaken: (one: Book) => boolean
  readonly settle: (match: Match, bank: readonly Bank[], book: readonly Book[]) => void
  readonly propose: (match: Match, bank: readonly Bank[], book: readonly Book[]) => void
  readonly automatic: Match[]
  readonly proposed: Match[]
}

export function deskOf(bankItems: readonly BankItem[], bookItems: readonly BookItem[]): Desk {
  const bank = prepare(bankItems)
  const book = prepare(bookItems)
  const takenBank = new Uint8Array(bank.length)
  const takenBook = new Uint8Array(book.length)
  const automatic: Match[] = []
  const proposed: Match[] = []
  const take = (banks: readonly Bank[], books: readonly Book[]): void => {
    for (const { index } of banks) takenBank[index] = 1
    for (const { index } of books) takenBook[index] = 1
  }
  return {
    bank,
    book,
    automatic,
    proposed,
    isBankTaken: ({ index }) => takenBank[index] === 1,
    isBookTaken: ({ index }) => takenBook[index] === 1,
    settle: (match, banks, books) => {
      automatic.push(match)
      take(banks, books)
    },
    propose: (match, banks, books) => {
      proposed.push(match)
      take(banks, books)
    },
  }
}

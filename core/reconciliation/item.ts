/** What matching compares: a line the bank printed and a line of the book on the same account. Amounts: + in, − out. */
import type { BusinessDate } from '../calendar.ts'
import type { Fen } from '../money.ts'

type Item = {
  readonly date: BusinessDate
  readonly amountFen: Fen
  readonly party: string
  /** The bank's memo; the book's summary. */
  readonly memo: string
}

export type BankItem = Item & {
  readonly id: number
  /** The bank's number of the transaction. */
  readonly serial: string
  /** The bank says that it takes something back (冲正). */
  readonly isReversal: boolean
}

export type BookItem = Item & {
  /** `voucher:line`. */
  readonly id: string
  readonly voucherId: number
  /** The voucher this one reverses. */
  readonly reversesVoucherId: number | null
  /** The line belongs to a voucher that moves a term deposit too. */
  readonly isDeposit: boolean
}

export const MATCH_KINDS = ['single', 'oneToMany', 'manyToOne', 'bankReversal', 'bookReversal', 'rollover'] as const
export type MatchKind = (typeof MATCH_KINDS)[number]

export type Match = {
  readonly kind: MatchKind
  readonly bank: readonly BankItem[]
  readonly book: readonly BookItem[]
  /** 0–100. */
  readonly score: number
  /** In words, for the clerk and for the record. */
  readonly reason: string
}

/** Bounds of the search; the product's own defaults, told to the user where they matter. */
export const BOUNDS = {
  /** A cheque waits a month at most before it is looked for by hand. */
  days: 31,
  /** Parts of one payment arrive within a week. */
  groupDays: 7,
  /** A rollover and a reversal are days, not weeks. */
  pairDays: 10,
  /** Lines of the same amount (or party and amount) looked at on either side of a date. */
  nearest: 4,
  /** Lines from which parts are chosen, the most parts, and the most sums tried for one line. */
  pool: 16,
  parts: 8,
  sums: 3000,
  /** From this score on a unique best match needs nobody's look. */
  automatic: 70,
} as const

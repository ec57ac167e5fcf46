/**
 * Column titles of Chinese banks' statements, as data. A layout is recognised by its titles, never by a column number
 * or a header row number: banks move both. 贷 on a statement is the bank's book, that is our money in.
 */
export type ColumnField =
  | 'date' | 'time' | 'out' | 'in' | 'amount' | 'flag' | 'balance' | 'currency'
  | 'party' | 'partyAccount' | 'ownAccount' | 'ownName' | 'serial' | 'memo' | 'type'
  | 'payer' | 'payerAccount' | 'payee' | 'payeeAccount'

export type Layout = {
  readonly id: string
  readonly bank: string
  /** Enough titles to be sure; all must be there. */
  readonly required: readonly string[]
  /** Every title known; the layout with most of them present wins. */
  readonly titles: readonly string[]
  /** The single amount column carries the sign itself; otherwise the flag (借/贷) decides. */
  readonly signed?: true
  /** Words that must stand above the header, for layouts whose titles alone could be any bank's. */
  readonly preamble?: readonly string[]
  /** First present title wins; for `memo` and `type` all are joined. */
  readonly columns: Readonly<Partial<Record<ColumnField, readonly string[]>>>
}

/** Column titles as they are listed here: none has a space in it. */
export function words(text: string): readonly string[] {
  return text.split(' ')
}

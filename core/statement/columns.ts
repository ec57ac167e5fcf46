/** Where the fields of a row stand, as plain numbers: −1 where the file has no such column. */
import { isBlank } from './cells.ts'
import type { StatementHeader } from './header.ts'
import type { ColumnField } from './layout.ts'

type Joined = 'memo' | 'type' | 'serial'

export type Columns = Readonly<Record<Exclude<ColumnField, Joined>, number>> & Readonly<Record<Joined, readonly number[]>> & {
  /** A row that ends before one of these is damaged. */
  readonly needed: readonly number[]
  /** A dated row with none of these filled moves no money. */
  readonly money: readonly number[]
}

const NEEDED = ['date', 'in', 'out', 'amount', 'flag', 'balance', 'currency'] as const
const MONEY = ['in', 'out', 'amount'] as const

export function columnsOf({ columns }: Pick<StatementHeader, 'columns'>): Columns {
  const one = (field: ColumnField) => columns[field]?.[0] ?? -1
  return {
    date: one('date'), time: one('time'), out: one('out'), in: one('in'), amount: one('amount'), flag: one('flag'),
    balance: one('balance'), currency: one('currency'), party: one('party'), partyAccount: one('partyAccount'),
    ownAccount: one('ownAccount'), ownName: one('ownName'), payer: one('payer'), payerAccount: one('payerAccount'),
    payee: one('payee'), payeeAccount: one('payeeAccount'),
    memo: columns.memo ?? [], type: columns.type ?? [], serial: columns.serial ?? [],
    needed: NEEDED.flatMap((field) => columns[field] ?? []),
    money: MONEY.flatMap((field) => columns[field] ?? []),
  }
}

/** The filled cells of several columns, each text once. */
export function texts(cells: readonly string[], columns: readonly number[]): string {
  let joined = ''
  let several: Set<string> | null = null
  for (const column of columns) {
    const text = cells[column] ?? ''
    if (text === '' || isBlank(text) || text === joined) continue
    if (joined === '') joined = text
    else several = (several ?? new Set([joined])).add(text)
  }
  return several === null ? joined : [...several].join(' ')
}

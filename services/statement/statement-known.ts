/** Which rows of a file the account has already: by their keys, and across layouts by day, amount and count. */
import type { BusinessDate } from '#core/calendar.ts'
import type { StatementLineId } from '#core/id.ts'
import { recogniseAcross, type BookingSeen } from '#core/statement/across.ts'
import type { ParsedStatement, StatementFormat } from '#core/statement/statement.ts'
import type { Ledger } from '#db/ledger.ts'
import type { BankAccount } from '../voucher/book.ts'
import { businessDateOf } from '../clock.ts'

export type KnownRows = {
  /** Per row: the stored line it is, or null where it is new. */
  readonly lines: readonly (StatementLineId | null)[]
  /** Recognised in a file of another layout, without a common key. */
  readonly acrossCount: number
  /** New rows that may be in the ledger from another layout's file; both files show only a part of their day. */
  readonly doubtfulCount: number
}

/** Interim reports and single notices bring a day in parts: equal bookings in two of them may both be real. */
const INTERIM: ReadonlySet<StatementFormat> = new Set(['mt942', 'camt.052', 'camt.054'])

type StoredLine = BookingSeen & {
  readonly id: StatementLineId
  readonly format: StatementFormat
  readonly importedAt: string
}

const OF_OTHER_LAYOUTS = `
  SELECT l.id, l.date, l.time, l.amount_fen AS amountFen, l.balance_fen AS balanceFen, l.party, b.format,
    b.imported_at AS importedAt
  FROM statement_line l INDEXED BY statement_line_by_account JOIN statement_batch b ON b.id = l.batch_id
  WHERE l.bank_account_id = ? AND l.date BETWEEN ? AND ? AND b.layout <> ? ORDER BY l.date, l.id`

function isPartOfDay({ format, importedAt, date }: StoredLine): boolean {
  return INTERIM.has(format) || businessDateOf(importedAt) <= date
}

/** `keys` one per row of the statement. */
export function knownRows(
  ledger: Ledger,
  account: BankAccount,
  statement: Pick<ParsedStatement, 'rows' | 'format' | 'layout'>,
  keys: readonly string[],
): KnownRows {
  const find = ledger.prepare<[number, string], { id: StatementLineId }>(
    'SELECT id FROM statement_line WHERE bank_account_id = ? AND dedupe_key = ?',
  )
  const byKey = keys.map((key) => find.get(account.id, key)?.id ?? null)
  const fresh = [...statement.rows.entries()].filter(([index]) => (byKey[index] ?? null) === null)
  const days = fresh.map(([, { date }]) => date).toSorted()
  const [first, last] = [days[0], days.at(-1)]
  if (first === undefined || last === undefined) return { lines: byKey, acrossCount: 0, doubtfulCount: 0 }
  const taken = new Set(byKey)
  const stored = ledger
    .prepare<[number, BusinessDate, BusinessDate, string], StoredLine>(OF_OTHER_LAYOUTS)
    .all(account.id, first, last, statement.layout)
    .filter(({ id }) => !taken.has(id))
  const found = recogniseAcross(fresh.map(([, row]) => row), stored)
  const lines = [...byKey]
  let [acrossCount, doubtfulCount] = [0, 0]
  for (const [at, [index]] of fresh.entries()) {
    const line = found[at] ?? null
    if (line === null) continue
    if (INTERIM.has(statement.format) && isPartOfDay(line)) doubtfulCount += 1
    else {
      lines[index] = line.id
      acrossCount += 1
    }
  }
  return { lines, acrossCount, doubtfulCount }
}

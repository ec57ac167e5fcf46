/** One bank transaction, one key, whichever download it came in. */
import { matchName } from '../party-name.ts'
import type { StatementRow } from './statement.ts'

type KeyedRow = Pick<StatementRow, 'date' | 'time' | 'amountFen' | 'balanceFen' | 'party' | 'serial'>

/**
 * `occurrence` counts equal rows within one file from 1: two identical bookings can be legal and must both survive.
 * With a serial the time is left out, since layouts of the same bank disagree on it; the balance stays, since vouchers'
 * serials repeat and the balance tells such rows apart.
 */
export function dedupeKey(row: KeyedRow, account: string, occurrence: number): string {
  const identity =
    row.serial === '' ? ['t', row.time ?? '', matchName(row.party)] : ['s', row.serial.replace(/\s/g, '')]
  return [account, row.date, row.amountFen, row.balanceFen ?? '', ...identity, occurrence].join('|')
}

/** The keys of a whole file, in its row order. */
export function dedupeKeys(rows: readonly KeyedRow[], account: string): string[] {
  const seen = new Map<string, number>()
  return rows.map((row) => {
    const identity = dedupeKey(row, account, 0)
    const occurrence = (seen.get(identity) ?? 0) + 1
    seen.set(identity, occurrence)
    return dedupeKey(row, account, occurrence)
  })
}

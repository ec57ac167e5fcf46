/**
 * The same bookings in a download of another layout: serials and names differ from layout to layout, and a SWIFT message tells
 * no balance per row, so keys (duplicates.ts) cannot meet. They are recognised by day and amount, counted: of three equal
 * bookings where two are known, one is new.
 */
import { matchName } from '../party-name.ts'
import type { StatementRow } from './statement.ts'

export type BookingSeen = Pick<StatementRow, 'date' | 'time' | 'amountFen' | 'balanceFen' | 'party'>

/** 1: nothing speaks against it; 2: the name or the balance speaks for it; 0: another booking. */
function likeness(row: BookingSeen, known: BookingSeen): 0 | 1 | 2 {
  if (row.date !== known.date || row.amountFen !== known.amountFen) return 0
  if (row.balanceFen !== null && known.balanceFen !== null) return row.balanceFen === known.balanceFen ? 2 : 0
  if (row.time !== null && known.time !== null && row.time !== known.time) return 0
  const [one, other] = [matchName(row.party), matchName(known.party)]
  if (one === '' || other === '') return 1
  return one === other ? 2 : 0
}

/** For each row the known booking it is, or null where it is new; no known booking serves two rows. */
export function recogniseAcross<Known extends BookingSeen>(
  rows: readonly BookingSeen[],
  known: readonly Known[],
): readonly (Known | null)[] {
  const free = Map.groupBy(known, ({ date, amountFen }) => `${date} ${amountFen}`)
  const found: (Known | null)[] = rows.map(() => null)
  // Sure ones first, so that a nameless booking does not take what another row names.
  for (const wanted of [2, 1]) {
    for (const [index, row] of rows.entries()) {
      if (found[index] !== null) continue
      const waiting = free.get(`${row.date} ${row.amountFen}`) ?? []
      const at = waiting.findIndex((one) => likeness(row, one) === wanted)
      if (at < 0) continue
      found[index] = waiting.splice(at, 1)[0] ?? null
    }
  }
  return found
}

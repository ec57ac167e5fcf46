/**
 * The running balance proves order, sign and completeness of the rows between the first and the last: every balance
 * must follow the one before. Orders tried: as in the file, reversed, then by time with serial or file order inside one
 * second, since banks sort bookings of the same second at will.
 */
import { fen, negateFen, type Fen } from '../money.ts'
import { flippedRow, type DraftRow, type OpenReading } from './rows.ts'

export type ChainBreak = { readonly line: number; readonly expected: Fen; readonly found: Fen; readonly previous: Fen }

export type ChainResult = {
  readonly state: 'ok' | 'broken' | 'absent' | 'ambiguous'
  /** Rows oldest first, with the amount as finally read. */
  readonly rows: readonly DraftRow[]
  readonly opening: Fen | null
  readonly closing: Fen | null
  readonly order: 'ascending' | 'descending'
  /** True when neither the file's order nor its reverse closes, only one by time. */
  readonly isResorted: boolean
  /** Open readings the chain decided against the standard one. */
  readonly flipped: readonly OpenReading[]
  readonly firstBreak: ChainBreak | null
}

/** `drafts` in file order, at least one. */
export function proveChain(drafts: readonly DraftRow[]): ChainResult {
  const order = fileOrder(drafts)
  const natural = order === 'ascending' ? drafts : drafts.toReversed()
  const isAbsent = drafts.every((draft) => draft.balanceFen === null)
  const open = new Set<OpenReading>()
  for (const draft of drafts) if (draft.open !== null) open.add(draft.open)
  const base = { rows: amountsOf(natural, []), opening: null, closing: null, order, isResorted: false, flipped: [] }
  if (isAbsent) return { ...base, state: open.has('bracketed') ? 'ambiguous' : 'absent', firstBreak: null }

  const closing = readingsOf(open).flatMap((flipped) => {
    const found = closingOrder(drafts, natural, flipped)
    return found ? [{ ...found, flipped }] : []
  })
  const [first, ...others] = closing
  if (!first) {
    const walked = walk(natural, [])
    return { ...base, state: 'broken', opening: walked.opening, closing: walked.closing, firstBreak: walked.firstBreak }
  }
  // A negative amount has a standard reading (a reversal); brackets have none, so two proofs prove nothing.
  const state = others.length > 0 && open.has('bracketed') ? 'ambiguous' : 'ok'
  return {
    state, flipped: first.flipped, firstBreak: null,
    order: first.attempt === AGAINST_DATES ? opposite(order) : order,
    isResorted: first.attempt > AGAINST_DATES,
    rows: amountsOf(first.rows, first.flipped), opening: first.opening, closing: first.closing,
  }
}

/** The second order tried: rows of one day without times, newest first. */
const AGAINST_DATES = 1

function opposite(order: 'ascending' | 'descending'): 'ascending' | 'descending' {
  return order === 'ascending' ? 'descending' : 'ascending'
}

function readingsOf(open: ReadonlySet<OpenReading>): OpenReading[][] {
  const choices = [...open]
  return choices.reduce<OpenReading[][]>((sets, choice) => [...sets, ...sets.map((set) => [...set, choice])], [[]])
}

function closingOrder(drafts: readonly DraftRow[], natural: readonly DraftRow[], flipped: readonly OpenReading[]) {
  const orders: (() => readonly DraftRow[])[] = [
    () => natural,
    () => natural.toReversed(),
    () => sortedByMoment(drafts, compareSerials),
    () => sortedByMoment(drafts, () => 0),
    () => sortedByMoment(drafts.toReversed(), () => 0),
  ]
  for (const [attempt, ordered] of orders.entries()) {
    const rows = ordered()
    const walked = walk(rows, flipped)
    if (walked.firstBreak === null) {
      return { rows, opening: walked.opening, closing: walked.closing, attempt }
    }
  }
  return null
}

/** Rows without a balance (blank or masked) carry the running one forward. */
function walk(rows: readonly DraftRow[], flipped: readonly OpenReading[]) {
  let running: Fen | null = null
  let opening: Fen | null = null
  let unanchored = 0
  let firstBreak: ChainBreak | null = null
  for (const row of rows) {
    const amount = amountOf(row, flipped)
    if (running === null) {
      unanchored = fen(unanchored + amount)
      if (row.balanceFen === null) continue
      opening = fen(row.balanceFen - unanchored)
      running = row.balanceFen
      continue
    }
    const expected: Fen = fen(running + amount)
    if (row.balanceFen !== null && row.balanceFen !== expected && firstBreak === null) {
      firstBreak = { line: row.line, expected, found: row.balanceFen, previous: running }
      if (flipped.length > 0) break
    }
    running = row.balanceFen ?? expected
  }
  return { opening, closing: running, firstBreak }
}

function amountOf(row: DraftRow, flipped: readonly OpenReading[]): Fen {
  return row.open !== null && flipped.includes(row.open) ? negateFen(row.amountFen) : row.amountFen
}

function amountsOf(rows: readonly DraftRow[], flipped: readonly OpenReading[]) {
  if (flipped.length === 0) return rows
  return rows.map((row) => (row.open !== null && flipped.includes(row.open) ? flippedRow(row) : row))
}

function momentOf(row: DraftRow): string {
  return `${row.date} ${row.time ?? ''}`
}

function fileOrder(drafts: readonly DraftRow[]): 'ascending' | 'descending' {
  const first = drafts[0]
  const last = drafts.at(-1)
  return first && last && momentOf(first) > momentOf(last) ? 'descending' : 'ascending'
}

function sortedByMoment(
  rows: readonly DraftRow[],
  withinMoment: (one: DraftRow, other: DraftRow) => number,
): DraftRow[] {
  return rows.toSorted((one, other) => compareText(momentOf(one), momentOf(other)) || withinMoment(one, other))
}

/** Serials are digits longer than a safe integer: shorter is smaller, then text. */
function compareSerials(one: DraftRow, other: DraftRow): number {
  return one.serial.length - other.serial.length || compareText(one.serial, other.serial)
}

function compareText(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}

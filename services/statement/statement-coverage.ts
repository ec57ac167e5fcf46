/** How far the bank's word reaches: per account the last statement, what the book says of it, gaps, and what is still open. */
import type { BusinessDate } from '#core/calendar.ts'
import type { BankAccountId, BookId, ComplexId } from '#core/id.ts'
import { fen, subtractFen, type Fen } from '#core/money.ts'
import { gapBetween } from '#core/statement/checks.ts'
import type { Ledger } from '#db/ledger.ts'
import { moneyAtBank } from '../voucher/balance.ts'

type Span = {
  readonly periodFrom: BusinessDate | null
  readonly periodTo: BusinessDate | null
  readonly opening: Fen | null
  readonly closing: Fen | null
}

const LIVING = `FROM statement_batch s WHERE s.bank_account_id = ? AND s.period_to IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM statement_rollback WHERE batch_id = s.id)`
const SPAN = `SELECT s.period_from AS periodFrom, s.period_to AS periodTo, s.opening_fen AS opening, s.closing_fen AS closing
  ${LIVING}`

/**
 * Why a statement does not join the account's last one before it, or the first one after it (files may come in any order);
 * overlapping files join by their repeated lines. Empty without balances: nothing can be said then.
 */
export function gapsAround(ledger: Ledger, bankAccountId: BankAccountId, next: Span): readonly string[] {
  if (next.periodFrom === null || next.periodTo === null) return []
  const before = ledger
    .prepare<unknown[], Span>(`${SPAN} AND s.period_from < ? ORDER BY s.period_to DESC, s.id DESC LIMIT 1`)
    .get(bankAccountId, next.periodFrom)
  const after = ledger
    .prepare<unknown[], Span>(`${SPAN} AND s.period_to > ? ORDER BY s.period_from, s.id LIMIT 1`)
    .get(bankAccountId, next.periodTo)
  return [gapOf(before, next), gapOf(next, after)].filter((gap) => gap !== null)
}

function gapOf(previous: Span | undefined, next: Span | undefined): string | null {
  if (previous?.periodTo == null || previous.closing === null || next === undefined) return null
  return gapBetween({ periodTo: previous.periodTo, closing: previous.closing }, next)
}

/** Every place of the account where two statements do not join, oldest first. */
export function gapsOf(ledger: Ledger, bankAccountId: BankAccountId): readonly string[] {
  const spans = ledger.prepare<[number], Span>(`${SPAN} ORDER BY s.period_from, s.period_to, s.id`).all(bankAccountId)
  const gaps: string[] = []
  let furthest: Span | undefined
  for (const span of spans) {
    const gap = gapOf(furthest, span)
    if (gap !== null) gaps.push(gap)
    if ((furthest?.periodTo ?? '') < (span.periodTo ?? '')) furthest = span
  }
  return gaps
}

export type AccountStanding = {
  readonly bankAccountId: BankAccountId
  readonly bookId: BookId
  readonly bookName: string
  readonly complexId: ComplexId | null
  readonly complexName: string | null
  readonly bankName: string
  readonly number: string
  readonly holderName: string
  readonly isDedicated: 0 | 1
  /** Demand balance by the book on `asOf`. */
  readonly bookFen: Fen
  /** The last imported statement's end, null before the first import. */
  readonly statementTo: BusinessDate | null
  readonly statementFen: Fen | null
  /** Demand balance by the book at `statementTo`. */
  readonly bookAtStatementFen: Fen | null
  /** Bank − book at `statementTo`: what is in transit or not yet booked. */
  readonly differenceFen: Fen | null
  readonly openCount: number
  readonly openInFen: Fen
  readonly openOutFen: Fen
  readonly draftedCount: number
  readonly gaps: readonly string[]
}

type OpenWork = Pick<AccountStanding, 'openCount' | 'openInFen' | 'openOutFen' | 'draftedCount'>
type StandingRow = Omit<AccountStanding, 'differenceFen' | 'gaps' | keyof OpenWork>

export const ACCOUNT_STANDINGS = `
  SELECT k.id AS bankAccountId, k.book_id AS bookId, b.name AS bookName, k.complex_id AS complexId, c.name AS complexName,
    k.bank_name AS bankName, k.number, k.holder_name AS holderName, k.is_dedicated AS isDedicated,
    ${moneyAtBank(':asOf', 'demand')} AS bookFen, s.period_to AS statementTo, s.closing_fen AS statementFen,
    CASE WHEN s.period_to IS NOT NULL THEN ${moneyAtBank('s.period_to', 'demand')} END AS bookAtStatementFen
  FROM bank_account k JOIN book b ON b.id = k.book_id LEFT JOIN complex c ON c.id = k.complex_id
    LEFT JOIN statement_batch s ON s.id = (SELECT t.id FROM statement_batch t WHERE t.bank_account_id = k.id
      AND t.period_to IS NOT NULL AND NOT EXISTS (SELECT 1 FROM statement_rollback WHERE batch_id = t.id)
      ORDER BY t.period_to DESC, t.id DESC LIMIT 1)
  WHERE k.state = 'active' ORDER BY k.book_id, k.id`

/** Lines of an account nobody has settled; those with a voucher on its way are counted apart. */
export const OPEN_WORK = `
  SELECT count(*) FILTER (WHERE d.id IS NULL) AS openCount, count(d.id) AS draftedCount,
    coalesce(sum(l.amount_fen) FILTER (WHERE d.id IS NULL AND l.amount_fen > 0), 0) AS openInFen,
    coalesce(-sum(l.amount_fen) FILTER (WHERE d.id IS NULL AND l.amount_fen < 0), 0) AS openOutFen
  FROM statement_line l INDEXED BY statement_line_by_account
    LEFT JOIN voucher_draft d ON d.statement_line_id = l.id AND d.state IN ('draft', 'reviewed')
  WHERE l.bank_account_id = ? AND coalesce((SELECT o.outcome FROM statement_outcome o WHERE o.statement_line_id = l.id
    ORDER BY o.id DESC LIMIT 1), 'open') = 'open'`

const NO_WORK: OpenWork = { openCount: 0, draftedCount: 0, openInFen: fen(0), openOutFen: fen(0) }

/** Every active account, for the bank screen and for what needs doing today. */
export function accountStandings(ledger: Ledger, asOf: BusinessDate): readonly AccountStanding[] {
  const openWork = ledger.prepare<[number], OpenWork>(OPEN_WORK)
  return ledger.prepare<[Record<string, unknown>], StandingRow>(ACCOUNT_STANDINGS).all({ asOf }).map((row) => ({
    ...row,
    ...(openWork.get(row.bankAccountId) ?? NO_WORK),
    differenceFen: row.statementFen === null || row.bookAtStatementFen === null
      ? null
      : subtractFen(row.statementFen, row.bookAtStatementFen),
    gaps: gapsOf(ledger, row.bankAccountId),
  }))
}

/**
 * Matches (勾对): bank lines and book lines that are one movement, any number of each, equal to the fen. Every settled bank line
 * is in one, also the line a voucher was made of. A match is never changed; it is taken back whole, with a reason.
 */
import type { BusinessDate } from '#core/calendar.ts'
import { idOf, type BankAccountId, type ReconciliationMatchId, type StatementLineId, type VoucherId } from '#core/id.ts'
import type { Fen } from '#core/money.ts'
import { Problem } from '#core/problem.ts'
import type { Ledger } from '#db/ledger.ts'
import type { MatchMethod } from '#db/schema/reconciliation.ts'
import { requireRole, type ServiceContext } from '../context.ts'
import { logOperation } from '../operation-log.ts'

/** A line of a posted voucher. */
export type BookLine = { readonly voucherId: VoucherId; readonly lineNo: number }

export type MatchFacts = {
  readonly bankAccountId: BankAccountId
  readonly lineIds: readonly StatementLineId[]
  readonly entries: readonly BookLine[]
  readonly method: MatchMethod
  /** 0–100 where the matcher proposed it. */
  readonly score: number | null
  readonly reason: string
}

const LAST_MATCH = 'SELECT max(id) FROM reconciliation_match'
const DAY_OF_BANK_LINE = 'SELECT date FROM statement_line WHERE id = ?'
const DAY_OF_BOOK_LINE = 'SELECT date FROM voucher_line WHERE voucher_id = ? AND line_no = ?'

/** Throws `reconciliation.lineMissing`. */
function latestDay(ledger: Ledger, { lineIds, entries }: MatchFacts): BusinessDate {
  const days = [
    ...lineIds.map((id) => ledger.prepare<[number], { date: BusinessDate }>(DAY_OF_BANK_LINE).get(id)),
    ...entries.map((one) =>
      ledger.prepare<[number, number], { date: BusinessDate }>(DAY_OF_BOOK_LINE).get(one.voucherId, one.lineNo)),
  ].map((row) => {
    if (row !== undefined) return row.date
    throw new Problem({ code: 'reconciliation.lineMissing', message: '所选的流水或分录已经不在，请刷新后重新选择' })
  })
  const latest = days.toSorted().at(-1)
  if (latest === undefined) throw new Problem({ code: 'statement.amount', message: '请先在两边选择要勾对的流水和分录' })
  return latest
}

/**
 * Writes one match inside the caller's transaction; SQL checks account, sums and that every line is free. Throws
 * `statement.amount`, `statement.account`, `statement.settled`, `reconciliation.taken`, `reconciliation.sealed`.
 */
export function writeMatch(context: ServiceContext, facts: MatchFacts): ReconciliationMatchId {
  const { ledger, clock, actor } = context
  const now = clock.now()
  const last = ledger.prepare<[], { 'max(id)': number | null }>(LAST_MATCH).get()?.['max(id)'] ?? 0
  const id = idOf<'reconciliationMatch'>(last + 1)
  const vouchers = new Set(facts.entries.map(({ voucherId }) => voucherId))
  const [voucherId] = vouchers
  const outcome = ledger.prepare<unknown[], never>(
    `INSERT INTO statement_outcome (statement_line_id, outcome, match_id, voucher_id, reason, actor_id, at)
     VALUES (?, ?, ?, ?, '', ?, ?)`,
  )
  for (const lineId of facts.lineIds) {
    const word = facts.method === 'posted' ? 'posted' : 'matched'
    outcome.run(lineId, word, id, vouchers.size === 1 ? voucherId : null, actor.userId, now)
  }
  const entry = ledger.prepare<unknown[], never>('INSERT INTO reconciliation_entry VALUES (?, ?, ?)')
  for (const line of facts.entries) entry.run(id, line.voucherId, line.lineNo)
  ledger
    .prepare<unknown[], never>('INSERT INTO reconciliation_match VALUES (?, ?, ?, ?, ?, ?, ?, ?)')
    .run(id, facts.bankAccountId, facts.method, facts.score, facts.reason, latestDay(ledger, facts), actor.userId, now)
  return id
}

type FreeLine = { readonly lineNo: number; readonly amountFen: Fen; readonly isFree: 0 | 1 }

/** Lines of a voucher on the current account of `bankAccountId`. */
export const VOUCHER_BANK_LINES = `
  SELECT l.line_no AS lineNo, l.debit_fen - l.credit_fen AS amountFen,
    NOT EXISTS (SELECT 1 FROM reconciliation_entry e WHERE e.voucher_id = l.voucher_id AND e.line_no = l.line_no
      AND NOT EXISTS (SELECT 1 FROM reconciliation_undo u WHERE u.match_id = e.match_id)) AS isFree
  FROM voucher_line l JOIN account a ON a.id = l.account_id
  WHERE l.voucher_id = ? AND l.bank_account_id = ? AND a.code NOT GLOB '1001.02*' ORDER BY l.line_no`

/**
 * The lines of a voucher that answer one bank line: all of them together (interest of a shared account is one bank line and one
 * voucher line per complex), or one of the amount that no other line holds. Throws `statement.account`, `statement.amount`.
 */
export function entriesFor(
  ledger: Ledger,
  line: { readonly bankAccountId: BankAccountId; readonly amountFen: Fen },
  voucherId: VoucherId,
): readonly BookLine[] {
  const lines = ledger.prepare<[number, number], FreeLine>(VOUCHER_BANK_LINES).all(voucherId, line.bankAccountId)
  if (lines.length === 0) {
    throw new Problem({ code: 'statement.account', message: '所选凭证没有这个银行账户的分录，不能与这条流水勾对' })
  }
  const whole = lines.reduce((sum, { amountFen }) => sum + amountFen, 0)
  const one = lines.find(({ amountFen, isFree }) => isFree === 1 && amountFen === line.amountFen)
  const isWhole = whole === line.amountFen && lines.every(({ isFree }) => isFree === 1)
  const chosen = isWhole ? lines : one === undefined ? [] : [one]
  if (chosen.length > 0) return chosen.map(({ lineNo }) => ({ voucherId, lineNo }))
  throw new Problem({
    code: 'statement.amount',
    message: '凭证在这个银行账户上的金额与这条流水不符，或已与别的流水勾对，请另选凭证',
  })
}

type BankLine = { readonly bankAccountId: BankAccountId; readonly amountFen: Fen }

/** For posting: the bank line a voucher was made of is settled by it, inside the posting's own transaction. */
export function settlePosted(context: ServiceContext, lineId: StatementLineId, voucherId: VoucherId): void {
  const line = context.ledger
    .prepare<[number], BankLine>(
      'SELECT bank_account_id AS bankAccountId, amount_fen AS amountFen FROM statement_line WHERE id = ?',
    )
    .get(lineId)
  if (line === undefined) throw new Problem({ code: 'statement.lineMissing', message: '凭证所据的流水已经撤回，请作废后重新制单' })
  writeMatch(context, {
    bankAccountId: line.bankAccountId, lineIds: [lineId], entries: entriesFor(context.ledger, line, voucherId),
    method: 'posted', score: null, reason: '据这条流水制单记账',
  })
}

/**
 * Matches what a person ticked or accepted, all or none of the groups, one log entry. Throws as `writeMatch`, `role.missing`.
 */
export function confirmMatches(context: ServiceContext, groups: readonly MatchFacts[]): readonly ReconciliationMatchId[] {
  requireRole(context, 'bookkeeper', 'reconciler', 'head')
  return context.ledger.write(() => {
    const ids = groups.map((group) => writeMatch(context, group))
    logOperation(context, 'reconciliation.match', { kind: 'reconciliationMatch', ...(ids[0] !== undefined && { id: ids[0] }) }, {
      account: groups[0]?.bankAccountId, matches: groups.map(({ lineIds, entries, method, score }, index) => ({
        id: ids[index], lines: lineIds, entries: entries.map((one) => `${one.voucherId}:${one.lineNo}`), method, score,
      })),
    })
    return ids
  })
}

export type StoredMatch = {
  readonly id: ReconciliationMatchId
  readonly bankAccountId: BankAccountId
  readonly method: MatchMethod
  readonly score: number | null
  readonly reason: string
  readonly actor: string
  readonly at: string
  readonly undoneFor: string | null
}

/** Throws `reconciliation.matchMissing`. */
export function matchOf(ledger: Ledger, id: ReconciliationMatchId): StoredMatch {
  const row = ledger
    .prepare<[number], StoredMatch>(
      `SELECT m.id, m.bank_account_id AS bankAccountId, m.method, m.score, m.reason, a.name AS actor, m.at, u.reason AS undoneFor
       FROM reconciliation_match m JOIN user a ON a.id = m.actor_id LEFT JOIN reconciliation_undo u ON u.match_id = m.id
       WHERE m.id = ?`,
    )
    .get(id)
  if (row === undefined) throw new Problem({ code: 'reconciliation.matchMissing', message: '没有这一组勾对，请刷新后重试' })
  return row
}

/**
 * Takes a match back whole; its lines are open again on both sides. What a line's own voucher settled stays until that voucher
 * is reversed, or the money would be booked twice. Throws `reconciliation.reason`, `reconciliation.undone`, `statement.posted`,
 * `reconciliation.sealed`.
 */
export function undoMatch(context: ServiceContext, id: ReconciliationMatchId, reason: string): void {
  requireRole(context, 'bookkeeper', 'reconciler', 'head')
  const { ledger, clock, actor } = context
  const text = reason.trim()
  if (text === '') throw new Problem({ code: 'reconciliation.reason', message: '请写明撤销勾对的原因', field: 'reason' })
  ledger.write(() => {
    const match = matchOf(ledger, id)
    if (match.undoneFor !== null) throw new Problem({ code: 'reconciliation.undone', message: '这一组勾对已经撤销' })
    if (match.method === 'posted' && !isReversed(ledger, id)) {
      throw new Problem({
        code: 'statement.posted',
        message: '这条流水已据以记账：请先冲销那张凭证，再撤销处理，改用更正凭证勾对',
      })
    }
    ledger
      .prepare<unknown[], never>('INSERT INTO reconciliation_undo VALUES (?, ?, ?, ?)')
      .run(id, text, actor.userId, clock.now())
    logOperation(context, 'reconciliation.undo', { kind: 'reconciliationMatch', id }, { reason: text })
  })
}

function isReversed(ledger: Ledger, id: ReconciliationMatchId): boolean {
  return ledger
    .prepare<[number], unknown>(
      `SELECT 1 FROM reconciliation_entry e JOIN voucher v ON v.corrects_voucher_id = e.voucher_id AND v.purpose = 'reversal'
       WHERE e.match_id = ?`,
    )
    .get(id) !== undefined
}

/** The standing match of a bank line; null while it is open. */
export function matchOfLine(ledger: Ledger, lineId: StatementLineId): ReconciliationMatchId | null {
  return ledger
    .prepare<[number], { matchId: ReconciliationMatchId | null }>(
      'SELECT match_id AS matchId FROM statement_outcome WHERE statement_line_id = ? ORDER BY id DESC LIMIT 1',
    )
    .get(lineId)?.matchId ?? null
}

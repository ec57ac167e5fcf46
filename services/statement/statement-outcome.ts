/**
 * What becomes of every bank line (invariant 13): posted by its own voucher, matched to one that exists, skipped with a
 * reason, or open. An outcome is never changed; it is taken back with a reason and given anew.
 */
import { addDays, type BusinessDate } from '#core/calendar.ts'
import type { BankAccountId, DraftId, StatementBatchId, StatementLineId, VoucherId } from '#core/id.ts'
import { formatYuan, type Fen } from '#core/money.ts'
import { Problem } from '#core/problem.ts'
import type { RowKind } from '#core/statement/statement.ts'
import type { Ledger } from '#db/ledger.ts'
import { requireRole, type ServiceContext } from '../context.ts'
import { logOperation } from '../operation-log.ts'
import { entriesFor, matchOfLine, undoMatch, writeMatch } from '../reconciliation/reconciliation-match.ts'

/** `drafted`: open, with a voucher prepared from it that is not posted yet. */
export const LINE_STATES = ['open', 'drafted', 'posted', 'matched', 'skipped'] as const
export type LineState = (typeof LINE_STATES)[number]

export type StatementLine = {
  readonly id: StatementLineId
  readonly batchId: StatementBatchId
  readonly bankAccountId: BankAccountId
  readonly fileLine: number
  readonly date: BusinessDate
  readonly time: string | null
  readonly amountFen: Fen
  readonly balanceFen: Fen | null
  readonly party: string
  readonly partyAccount: string
  readonly memo: string
  readonly serial: string
  readonly kind: RowKind
  readonly state: LineState
  readonly reason: string
  readonly voucherId: VoucherId | null
  readonly voucherKind: string | null
  readonly voucherNumber: number | null
  readonly voucherMonth: string | null
  readonly draftId: DraftId | null
  readonly actor: string | null
  readonly at: string | null
}

export type LineFilter = {
  readonly bankAccountId: BankAccountId
  readonly batchId?: StatementBatchId
  readonly state?: LineState
  readonly from?: BusinessDate
  readonly to?: BusinessDate
  readonly text?: string
  /** Keyset: lines older than this one. */
  readonly before?: { readonly date: BusinessDate; readonly id: number }
  readonly limit: number
}

const LINE_COLUMNS = `l.id, l.batch_id AS batchId, l.bank_account_id AS bankAccountId, l.file_line AS fileLine, l.date, l.time,
  l.amount_fen AS amountFen, l.balance_fen AS balanceFen, l.party, l.party_account AS partyAccount, l.memo, l.serial, l.kind,
  CASE WHEN coalesce(o.outcome, 'open') <> 'open' THEN o.outcome WHEN d.id IS NOT NULL THEN 'drafted' ELSE 'open' END AS state,
  coalesce(o.reason, '') AS reason, o.voucher_id AS voucherId, v.kind AS voucherKind, v.number AS voucherNumber,
  v.month AS voucherMonth, d.id AS draftId, u.name AS actor, o.at`
const LINE_JOINS = `LEFT JOIN statement_outcome o
    ON o.id = (SELECT max(id) FROM statement_outcome WHERE statement_line_id = l.id)
  LEFT JOIN voucher v ON v.id = o.voucher_id LEFT JOIN user u ON u.id = o.actor_id
  LEFT JOIN voucher_draft d ON d.statement_line_id = l.id AND d.state IN ('draft', 'reviewed')`

export function linePage(filter: Pick<LineFilter, 'batchId' | 'state' | 'text'>): string {
  const byBatch = filter.batchId === undefined ? '' : 'AND l.batch_id = :batchId'
  const byText = filter.text === undefined
    ? ''
    : "AND (l.party LIKE '%' || :text || '%' OR l.memo LIKE '%' || :text || '%' OR l.serial LIKE '%' || :text || '%')"
  const byState = {
    open: "AND coalesce(o.outcome, 'open') = 'open' AND d.id IS NULL",
    drafted: "AND coalesce(o.outcome, 'open') = 'open' AND d.id IS NOT NULL",
    posted: "AND o.outcome = 'posted'",
    matched: "AND o.outcome = 'matched'",
    skipped: "AND o.outcome = 'skipped'",
  }
  return `SELECT ${LINE_COLUMNS} FROM statement_line l INDEXED BY statement_line_by_account ${LINE_JOINS}
    WHERE l.bank_account_id = :bankAccountId AND l.date BETWEEN :from AND :to
      AND (l.date, l.id) < (:beforeDate, :beforeId) ${byBatch} ${byText}
      ${filter.state === undefined ? '' : byState[filter.state]}
    ORDER BY l.date DESC, l.id DESC LIMIT :limit`
}

/** Newest first, each with what became of it. */
export function listLines(ledger: Ledger, filter: LineFilter): readonly StatementLine[] {
  const { before } = filter
  return ledger.prepare<[Record<string, unknown>], StatementLine>(linePage(filter)).all({
    bankAccountId: filter.bankAccountId,
    from: filter.from ?? '0000-01-01',
    to: filter.to ?? '9999-12-31',
    beforeDate: before?.date ?? '9999-12-31',
    beforeId: before?.id ?? Number.MAX_SAFE_INTEGER,
    limit: filter.limit,
    ...(filter.batchId !== undefined && { batchId: filter.batchId }),
    ...(filter.text !== undefined && { text: filter.text }),
  })
}

/** Throws `statement.lineMissing`. */
export function lineOf(ledger: Ledger, id: StatementLineId): StatementLine {
  const row = ledger
    .prepare<[number], StatementLine>(`SELECT ${LINE_COLUMNS} FROM statement_line l ${LINE_JOINS} WHERE l.id = ?`)
    .get(id)
  if (row === undefined) throw new Problem({ code: 'statement.lineMissing', message: '没有这条流水，它所在的一批可能已经撤回' })
  return row
}

export type LineEvent = {
  readonly outcome: 'posted' | 'matched' | 'skipped' | 'open'
  readonly voucherId: VoucherId | null
  readonly reason: string
  readonly actor: string
  readonly at: string
}

/** Everything that was decided about a line, oldest first. */
export function lineHistory(ledger: Ledger, id: StatementLineId): readonly LineEvent[] {
  return ledger
    .prepare<[number], LineEvent>(
      `SELECT o.outcome, o.voucher_id AS voucherId, o.reason, u.name AS actor, o.at
       FROM statement_outcome o JOIN user u ON u.id = o.actor_id WHERE o.statement_line_id = ? ORDER BY o.id`,
    )
    .all(id)
}

function requireOpen(ledger: Ledger, id: StatementLineId): StatementLine {
  const line = lineOf(ledger, id)
  if (line.state === 'drafted') {
    throw new Problem({ code: 'statement.drafted', message: '这条流水已制单待审核：请先审核记账，或作废那张凭证' })
  }
  if (line.state !== 'open') {
    throw new Problem({ code: 'statement.settled', message: '这条流水已经处理过；要改，请先撤销上一次处理并写明原因' })
  }
  return line
}

function tell(context: ServiceContext, id: StatementLineId, outcome: 'skipped' | 'open', reason: string): void {
  context.ledger
    .prepare<unknown[], never>(
      'INSERT INTO statement_outcome (statement_line_id, outcome, reason, actor_id, at) VALUES (?, ?, ?, ?, ?)',
    )
    .run(id, outcome, reason, context.actor.userId, context.clock.now())
  logOperation(context, `statement.${outcome}`, { kind: 'statementLine', id }, { reason })
}

function requireReason(reason: string): string {
  const text = reason.trim()
  if (text === '') throw new Problem({ code: 'statement.reason', message: '请写明原因', field: 'reason' })
  return text
}

/** For lines that need no voucher of their own. Throws `statement.reason`, `statement.drafted`, `statement.settled`. */
export function skipLine(context: ServiceContext, id: StatementLineId, reason: string): void {
  requireRole(context, 'bookkeeper', 'reconciler', 'head')
  const text = requireReason(reason)
  context.ledger.write(() => {
    requireOpen(context.ledger, id)
    tell(context, id, 'skipped', text)
  })
}

/**
 * Ties a line to a posted voucher that moves the same amount on the same account. Throws `statement.account`,
 * `statement.amount`, `statement.drafted`, `statement.settled`.
 */
export function matchLine(context: ServiceContext, id: StatementLineId, voucherId: VoucherId): void {
  requireRole(context, 'bookkeeper', 'reconciler', 'head')
  const { ledger } = context
  ledger.write(() => {
    const { bankAccountId, amountFen } = requireOpen(ledger, id)
    const entries = entriesFor(ledger, { bankAccountId, amountFen }, voucherId)
    writeMatch(context, { bankAccountId, lineIds: [id], entries, method: 'manual', score: null, reason: '人工勾对' })
    logOperation(context, 'statement.matched', { kind: 'statementLine', id }, { voucherId })
  })
}

/**
 * Takes the last outcome back, with all the lines of its match. What its own voucher settled stays settled until that voucher
 * is reversed, or the money would be booked twice. Throws `statement.reason`, `statement.open`, `statement.posted`.
 */
export function reopenLine(context: ServiceContext, id: StatementLineId, reason: string): void {
  requireRole(context, 'bookkeeper', 'reconciler', 'head')
  const { ledger } = context
  const text = requireReason(reason)
  ledger.write(() => {
    const line = lineOf(ledger, id)
    if (line.state === 'open' || line.state === 'drafted') {
      throw new Problem({ code: 'statement.open', message: '这条流水还没有处理，不需要撤销' })
    }
    const match = matchOfLine(ledger, id)
    if (match === null) tell(context, id, 'open', text)
    else undoMatch(context, match, text)
  })
}

export type MatchCandidate = {
  readonly voucherId: VoucherId
  readonly kind: string
  readonly number: number
  readonly date: BusinessDate
  readonly summary: string
  readonly amountFen: Fen
  readonly daysApart: number
}

/** Posted vouchers with this amount on the account, free of other bank lines, nearest date first. */
export const MATCH_CANDIDATES = `
  SELECT v.id AS voucherId, v.kind, v.number, v.date, v.summary, l.debit_fen - l.credit_fen AS amountFen,
    cast(abs(julianday(v.date) - julianday(:date)) AS INTEGER) AS daysApart
  FROM account a CROSS JOIN voucher_line b INDEXED BY voucher_line_by_bank ON b.bank_account_id = :bankAccountId
      AND b.account_id = a.id AND b.date BETWEEN :from AND :to AND b.debit_fen - b.credit_fen = :amountFen
    JOIN voucher_line l ON l.voucher_id = b.voucher_id AND l.line_no = b.line_no
    JOIN voucher v ON v.id = l.voucher_id
  WHERE a.book_id = (SELECT book_id FROM bank_account WHERE id = :bankAccountId) AND a.needs_bank = 1
    AND a.code NOT GLOB '1001.02*'
    AND NOT EXISTS (SELECT 1 FROM reconciliation_entry e WHERE e.voucher_id = b.voucher_id AND e.line_no = b.line_no
      AND NOT EXISTS (SELECT 1 FROM reconciliation_undo u WHERE u.match_id = e.match_id))
  GROUP BY v.id ORDER BY daysApart, v.id LIMIT :limit`

/** Within `days` on either side: a cheque or a month's end moves the bank's day, a quarter does not. */
export function matchCandidates(ledger: Ledger, id: StatementLineId, days: number, limit: number): readonly MatchCandidate[] {
  const line = lineOf(ledger, id)
  return ledger.prepare<[Record<string, unknown>], MatchCandidate>(MATCH_CANDIDATES).all({
    bankAccountId: line.bankAccountId, date: line.date, amountFen: line.amountFen,
    from: addDays(line.date, -days), to: addDays(line.date, days), limit,
  })
}

/** `收 12,000.00 元（示例传媒有限公司）`: names a line in messages. */
export function lineInWords(line: Pick<StatementLine, 'date' | 'amountFen' | 'party'>): string {
  const amount = formatYuan(line.amountFen).replace('-', '')
  return `${line.date} ${line.amountFen < 0 ? '支' : '收'} ${amount} 元${line.party === '' ? '' : `（${line.party}）`}`
}

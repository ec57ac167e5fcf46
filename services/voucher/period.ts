/**
 * Closing months and years (结账). Refused while anything of the period is unposted (财会〔2024〕12号 art. 24); re-opening
 * takes a second person and a reason, never after the year is archived (design invariant 8).
 */
import { firstDayOfMonth, lastDayOfMonth, monthOf, nextMonth, type BusinessDate, type Month } from '#core/calendar.ts'
import type { BookId, DraftId } from '#core/id.ts'
import { Problem } from '#core/problem.ts'
import type { Ledger } from '#db/ledger.ts'
import { bookOf, openPeriod } from './book.ts'
import { openIncomeAndExpenditure } from './closing.ts'
import { requireRole, type ServiceContext } from '../context.ts'
import { logOperation } from '../operation-log.ts'
import { openAtClose } from '../reconciliation/reconciliation-closing.ts'
import { checkBefore } from '../finding/check-step.ts'
import { secondPerson } from '../people/user.ts'

export type Period = { readonly month: Month; readonly state: 'open' | 'closed' | 'archived' }

export function listPeriods(ledger: Ledger, bookId: BookId): readonly Period[] {
  return ledger.prepare<[number], Period>('SELECT month, state FROM period WHERE book_id = ? ORDER BY month DESC').all(bookId)
}

export type PeriodEvent = {
  readonly kind: 'open' | 'close' | 'reopen' | 'archive'
  readonly reason: string
  readonly actor: string
  readonly secondPerson: string | null
  readonly at: string
}

export function periodEvents(ledger: Ledger, bookId: BookId, month: Month): readonly PeriodEvent[] {
  return ledger
    .prepare<[number, string], PeriodEvent>(
      `SELECT e.kind, e.reason, u.name AS actor, s.name AS secondPerson, e.at FROM period_event e
       JOIN user u ON u.id = e.actor_id LEFT JOIN user s ON s.id = e.second_person
       WHERE e.book_id = ? AND e.month = ? ORDER BY e.id`,
    )
    .all(bookId, month)
}

/** One thing that keeps the month from closing: what it is, and which rows to open. */
export type ClosingBlock = { readonly code: string; readonly message: string; readonly draftIds?: readonly DraftId[] }

/**
 * The maintenance fund closes every month (会住维01、02表 are monthly); public income and the daily fund close at the year's
 * end, so that a quarter's income stays readable on its accounts.
 */
function closesThisMonth(fundKind: string, month: Month): boolean {
  return fundKind === 'maintenance' || month.endsWith('-12')
}

/** Everything that keeps `month` from closing, in the order a clerk would clear it; empty when it can be closed. */
export function closingBlocks(ledger: Ledger, bookId: BookId, month: Month): readonly ClosingBlock[] {
  const blocks: ClosingBlock[] = []
  const earlier = ledger
    .prepare<[number, string], { month: Month }>(
      "SELECT month FROM period WHERE book_id = ? AND month < ? AND state = 'open' ORDER BY month",
    )
    .all(bookId, month)
  if (earlier.length > 0) {
    blocks.push({ code: 'period.earlierOpen', message: `先结账：${earlier.map((row) => row.month).join('、')}` })
  }
  const unposted = ledger
    .prepare<unknown[], { id: DraftId; state: string }>(
      `SELECT id, state FROM voucher_draft
        WHERE book_id = ? AND state IN ('draft', 'reviewed') AND date BETWEEN ? AND ? ORDER BY id`,
    )
    .all(bookId, firstDayOfMonth(month), lastDayOfMonth(month))
  if (unposted.length > 0) {
    blocks.push({
      code: 'period.unposted',
      message: `还有 ${unposted.length} 张凭证未记账：请审核记账或作废`,
      draftIds: unposted.map((row) => row.id),
    })
  }
  if (closesThisMonth(bookOf(ledger, bookId).fundKind, month)) {
    const open = openIncomeAndExpenditure(ledger, bookId, lastDayOfMonth(month))
    if (open.length > 0) {
      blocks.push({ code: 'period.notCarriedForward', message: `收支科目还有 ${open.length} 个余额未结转：请先生成结转凭证并记账` })
    }
  }
  return blocks
}

/**
 * Opens the next month. `reason` is needed, and kept, where bank items are still open (`openAtClose`).
 * Throws the first closing block, `period.openItems`, `role.missing`, `finding.block`, `finding.unanswered`, `finding.ownAnswer`.
 */
export function closePeriod(context: ServiceContext, bookId: BookId, month: Month, reason = ''): void {
  requireRole(context, 'head', 'bookkeeper')
  const { ledger } = context
  const [block] = closingBlocks(ledger, bookId, month)
  if (block !== undefined) throw new Problem(block)
  checkBefore(context, 'monthClosed', { complexId: null, bookId, from: firstDayOfMonth(month), to: lastDayOfMonth(month) })
  ledger.write(() => {
    const [open] = openAtClose(ledger, bookId, month)
    if (open !== undefined && reason.trim() === '') {
      throw new Problem({ code: 'period.openItems', message: `${open.message}，确需结账的请写明原因`, field: 'reason' })
    }
    recordEvent(context, bookId, month, 'close', reason.trim(), null)
    openPeriod(context, bookId, nextMonth(month))
  })
}

/** Throws `user.samePerson`, `period.laterClosed`, `period.transition`, `period.reason`. */
export function reopenPeriod(
  context: ServiceContext,
  bookId: BookId,
  month: Month,
  reason: string,
  second: { login: string; password: string },
): void {
  requireRole(context, 'head', 'bookkeeper')
  if (reason.trim() === '') throw new Problem({ code: 'period.reason', message: '请写明反结账的原因', field: 'reason' })
  const other = secondPerson(context, second, 'head', 'reviewer')
  context.ledger.write(() => recordEvent(context, bookId, month, 'reopen', reason, other.userId))
}

/** Seals a year whose twelve months are closed; nothing of it can be re-opened afterwards. Throws `period.yearOpen`. */
export function archiveYear(context: ServiceContext, bookId: BookId, year: number): void {
  requireRole(context, 'archivist', 'head')
  const { ledger } = context
  ledger.write(() => {
    const months = ledger
      .prepare<unknown[], Period>('SELECT month, state FROM period WHERE book_id = ? AND month BETWEEN ? AND ? ORDER BY month')
      .all(bookId, `${year}-01`, `${year}-12`)
    const open = months.filter((period) => period.state === 'open')
    const complete = months.at(-1)?.month === `${year}-12`
    if (open.length > 0 || !complete) {
      throw new Problem({ code: 'period.yearOpen', message: `${year} 年还有月份未结账，全年结账后才能归档` })
    }
    for (const { month, state } of months) if (state === 'closed') recordEvent(context, bookId, month, 'archive', '', null)
  })
}

function recordEvent(
  context: ServiceContext,
  bookId: BookId,
  month: Month,
  kind: 'close' | 'reopen' | 'archive',
  reason: string,
  second: number | null,
): void {
  context.ledger
    .prepare<unknown[], never>(
      'INSERT INTO period_event (book_id, month, kind, reason, actor_id, second_person, at) VALUES (?, ?, ?, ?, ?, ?, ?)',
    )
    .run(bookId, month, kind, reason, context.actor.userId, second, context.clock.now())
  logOperation(context, `period.${kind}`, { kind: 'book', id: bookId }, { month, reason, secondPerson: second })
}

/** Opens every month from the book's last open one up to that of `date`, so that posting there is possible. */
export function openPeriodsThrough(context: ServiceContext, bookId: BookId, date: BusinessDate): void {
  const [latest] = listPeriods(context.ledger, bookId)
  const target = monthOf(date)
  for (let month = latest?.month ?? target; month <= target; month = nextMonth(month)) openPeriod(context, bookId, month)
}

/**
 * Posting (记账): irreversible. Numbers are given here, without gaps per book, period and kind; the hash chain grows here
 * (design invariants 5, 6, 11; 财会〔2024〕12号 art. 21(3)).
 */
import { hash as hashOf } from 'node:crypto'
import { monthOf, type BusinessDate } from '#core/calendar.ts'
import {
  idOf,
  type AccountId,
  type BookId,
  type ComplexId,
  type DecisionId,
  type DraftId,
  type FundTransferId,
  type UserId,
  type VoucherId,
} from '#core/id.ts'
import type { Fen } from '#core/money.ts'
import { assertInvariant, Problem } from '#core/problem.ts'
import { totalDebit, voucherContent, type VoucherKind, type VoucherPurpose } from '#core/voucher/voucher.ts'
import type { Ledger } from '#db/ledger.ts'
import { requireRole, type ServiceContext } from '../context.ts'
import { postEntries } from '../household/household-entry.ts'
import { logOperation } from '../operation-log.ts'
import { settlePosted } from '../reconciliation/reconciliation-match.ts'
import { draftOf, draftProblems, isOfClosing, type Draft } from './voucher-draft.ts'

export type PostedLine = {
  readonly summary: string
  readonly accountId: AccountId
  readonly complexId: ComplexId
  readonly debitFen: Fen
  readonly creditFen: Fen
  readonly buildingId: number | null
  readonly counterpartyId: number | null
  readonly bankAccountId: number | null
  readonly contractId: number | null
  readonly repairId: number | null
  readonly certificateId: number | null
}

export type VoucherToPost = {
  readonly bookId: BookId
  readonly kind: VoucherKind
  readonly date: BusinessDate
  readonly businessDate: BusinessDate
  readonly bankDate: BusinessDate | null
  readonly purpose: VoucherPurpose
  readonly correctsVoucherId: VoucherId | null
  readonly reason: string
  readonly rule: string
  readonly decisionId: DecisionId | null
  readonly pairId: FundTransferId | null
  readonly draftId: DraftId | null
  readonly preparerId: UserId
  readonly reviewerId: UserId
  readonly bookkeeperId: UserId
  readonly postedAt: string
  readonly lines: readonly PostedLine[]
  readonly attachments: readonly string[]
  /** Puts the entries of households beside the lines and gives their digest; '' when there are none. */
  readonly postHouseholds?: (voucherId: VoucherId) => string
}

export type PostedVoucher = {
  readonly id: VoucherId
  readonly bookId: BookId
  readonly kind: VoucherKind
  readonly number: number
  readonly date: BusinessDate
}

export function chainHash(prevHash: string, content: string): string {
  return hashOf('sha256', prevHash + content, 'hex')
}

const LAST_ID = 'SELECT max(id) FROM voucher'
// Unary plus: SQLite plans a statement anew at every call when its order (max, ORDER BY) hangs on a bare parameter, which
// takes ten times as long as the look-up itself.
const LAST_NUMBER = 'SELECT max(number) FROM voucher WHERE book_id = +? AND month = +? AND kind = +?'
const LAST_LINK = 'SELECT chain_no AS chainNo, hash FROM voucher WHERE book_id = +? ORDER BY chain_no DESC LIMIT 1'
const INSERT_LINE = 'INSERT INTO voucher_line VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)'
const INSERT_ATTACHMENT = 'INSERT INTO voucher_attachment VALUES (?, ?)'
const INSERT_VOUCHER = `INSERT INTO voucher VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`

/**
 * Writes one voucher inside the caller's transaction: lines, papers, then the head, which seals and checks the whole in
 * SQL. Throws the trigger's Problem; the transaction is then rolled back by the caller's `write`.
 */
export function appendVoucher(ledger: Ledger, voucher: VoucherToPost): PostedVoucher {
  assertInvariant(ledger.sqlite.inTransaction, 'posting happens inside a transaction')
  const month = monthOf(voucher.date)
  const lastId = ledger.prepare<[], { 'max(id)': number | null }>(LAST_ID).get()?.['max(id)'] ?? 0
  const lastNumber = ledger
    .prepare<unknown[], { 'max(number)': number | null }>(LAST_NUMBER)
    .get(voucher.bookId, month, voucher.kind)?.['max(number)'] ?? 0
  const link = ledger.prepare<[number], { chainNo: number; hash: string }>(LAST_LINK).get(voucher.bookId)
  const id = idOf<'voucher'>(lastId + 1)
  const number = lastNumber + 1
  const prevHash = link?.hash ?? ''
  const closing = isOfClosing(ledger, voucher) ? 1 : 0
  const insertLine = ledger.prepare<unknown[], never>(INSERT_LINE)
  voucher.lines.forEach((line, index) => {
    insertLine.run(id, index + 1, voucher.bookId, voucher.date, line.summary, line.accountId, line.complexId, line.debitFen,
      line.creditFen, closing, line.buildingId, line.counterpartyId, line.bankAccountId, line.contractId, line.repairId,
      line.certificateId)
  })
  const attachments = [...voucher.attachments].sort()
  for (const sha256 of attachments) ledger.prepare<unknown[], never>(INSERT_ATTACHMENT).run(id, sha256)
  const households = voucher.postHouseholds?.(id) ?? ''
  const hash = chainHash(prevHash, voucherContent({ ...voucher, number, attachments, households }))
  ledger.prepare<unknown[], never>(INSERT_VOUCHER).run(id, voucher.bookId, month, voucher.kind, number, voucher.date,
    voucher.businessDate, voucher.bankDate, voucher.lines[0]?.summary ?? '', totalDebit(voucher.lines), voucher.purpose,
    voucher.correctsVoucherId, voucher.reason, voucher.rule, voucher.decisionId, voucher.pairId, attachments.length,
    voucher.draftId, voucher.preparerId, voucher.reviewerId, voucher.bookkeeperId, voucher.postedAt,
    (link?.chainNo ?? 0) + 1, prevHash, hash)
  return { id, bookId: voucher.bookId, kind: voucher.kind, number, date: voucher.date }
}

/** Narrows a reviewed draft's lines: a gap that review let through would be a defect of ours. */
function postedLines(draft: Draft): readonly PostedLine[] {
  return draft.lines.map((line) => {
    assertInvariant(line.accountId !== null && line.complexId !== null, `draft ${draft.id} was reviewed with gaps`)
    return { ...line, accountId: line.accountId, complexId: line.complexId }
  })
}

function postOne(context: ServiceContext, draft: Draft): PostedVoucher {
  const { ledger } = context
  if (draft.state !== 'reviewed' || draft.reviewerId === null) {
    throw new Problem({ code: 'voucher.notReviewed', message: '凭证还没有审核，审核后才能记账' })
  }
  const [problem] = draftProblems(ledger, draft)
  if (problem !== undefined) throw new Problem(problem)
  const posted = appendVoucher(ledger, {
    ...draft,
    businessDate: draft.businessDate ?? draft.date,
    pairId: draft.pairId === null ? null : idOf<'fundTransfer'>(draft.pairId),
    draftId: draft.id,
    reviewerId: draft.reviewerId,
    bookkeeperId: context.actor.userId,
    postedAt: context.clock.now(),
    lines: postedLines(draft),
    postHouseholds: (voucherId) => postEntries(ledger, draft.id, voucherId, draft.date),
  })
  ledger
    .prepare<unknown[], never>("UPDATE voucher_draft SET state = 'posted', updated_at = ? WHERE id = ?")
    .run(context.clock.now(), draft.id)
  if (draft.statementLineId !== null) settlePosted(context, draft.statementLineId, posted.id)
  return posted
}

/**
 * Posts reviewed drafts in the order of their dates, all or none, in one transaction with one log entry. Drafts of a fund
 * transfer are posted by services/voucher/fund-transfer.ts only, both together.
 * Throws `voucher.notReviewed`, `voucher.pair`, `period.closed`, `role.missing`.
 */
export function postDrafts(context: ServiceContext, ids: readonly DraftId[]): readonly PostedVoucher[] {
  requireRole(context, 'bookkeeper')
  const { ledger } = context
  return ledger.write(() => {
    const drafts = ids.map((id) => draftOf(ledger, id)).sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : a.id - b.id))
    if (drafts.some((draft) => draft.pairId !== null)) {
      throw new Problem({ code: 'voucher.pair', message: '成对的划转凭证要一起记账，请在“转入维修资金”中办理' })
    }
    const posted = drafts.map((draft) => postOne(context, draft))
    logOperation(context, 'voucher.post', { kind: 'voucher', ...(posted[0] && { id: posted[0].id }) }, { vouchers: posted })
    return posted
  })
}

/** Both halves of a linked pair, inside the caller's transaction. */
export function postPair(context: ServiceContext, out: DraftId, into: DraftId): readonly [PostedVoucher, PostedVoucher] {
  return [postOne(context, draftOf(context.ledger, out)), postOne(context, draftOf(context.ledger, into))]
}

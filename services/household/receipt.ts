/** The register of special receipts (专用票据): ranges bought, numbers used and void, numbers left out. */
import type { BusinessDate } from '#core/calendar.ts'
import { householdAddress } from '#core/register/household.ts'
import type { DraftId, HouseholdId } from '#core/id.ts'
import type { Fen } from '#core/money.ts'
import { Problem } from '#core/problem.ts'
import { parseReceiptNumber, parseReceiptRange, receiptGaps, receiptText, type ReceiptRange } from '#core/household/receipt.ts'
import type { DraftState } from '#core/voucher/voucher.ts'
import type { Ledger } from '#db/ledger.ts'
import { requireRole, type ServiceContext } from '../context.ts'
import { logOperation } from '../operation-log.ts'

/** As printed on the form: `皖A0001234`. */
export type ReceiptNumber = string

/** Throws `receipt.format`, `receipt.range` also where a number was registered before. Returns the range's number. */
export function addReceiptRange(
  context: ServiceContext,
  facts: { readonly first: ReceiptNumber; readonly last: ReceiptNumber; readonly receivedOn: BusinessDate },
): number {
  requireRole(context, 'preparer', 'cashier', 'bookkeeper')
  const range = parseReceiptRange(facts.first, facts.last)
  const { ledger, clock, actor } = context
  return ledger.write(() => {
    const { lastInsertRowid } = ledger
      .prepare<unknown[], never>(
        `INSERT INTO receipt_range (prefix, first_no, last_no, width, received_on, actor_id, at) VALUES (?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(range.prefix, range.firstNo, range.lastNo, range.width, facts.receivedOn, actor.userId, clock.now())
    const id = Number(lastInsertRowid)
    logOperation(context, 'receipt.range', { kind: 'receiptRange', id }, { ...facts })
    return id
  })
}

type Found = { readonly rangeId: number; readonly number: number }

/** Throws `receipt.unknown` for a number of no range. */
function findNumber(ledger: Ledger, text: ReceiptNumber, row?: number): Found {
  const { prefix, number, width } = parseReceiptNumber(text)
  const range = ledger
    .prepare<[Record<string, unknown>], { readonly id: number }>(
      `SELECT id FROM receipt_range WHERE prefix = :prefix AND width = :width AND first_no <= :number AND last_no >= :number`,
    )
    .get({ prefix, width, number })
  if (range !== undefined) return { rangeId: range.id, number }
  const message = `票据 ${text} 不在已登记的号段内：请核对号码，或先登记领用的号段`
  throw new Problem({ code: 'receipt.unknown', message, field: 'receipt', ...(row !== undefined && { row }) })
}

type Issued = { readonly householdId: HouseholdId; readonly amountFen: Fen; readonly receipt: ReceiptNumber | null }

/** Inside the caller's transaction. Throws `receipt.format`, `receipt.unknown`, `receipt.used` with the row. */
export function issueReceipts(context: ServiceContext, draftId: DraftId, date: BusinessDate, rows: readonly Issued[]): void {
  const { ledger, clock, actor } = context
  const insert = ledger.prepare<unknown[], never>(
    `INSERT INTO receipt_event (range_id, number, kind, on_date, household_id, draft_id, amount_fen, actor_id, at)
     VALUES (?, ?, 'used', ?, ?, ?, ?, ?, ?)`,
  )
  rows.forEach(({ receipt, householdId, amountFen }, index) => {
    if (receipt === null || receipt.trim() === '') return
    const { rangeId, number } = findNumber(ledger, receipt, index + 1)
    if (isKnown(ledger, rangeId, number)) {
      const message = `票据 ${receipt} 已经用过或作废：请核对号码`
      throw new Problem({ code: 'receipt.used', message, field: 'receipt', row: index + 1 })
    }
    insert.run(rangeId, number, date, householdId, draftId, amountFen, actor.userId, clock.now())
  })
}

function isKnown(ledger: Ledger, rangeId: number, number: number): boolean {
  return ledger
    .prepare<[number, number], unknown>('SELECT 1 FROM receipt_event WHERE range_id = ? AND number = ? LIMIT 1')
    .get(rangeId, number) !== undefined
}

/**
 * Used or spoilt, all copies in hand. Throws `receipt.original`, `receipt.reason`, `receipt.unknown`, `receipt.inForce` while
 * the contribution it was given for stands, `receipt.used` when it is void already.
 */
export function voidReceipt(
  context: ServiceContext, facts: { readonly number: ReceiptNumber; readonly reason: string; readonly hasOriginal: boolean },
): void {
  requireRole(context, 'preparer', 'cashier', 'bookkeeper')
  const { ledger, clock, actor } = context
  const reason = facts.reason.trim()
  if (!facts.hasOriginal) {
    throw new Problem({ code: 'receipt.original', message: '作废票据须收回原件，各联一并保存', field: 'hasOriginal' })
  }
  if (reason === '') throw new Problem({ code: 'receipt.reason', message: '请写明作废原因', field: 'reason' })
  const { rangeId, number } = findNumber(ledger, facts.number)
  ledger.write(() => {
    const draft = ledger
      .prepare<[number, number], { readonly state: DraftState }>(
        `SELECT d.state FROM receipt_event e JOIN voucher_draft d ON d.id = e.draft_id
         WHERE e.range_id = ? AND e.number = ? AND e.kind = 'used'`,
      )
      .get(rangeId, number)
    if (draft?.state === 'draft' || draft?.state === 'reviewed') {
      const message = '这份票据的交存凭证还未记账：请先作废那张凭证'
      throw new Problem({ code: 'receipt.inForce', message, field: 'number' })
    }
    ledger
      .prepare<unknown[], never>(
        `INSERT INTO receipt_event (range_id, number, kind, on_date, reason, has_original, actor_id, at)
         VALUES (?, ?, 'void', ?, ?, 1, ?, ?)`,
      )
      .run(rangeId, number, clock.today(), reason, actor.userId, clock.now())
    logOperation(context, 'receipt.void', { kind: 'receiptRange', id: rangeId }, { number: facts.number, reason })
  })
}

export type ListedRange = {
  readonly id: number
  readonly first: ReceiptNumber
  readonly last: ReceiptNumber
  readonly receivedOn: BusinessDate
  readonly count: number
  readonly used: number
  readonly voided: number
  readonly left: number
  /** Below the highest number used or void, in order: `皖A0000007`, or `皖A0000007–皖A0000009`. */
  readonly gaps: readonly string[]
  readonly gapCount: number
}

type RangeRow = ReceiptRange & { readonly id: number; readonly receivedOn: BusinessDate }

/** Newest first. */
export function listReceiptRanges(ledger: Ledger, limit: number): readonly ListedRange[] {
  const rows = ledger
    .prepare<[number], RangeRow>(
      `SELECT id, prefix, first_no AS firstNo, last_no AS lastNo, width, received_on AS receivedOn FROM receipt_range
       ORDER BY id DESC LIMIT ?`,
    )
    .all(limit)
  const numbers = ledger.prepare<[number], { readonly number: number; readonly isVoid: 0 | 1 }>(
    `SELECT number, max(kind = 'void') AS isVoid FROM receipt_event WHERE range_id = ? GROUP BY number ORDER BY number`,
  )
  return rows.map(({ id, receivedOn, ...range }) => {
    const known = numbers.all(id)
    const voided = known.filter(({ isVoid }) => isVoid === 1).length
    const gaps = receiptGaps(range.firstNo, known.map(({ number }) => number))
    const count = range.lastNo - range.firstNo + 1
    return {
      id, receivedOn, count, voided, first: receiptText(range, range.firstNo), last: receiptText(range, range.lastNo),
      used: known.length - voided, left: count - known.length,
      gapCount: gaps.reduce((sum, [from, to]) => sum + to - from + 1, 0),
      gaps: gaps.map(([from, to]) =>
        (from === to ? receiptText(range, from) : `${receiptText(range, from)}–${receiptText(range, to)}`)),
    }
  })
}

export type ListedReceipt = {
  readonly number: number
  readonly text: ReceiptNumber
  readonly onDate: BusinessDate
  readonly address: string | null
  readonly amountFen: Fen | null
  readonly state: 'used' | 'void'
  readonly voidReason: string | null
  /** Its draft was given up although the receipt is out: it must be called in and made void. */
  readonly isOrphan: boolean
}

type ReceiptRow = {
  readonly number: number
  readonly prefix: string
  readonly width: number
  readonly onDate: BusinessDate
  readonly building: string | null
  readonly entrance: string | null
  readonly room: string | null
  readonly amountFen: Fen | null
  readonly voidReason: string | null
  readonly draftState: DraftState | null
}

/** By number; the page after `after`. */
export function listReceipts(
  ledger: Ledger, { rangeId, after, limit }: { readonly rangeId: number; readonly after?: number; readonly limit: number },
): readonly ListedReceipt[] {
  return ledger
    .prepare<[Record<string, unknown>], ReceiptRow>(
      `SELECT n.number, r.prefix, r.width, coalesce(u.on_date, v.on_date) AS onDate, b.name AS building, h.entrance, h.room,
         u.amount_fen AS amountFen, v.reason AS voidReason, d.state AS draftState
       FROM (SELECT DISTINCT number FROM receipt_event WHERE range_id = :rangeId AND number > :after
             ORDER BY number LIMIT :limit) n
         JOIN receipt_range r ON r.id = :rangeId
         LEFT JOIN receipt_event u ON u.range_id = :rangeId AND u.number = n.number AND u.kind = 'used'
         LEFT JOIN receipt_event v ON v.range_id = :rangeId AND v.number = n.number AND v.kind = 'void'
         LEFT JOIN household h ON h.id = u.household_id LEFT JOIN building b ON b.id = h.building_id
         LEFT JOIN voucher_draft d ON d.id = u.draft_id
       ORDER BY n.number`,
    )
    .all({ rangeId, after: after ?? -1, limit })
    .map(({ prefix, width, building, entrance, room, draftState, ...row }) => ({
      number: row.number, text: receiptText({ prefix, width }, row.number), onDate: row.onDate, amountFen: row.amountFen,
      voidReason: row.voidReason, state: row.voidReason === null ? 'used' : 'void',
      isOrphan: draftState === 'void' && row.voidReason === null,
      address: building === null ? null : householdAddress(building, entrance ?? '', room ?? ''),
    }))
}

/** Reading posted vouchers: one in full, lists by page, and what corrected what. */
import type { BusinessDate } from '#core/calendar.ts'
import type { AccountId, BookId, ComplexId, StatementLineId, VoucherId } from '#core/id.ts'
import { parseYuan, type Fen } from '#core/money.ts'
import { Problem } from '#core/problem.ts'
import { VOUCHER_KIND_WORD, VOUCHER_KINDS, type VoucherKind, type VoucherPurpose } from '#core/voucher/voucher.ts'
import type { Ledger } from '#db/ledger.ts'

export type VoucherHead = {
  readonly id: VoucherId
  readonly bookId: BookId
  readonly bookName: string
  readonly kind: VoucherKind
  readonly number: number
  readonly date: BusinessDate
  readonly businessDate: BusinessDate
  readonly bankDate: BusinessDate | null
  readonly summary: string
  readonly amountFen: Fen
  readonly purpose: VoucherPurpose
  readonly correctsVoucherId: VoucherId | null
  readonly reason: string
  readonly rule: string
  readonly decisionId: number | null
  readonly pairId: number | null
  readonly attachmentCount: number
  readonly preparer: string
  readonly reviewer: string
  readonly bookkeeper: string
  readonly postedAt: string
}

export type VoucherLineView = {
  readonly lineNo: number
  readonly summary: string
  readonly accountId: AccountId
  readonly accountCode: string
  readonly accountName: string
  readonly complexId: ComplexId
  readonly complexName: string
  readonly debitFen: Fen
  readonly creditFen: Fen
  readonly buildingId: number | null
  readonly counterpartyId: number | null
  readonly counterpartyName: string | null
  readonly bankAccountId: number | null
  readonly bankName: string | null
  readonly contractId: number | null
  readonly repairId: number | null
  readonly certificateId: number | null
}

/** Enough of another voucher to name it and to open it. */
export type VoucherReference = {
  readonly id: VoucherId
  readonly bookId: BookId
  readonly bookName: string
  readonly kind: VoucherKind
  readonly number: number
  readonly date: BusinessDate
  readonly purpose: VoucherPurpose
}

export type VoucherView = VoucherHead & {
  readonly lines: readonly VoucherLineView[]
  readonly attachments: readonly { readonly sha256: string; readonly name: string; readonly mediaType: string }[]
  /** What this one corrects, and which vouchers correct it. */
  readonly corrects: VoucherReference | null
  readonly correctedBy: readonly VoucherReference[]
  /** The other half of a fund transfer. */
  readonly pairedWith: VoucherReference | null
  /** The bank's line it was made from. */
  readonly statementLineId: StatementLineId | null
}

const HEAD = `SELECT v.id, v.book_id AS bookId, b.name AS bookName, v.kind, v.number, v.date, v.business_date AS businessDate,
    v.bank_date AS bankDate, v.summary, v.amount_fen AS amountFen, v.purpose, v.corrects_voucher_id AS correctsVoucherId,
    v.reason, v.rule, v.decision_id AS decisionId, v.pair_id AS pairId, v.attachment_count AS attachmentCount,
    p.name AS preparer, r.name AS reviewer, k.name AS bookkeeper, v.posted_at AS postedAt
  FROM voucher v JOIN book b ON b.id = v.book_id JOIN user p ON p.id = v.preparer_id JOIN user r ON r.id = v.reviewer_id
    JOIN user k ON k.id = v.bookkeeper_id`

const REFERENCE = `SELECT v.id, v.book_id AS bookId, b.name AS bookName, v.kind, v.number, v.date, v.purpose
  FROM voucher v JOIN book b ON b.id = v.book_id`

const ORIGIN_LINE =
  'SELECT d.statement_line_id AS id FROM voucher v JOIN voucher_draft d ON d.id = v.draft_id WHERE v.id = ?'

/** Throws `voucher.missing`. */
export function voucherOf(ledger: Ledger, id: VoucherId): VoucherView {
  const head = ledger.prepare<[number], VoucherHead>(`${HEAD} WHERE v.id = ?`).get(id)
  if (head === undefined) throw new Problem({ code: 'voucher.missing', message: '没有这张凭证' })
  const lines = ledger
    .prepare<[number], VoucherLineView>(
      `SELECT l.line_no AS lineNo, l.summary, l.account_id AS accountId, a.code AS accountCode, a.name AS accountName,
              l.complex_id AS complexId, c.name AS complexName, l.debit_fen AS debitFen, l.credit_fen AS creditFen,
              l.building_id AS buildingId, l.counterparty_id AS counterpartyId, p.name AS counterpartyName,
              l.bank_account_id AS bankAccountId, k.bank_name AS bankName, l.contract_id AS contractId,
              l.repair_id AS repairId, l.certificate_id AS certificateId
       FROM voucher_line l JOIN account a ON a.id = l.account_id JOIN complex c ON c.id = l.complex_id
         LEFT JOIN counterparty p ON p.id = l.counterparty_id LEFT JOIN bank_account k ON k.id = l.bank_account_id
       WHERE l.voucher_id = ? ORDER BY l.line_no`,
    )
    .all(id)
  const attachments = ledger
    .prepare<[number], { sha256: string; name: string; mediaType: string }>(
      `SELECT a.sha256, a.name, a.media_type AS mediaType FROM voucher_attachment v JOIN attachment a ON a.sha256 = v.sha256
       WHERE v.voucher_id = ? ORDER BY a.sha256`,
    )
    .all(id)
  const references = (where: string, ...values: readonly number[]): readonly VoucherReference[] =>
    ledger.prepare<unknown[], VoucherReference>(`${REFERENCE} WHERE ${where} ORDER BY v.id`).all(...values)
  return {
    ...head,
    lines,
    attachments,
    corrects: head.correctsVoucherId === null ? null : (references('v.id = ?', head.correctsVoucherId)[0] ?? null),
    correctedBy: references('v.corrects_voucher_id = ?', id),
    pairedWith: head.pairId === null ? null : (references('v.pair_id = ? AND v.id <> ?', head.pairId, id)[0] ?? null),
    statementLineId: ledger.prepare<[number], { id: StatementLineId | null }>(ORIGIN_LINE).get(id)?.id ?? null,
  }
}

export type VoucherFilter = {
  readonly bookId: BookId
  readonly from?: BusinessDate
  readonly to?: BusinessDate
  readonly complexId?: number
  readonly text?: string
  /** Keyset: vouchers before this one in the list. */
  readonly before?: { readonly date: BusinessDate; readonly id: number }
  readonly limit: number
}

/** Newest first; a page costs the same whatever the size of the book. */
export function listVouchers(ledger: Ledger, filter: VoucherFilter): readonly VoucherHead[] {
  const complexClause = filter.complexId === undefined
    ? ''
    : 'AND EXISTS (SELECT 1 FROM voucher_line l WHERE l.voucher_id = v.id AND l.complex_id = :complexId)'
  const textClause = filter.text === undefined ? '' : "AND v.summary LIKE '%' || :text || '%'"
  const parameters: Record<string, unknown> = {
    bookId: filter.bookId,
    from: filter.from ?? '0000-01-01',
    beforeDate: filter.before?.date ?? filter.to ?? '9999-12-31',
    beforeId: filter.before?.id ?? Number.MAX_SAFE_INTEGER,
    limit: filter.limit,
  }
  if (filter.complexId !== undefined) parameters['complexId'] = filter.complexId
  if (filter.text !== undefined) parameters['text'] = filter.text
  return ledger
    .prepare<[Record<string, unknown>], VoucherHead>(
      `${HEAD} WHERE v.book_id = :bookId AND v.date >= :from AND (v.date, v.id) < (:beforeDate, :beforeId)
       ${complexClause} ${textClause} ORDER BY v.date DESC, v.id DESC LIMIT :limit`,
    )
    .all(parameters)
}

/** Finds by number as a clerk says it: kind, number and period. */
export function findVoucher(
  ledger: Ledger,
  bookId: BookId,
  month: string,
  kind: VoucherKind,
  number: number,
): VoucherHead | undefined {
  return ledger
    .prepare<unknown[], VoucherHead>(`${HEAD} WHERE v.book_id = ? AND v.month = ? AND v.kind = ? AND v.number = ?`)
    .get(bookId, month, kind, number)
}

export type VoucherSearch = {
  readonly bookId: BookId
  readonly text: string
  /** Amounts and words are looked for between these days: a whole book has no index for them. */
  readonly from: BusinessDate
  readonly to: BusinessDate
  readonly limit: number
}

const NUMBER_TEXT = /^([收付转记])?[-\s]?0*([1-9]\d{0,8})号?$/

/** Newest first: vouchers of that number in any month, then of that amount or with those words in the summary. */
export function findVouchers(ledger: Ledger, search: VoucherSearch): readonly VoucherHead[] {
  const { bookId, text, from, to, limit } = search
  const [, word, number] = NUMBER_TEXT.exec(text.trim()) ?? []
  const kinds = VOUCHER_KINDS.filter((kind) => word === undefined || VOUCHER_KIND_WORD[kind] === word)
  const byNumber = number === undefined
    ? []
    : ledger
        .prepare<unknown[], VoucherHead>(
          `${HEAD} WHERE v.book_id = ? AND v.month IN (SELECT month FROM period WHERE book_id = ?) AND v.number = ?
             AND v.kind IN (SELECT value FROM json_each(?)) ORDER BY v.month DESC, v.id DESC LIMIT ?`,
        )
        .all(bookId, bookId, Number(number), JSON.stringify(kinds), limit)
  const byContent = ledger
    .prepare<unknown[], VoucherHead>(
      `${HEAD} WHERE v.book_id = ? AND v.date BETWEEN ? AND ? AND (v.amount_fen = ? OR v.summary LIKE '%' || ? || '%')
       ORDER BY v.date DESC, v.id DESC LIMIT ?`,
    )
    .all(bookId, from, to, fenIn(text), text.trim(), limit)
  const known = new Set(byNumber.map(({ id }) => id))
  return [...byNumber, ...byContent.filter(({ id }) => !known.has(id))].slice(0, limit)
}

/** The amount a text means, null for anything else. */
function fenIn(text: string): Fen | null {
  try {
    return parseYuan(text)
  } catch (error) {
    if (error instanceof Problem) return null
    throw error
  }
}

/** Facts of receipts and of vouchers without papers for the self-check: registers of the whole office. */
import type { BusinessDate } from '#core/calendar.ts'
import type { Finding } from '#core/checks/finding.ts'
import { findReceiptAmounts, findReceiptNumbers, type IssuedReceipt } from '#core/checks/households.ts'
import type { CheckRuleId } from '#core/checks/rules.ts'
import { findWithoutPaper, type CheckedVoucher } from '#core/checks/vouchers.ts'
import type { ComplexId } from '#core/id.ts'
import { receiptText } from '#core/household/receipt.ts'
import { voucherWord, type VoucherKind } from '#core/voucher/voucher.ts'
import { bookOf } from '../voucher/book.ts'
import { isInPeriod, type CheckReader } from './finding-scope.ts'

type NumberRow = { readonly number: number; readonly isVoid: 0 | 1; readonly hasOriginal: 0 | 1 }
type RangeRow = {
  readonly id: number
  readonly prefix: string
  readonly from: number
  readonly to: number
  readonly width: number
}

const RANGES = 'SELECT id, prefix, first_no AS "from", last_no AS "to", width FROM receipt_range WHERE id > 0 ORDER BY id'

function rangeName(range: RangeRow): string {
  return `${receiptText(range, range.from)}–${receiptText(range, range.to)}`
}

function receiptFindings({ ledger }: CheckReader): readonly Finding[] {
  const numbers = ledger.prepare<[number], NumberRow>(
    `SELECT number, max(kind = 'void') AS isVoid, max(has_original) AS hasOriginal FROM receipt_event
     WHERE range_id = ? GROUP BY number ORDER BY number`,
  )
  return findReceiptNumbers(ledger.prepare<[], RangeRow>(RANGES).all().map((range) => ({
    id: range.id,
    name: rangeName(range),
    from: range.from,
    to: range.to,
    used: numbers.all(range.id).map(({ number, isVoid, hasOriginal }) =>
      ({ number, isVoid: isVoid === 1, hasOriginal: hasOriginal === 1 })),
  })))
}

/**
 * Receipts out there whose entry is posted or given up. One entry may pay two parts of a household, each with a receipt or
 * without: a receipt agrees with one of the lines, or with all of them.
 */
const IN_USE = `
  SELECT e.number, e.on_date AS onDate, e.amount_fen AS amountFen, CASE
      WHEN v.id IS NULL OR EXISTS (SELECT 1 FROM voucher x WHERE x.corrects_voucher_id = v.id AND x.purpose = 'reversal') THEN 0
      WHEN EXISTS (SELECT 1 FROM voucher_draft_household g
        WHERE g.draft_id = e.draft_id AND g.household_id = e.household_id AND g.amount_fen = e.amount_fen) THEN e.amount_fen
      ELSE (SELECT coalesce(sum(g.amount_fen), 0) FROM voucher_draft_household g
        WHERE g.draft_id = e.draft_id AND g.household_id = e.household_id) END AS postedFen
  FROM receipt_event e JOIN voucher_draft d ON d.id = e.draft_id AND d.state IN ('posted', 'void')
    LEFT JOIN voucher v ON v.draft_id = d.id
  WHERE e.range_id = :range AND e.kind = 'used' AND e.on_date BETWEEN :from AND :to
    AND NOT EXISTS (SELECT 1 FROM receipt_event o WHERE o.range_id = e.range_id AND o.number = e.number AND o.kind = 'void')
  ORDER BY e.number`

type InUseRow = Pick<IssuedReceipt, 'onDate' | 'amountFen' | 'postedFen'> & { readonly number: number }

function receiptAmounts({ ledger, scope }: CheckReader): readonly IssuedReceipt[] {
  const inUse = ledger.prepare<[Record<string, unknown>], InUseRow>(IN_USE)
  return ledger.prepare<[], RangeRow>(RANGES).all().flatMap((range) =>
    inUse.all({ range: range.id, from: scope.from ?? '0000-01-01', to: scope.to }).map(({ number, ...receipt }) =>
      ({ ...receipt, rangeId: range.id, rangeName: rangeName(range), text: receiptText(range, number) })))
}

/** Vouchers of the partial index; those from the bank's lines have their statement for a paper. */
const VOUCHERS_WITHOUT_PAPER = `
  SELECT v.id, v.kind, v.number, v.date, v.amount_fen AS amountFen, d.statement_line_id AS statementLineId,
    coalesce(json_extract(nullif(v.rule, ''), '$.by'), '') AS ruleBy,
    (SELECT l.complex_id FROM voucher_line l WHERE l.voucher_id = v.id ORDER BY l.line_no LIMIT 1) AS complexId
  FROM book k CROSS JOIN voucher v INDEXED BY voucher_without_paper
    ON v.book_id = k.id AND v.date BETWEEN :from AND :to
    LEFT JOIN voucher_draft d ON d.id = v.draft_id
  WHERE v.attachment_count = 0 AND v.purpose = 'ordinary' AND v.decision_id IS NULL AND (:bookId IS NULL OR k.id = :bookId)
  ORDER BY v.id`

type VoucherRow = Pick<CheckedVoucher, 'id' | 'amountFen'> & {
  readonly kind: VoucherKind
  readonly number: number
  readonly date: BusinessDate
  readonly statementLineId: number | null
  readonly ruleBy: string
  readonly complexId: ComplexId | null
}

/** A rule that works figures out of the ledger itself has its basis there; money that leaves has a paper. */
const NEEDS_PAPER: readonly string[] = ['', 'publicIncome.cost', 'publicIncome.use']

function voucherFindings({ ledger, scope }: CheckReader): readonly Finding[] {
  const rows = ledger
    .prepare<[Record<string, unknown>], VoucherRow>(VOUCHERS_WITHOUT_PAPER)
    .all({ from: scope.from ?? '0000-01-01', to: scope.to, bookId: scope.bookId })
    .filter(({ date, complexId }) => isInPeriod(scope, date) && (scope.complexId === null || complexId === scope.complexId))
  return findWithoutPaper(rows.map((row) => ({
    id: row.id,
    label: `${row.date} ${voucherWord(row.kind, row.number)}`,
    complexId: row.complexId,
    amountFen: row.amountFen,
    papers: 0,
    hasBankLine: row.statementLineId !== null,
    needsPaper: NEEDS_PAPER.includes(row.ruleBy),
  })))
}

/** A range of receipts is the office's, not one complex's, and serves the maintenance fund alone. */
function mayReadReceipts({ ledger, scope }: CheckReader): boolean {
  if (scope.complexId !== null) return false
  return scope.bookId === null || bookOf(ledger, scope.bookId).fundKind === 'maintenance'
}

/** Receipts and vouchers of the whole office. */
export function registerFindings(reader: CheckReader, rules: ReadonlySet<CheckRuleId>): readonly Finding[] {
  return [
    ...(rules.has('receipt.numbers') && mayReadReceipts(reader) ? receiptFindings(reader) : []),
    ...(rules.has('receipt.amount') && mayReadReceipts(reader) ? findReceiptAmounts(receiptAmounts(reader)) : []),
    ...(rules.has('voucher.noPaper') ? voucherFindings(reader) : []),
  ]
}

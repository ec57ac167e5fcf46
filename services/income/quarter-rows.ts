/**
 * The rows of a complex's quarter, summed in SQL over the complex's index: income per source, costs and uses per voucher,
 * transfers. The key of a row is worked out by the same SQL text when it is summed and when it is opened, so a figure
 * and the vouchers behind it cannot drift apart. Lines of closing vouchers and of opening balances are no activity.
 */
import { addQuarters, quarterBounds, type BusinessDate, type Quarter } from '#core/calendar.ts'
import { idOf, type BookId, type ComplexId, type VoucherId } from '#core/id.ts'
import type { Fen } from '#core/money.ts'
import type { VoucherKind, VoucherPurpose } from '#core/voucher/voucher.ts'
import type { Ledger } from '#db/ledger.ts'

/** What one quarter's queries run over. */
export type QuarterScope = {
  readonly bookId: BookId
  readonly complexId: ComplexId
  readonly quarter: Quarter
  readonly from: BusinessDate
  readonly to: BusinessDate
}

export function quarterScope(bookId: BookId, complexId: ComplexId, quarter: Quarter): QuarterScope {
  const { first, last } = quarterBounds(quarter)
  return { bookId, complexId, quarter, from: first, to: last }
}

/** A frozen sheet carries so many row numbers per figure; what is behind a larger one is asked from the ledger. */
export const MAX_REFS = 100

/**
 * A source that pays once a year is silent for three quarters; looking back over four finds it again. One-off money of
 * earlier years does not ask for a reason for ever.
 */
export const QUARTERS_LOOKED_BACK = 4

const OF_COMPLEX = `account a CROSS JOIN voucher_line l INDEXED BY voucher_line_by_complex
    ON l.book_id = a.book_id AND l.complex_id = :complexId AND l.account_id = a.id
  JOIN voucher v ON v.id = l.voucher_id`
const ACTIVITY = "l.closing = 0 AND v.purpose <> 'opening'"

/** Contract, or category and firm; individuals of a category share one row, as the board must not tell them apart. */
const INCOME_ROW = `CASE WHEN a.class = 'netAssets' THEN 'correction'
  WHEN l.contract_id IS NOT NULL THEN 'contract:' || l.contract_id
  WHEN p.kind IN ('company', 'publicBody') THEN 'income:' || a.code || ':' || p.id
  ELSE 'income:' || a.code END`
const QUARTER_OF_LINE = "substr(l.date, 1, 4) || 'Q' || ((CAST(substr(l.date, 6, 2) AS INTEGER) + 2) / 3)"
/** Source papers: attachments, the bank's own line, and for a correction those of the voucher it corrects. */
const PAPERS = `v.attachment_count
  + EXISTS (SELECT 1 FROM statement_outcome o WHERE o.voucher_id = v.id AND o.outcome IN ('posted', 'matched'))
  + coalesce((SELECT c.attachment_count FROM voucher c WHERE c.id = v.corrects_voucher_id), 0)`

export const INCOME_ROWS = `
  SELECT rowKey, quarter, code, category, contractId, number, place, ownersShare, endsOn, partyKind, partyName,
         sum(amountFen) AS amountFen, sum(papers) AS papers,
         group_concat(DISTINCT nullif(redReason, '')) AS redReasons,
         json_group_array(voucherId ORDER BY voucherId) AS vouchers
  FROM (SELECT ${INCOME_ROW} AS rowKey, ${QUARTER_OF_LINE} AS quarter, a.code, a.name AS category, l.contract_id AS contractId,
               k.number, k.place, k.owners_share_micro AS ownersShare, coalesce(e.ended_on, k.ends_on) AS endsOn,
               p.kind AS partyKind, CASE WHEN p.kind <> 'individual' THEN p.name END AS partyName,
               l.voucher_id AS voucherId, sum(l.credit_fen - l.debit_fen) AS amountFen, ${PAPERS} AS papers,
               CASE WHEN sum(l.credit_fen - l.debit_fen) < 0 THEN v.reason END AS redReason
        FROM ${OF_COMPLEX}
          LEFT JOIN counterparty p ON p.id = l.counterparty_id
          LEFT JOIN contract k ON k.id = l.contract_id LEFT JOIN contract_end e ON e.contract_id = k.id
        WHERE a.book_id = :bookId AND a.class IN ('income', 'netAssets') AND l.date BETWEEN :from AND :to AND ${ACTIVITY}
        GROUP BY rowKey, l.voucher_id)
  GROUP BY rowKey, quarter ORDER BY code, rowKey, quarter`

type IncomeSqlRow = {
  readonly rowKey: string
  readonly quarter: Quarter
  readonly code: string
  readonly category: string
  readonly contractId: number | null
  readonly number: string | null
  readonly place: string | null
  readonly ownersShare: number | null
  readonly endsOn: BusinessDate | null
  readonly partyKind: 'company' | 'publicBody' | 'individual' | null
  readonly partyName: string | null
  readonly amountFen: Fen
  readonly papers: number
  readonly redReasons: string | null
}
/** Income of one source in one quarter; `redReasons` are those of its refunds and reversals. */
export type SourceQuarter = IncomeSqlRow & { readonly vouchers: readonly VoucherId[] }

/** `[1,2,3]` as SQLite writes it, cut to what a figure carries. */
function refsOf(json: string): readonly VoucherId[] {
  const texts = json.slice(1, -1).split(',').filter((text) => text !== '')
  return texts.slice(0, MAX_REFS).map((text) => idOf<'voucher'>(Number(text)))
}

/** Every source with activity in this quarter, this year, or the quarters looked back. */
export function incomeBySource(ledger: Ledger, scope: QuarterScope): readonly SourceQuarter[] {
  const { bookId, complexId, quarter, to } = scope
  const from = quarterBounds(addQuarters(quarter, -QUARTERS_LOOKED_BACK)).first
  return ledger
    .prepare<[Record<string, unknown>], IncomeSqlRow & { vouchers: string }>(INCOME_ROWS)
    .all({ bookId, complexId, from, to })
    .map((row) => ({ ...row, vouchers: refsOf(row.vouchers) }))
}

export const SPENDING_ROWS = `
  SELECT 'voucher:' || l.voucher_id || ':' || a.code AS rowKey, a.code, a.name AS category, l.voucher_id AS voucherId,
         v.kind, v.number, v.date, v.purpose, v.reason, v.summary AS voucherSummary, min(l.summary) AS summary,
         json_extract(nullif(v.rule, ''), '$.document') AS document, d.number AS decisionNo, d.decided_on AS decidedOn,
         min(p.kind) AS payeeKind, sum(l.debit_fen - l.credit_fen) AS amountFen, ${PAPERS} AS papers
  FROM ${OF_COMPLEX}
    LEFT JOIN counterparty p ON p.id = l.counterparty_id LEFT JOIN decision d ON d.id = v.decision_id
  WHERE a.book_id = :bookId AND a.class = 'expenditure' AND l.date BETWEEN :from AND :to AND ${ACTIVITY}
  GROUP BY a.id, l.voucher_id ORDER BY a.code, v.date, l.voucher_id`

/** One voucher's spending on one account. */
export type SpendingRow = {
  readonly rowKey: string
  readonly code: string
  readonly category: string
  readonly voucherId: VoucherId
  readonly kind: VoucherKind
  readonly number: number
  readonly date: BusinessDate
  readonly purpose: VoucherPurpose
  readonly reason: string
  readonly voucherSummary: string
  readonly summary: string
  readonly document: string | null
  readonly decisionNo: string | null
  readonly decidedOn: BusinessDate | null
  readonly payeeKind: 'company' | 'publicBody' | 'individual' | null
  readonly amountFen: Fen
  readonly papers: number
}

export function spendingByVoucher(ledger: Ledger, scope: QuarterScope): readonly SpendingRow[] {
  const { bookId, complexId, from, to } = scope
  return ledger.prepare<[Record<string, unknown>], SpendingRow>(SPENDING_ROWS).all({ bookId, complexId, from, to })
}

export const PERSON_NAMES = `
  SELECT DISTINCT p.name FROM ${OF_COMPLEX} JOIN counterparty p ON p.id = l.counterparty_id
  WHERE a.book_id = :bookId AND l.date BETWEEN :from AND :to AND p.kind = 'individual'
  UNION SELECT p.name FROM contract c INDEXED BY contract_by_complex JOIN counterparty p ON p.id = c.counterparty_id
  WHERE c.complex_id = :complexId AND c.ends_on >= :from AND p.kind = 'individual'`

/** Names of individuals the complex dealt with: what must not be read on its board. */
export function personNames(ledger: Ledger, scope: QuarterScope): readonly string[] {
  const { bookId, complexId, quarter, to } = scope
  const from = quarterBounds(addQuarters(quarter, -QUARTERS_LOOKED_BACK)).first
  return ledger
    .prepare<[Record<string, unknown>], { name: string }>(PERSON_NAMES)
    .all({ bookId, complexId, from, to })
    .map((row) => row.name)
}

export const FIGURE_PARTS = ['opening', 'income', 'yearToDate', 'costs', 'uses', 'transfers', 'net', 'closing'] as const
export type FigurePart = (typeof FIGURE_PARTS)[number]

export type FigureScope = QuarterScope & {
  readonly part: FigurePart
  /** A row's id; null for the part's total. */
  readonly rowId: string | null
  readonly after?: { readonly date: BusinessDate; readonly voucherId: number; readonly lineNo: number }
  readonly limit: number
}

/** Signed as the figure counts it: the lines of a figure add up to it. */
export type FigureLine = {
  readonly voucherId: VoucherId
  readonly lineNo: number
  readonly date: BusinessDate
  readonly kind: VoucherKind
  readonly number: number
  readonly summary: string
  readonly accountCode: string
  readonly accountName: string
  readonly amountFen: Fen
}

const MONEY = "a.class IN ('asset', 'liability')"
const EARNED = "a.class IN ('income', 'netAssets')"
const PART: Readonly<Record<FigurePart, { readonly where: string; readonly sign: '+' | '-' }>> = {
  opening: { where: `${MONEY} AND (l.date < :from OR (l.date <= :to AND v.purpose = 'opening'))`, sign: '+' },
  closing: { where: `${MONEY} AND l.date <= :to`, sign: '+' },
  income: { where: `${EARNED} AND l.date BETWEEN :from AND :to AND ${ACTIVITY}`, sign: '-' },
  yearToDate: { where: `${EARNED} AND l.date BETWEEN substr(:to, 1, 4) || '-01-01' AND :to AND ${ACTIVITY}`, sign: '-' },
  costs: { where: `a.code GLOB '5001*' AND l.date BETWEEN :from AND :to AND ${ACTIVITY}`, sign: '+' },
  uses: {
    where: `a.class = 'expenditure' AND a.code NOT GLOB '5001*' AND a.code NOT GLOB '5201*'
      AND l.date BETWEEN :from AND :to AND ${ACTIVITY}`,
    sign: '+',
  },
  transfers: { where: `a.code GLOB '5201*' AND l.date BETWEEN :from AND :to AND ${ACTIVITY}`, sign: '+' },
  net: { where: `(${EARNED} OR a.code GLOB '5001*') AND l.date BETWEEN :from AND :to AND ${ACTIVITY}`, sign: '-' },
}
const ROW_KEY: Readonly<Record<FigurePart, string>> = {
  opening: "coalesce('bank:' || l.bank_account_id, 'account:' || a.code)",
  closing: "coalesce('bank:' || l.bank_account_id, 'account:' || a.code)",
  income: INCOME_ROW,
  yearToDate: INCOME_ROW,
  costs: "'voucher:' || l.voucher_id || ':' || a.code",
  uses: "'voucher:' || l.voucher_id || ':' || a.code",
  transfers: "'voucher:' || l.voucher_id || ':' || a.code",
  net: "''",
}

/** `account:5001.04` opens a folded row: all vouchers of that account. */
export const FIGURE_LINES = (part: FigurePart, byRow: boolean): string => `
  SELECT l.voucher_id AS voucherId, l.line_no AS lineNo, l.date, v.kind, v.number, l.summary, a.code AS accountCode,
         a.name AS accountName, ${PART[part].sign === '+' ? '' : '-'}(l.debit_fen - l.credit_fen) AS amountFen
  FROM ${OF_COMPLEX} LEFT JOIN counterparty p ON p.id = l.counterparty_id
  WHERE a.book_id = :bookId AND ${PART[part].where}
    AND (l.date, l.voucher_id, l.line_no) > (:afterDate, :afterVoucher, :afterLine)
    ${byRow ? `AND :rowId IN (${ROW_KEY[part]}, 'account:' || a.code)` : ''}
  ORDER BY l.date, l.voucher_id, l.line_no LIMIT :limit`

/** The lines behind a figure, oldest first, by page. */
export function figureLines(ledger: Ledger, scope: FigureScope): readonly FigureLine[] {
  const { part, rowId, after } = scope
  return ledger
    .prepare<[Record<string, unknown>], FigureLine>(FIGURE_LINES(part, rowId !== null))
    .all({
      bookId: scope.bookId,
      complexId: scope.complexId,
      to: scope.to,
      from: scope.from,
      rowId,
      afterDate: after?.date ?? '',
      afterVoucher: after?.voucherId ?? 0,
      afterLine: after?.lineNo ?? 0,
      limit: scope.limit,
    })
}

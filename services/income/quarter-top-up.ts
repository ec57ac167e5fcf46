/**
 * What a quarter's public income owes the maintenance fund by the profile's rule, what has been moved for it, and what to
 * propose; and the daily fund's summary that hangs beside it.
 */
import { dueDate } from '#core/disclosure/due.ts'
import type { DailyFundSummary, TopUpFact } from '#core/disclosure/quarter-input.ts'
import type { FundKind } from '#core/fund.ts'
import type { BookId, ComplexId } from '#core/id.ts'
import { addFen, fen, subtractFen, ZERO_FEN, type Fen } from '#core/money.ts'
import { policyValueText } from '#core/policy/policy-text.ts'
import { splitByPercent, topUpDemand, type TopUpRule } from '#core/income/public-income-split.ts'
import { formatPercent } from '#core/rate.ts'
import type { Ledger } from '#db/ledger.ts'
import type { Complex } from '../register/complex.ts'
import type { Policy } from '../policy/policy.ts'
import type { QuarterScope } from './quarter-rows.ts'

/** The office's book of a fund, or null: an office may well keep only one kind. */
export function bookIdOf(ledger: Ledger, fundKind: FundKind): BookId | null {
  return ledger.prepare<[string], { id: BookId }>('SELECT id FROM book WHERE fund_kind = ? ORDER BY id').get(fundKind)?.id ?? null
}

export const COMPLEX_BALANCE = `
  SELECT coalesce(sum(l.debit_fen - l.credit_fen), 0) AS balanceFen
  FROM account a CROSS JOIN voucher_line l INDEXED BY voucher_line_by_complex
    ON l.book_id = a.book_id AND l.complex_id = :complexId AND l.account_id = a.id
  WHERE a.book_id = :bookId AND a.class IN ('asset', 'liability') AND l.date <= :to`

/** What a complex has in a book: everything owned less everything owed. */
function balanceOf(ledger: Ledger, bookId: BookId | null, complexId: ComplexId, to: string): Fen {
  if (bookId === null) return ZERO_FEN
  const row = ledger.prepare<[Record<string, unknown>], { balanceFen: Fen }>(COMPLEX_BALANCE).get({ bookId, complexId, to })
  return row?.balanceFen ?? ZERO_FEN
}

/** A reversal settles what its original settled; a transfer that names no quarter counts for the one of its date. */
export const TRANSFERS_FOR_QUARTER = `
  SELECT coalesce(sum(l.debit_fen - l.credit_fen), 0) AS totalFen,
         coalesce(sum(l.debit_fen - l.credit_fen) FILTER (WHERE l.date <= :to), 0) AS withinFen
  FROM account a CROSS JOIN voucher_line l INDEXED BY voucher_line_by_complex
    ON l.book_id = a.book_id AND l.complex_id = :complexId AND l.account_id = a.id
  JOIN voucher v ON v.id = l.voucher_id LEFT JOIN voucher o ON o.id = v.corrects_voucher_id
  WHERE a.book_id = :bookId AND a.code GLOB '5201*' AND l.date >= :from AND l.closing = 0 AND v.purpose <> 'opening'
    AND coalesce(json_extract(nullif(v.rule, ''), '$.quarter'), json_extract(nullif(o.rule, ''), '$.quarter'),
      substr(l.date, 1, 4) || 'Q' || ((CAST(substr(l.date, 6, 2) AS INTEGER) + 2) / 3)) = :quarter`

/** Moved for the quarter: in all, and by its last day. */
export type Transferred = { readonly totalFen: Fen; readonly withinFen: Fen }

export function transferredFor(ledger: Ledger, scope: QuarterScope): Transferred {
  const { bookId, complexId, quarter, from, to } = scope
  const parameters = { bookId, complexId, quarter, from, to }
  const nothing = { totalFen: ZERO_FEN, withinFen: ZERO_FEN }
  return ledger.prepare<[Record<string, unknown>], Transferred>(TRANSFERS_FOR_QUARTER).get(parameters) ?? nothing
}

export type TopUpFigures = {
  /** Income less costs of the quarter. */
  readonly net: Fen
  /** Left of the public income at the quarter's end, as if nothing had been moved for it. */
  readonly accountBalance: Fen
  readonly transferred: Transferred
}

export type TopUpProposal = {
  readonly fact: TopUpFact
  /** What to move now so that the rule is met; null where no figure can be worked out. */
  readonly proposedFen: Fen | null
  /** `default`: no rule with a figure, but a share that holds where nothing was decided. */
  readonly basis: 'rule' | 'default' | 'none'
}

function needsFirstDeposit(rule: TopUpRule): boolean {
  return rule.mode === 'min_pct_if_fund_below' || ('stopAtFirstDeposit' in rule && rule.stopAtFirstDeposit)
}

export function topUpProposal(
  ledger: Ledger,
  scope: QuarterScope,
  facts: { complex: Complex; policy: Policy; figures: TopUpFigures },
): TopUpProposal {
  const { complex, policy, figures } = facts
  const { totalFen: transferred, withinFen } = figures.transferred
  const due = policy.value('transfer.due')
  const dueBy = due === null ? null : dueDate(due, scope.quarter)
  const rule = policy.value('topUp.rule')
  const open = (minimum: Fen): Fen => fen(Math.max(0, subtractFen(minimum, transferred)))
  const none = (text: string): TopUpProposal => {
    const share = policy.value('topUp.defaultPercent')
    const fact = { required: null, strict: false, transferred, dueBy, rule: text }
    if (share === null) return { fact, proposedFen: null, basis: 'none' }
    const { toFund } = splitByPercent(figures.net, share)
    const why = `${text}；没有约定时净收益的 ${formatPercent(share)}% 补充维修资金`
    return { fact: { ...fact, required: toFund, rule: why }, proposedFen: open(toFund), basis: 'default' }
  }
  if (rule === null || rule.mode === 'unknown') return none('未定比例')
  const text = policyValueText('topUp.rule', rule)
  if (needsFirstDeposit(rule) && complex.firstDepositFen === null) return none(`${text}（首期交存额待填写）`)
  const demand = topUpDemand(rule, {
    net: figures.net,
    accountBalance: figures.accountBalance,
    // As it stood before this quarter's own top-up, or paying in part would make the rule let go of the rest.
    fundBalance: subtractFen(balanceOf(ledger, bookIdOf(ledger, 'maintenance'), complex.id, scope.to), withinFen),
    firstDeposit: fen(complex.firstDepositFen ?? 0),
  })
  if (demand.minimum === null) return none(text)
  // The least amount of a "more than" rule is one fen past the bound; the sheet states the bound.
  const strict = 'strict' in rule && rule.strict && !demand.capped && demand.minimum > 0
  const required = strict ? fen(demand.minimum - 1) : demand.minimum
  return { fact: { required, strict, transferred, dueBy, rule: text }, proposedFen: open(demand.minimum), basis: 'rule' }
}

export const DAILY_FUND = `
  SELECT a.class,
         sum(CASE WHEN l.date < :from OR (SELECT v.purpose FROM voucher v WHERE v.id = l.voucher_id) = 'opening'
             THEN l.debit_fen - l.credit_fen ELSE 0 END) AS openingFen,
         sum(l.debit_fen - l.credit_fen) AS closingFen,
         sum(CASE WHEN a.needs_bank = 1 THEN l.debit_fen - l.credit_fen ELSE 0 END) AS bankFen
  FROM account a CROSS JOIN voucher_line l INDEXED BY voucher_line_by_complex
    ON l.book_id = a.book_id AND l.complex_id = :complexId AND l.account_id = a.id
  WHERE a.book_id = :bookId AND l.date <= :to AND l.closing = 0 GROUP BY a.class`

/** Null where the office keeps no daily fund, or the complex has none. */
export function dailyFund(ledger: Ledger, scope: QuarterScope): DailyFundSummary | null {
  const bookId = bookIdOf(ledger, 'dailyMaintenance')
  if (bookId === null) return null
  const { complexId, from, to } = scope
  const rows = ledger
    .prepare<[Record<string, unknown>], { class: string; openingFen: Fen; closingFen: Fen; bankFen: Fen }>(DAILY_FUND)
    .all({ bookId, complexId, from, to })
  if (rows.length === 0) return null
  const money = rows.filter((row) => row.class === 'asset' || row.class === 'liability')
  const moved = (kind: string): Fen => {
    const [of] = rows.filter((row) => row.class === kind)
    return of === undefined ? ZERO_FEN : subtractFen(of.closingFen, of.openingFen)
  }
  const figure = (amount: Fen) => ({ amount, refs: [] })
  return {
    opening: figure(addFen(...money.map((row) => row.openingFen))),
    income: figure(subtractFen(ZERO_FEN, moved('income'))),
    spending: figure(moved('expenditure')),
    closing: figure(addFen(...money.map((row) => row.closingFen))),
    bankBalance: addFen(...rows.map((row) => row.bankFen)),
  }
}

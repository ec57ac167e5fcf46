/**
 * Period-end closing (期末结转) by rule: what will be carried where, before any voucher exists, and the drafts of it.
 */
import { addDays, firstDayOfMonth, lastDayOfMonth, monthOf, type BusinessDate, type Month } from '#core/calendar.ts'
import {
  closingLines, closingParts, closingTargets, closingVouchers, type ClosingLine, type ClosingTargets, type OpenBalance,
} from '#core/voucher/closing.ts'
import { ACCOUNT } from '#core/voucher/chart.ts'
import { idOf, type BookId, type ComplexId, type DraftId } from '#core/id.ts'
import { addFen, negateFen, ZERO_FEN, type Fen } from '#core/money.ts'
import { Problem } from '#core/problem.ts'
import { MAX_LINES } from '#core/voucher/voucher.ts'
import type { Ledger } from '#db/ledger.ts'
import { accountByCode, bookOf, listAccounts } from './book.ts'
import { publicHousingOpen } from './closing-public.ts'
import { withShares, type SharedBalance } from './closing-shares.ts'
import { requireRole, type ServiceContext } from '../context.ts'
import { complexOf } from '../register/complex.ts'
import { settingOf } from '../office.ts'
import { saveDraft } from './voucher-draft.ts'

/** First-level account → where its balance goes, as the office has set it. */
export function closingTargetsOf(ledger: Ledger, bookId: BookId): ClosingTargets {
  return closingTargets(bookOf(ledger, bookId).fundKind, {
    disposal: settingOf(ledger, 'closing.disposal') === '3101' ? '3101' : '3001',
    otherExpenditure: settingOf(ledger, 'closing.otherExpenditure') === '3101' ? '3101' : '3001',
  })
}

type OpenOfComplex = OpenBalance & { readonly complexId: ComplexId }

/**
 * A day up to `to` by whose end every income and expenditure account was carried forward: of the fund the last closed month's, of
 * a book that closes once a year the last closed December's; '' before the first. A month closes with nothing open
 * (`closingBlocks`) and nothing enters it afterwards, so what is open at `to` happened since.
 */
export function carriedUntil(ledger: Ledger, bookId: BookId, to: BusinessDate): BusinessDate | '' {
  const months = bookOf(ledger, bookId).fundKind === 'maintenance' ? '%' : '%-12'
  const last = ledger
    .prepare<[Record<string, unknown>], { readonly month: Month }>(
      `SELECT month FROM period WHERE book_id = :bookId AND month < :next AND state <> 'open' AND month LIKE :months
       ORDER BY month DESC LIMIT 1`,
    )
    .get({ bookId, next: monthOf(addDays(to, 1)), months })
  return last === undefined ? '' : lastDayOfMonth(last.month)
}

/** Income and expenditure with a balance at the end of `to`: what still has to be carried forward, to which fund and whom. */
export function openIncomeAndExpenditure(ledger: Ledger, bookId: BookId, to: BusinessDate): readonly SharedBalance[] {
  const from = carriedUntil(ledger, bookId, to)
  const balances = ledger
    .prepare<[number, string, string], OpenOfComplex>(
      `SELECT a.code, l.complex_id AS complexId, sum(l.debit_fen - l.credit_fen) AS balanceFen
       FROM account a CROSS JOIN voucher_line l INDEXED BY voucher_line_by_account
         ON l.book_id = a.book_id AND l.account_id = a.id
       WHERE a.book_id = ? AND a.class IN ('income', 'expenditure') AND a.is_leaf = 1 AND l.date > ? AND l.date <= ?
       GROUP BY a.code, l.complex_id ORDER BY a.code, l.complex_id`,
    )
    .all(bookId, from, to)
  const { parts, whole } = publicHousingOpen(ledger, bookId, { from, to })
  const publicOf = new Map(parts.map(({ complexId, code, openFen }) => [`${complexId} ${code}`, openFen]))
  const ofKinds = balances
    .map((balance) => {
      const { complexId, code, balanceFen } = balance
      const publicFen = whole.has(complexId) ? balanceFen : publicOf.get(`${complexId} ${code}`)
      return publicFen === undefined ? balance : { ...balance, publicFen }
    })
    // Commodity and public housing may cancel out in an account and still belong to different funds.
    .filter(({ balanceFen, publicFen = ZERO_FEN }) => balanceFen !== 0 || publicFen !== 0)
  return withShares(ledger, bookId, to, closingTargetsOf(ledger, bookId), ofKinds)
}

/**
 * For the voucher: what goes into a fund whose sub-ledger runs must become somebody's (design invariant 9). Throws
 * `closing.households` where no household can take or bear it.
 */
function openToCarry(ledger: Ledger, bookId: BookId, to: BusinessDate): readonly SharedBalance[] {
  const open = openIncomeAndExpenditure(ledger, bookId, to)
  const stuck = open.find(({ households }) => households?.length === 0)
  if (stuck === undefined) return open
  const name = listAccounts(ledger, bookId).find(({ code }) => code === stuck.code)?.name ?? stuck.code
  const why = stuck.balanceFen < 0
    ? '没有参加分摊的户室可以计入：请先登记户室'
    : '各户余额合计不够承担：请先收取交存款'
  throw new Problem({
    code: 'closing.households',
    message: `${complexOf(ledger, stuck.complexId).name}的“${name}”要落实到户，${why}，` +
      '或在“设置”中把这个科目改为结转到待分配累计收益',
  })
}

export type ClosingEntry = {
  readonly code: string
  readonly name: string
  readonly targetCode: string
  readonly targetName: string
  readonly complexes: number
  /** How many households it is divided among by this closing; 0 where their entries exist already or no sub-ledger runs. */
  readonly households: number
  /** What the account is emptied by, on the side opposite its balance. */
  readonly debitFen: Fen
  readonly creditFen: Fen
}

export type ClosingPreview = {
  readonly date: BusinessDate
  readonly entries: readonly ClosingEntry[]
  /** Net assets gain this; negative when more was spent than came in. */
  readonly surplusFen: Fen
  /** How many vouchers it will be, each with at most `MAX_LINES` lines. */
  readonly vouchers: number
  /** Drafts of the month that are not posted yet: their amounts are not in the entries. */
  readonly unposted: number
}

/** The closing entries of a month summed by account, before any voucher exists. Empty when nothing is left to carry. */
export function closingPreview(ledger: Ledger, bookId: BookId, month: Month): ClosingPreview {
  const date = lastDayOfMonth(month)
  const targets = closingTargetsOf(ledger, bookId)
  const names = new Map(listAccounts(ledger, bookId).map(({ code, name }) => [code, name]))
  const open = openToCarry(ledger, bookId, date)
  const drafts = ledger
    .prepare<unknown[], { count: number }>(
      `SELECT count(*) AS count FROM voucher_draft
       WHERE book_id = ? AND state IN ('draft', 'reviewed') AND date BETWEEN ? AND ?`,
    )
    .get(bookId, firstDayOfMonth(month), date)
  const parted = open.flatMap((balance) =>
    closingParts(balance, targets).map(({ target, fen }) => ({
      code: balance.code, target, fen,
      doors: new Set(balance.households?.filter(({ isPublic }) => isPublic === (target === ACCOUNT.soldPublicFund))
        .map(({ householdId }) => householdId)).size,
    })))
  const byTarget = Map.groupBy(parted, ({ code, target }) => `${code} ${target}`)
  const entries = [...byTarget.values()].flatMap((parts): ClosingEntry[] => {
    const [first] = parts
    if (first === undefined) return []
    const sumOf = (isDebit: boolean) =>
      addFen(...parts.filter(({ fen }) => (fen < 0) === isDebit).map(({ fen }) => fen))
    return [{
      code: first.code,
      name: names.get(first.code) ?? first.code,
      targetCode: first.target,
      targetName: names.get(first.target) ?? first.target,
      complexes: parts.length,
      households: parts.reduce((count, { doors }) => count + doors, 0),
      debitFen: negateFen(sumOf(true)),
      creditFen: sumOf(false),
    }]
  })
  return {
    date,
    entries,
    surplusFen: addFen(...open.map(({ balanceFen }) => negateFen(balanceFen))),
    vouchers: closingVouchers(closingLines(open, targets), MAX_LINES).length,
    unposted: drafts?.count ?? 0,
  }
}

/** How many become richer or poorer by the voucher itself; nothing where nobody does. */
function householdCount(lines: readonly ClosingLine[]): { readonly households?: number } {
  const doors = new Set(lines.flatMap(({ shared }) => shared?.households ?? []).map(({ householdId }) => householdId))
  return doors.size === 0 ? {} : { households: doors.size }
}

/** Drafts of the month's closing that still wait for review or posting. */
function waitingClosings(ledger: Ledger, bookId: BookId, month: Month): number {
  const row = ledger
    .prepare<unknown[], { count: number }>(
      `SELECT count(*) AS count FROM voucher_draft
       WHERE book_id = ? AND state IN ('draft', 'reviewed') AND date BETWEEN ? AND ? AND purpose = 'closing'`,
    )
    .get(bookId, firstDayOfMonth(month), lastDayOfMonth(month))
  return row?.count ?? 0
}

/**
 * Drafts the closing vouchers of the month; reviewed and posted like any other. A book of many complexes needs more than
 * one: each holds whole complexes, so that each balances by itself. Throws `closing.drafted`.
 */
export function prepareClosingVouchers(context: ServiceContext, bookId: BookId, month: Month): readonly DraftId[] {
  requireRole(context, 'preparer')
  const { ledger } = context
  // A second set would carry the same balances twice.
  if (waitingClosings(ledger, bookId, month) > 0) {
    throw new Problem({
      code: 'closing.drafted',
      message: `${month} 的结转凭证草稿已经生成：请先审核记账，或作废后重新生成`,
      field: 'month',
    })
  }
  const targets = closingTargetsOf(ledger, bookId)
  const lines = closingLines(openToCarry(ledger, bookId, lastDayOfMonth(month)), targets)
  const kind = settingOf(ledger, 'voucherKinds') === 'split' ? 'transfer' : 'general'
  const summary = `${month.slice(0, 4)}年${Number(month.slice(5))}月收支结转`
  const names = new Map(listAccounts(ledger, bookId).map(({ code, name }) => [code, name]))
  return ledger.write(() =>
    closingVouchers(lines, MAX_LINES).map((voucher) =>
      saveDraft(context, {
        bookId,
        kind,
        date: lastDayOfMonth(month),
        purpose: 'closing',
        rule: { by: 'closing', month, targets, ...householdCount(voucher) },
        lines: voucher.map(({ code, complexId, debitFen, creditFen, shared }) => ({
          // An owner reads it on the household statement.
          summary: shared === undefined
            ? summary
            : `${summary}：${names.get(shared.from) ?? shared.from}按${creditFen > 0 ? '面积' : '余额'}落实到户`,
          accountId: accountByCode(ledger, bookId, code).id,
          complexId: idOf<'complex'>(complexId),
          debitFen,
          creditFen,
          ...(shared !== undefined && { households: shared.households }),
        })),
      })))
}

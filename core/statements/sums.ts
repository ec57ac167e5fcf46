/**
 * What the statutory statements are made of: sums of posted lines, one row per lowest account, nothing else. All amounts
 * are debit − credit in fen, as the ledger holds them; each form turns the sign where its side is the credit side.
 */
import type { Month } from '../calendar.ts'
import type { AccountClass } from '../voucher/chart.ts'
import type { ClosingTargets } from '../voucher/closing.ts'
import { addFen, fen, negateFen, ZERO_FEN, type Fen } from '../money.ts'

/** A month's edition counts the year up to that month; a year's edition the whole year beside the one before. */
export type StatementPeriod = { readonly kind: 'month'; readonly month: Month } | { readonly kind: 'year'; readonly year: number }

export type AccountSums = {
  readonly accountId: number
  readonly code: string
  readonly name: string
  readonly class: AccountClass
  /** Balance at the end of the year before. */
  readonly beforeFen: Fen
  /** Without closing vouchers: in the month, in the year up to it, and in the whole year before. */
  readonly monthFen: Fen
  readonly yearFen: Fen
  readonly lastYearFen: Fen
  /** Closing vouchers of the year. */
  readonly closedFen: Fen
  readonly balanceFen: Fen
}

/**
 * Vouchers of the year that stand outside its activity. Opening vouchers bring what an old system left; a voucher that
 * corrects earlier years and touches no income or expenditure corrects the year's opening (财会〔2020〕7号 part four,
 * notes to 会住维01 and 03).
 */
export type OutsideSums = {
  readonly kind: 'opening' | 'adjustment'
  readonly code: string
  readonly inMonthFen: Fen
  readonly inYearFen: Fen
}

/** What one ordinary voucher of the year did to the net assets, by first-level account. */
export type NetAssetVoucher = { readonly voucherId: number; readonly code: string; readonly amountFen: Fen }

/** By account, debit − credit: at the year's opening and at the end. */
export type PublicPending = { readonly code: string; readonly openingFen: Fen; readonly balanceFen: Fen }
export type PendingAt = 'openingFen' | 'balanceFen'

export type StatementSums = {
  readonly accounts: readonly AccountSums[]
  readonly outside: readonly OutsideSums[]
  readonly netAssetVouchers: readonly NetAssetVoucher[]
  readonly targets: ClosingTargets
  /** What of the accounts not yet carried forward is of sold public housing, and goes to 3002 (core/voucher/closing.ts). */
  readonly publicPending: readonly PublicPending[]
  /** False in the first reporting year, which needs no comparatives (财会〔2020〕7号, transitional rule). */
  readonly hasLastYear: boolean
}

/** One account's share of a figure, for those who ask what is behind it. */
export type StatementPart = {
  readonly accountId: number
  readonly code: string
  readonly name: string
  readonly amounts: readonly Fen[]
}

/**
 * How a column came about, so that a figure can open its vouchers: a balance, or what moved in a span. `netAssets` is what moved
 * net assets in the year, where the closing vouchers, which activity leaves out, are part of it.
 */
export type ColumnSpan = 'opening' | 'closing' | 'month' | 'year' | 'lastYear' | 'netAssets'

export type StatementColumn = { readonly label: string; readonly span: ColumnSpan }

export type StatementRow = {
  readonly key: string
  readonly label: string
  /** Steps of indentation on paper. */
  readonly level: 0 | 1 | 2
  /** Totals are bold; headings carry no amounts. */
  readonly kind: 'heading' | 'item' | 'total'
  /** One per column; null prints blank, zero prints 0.00. */
  readonly amounts: readonly (Fen | null)[]
  /** They add up to the amounts, column by column. */
  readonly parts: readonly StatementPart[]
  /** Where the row says how its figures came about and not the column (会住维03). */
  readonly span?: ColumnSpan
}

export function firstLevel(code: string): string {
  return code.split('.')[0] ?? code
}

export function isWithin(code: string, heading: string): boolean {
  return code === heading || code.startsWith(`${heading}.`)
}

/** An account's activity of the year and month, without what only brought or corrected the opening. */
export function activityOf(sums: StatementSums, account: AccountSums): { readonly monthFen: Fen; readonly yearFen: Fen } {
  const outside = sums.outside.filter(({ code }) => code === account.code)
  return {
    monthFen: fen(account.monthFen - outside.reduce((sum, each) => sum + each.inMonthFen, 0)),
    yearFen: fen(account.yearFen - outside.reduce((sum, each) => sum + each.inYearFen, 0)),
  }
}

/** The year's opening of an account: the year before, what an old system left, what corrects earlier years. */
export function openingOf(sums: StatementSums, account: AccountSums, kinds: readonly OutsideSums['kind'][]): Fen {
  const brought = sums.outside.filter(({ code, kind }) => code === account.code && kinds.includes(kind))
  return fen(account.beforeFen + brought.reduce((sum, each) => sum + each.inYearFen, 0))
}

/**
 * Income and expenditure that no closing voucher has carried forward yet, by the net-asset account it will go to. The
 * forms count it there: before the month is closed a balance sheet would otherwise not balance.
 */
export function notCarriedForward(
  sums: StatementSums,
  amountOf: (account: AccountSums) => Fen,
  at: PendingAt,
): ReadonlyMap<string, Fen> {
  const byTarget = new Map<string, Fen>()
  const add = (code: string, amount: Fen) => byTarget.set(code, addFen(byTarget.get(code) ?? ZERO_FEN, amount))
  for (const account of sums.accounts) {
    if (account.class !== 'income' && account.class !== 'expenditure') continue
    const target = sums.targets[firstLevel(account.code)]
    if (target === undefined) throw new Error(`no closing target for account ${account.code}`)
    add(target, amountOf(account))
  }
  for (const pending of sums.publicPending) {
    if (sums.targets[firstLevel(pending.code)] !== '3001') continue
    add('3001', negateFen(pending[at]))
    add('3002', pending[at])
  }
  return byTarget
}

export function headingRow(key: string, label: string, columns: number): StatementRow {
  return { key, label, level: 0, kind: 'heading', amounts: Array.from({ length: columns }, () => null), parts: [] }
}

/** The parts of several rows, each account once: of one income a part may be commodity's and a part public housing's. */
export function partsTogether(rows: readonly Pick<StatementRow, 'parts'>[]): readonly StatementPart[] {
  const byAccount = new Map<number, StatementPart>()
  for (const part of rows.flatMap(({ parts }) => parts)) {
    const known = byAccount.get(part.accountId)
    byAccount.set(part.accountId, known === undefined
      ? part
      : { ...part, amounts: part.amounts.map((amount, column) => addFen(amount, known.amounts[column] ?? ZERO_FEN)) })
  }
  return [...byAccount.values()]
}

/** Adds rows column by column; a blank counts as nothing. */
export function sumRows(rows: readonly StatementRow[], columns: number): Fen[] {
  return Array.from({ length: columns }, (_, column) => addFen(...rows.map((row) => row.amounts[column] ?? ZERO_FEN)))
}

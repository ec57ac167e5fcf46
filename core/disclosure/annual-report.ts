/**
 * The yearly report of a maintenance fund: what 165号令 art. 30 wants published, and the table per complex with the columns
 * 福州 uses (历年总额 · 缴交 · 退款 · 使用 · 增值收益 · 结存余额). Sums come in as debit − credit, fen, per complex and account.
 */
import type { AccountClass } from '../voucher/chart.ts'
import { percentShares } from './shares.ts'
import type { ComplexId } from '../id.ts'
import { divideRoundHalfUp, fen, fenFromBigInt, type Fen } from '../money.ts'

export type ComplexSums = {
  readonly complexId: ComplexId
  readonly code: string
  readonly class: AccountClass
  /** Balance when the year began; opening vouchers and corrections of earlier years count into it. */
  readonly openingFen: Fen
  /** The year's activity, closing vouchers left out. */
  readonly debitFen: Fen
  readonly creditFen: Fen
  readonly balanceFen: Fen
}

export type ComplexYear = {
  readonly complexId: ComplexId
  /** 历年总额: net assets when the year began. */
  readonly openingFen: Fen
  readonly paidInFen: Fen
  readonly refundedFen: Fen
  readonly usedFen: Fen
  readonly gainFen: Fen
  readonly closingFen: Fen
  readonly demandFen: Fen
  readonly termFen: Fen
}

function under(code: string, ...headings: readonly string[]): boolean {
  return headings.some((heading) => code === heading || code.startsWith(`${heading}.`))
}

function isFundClass({ class: accountClass }: ComplexSums): boolean {
  return accountClass === 'netAssets' || accountClass === 'income' || accountClass === 'expenditure'
}

function sum(rows: readonly ComplexSums[], amountOf: (row: ComplexSums) => number): Fen {
  return fen(rows.reduce((total, row) => total + amountOf(row), 0))
}

/**
 * One complex's year. A refund of this year's contribution is a debit on 4001, of earlier years 5101; money that leaves the
 * net assets directly (handed over to the owners' assembly) counts as refunded. Gains are all income but contributions,
 * less other expenditure (bank fees).
 */
export function complexYear(complexId: ComplexId, sums: readonly ComplexSums[]): ComplexYear {
  const fund = sums.filter(isFundClass)
  const within = (...headings: readonly string[]) => sums.filter(({ code }) => under(code, ...headings))
  const moved = ({ debitFen, creditFen }: ComplexSums) => debitFen - creditFen
  const openingFen = sum(fund, (row) => -row.openingFen)
  const paidInFen = sum(within('4001'), ({ creditFen }) => creditFen)
  const direct = fund.filter((row) => row.class === 'netAssets')
  const refundedFen = fen(sum(within('4001'), ({ debitFen }) => debitFen) + sum(within('5101'), moved) + sum(direct, moved))
  const usedFen = sum(within('5001'), moved)
  const gainFen = fen(-sum(within('4101', '4102', '4201', '4301', '4901'), moved) - sum(within('5901'), moved))
  const closingFen = sum(fund, (row) => -row.balanceFen)
  const termFen = sum(within('1001.02'), ({ balanceFen }) => balanceFen)
  return {
    complexId, openingFen, paidInFen, refundedFen, usedFen, gainFen, closingFen, termFen,
    demandFen: fen(sum(within('1001'), ({ balanceFen }) => balanceFen) - termFen),
  }
}

export type YearTotals = Omit<ComplexYear, 'complexId'>

/** 历年总额 + 缴交 − 退款 − 使用 + 增值收益, which must be 结存余额. */
export function expectedClosing(year: YearTotals): Fen {
  return fen(year.openingFen + year.paidInFen - year.refundedFen - year.usedFen + year.gainFen)
}

export function yearTotals(rows: readonly ComplexYear[]): YearTotals {
  const total = (key: keyof YearTotals) => fen(rows.reduce((amount, row) => amount + row[key], 0))
  return {
    openingFen: total('openingFen'), paidInFen: total('paidInFen'), refundedFen: total('refundedFen'), usedFen: total('usedFen'),
    gainFen: total('gainFen'), closingFen: total('closingFen'), demandFen: total('demandFen'), termFen: total('termFen'),
  }
}

/** How repairs are grouped in a yearly report: by the part that was repaired, as 盐城 publishes it. */
export const USE_CATEGORIES = ['电梯维修', '屋面外墙渗漏维修', '安防维修', '消防维修', '其他维修'] as const
export type UseCategory = (typeof USE_CATEGORIES)[number]

const CATEGORY_OF_PART: Readonly<Record<string, UseCategory>> = {
  电梯: '电梯维修',
  屋面: '屋面外墙渗漏维修',
  外墙: '屋面外墙渗漏维修',
  雨落管: '屋面外墙渗漏维修',
  安防监控: '安防维修',
  单元门: '安防维修',
  消防设施: '消防维修',
}

/** `part` of core/repair/repair-place; null for spending no repair is named on, which its sub-account of 5001 may name. */
export function useCategory(part: string | null, accountName = ''): UseCategory {
  const named = USE_CATEGORIES.find((category) => category === accountName)
  return (part === null ? named : CATEGORY_OF_PART[part]) ?? '其他维修'
}

export type Share = {
  readonly name: string
  readonly amountFen: Fen
  /** Hundredths of a percent; null where shares have no meaning (nothing came in, or a red row). */
  readonly hundredths: number | null
}

/** A composition whose shares sum to exactly 100.00 %; rows of 0 stay, so that a missing kind is seen to be zero. */
export function composition(rows: readonly { readonly name: string; readonly amountFen: Fen }[]): readonly Share[] {
  const shares = percentShares(rows.map(({ amountFen }) => amountFen))
  return rows.map((row, index) => ({ ...row, hundredths: shares?.[index] ?? null }))
}

/** 万元 with two decimals, as a city's report counts; half away from zero. The result's unit is 0.01 万元. */
export function inTenThousands(amount: Fen): Fen {
  return fenFromBigInt(divideRoundHalfUp(BigInt(amount), 10_000n))
}

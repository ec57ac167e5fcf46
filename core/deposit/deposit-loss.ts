/**
 * Interest that was never earned: matured certificates left at the demand rate, and demand money above what the office
 * wants to keep at hand. Audits find exactly this (peers/audit-findings §A 1), so it is counted in days and fen.
 */
import { daysBetween, type BusinessDate } from '../calendar.ts'
import type { CertificateTerms } from './deposit.ts'
import { divideRoundHalfUp, fen, fenFromBigInt, ZERO_FEN, type Fen } from '../money.ts'
import { MICRO_PER_PERCENT, type RateMicro } from '../rate.ts'

const DAYS_AND_SCALE = 360n * 100n * BigInt(MICRO_PER_PERCENT)

/**
 * Interest lost by leaving a matured certificate at the demand rate: overdue days × principal × (agreed − demand) ÷ 360
 * (peers/term-deposit §6.2). Zero before the due date, and where demand pays no less.
 */
export function lostInterest(
  terms: Pick<CertificateTerms, 'principalFen' | 'rateMicro' | 'demandRateMicro' | 'dueDate'>,
  today: BusinessDate,
): Fen {
  const days = daysBetween(terms.dueDate, today)
  const difference = terms.rateMicro - terms.demandRateMicro
  if (days <= 0 || difference <= 0) return ZERO_FEN
  const product = BigInt(terms.principalFen) * BigInt(difference) * BigInt(days)
  return fenFromBigInt(divideRoundHalfUp(product, DAYS_AND_SCALE))
}

/** Money that stood at a bank from a day on until the next row's day (or the end of the counting). */
export type BalanceStep = { readonly date: BusinessDate; readonly balanceFen: Fen }

export type IdleProduct = {
  /** 积数: Σ of the daily balance above the reserve, fen × days. */
  readonly fenDays: bigint
  /** Days with anything above the reserve. */
  readonly days: number
  /** Above the reserve on the last day. */
  readonly excessFen: Fen
}

/**
 * What stood idle from `from` until `to`, the last day not counted (算头不算尾). `steps` are the balances as they changed,
 * by rising date; a step before `from` is the balance the period opens with.
 */
export function idleProduct(steps: readonly BalanceStep[], reserve: Fen, from: BusinessDate, to: BusinessDate): IdleProduct {
  let fenDays = 0n
  let days = 0
  let excess = 0
  for (const [index, step] of steps.entries()) {
    const begins = step.date > from ? step.date : from
    const next = steps[index + 1]?.date ?? to
    const ends = next < to ? next : to
    excess = Math.max(0, step.balanceFen - reserve)
    const count = daysBetween(begins, ends)
    if (count <= 0 || excess === 0) continue
    fenDays += BigInt(excess) * BigInt(count)
    days += count
  }
  return { fenDays, days, excessFen: fen(excess) }
}

/** What the idle money would have earned at `offered` instead of `demand`, fen. Zero where demand pays no less. */
export function lostOnIdle(fenDays: bigint, offered: RateMicro, demand: RateMicro): Fen {
  const difference = offered - demand
  if (difference <= 0) return ZERO_FEN
  return fenFromBigInt(divideRoundHalfUp(fenDays * BigInt(difference), DAYS_AND_SCALE))
}

/** What leaving an amount idle for a whole year would cost, fen: simple interest of the difference. */
export function lostInYear(excess: Fen, offered: RateMicro, demand: RateMicro): Fen {
  return lostOnIdle(BigInt(excess) * 360n, offered, demand)
}

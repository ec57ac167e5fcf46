/**
 * How the term money is spread: by month of maturity, by bank, by rate and by remaining term. The figures a supervisor
 * asks for when money is placed (peers/term-deposit §6.5), from sums per bank, rate and due date.
 */
import { daysBetween, monthOf, type BusinessDate, type Month } from '../calendar.ts'
import { divideRoundHalfUp, fen, type Fen } from '../money.ts'
import { formatPercent, MICRO_PER_PERCENT, rateMicro, type RateMicro } from '../rate.ts'

/** Certificates alike: their number and the sum of their principals. */
export type Holding = {
  readonly bankName: string
  readonly rateMicro: RateMicro
  readonly dueDate: BusinessDate
  readonly count: number
  readonly principalFen: Fen
}

export type MaturityMonth = {
  readonly month: Month
  readonly count: number
  readonly overdueFen: Fen
  readonly comingFen: Fen
}

export type BankShare = {
  readonly bankName: string
  readonly count: number
  readonly principalFen: Fen
  /** Of all term money, percent. */
  readonly share: RateMicro
  readonly averageRate: RateMicro
}

export type Ladder = {
  readonly count: number
  readonly principalFen: Fen
  /** Weighted by principal; null without any certificate. */
  readonly averageRate: RateMicro | null
  /** Days to maturity weighted by principal, half up; what is overdue has none left. */
  readonly averageDays: number | null
  readonly months: readonly MaturityMonth[]
  /** The largest first. */
  readonly banks: readonly BankShare[]
}

type Sum = { count: number; principal: bigint; rated: bigint; daily: bigint }

function addTo(sum: Sum, holding: Holding, today: BusinessDate): void {
  const principal = BigInt(holding.principalFen)
  sum.count += holding.count
  sum.principal += principal
  sum.rated += principal * BigInt(holding.rateMicro)
  sum.daily += principal * BigInt(Math.max(0, daysBetween(today, holding.dueDate)))
}

function emptySum(): Sum {
  return { count: 0, principal: 0n, rated: 0n, daily: 0n }
}

function found<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const known = map.get(key)
  if (known !== undefined) return known
  const made = make()
  map.set(key, made)
  return made
}

/** `37.23`: for reading; what is compared keeps its six decimals. `decimals` at most six. */
export function roundedPercent(rate: RateMicro, decimals: number): string {
  const scale = 10n ** BigInt(6 - decimals)
  return formatPercent(rateMicro(Number(divideRoundHalfUp(BigInt(rate), scale) * scale)))
}

/** part ÷ whole as percent, half up to the sixth decimal. */
export function shareOf(part: bigint, whole: bigint): RateMicro {
  return rateMicro(Number(divideRoundHalfUp(part * 100n * BigInt(MICRO_PER_PERCENT), whole)))
}

export function ladderOf(holdings: readonly Holding[], today: BusinessDate): Ladder {
  const all = emptySum()
  const banks = new Map<string, Sum>()
  const months = new Map<Month, { count: number; overdue: number; coming: number }>()
  for (const holding of holdings) {
    if (holding.principalFen <= 0) continue
    addTo(all, holding, today)
    addTo(found(banks, holding.bankName, emptySum), holding, today)
    const month = found(months, monthOf(holding.dueDate), () => ({ count: 0, overdue: 0, coming: 0 }))
    month.count += holding.count
    if (holding.dueDate < today) month.overdue += holding.principalFen
    else month.coming += holding.principalFen
  }
  const shares = [...banks].map(([bankName, sum]): BankShare => ({
    bankName,
    count: sum.count,
    principalFen: fen(Number(sum.principal)),
    share: shareOf(sum.principal, all.principal),
    averageRate: rateMicro(Number(divideRoundHalfUp(sum.rated, sum.principal))),
  }))
  return {
    count: all.count,
    principalFen: fen(Number(all.principal)),
    averageRate: all.principal === 0n ? null : rateMicro(Number(divideRoundHalfUp(all.rated, all.principal))),
    averageDays: all.principal === 0n ? null : Number(divideRoundHalfUp(all.daily, all.principal)),
    months: [...months].sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([month, { count, overdue, coming }]) => ({ month, count, overdueFen: fen(overdue), comingFen: fen(coming) })),
    banks: shares.sort((a, b) => b.principalFen - a.principalFen || (a.bankName < b.bankName ? -1 : 1)),
  }
}

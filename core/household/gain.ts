/**
 * Gains of the fund credited to households (165号令 art. 12, 27): the six practices of the cities as one reckoning. Under A to E a
 * household earns by fixed rates over the interest year, under F the gains there are get shared by balance-days.
 */
import { daysBetween, type BusinessDate } from '../calendar.ts'
import { fen, fenFromBigInt, type Fen } from '../money.ts'
import { Problem } from '../problem.ts'
import { MICRO_PER_PERCENT, type RateMicro } from '../rate.ts'
import { allocate } from '../allocation.ts'
import { balanceDays } from './household-interest.ts'

export const GAIN_REGIMES = ['A', 'B', 'C', 'D', 'E', 'F'] as const
export type GainRegime = (typeof GAIN_REGIMES)[number]
export const GAIN_REGIME_WORD: Readonly<Record<GainRegime, string>> = {
  A: '当年交存按活期，上年结转按半年期',
  B: '当年交存按半年期，上年结转按一年期',
  C: '当年有变动的按活期，无变动的按一年期',
  D: '不满一年按活期，满一年按一年期',
  E: '按固定利率',
  F: '实得收益按积数分配',
}

/** Yearly rates in millionths of a percent; the regime says which it needs. */
export type GainRates = {
  readonly demand: RateMicro
  readonly halfYear: RateMicro
  readonly oneYear: RateMicro
  readonly flat: RateMicro
}
export type GainRateName = keyof GainRates

/** For money of this year, and for what was carried forward into it. */
const RATE_OF: Readonly<Record<Exclude<GainRegime, 'F'>, { readonly fresh: GainRateName; readonly carried: GainRateName }>> = {
  A: { fresh: 'demand', carried: 'halfYear' },
  B: { fresh: 'halfYear', carried: 'oneYear' },
  C: { fresh: 'demand', carried: 'oneYear' },
  D: { fresh: 'demand', carried: 'oneYear' },
  E: { fresh: 'flat', carried: 'flat' },
}

export function ratesNeeded(regime: GainRegime): readonly GainRateName[] {
  return regime === 'F' ? [] : [...new Set([RATE_OF[regime].fresh, RATE_OF[regime].carried])]
}

/** One account in the period: what it began with and each day's change, oldest first. */
export type GainAccount = {
  readonly openingFen: Fen
  readonly moves: readonly { readonly date: BusinessDate; readonly amountFen: Fen }[]
}

/** From the first day to the day before `to`. */
export type GainPeriod = { readonly from: BusinessDate; readonly to: BusinessDate }

function refuseOverdrawn(account: GainAccount, row: number): void {
  let balance = BigInt(account.openingFen)
  let lowest = balance
  for (const { amountFen } of account.moves) {
    balance += BigInt(amountFen)
    if (balance < lowest) lowest = balance
  }
  if (lowest >= 0n) return
  throw new Problem({ code: 'gain.overdrawn', message: `第 ${row} 户在计息期内出现负余额：请先核对分户账`, row })
}

/** Fen-days (积数): every balance times the days it stood. */
export function gainDays({ openingFen, moves }: GainAccount, { from, to }: GainPeriod): Fen {
  let sum = BigInt(balanceDays({ balance: openingFen, days: daysBetween(from, to) }))
  for (const { date, amountFen } of moves) sum += BigInt(balanceDays({ balance: amountFen, days: daysBetween(date, to) }))
  return fenFromBigInt(sum)
}

type Layer = { left: bigint; readonly since: BusinessDate; readonly isCarried: boolean }

/**
 * Fen × days × rate of one account. Withdrawals take the oldest money first; what leaves before the year's end was not held for
 * a full year, so under D it earns demand, elsewhere the rate of its kind until it leaves.
 */
function earned(
  account: GainAccount, { from, to }: GainPeriod, regime: Exclude<GainRegime, 'F'>, rates: GainRates,
): bigint {
  const { fresh, carried } = RATE_OF[regime]
  const hasMoved = account.moves.length > 0
  const rateOf = ({ isCarried }: Layer, leaves: boolean): bigint => {
    const isShort = (regime === 'C' && hasMoved) || (regime === 'D' && leaves)
    return BigInt(rates[isCarried && !isShort ? carried : fresh])
  }
  const layers: Layer[] = [{ left: BigInt(account.openingFen), since: from, isCarried: true }]
  let sum = 0n
  const take = (layer: Layer, amount: bigint, on: BusinessDate, leaves: boolean): void => {
    sum += amount * BigInt(daysBetween(layer.since, on)) * rateOf(layer, leaves)
    layer.left -= amount
  }
  for (const { date, amountFen } of account.moves) {
    if (amountFen > 0) layers.push({ left: BigInt(amountFen), since: date, isCarried: false })
    let wanted = amountFen < 0 ? -BigInt(amountFen) : 0n
    for (const layer of layers) {
      const taken = layer.left < wanted ? layer.left : wanted
      take(layer, taken, date, true)
      wanted -= taken
    }
  }
  for (const layer of layers) take(layer, layer.left, to, false)
  return sum
}

/** Whole fen that add up to the rounded sum: floors first, the spare to the largest remainders, earlier rows first. */
export function roundTogether(numerators: readonly bigint[], denominator: bigint): readonly Fen[] {
  const floors = numerators.map((numerator) => numerator / denominator)
  const exact = numerators.reduce((sum, numerator) => sum + numerator, 0n)
  const total = (2n * exact + denominator) / (2n * denominator)
  const spare = Number(total - floors.reduce((sum, floor) => sum + floor, 0n))
  const order = numerators
    .map((numerator, row) => ({ row, remainder: numerator % denominator }))
    .sort((a, b) => (a.remainder === b.remainder ? a.row - b.row : a.remainder > b.remainder ? -1 : 1))
  const lifted = new Set(order.slice(0, spare).map(({ row }) => row))
  return floors.map((floor, row) => fenFromBigInt(lifted.has(row) ? floor + 1n : floor))
}

/**
 * Under A to E: each account's interest over the period by the actual days of that year, so that a year untouched earns exactly
 * its rate. Rounded together, in the order given. Throws `gain.overdrawn` with the row.
 */
export function gainsByRate(
  accounts: readonly GainAccount[], period: GainPeriod, regime: Exclude<GainRegime, 'F'>, rates: GainRates,
): readonly Fen[] {
  accounts.forEach((account, index) => { refuseOverdrawn(account, index + 1) })
  const denominator = BigInt(daysBetween(period.from, period.to)) * 100n * BigInt(MICRO_PER_PERCENT)
  return roundTogether(accounts.map((account) => earned(account, period, regime, rates)), denominator)
}

/** Under F: the gains there are, by balance-days, to the fen. Throws `gain.overdrawn`, `allocation.noWeight`. */
export function gainsByDays(total: Fen, accounts: readonly GainAccount[], period: GainPeriod): readonly Fen[] {
  accounts.forEach((account, index) => { refuseOverdrawn(account, index + 1) })
  return allocate(total, accounts.map((account) => fen(gainDays(account, period))))
}

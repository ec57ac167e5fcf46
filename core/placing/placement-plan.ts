/**
 * Where idle money may be placed (存放方案): offers per bank and term, lots, share per bank, and the days on which cash is
 * needed. Here are the limits in fen and the exact check of any plan; the search for the best one is in
 * placement-programme.ts. Liquidity before locking: approved-unpaid and contracts are covered by cash and what matures
 * (peers/term-deposit §6.6).
 */
import { accrue, type DayCount } from '../deposit/accrual.ts'
import type { BusinessDate } from '../calendar.ts'
import { dueDate, termInterest, type DepositTerm } from '../deposit/interest.ts'
import { addFen, fen, subtractFen, ZERO_FEN, type Fen } from '../money.ts'
import { Problem } from '../problem.ts'
import { percentOf, type RateMicro } from '../rate.ts'

export type PlacementOffer = {
  readonly bank: string
  readonly rateMicro: RateMicro
  readonly term: DepositTerm
  readonly dayCount: DayCount
  /** Most the bank takes at this rate; null: no limit. */
  readonly capacityFen: Fen | null
}

/** Money that must be there on a day (a need), or comes in on a day (a certificate maturing; its interest is not counted on). */
export type DatedCash = { readonly label: string; readonly date: BusinessDate; readonly amountFen: Fen }

export type PlacementInput = {
  /** The day of placing. */
  readonly from: BusinessDate
  /** Interest is compared over [from, until): a longer term counts up to here, a shorter one earns the demand rate after it. */
  readonly until: BusinessDate
  readonly idleFen: Fen
  /** Stays on demand on every day. */
  readonly reserveFen: Fen
  readonly lotFen: Fen
  /** Least amount of one certificate. */
  readonly minimumFen: Fen
  readonly demandRateMicro: RateMicro
  readonly needs: readonly DatedCash[]
  readonly inflows: readonly DatedCash[]
  readonly offers: readonly PlacementOffer[]
  /** Room left in a bank under its share limit; a bank without a row has none to keep to. */
  readonly rooms: readonly { readonly bank: string; readonly roomFen: Fen }[]
}

/** Lots per offer, in the order of `offers`. */
export type PlacementLots = readonly number[]

/** Room under a share limit: share × all money placed and to be placed, less what the bank holds already; never below zero. */
export function bankRoom(share: RateMicro, totalFen: Fen, heldFen: Fen): Fen {
  return fen(Math.max(0, percentOf(totalFen, share) - heldFen))
}

export function offerDueDate(input: Pick<PlacementInput, 'from'>, offer: Pick<PlacementOffer, 'term'>): BusinessDate {
  return dueDate(input.from, offer.term)
}

/** Throws `placement.*` naming the field (and the 1-based row) for input no plan can be made from. */
export function refuseBadInput(input: PlacementInput): void {
  const refuse = (field: string, message: string, row?: number): never => {
    throw new Problem({ code: 'placement.input', message, field, ...(row !== undefined && { row }) })
  }
  if (input.until <= input.from) refuse('until', '比较截止日应晚于存放日')
  if (input.lotFen <= 0) refuse('lotFen', '每份金额应大于零')
  if (input.idleFen < 0) refuse('idleFen', '可用资金不能为负')
  if (input.reserveFen < 0) refuse('reserveFen', '备用金不能为负')
  if (input.minimumFen < 0) refuse('minimumFen', '单张起存金额不能为负')
  if (input.offers.length === 0) refuse('offers', '请至少填写一条银行报价')
  input.offers.forEach((offer, index) => {
    if (offer.bank.trim() === '') refuse('offers', `第 ${index + 1} 条报价没有写银行`, index + 1)
    if (offer.capacityFen !== null && offer.capacityFen <= 0) refuse('offers', `第 ${index + 1} 条报价的可存额度应大于零`, index + 1)
    offerDueDate(input, offer)
  })
  for (const [field, rows] of [['needs', input.needs], ['inflows', input.inflows]] as const) {
    rows.forEach((row, index) => {
      if (row.amountFen <= 0) refuse(field, `第 ${index + 1} 行的金额应大于零`, index + 1)
    })
  }
}

/** Cash falls only on the day of placing and on days of needs: on these the cover is checked, and only on these. */
export function checkDates(input: PlacementInput): readonly BusinessDate[] {
  const days = new Set([input.from, ...input.needs.map(({ date }) => (date < input.from ? input.from : date))])
  return [...days].sort()
}

function sumUpTo(rows: readonly DatedCash[], date: BusinessDate): Fen {
  return addFen(...rows.filter((row) => row.date <= date).map((row) => row.amountFen))
}

/** Idle money and inflows less needs up to and including `date`, before anything is placed. */
export function cashBefore(input: PlacementInput, date: BusinessDate): Fen {
  return fen(input.idleFen + sumUpTo(input.inflows, date) - sumUpTo(input.needs, date))
}

/** Cash on `date` under a plan: principal is locked until its due date and back on that very day. */
export function cashUnder(input: PlacementInput, lots: PlacementLots, date: BusinessDate): Fen {
  const locked = input.offers.map((offer, index) =>
    offerDueDate(input, offer) > date ? amountOf(input, lots[index] ?? 0) : ZERO_FEN)
  return subtractFen(cashBefore(input, date), addFen(...locked))
}

export function amountOf(input: Pick<PlacementInput, 'lotFen'>, lots: number): Fen {
  return fen(lots * input.lotFen)
}

export type Uncovered = {
  readonly date: BusinessDate
  /** Due on that very day; empty where the money was short before. */
  readonly needs: readonly DatedCash[]
  /** Missing to pay everything due so far and keep the reserve. */
  readonly shortFen: Fen
  /** The part of it that is not only the reserve: the needs themselves cannot be paid. */
  readonly unpaidFen: Fen
}

/**
 * Needs that cannot be met even with everything left on demand. Placing only takes cash away until it matures, so a plan
 * exists exactly when this is empty.
 */
export function uncoveredNeeds(input: PlacementInput): readonly Uncovered[] {
  return checkDates(input).flatMap((date) => {
    const cash = cashBefore(input, date)
    if (cash >= input.reserveFen) return []
    const needs = input.needs.filter((need) => need.date === date || (date === input.from && need.date < date))
    return [{ date, needs, shortFen: subtractFen(input.reserveFen, cash), unpaidFen: fen(Math.max(0, -cash)) }]
  })
}

export type Breach =
  | { readonly kind: 'cash'; readonly date: BusinessDate; readonly shortFen: Fen }
  | { readonly kind: 'bank'; readonly bank: string; readonly overFen: Fen }
  | { readonly kind: 'capacity'; readonly offer: number; readonly overFen: Fen }
  | { readonly kind: 'minimum'; readonly offer: number; readonly belowFen: Fen }
  | { readonly kind: 'lots'; readonly offer: number }

/** Every limit a plan breaks, in fen; a plan is sound when there is none. */
export function breachesOf(input: PlacementInput, lots: PlacementLots): readonly Breach[] {
  const amounts = input.offers.map((_, index) => lots[index] ?? 0)
  const bad = amounts.flatMap((count, offer): Breach[] =>
    (Number.isSafeInteger(count) && count >= 0 ? [] : [{ kind: 'lots', offer }]))
  if (bad.length > 0 || lots.length !== input.offers.length) return bad.length > 0 ? bad : [{ kind: 'lots', offer: lots.length }]
  return [
    ...input.offers.flatMap((offer, index): Breach[] => {
      const amount = amountOf(input, amounts[index] ?? 0)
      const over = offer.capacityFen === null ? 0 : amount - offer.capacityFen
      const below = amount === 0 ? 0 : input.minimumFen - amount
      return [
        ...(over > 0 ? [{ kind: 'capacity' as const, offer: index, overFen: fen(over) }] : []),
        ...(below > 0 ? [{ kind: 'minimum' as const, offer: index, belowFen: fen(below) }] : []),
      ]
    }),
    ...input.rooms.flatMap(({ bank, roomFen }): Breach[] => {
      const placed = input.offers.map((offer, index) => (offer.bank === bank ? amountOf(input, amounts[index] ?? 0) : ZERO_FEN))
      const over = addFen(...placed) - roomFen
      return over > 0 ? [{ kind: 'bank', bank, overFen: fen(over) }] : []
    }),
    ...checkDates(input).flatMap((date): Breach[] => {
      const short = input.reserveFen - cashUnder(input, amounts, date)
      return short > 0 ? [{ kind: 'cash', date, shortFen: fen(short) }] : []
    }),
  ]
}

/** Interest an amount earns at an offer within [from, until), and what the same money would earn on demand while locked. */
export function offerInterest(input: PlacementInput, offer: PlacementOffer, amountFen: Fen): { termFen: Fen; demandFen: Fen } {
  if (amountFen === 0) return { termFen: ZERO_FEN, demandFen: ZERO_FEN }
  const due = offerDueDate(input, offer)
  const { from, until } = input
  const to = due < until ? due : until
  const { rateMicro: rate } = offer
  const deposit = { principal: amountFen, rate, start: from, term: offer.term, dayCount: offer.dayCount }
  const byDays = offer.term.unit === 'days' && offer.dayCount === 'months_odd_360' ? 'actual_360' : offer.dayCount
  const term = due <= until ? termInterest(deposit) : accrue({ principal: amountFen, rate, from, to, dayCount: byDays })
  const demand = accrue({ principal: amountFen, rate: input.demandRateMicro, from, to, dayCount: 'actual_360' })
  return { termFen: term.interest, demandFen: demand.interest }
}

/** What one lot earns more than on demand: the weight of the search. Rounded per lot, so that lots stay alike. */
export function lotGain(input: PlacementInput, offer: PlacementOffer): Fen {
  const { termFen, demandFen } = offerInterest(input, offer, input.lotFen)
  return subtractFen(termFen, demandFen)
}

/** Fen that only the search compares; what is shown to people is `comparePlans`, counted per certificate. */
export function planGain(input: PlacementInput, lots: PlacementLots): bigint {
  return input.offers.reduce((sum, offer, index) => sum + BigInt(lots[index] ?? 0) * BigInt(lotGain(input, offer)), 0n)
}

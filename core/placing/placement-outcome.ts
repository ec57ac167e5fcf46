/** What a plan means to people: certificates to open, interest against doing nothing and against one year, and why not more. */
import { accrue } from '../deposit/accrual.ts'
import type { BusinessDate } from '../calendar.ts'
import { addFen, fen, subtractFen, ZERO_FEN, type Fen } from '../money.ts'
import {
  amountOf,
  breachesOf,
  cashUnder,
  checkDates,
  lotGain,
  offerDueDate,
  offerInterest,
  type Breach,
  type PlacementInput,
  type PlacementLots,
  type PlacementOffer,
} from './placement-plan.ts'

export type PlannedCertificate = {
  /** Index in the input's offers. */
  readonly offer: number
  readonly bank: string
  readonly amountFen: Fen
  readonly dueDate: BusinessDate
  /** Within [from, until). */
  readonly interestFen: Fen
}

export type CashDay = {
  readonly date: BusinessDate
  readonly needFen: Fen
  readonly cashFen: Fen
  /** Above the reserve; below one lot the day binds the plan. */
  readonly freeFen: Fen
  readonly isBinding: boolean
}

/** Why an offer takes no more: it gains nothing, or one lot more would break these limits. */
export type WhyNotMore = { readonly offer: number; readonly gainsNothing: boolean; readonly breaches: readonly Breach[] }

export type PlacementOutcome = {
  readonly certificates: readonly PlannedCertificate[]
  readonly placedFen: Fen
  readonly leftFen: Fen
  readonly cash: readonly CashDay[]
  readonly why: readonly WhyNotMore[]
  readonly interest: {
    readonly planFen: Fen
    readonly demandFen: Fen
    /** Everything but the reserve for one year at the best one-year offer, whatever the limits; null where none is offered. */
    readonly oneYear: { readonly offer: number; readonly interestFen: Fen; readonly breaches: readonly Breach[] } | null
  }
}

/** Interest of everything over [from, until): certificates at their rates, what is left day by day at the demand rate. */
export function interestOf(input: PlacementInput, lots: PlacementLots): Fen {
  const { from, until } = input
  const dues = input.offers.map((offer) => offerDueDate(input, offer))
  const moves = [...input.needs, ...input.inflows].map(({ date }) => date)
  const days = [...new Set([from, until, ...moves, ...dues])].filter((date) => date >= from && date <= until).sort()
  const demand = days.slice(0, -1).map((date, index) => {
    const cash = cashUnder(input, lots, date)
    const to = days[index + 1] ?? until
    // A plan that leaves needs unpaid owes money; the bank lends none at this rate, so it earns nothing and pays nothing.
    if (cash <= 0) return ZERO_FEN
    return accrue({ principal: cash, rate: input.demandRateMicro, from: date, to, dayCount: 'actual_360' }).interest
  })
  const terms = input.offers.map((offer, index) => offerInterest(input, offer, amountOf(input, lots[index] ?? 0)).termFen)
  return addFen(...demand, ...terms)
}

function isOneYear({ term }: PlacementOffer): boolean {
  return term.unit === 'months' ? term.count === 12 : term.count === 360 || term.count === 365
}

function oneYear(input: PlacementInput): PlacementOutcome['interest']['oneYear'] {
  const best = input.offers.reduce<number | null>((chosen, offer, index) => {
    const before = chosen === null ? undefined : input.offers[chosen]
    return isOneYear(offer) && (before === undefined || offer.rateMicro > before.rateMicro) ? index : chosen
  }, null)
  if (best === null) return null
  const count = Math.max(0, Math.floor((input.idleFen - input.reserveFen) / input.lotFen))
  const lots = input.offers.map((_, index) => (index === best ? count : 0))
  return { offer: best, interestFen: interestOf(input, lots), breaches: breachesOf(input, lots) }
}

function whyNotMore(input: PlacementInput, lots: PlacementLots, offer: number): WhyNotMore {
  const gainsNothing = lotGain(input, input.offers[offer] ?? raiseMissing(offer)) <= 0
  const has = lots[offer] ?? 0
  const least = Math.max(1, Math.ceil(input.minimumFen / input.lotFen))
  const more = lots.map((count, index) => (index === offer ? (has === 0 ? least : has + 1) : count))
  return { offer, gainsNothing, breaches: gainsNothing ? [] : breachesOf(input, more) }
}

function raiseMissing(offer: number): never {
  throw new Error(`no offer ${offer}`)
}

/** `lots` must keep every limit. */
export function outcomeOf(input: PlacementInput, lots: PlacementLots): PlacementOutcome {
  const certificates = input.offers.flatMap((offer, index): PlannedCertificate[] => {
    const amountFen = amountOf(input, lots[index] ?? 0)
    if (amountFen === 0) return []
    const interestFen = offerInterest(input, offer, amountFen).termFen
    return [{ offer: index, bank: offer.bank, amountFen, dueDate: offerDueDate(input, offer), interestFen }]
  })
  const placedFen = addFen(...certificates.map(({ amountFen }) => amountFen))
  const none = input.offers.map(() => 0)
  return {
    certificates,
    placedFen,
    leftFen: subtractFen(input.idleFen, placedFen),
    cash: checkDates(input).map((date) => {
      const cashFen = cashUnder(input, lots, date)
      const freeFen = fen(cashFen - input.reserveFen)
      const due = input.needs.filter((need) => need.date === date || (date === input.from && need.date < date))
      const needFen = addFen(...due.map(({ amountFen }) => amountFen))
      return { date, needFen, cashFen, freeFen, isBinding: freeFen < input.lotFen }
    }),
    why: input.offers.map((_, index) => whyNotMore(input, lots, index)),
    interest: { planFen: interestOf(input, lots), demandFen: interestOf(input, none), oneYear: oneYear(input) },
  }
}

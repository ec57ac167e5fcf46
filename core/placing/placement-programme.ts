/**
 * The best placement as an integer programme for HiGHS: x = lots per offer, y = "this offer is used" where a certificate
 * has a minimum above one lot. Everything is counted in lots, so that the solver sees small whole numbers; what it
 * answers is believed only after the exact check in fen.
 */
import {
  breachesOf,
  cashBefore,
  checkDates,
  lotGain,
  offerDueDate,
  type PlacementInput,
  type PlacementLots,
} from './placement-plan.ts'
import { assertInvariant } from '../problem.ts'

/** The longest a search may take; then the best found so far is shown as such. */
export const SEARCH_SECONDS = 20

export type PlacementProgramme = {
  /** CPLEX LP format; null when no offer can take or gain anything, and nothing is to be searched. */
  readonly text: string | null
  readonly offerCount: number
}

/** Most lots one offer can hold by itself: its capacity, its bank's room and the cash until it matures. */
function mostLots(input: PlacementInput, index: number): number {
  const offer = input.offers[index]
  if (offer === undefined) return 0
  const due = offerDueDate(input, offer)
  const limits = [
    ...(offer.capacityFen === null ? [] : [offer.capacityFen]),
    ...input.rooms.filter(({ bank }) => bank === offer.bank).map(({ roomFen }) => roomFen),
    ...checkDates(input).filter((date) => date < due).map((date) => cashBefore(input, date) - input.reserveFen),
  ]
  return Math.max(0, Math.floor(Math.min(...limits) / input.lotFen))
}

/** One term a line: LP readers limit the length of a line. */
const sumOf = (indexes: readonly number[]): string => indexes.map((index) => `\n  + x${index}`).join('')

/** The same input always gives the same text, and HiGHS the same answer to the same text. */
export function programmeOf(input: PlacementInput): PlacementProgramme {
  const minimumLots = Math.max(1, Math.ceil(input.minimumFen / input.lotFen))
  const used = input.offers.flatMap((offer, index) => {
    const most = mostLots(input, index)
    const gain = lotGain(input, offer)
    return gain > 0 && most >= minimumLots ? [{ index, most, gain, bank: offer.bank, due: offerDueDate(input, offer) }] : []
  })
  if (used.length === 0) return { text: null, offerCount: input.offers.length }
  const cash = checkDates(input).flatMap((date) => {
    const locked = used.filter(({ due }) => due > date).map(({ index }) => index)
    const limit = Math.floor((cashBefore(input, date) - input.reserveFen) / input.lotFen)
    return locked.length === 0 ? [] : [`${sumOf(locked)}\n  <= ${limit}`]
  })
  const banks = input.rooms.flatMap(({ bank, roomFen }) => {
    const there = used.filter((each) => each.bank === bank).map(({ index }) => index)
    return there.length === 0 ? [] : [`${sumOf(there)}\n  <= ${Math.floor(roomFen / input.lotFen)}`]
  })
  const minimums = minimumLots === 1 ? [] : used.flatMap(({ index, most }) => [
    `\n  + x${index} - ${minimumLots} y${index}\n  >= 0`,
    `\n  + x${index} - ${most} y${index}\n  <= 0`,
  ])
  const rows = [...cash, ...banks, ...minimums].map((row, index) => ` r${index}:${row}`)
  const text = [
    'Maximize', ` gain:${used.map(({ index, gain }) => `\n  + ${gain} x${index}`).join('')}`,
    'Subject To', ...rows,
    'Bounds', ...used.map(({ index, most }) => ` 0 <= x${index} <= ${most}`),
    'General', ...used.map(({ index }) => ` x${index}`),
    ...(minimumLots === 1 ? [] : ['Binary', ...used.map(({ index }) => ` y${index}`)]),
    'End',
  ].join('\n')
  return { text, offerCount: input.offers.length }
}

/** Solvers answer whole numbers up to a tolerance; anything further off is no answer to this programme. */
const TOLERANCE = 1e-5

/** The solver's columns (`x0` → 3.0) as lots. Throws where the answer breaks a limit by a fen: a fault, never a result. */
export function lotsOf(input: PlacementInput, columns: ReadonlyMap<string, number>): PlacementLots {
  const lots = input.offers.map((_, index) => {
    const value = columns.get(`x${index}`) ?? 0
    const whole = Math.round(value)
    assertInvariant(Math.abs(value - whole) <= TOLERANCE, `lots of offer ${index} are whole: ${value}`)
    return whole === 0 ? 0 : whole
  })
  const breaches = breachesOf(input, lots)
  assertInvariant(breaches.length === 0, `the solver's plan keeps every limit: ${JSON.stringify(breaches)}`)
  return lots
}

/** What is typed of a placement plan, as text, and what it asks of the planner. */
import { addMonths, type BusinessDate } from '#core/calendar.ts'
import type { BankAccountId, ComplexId } from '#core/id.ts'
import { addFen, formatYuan, ZERO_FEN, type Fen } from '#core/money.ts'
import { bankRoom, type DatedCash, type PlacementInput } from '#core/placing/placement-plan.ts'
import { Problem } from '#core/problem.ts'
import { formatPercent, parsePercent } from '#core/rate.ts'
import type { Answers } from '../../records.ts'
import { fenOfText } from '../../parts/money-text.ts'

export type Proposal = Answers['placement']['propose']
export type PlanAnswer = Answers['placement']['solve']

export type DatedRow = { readonly label?: string; readonly date?: BusinessDate | null; readonly amount?: string }
export type OfferRow = {
  readonly bank?: string
  readonly months?: number | null
  readonly rate?: string
  readonly capacity?: string
}

export type PlanValues = {
  readonly complexId: ComplexId | null
  readonly bankAccountId: BankAccountId | null
  readonly from: BusinessDate | null
  readonly until: BusinessDate | null
  readonly idle: string
  readonly reserve: string
  readonly lot: string
  readonly minimum: string
  readonly demandRate: string
  readonly share: string
  readonly needs: readonly DatedRow[]
  readonly inflows: readonly DatedRow[]
  readonly offers: readonly OfferRow[]
  /** Principal in force per bank, from the ledger; not typed. */
  readonly held: Proposal['held']
}

const ONE_YEAR = 12

export function emptyPlan(today: BusinessDate, complexId: ComplexId | null): PlanValues {
  return {
    complexId, bankAccountId: null, from: today, until: addMonths(today, ONE_YEAR), idle: '', reserve: '0.00', lot: '10,000.00',
    minimum: '', demandRate: '', share: '', needs: [], inflows: [], offers: [{ months: ONE_YEAR }], held: [],
  }
}

export function isPlan(value: unknown): value is PlanValues {
  return typeof value === 'object' && value !== null && 'offers' in value && 'held' in value
}

const rowOf = ({ label, date, amountFen }: DatedCash): DatedRow => ({ label, date, amount: formatYuan(amountFen) })

/** The ledger's own figures; what the person added to offers and limits stays. */
type Filled = Pick<PlanValues, 'idle' | 'needs' | 'inflows' | 'minimum' | 'held'> & { readonly demandRate?: string }

export function filledFrom(proposal: Proposal): Filled {
  const { idleFen, needs, inflows, held, minimumFen, demandRateMicro } = proposal
  return {
    idle: formatYuan(idleFen), needs: needs.map(rowOf), inflows: inflows.map(rowOf),
    held,
    minimum: minimumFen === null ? '' : formatYuan(minimumFen),
    ...(demandRateMicro !== null && { demandRate: formatPercent(demandRateMicro) }),
  }
}

function datedOf(rows: readonly DatedRow[]): DatedCash[] | null {
  const read = rows.map(({ label = '', date, amount }) => ({ label, date: date ?? null, amountFen: fenOfText(amount) }))
  return read.every((row): row is DatedCash => row.date !== null && row.amountFen !== null) ? read : null
}

/** Of a form that passed its rules; null while something is missing. Throws `money.*`, `rate.*` for text that is no number. */
export function inputOf(values: PlanValues): PlacementInput | null {
  const idleFen = fenOfText(values.idle, 'idle')
  const lotFen = fenOfText(values.lot, 'lot')
  const needs = datedOf(values.needs)
  const inflows = datedOf(values.inflows)
  const { from, until } = values
  if (idleFen === null || lotFen === null || needs === null || inflows === null || from === null || until === null) return null
  const offers = values.offers.map((offer) => ({
    bank: (offer.bank ?? '').trim(),
    rateMicro: parsePercent(offer.rate ?? '', { field: 'offers' }),
    term: { unit: 'months' as const, count: offer.months ?? 0 },
    dayCount: 'months_odd_360' as const,
    capacityFen: fenOfText(offer.capacity),
  }))
  return {
    from, until, idleFen, lotFen, needs, inflows, offers,
    reserveFen: fenOfText(values.reserve) ?? ZERO_FEN,
    minimumFen: fenOfText(values.minimum) ?? ZERO_FEN,
    demandRateMicro: parsePercent(values.demandRate, { field: 'demandRate' }),
    rooms: roomsOf(values, offers.map(({ bank }) => bank), idleFen),
  }
}

/** Whether the form still asks what was answered: `1000` became `1,000.00` when its field was left. */
export function asksStill(values: PlanValues, answered: PlacementInput): boolean {
  try {
    return JSON.stringify(inputOf(values)) === JSON.stringify(answered)
  } catch (error) {
    if (error instanceof Problem) return false
    throw error
  }
}

/** A bank's share is of all money of the plan: on demand and in force. */
function roomsOf(values: PlanValues, banks: readonly string[], idleFen: Fen): PlacementInput['rooms'] {
  const { held } = values
  if (values.share.trim() === '') return []
  const share = parsePercent(values.share, { field: 'share' })
  const total = addFen(idleFen, ...held.map(({ heldFen }) => heldFen))
  return [...new Set(banks)].map((bank) => ({
    bank, roomFen: bankRoom(share, total, held.find((each) => each.bank === bank)?.heldFen ?? ZERO_FEN),
  }))
}

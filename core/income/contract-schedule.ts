/**
 * The amount schedule of an income contract: which instalments fall due when, over which days each runs, and how a
 * contract over several complexes is split without making or losing a fen in any instalment (design invariant 9).
 */
import { allocate } from '../allocation.ts'
import { addDays, addMonths, datePartsOf, daysBetween, type BusinessDate } from '../calendar.ts'
import { addFen, subtractFen, ZERO_FEN, type Fen } from '../money.ts'
import { Problem } from '../problem.ts'
import { percentOf, type RateMicro } from '../rate.ts'

export const PAYMENT_RHYTHMS = ['once', 'monthly', 'quarterly', 'halfYearly', 'yearly'] as const
export type PaymentRhythm = (typeof PAYMENT_RHYTHMS)[number]

const MONTHS: Readonly<Record<Exclude<PaymentRhythm, 'once'>, number>> = { monthly: 1, quarterly: 3, halfYearly: 6, yearly: 12 }

/** `amount` is what the contract party pays, gross fen; `coversFrom` and `coversTo` are both inclusive. */
export type Installment = {
  readonly dueOn: BusinessDate
  readonly coversFrom: BusinessDate
  readonly coversTo: BusinessDate
  readonly amount: Fen
}

export type ScheduleTerms = {
  readonly startsOn: BusinessDate
  /** Last day of the term, inclusive. */
  readonly endsOn: BusinessDate
  readonly rhythm: PaymentRhythm
  /** `each`: the same sum every time; `total`: the whole term's sum, spread over the instalments. */
  readonly price: { readonly kind: 'each' | 'total'; readonly amount: Fen }
  /** `before`: due on the first day it runs over; `after`: on its last day. */
  readonly paid: 'before' | 'after'
}

type Span = { readonly from: BusinessDate; readonly to: BusinessDate; readonly isWhole: boolean }

function spansOf(terms: ScheduleTerms): readonly Span[] {
  if (terms.rhythm === 'once') return [{ from: terms.startsOn, to: terms.endsOn, isWhole: true }]
  const step = MONTHS[terms.rhythm]
  const anchor = datePartsOf(terms.startsOn).day
  const spans: Span[] = []
  for (let from = terms.startsOn, count = 1; from <= terms.endsOn; count += 1) {
    const next = addMonths(terms.startsOn, count * step, anchor)
    const whole = addDays(next, -1)
    spans.push({ from, to: whole <= terms.endsOn ? whole : terms.endsOn, isWhole: whole <= terms.endsOn })
    from = next
  }
  return spans
}

/**
 * The instalments by rule, in order. A last span shorter than the rhythm takes its share by days when the total is given;
 * with a sum per instalment the price of a part is not known, so it is refused instead of guessed.
 * Throws `contract.term`, `contract.amount`, `contract.partialSpan`.
 */
export function scheduleOf(terms: ScheduleTerms): readonly Installment[] {
  if (terms.endsOn <= terms.startsOn) {
    throw new Problem({ code: 'contract.term', message: '合同止日应晚于起日', field: 'endsOn' })
  }
  if (terms.price.amount <= 0) {
    throw new Problem({ code: 'contract.amount', message: '合同金额应大于零', field: 'amount' })
  }
  const spans = spansOf(terms)
  const hasPart = spans.some((span) => !span.isWhole)
  if (hasPart && terms.price.kind === 'each') {
    const message = '合同期不是整数个付款周期，最后一期不足一期：请改填合同总额，或逐期录入金额'
    throw new Problem({ code: 'contract.partialSpan', message, field: 'amount' })
  }
  const amounts = terms.price.kind === 'each'
    ? spans.map(() => terms.price.amount)
    : allocate(terms.price.amount, spans.map((span) => (hasPart ? daysBetween(span.from, span.to) + 1 : 1)))
  return spans.map((span, index) => ({
    dueOn: terms.paid === 'before' ? span.from : span.to,
    coversFrom: span.from,
    coversTo: span.to,
    amount: amounts[index] ?? ZERO_FEN,
  }))
}

/** Everything wrong with a typed schedule, first row first; null when it may be recorded. */
export function scheduleProblem(installments: readonly Installment[]): Problem | null {
  if (installments.length === 0) return new Problem({ code: 'contract.schedule', message: '请至少填写一期应收金额', field: 'installments' })
  for (const [index, each] of installments.entries()) {
    const row = index + 1
    if (each.amount <= 0) {
      return new Problem({ code: 'contract.amount', message: `第 ${row} 期金额应大于零`, field: 'amount', row })
    }
    if (each.coversTo < each.coversFrom) {
      return new Problem({ code: 'contract.term', message: `第 ${row} 期止日早于起日`, field: 'coversTo', row })
    }
    const previous = installments[index - 1]
    if (previous !== undefined && each.coversFrom <= previous.coversTo) {
      return new Problem({ code: 'contract.term', message: `第 ${row} 期与上一期的日期重叠`, field: 'coversFrom', row })
    }
  }
  return null
}

export function scheduleTotal(installments: readonly Installment[]): Fen {
  return addFen(...installments.map((each) => each.amount))
}

/**
 * One schedule per weight. Every instalment's parts sum to it, and over the whole term every complex gets its share of the
 * total by largest remainder: each part is the difference of two shares of the running total, so the fen that rounding
 * holds back in one instalment come with a later one. Weights are ratios or agreed amounts.
 * Throws `contract.split` where a part would not be positive, and what `allocate` refuses.
 */
export function splitSchedule(
  installments: readonly Installment[],
  weights: readonly number[],
): readonly (readonly Installment[])[] {
  let running: Fen = ZERO_FEN
  let before: readonly Fen[] = weights.map(() => ZERO_FEN)
  const parts: Installment[][] = weights.map(() => [])
  for (const [index, each] of installments.entries()) {
    running = addFen(running, each.amount)
    const reached = allocate(running, weights)
    for (const [column, part] of parts.entries()) {
      const amount = subtractFen(reached[column] ?? ZERO_FEN, before[column] ?? ZERO_FEN)
      if (amount <= 0) {
        throw new Problem({
          code: 'contract.split',
          message: `第 ${index + 1} 期分到第 ${column + 1} 个小区的金额不足一分：请调整比例，或不把该小区列入本合同`,
          field: 'split',
          row: column + 1,
        })
      }
      part.push({ ...each, amount })
    }
    before = reached
  }
  return parts
}

/**
 * What the owners are owed of the gross that fell due up to a day: their contract share of the running total, half up.
 * A span's figure is the difference of two such sums, so quarters add up to the year.
 */
export function ownersPart(grossDue: Fen, ownersShare: RateMicro): Fen {
  return percentOf(grossDue, ownersShare)
}

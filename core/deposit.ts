/**
 * The life of a certificate (存单 / 证实书) as the due list sees it. A matured certificate left alone earns the demand
 * rate: that loss is what audits find (peers/audit-findings §A 1), so it is counted in days and fen, every day.
 */
import { accrue, type Accrued, type DayCount } from './accrual.ts'
import { daysBetween, type BusinessDate } from './calendar.ts'
import { dueDate, payAtOrAfterDue, type DepositTerm, type OverduePayment, type TermDeposit } from './interest.ts'
import { addFen, divideRoundHalfUp, fenFromBigInt, ZERO_FEN, type Fen } from './money.ts'
import { Problem } from './problem.ts'
import { MICRO_PER_PERCENT, type RateMicro } from './rate.ts'

export const DEPOSIT_PRODUCTS = ['time', 'notice1', 'notice7', 'largeCertificate'] as const
export type DepositProduct = (typeof DEPOSIT_PRODUCTS)[number]

export const ROLLOVER_INSTRUCTIONS = ['none', 'principal_only', 'principal_and_interest'] as const
export type RolloverInstruction = (typeof ROLLOVER_INSTRUCTIONS)[number]

export const DAY_COUNTS = ['months_odd_360', 'actual_360', 'actual_365', 'thirty_360'] as const satisfies readonly DayCount[]

/** What the register stores of a certificate, as interest needs it. */
export type CertificateTerms = {
  readonly principalFen: Fen
  readonly rateMicro: RateMicro
  readonly demandRateMicro: RateMicro
  readonly dayCount: DayCount
  readonly termMonths: number | null
  readonly termDays: number | null
  readonly valueDate: BusinessDate
  readonly dueDate: BusinessDate
  readonly anchorDay: number
}

export type CertificateEventKind = 'placed' | 'withdrawn' | 'rolledOver' | 'reversed'

/** `pending`: placed, its voucher not yet posted. `cancelled`: the placing itself was taken back. */
export type CertificateStatus = 'pending' | 'inForce' | 'withdrawn' | 'rolledOver' | 'cancelled'

export function termOf(terms: Pick<CertificateTerms, 'termMonths' | 'termDays'>): DepositTerm {
  return terms.termMonths === null ? { unit: 'days', count: terms.termDays ?? 0 } : { unit: 'months', count: terms.termMonths }
}

export function termDepositOf(terms: CertificateTerms): TermDeposit {
  return {
    principal: terms.principalFen,
    rate: terms.rateMicro,
    start: terms.valueDate,
    term: termOf(terms),
    dayCount: terms.dayCount,
    anchorDay: terms.anchorDay,
  }
}

/** What the bank owes on `paidOn` (on or after the due date): the term at its rate, overdue days at the demand rate. */
export function expectedPayment(terms: CertificateTerms, paidOn: BusinessDate, demandRate: RateMicro): OverduePayment {
  const deposit = termDepositOf(terms)
  return dueDate(deposit.start, deposit.term, deposit.anchorDay) === terms.dueDate
    ? payAtOrAfterDue(deposit, { paidOn, demandRate })
    : payByPrintedDate(terms, paidOn, demandRate)
}

/**
 * Where the bank printed another due date than the corresponding day, the paper decides: the agreed rate runs to the
 * printed date under the certificate's day count (domain rule 06 §3).
 */
function payByPrintedDate(terms: CertificateTerms, paidOn: BusinessDate, demandRate: RateMicro): OverduePayment {
  if (paidOn < terms.dueDate) {
    throw new Problem({
      code: 'deposit.notDue',
      message: `存单 ${terms.dueDate} 到期，${paidOn} 支取属提前支取：请改用提前支取`,
      field: 'paidOn',
    })
  }
  const term = accruedTo(terms, terms.dueDate)
  const overdue = accrue({
    principal: terms.principalFen, rate: demandRate, from: terms.dueDate, to: paidOn, dayCount: 'actual_360',
  })
  const overdueDays = daysBetween(terms.dueDate, paidOn)
  return { dueDate: terms.dueDate, term, overdueDays, overdue, interest: addFen(term.interest, overdue.interest) }
}

/** A term agreed in days is counted in days, as in core/interest. */
function accruedTo(terms: CertificateTerms, to: BusinessDate): Accrued {
  const dayCount = terms.termMonths === null && terms.dayCount === 'months_odd_360' ? 'actual_360' : terms.dayCount
  const { principalFen: principal, rateMicro: rate, valueDate: from, anchorDay } = terms
  return accrue({ principal, rate, from, to, dayCount, anchorDay })
}

export type InterestStanding = {
  /** Paid on the due date. */
  readonly atDue: OverduePayment
  /** Paid today; null until the certificate is due. */
  readonly today: OverduePayment | null
  /** Earned at the agreed rate up to today; null from the due date on. Not yet income: paying early pays less. */
  readonly accrued: Accrued | null
}

export function interestStanding(terms: CertificateTerms, today: BusinessDate): InterestStanding {
  const atDue = expectedPayment(terms, terms.dueDate, terms.demandRateMicro)
  if (today >= terms.dueDate) return { atDue, today: expectedPayment(terms, today, terms.demandRateMicro), accrued: null }
  return { atDue, today: null, accrued: today <= terms.valueDate ? null : accruedTo(terms, today) }
}

export type DueState =
  | { readonly kind: 'far'; readonly days: number }
  /** Within the profile's longest reminder; `reminder` is the step it has reached (30, 15, 7, 3, 1, 0). */
  | { readonly kind: 'soon'; readonly days: number; readonly reminder: number }
  | { readonly kind: 'overdue'; readonly days: number }

/** `reminderDays` from the profile, any order. On the due date itself 0 days are left; the day after it is overdue. */
export function dueState(due: BusinessDate, today: BusinessDate, reminderDays: readonly number[]): DueState {
  const left = daysBetween(today, due)
  if (left < 0) return { kind: 'overdue', days: -left }
  const reached = reminderDays.filter((step) => left <= step)
  return reached.length === 0 ? { kind: 'far', days: left } : { kind: 'soon', days: left, reminder: Math.min(...reached) }
}

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
  return fenFromBigInt(divideRoundHalfUp(product, 360n * 100n * BigInt(MICRO_PER_PERCENT)))
}

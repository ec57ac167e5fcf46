/** The life of a certificate (存单 / 证实书): its products and states, what it has earned and what the bank owes for it. */
import { accrue, type Accrued, type DayCount } from './accrual.ts'
import { daysBetween, type BusinessDate } from '../calendar.ts'
import { dueDate, payAtOrAfterDue, type DepositTerm, type OverduePayment, type TermDeposit } from './interest.ts'
import { addFen, type Fen } from '../money.ts'
import { Problem } from '../problem.ts'
import type { RateMicro } from '../rate.ts'

export const DEPOSIT_PRODUCTS = ['time', 'notice1', 'notice7', 'largeCertificate', 'treasuryBond'] as const
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

/**
 * What can happen to a certificate. `partlyWithdrawn` is the one early withdrawal of a part; `drawn` a draw from a notice
 * deposit that leaves something; `noticed` the announcement of a draw; `amended` a due date or rate put right.
 */
export type CertificateEventKind =
  | 'placed' | 'partlyWithdrawn' | 'drawn' | 'withdrawn' | 'withdrawnEarly' | 'rolledOver'
  | 'noticed' | 'amended' | 'frozen' | 'unfrozen' | 'reversed'

/** `pending`: the voucher of the last operation is not posted yet. `cancelled`: the placing itself was taken back. */
export type CertificateStatus = 'pending' | 'inForce' | 'withdrawn' | 'withdrawnEarly' | 'rolledOver' | 'cancelled'

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

/** A notice deposit goes on earning its rate past the planned day; only a term ends on its due date. */
export function interestStanding(
  terms: CertificateTerms & { readonly product?: DepositProduct },
  today: BusinessDate,
): InterestStanding {
  const atDue = expectedPayment(terms, terms.dueDate, terms.demandRateMicro)
  const isTerm = terms.product !== 'notice1' && terms.product !== 'notice7'
  if (isTerm && today >= terms.dueDate) {
    return { atDue, today: expectedPayment(terms, today, terms.demandRateMicro), accrued: null }
  }
  return { atDue, today: null, accrued: today <= terms.valueDate ? null : accruedTo(terms, today) }
}

/**
 * Unit term deposits (单位定期): due date, interest at maturity, overdue days, payment before a holiday
 * (《人民币单位存款管理办法》银发〔1997〕485号 art. 13). The rate is that of the deposit day for the whole term;
 * later changes of listed rates do not touch it.
 */
import { accrue, settle, workingOf, type Accrued, type DayCount } from './accrual.ts'
import { addDays, addMonths, daysBetween, type BusinessDate } from '../calendar.ts'
import { addFen, subtractFen, ZERO_FEN, type Fen } from '../money.ts'
import { Problem } from '../problem.ts'
import type { RateMicro } from '../rate.ts'

/** Certificates run in months; large-denomination certificates (大额存单) and special issues also in days. */
export type DepositTerm = { readonly unit: 'months' | 'days'; readonly count: number }

export type TermDeposit = {
  readonly principal: Fen
  readonly rate: RateMicro
  readonly start: BusinessDate
  readonly term: DepositTerm
  readonly dayCount: DayCount
  /** Original day of month of the chain, where the bank keeps it over rollovers; absent: the day of `start`. */
  readonly anchorDay?: number
}

/** The corresponding day (对应日), or the month's last day where it does not exist (domain rule 06 §3). */
export function dueDate(start: BusinessDate, term: DepositTerm, anchorDay?: number): BusinessDate {
  if (!Number.isInteger(term.count) || term.count < 1 || term.count > (term.unit === 'months' ? 600 : 18_300)) {
    throw new Problem({ code: 'deposit.term', message: '存期必须是正整数：请按存单填写月数或天数', field: 'term' })
  }
  return term.unit === 'months' ? addMonths(start, term.count, anchorDay) : addDays(start, term.count)
}

function refuseNoPrincipal(principal: Fen): void {
  if (principal <= 0) {
    throw new Problem({ code: 'deposit.principal', message: '存款本金必须大于零：请核对存单金额', field: 'principal' })
  }
}

/**
 * Interest of the whole term. Under `months_odd_360` a term in months is months × a twelfth of the rate, whatever the
 * calendar does to its last day: 31 Aug → 28 Feb is six months, not five and some days.
 */
export function termInterest(deposit: TermDeposit): Accrued & { readonly dueDate: BusinessDate } {
  refuseNoPrincipal(deposit.principal)
  const { principal, rate, start, term, dayCount } = deposit
  const due = dueDate(start, term, deposit.anchorDay)
  if (dayCount === 'months_odd_360' && term.unit === 'months') {
    const days = daysBetween(start, due)
    const whole = { from: start, to: due, days, principal, rate, measure: 'months', count: term.count } as const
    return { dueDate: due, ...settle([whole]) }
  }
  // A term agreed in days is counted in days: splitting it into months would pay for days that were not agreed.
  const byDays = dayCount === 'months_odd_360' ? 'actual_360' : dayCount
  return { dueDate: due, ...accrue({ principal, rate, from: start, to: due, dayCount: byDays }) }
}

export type OverduePayment = {
  readonly dueDate: BusinessDate
  readonly term: Accrued
  /** Days after maturity as the overdue day-count counts them. */
  readonly overdueDays: number
  readonly overdue: Accrued
  readonly interest: Fen
}

/**
 * Paid on or after the due date without agreed rollover: the term at its rate, the days after at the demand rate of
 * the withdrawal day, on the principal only. The two amounts are rounded apart, as the bank slip prints them.
 */
export function payAtOrAfterDue(
  deposit: TermDeposit,
  payment: { paidOn: BusinessDate; demandRate: RateMicro; overdueDayCount?: Exclude<DayCount, 'months_odd_360'> },
): OverduePayment {
  const { dueDate: due, ...term } = termInterest(deposit)
  if (payment.paidOn < due) {
    throw new Problem({
      code: 'deposit.notDue',
      message: `存单 ${due} 到期，${payment.paidOn} 支取属提前支取：请改用提前支取`,
      field: 'paidOn',
    })
  }
  const overdue = accrue({
    principal: deposit.principal,
    rate: payment.demandRate,
    from: due,
    to: payment.paidOn,
    dayCount: payment.overdueDayCount ?? 'actual_360',
  })
  const overdueDays = overdue.segments.reduce((days, segment) => days + segment.count, 0)
  return { dueDate: due, term, overdueDays, overdue, interest: addFen(term.interest, overdue.interest) }
}

/**
 * A unit deposit due on a day off may be taken on the last working day before it: interest as at maturity less the
 * days not served. No source fixes the rate of the deduction; the deposit's own rate ÷ 360 is the usual reading,
 * so it is a parameter and the bank slip is final (domain rule 06 §2).
 */
export function payBeforeHoliday(
  deposit: TermDeposit,
  payment: { paidOn: BusinessDate; deductionRate: RateMicro; deductionDayCount?: 'actual_360' | 'actual_365' },
): { full: Fen; deductedDays: number; deduction: Fen; interest: Fen; dueDate: BusinessDate } {
  const { dueDate: due, interest: full } = termInterest(deposit)
  if (payment.paidOn > due || payment.paidOn < deposit.start) {
    throw new Problem({
      code: 'deposit.holidayDate',
      message: `节前支取日应在 ${deposit.start} 至到期日 ${due} 之间：请核对支取日`,
      field: 'paidOn',
    })
  }
  const { interest: deduction } = settle(
    workingOf({
      principal: deposit.principal,
      rate: payment.deductionRate,
      from: payment.paidOn,
      to: due,
      dayCount: payment.deductionDayCount ?? 'actual_360',
    }),
  )
  const paid = deduction > full ? ZERO_FEN : subtractFen(full, deduction)
  return { full, deductedDays: daysBetween(payment.paidOn, due), deduction, interest: paid, dueDate: due }
}

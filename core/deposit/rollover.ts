/**
 * Rollover (转存) of a matured certificate: interest of the finished term, what goes to the settlement account, and
 * the next link of the chain at the rate of the rollover day (domain rule 06 §2).
 */
import type { Accrued, DayCount } from './accrual.ts'
import { datePartsOf, type BusinessDate } from '../calendar.ts'
import { dueDate, payAtOrAfterDue, termInterest, type DepositTerm, type TermDeposit } from './interest.ts'
import { addFen, ZERO_FEN, type Fen } from '../money.ts'
import { Problem } from '../problem.ts'
import type { RateMicro } from '../rate.ts'

export type RolloverMode = 'principal_only' | 'principal_and_interest'

/**
 * Which day of month a chain keeps once a short month has clamped it. No source fixes what a bank does, so it is a
 * setting, and the date printed on the certificate wins over both.
 */
export type AnchorPolicy = 'keep_original_day' | 'reset_to_actual_day'

export type RolloverTerms = {
  readonly mode: RolloverMode
  /** Listed or agreed rate on the rollover day. */
  readonly rate: RateMicro
  /** Absent: the same term again (automatic rollover). */
  readonly term?: DepositTerm
  readonly dayCount?: DayCount
  readonly anchorPolicy?: AnchorPolicy
  /** Rolled over by hand after the due date: the days between earn the demand rate. Absent: on the due date. */
  readonly late?: { readonly rolledOn: BusinessDate; readonly demandRate: RateMicro }
}

export type Rollover = {
  readonly dueDate: BusinessDate
  /** Interest of the finished certificate: term, and overdue days where rolled over late. */
  readonly interest: Fen
  readonly working: readonly Accrued[]
  /** Interest paid out to the settlement account; zero when it joins the principal. */
  readonly paidToDemand: Fen
  readonly next: TermDeposit
  readonly nextDueDate: BusinessDate
}

function anchorAfter(deposit: TermDeposit, policy: AnchorPolicy, next: BusinessDate, late: boolean): number {
  // A certificate opened by hand on another day starts a fresh chain; there is no original day to keep.
  if (late || policy === 'reset_to_actual_day') return datePartsOf(next).day
  return deposit.anchorDay ?? datePartsOf(deposit.start).day
}

export function rollOver(deposit: TermDeposit, terms: RolloverTerms): Rollover {
  const finished = termInterest(deposit)
  const rolledOn = terms.late?.rolledOn ?? finished.dueDate
  if (rolledOn < finished.dueDate) {
    throw new Problem({
      code: 'rollover.notDue',
      message: `存单 ${finished.dueDate} 到期，${rolledOn} 不能转存：请等到期，或按提前支取办理`,
      field: 'rolledOn',
    })
  }
  const payment =
    terms.late === undefined
      ? { interest: finished.interest, working: [finished] }
      : latePayment(deposit, terms.late.rolledOn, terms.late.demandRate)
  const joins = terms.mode === 'principal_and_interest'
  const next: TermDeposit = {
    principal: joins ? addFen(deposit.principal, payment.interest) : deposit.principal,
    rate: terms.rate,
    start: rolledOn,
    term: terms.term ?? deposit.term,
    dayCount: terms.dayCount ?? deposit.dayCount,
    anchorDay: anchorAfter(deposit, terms.anchorPolicy ?? 'keep_original_day', rolledOn, rolledOn !== finished.dueDate),
  }
  return {
    dueDate: finished.dueDate,
    interest: payment.interest,
    working: payment.working,
    paidToDemand: joins ? ZERO_FEN : payment.interest,
    next,
    nextDueDate: dueDate(next.start, next.term, next.anchorDay),
  }
}

function latePayment(
  deposit: TermDeposit,
  paidOn: BusinessDate,
  demandRate: RateMicro,
): Pick<Rollover, 'interest' | 'working'> {
  const paid = payAtOrAfterDue(deposit, { paidOn, demandRate })
  return { interest: paid.interest, working: [paid.term, paid.overdue] }
}

/** Due dates of a chain of `count` certificates of the same term, each opened on the day the one before fell due. */
export function chainDueDates(
  start: BusinessDate,
  term: DepositTerm,
  count: number,
  policy: AnchorPolicy,
): BusinessDate[] {
  const dates: BusinessDate[] = []
  const originalDay = datePartsOf(start).day
  let current = start
  for (let link = 0; link < count; link += 1) {
    current = dueDate(current, term, policy === 'keep_original_day' ? originalDay : undefined)
    dates.push(current)
  }
  return dates
}

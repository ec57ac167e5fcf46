/**
 * Early withdrawal of a unit term deposit (提前支取, 银发〔1997〕485号 art. 13): in full, everything at the demand rate
 * of the withdrawal day; in part, once only, and the remainder keeps its start, term and rate.
 */
import { accrue, type Accrued, type DayCount } from './accrual.ts'
import type { BusinessDate } from '../calendar.ts'
import { dueDate, termInterest, type TermDeposit } from './interest.ts'
import { formatYuan, subtractFen, type Fen } from '../money.ts'
import { Problem } from '../problem.ts'
import type { RateMicro } from '../rate.ts'

export type EarlyTerms = {
  readonly withdrawnOn: BusinessDate
  readonly demandRate: RateMicro
  /** Demand interest counts actual days ÷ 360 unless the bank says otherwise. */
  readonly dayCount?: Exclude<DayCount, 'months_odd_360'>
}

function refuseUnlessEarly(deposit: TermDeposit, withdrawnOn: BusinessDate): void {
  const due = dueDate(deposit.start, deposit.term, deposit.anchorDay)
  if (withdrawnOn < deposit.start || withdrawnOn >= due) {
    throw new Problem({
      code: 'deposit.notEarly',
      message: `提前支取日应不早于 ${deposit.start} 且早于到期日 ${due}：到期及以后请用到期支取`,
      field: 'withdrawnOn',
    })
  }
}

function demandInterestOn(amount: Fen, deposit: TermDeposit, terms: EarlyTerms): Accrued {
  return accrue({
    principal: amount,
    rate: terms.demandRate,
    from: deposit.start,
    to: terms.withdrawnOn,
    dayCount: terms.dayCount ?? 'actual_360',
  })
}

/** `forgone` is the term interest given up, so that the cost of breaking the deposit can be shown before it is done. */
export function withdrawAllEarly(deposit: TermDeposit, terms: EarlyTerms): Accrued & { readonly forgone: Fen } {
  refuseUnlessEarly(deposit, terms.withdrawnOn)
  return { ...demandInterestOn(deposit.principal, deposit, terms), forgone: termInterest(deposit).interest }
}

export type PartialWithdrawal = {
  /** Demand interest on what leaves: the part, or the whole principal when the deposit is closed. */
  readonly withdrawn: Accrued
  readonly paidPrincipal: Fen
  /** The certificate that goes on; null when the remainder was below the minimum and the deposit closed. */
  readonly remainder: TermDeposit | null
}

export type PartialTerms = EarlyTerms & {
  readonly amount: Fen
  /** Partial withdrawals already made on this certificate: only one is allowed. */
  readonly partialsBefore: number
  /** Least principal the bank keeps as a term deposit; below it the whole deposit is closed at the demand rate. */
  readonly minimumRemainder: Fen
}

export function withdrawPartEarly(deposit: TermDeposit, terms: PartialTerms): PartialWithdrawal {
  refuseUnlessEarly(deposit, terms.withdrawnOn)
  if (terms.partialsBefore > 0) {
    throw new Problem({
      code: 'deposit.partialOnce',
      message: '该存单已部分提前支取过一次，不能再次部提：请到期支取或全部提前支取',
      field: 'amount',
    })
  }
  if (terms.amount <= 0 || terms.amount >= deposit.principal) {
    throw new Problem({
      code: 'deposit.partialAmount',
      message: `部提金额应大于零且小于本金 ${formatYuan(deposit.principal)}：全部支取请用全部提前支取`,
      field: 'amount',
    })
  }
  const remainder = subtractFen(deposit.principal, terms.amount)
  if (remainder < terms.minimumRemainder) {
    const withdrawn = demandInterestOn(deposit.principal, deposit, terms)
    return { withdrawn, paidPrincipal: deposit.principal, remainder: null }
  }
  const withdrawn = demandInterestOn(terms.amount, deposit, terms)
  return { withdrawn, paidPrincipal: terms.amount, remainder: { ...deposit, principal: remainder } }
}

/**
 * Agreement deposits (协定存款): day by day the balance up to the base quota earns the demand rate and the excess the
 * agreement rate; settled quarterly, in segments when a rate changes (domain rule 06 §5).
 */
import { settle, type Accrued, type UncountedSegment } from './accrual.ts'
import { daysBetween, type BusinessDate } from '../calendar.ts'
import { cutByRate, productOf, refuseBrokenSpans, type BalanceSpan } from './demand-deposit.ts'
import { addFen, subtractFen, ZERO_FEN, type Fen } from '../money.ts'
import { Problem } from '../problem.ts'
import type { RateMicro } from '../rate.ts'

export type AgreementRates = {
  readonly from: BusinessDate
  readonly demandRate: RateMicro
  readonly agreementRate: RateMicro
}

export type AgreementInterest = {
  readonly baseProduct: Fen
  readonly excessProduct: Fen
  readonly base: Accrued
  readonly excess: Accrued
  readonly interest: Fen
}

/** Base and excess are rounded apart: the bank's slip prints them as two lines. */
export function agreementInterest(input: {
  readonly balances: readonly BalanceSpan[]
  readonly baseQuota: Fen
  readonly rates: readonly AgreementRates[]
  readonly yearDays?: 360 | 365
}): AgreementInterest {
  refuseBrokenSpans(input.balances)
  if (input.rates.length === 0 || input.baseQuota < 0) {
    throw new Problem({ code: 'agreement.terms', message: '协定存款缺少利率或基本额度：请按协议补全' })
  }
  const measure = input.yearDays === 365 ? 'days_365' : 'days_360'
  const baseOf = (balance: Fen): Fen => (balance < input.baseQuota ? balance : input.baseQuota)
  const cut = cutByRate(input.balances, input.rates)
  const line = (span: BalanceSpan, principal: Fen, rate: RateMicro): UncountedSegment => {
    const days = daysBetween(span.from, span.to)
    return { from: span.from, to: span.to, days, principal, rate, measure, count: days }
  }
  const base = settle(cut.map(({ span, step }) => line(span, baseOf(span.balance), step.demandRate)))
  const excess = settle(
    cut.map(({ span, step }) => line(span, subtractFen(span.balance, baseOf(span.balance)), step.agreementRate)),
  )
  const baseSpans = input.balances.map((span) => ({ ...span, balance: baseOf(span.balance) }))
  const excessSpans = input.balances.map((span) => {
    const over = subtractFen(span.balance, baseOf(span.balance))
    return { ...span, balance: over > 0 ? over : ZERO_FEN }
  })
  return {
    baseProduct: productOf(baseSpans),
    excessProduct: productOf(excessSpans),
    base,
    excess,
    interest: addFen(base.interest, excess.interest),
  }
}

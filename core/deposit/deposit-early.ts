/**
 * What an early withdrawal of a certificate pays and costs, and whether breaking it is worth it (peers/term-deposit §6.7):
 * keep it, draw a part, or break it and place the money anew.
 */
import { accrue, type Accrued } from './accrual.ts'
import { daysBetween, type BusinessDate } from '../calendar.ts'
import { expectedPayment, termDepositOf, type CertificateTerms } from './deposit.ts'
import { withdrawAllEarly, withdrawPartEarly } from './early-withdrawal.ts'
import { dueDate, type TermDeposit } from './interest.ts'
import { addFen, divideRoundHalfUp, subtractFen, ZERO_FEN, type Fen } from '../money.ts'
import { MICRO_PER_PERCENT, rateIn, type RateMicro } from '../rate.ts'

export type EarlyFacts = {
  readonly on: BusinessDate
  /** Null: everything. */
  readonly amountFen: Fen | null
  readonly demandRate: RateMicro
  readonly partials: number
  /** Least principal the bank keeps; below it the whole deposit is closed (profile `deposit.minimumRemainder`). */
  readonly minimumRemainder: Fen
}

export type EarlyPayment = {
  /** Demand interest on what leaves. */
  readonly withdrawn: Accrued
  readonly paidPrincipal: Fen
  /** What goes on at the old rate and term; zero when the certificate ends. */
  readonly remainderFen: Fen
  /** Term interest given up on what leaves: agreed interest to maturity − demand interest now. */
  readonly forgoneFen: Fen
}

/** Where the printed due date is not the corresponding day, the paper's own span of days is the term. */
function asPrinted(terms: CertificateTerms): TermDeposit {
  const deposit = termDepositOf(terms)
  if (dueDate(deposit.start, deposit.term, deposit.anchorDay) === terms.dueDate) return deposit
  return { ...deposit, term: { unit: 'days', count: daysBetween(terms.valueDate, terms.dueDate) } }
}

function interestToMaturity(terms: CertificateTerms, principalFen: Fen): Fen {
  if (principalFen === 0) return ZERO_FEN
  return expectedPayment({ ...terms, principalFen }, terms.dueDate, terms.demandRateMicro).interest
}

/** Throws `deposit.notEarly`, `deposit.partialOnce`, `deposit.partialAmount`. */
export function earlyPayment(terms: CertificateTerms, facts: EarlyFacts): EarlyPayment {
  const early = { withdrawnOn: facts.on, demandRate: facts.demandRate }
  const deposit = asPrinted(terms)
  const { withdrawn, paidPrincipal, remainder } = facts.amountFen === null
    ? { withdrawn: withdrawAllEarly(deposit, early), paidPrincipal: terms.principalFen, remainder: null }
    : withdrawPartEarly(deposit, {
        ...early, amount: facts.amountFen, partialsBefore: facts.partials, minimumRemainder: facts.minimumRemainder,
      })
  const given = subtractFen(interestToMaturity(terms, paidPrincipal), withdrawn.interest)
  return { withdrawn, paidPrincipal, remainderFen: remainder?.principal ?? ZERO_FEN, forgoneFen: given > 0 ? given : ZERO_FEN }
}

export type EarlyChoice = {
  readonly choice: 'keep' | 'part' | 'break'
  /** Interest up to the certificate's due date: from the bank now, at maturity, and from the money placed anew. */
  readonly nowFen: Fen
  readonly atDueFen: Fen
  readonly anewFen: Fen
  readonly totalFen: Fen
}

export type EarlyComparison = {
  readonly choices: readonly EarlyChoice[]
  /** The rate at which placing everything anew for the days left earns as much as keeping; null when no rate does. */
  readonly breakEvenRate: RateMicro | null
  readonly daysLeft: number
}

/**
 * `newRate`: what the withdrawn money earns from that day to the old due date, actual days ÷ 360. `part` is there when an
 * amount is named and leaves enough.
 */
export function compareEarly(terms: CertificateTerms, facts: EarlyFacts & { readonly newRate: RateMicro }): EarlyComparison {
  const daysLeft = daysBetween(facts.on, terms.dueDate)
  const choiceOf = (choice: EarlyChoice['choice'], nowFen: Fen, kept: Fen, freed: Fen): EarlyChoice => {
    const atDueFen = interestToMaturity(terms, kept)
    const anewFen = freed === 0 ? ZERO_FEN : accrue({
      principal: freed, rate: facts.newRate, from: facts.on, to: terms.dueDate, dayCount: 'actual_360',
    }).interest
    return { choice, nowFen, atDueFen, anewFen, totalFen: addFen(nowFen, atDueFen, anewFen) }
  }
  const keep = choiceOf('keep', ZERO_FEN, terms.principalFen, ZERO_FEN)
  const all = earlyPayment(terms, { ...facts, amountFen: null })
  const choices = [keep]
  if (facts.amountFen !== null && facts.partials === 0) {
    const part = earlyPayment(terms, facts)
    if (part.remainderFen > 0) choices.push(choiceOf('part', part.withdrawn.interest, part.remainderFen, part.paidPrincipal))
  }
  choices.push(choiceOf('break', all.withdrawn.interest, ZERO_FEN, terms.principalFen))
  return { choices, breakEvenRate: breakEven(all.forgoneFen, terms.principalFen, daysLeft), daysLeft }
}

function breakEven(forgone: Fen, principal: Fen, daysLeft: number): RateMicro | null {
  if (daysLeft <= 0) return null
  const numerator = BigInt(forgone) * 360n * 100n * BigInt(MICRO_PER_PERCENT)
  return rateIn(divideRoundHalfUp(numerator, BigInt(principal) * BigInt(daysLeft)))
}

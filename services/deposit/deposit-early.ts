/** Taking money out before maturity (提前支取): a part, once; or everything. And what keeping, drawing or breaking would bring. */
import type { BusinessDate } from '#core/calendar.ts'
import { requireAction } from '#core/deposit/certificate-life.ts'
import { compareEarly, earlyPayment, type EarlyComparison, type EarlyPayment } from '#core/deposit/deposit-early.ts'
import type { CertificateId, DraftId } from '#core/id.ts'
import type { Fen } from '#core/money.ts'
import { Problem } from '#core/problem.ts'
import type { RateMicro } from '#core/rate.ts'
import type { Ledger } from '#db/ledger.ts'
import { insertEvent, refuseUsedNumber } from './certificate-record.ts'
import { certificateOf, type Certificate } from './certificate.ts'
import { complexOf } from '../register/complex.ts'
import { requireRole, type ServiceContext } from '../context.ts'
import { leavingLines } from './deposit-lines.ts'
import { comparedInterest, paidEvent, refuseOtherAccount, type PaidFacts } from './deposit.ts'
import { logOperation } from '../operation-log.ts'
import { policyFor } from '../policy/policy.ts'
import { saveDraft, type DraftLine } from '../voucher/voucher-draft.ts'

export type EarlyQuestion = {
  readonly certificateId: CertificateId
  readonly date: BusinessDate
  /** Null: everything. */
  readonly amountFen: Fen | null
  /** Demand rate of the withdrawal day. */
  readonly demandRateMicro: RateMicro
}

export type EarlyFacts = PaidFacts & EarlyQuestion & {
  /** The bank's new number for what remains of a part withdrawal; absent: the old one goes on. */
  readonly newCertificateNo?: string
}

function paymentOf(ledger: Ledger, facts: EarlyQuestion): { readonly certificate: Certificate; readonly payment: EarlyPayment } {
  const certificate = certificateOf(ledger, facts.certificateId)
  requireAction(certificate, facts.amountFen === null ? 'withdrawEarly' : 'withdrawPart', facts.date)
  const policy = policyFor(ledger, complexOf(ledger, certificate.complexId).profileCode, facts.date)
  const payment = earlyPayment(certificate, {
    on: facts.date, amountFen: facts.amountFen, demandRate: facts.demandRateMicro, partials: certificate.partials,
    minimumRemainder: policy.require('deposit.minimumRemainder'),
  })
  return { certificate, payment }
}

/** What the bank owes for an early withdrawal. Throws `certificate.*`, `deposit.*`, `policy.toFill`. */
export function expectedEarly(ledger: Ledger, facts: EarlyQuestion): EarlyPayment {
  return paymentOf(ledger, facts).payment
}

export type EarlyPlan = {
  readonly certificate: Certificate
  readonly payment: EarlyPayment
  readonly reason: string
  readonly newCertificateNo: string
  readonly lines: readonly DraftLine[]
}

/** Throws what `expectedEarly` throws, `certificate.interestDifference`, `certificate.otherAccount`, `record.duplicate`. */
export function earlyPlan(ledger: Ledger, facts: EarlyFacts): EarlyPlan {
  const { certificate, payment } = paymentOf(ledger, facts)
  refuseOtherAccount(ledger, certificate, facts)
  const reason = comparedInterest(payment.withdrawn.interest, facts)
  const isPart = payment.remainderFen > 0
  const newCertificateNo = isPart ? (facts.newCertificateNo?.trim() ?? '') : ''
  if (newCertificateNo !== '') refuseUsedNumber(ledger, newCertificateNo, 'newCertificateNo')
  const what = isPart ? '定期存款部分提前支取' : '定期存款提前支取'
  const leaving = { principalFen: payment.paidPrincipal, interestFen: facts.interestPaidFen, what }
  const lines = leavingLines(ledger, certificate, leaving)
  return { certificate, payment, reason, newCertificateNo, lines }
}

/** One transaction: event, voucher draft, log. What remains of a part withdrawal goes on as the same certificate. */
export function withdrawEarly(context: ServiceContext, facts: EarlyFacts): DraftId {
  requireRole(context, 'preparer')
  return context.ledger.write(() => {
    const { certificate: { id, bookId }, payment, reason, newCertificateNo, lines } = earlyPlan(context.ledger, facts)
    const expectedFen = payment.withdrawn.interest
    const draftId = saveDraft(context, {
      bookId, kind: 'general', date: facts.date, bankDate: facts.receivedOn ?? null,
      rule: { by: 'deposit.withdrawEarly', certificateId: id, expectedFen }, attachments: facts.attachments, lines,
    })
    insertEvent(context, {
      certificateId: id, kind: payment.remainderFen > 0 ? 'partlyWithdrawn' : 'withdrawnEarly',
      principalFen: payment.paidPrincipal, newCertificateNo, draftId, ...paidEvent(facts, expectedFen, reason),
    })
    logOperation(context, 'deposit.withdrawEarly', { kind: 'certificate', id }, { ...facts, expectedFen, draftId })
    return draftId
  })
}

/** Keep, draw a part, or break and place anew. Throws `certificate.*`, `deposit.notEarly`, `deposit.partialAmount`. */
export function earlyChoices(ledger: Ledger, facts: EarlyQuestion & { readonly newRateMicro: RateMicro }): EarlyComparison {
  const certificate = certificateOf(ledger, facts.certificateId)
  if (certificate.status !== 'inForce') {
    throw new Problem({ code: 'certificate.ended', message: '只有在存的存单可以测算提前支取' })
  }
  const policy = policyFor(ledger, complexOf(ledger, certificate.complexId).profileCode, facts.date)
  return compareEarly(certificate, {
    on: facts.date, amountFen: facts.amountFen, demandRate: facts.demandRateMicro, partials: certificate.partials,
    minimumRemainder: policy.require('deposit.minimumRemainder'), newRate: facts.newRateMicro,
  })
}

/** Notice deposits (通知存款, 银发〔1999〕3号): announcing a draw, and drawing. Minimums come from the profile. */
import { addDays, type BusinessDate } from '#core/calendar.ts'
import { noticeDaysOf, requireAction } from '#core/deposit/certificate-life.ts'
import type { CertificateId, DraftId } from '#core/id.ts'
import { formatYuan, type Fen } from '#core/money.ts'
import { noticeInterest, type Notice, type NoticeInterest } from '#core/deposit/notice-deposit.ts'
import { assertInvariant, Problem } from '#core/problem.ts'
import type { RateMicro } from '#core/rate.ts'
import type { Ledger } from '#db/ledger.ts'
import { standingEventsOf } from './certificate-chain.ts'
import { insertEvent } from './certificate-record.ts'
import { certificateOf, type Certificate } from './certificate.ts'
import { complexOf } from '../register/complex.ts'
import { requireRole, type ServiceContext } from '../context.ts'
import { leavingLines } from './deposit-lines.ts'
import { comparedInterest, paidEvent, refuseOtherAccount, type PaidFacts } from './deposit.ts'
import { logOperation } from '../operation-log.ts'
import { policyFor, type Policy } from '../policy/policy.ts'
import { saveDraft, type DraftLine } from '../voucher/voucher-draft.ts'

function policyOf(ledger: Ledger, certificate: Certificate, date: BusinessDate): Policy {
  return policyFor(ledger, complexOf(ledger, certificate.complexId).profileCode, date)
}

function noticeDays(certificate: Certificate): number {
  const days = noticeDaysOf(certificate.product)
  assertInvariant(days !== null, 'only a notice deposit comes here')
  return days
}

export type GivenNotice = {
  readonly certificateId: CertificateId
  readonly givenOn: BusinessDate
  readonly forDate: BusinessDate
  readonly amountFen: Fen
}

/** Records that the bank was told. Throws `certificate.*`, `notice.date`, `notice.amount`. */
export function giveNotice(context: ServiceContext, facts: GivenNotice): void {
  requireRole(context, 'preparer')
  context.ledger.write(() => {
    const certificate = certificateOf(context.ledger, facts.certificateId)
    requireAction(certificate, 'giveNotice', facts.givenOn)
    const earliest = addDays(facts.givenOn, noticeDays(certificate))
    if (facts.forDate < earliest) {
      throw new Problem({
        code: 'notice.date', field: 'forDate',
        message: `最早可通知 ${earliest} 支取：通知期不足的，支取部分按活期计息`,
      })
    }
    const minimumDraw = policyOf(context.ledger, certificate, facts.givenOn).require('deposit.noticeMinimumDraw')
    const { id, principalFen } = certificate
    if (facts.amountFen > principalFen || (facts.amountFen < minimumDraw && facts.amountFen < principalFen)) {
      const message = `通知金额应在 ${formatYuan(minimumDraw)} 与余额 ${formatYuan(principalFen)} 之间`
      throw new Problem({ code: 'notice.amount', message, field: 'amountFen' })
    }
    insertEvent(context, {
      certificateId: id, kind: 'noticed', date: facts.givenOn, principalFen: facts.amountFen, noticeFor: facts.forDate,
      draftId: null,
    })
    logOperation(context, 'deposit.giveNotice', { kind: 'certificate', id }, facts)
  })
}

/** The notice that stands: the last one given since the last draw. */
export function noticeOf(ledger: Ledger, id: CertificateId): Notice | null {
  const events = standingEventsOf(ledger, id)
  const drawn = events.findLastIndex(({ kind }) => kind === 'drawn')
  const given = events.slice(drawn + 1).findLast(({ kind }) => kind === 'noticed')
  return given === undefined || given.noticeFor === null
    ? null
    : { givenOn: given.date, forDate: given.noticeFor, amount: given.principalFen }
}

export type DrawQuestion = {
  readonly certificateId: CertificateId
  readonly date: BusinessDate
  readonly amountFen: Fen
  /** Notice rate and demand rate of the withdrawal day. */
  readonly noticeRateMicro: RateMicro
  readonly demandRateMicro: RateMicro
}

/** What the bank owes for a draw, and why part of it may earn only the demand rate. Throws `certificate.*`, `notice.amount`. */
export function expectedDraw(ledger: Ledger, facts: DrawQuestion): NoticeInterest {
  const certificate = certificateOf(ledger, facts.certificateId)
  requireAction(certificate, 'draw', facts.date)
  const policy = policyOf(ledger, certificate, facts.date)
  return noticeInterest({
    balance: certificate.principalFen, amount: facts.amountFen, start: certificate.valueDate, withdrawnOn: facts.date,
    noticeDays: noticeDays(certificate), notice: noticeOf(ledger, certificate.id), noticeRate: facts.noticeRateMicro,
    demandRate: facts.demandRateMicro, minimumDraw: policy.require('deposit.noticeMinimumDraw'),
    minimumBalance: policy.require('deposit.noticeMinimum'), yearDays: certificate.dayCount === 'actual_365' ? 365 : 360,
  })
}

export type DrawFacts = PaidFacts & DrawQuestion

export type DrawPlan = {
  readonly certificate: Certificate
  readonly expected: NoticeInterest
  /** What leaves: the draw, or everything where the rest is below what the bank keeps. */
  readonly principalFen: Fen
  readonly reason: string
  readonly lines: readonly DraftLine[]
}

/** Throws what `expectedDraw` throws, `certificate.interestDifference`, `certificate.otherAccount`. */
export function drawPlan(ledger: Ledger, facts: DrawFacts): DrawPlan {
  const expected = expectedDraw(ledger, facts)
  const certificate = certificateOf(ledger, facts.certificateId)
  refuseOtherAccount(ledger, certificate, facts)
  const reason = comparedInterest(expected.interest, facts)
  const principalFen = expected.closed ? certificate.principalFen : facts.amountFen
  const lines = leavingLines(ledger, certificate, { principalFen, interestFen: facts.interestPaidFen, what: '通知存款支取' })
  return { certificate, expected, principalFen, reason, lines }
}

/** One transaction: event, voucher draft, log. The certificate ends when nothing, or too little, is left. */
export function drawNotice(context: ServiceContext, facts: DrawFacts): DraftId {
  requireRole(context, 'preparer')
  return context.ledger.write(() => {
    const { certificate: { id, bookId }, expected, principalFen, reason, lines } = drawPlan(context.ledger, facts)
    const draftId = saveDraft(context, {
      bookId, kind: 'general', date: facts.date, bankDate: facts.receivedOn ?? null,
      rule: { by: 'deposit.draw', certificateId: id, expectedFen: expected.interest }, attachments: facts.attachments, lines,
    })
    insertEvent(context, {
      certificateId: id, kind: expected.closed ? 'withdrawn' : 'drawn', principalFen, draftId,
      ...paidEvent(facts, expected.interest, reason),
    })
    logOperation(context, 'deposit.draw', { kind: 'certificate', id }, { ...facts, expectedFen: expected.interest, draftId })
    return draftId
  })
}

/**
 * Placing money into certificates and taking it out when due. Each is one transaction that writes the certificate's event,
 * the voucher's draft (财会〔2020〕7号, domain rule 01 §4 entries 6–10) and the log. Rolling over, early withdrawal, notice and
 * undo stand in files of their own beside this one.
 */
import type { BusinessDate } from '#core/calendar.ts'
import { requireAction, type CertificateAction } from '#core/deposit/certificate-life.ts'
import { expectedPayment, type CertificateTerms } from '#core/deposit/deposit.ts'
import type { BankAccountId, CertificateId, DraftId } from '#core/id.ts'
import type { OverduePayment } from '#core/deposit/interest.ts'
import type { Fen } from '#core/money.ts'
import { Problem } from '#core/problem.ts'
import { rateMicro, type RateMicro } from '#core/rate.ts'
import type { Ledger } from '#db/ledger.ts'
import { bankAccountOf } from '../voucher/book.ts'
import { insertCertificate, insertEvent, type EventFacts, type PlacingFacts } from './certificate-record.ts'
import { certificateOf, type Certificate } from './certificate.ts'
import { requireRole, type ServiceContext } from '../context.ts'
import { leavingLines, placingLines } from './deposit-lines.ts'
import { logOperation } from '../operation-log.ts'
import { saveDraft } from '../voucher/voucher-draft.ts'

export type CertificateResult = { readonly certificateId: CertificateId; readonly draftId: DraftId }

/**
 * Demand money into a certificate (entry 7; a bond entry 9). Throws `certificate.minimum`, `certificate.dueDate`,
 * `certificate.complex`, `certificate.product`, `record.duplicate`.
 */
export function placeCertificate(context: ServiceContext, facts: PlacingFacts): CertificateResult {
  requireRole(context, 'preparer')
  return context.ledger.write(() => {
    const certificateId = insertCertificate(context, facts, null)
    const certificate = certificateOf(context.ledger, certificateId)
    const draftId = saveDraft(context, {
      bookId: certificate.bookId,
      kind: 'general',
      date: facts.valueDate,
      rule: { by: 'deposit.place', certificateId },
      attachments: facts.attachments,
      lines: placingLines(context.ledger, certificate),
    })
    insertEvent(context, { certificateId, kind: 'placed', date: facts.valueDate, principalFen: facts.principalFen, draftId })
    logOperation(context, 'deposit.place', { kind: 'certificate', id: certificateId }, { ...facts, draftId })
    return { certificateId, draftId }
  })
}

/** What the bank owes on a day, with the working; `demandRate` is that of the day the money is drawn. */
export function expectedOn(certificate: CertificateTerms, paidOn: BusinessDate, demandRate?: RateMicro): OverduePayment {
  return expectedPayment(certificate, paidOn, demandRate ?? certificate.demandRateMicro)
}

/** What the bank's slip says, whatever the operation. */
export type PaidFacts = {
  /** The day the bank paid. */
  readonly date: BusinessDate
  readonly interestPaidFen: Fen
  /** Needed when the bank paid a fen more or less than expected (tolerance 0.00). */
  readonly differenceReason?: string
  /** Where the money came in; absent the settlement account, which is the only place it may go. */
  readonly receivedInto?: BankAccountId
  /** 到账日 and the bank's serial. */
  readonly receivedOn?: BusinessDate | null
  readonly bankSerial?: string
  readonly attachments: readonly string[]
}

/** The reason to store, '' when paid and expected agree. Throws `certificate.interestDifference`, `certificate.interest`. */
export function comparedInterest(expectedFen: Fen, facts: Pick<PaidFacts, 'interestPaidFen' | 'differenceReason'>): string {
  if (facts.interestPaidFen < 0) {
    throw new Problem({ code: 'certificate.interest', message: '实付利息不能为负数', field: 'interestPaidFen' })
  }
  const reason = facts.differenceReason?.trim() ?? ''
  if (expectedFen === facts.interestPaidFen) return ''
  if (reason !== '') return reason
  throw new Problem({
    code: 'certificate.interestDifference',
    message: '银行实付利息与应得利息不符，请核对回单并写明差异原因',
    field: 'differenceReason',
  })
}

/**
 * Principal returns only to the unit's own settlement account (银发〔1997〕485号): money paid anywhere else is an alarm, not an
 * entry. Throws `certificate.otherAccount`.
 */
export function refuseOtherAccount(ledger: Ledger, certificate: Certificate, facts: Pick<PaidFacts, 'receivedInto'>): void {
  if (facts.receivedInto === undefined || facts.receivedInto === certificate.bankAccountId) return
  const own = bankAccountOf(ledger, certificate.bankAccountId)
  throw new Problem({
    code: 'certificate.otherAccount',
    message: `本息只能回到原结算账户 ${own.bankName} ${own.number}：进了别的账户请立即报告主管，并要求银行更正后再登记`,
    field: 'receivedInto',
  })
}

/** What every event of money paid out has in common. */
export function paidEvent(
  facts: PaidFacts,
  expectedFen: Fen,
  differenceReason: string,
): Omit<EventFacts, 'certificateId' | 'kind' | 'principalFen' | 'draftId'> {
  return {
    date: facts.date, expectedFen, paidFen: facts.interestPaidFen, differenceReason, receivedOn: facts.receivedOn ?? null,
    bankSerial: facts.bankSerial?.trim() ?? '',
  }
}

export type SettlementFacts = PaidFacts & { readonly certificateId: CertificateId; readonly demandRateMicro?: RateMicro }

export type Settlement = { readonly certificate: Certificate; readonly expectedFen: Fen; readonly reason: string }

/** A bond earns nothing past its maturity; everything else the demand rate. */
function overdueRate(certificate: Certificate, facts: Pick<SettlementFacts, 'demandRateMicro'>): RateMicro {
  return certificate.product === 'treasuryBond' ? rateMicro(0) : (facts.demandRateMicro ?? certificate.demandRateMicro)
}

/**
 * Checks that the certificate can end on that day and compares what was paid with what was due. Throws `certificate.*`,
 * `deposit.notDue`.
 */
export function settlementOf(
  ledger: Ledger,
  facts: SettlementFacts,
  action: Extract<CertificateAction, 'withdraw' | 'rollOver'> = 'withdraw',
): Settlement {
  const certificate = certificateOf(ledger, facts.certificateId)
  requireAction(certificate, action, facts.date)
  refuseOtherAccount(ledger, certificate, facts)
  const expectedFen = expectedOn(certificate, facts.date, overdueRate(certificate, facts)).interest
  return { certificate, expectedFen, reason: comparedInterest(expectedFen, facts) }
}

export function withdrawalLines(ledger: Ledger, certificate: Certificate, interestFen: Fen) {
  const what = certificate.product === 'treasuryBond' ? '国债到期兑付' : '定期存款到期支取'
  return leavingLines(ledger, certificate, { principalFen: certificate.principalFen, interestFen, what })
}

/** Matured principal and interest back to the settlement account. Throws what `settlementOf` throws. */
export function withdrawCertificate(context: ServiceContext, facts: SettlementFacts): DraftId {
  requireRole(context, 'preparer')
  return context.ledger.write(() => {
    const { certificate, expectedFen, reason } = settlementOf(context.ledger, facts)
    const { id, principalFen } = certificate
    const draftId = saveDraft(context, {
      bookId: certificate.bookId,
      kind: 'general',
      date: facts.date,
      bankDate: facts.receivedOn ?? null,
      rule: { by: 'deposit.withdraw', certificateId: id, expectedFen },
      attachments: facts.attachments,
      lines: withdrawalLines(context.ledger, certificate, facts.interestPaidFen),
    })
    insertEvent(context, {
      certificateId: id, kind: 'withdrawn', principalFen, draftId, ...paidEvent(facts, expectedFen, reason),
    })
    logOperation(context, 'deposit.withdraw', { kind: 'certificate', id }, { ...facts, expectedFen, draftId })
    return draftId
  })
}

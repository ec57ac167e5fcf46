/**
 * Placing, withdrawing and rolling over certificates. Each is one transaction that writes the certificate, its event, the
 * voucher's draft (财会〔2020〕7号, domain rule 01 §4 entries 6–8) and the log. Undo is a reversal, never an edit.
 */
import { datePartsOf, type BusinessDate } from '#core/calendar.ts'
import { ACCOUNT } from '#core/chart.ts'
import { expectedPayment, type CertificateTerms } from '#core/deposit.ts'
import { idOf, type CertificateId, type DraftId } from '#core/id.ts'
import type { OverduePayment } from '#core/interest.ts'
import { addFen, ZERO_FEN, type Fen } from '#core/money.ts'
import { Problem } from '#core/problem.ts'
import type { RateMicro } from '#core/rate.ts'
import type { RolloverMode } from '#core/rollover.ts'
import { credit, debit, type Amounts } from '#core/voucher.ts'
import { accountByCode } from './book.ts'
import { insertCertificate, insertEvent, type CertificateFacts, type PlacingFacts } from './certificate-record.ts'
import { certificateOf, eventsOf, type Certificate } from './certificate.ts'
import { requireRole, type ServiceContext } from './context.ts'
import { prepareReversal } from './correction.ts'
import { logOperation } from './operation-log.ts'
import { saveDraft, voidDraft, type DraftLine } from './voucher-draft.ts'

export type CertificateResult = { readonly certificateId: CertificateId; readonly draftId: DraftId }

/** Lines on the money's own bank account; certificate lines carry the certificate. */
function bankLine(context: ServiceContext, certificate: Pick<Certificate, 'bookId' | 'complexId' | 'bankAccountId'>,
  code: string, amounts: Amounts, summary: string, certificateId: CertificateId): DraftLine {
  return {
    summary,
    accountId: accountByCode(context.ledger, certificate.bookId, code).id,
    complexId: certificate.complexId,
    ...amounts,
    bankAccountId: code === ACCOUNT.interestIncome ? null : certificate.bankAccountId,
    certificateId,
  }
}

/** Demand money into a certificate (entry 6). Throws `certificate.minimum`, `certificate.dueDate`, `certificate.complex`. */
export function placeCertificate(context: ServiceContext, facts: PlacingFacts): CertificateResult {
  requireRole(context, 'preparer')
  return context.ledger.write(() => {
    const certificateId = insertCertificate(context, facts, null)
    const certificate = certificateOf(context.ledger, certificateId)
    const summary = `存入定期存款 ${certificate.certificateNo}`
    const draftId = saveDraft(context, {
      bookId: certificate.bookId,
      kind: 'general',
      date: facts.valueDate,
      rule: { by: 'deposit.place', certificateId },
      attachments: facts.attachments,
      lines: [
        bankLine(context, certificate, ACCOUNT.timeDeposit, debit(facts.principalFen), summary, certificateId),
        bankLine(context, certificate, ACCOUNT.demandDeposit, credit(facts.principalFen), summary, certificateId),
      ],
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

export type SettlementFacts = {
  readonly certificateId: CertificateId
  /** The day the bank paid. */
  readonly date: BusinessDate
  readonly demandRateMicro?: RateMicro
  /** From the bank slip. */
  readonly interestPaidFen: Fen
  /** Needed when the bank paid a fen more or less than expected (tolerance 0.00). */
  readonly differenceReason?: string
  readonly attachments: readonly string[]
}

/** Checks that the certificate can end on that day and compares what was paid with what was due. */
function settle(context: ServiceContext, facts: SettlementFacts): { certificate: Certificate; expectedFen: Fen; reason: string } {
  const certificate = certificateOf(context.ledger, facts.certificateId)
  if (certificate.status !== 'inForce') {
    const message = certificate.status === 'pending' ? '存入凭证还没有记账，记账后才能支取或转存' : '这张存单已经支取或转存，不能再办一次'
    throw new Problem({ code: certificate.status === 'pending' ? 'certificate.pending' : 'certificate.ended', message })
  }
  const expectedFen = expectedOn(certificate, facts.date, facts.demandRateMicro).interest
  const reason = facts.differenceReason?.trim() ?? ''
  if (expectedFen !== facts.interestPaidFen && reason === '') {
    throw new Problem({
      code: 'certificate.interestDifference',
      message: '银行实付利息与应得利息不符，请核对回单并写明差异原因',
      field: 'differenceReason',
    })
  }
  return { certificate, expectedFen, reason: expectedFen === facts.interestPaidFen ? '' : reason }
}

/** Matured principal and interest back to the settlement account. Throws `certificate.*`, `deposit.notDue`. */
export function withdrawCertificate(context: ServiceContext, facts: SettlementFacts): DraftId {
  requireRole(context, 'preparer')
  return context.ledger.write(() => {
    const { certificate, expectedFen, reason } = settle(context, facts)
    const summary = `定期存款到期支取 ${certificate.certificateNo}`
    const id = certificate.id
    const draftId = saveDraft(context, {
      bookId: certificate.bookId,
      kind: 'general',
      date: facts.date,
      rule: { by: 'deposit.withdraw', certificateId: id, expectedFen },
      attachments: facts.attachments,
      lines: [
        bankLine(context, certificate, ACCOUNT.demandDeposit, debit(addFen(certificate.principalFen, facts.interestPaidFen)), summary, id),
        bankLine(context, certificate, ACCOUNT.timeDeposit, credit(certificate.principalFen), summary, id),
        ...interestLine(context, certificate, facts.interestPaidFen, summary),
      ],
    })
    insertEvent(context, {
      certificateId: id, kind: 'withdrawn', date: facts.date, principalFen: certificate.principalFen, expectedFen,
      paidFen: facts.interestPaidFen, differenceReason: reason, draftId,
    })
    logOperation(context, 'deposit.withdraw', { kind: 'certificate', id }, { ...facts, expectedFen, draftId })
    return draftId
  })
}

function interestLine(context: ServiceContext, certificate: Certificate, interest: Fen, summary: string): DraftLine[] {
  return interest === 0
    ? []
    : [bankLine(context, certificate, ACCOUNT.interestIncome, credit(interest), `${summary} 利息`, certificate.id)]
}

export type RolloverFacts = SettlementFacts & {
  readonly mode: RolloverMode
  /** The new certificate; its principal follows from the mode and what the bank paid. */
  readonly next: Omit<CertificateFacts, 'valueDate'>
}

/**
 * A matured certificate into a new one (entries 7–8). With `principal_and_interest` the new principal is old principal +
 * interest paid; with `principal_only` the interest goes to the settlement account.
 * Throws `certificate.*`, `deposit.notDue`, `record.duplicate` for a certificate number used before.
 */
export function rollOverCertificate(context: ServiceContext, facts: RolloverFacts): CertificateResult {
  requireRole(context, 'preparer')
  return context.ledger.write(() => {
    const { certificate, expectedFen, reason } = settle(context, facts)
    const joined = facts.mode === 'principal_and_interest' ? facts.interestPaidFen : ZERO_FEN
    const principalFen = addFen(certificate.principalFen, joined)
    const certificateId = insertCertificate(
      context,
      { ...facts.next, valueDate: facts.date, complexId: certificate.complexId, bankAccountId: certificate.bankAccountId, principalFen },
      // A certificate rolled over late starts a fresh chain of days: there is no original day to keep.
      facts.date === certificate.dueDate ? { id: certificate.id, anchorDay: certificate.anchorDay }
        : { id: certificate.id, anchorDay: datePartsOf(facts.date).day },
    )
    const summary = `定期存款转存 ${certificate.certificateNo} → ${facts.next.certificateNo}`
    const toDemand = facts.mode === 'principal_only' && facts.interestPaidFen > 0
    const draftId = saveDraft(context, {
      bookId: certificate.bookId,
      kind: 'general',
      date: facts.date,
      rule: { by: 'deposit.rollOver', certificateId: certificate.id, nextCertificateId: certificateId, mode: facts.mode, expectedFen },
      attachments: facts.attachments,
      lines: [
        bankLine(context, certificate, ACCOUNT.timeDeposit, debit(principalFen), summary, certificateId),
        ...(toDemand
          ? [bankLine(context, certificate, ACCOUNT.demandDeposit, debit(facts.interestPaidFen), summary, certificate.id)]
          : []),
        bankLine(context, certificate, ACCOUNT.timeDeposit, credit(certificate.principalFen), summary, certificate.id),
        ...interestLine(context, certificate, facts.interestPaidFen, summary),
      ],
    })
    insertEvent(context, {
      certificateId: certificate.id, kind: 'rolledOver', date: facts.date, principalFen: certificate.principalFen, expectedFen,
      paidFen: facts.interestPaidFen, differenceReason: reason, nextId: certificateId, draftId,
    })
    insertEvent(context, { certificateId, kind: 'placed', date: facts.date, principalFen, draftId })
    logOperation(context, 'deposit.rollOver', { kind: 'certificate', id: certificate.id }, { ...facts, expectedFen, certificateId, draftId })
    return { certificateId, draftId }
  })
}

/**
 * Takes back the certificate's last operation: voids its voucher when not yet posted, otherwise prepares the red one. A
 * rollover is taken back on both certificates. Throws `certificate.nothingToUndo`, `certificate.nextMoved`.
 */
export function undoLastOperation(
  context: ServiceContext,
  certificateId: CertificateId,
  facts: { date: BusinessDate; reason: string },
): DraftId {
  requireRole(context, 'preparer')
  const { ledger } = context
  return ledger.write(() => {
    const events = eventsOf(ledger, certificateId)
    const reversed = new Set(events.map((event) => event.reversesEventId))
    const last = events.filter((event) => event.kind !== 'reversed' && !reversed.has(event.id)).at(-1)
    if (last === undefined || last.draftId === null) {
      throw new Problem({ code: 'certificate.nothingToUndo', message: '这张存单没有可以撤销的操作' })
    }
    const twins = last.nextCertificateId === null ? [] : eventsOf(ledger, last.nextCertificateId)
    const twinsDone = new Set(twins.map((event) => event.reversesEventId))
    if (twins.some((event) => event.kind !== 'placed' && event.kind !== 'reversed' && !twinsDone.has(event.id))) {
      throw new Problem({ code: 'certificate.nextMoved', message: '转存后的新存单已有后续操作，请先撤销新存单的操作' })
    }
    const undoDraft = takeBackVoucher(context, last.draftId, last.voucherId, facts)
    const pairs = [last, ...twins.filter((event) => event.kind === 'placed' && !twinsDone.has(event.id))]
    for (const event of pairs) {
      insertEvent(context, {
        certificateId: event.certificateId, kind: 'reversed', date: facts.date, principalFen: event.principalFen,
        reversesEventId: event.id, draftId: undoDraft,
      })
    }
    logOperation(context, 'deposit.undo', { kind: 'certificate', id: certificateId }, { ...facts, event: last.kind, undoDraft })
    return undoDraft
  })
}

function takeBackVoucher(
  context: ServiceContext,
  draftId: DraftId,
  voucherId: number | null,
  facts: { date: BusinessDate; reason: string },
): DraftId {
  if (voucherId !== null) {
    return prepareReversal(context, { voucherId: idOf<'voucher'>(voucherId), date: facts.date, reason: facts.reason }).reversal
  }
  voidDraft(context, draftId, facts.reason)
  return draftId
}

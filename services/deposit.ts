/**
 * Placing, withdrawing and rolling over certificates. Each is one transaction that writes the certificate, its event, the
 * voucher's draft (财会〔2020〕7号, domain rule 01 §4 entries 6–8) and the log. Undo is a reversal, never an edit.
 */
import { datePartsOf, type BusinessDate } from '#core/calendar.ts'
import { expectedPayment, type CertificateTerms } from '#core/deposit.ts'
import { idOf, type CertificateId, type DraftId } from '#core/id.ts'
import type { OverduePayment } from '#core/interest.ts'
import { addFen, ZERO_FEN, type Fen } from '#core/money.ts'
import { Problem } from '#core/problem.ts'
import type { RateMicro } from '#core/rate.ts'
import type { RolloverMode } from '#core/rollover.ts'
import type { Ledger } from '#db/ledger.ts'
import { insertCertificate, insertEvent, type CertificateFacts, type PlacingFacts } from './certificate-record.ts'
import { certificateOf, eventsOf, type Certificate, type CertificateEvent } from './certificate.ts'
import { requireRole, type ServiceContext } from './context.ts'
import { prepareReversal } from './correction.ts'
import { placingLines, rolloverLines, withdrawalLines } from './deposit-lines.ts'
import { logOperation } from './operation-log.ts'
import { saveDraft, voidDraft } from './voucher-draft.ts'

export type CertificateResult = { readonly certificateId: CertificateId; readonly draftId: DraftId }

/** Demand money into a certificate (entry 6). Throws `certificate.minimum`, `certificate.dueDate`, `certificate.complex`. */
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

export type Settlement = { readonly certificate: Certificate; readonly expectedFen: Fen; readonly reason: string }

/** Checks that the certificate can end on that day and compares what was paid with what was due. */
export function settlementOf(ledger: Ledger, facts: SettlementFacts): Settlement {
  const certificate = certificateOf(ledger, facts.certificateId)
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
    const { certificate, expectedFen, reason } = settlementOf(context.ledger, facts)
    const id = certificate.id
    const draftId = saveDraft(context, {
      bookId: certificate.bookId,
      kind: 'general',
      date: facts.date,
      rule: { by: 'deposit.withdraw', certificateId: id, expectedFen },
      attachments: facts.attachments,
      lines: withdrawalLines(context.ledger, certificate, facts.interestPaidFen),
    })
    insertEvent(context, {
      certificateId: id, kind: 'withdrawn', date: facts.date, principalFen: certificate.principalFen, expectedFen,
      paidFen: facts.interestPaidFen, differenceReason: reason, draftId,
    })
    logOperation(context, 'deposit.withdraw', { kind: 'certificate', id }, { ...facts, expectedFen, draftId })
    return draftId
  })
}

export type RolloverFacts = SettlementFacts & {
  readonly mode: RolloverMode
  /** The new certificate; its principal follows from the mode and what the bank paid. */
  readonly next: Omit<CertificateFacts, 'valueDate'>
}

/** A certificate rolled over late starts a fresh chain of days: there is no original day to keep. */
export function anchorDayAfter(certificate: Certificate, rolledOn: BusinessDate): number {
  return rolledOn === certificate.dueDate ? certificate.anchorDay : datePartsOf(rolledOn).day
}

export type NextCertificate = {
  readonly facts: Omit<PlacingFacts, 'attachments'>
  readonly previous: { readonly id: CertificateId; readonly anchorDay: number }
}

/** The next link of the chain: its money follows from the old certificate, the mode and what the bank paid. */
export function nextCertificateOf(certificate: Certificate, facts: RolloverFacts): NextCertificate {
  const joined = facts.mode === 'principal_and_interest' ? facts.interestPaidFen : ZERO_FEN
  return {
    facts: {
      ...facts.next,
      valueDate: facts.date,
      complexId: certificate.complexId,
      bankAccountId: certificate.bankAccountId,
      principalFen: addFen(certificate.principalFen, joined),
    },
    previous: { id: certificate.id, anchorDay: anchorDayAfter(certificate, facts.date) },
  }
}

/**
 * A matured certificate into a new one (entries 7–8). With `principal_and_interest` the new principal is old principal +
 * interest paid; with `principal_only` the interest goes to the settlement account.
 * Throws `certificate.*`, `deposit.notDue`, `record.duplicate` for a certificate number used before.
 */
export function rollOverCertificate(context: ServiceContext, facts: RolloverFacts): CertificateResult {
  requireRole(context, 'preparer')
  return context.ledger.write(() => {
    const { certificate, expectedFen, reason } = settlementOf(context.ledger, facts)
    const next = nextCertificateOf(certificate, facts)
    const { principalFen } = next.facts
    const certificateId = insertCertificate(context, next.facts, next.previous)
    const lines = rolloverLines(
      context.ledger, certificate, certificateOf(context.ledger, certificateId), facts.mode, facts.interestPaidFen)
    const draftId = saveDraft(context, {
      bookId: certificate.bookId,
      kind: 'general',
      date: facts.date,
      rule: {
        by: 'deposit.rollOver', certificateId: certificate.id, nextCertificateId: certificateId, mode: facts.mode, expectedFen,
      },
      attachments: facts.attachments,
      lines,
    })
    insertEvent(context, {
      certificateId: certificate.id, kind: 'rolledOver', date: facts.date, principalFen: certificate.principalFen, expectedFen,
      paidFen: facts.interestPaidFen, differenceReason: reason, nextId: certificateId, draftId,
    })
    insertEvent(context, { certificateId, kind: 'placed', date: facts.date, principalFen, draftId })
    const details = { ...facts, expectedFen, certificateId, draftId }
    logOperation(context, 'deposit.rollOver', { kind: 'certificate', id: certificate.id }, details)
    return { certificateId, draftId }
  })
}

/**
 * Takes back the certificate's last operation: voids its voucher when not yet posted, otherwise prepares the red one. A
 * rollover is taken back on both certificates, whichever of the two is named: they share one voucher.
 * Throws `certificate.nothingToUndo`, `certificate.nextMoved`.
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
    const { previousId } = certificateOf(ledger, certificateId)
    if (last.kind === 'placed' && previousId !== null) return undoLastOperation(context, previousId, facts)
    const twins = last.nextCertificateId === null ? [] : eventsOf(ledger, last.nextCertificateId)
    const twinsDone = new Set(twins.map((event) => event.reversesEventId))
    if (twins.some((event) => event.kind !== 'placed' && event.kind !== 'reversed' && !twinsDone.has(event.id))) {
      throw new Problem({ code: 'certificate.nextMoved', message: '转存后的新存单已有后续操作，请先撤销新存单的操作' })
    }
    const undoDraft = takeBackVoucher(context, { ...last, draftId: last.draftId }, facts)
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

/** A voucher someone already voided in the voucher list leaves only the register to be put right. */
function takeBackVoucher(
  context: ServiceContext,
  { draftId, draftState, voucherId }: Pick<CertificateEvent, 'draftState' | 'voucherId'> & { draftId: DraftId },
  facts: { date: BusinessDate; reason: string },
): DraftId {
  if (voucherId !== null) {
    return prepareReversal(context, { voucherId: idOf<'voucher'>(voucherId), date: facts.date, reason: facts.reason }).reversal
  }
  if (draftState !== 'void') voidDraft(context, draftId, facts.reason)
  return draftId
}

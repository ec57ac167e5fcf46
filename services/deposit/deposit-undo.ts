/** Taking back the last operation on a certificate: a reversal, never an edit, on every certificate it touched. */
import type { BusinessDate } from '#core/calendar.ts'
import type { CertificateId, DraftId } from '#core/id.ts'
import type { Fen } from '#core/money.ts'
import { Problem } from '#core/problem.ts'
import type { Ledger } from '#db/ledger.ts'
import { certificateOf } from './certificate.ts'
import { eventsOfDraft, standingEventsOf } from './certificate-chain.ts'
import { insertEvent } from './certificate-record.ts'
import { requireRole, type ServiceContext } from '../context.ts'
import { takeBackVoucher } from '../voucher/correction.ts'
import { logOperation } from '../operation-log.ts'

/**
 * Voids the operation's voucher when not yet posted, otherwise prepares the red one. A rollover is taken back on all its
 * certificates, whichever of them is named: they share one voucher. Null when the operation moved no money.
 * Throws `certificate.nothingToUndo`, `certificate.nextMoved`, `certificate.inOpening`, `voucher.reason`.
 */
export function undoLastOperation(
  context: ServiceContext,
  certificateId: CertificateId,
  facts: { readonly date: BusinessDate; readonly reason: string },
): DraftId | null {
  requireRole(context, 'preparer')
  const { ledger } = context
  const reason = facts.reason.trim()
  if (reason === '') throw new Problem({ code: 'voucher.reason', message: '请写明撤销原因', field: 'reason' })
  return ledger.write(() => {
    const last = standingEventsOf(ledger, certificateId).at(-1)
    if (last === undefined) {
      throw new Problem({ code: 'certificate.nothingToUndo', message: '这张存单没有可以撤销的操作' })
    }
    const operation = last.draftId === null
      ? [last]
      : eventsOfDraft(ledger, last.draftId).filter((event) => event.kind !== 'reversed' && event.isReversed === 0)
    for (const event of operation) {
      if (standingEventsOf(ledger, event.certificateId).at(-1)?.id === event.id) continue
      throw new Problem({ code: 'certificate.nextMoved', message: '这一步涉及的另一张存单已有后续操作，请先撤销那张存单的操作' })
    }
    if (last.kind === 'placed' && last.draftId === null) refuseWhileBooked(ledger, certificateId)
    const undoDraft =
      last.draftId === null ? null : takeBackVoucher(context, { ...last, draftId: last.draftId }, { date: facts.date, reason })
    for (const event of operation) {
      insertEvent(context, {
        certificateId: event.certificateId, kind: 'reversed', date: facts.date, principalFen: event.principalFen, reason,
        reversesEventId: event.id, draftId: undoDraft,
      })
    }
    const certificates = operation.map((event) => event.certificateId)
    const detail = { date: facts.date, reason, event: last.kind, undoDraft, certificates }
    logOperation(context, 'deposit.undo', { kind: 'certificate', id: certificateId }, detail)
    return undoDraft
  })
}

const TIE_OUT = `
  SELECT coalesce((SELECT sum(l.debit_fen - l.credit_fen) FROM account a CROSS JOIN voucher_line l
        INDEXED BY voucher_line_by_complex
        ON l.book_id = a.book_id AND l.complex_id = :complexId AND l.account_id = a.id
      WHERE a.book_id = :bookId AND a.code LIKE iif(:isBond, '1101%', '1001.02%')), 0) AS booked,
    coalesce((SELECT sum(c.principal_fen) FROM certificate_now c WHERE c.complex_id = :complexId AND c.book_id = :bookId
      AND (c.product = 'treasuryBond') = :isBond AND c.status = 'inForce'), 0) AS inForce`

/**
 * Whether the sub-account still holds the money of a certificate: without it, book and register of the complex would be farther
 * apart (invariant 10).
 */
export function isStillBooked(ledger: Ledger, id: CertificateId): boolean {
  const { bookId, complexId, product, principalFen } = certificateOf(ledger, id)
  const sums = ledger
    .prepare<[Record<string, unknown>], { booked: Fen; inForce: Fen }>(TIE_OUT)
    .get({ bookId, complexId, isBond: product === 'treasuryBond' ? 1 : 0 })
  if (sums === undefined) return false
  const { booked, inForce } = sums
  return Math.abs(booked - (inForce - principalFen)) >= Math.abs(booked - inForce)
}

/** Taken over with the opening balance, it has no voucher to reverse: the opening is corrected first. */
function refuseWhileBooked(ledger: Ledger, id: CertificateId): void {
  if (!isStillBooked(ledger, id)) return
  throw new Problem({
    code: 'certificate.inOpening',
    message: '这张存单的本金在期初余额里，没有凭证可以冲销：资料有误请用“更正”；金额有误或没有这张存单，请先更正期初余额凭证，再回来撤销',
  })
}

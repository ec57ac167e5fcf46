/** Putting a certificate's terms right from the bank's slip, and what the bank forbids: due date, rate, freezing, releasing. */
import type { BusinessDate } from '#core/calendar.ts'
import { requireAction } from '#core/deposit/certificate-life.ts'
import type { CertificateId } from '#core/id.ts'
import { ZERO_FEN } from '#core/money.ts'
import { Problem } from '#core/problem.ts'
import type { RateMicro } from '#core/rate.ts'
import { insertEvent } from './certificate-record.ts'
import { certificateOf } from './certificate.ts'
import { requireRole, type ServiceContext } from '../context.ts'
import { logOperation } from '../operation-log.ts'

export type AmendmentFacts = {
  readonly certificateId: CertificateId
  readonly date: BusinessDate
  /** Null: stays. */
  readonly dueDate: BusinessDate | null
  readonly rateMicro: RateMicro | null
  readonly reason: string
  /** Number of the bank's slip. */
  readonly bankSerial?: string
}

function reasonOf(reason: string): string {
  const text = reason.trim()
  if (text === '') throw new Problem({ code: 'certificate.reason', message: '请写明原因和依据的银行回单', field: 'reason' })
  return text
}

/** Throws `certificate.*`: ended, without a reason, nothing changed, a due date before the money was placed. */
export function amendCertificate(context: ServiceContext, facts: AmendmentFacts): void {
  requireRole(context, 'preparer')
  context.ledger.write(() => {
    const certificate = certificateOf(context.ledger, facts.certificateId)
    requireAction(certificate, 'amend', facts.date)
    const reason = reasonOf(facts.reason)
    const newDueDate = facts.dueDate === certificate.dueDate ? null : facts.dueDate
    const newRateMicro = facts.rateMicro === certificate.rateMicro ? null : facts.rateMicro
    if (newDueDate === null && newRateMicro === null) {
      throw new Problem({ code: 'certificate.unchanged', message: '到期日和利率都没有变化', field: 'dueDate' })
    }
    if (newDueDate !== null && newDueDate <= certificate.valueDate) {
      throw new Problem({ code: 'certificate.dueDate', message: '到期日须在起息日之后', field: 'dueDate' })
    }
    insertEvent(context, {
      certificateId: certificate.id, kind: 'amended', date: facts.date, principalFen: ZERO_FEN, reason, newDueDate, newRateMicro,
      bankSerial: facts.bankSerial?.trim() ?? '', draftId: null,
    })
    const before = { dueDate: certificate.dueDate, rateMicro: certificate.rateMicro }
    logOperation(context, 'deposit.amend', { kind: 'certificate', id: certificate.id }, { ...facts, before })
  })
}

export type HoldFacts = { readonly certificateId: CertificateId; readonly date: BusinessDate; readonly reason: string }

/** 冻结: money cannot move until it is released; the due date goes on. Throws `certificate.*`. */
export function freezeCertificate(context: ServiceContext, facts: HoldFacts): void {
  hold(context, facts, 'freeze')
}

/** 解冻. Throws `certificate.*`. */
export function unfreezeCertificate(context: ServiceContext, facts: HoldFacts): void {
  hold(context, facts, 'unfreeze')
}

function hold(context: ServiceContext, facts: HoldFacts, action: 'freeze' | 'unfreeze'): void {
  requireRole(context, 'preparer')
  context.ledger.write(() => {
    const certificate = certificateOf(context.ledger, facts.certificateId)
    requireAction(certificate, action, facts.date)
    insertEvent(context, {
      certificateId: certificate.id, kind: action === 'freeze' ? 'frozen' : 'unfrozen', date: facts.date, principalFen: ZERO_FEN,
      reason: reasonOf(facts.reason), draftId: null,
    })
    logOperation(context, action === 'freeze' ? 'deposit.freeze' : 'deposit.unfreeze',
      { kind: 'certificate', id: certificate.id }, facts)
  })
}

/**
 * Rolling over (转存): matured certificates into new ones of the same or new terms. One may be split into several and several
 * of one account merged, in one transaction with one voucher (entries 7–8); the chain keeps which went into which.
 */
import { datePartsOf, type BusinessDate } from '#core/calendar.ts'
import type { BankAccountId, CertificateId, DraftId } from '#core/id.ts'
import { addFen, formatYuan, subtractFen, ZERO_FEN, type Fen } from '#core/money.ts'
import { Problem } from '#core/problem.ts'
import type { RateMicro } from '#core/rate.ts'
import type { RolloverMode } from '#core/deposit/rollover.ts'
import type { Ledger } from '#db/ledger.ts'
import { insertCertificate, insertEvent, insertLink, type CertificateFacts, type PlacingFacts } from './certificate-record.ts'
import { CERTIFICATE, certificateOf, type Certificate } from './certificate.ts'
import { requireRole, type ServiceContext } from '../context.ts'
import { rolloverLines } from './deposit-lines.ts'
import {
  paidEvent, settlementOf, type CertificateResult, type PaidFacts, type Settlement, type SettlementFacts,
} from './deposit.ts'
import { logOperation } from '../operation-log.ts'
import { saveDraft } from '../voucher/voucher-draft.ts'

/** What the bank paid for one of the old certificates. */
export type OldCertificate = {
  readonly certificateId: CertificateId
  readonly interestPaidFen: Fen
  readonly demandRateMicro?: RateMicro
  readonly differenceReason?: string
}

export type NextFacts = Omit<CertificateFacts, 'valueDate'> & { readonly principalFen: Fen }

export type RegroupFacts = Omit<PaidFacts, 'interestPaidFen' | 'differenceReason'> & {
  readonly mode: RolloverMode
  /** One, or several of the same account to be merged. */
  readonly old: readonly OldCertificate[]
  /** One, or several that share the money out. */
  readonly next: readonly NextFacts[]
}

export type RegroupPlan = {
  readonly bookId: Certificate['bookId']
  readonly olds: readonly (Settlement & { readonly facts: SettlementFacts })[]
  readonly next: readonly Omit<PlacingFacts, 'attachments'>[]
  readonly anchorDay: number
}

/** A certificate rolled over late starts a fresh chain of days: there is no original day to keep. */
export function anchorDayAfter(certificate: Pick<Certificate, 'dueDate' | 'anchorDay'>, rolledOn: BusinessDate): number {
  return rolledOn === certificate.dueDate ? certificate.anchorDay : datePartsOf(rolledOn).day
}

/** Merged certificates keep an original day only when they share it. */
function anchorDayOfAll(olds: readonly Settlement[], date: BusinessDate): number {
  const days = new Set(olds.map(({ certificate }) => anchorDayAfter(certificate, date)))
  const [day] = days
  return days.size === 1 && day !== undefined ? day : datePartsOf(date).day
}

/** Throws `certificate.fund`: certificates of two funds, complexes or settlement accounts never become one. */
function refuseMixing(olds: readonly Settlement[]): Certificate {
  const [first] = olds
  if (first === undefined) throw new Problem({ code: 'rollover.none', message: '请选择要转存的存单' })
  const { certificate } = first
  const isStrange = olds.some(({ certificate: { bookId, complexId, bankAccountId } }) =>
    bookId !== certificate.bookId || complexId !== certificate.complexId || bankAccountId !== certificate.bankAccountId)
  if (isStrange || new Set(olds.map((old) => old.certificate.id)).size !== olds.length) {
    const message = '只有同一账簿、同一小区、同一结算账户的存单可以合并转存，且每张只能选一次'
    throw new Problem({ code: 'certificate.fund', message, field: 'old' })
  }
  return certificate
}

/** Principal the new certificates share: old principal, with `principal_and_interest` plus the interest paid. */
export function rolloverTotal(
  olds: readonly { readonly principalFen: Fen; readonly interestPaidFen: Fen }[],
  mode: RolloverMode,
): Fen {
  return addFen(...olds.map(({ principalFen, interestPaidFen }) =>
    addFen(principalFen, mode === 'principal_and_interest' ? interestPaidFen : ZERO_FEN)))
}

function refuseOtherTotal(total: Fen, next: readonly NextFacts[]): void {
  const given = addFen(...next.map(({ principalFen }) => principalFen))
  if (next.length > 0 && given === total) return
  const message = `新存单本金合计应为 ${formatYuan(total)}，现为 ${formatYuan(given)}，相差 ${formatYuan(subtractFen(given, total))}`
  throw new Problem({ code: 'rollover.parts', message, field: 'principalFen' })
}

/** Throws `certificate.*`, `rollover.*`, `deposit.notDue`. */
export function regroupPlan(ledger: Ledger, facts: RegroupFacts): RegroupPlan {
  const { old, next, mode, ...paid } = facts
  const olds = old.map((one) => {
    const settlement = { ...paid, ...one }
    return { ...settlementOf(ledger, settlement, 'rollOver'), facts: settlement }
  })
  const first = refuseMixing(olds)
  const paidOf = olds.map((one) => ({ principalFen: one.certificate.principalFen, interestPaidFen: one.facts.interestPaidFen }))
  refuseOtherTotal(rolloverTotal(paidOf, mode), next)
  const place = {
    complexId: first.complexId, bankAccountId: first.bankAccountId, valueDate: facts.date, bankName: first.bankName,
    branch: first.branch,
  } satisfies { bankAccountId: BankAccountId } & Partial<PlacingFacts>
  const anchorDay = anchorDayOfAll(olds, facts.date)
  return { bookId: first.bookId, olds, next: next.map((one) => ({ ...place, ...one })), anchorDay }
}

/** What may be rolled over on a day together with a certificate: matured, free, of the same complex and settlement account. */
export function mergeableWith(ledger: Ledger, id: CertificateId, date: BusinessDate): readonly Certificate[] {
  const { complexId, bankAccountId } = certificateOf(ledger, id)
  return ledger
    .prepare<[Record<string, unknown>], Certificate>(
      `SELECT * FROM (${CERTIFICATE} WHERE c.complex_id = :complexId AND c.bank_account_id = :bankAccountId)
       WHERE id <> :id AND status = 'inForce' AND isFrozen = 0 AND dueDate <= :date AND product IN ('time', 'largeCertificate')
       ORDER BY dueDate, id`,
    )
    .all({ id, complexId, bankAccountId, date })
}

export type RegroupResult = { readonly certificateIds: readonly CertificateId[]; readonly draftId: DraftId }

/** Throws what `regroupPlan` throws, and `record.duplicate` for a certificate number used before. */
export function regroupCertificates(context: ServiceContext, facts: RegroupFacts): RegroupResult {
  requireRole(context, 'preparer')
  return context.ledger.write(() => {
    const { ledger } = context
    const plan = regroupPlan(ledger, facts)
    const certificateIds = plan.next.map((next) => insertCertificate(context, next, plan))
    const next = certificateIds.map((id) => certificateOf(ledger, id))
    const oldIds = plan.olds.map(({ certificate }) => certificate.id)
    const draftId = saveDraft(context, {
      bookId: plan.bookId,
      kind: 'general',
      date: facts.date,
      bankDate: facts.receivedOn ?? null,
      rule: { by: 'deposit.rollOver', certificateIds: oldIds, nextCertificateIds: certificateIds, mode: facts.mode },
      attachments: facts.attachments,
      lines: rolloverLines(
        ledger, plan.olds.map((old) => ({ owner: old.certificate, interestFen: old.facts.interestPaidFen })), next),
    })
    for (const { certificate, expectedFen, reason, facts: paid } of plan.olds) {
      const eventId = insertEvent(context, {
        certificateId: certificate.id, kind: 'rolledOver', principalFen: certificate.principalFen, draftId,
        ...paidEvent(paid, expectedFen, reason),
      })
      for (const id of certificateIds) insertLink(context, eventId, id)
    }
    for (const { id, principalFen } of next) {
      insertEvent(context, { certificateId: id, kind: 'placed', date: facts.date, principalFen, draftId })
    }
    for (const { certificate: { id }, expectedFen } of plan.olds) {
      logOperation(context, 'deposit.rollOver', { kind: 'certificate', id }, { ...facts, expectedFen, certificateIds, draftId })
    }
    return { certificateIds, draftId }
  })
}

export type RolloverFacts = SettlementFacts & {
  readonly mode: RolloverMode
  /** The new certificate; its principal follows from the mode and what the bank paid. */
  readonly next: Omit<CertificateFacts, 'valueDate'>
}

/** One certificate into one, as regrouping sees it. Throws `certificate.missing`. */
export function regroupOfOne(ledger: Ledger, facts: RolloverFacts): RegroupFacts {
  const { certificateId, interestPaidFen, demandRateMicro, differenceReason, next, ...rest } = facts
  const { principalFen } = certificateOf(ledger, certificateId)
  return {
    ...rest,
    old: [{
      certificateId, interestPaidFen, ...(demandRateMicro !== undefined && { demandRateMicro }),
      ...(differenceReason !== undefined && { differenceReason }),
    }],
    next: [{ ...next, principalFen: rolloverTotal([{ principalFen, interestPaidFen }], facts.mode) }],
  }
}

/** A matured certificate into a new one. Throws what `regroupCertificates` throws. */
export function rollOverCertificate(context: ServiceContext, facts: RolloverFacts): CertificateResult {
  const { certificateIds: [certificateId], draftId } = regroupCertificates(context, regroupOfOne(context.ledger, facts))
  if (certificateId === undefined) throw new Error('a rollover made no certificate')
  return { certificateId, draftId }
}

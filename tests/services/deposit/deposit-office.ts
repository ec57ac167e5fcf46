/** A funded office and the steps every deposit test takes: placing, posting, reading what the books say. */
import { parseDate } from '#core/calendar.ts'
import type { CertificateId, DraftId } from '#core/id.ts'
import { parseYuan } from '#core/money.ts'
import { parsePercent } from '#core/rate.ts'
import { trialBalance } from '#services/voucher/balance.ts'
import { placeCertificate } from '#services/deposit/deposit.ts'
import type { NextFacts } from '#services/deposit/deposit-rollover.ts'
import { postDrafts } from '#services/voucher/posting.ts'
import { verifyLedger } from '#services/verify.ts'
import { reviewDraft } from '#services/voucher/voucher-draft.ts'
import { makeOffice, type Office } from '../office.ts'

export const DEMAND = parsePercent('0.05')
export const START = parseDate('2025-01-08')

export const printed = {
  product: 'time', rateMicro: parsePercent('1.50'), demandRateMicro: DEMAND, dayCount: 'months_odd_360',
  term: { unit: 'months', count: 6 }, rolloverInstruction: 'none',
} as const

export function post(office: Office, draftId: DraftId | null): void {
  if (draftId === null) throw new Error('this operation moved no money')
  reviewDraft(office.reviewer, draftId)
  postDrafts(office.bookkeeper, [draftId])
}

export function funded(): Office {
  const office = makeOffice({ openedOn: '2025-01-01', today: '2025-12-20' })
  office.receive(office.maintenance, '4001', '9000000.00', '2025-01-08')
  return office
}

export function place(office: Office, certificateNo: string, principal: string, more: object = {}): CertificateId {
  const { certificateId, draftId } = placeCertificate(office.preparer, {
    ...printed, certificateNo, valueDate: START, principalFen: parseYuan(principal), complexId: office.complexId,
    bankAccountId: office.maintenanceBank, personInCharge: office.preparer.actor.userId, attachments: [office.paper], ...more,
  })
  post(office, draftId)
  return certificateId
}

export const balance = (office: Office, code: string) =>
  trialBalance(office.ledger, { bookId: office.maintenance, to: parseDate('2025-12-31') })
    .rows.find((row) => row.code === code)?.closingFen

export function damages(office: Office) {
  const steps = verifyLedger(office.ledger)
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value.damages
  }
}

export const next = (office: Office, certificateNo: string, principal: string): NextFacts => ({
  ...printed, certificateNo, principalFen: parseYuan(principal), personInCharge: office.preparer.actor.userId,
})

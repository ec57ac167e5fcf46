/** Certificates and policy values of the small office, as tests of due work, losses and the ladder need them. */
import { parseDate } from '#core/calendar.ts'
import type { CertificateId } from '#core/id.ts'
import { parseYuan } from '#core/money.ts'
import { parsePercent } from '#core/rate.ts'
import { placeCertificate } from '#services/deposit/deposit.ts'
import { setPolicyValue } from '#services/policy/policy.ts'
import { postDrafts } from '#services/voucher/posting.ts'
import { reviewDraft } from '#services/voucher/voucher-draft.ts'
import { PASSWORD, type Office } from '../office.ts'

export type Placing = {
  readonly no: string
  readonly yuan: string
  readonly valueDate: string
  readonly months: number
  readonly rate?: string
  readonly reminderDays?: number
  /** Left as a draft. */
  readonly isPending?: boolean
}

/** Places for months at 1.50 % (demand 0.05 %) and posts it; the money must be in the account already. */
export function place(office: Office, facts: Placing): CertificateId {
  const { no, yuan, valueDate, months, rate = '1.50', reminderDays = null, isPending = false } = facts
  const { certificateId, draftId } = placeCertificate(office.preparer, {
    certificateNo: no, product: 'time', rateMicro: parsePercent(rate), demandRateMicro: parsePercent('0.05'),
    dayCount: 'months_odd_360', term: { unit: 'months', count: months }, rolloverInstruction: 'none',
    valueDate: parseDate(valueDate), principalFen: parseYuan(yuan), personInCharge: office.preparer.actor.userId,
    complexId: office.complexId, bankAccountId: office.maintenanceBank, attachments: [office.paper],
    reminderDays,
  })
  if (!isPending) {
    reviewDraft(office.reviewer, draftId)
    postDrafts(office.bookkeeper, [draftId])
  }
  return certificateId
}

export function setPolicy(office: Office, key: string, value: unknown): void {
  setPolicyValue(
    office.head,
    { profileCode: 'AH-TONGLING', key, value, validFrom: '2024-01-01', source: '办公室会议纪要', reason: '按规定填写' },
    { login: 'li', password: PASSWORD },
  )
}

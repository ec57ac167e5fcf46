/** What is typed while a certificate is withdrawn or rolled over, and what it means to the server. */
import type { BusinessDate } from '#core/calendar.ts'
import type { BankAccountId, UserId } from '#core/id.ts'
import type { RolloverMode } from '#core/deposit/rollover.ts'
import { formatPercent } from '#core/rate.ts'
import { fenOfText } from '../../parts/money-text.ts'
import { rateOf, type CertificateValues, type Papers } from './certificate-values.ts'
import type { CertificateCard, Settlement } from './records.ts'

export type PaidValues = {
  readonly what: 'withdraw' | RolloverMode
  readonly date: BusinessDate
  readonly demandRate: string
  readonly paid: string
  readonly differenceReason: string
  readonly receivedInto: BankAccountId | null
  readonly bankSerial: string
  readonly papers: Papers
}

export type SettleValues = { readonly step: 'paid' | 'next'; readonly paid: PaidValues; readonly next: CertificateValues }

export function isSettleValues(value: unknown): value is SettleValues {
  return typeof value === 'object' && value !== null && 'step' in value && 'paid' in value && 'next' in value
}

/** The next certificate is proposed like the old one; number and rate are on the new paper only. */
export function emptySettlement(
  { certificate, actions }: CertificateCard,
  today: BusinessDate,
  personInCharge: UserId,
): SettleValues {
  const demandRate = formatPercent(certificate.demandRateMicro)
  return {
    step: 'paid',
    paid: {
      what: !actions.includes('rollOver')
        ? 'withdraw'
        : certificate.rolloverInstruction === 'principal_only' ? 'principal_only' : 'principal_and_interest',
      date: today,
      demandRate,
      paid: '',
      differenceReason: '',
      receivedInto: certificate.bankAccountId,
      bankSerial: '',
      papers: [],
    },
    next: {
      certificateNo: '',
      product: certificate.product,
      rate: '',
      demandRate,
      termCount: certificate.termMonths ?? certificate.termDays,
      termUnit: certificate.termMonths === null ? 'days' : 'months',
      dayCount: certificate.dayCount,
      dueDate: null,
      dueDateReason: '',
      rolloverInstruction: certificate.rolloverInstruction,
      personInCharge,
      depositAccount: '',
      reminderDays: certificate.reminderDays,
      bankName: certificate.bankName,
      branch: certificate.branch,
      sourceVoucherId: certificate.sourceVoucherId,
    },
  }
}

/** Of a form that passed its rules; null while something is missing. */
export function settlementOf({ certificate }: CertificateCard, values: PaidValues): Settlement | null {
  const interestPaidFen = fenOfText(values.paid)
  const demandRateMicro = rateOf(values.demandRate)
  if (interestPaidFen === null || demandRateMicro === null) return null
  return {
    certificateId: certificate.id,
    date: values.date,
    demandRateMicro,
    interestPaidFen,
    differenceReason: values.differenceReason,
    ...(values.receivedInto !== null && { receivedInto: values.receivedInto }),
    bankSerial: values.bankSerial,
    attachments: values.papers.map(({ sha256 }) => sha256),
  }
}

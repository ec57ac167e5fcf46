/** What is typed of a certificate, as text, and what it means to the server. */
import type { DayCount } from '#core/deposit/accrual.ts'
import type { BusinessDate } from '#core/calendar.ts'
import type { DepositProduct, RolloverInstruction } from '#core/deposit/deposit.ts'
import type { UserId, VoucherId } from '#core/id.ts'
import type { DepositTerm } from '#core/deposit/interest.ts'
import { Problem } from '#core/problem.ts'
import { parsePercent, type RateMicro } from '#core/rate.ts'
import type { AttachedFile } from '../../parts/file-drop.tsx'
import type { Printed } from './records.ts'

export type CertificateValues = {
  readonly certificateNo: string
  readonly product: DepositProduct
  /** Percent a year, as typed. */
  readonly rate: string
  readonly demandRate: string
  readonly termCount: number | null
  readonly termUnit: DepositTerm['unit']
  readonly dayCount: DayCount
  /** Null: by the corresponding day. */
  readonly dueDate: BusinessDate | null
  readonly dueDateReason: string
  readonly rolloverInstruction: RolloverInstruction
  readonly personInCharge: UserId | null
  /** Where it lies, when that is not the settlement account's bank. */
  readonly bankName: string
  readonly branch: string
  readonly depositAccount: string
  readonly reminderDays: number | null
  /** The receipt the money came in with; null when it is not named. */
  readonly sourceVoucherId: VoucherId | null
}

export type Papers = readonly AttachedFile[]

/** Null while the text is no rate. */
export function rateOf(text: string): RateMicro | null {
  try {
    return parsePercent(text)
  } catch (error) {
    if (error instanceof Problem) return null
    throw error
  }
}

/** For `Form.Item rules` around a rate. */
export function rateRule(missing: string): { readonly validator: (_: unknown, text?: string) => Promise<void> } {
  return {
    validator: async (_, text = '') => {
      if (text.trim() === '') throw new Error(missing)
      parsePercent(text)
    },
  }
}

/** Of a form that passed its rules; null while something is missing. */
export function printedOf(values: CertificateValues): Printed | null {
  const rateMicro = rateOf(values.rate)
  const demandRateMicro = rateOf(values.demandRate)
  if (rateMicro === null || demandRateMicro === null || values.termCount === null || values.personInCharge === null) return null
  return {
    certificateNo: values.certificateNo,
    product: values.product,
    rateMicro,
    demandRateMicro,
    dayCount: values.dayCount,
    term: { unit: values.termUnit, count: values.termCount },
    dueDate: values.dueDate,
    dueDateReason: values.dueDateReason,
    rolloverInstruction: values.rolloverInstruction,
    personInCharge: values.personInCharge,
    bankName: values.bankName,
    branch: values.branch,
    depositAccount: values.depositAccount,
    reminderDays: values.reminderDays,
    sourceVoucherId: values.sourceVoucherId,
  }
}

/** The form's names for the service's fields. */
const FIELD: Readonly<Record<string, string>> = {
  principalFen: 'principal',
  term: 'termCount',
  paidOn: 'date',
  interestPaidFen: 'paid',
}

export function formFieldOf(field: string): string {
  return FIELD[field] ?? field
}

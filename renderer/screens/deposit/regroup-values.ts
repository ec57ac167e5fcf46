/** What is typed while certificates are split or merged, and what it means to the server. */
import type { BusinessDate } from '#core/calendar.ts'
import type { BankAccountId, CertificateId, UserId } from '#core/id.ts'
import { addFen, subtractFen, ZERO_FEN, type Fen } from '#core/money.ts'
import { formatPercent } from '#core/rate.ts'
import type { RolloverMode } from '#core/deposit/rollover.ts'
import type { Answers } from '../../records.ts'
import { fenOfText, moneyFault } from '../../parts/money-text.ts'
import { rateOf, type Papers } from './certificate-values.ts'
import type { CertificateCard, Regroup } from './records.ts'

export type MatureCertificate = CertificateCard['certificate'] | Answers['certificate']['mergeable'][number]

export type OldValues = { readonly certificateId: CertificateId; readonly paid: string; readonly reason: string }

export type NewValues = {
  readonly certificateNo: string
  readonly principal: string
  readonly rate: string
  readonly months: number | null
  readonly dueDate: BusinessDate | null
  readonly dueDateReason: string
}

export type GroupingValues = {
  readonly mode: RolloverMode
  readonly date: BusinessDate
  readonly old: readonly OldValues[]
  readonly next: readonly NewValues[]
  readonly receivedInto: BankAccountId
  readonly bankSerial: string
  readonly papers: Papers
}

export function emptyRow({ termMonths }: Pick<MatureCertificate, 'termMonths'>): NewValues {
  return { certificateNo: '', principal: '', rate: '', months: termMonths ?? 12, dueDate: null, dueDateReason: '' }
}

export function emptyGrouping(certificate: MatureCertificate, today: BusinessDate): GroupingValues {
  return {
    mode: certificate.rolloverInstruction === 'principal_only' ? 'principal_only' : 'principal_and_interest',
    date: today,
    old: [{ certificateId: certificate.id, paid: '', reason: '' }],
    next: [emptyRow(certificate), emptyRow(certificate)],
    receivedInto: certificate.bankAccountId,
    bankSerial: '',
    papers: [],
  }
}

/** A form tells only of the fields on screen; whose certificate a row is stays with the row. */
export function typedInto(values: GroupingValues, typed: Partial<GroupingValues>): GroupingValues {
  return {
    ...values, ...typed,
    old: values.old.map((one, index) => ({ ...one, ...typed.old?.[index] })),
    next: values.next.map((one, index) => ({ ...one, ...typed.next?.[index] })),
  }
}

function fenIn(text: string): Fen | null {
  return moneyFault(text, {}) === null ? fenOfText(text) : null
}

/** What has to be shared out, and what of it no row has yet. */
export function totalsOf(candidates: readonly MatureCertificate[], values: GroupingValues): { totalFen: Fen; restFen: Fen } {
  const totalFen = addFen(...values.old.map(({ certificateId, paid }) => {
    const principal = candidates.find(({ id }) => id === certificateId)?.principalFen ?? ZERO_FEN
    return values.mode === 'principal_and_interest' ? addFen(principal, fenIn(paid) ?? ZERO_FEN) : principal
  }))
  const given = addFen(...values.next.map(({ principal }) => fenIn(principal) ?? ZERO_FEN))
  return { totalFen, restFen: subtractFen(totalFen, given) }
}

/** Of a form that passed its rules; null while something is missing. */
export function regroupOf(
  candidates: readonly MatureCertificate[],
  values: GroupingValues,
  personInCharge: UserId,
): Regroup | null {
  const [first] = candidates
  if (first === undefined) return null
  const old = values.old.flatMap(({ certificateId, paid, reason }) => {
    const interestPaidFen = fenIn(paid)
    const demandRateMicro = candidates.find(({ id }) => id === certificateId)?.demandRateMicro
    return interestPaidFen === null || demandRateMicro === undefined
      ? []
      : [{ certificateId, interestPaidFen, demandRateMicro, differenceReason: reason }]
  })
  const next = values.next.flatMap(({ certificateNo, principal, rate, months, dueDate, dueDateReason }) => {
    const principalFen = fenIn(principal)
    const rateMicro = rateOf(rate)
    if (principalFen === null || rateMicro === null || months === null) return []
    return [{
      certificateNo, product: first.product, rateMicro, demandRateMicro: first.demandRateMicro, dayCount: first.dayCount,
      term: { unit: 'months' as const, count: months }, dueDate, dueDateReason, rolloverInstruction: first.rolloverInstruction,
      personInCharge, principalFen,
    }]
  })
  if (old.length !== values.old.length || next.length !== values.next.length) return null
  return {
    mode: values.mode, date: values.date, old, next, receivedInto: values.receivedInto, bankSerial: values.bankSerial,
    attachments: values.papers.map(({ sha256 }) => sha256),
  }
}

export function rateText(certificate: Pick<MatureCertificate, 'rateMicro'>): string {
  return `${formatPercent(certificate.rateMicro)}%`
}

/** The register's answers by name, and what the page says of them. */
import type { DueState } from '#core/deposit/deposit-due.ts'
import { depositText } from '../../messages/deposit.ts'
import type { Answers, Questions } from '../../records.ts'

export type ListedCertificate = Answers['deposit']['list'][number]
export type DueCertificate = Answers['due']['page'][number]
export type DueSummary = Answers['due']['summary']
export type ImportRequest = Questions['depositImport']['preview']
export type LossGroup = Questions['due']['loss']['group']
export type CertificateCard = Answers['deposit']['get']
export type ChainCertificate = CertificateCard['chain']['certificates'][number]
export type CertificateEvent = ChainCertificate['events'][number]
export type Working = CertificateCard['interest']['atDue']['term']
export type Placing = Questions['deposit']['place']
export type Settlement = Questions['deposit']['withdraw']
export type Early = Questions['certificate']['withdrawEarly']
export type Draw = Questions['certificate']['draw']
export type Regroup = Questions['certificate']['regroup']
export type InterestDifference = Answers['certificate']['differences'][number]
export type Printed = Questions['deposit']['rollOver']['next']

export function dueText(due: DueState): string {
  if (due.kind === 'overdue') return depositText.due.overdue(due.days)
  return due.days === 0 ? depositText.due.today : depositText.due.left(due.days)
}

/** The operation that ended the certificate and was not taken back. */
export function endOf(events: readonly CertificateEvent[]): CertificateEvent | undefined {
  return events.findLast(({ kind, isReversed }) =>
    (kind === 'withdrawn' || kind === 'withdrawnEarly' || kind === 'rolledOver') && isReversed === 0)
}

/** What “撤销上一步” would take back. */
export function lastStanding(events: readonly CertificateEvent[]): CertificateEvent | undefined {
  return events.findLast(({ kind, isReversed }) => kind !== 'reversed' && isReversed === 0)
}

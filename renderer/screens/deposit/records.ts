/** The register's answers by name, and what the page says of them. */
import type { DueState } from '#core/deposit.ts'
import { depositText } from '../../messages/deposit.ts'
import type { Answers, Questions } from '../../records.ts'

export type ListedCertificate = Answers['deposit']['list'][number]
export type DueCertificate = Answers['deposit']['due']['rows'][number]
export type CertificateCard = Answers['deposit']['get']
export type ChainLink = CertificateCard['chain']['links'][number]
export type CertificateEvent = ChainLink['events'][number]
export type Working = CertificateCard['interest']['atDue']['term']
export type Placing = Questions['deposit']['place']
export type Settlement = Questions['deposit']['withdraw']
export type Printed = Questions['deposit']['rollOver']['next']

export function dueText(due: DueState): string {
  if (due.kind === 'overdue') return depositText.due.overdue(due.days)
  return due.days === 0 ? depositText.due.today : depositText.due.left(due.days)
}

/** The operation that ended the certificate and was not taken back. */
export function endOf(events: readonly CertificateEvent[]): CertificateEvent | undefined {
  const reversed = new Set(events.map(({ reversesEventId }) => reversesEventId))
  return events.findLast(({ id, kind }) => (kind === 'withdrawn' || kind === 'rolledOver') && !reversed.has(id))
}

/** What “撤销上一步” would take back. */
export function lastStanding(events: readonly CertificateEvent[]): CertificateEvent | undefined {
  const reversed = new Set(events.map(({ reversesEventId }) => reversesEventId))
  return events.findLast(({ id, kind }) => kind !== 'reversed' && !reversed.has(id))
}

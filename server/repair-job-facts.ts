/** What the printed papers ask of a job: the latest event of a kind, and who signed a sheet for a party. */
import type { BusinessDate } from '#core/calendar.ts'
import type { SigningParty } from '#core/policy/policy.ts'
import type { RepairEvent, RepairEventKind } from '#core/repair/repair.ts'
import { signaturesOf, type Sheet } from '#core/repair/repair-papers.ts'
import type { ServiceContext } from '#services/context.ts'
import type { RepairJob } from '#services/repair/repair-record.ts'

export type Reader = Pick<ServiceContext, 'ledger' | 'clock'>

export type LatestEvent<Kind extends RepairEventKind> = Extract<RepairEvent, { kind: Kind }> & {
  readonly actorName: string
  readonly recordedOn: BusinessDate
  readonly recordedAt: string
}

/** The latest event of a kind: what was sent back and done again counts as done again. */
export function latestEvent<Kind extends RepairEventKind>(
  job: RepairJob, kind: Kind,
): LatestEvent<Kind> | null {
  const recorded = job.events.findLast(({ event }) => event.kind === kind)
  if (recorded === undefined || !isOfKind(recorded.event, kind)) return null
  return { ...recorded.event, actorName: recorded.actorName, recordedOn: recorded.on, recordedAt: recorded.at }
}

function isOfKind<Kind extends RepairEventKind>(event: RepairEvent, kind: Kind): event is Extract<RepairEvent, { kind: Kind }> {
  return event.kind === kind
}

export function personsOf(job: RepairJob, sheet: Sheet, party: SigningParty): readonly string[] {
  return signaturesOf(job.state, job.folder, sheet).filter((signature) => signature.party === party).map(({ person }) => person)
}

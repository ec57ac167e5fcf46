/** Everybody who stands on the counting sheets of a job, each for one party: nobody is on two sides of it. */
import { Problem } from '#core/problem.ts'
import { countingVisas } from '#core/repair/repair-actions.ts'
import { crossedParties, type PartyPerson } from '#core/repair/person.ts'
import { signaturesOf } from '#core/repair/repair-papers.ts'
import type { RepairEvent, RepairEventKind } from '#core/repair/repair.ts'
import type { RepairJob } from './repair-record.ts'

function latest<Kind extends RepairEventKind>(job: RepairJob, kind: Kind): Extract<RepairEvent, { kind: Kind }> | undefined {
  return job.events.map(({ event }) => event)
    .findLast((event): event is Extract<RepairEvent, { kind: Kind }> => event.kind === kind)
}

function atRepeatAnswer(job: RepairJob): readonly PartyPerson[] {
  const answer = job.state.doneBy.repeatAnswer === undefined ? undefined : latest(job, 'repeatAnswered')
  return answer === undefined ? [] : [
    { party: 'contractor', person: answer.contractorPerson }, { party: 'supervisor', person: answer.supervisorPerson },
    { party: 'section', person: answer.sectionPerson },
  ]
}

function atReview(job: RepairJob): readonly PartyPerson[] {
  if (job.state.reviewedOn === null) return []
  const kind = job.state.gate?.review === 'on_site_review' ? 'siteReviewed' : 'spotChecked'
  return latest(job, kind)?.visits ?? []
}

/** Of what counts now: a sheet that was sent back names nobody any more. */
export function personsOfJob(job: RepairJob): readonly PartyPerson[] {
  const { state, folder } = job
  return [
    ...atRepeatAnswer(job),
    ...atReview(job),
    ...signaturesOf(state, folder, 'siteReview'),
    ...signaturesOf(state, folder, 'acceptance'),
    ...countingVisas(state, job.visas).flatMap(({ signers }) => signers),
  ].map(({ party, person }) => ({ party, person }))
}

/** Throws `repair.person`. */
export function refuseCrossedParties(job: RepairJob, named: readonly PartyPerson[], field: string): void {
  const [first] = crossedParties(named, personsOfJob(job), field)
  if (first !== undefined) throw new Problem(first)
}

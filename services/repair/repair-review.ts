/** The review on site and the drawn spot check: each party's own record, with photos filed for it (Tongling 12(3)). */
import type { RepairId } from '#core/id.ts'
import { Problem } from '#core/problem.ts'
import { signaturesOf } from '#core/repair/repair-papers.ts'
import { lastVisitDay, VISIT_PARTIES, visitProblems, type SiteVisit, type VisitParty } from '#core/repair/site-visit.ts'
import { chinaMinuteOf } from '../clock.ts'
import type { ServiceContext } from '../context.ts'
import type { Policy } from '../policy/policy.ts'
import { personsOfJob } from './repair-person.ts'
import { appendRepairEvent, jobFor } from './repair.ts'
import type { RepairJob, StoredPaper } from './repair-record.ts'

/** Both at a site review; at a spot check the supervisor too, unless the profile says that the section goes alone. */
export function visitingParties(kind: 'spotChecked' | 'siteReviewed', policy: Pick<Policy, 'value'>): readonly VisitParty[] {
  if (kind === 'siteReviewed' || policy.value('spotCheck.supervisor') !== false) return VISIT_PARTIES
  return ['section']
}

/** Photos filed since the job came to the step where it stands. */
export function photosOfStep({ events, folder }: Pick<RepairJob, 'events' | 'folder'>): readonly StoredPaper[] {
  const came = events.findLast(({ event, step }, index) => event.kind === 'sentBack' || step !== events[index - 1]?.step)
  return folder.papers.filter(({ kind, at }) => kind === 'photo' && came !== undefined && at >= came.at)
}

/** Throws the first of `visitProblems`, `repair.path`, `repair.blocked`. */
export function recordReview(
  context: ServiceContext, id: RepairId, kind: 'spotChecked' | 'siteReviewed', visits: readonly SiteVisit[],
): void {
  context.ledger.write(() => {
    const job = jobFor(context, id, kind === 'spotChecked' ? 'recordSpotCheck' : 'recordSiteReview')
    const { state, folder, repair, policy } = job
    const [first] = visitProblems(visits, {
      parties: visitingParties(kind, policy),
      photos: new Set(photosOfStep(job).map(({ sha256 }) => sha256)),
      signed: kind === 'siteReviewed' ? signaturesOf(state, folder, 'siteReview') : null,
      others: personsOfJob(job),
      from: repair.reportedOn,
      now: chinaMinuteOf(context.clock.now()),
    })
    if (first !== undefined) throw new Problem(first)
    const kept = visits.map((visit) => ({ ...visit, place: visit.place.trim(), finding: visit.finding.trim() }))
    appendRepairEvent(context, job, { kind, on: lastVisitDay(visits) ?? context.clock.today(), visits: kept })
  })
}

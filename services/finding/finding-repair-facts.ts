/** What the events of a repair say to the self-check, read complex by complex over the indexes of the path. */
import type { BusinessDate } from '#core/calendar.ts'
import type { AgreedWorks, DatedRepair } from '#core/checks/repair-dates.ts'
import type { CheckedRepair, RepeatedPlace } from '#core/checks/repairs.ts'
import type { SmallJob } from '#core/checks/splitting.ts'
import type { RepairId } from '#core/id.ts'
import { ZERO_FEN, type Fen } from '#core/money.ts'
import { isOpenStep, isPaidStep, type AuthorityKind, type RepairStep } from '#core/repair/repair.ts'
import type { RepeatReason } from '#core/repair/repair-place.ts'
import type { Ledger } from '#db/ledger.ts'
import type { CheckedComplex, CheckReader } from './finding-scope.ts'

export type JobFacts = SmallJob & {
  readonly title: string
  readonly step: RepairStep
  readonly quotedFen: Fen
  /** What the window was told where the words of the job ask for it; '' where nothing was. */
  readonly explanation: string
  readonly authorityKind: AuthorityKind | null
  readonly voteCountedOn: BusinessDate | null
  readonly votePostedOn: BusinessDate | null
  readonly approvedOn: BusinessDate | null
  readonly approvedFen: Fen | null
  readonly awardedOn: BusinessDate | null
  readonly authorisedOn: BusinessDate | null
  readonly contractOn: BusinessDate | null
  readonly worksFrom: BusinessDate | null
  readonly worksTo: BusinessDate | null
  readonly startedOn: BusinessDate | null
  readonly finishedOn: BusinessDate | null
  readonly acceptedOn: BusinessDate | null
  readonly settledFen: Fen | null
  readonly settledOn: BusinessDate | null
  readonly publishedOn: BusinessDate | null
  /** Below it the profile let the job off its own publication, as it stood at the engineering check. */
  readonly unpublishedBelowFen: Fen | null
  readonly paidOn: BusinessDate | null
  readonly paidFen: Fen | null
  /** How many earlier jobs the window found at the same place. */
  readonly hits: number
}

/** The latest event of a kind: what was sent back and done again counts as done again. */
function latest(kind: string, value: string): string {
  return `(SELECT ${value} FROM repair_event e WHERE e.repair_id = r.id AND e.kind = '${kind}' ORDER BY e.seq DESC LIMIT 1)`
}

/** What was agreed before a job was checked anew no longer counts. */
function sinceCheck(kind: string, value: string): string {
  return `(SELECT ${value} FROM repair_event e WHERE e.repair_id = r.id AND e.kind = '${kind}' AND e.seq > (
    SELECT max(seq) FROM repair_event WHERE repair_id = r.id AND kind = 'engineeringChecked') ORDER BY e.seq DESC LIMIT 1)`
}

/** Of the vote the job rests on; the latest count and posting. */
function voteDay(kind: string, value: string): string {
  return `(SELECT ${value} FROM vote_event v WHERE v.vote_id = t.vote_id AND v.kind = '${kind}' ORDER BY v.seq DESC LIMIT 1)`
}

const JOBS_OF_COMPLEX = `
  SELECT r.id, r.number, r.title, r.complex_id AS complexId, r.building_id AS buildingId, r.entrance, r.part, r.facility,
    s.contractor_id AS contractorId, k.name AS contractorName, r.reported_on AS reportedOn,
    date(r.recorded_at, '+8 hours') AS recordedOn, r.quoted_fen AS quotedFen, s.step, s.amount_fen AS amountFen,
    t.kind AS authorityKind,
    ${voteDay('counted', "date(v.at, '+8 hours')")} AS voteCountedOn,
    ${voteDay('posted', "json_extract(v.detail, '$.on')")} AS votePostedOn,
    coalesce((SELECT explanation FROM repair_use_answer WHERE repair_id = r.id ORDER BY id DESC LIMIT 1), '') AS explanation,
    ${latest('windowChecked', "json_array_length(e.detail, '$.hits')")} AS hits,
    ${latest('engineeringChecked', "date(e.at, '+8 hours')")} AS approvedOn,
    ${latest('engineeringChecked', "json_extract(e.detail, '$.approvedFen')")} AS approvedFen,
    ${latest('engineeringChecked', "json_extract(e.detail, '$.rules.publication.belowFen')")} AS unpublishedBelowFen,
    (SELECT max(a.awarded_on) FROM tender d JOIN tender_quote q ON q.tender_id = d.id JOIN tender_award a ON a.quote_id = q.id
     WHERE d.repair_id = r.id AND d.role = 'contractor' AND a.counterparty_id = s.contractor_id) AS awardedOn,
    ${sinceCheck('authorised', "json_extract(e.detail, '$.on')")} AS authorisedOn,
    ${sinceCheck('contracted', "json_extract(e.detail, '$.contract.signedOn')")} AS contractOn,
    ${sinceCheck('contracted', "json_extract(e.detail, '$.contract.worksFrom')")} AS worksFrom,
    ${sinceCheck('contracted', "json_extract(e.detail, '$.contract.worksTo')")} AS worksTo,
    ${latest('accepted', "json_extract(e.detail, '$.on')")} AS acceptedOn,
    ${latest('accepted', "json_extract(e.detail, '$.startedOn')")} AS startedOn,
    ${latest('accepted', "json_extract(e.detail, '$.finishedOn')")} AS finishedOn,
    ${latest('settled', "json_extract(e.detail, '$.settledFen')")} AS settledFen,
    ${latest('settled', "json_extract(e.detail, '$.on')")} AS settledOn,
    ${latest('published', "json_extract(e.detail, '$.from')")} AS publishedOn,
    ${latest('paid', "(SELECT v.date FROM voucher v WHERE v.id = json_extract(e.detail, '$.voucherId'))")} AS paidOn,
    ${latest('paid', "json_extract(e.detail, '$.paidFen')")} AS paidFen
  FROM repair r INDEXED BY repair_by_complex JOIN repair_standing s ON s.repair_id = r.id
    JOIN counterparty k ON k.id = s.contractor_id
    LEFT JOIN repair_authority t ON t.event_id = (SELECT max(event_id) FROM repair_authority WHERE repair_id = r.id)
  WHERE r.complex_id = :complexId AND r.reported_on <= :to AND (:only IS NULL OR r.id = :only) ORDER BY r.reported_on, r.id`

const UNCHECKED: readonly RepairStep[] = ['windowCheck', 'repeatAnswer', 'engineeringCheck']
const PUBLISHED_STEPS: readonly RepairStep[] = ['payment', 'voucher', 'followUp', 'retention', 'closed']
const SETTLED_STEPS: readonly RepairStep[] = ['publication', ...PUBLISHED_STEPS]
const ACCEPTED_STEPS: readonly RepairStep[] = ['settlement', ...SETTLED_STEPS]
const CONTRACTED_STEPS: readonly RepairStep[] = ['spotDraw', 'spotCheck', 'siteReview', 'acceptance', ...ACCEPTED_STEPS]

/** What a job sent back has still to do again is not known of it. */
function standing(job: JobFacts): JobFacts {
  const at = <Value>(steps: readonly RepairStep[], value: Value): Value | null => (steps.includes(job.step) ? value : null)
  const isPaid = isPaidStep(job.step)
  return {
    ...job,
    hits: job.step === 'windowCheck' ? 0 : job.hits,
    approvedOn: UNCHECKED.includes(job.step) ? null : job.approvedOn,
    voteCountedOn: job.voteCountedOn,
    authorisedOn: at(['contract', ...CONTRACTED_STEPS], job.authorisedOn),
    contractOn: at(CONTRACTED_STEPS, job.contractOn),
    worksFrom: at(CONTRACTED_STEPS, job.worksFrom),
    worksTo: at(CONTRACTED_STEPS, job.worksTo),
    acceptedOn: at(ACCEPTED_STEPS, job.acceptedOn),
    startedOn: at(ACCEPTED_STEPS, job.startedOn),
    finishedOn: at(ACCEPTED_STEPS, job.finishedOn),
    settledFen: at(SETTLED_STEPS, job.settledFen),
    settledOn: at(SETTLED_STEPS, job.settledOn),
    publishedOn: at(PUBLISHED_STEPS, job.publishedOn),
    paidOn: isPaid ? job.paidOn : null,
    paidFen: isPaid ? job.paidFen : null,
  }
}

/** By day of report; `only` null: every job. Refused and cancelled ones cost nothing and are left alone. */
export function jobsOf(
  { ledger, scope }: CheckReader, { id }: CheckedComplex, only: RepairId | null,
): readonly JobFacts[] {
  return ledger
    .prepare<[Record<string, unknown>], JobFacts>(JOBS_OF_COMPLEX)
    .all({ complexId: id, to: scope.to, only })
    .filter(({ step }) => isOpenStep(step) || step === 'closed')
    .map(standing)
}

/** Why each earlier job made the window ask is kept beside the hits, as it was on that day. */
const HITS = `
  SELECT h.id, h.number, (SELECT json_extract(p.value, '$.reason') FROM json_each(e.detail, '$.repeats') p
    WHERE json_extract(p.value, '$.number') = h.number LIMIT 1) AS reason
  FROM repair_event e JOIN json_each(e.detail, '$.hits') j JOIN repair h ON h.id = j.value
  WHERE e.repair_id = ? AND e.kind = 'windowChecked'
    AND e.seq = (SELECT max(seq) FROM repair_event WHERE repair_id = e.repair_id AND kind = 'windowChecked') ORDER BY h.id`
type Hit = { readonly id: RepairId; readonly number: string; readonly reason: RepeatReason | null }

/** Of the latest look of the window only: what the site said of an earlier one is not said of this. */
const SITE_ANSWER = `
  SELECT json_extract(detail, '$.finding') AS finding, coalesce(json_extract(detail, '$.contractorPerson'), '') AS contractor,
    coalesce(json_extract(detail, '$.supervisorPerson'), '') AS supervisor,
    coalesce(json_extract(detail, '$.sectionPerson'), '') AS section
  FROM repair_event WHERE repair_id = :id AND kind = 'repeatAnswered'
    AND seq > (SELECT max(seq) FROM repair_event WHERE repair_id = :id AND kind = 'windowChecked') ORDER BY seq DESC LIMIT 1`
type SiteRow = { readonly finding: string; readonly contractor: string; readonly supervisor: string; readonly section: string }

function repeatOf(ledger: Ledger, { id, hits }: JobFacts): RepeatedPlace | null {
  if (hits === 0) return null
  const answer = ledger.prepare<[Record<string, unknown>], SiteRow>(SITE_ANSWER).get({ id })
  return {
    earlier: ledger.prepare<[number], Hit>(HITS).all(id),
    answer: answer === undefined
      ? null
      : {
          finding: answer.finding,
          persons: [answer.contractor, answer.supervisor, answer.section].filter((name) => name !== ''),
        },
  }
}

export function checkedRepair(ledger: Ledger, job: JobFacts): CheckedRepair {
  const { id, number, title, complexId, approvedFen, settledFen, settledOn, paidOn, publishedOn } = job
  return {
    id, number, title, complexId, approvedFen, settledFen, settledOn, paidOn,
    paidFen: job.paidFen ?? ZERO_FEN, disclosedOn: publishedOn, repeat: repeatOf(ledger, job),
  }
}

export function datedRepair(job: JobFacts): DatedRepair {
  const { id, number, complexId } = job
  const known = {
    reported: job.reportedOn, voteCounted: job.voteCountedOn, voteResultPosted: job.votePostedOn, approved: job.approvedOn,
    awarded: job.awardedOn, authorised: job.authorisedOn, contractSigned: job.contractOn, workStarted: job.startedOn,
    workFinished: job.finishedOn, accepted: job.acceptedOn, settled: job.settledOn, usePosted: job.publishedOn, paid: job.paidOn,
  }
  return { id, number, complexId, isEmergency: job.authorityKind === 'emergency', dates: known }
}

/** Jobs accepted under a contract. */
export function agreedWorks(jobs: readonly JobFacts[]): readonly AgreedWorks[] {
  return jobs.flatMap(({ id, number, complexId, worksFrom, worksTo, startedOn, finishedOn }) =>
    (worksFrom === null || worksTo === null || startedOn === null || finishedOn === null
      ? []
      : [{ id, number, complexId, agreed: { from: worksFrom, to: worksTo }, actual: { from: startedOn, to: finishedOn } }]))
}

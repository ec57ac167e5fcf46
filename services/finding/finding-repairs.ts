/** Facts of repairs for the self-check, complex by complex, over the indexes of the path. */
import type { BusinessDate } from '#core/calendar.ts'
import type { Finding } from '#core/checks/finding.ts'
import { findDatesUpsideDown } from '#core/checks/repair-dates.ts'
import { findNotDisclosed, findOverBudget, findPapersMissing, findRepeats, type CheckedRepair } from '#core/checks/repairs.ts'
import type { CheckRuleId } from '#core/checks/rules.ts'
import { findOutsideScope } from '#core/checks/scope.ts'
import { findNearThreshold, findSplitting, type SmallJob } from '#core/checks/splitting.ts'
import type { RepairId } from '#core/id.ts'
import { ZERO_FEN, type Fen } from '#core/money.ts'
import { isOpenStep, isPaidStep, type AuthorityKind, type RepairStep } from '#core/repair/repair.ts'
import { repairState } from '#core/repair/repair-flow.ts'
import { missingPapers, PAPER_WORD } from '#core/repair/repair-papers.ts'
import type { Ledger } from '#db/ledger.ts'
import type { Policy } from '../policy/policy.ts'
import { isInPeriod, type CheckedComplex, type CheckReader } from './finding-scope.ts'
import { repairEvents } from '../repair/repair-event.ts'
import { repairPapers } from '../repair/repair-record.ts'
import { USE_ITEMS } from '../authority/use-answer.ts'

type JobRow = SmallJob & {
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
  readonly acceptedOn: BusinessDate | null
  readonly settledFen: Fen | null
  readonly settledOn: BusinessDate | null
  readonly contractOn: BusinessDate | null
  readonly publishedOn: BusinessDate | null
  readonly paidOn: BusinessDate | null
  readonly paidFen: Fen | null
}

/** The latest event of a kind: what was sent back and done again counts as done again. */
function latest(kind: string, value: string): string {
  return `(SELECT ${value} FROM repair_event e WHERE e.repair_id = r.id AND e.kind = '${kind}' ORDER BY e.seq DESC LIMIT 1)`
}

/** Of the vote the job rests on; the latest count and posting. */
function voteDay(kind: string, value: string): string {
  return `(SELECT ${value} FROM vote_event v WHERE v.vote_id = t.vote_id AND v.kind = '${kind}' ORDER BY v.seq DESC LIMIT 1)`
}

export const JOBS_OF_COMPLEX = `
  SELECT r.id, r.number, r.title, r.complex_id AS complexId, r.building_id AS buildingId, r.entrance, r.part, r.facility,
    s.contractor_id AS contractorId, k.name AS contractorName, r.reported_on AS reportedOn, r.quoted_fen AS quotedFen,
    s.step, s.amount_fen AS amountFen, t.kind AS authorityKind,
    ${voteDay('counted', "date(v.at, '+8 hours')")} AS voteCountedOn,
    ${voteDay('posted', "json_extract(v.detail, '$.on')")} AS votePostedOn,
    coalesce((SELECT explanation FROM repair_use_answer WHERE repair_id = r.id ORDER BY id DESC LIMIT 1), '') AS explanation,
    ${latest('engineeringChecked', "date(e.at, '+8 hours')")} AS approvedOn,
    ${latest('engineeringChecked', "json_extract(e.detail, '$.approvedFen')")} AS approvedFen,
    ${latest('accepted', "json_extract(e.detail, '$.on')")} AS acceptedOn,
    ${latest('settled', "json_extract(e.detail, '$.settledFen')")} AS settledFen,
    ${latest('settled', "json_extract(e.detail, '$.on')")} AS settledOn,
    ${latest('contracted', "json_extract(e.detail, '$.contract.signedOn')")} AS contractOn,
    ${latest('published', "json_extract(e.detail, '$.from')")} AS publishedOn,
    ${latest('paid', "(SELECT v.date FROM voucher v WHERE v.id = json_extract(e.detail, '$.voucherId'))")} AS paidOn,
    ${latest('paid', "json_extract(e.detail, '$.paidFen')")} AS paidFen
  FROM repair r INDEXED BY repair_by_complex JOIN repair_standing s ON s.repair_id = r.id
    JOIN counterparty k ON k.id = s.contractor_id
    LEFT JOIN repair_authority t ON t.event_id = (SELECT max(event_id) FROM repair_authority WHERE repair_id = r.id)
  WHERE r.complex_id = :complexId AND r.reported_on <= :to AND (:only IS NULL OR r.id = :only) ORDER BY r.reported_on, r.id`

const HITS = `SELECT h.id, h.number FROM repair_event e JOIN json_each(e.detail, '$.hits') j JOIN repair h ON h.id = j.value
  WHERE e.repair_id = ? AND e.kind = 'windowChecked'
    AND e.seq = (SELECT max(seq) FROM repair_event WHERE repair_id = e.repair_id AND kind = 'windowChecked') ORDER BY h.id`

const SETTLED_STEPS: readonly RepairStep[] = ['publication', 'payment', 'voucher', 'followUp', 'retention', 'closed']
const ACCEPTED_STEPS: readonly RepairStep[] = ['settlement', ...SETTLED_STEPS]
const CONTRACTED_STEPS: readonly RepairStep[] = ['spotDraw', 'spotCheck', 'siteReview', 'acceptance', ...ACCEPTED_STEPS]
const INSTRUCTED_STEPS: readonly RepairStep[] = ['voucher', 'followUp', 'retention', 'closed']

/** Only what was instructed to be paid must be complete; earlier steps ask for their own papers as they come. */
function missingOf(ledger: Ledger, job: JobRow, policy: Policy): readonly string[] {
  if (!INSTRUCTED_STEPS.includes(job.step)) return []
  const state = repairState(job.quotedFen, repairEvents(ledger, job.id).map(({ event }) => event))
  const folder = { papers: repairPapers(ledger, job.id), signatures: [] }
  const rules = { writtenRecord: policy.value('acceptance.writtenRecord') ?? false }
  return missingPapers(state, folder, rules, 'payment').map((kind) => PAPER_WORD[kind])
}

function checkedRepair(ledger: Ledger, job: JobRow, policy: Policy): CheckedRepair {
  const isPaid = isPaidStep(job.step)
  return {
    id: job.id,
    number: job.number,
    title: job.title,
    complexId: job.complexId,
    approvedFen: job.approvedFen,
    settledFen: SETTLED_STEPS.includes(job.step) ? job.settledFen : null,
    paidFen: isPaid ? job.paidFen ?? ZERO_FEN : ZERO_FEN,
    paidOn: isPaid ? job.paidOn : null,
    disclosedOn: SETTLED_STEPS.includes(job.step) && job.step !== 'publication' ? job.publishedOn : null,
    unansweredRepeats: job.step === 'repeatAnswer'
      ? ledger.prepare<[number], { id: RepairId; number: string }>(HITS).all(job.id)
      : [],
    missing: missingOf(ledger, job, policy),
  }
}

function dated(job: JobRow): Parameters<typeof findDatesUpsideDown>[0][number] {
  const isAccepted = ACCEPTED_STEPS.includes(job.step)
  return {
    id: job.id,
    number: job.number,
    complexId: job.complexId,
    isEmergency: job.authorityKind === 'emergency',
    dates: {
      reported: job.reportedOn,
      ...(job.voteCountedOn !== null && { voteCounted: job.voteCountedOn }),
      ...(job.votePostedOn !== null && { voteResultPosted: job.votePostedOn }),
      ...(job.approvedOn !== null && { approved: job.approvedOn }),
      ...(isAccepted && job.acceptedOn !== null && { accepted: job.acceptedOn }),
      ...(CONTRACTED_STEPS.includes(job.step) && job.contractOn !== null && { contractSigned: job.contractOn }),
      ...(SETTLED_STEPS.includes(job.step) && job.settledOn !== null && { settled: job.settledOn }),
      ...(isPaidStep(job.step) && job.paidOn !== null && { paid: job.paidOn }),
    },
  }
}

const RULES_OVER_RECORDS: readonly CheckRuleId[] = [
  'repair.repeat', 'repair.papersMissing', 'repair.overBudget', 'repair.notDisclosed',
]

/** What the rules about repairs find in one complex. Refused and cancelled jobs cost nothing and are left alone. */
export function repairFindings(
  reader: CheckReader, complex: CheckedComplex, rules: ReadonlySet<CheckRuleId>,
): readonly Finding[] {
  const { ledger, scope } = reader
  const policy = reader.policyOf(complex)
  const jobs = ledger
    .prepare<[Record<string, unknown>], JobRow>(JOBS_OF_COMPLEX)
    // Splitting is seen only beside the neighbours.
    .all({ complexId: complex.id, to: scope.to, only: rules.has('repair.splitting') ? null : scope.repairId ?? null })
    .filter(({ step }) => isOpenStep(step) || step === 'closed')
  const inPeriod = jobs.filter(({ reportedOn, paidOn }) =>
    isInPeriod(scope, reportedOn) || (paidOn !== null && isInPeriod(scope, paidOn)))
  const ids = new Set<number>(inPeriod.map(({ id }) => id))
  const ifAsked = (rule: CheckRuleId, find: (under: Policy) => readonly Finding[]): readonly Finding[] =>
    rules.has(rule) ? reader.under(rule, complex, find) : []
  const needsRecord = RULES_OVER_RECORDS.some((rule) => rules.has(rule))
  const checked = needsRecord ? inPeriod.map((job) => checkedRepair(ledger, job, policy)) : []
  return [
    ...ifAsked('repair.datesUpsideDown', () => findDatesUpsideDown(inPeriod.map(dated))),
    ...ifAsked('repair.repeat', () => findRepeats(checked)),
    ...ifAsked('repair.splitting', (under) =>
      // A run may begin before the period: it is told when one of its jobs lies in it.
      findSplitting(jobs, { thresholdFen: under.require('smallRepair.threshold'), days: under.require('check.splittingDays') })
        .filter(({ links }) => links.some(({ id }) => ids.has(id)))),
    ...ifAsked('repair.nearThreshold', (under) => findNearThreshold(inPeriod, {
      thresholdFen: under.require('smallRepair.threshold'), percent: under.require('check.nearThresholdPercent'),
    })),
    ...ifAsked('repair.outsideScope', () => findOutsideScope(inPeriod, USE_ITEMS)),
    ...ifAsked('repair.papersMissing', () => findPapersMissing(checked)),
    ...ifAsked('repair.overBudget', (under) => findOverBudget(checked, under.require('overrun.percent'))),
    ...ifAsked('repair.notDisclosed', (under) => {
      // A job the profile lets off its own publication is published with the year's figures.
      const waivedBelow = under.value('usePublication.waivedBelow')
      const owed = checked.filter(({ settledFen }) => waivedBelow === null || settledFen === null || settledFen >= waivedBelow)
      return findNotDisclosed(owed, under.require('check.repairDisclosureDays'), reader.today)
    }),
  ]
}

export const REPAIR_RULES: readonly CheckRuleId[] = [
  'repair.datesUpsideDown', 'repair.repeat', 'repair.splitting', 'repair.nearThreshold', 'repair.outsideScope',
  'repair.papersMissing', 'repair.overBudget', 'repair.notDisclosed',
]

/** Facts of repairs for the self-check, complex by complex, over the indexes of the path. */
import type { BusinessDate } from '#core/calendar.ts'
import type { Finding } from '#core/checks/finding.ts'
import { findDatesUpsideDown } from '#core/checks/repair-dates.ts'
import { findOverBudget, findPapersMissing, findRepeats, type CheckedRepair } from '#core/checks/repairs.ts'
import type { CheckRuleId } from '#core/checks/rules.ts'
import { findOutsideScope } from '#core/checks/scope.ts'
import { findNearThreshold, findSplitting, type SmallJob } from '#core/checks/splitting.ts'
import type { RepairId } from '#core/id.ts'
import { ZERO_FEN, type Fen } from '#core/money.ts'
import { isOpenStep, repairState, type RepairStep } from '#core/repair/repair.ts'
import { missingPapers, PAPER_WORD } from '#core/repair/repair-papers.ts'
import type { Ledger } from '#db/ledger.ts'
import type { Policy } from '../policy/policy.ts'
import { isInPeriod, type CheckedComplex, type CheckReader } from './finding-scope.ts'
import { repairEvents, repairPapers } from '../repair/repair-record.ts'

type JobRow = SmallJob & {
  readonly title: string
  readonly step: RepairStep
  readonly quotedFen: Fen
  readonly approvedOn: BusinessDate | null
  readonly approvedFen: Fen | null
  readonly acceptedOn: BusinessDate | null
  readonly settledFen: Fen | null
  readonly paidOn: BusinessDate | null
  readonly paidFen: Fen | null
}

/** The latest event of a kind: what was sent back and done again counts as done again. */
function latest(kind: string, value: string): string {
  return `(SELECT ${value} FROM repair_event e WHERE e.repair_id = r.id AND e.kind = '${kind}' ORDER BY e.seq DESC LIMIT 1)`
}

export const JOBS_OF_COMPLEX = `
  SELECT r.id, r.number, r.title, r.complex_id AS complexId, r.building_id AS buildingId, r.entrance, r.part, r.facility,
    r.contractor_id AS contractorId, k.name AS contractorName, r.reported_on AS reportedOn, r.quoted_fen AS quotedFen,
    s.step, s.amount_fen AS amountFen,
    ${latest('engineeringChecked', "date(e.at, '+8 hours')")} AS approvedOn,
    ${latest('engineeringChecked', "json_extract(e.detail, '$.approvedFen')")} AS approvedFen,
    ${latest('accepted', "json_extract(e.detail, '$.on')")} AS acceptedOn,
    ${latest('accepted', "json_extract(e.detail, '$.settledFen')")} AS settledFen,
    ${latest('paid', "(SELECT v.date FROM voucher v WHERE v.id = json_extract(e.detail, '$.voucherId'))")} AS paidOn,
    ${latest('paid', "json_extract(e.detail, '$.paidFen')")} AS paidFen
  FROM repair r INDEXED BY repair_by_complex JOIN repair_standing s ON s.repair_id = r.id
    JOIN counterparty k ON k.id = r.contractor_id
  WHERE r.complex_id = :complexId AND r.reported_on <= :to AND (:only IS NULL OR r.id = :only) ORDER BY r.reported_on, r.id`

const HITS = `SELECT h.id, h.number FROM repair_event e JOIN json_each(e.detail, '$.hits') j JOIN repair h ON h.id = j.value
  WHERE e.repair_id = ? AND e.kind = 'windowChecked'
    AND e.seq = (SELECT max(seq) FROM repair_event WHERE repair_id = e.repair_id AND kind = 'windowChecked') ORDER BY h.id`

const ACCEPTED_STEPS: readonly RepairStep[] = ['payment', 'voucher', 'paid']
const INSTRUCTED_STEPS: readonly RepairStep[] = ['voucher', 'paid']

/** Only what was instructed to be paid must be complete; earlier steps ask for their own papers as they come. */
function missingOf(ledger: Ledger, job: JobRow, policy: Policy): readonly string[] {
  if (!INSTRUCTED_STEPS.includes(job.step)) return []
  const state = repairState(job.quotedFen, repairEvents(ledger, job.id).map(({ event }) => event))
  const folder = { papers: repairPapers(ledger, job.id), signatures: [] }
  const rules = { writtenRecord: policy.value('acceptance.writtenRecord') ?? false }
  return missingPapers(state, folder, rules, 'payment').map((kind) => PAPER_WORD[kind])
}

function checkedRepair(ledger: Ledger, job: JobRow, policy: Policy): CheckedRepair {
  const isAccepted = ACCEPTED_STEPS.includes(job.step)
  const isPaid = job.step === 'paid'
  return {
    id: job.id,
    number: job.number,
    title: job.title,
    complexId: job.complexId,
    approvedFen: job.approvedFen,
    settledFen: isAccepted ? job.settledFen : null,
    paidFen: isPaid ? job.paidFen ?? ZERO_FEN : ZERO_FEN,
    paidOn: isPaid ? job.paidOn : null,
    disclosedOn: null,
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
    isEmergency: false,
    dates: {
      reported: job.reportedOn,
      ...(job.approvedOn !== null && { approved: job.approvedOn }),
      ...(isAccepted && job.acceptedOn !== null && { accepted: job.acceptedOn }),
      ...(job.step === 'paid' && job.paidOn !== null && { paid: job.paidOn }),
    },
  }
}

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
    .filter(({ step }) => isOpenStep(step) || step === 'paid')
  const inPeriod = jobs.filter(({ reportedOn, paidOn }) =>
    isInPeriod(scope, reportedOn) || (paidOn !== null && isInPeriod(scope, paidOn)))
  const ids = new Set<number>(inPeriod.map(({ id }) => id))
  const ifAsked = (rule: CheckRuleId, find: (under: Policy) => readonly Finding[]): readonly Finding[] =>
    rules.has(rule) ? reader.under(rule, complex, find) : []
  const needsRecord = rules.has('repair.repeat') || rules.has('repair.papersMissing') || rules.has('repair.overBudget')
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
    ...ifAsked('repair.outsideScope', () => findOutsideScope(inPeriod.map((job) => ({ ...job, explanation: '' })))),
    ...ifAsked('repair.papersMissing', () => findPapersMissing(checked)),
    ...ifAsked('repair.overBudget', (under) => findOverBudget(checked, under.require('overrun.percent'))),
  ]
}

export const REPAIR_RULES: readonly CheckRuleId[] = [
  'repair.datesUpsideDown', 'repair.repeat', 'repair.splitting', 'repair.nearThreshold', 'repair.outsideScope',
  'repair.papersMissing', 'repair.overBudget',
]

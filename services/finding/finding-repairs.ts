/** What the rules about repairs find in one complex, each job judged by the local values of its own days. */
import type { BusinessDate } from '#core/calendar.ts'
import type { Finding } from '#core/checks/finding.ts'
import { findDatesUpsideDown, findOffTerm } from '#core/checks/repair-dates.ts'
import {
  findEmergencyOverdue, findNotDisclosed, findOverBudget, findPapersMissing, findRepeats, type EmergencyDuties,
} from '#core/checks/repairs.ts'
import type { CheckRuleId } from '#core/checks/rules.ts'
import { findOutsideScope } from '#core/checks/scope.ts'
import { findNearThreshold, findSplitting, type SplittingLimits } from '#core/checks/splitting.ts'
import { emergencyDeadlines } from '#core/authority/use-authority.ts'
import { emergencyRules } from '../authority/emergency.ts'
import { USE_ITEMS } from '../authority/use-answer.ts'
import type { Policy } from '../policy/policy.ts'
import { foldersOf } from './finding-folder.ts'
import { agreedWorks, checkedRepair, datedRepair, jobsOf, type JobFacts } from './finding-repair-facts.ts'
import { isInPeriod, type CheckedComplex, type CheckReader } from './finding-scope.ts'

const NO_HOLIDAYS = { daysOff: new Set<string>(), swappedWorkdays: new Set<string>() }

function emergencyDuties(jobs: readonly JobFacts[], policyOn: (day: BusinessDate) => Policy): readonly EmergencyDuties[] {
  return jobs.flatMap((job) => {
    const { id, number, complexId, amountFen, acceptedOn, settledOn, publishedOn } = job
    if (job.authorityKind !== 'emergency' || acceptedOn === null) return []
    // Days that run from the acceptance are calendar days; only the decision's are working days.
    const rules = { ...emergencyRules(policyOn(acceptedOn)), decisionWorkingDays: null }
    const { settleBy, publishBy } = emergencyDeadlines(acceptedOn, acceptedOn, rules, NO_HOLIDAYS)
    const duties = [{ word: '决算', by: settleBy, doneOn: settledOn }, { word: '公示', by: publishBy, doneOn: publishedOn }]
      .flatMap(({ by, ...duty }) => (by === null ? [] : [{ ...duty, by }]))
    return [{ id, number, complexId, amountFen, acceptedOn, duties }]
  })
}

/** A job the profile let off its own publication is published with the year's figures; no emergency is let off. */
function owesPublication({ settledFen, unpublishedBelowFen, authorityKind }: JobFacts): boolean {
  return authorityKind === 'emergency' || unpublishedBelowFen === null || settledFen === null || settledFen >= unpublishedBelowFen
}

const withDay = <Fact>(facts: readonly Fact[], dayOf: (fact: Fact) => BusinessDate | null) =>
  facts.flatMap((fact) => {
    const day = dayOf(fact)
    return day === null ? [] : [{ fact, day }]
  })

/** Every line of the profile below which a job is spared a step. */
function splittingLimits(policy: Policy): SplittingLimits {
  return {
    days: policy.require('check.splittingDays'),
    lines: {
      siteReview: policy.require('smallRepair.threshold'), authority: policy.value('repairAuthority.waivedBelow'),
      contract: policy.value('repairContract.waivedBelow'), publication: policy.value('usePublication.waivedBelow'),
    },
  }
}

export const REPAIR_RULES: readonly CheckRuleId[] = [
  'repair.datesUpsideDown', 'repair.worksPeriod', 'repair.emergencyOverdue', 'repair.notDisclosed', 'repair.repeat',
  'repair.splitting', 'repair.nearThreshold', 'repair.outsideScope', 'repair.papersMissing', 'repair.overBudget',
]

/** What the rules about repairs find in one complex. */
export function repairFindings(
  reader: CheckReader, complex: CheckedComplex, rules: ReadonlySet<CheckRuleId>,
): readonly Finding[] {
  const { ledger, scope, today } = reader
  // Splitting is seen only beside the neighbours.
  const jobs = jobsOf(reader, complex, rules.has('repair.splitting') ? null : scope.repairId ?? null)
  const inPeriod = jobs.filter(({ id, reportedOn, paidOn }) => (scope.repairId === undefined || id === scope.repairId)
    && (isInPeriod(scope, reportedOn) || (paidOn !== null && isInPeriod(scope, paidOn))))
  const ids = new Set<number>(inPeriod.map(({ id }) => id))
  const policyOn = (day: BusinessDate): Policy => reader.policyOn(complex, day)
  /** By the values of the day each fact has; what has none yet is not judged. */
  const judged = (
    rule: CheckRuleId, facts: readonly JobFacts[], dayOf: (job: JobFacts) => BusinessDate | null,
    find: (jobs: readonly JobFacts[], policy: Policy) => readonly Finding[],
  ): readonly Finding[] => (rules.has(rule)
    ? reader.judge(rule, complex, withDay(facts, dayOf), ({ day }) => day, (ofDay, policy) =>
        find(ofDay.map(({ fact }) => fact), policy))
    : [])
  const plainly = (rule: CheckRuleId, find: () => readonly Finding[]): readonly Finding[] =>
    (rules.has(rule) && reader.mayRun(rule, complex) ? find() : [])
  const checked = (facts: readonly JobFacts[]) => facts.map((job) => checkedRepair(ledger, job))
  return [
    ...plainly('repair.datesUpsideDown', () => findDatesUpsideDown(inPeriod.map(datedRepair))),
    ...plainly('repair.worksPeriod', () => findOffTerm(agreedWorks(inPeriod))),
    ...plainly('repair.emergencyOverdue', () => findEmergencyOverdue(emergencyDuties(inPeriod, policyOn), today)),
    ...plainly('repair.repeat', () => findRepeats(checked(inPeriod.filter(({ hits }) => hits > 0)))),
    ...plainly('repair.splitting', () => {
      const limits = new Map<BusinessDate, SplittingLimits>()
      const limitsOn = (day: BusinessDate): SplittingLimits => {
        const found = limits.get(day) ?? splittingLimits(policyOn(day))
        limits.set(day, found)
        return found
      }
      // A run may begin before the period: it is told when one of its jobs lies in it.
      return findSplitting(jobs, limitsOn).filter(({ links }) => links.some(({ id }) => ids.has(id)))
    }),
    ...judged('repair.nearThreshold', inPeriod, ({ reportedOn }) => reportedOn, (ofDay, policy) => findNearThreshold(ofDay, {
      thresholdFen: policy.require('smallRepair.threshold'), percent: policy.require('check.nearThresholdPercent'),
    })),
    ...plainly('repair.outsideScope', () => findOutsideScope(inPeriod, USE_ITEMS)),
    ...plainly('repair.papersMissing', () =>
      findPapersMissing(foldersOf(ledger, inPeriod, ({ acceptedOn }) => policyOn(acceptedOn ?? today)))),
    ...judged('repair.overBudget', inPeriod, ({ settledOn }) => settledOn, (ofDay, policy) =>
      findOverBudget(checked(ofDay), policy.require('overrun.percent'))),
    ...judged('repair.notDisclosed', inPeriod.filter(owesPublication), ({ paidOn }) => paidOn, (ofDay, policy) =>
      findNotDisclosed(checked(ofDay), policy.require('check.repairDisclosureDays'), today)),
  ]
}

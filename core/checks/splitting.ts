/**
 * Splitting (化整为零): jobs of one payee in one building, or at one place whoever did them, that stay under the amount line
 * one by one and reach it together within a few days. A threshold that spares a site review invites it. Three lifts of three
 * buildings on one day are three jobs, not one: neither place nor building is the same.
 */
import { daysBetween, type BusinessDate } from '../calendar.ts'
import type { ComplexId, CounterpartyId, RepairId } from '../id.ts'
import { addFen, formatYuan, type Fen } from '../money.ts'
import type { RateMicro } from '../rate.ts'
import { isSamePlace, type RepairPlace } from '../repair/repair-place.ts'
import { comparePercent } from '../repair/threshold.ts'
import { findingOf, type Finding } from './finding.ts'
import { checkRule } from './rules.ts'

export type SmallJob = RepairPlace & {
  readonly id: RepairId
  readonly number: string
  readonly complexId: ComplexId
  readonly contractorId: CounterpartyId
  readonly contractorName: string
  readonly reportedOn: BusinessDate
  /** As it stands: settled, else approved, else quoted. */
  readonly amountFen: Fen
}

export type SplittingLimits = {
  readonly thresholdFen: Fen
  /** Jobs reported at most this many days apart are looked at together. */
  readonly days: number
}

/** One finding per longest run of jobs; a run inside another is not told again. Jobs in any order. */
export function findSplitting(jobs: readonly SmallJob[], limits: SplittingLimits): readonly Finding[] {
  const small = jobs
    .filter((job) => job.amountFen < limits.thresholdFen)
    .toSorted((a, b) => (a.reportedOn < b.reportedOn ? -1 : a.reportedOn > b.reportedOn ? 1 : a.id - b.id))
  const found = new Map<string, Finding>()
  for (const group of [...groupsByPayee(small), ...groupsByPlace(small)]) {
    for (const run of runsReaching(group, limits)) {
      const finding = splittingFinding(run, limits)
      found.set(finding.fingerprint, finding)
    }
  }
  return [...found.values()]
}

function groupsByPayee(jobs: readonly SmallJob[]): readonly (readonly SmallJob[])[] {
  return [...Map.groupBy(jobs, (job) => `${job.complexId} ${job.buildingId ?? 0} ${job.contractorId}`).values()]
}

/** `1单元` and an entry that names none may be the same place, so places are compared, not keyed. */
function groupsByPlace(jobs: readonly SmallJob[]): readonly (readonly SmallJob[])[] {
  return [...Map.groupBy(jobs, (job) => `${job.complexId} ${job.buildingId ?? 0} ${job.part}`).values()].flatMap((near) => {
    const places: SmallJob[][] = []
    for (const job of near) {
      const same = places.find((place) => place.every((other) => isSamePlace(other, job)))
      if (same === undefined) places.push([job])
      else same.push(job)
    }
    return places
  })
}

/** Longest runs within the days whose sum reaches the threshold; two pointers over the sorted jobs. */
function runsReaching(jobs: readonly SmallJob[], limits: SplittingLimits): readonly (readonly SmallJob[])[] {
  const runs: (readonly SmallJob[])[] = []
  let toldUpTo = -1
  for (let first = 0, end = 0; first < jobs.length; first += 1) {
    const from = jobs[first]?.reportedOn
    if (from === undefined) break
    while (end < jobs.length && within(from, jobs[end], limits.days)) end += 1
    const run = jobs.slice(first, end)
    const isInsideLast = end - 1 <= toldUpTo
    if (run.length < 2 || isInsideLast || addFen(...run.map((job) => job.amountFen)) < limits.thresholdFen) continue
    runs.push(run)
    toldUpTo = end - 1
  }
  return runs
}

function within(from: BusinessDate, job: SmallJob | undefined, days: number): boolean {
  return job !== undefined && daysBetween(from, job.reportedOn) <= days
}

function splittingFinding(run: readonly SmallJob[], limits: SplittingLimits): Finding {
  const total = addFen(...run.map((job) => job.amountFen))
  const payees = [...new Set(run.map((job) => job.contractorName))].join('、')
  return findingOf({
    rule: 'repair.splitting',
    level: checkRule('repair.splitting').level,
    complexId: run[0]?.complexId ?? null,
    message:
      `疑似拆分：${payees} ${limits.days} 天内 ${run.length} 项合计 ${formatYuan(total)} 元，` +
      `单项都低于 ${formatYuan(limits.thresholdFen)} 元；请说明为何不是一个项目`,
    amountFen: total,
    links: run.map((job) => ({ kind: 'repair', id: job.id, label: job.number })),
  })
}

/** From `percent` of the threshold (以上, inclusive) up to, not at, the threshold. */
export function findNearThreshold(
  jobs: readonly SmallJob[], limits: { readonly thresholdFen: Fen; readonly percent: RateMicro },
): readonly Finding[] {
  return jobs
    .filter(({ amountFen }) =>
      amountFen < limits.thresholdFen && comparePercent(amountFen, limits.thresholdFen, limits.percent) >= 0)
    .map((job) => findingOf({
      rule: 'repair.nearThreshold',
      level: checkRule('repair.nearThreshold').level,
      complexId: job.complexId,
      message: `${job.number} 金额 ${formatYuan(job.amountFen)} 元，略低于 ${formatYuan(limits.thresholdFen)} 元的金额线；请核对工程量`,
      amountFen: job.amountFen,
      links: [{ kind: 'repair', id: job.id, label: job.number }],
    }))
}

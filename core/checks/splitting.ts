/**
 * Splitting (化整为零): jobs of one payee in one building, or at one place whoever did them, that stay under an amount line one
 * by one and reach it together within a few days. Every line below which a step is spared invites it. Three lifts of three
 * buildings on one day are three jobs, not one: neither place nor building is the same. A job of the complex as a whole
 * (`buildingId` null) is in each of its buildings.
 */
import { daysBetween, type BusinessDate } from '../calendar.ts'
import type { ComplexId, CounterpartyId, RepairId } from '../id.ts'
import { addFen, formatYuan, type Fen } from '../money.ts'
import type { RateMicro } from '../rate.ts'
import { readPart } from '../repair/place-words.ts'
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
  /** The day it was written into the ledger: a report dated back reaches out of the days watched, its record does not. */
  readonly recordedOn: BusinessDate
  /** As it stands: settled, else approved, else quoted. */
  readonly amountFen: Fen
}

/** What a job under the line is spared. */
export const SPARED_STEPS = ['siteReview', 'authority', 'contract', 'publication'] as const
export type SparedStep = (typeof SPARED_STEPS)[number]
const SPARED_WORD: Readonly<Record<SparedStep, string>> = {
  siteReview: '现场复核', authority: '业主决定', contract: '合同', publication: '使用公示',
}

export type SplittingLimits = {
  /** Null: nobody is spared the step. */
  readonly lines: Readonly<Record<SparedStep, Fen | null>>
  /** Jobs reported, or recorded, at most this many days apart are looked at together. */
  readonly days: number
}

/** What was in force on a day: an amount line of today says nothing about the jobs of March. */
export type LimitsOn = (day: BusinessDate) => SplittingLimits

type DayKind = 'reportedOn' | 'recordedOn'

type Run = {
  readonly jobs: readonly SmallJob[]
  readonly line: { readonly step: SparedStep; readonly fen: Fen }
  readonly days: number
  readonly by: DayKind
}

/** One finding per longest run of jobs; a run inside another is not told again. Jobs in any order. */
export function findSplitting(jobs: readonly SmallJob[], limitsOn: LimitsOn): readonly Finding[] {
  const runs = SPARED_STEPS.flatMap((step) => (['reportedOn', 'recordedOn'] as const).flatMap((by) => {
    const small = jobs
      .filter((job) => job.amountFen < (limitsOn(job.reportedOn).lines[step] ?? 0))
      .toSorted((a, b) => (a[by] < b[by] ? -1 : a[by] > b[by] ? 1 : a.id - b.id))
    return groups(small).flatMap((group) => runsReaching(group, step, by, limitsOn))
  }))
  const told = [...Map.groupBy(runs, (run) => run.jobs.map(({ id }) => id).toSorted((a, b) => a - b).join(',')).values()]
  const members = told.map(([run]) => new Set(run?.jobs.map(({ id }) => id)))
  return told
    .filter((_, index) => !members.some((other, at) => at !== index && members[index]?.isSubsetOf(other) === true))
    .flatMap((same) => splittingFinding(same))
}

function groups(jobs: readonly SmallJob[]): readonly (readonly SmallJob[])[] {
  return [...groupsByPayee(jobs), ...groupsByPlace(jobs)]
}

function groupsByPayee(jobs: readonly SmallJob[]): readonly (readonly SmallJob[])[] {
  return [...Map.groupBy(jobs, (job) => `${job.complexId} ${job.contractorId}`).values()].flatMap((own) => {
    const isWhole = own.some(({ buildingId }) => buildingId === null)
    return [...(isWhole ? [own] : []), ...Map.groupBy(own, ({ buildingId }) => buildingId).values()]
  })
}

function spellingOf({ buildingId, entrance, part, facility }: RepairPlace): string {
  return JSON.stringify([buildingId, entrance, part, facility])
}

/**
 * `1单元` and an entry that names none may be the same place, so places are compared, not keyed; each spelling once, because
 * thousands of jobs name a few dozen places.
 */
function groupsByPlace(jobs: readonly SmallJob[]): readonly (readonly SmallJob[])[] {
  return [...Map.groupBy(jobs, (job) => `${job.complexId} ${readPart(job.part)}`).values()].flatMap((near) => {
    const places: Map<string, SmallJob>[] = []
    for (const [spelling, [job]] of Map.groupBy(near, spellingOf)) {
      if (job === undefined) continue
      const same = places.filter((place) => place.values().every((other) => isSamePlace(other, job)))
      // What names no building lies in every place of it, and in none alone.
      for (const place of job.buildingId === null ? same : same.slice(0, 1)) place.set(spelling, job)
      if (same.length === 0) places.push(new Map([[spelling, job]]))
    }
    return places.map((place) => near.filter((job) => place.has(spellingOf(job))))
  })
}

/** Buildings of one run are one matter only by a job of the complex as a whole among them. */
function isOneMatter(run: readonly SmallJob[]): boolean {
  return run.some(({ buildingId }) => buildingId === null) || new Set(run.map(({ buildingId }) => buildingId)).size < 2
}

/**
 * Longest runs within the days whose sum reaches the line; two pointers over the sorted jobs. A run is measured by the limits
 * of its first report: on that day the works would have been reported as one job.
 */
function runsReaching(jobs: readonly SmallJob[], step: SparedStep, by: DayKind, limitsOn: LimitsOn): readonly Run[] {
  const runs: Run[] = []
  let toldUpTo = -1
  for (let first = 0, end = 0; first < jobs.length; first += 1) {
    const start = jobs[first]
    if (start === undefined) break
    const from = start[by]
    const { lines: { [step]: fen }, days } = limitsOn(start.reportedOn)
    const isWithin = (job: SmallJob | undefined) => job !== undefined && daysBetween(from, job[by]) <= days
    while (end < jobs.length && isWithin(jobs[end])) end += 1
    while (!isWithin(jobs[end - 1])) end -= 1
    const run = jobs.slice(first, end)
    const isInsideLast = end - 1 <= toldUpTo
    if (fen === null || run.length < 2 || isInsideLast || !isOneMatter(run)) continue
    if (addFen(...run.map((job) => job.amountFen)) < fen) continue
    runs.push({ jobs: run, line: { step, fen }, days, by })
    toldUpTo = end - 1
  }
  return runs
}

/** `2,000.00 元（现场复核）、5,000.00 元（业主决定、合同）`. */
function linesText(runs: readonly Run[]): string {
  const steps = Map.groupBy(runs.map(({ line }) => line), ({ fen }) => fen)
  return [...steps.keys()].toSorted((a, b) => a - b).map((fen) => {
    const spared = new Set((steps.get(fen) ?? []).map(({ step }) => SPARED_WORD[step]))
    return `${formatYuan(fen)} 元（${[...spared].join('、')}）`
  }).join('、')
}

/** The same jobs under one line or several. */
function splittingFinding(runs: readonly Run[]): readonly Finding[] {
  const [run] = runs
  if (run === undefined) return []
  const { jobs, days } = run
  const total = addFen(...jobs.map((job) => job.amountFen))
  const payees = [...new Set(jobs.map((job) => job.contractorName))].join('、')
  const within = runs.some(({ by }) => by === 'reportedOn') ? '内' : '内登记的'
  return [findingOf({
    rule: 'repair.splitting',
    level: checkRule('repair.splitting').level,
    complexId: jobs[0]?.complexId ?? null,
    message:
      `疑似拆分：${payees} ${days} 天${within} ${jobs.length} 项合计 ${formatYuan(total)} 元，` +
      `单项都低于 ${linesText(runs)}的金额线；请说明为何不是一个项目`,
    amountFen: total,
    links: jobs.map((job) => ({ kind: 'repair', id: job.id, label: job.number })),
  })]
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

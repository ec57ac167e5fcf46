/**
 * The period of the works (工期): agreed in the contract, kept or not as the acceptance finds. Works begin after what lets them
 * begin and end before they are accepted; danger alone is stopped first and papered afterwards (165号令 art. 24).
 */
import { daysBetween, type BusinessDate } from '../calendar.ts'
import type { ProblemDetails } from '../problem.ts'
import type { RepairState } from './repair.ts'

export type WorksPeriod = { readonly from: BusinessDate; readonly to: BusinessDate }

/** Calendar days, the first and the last counted. */
export function worksDays({ from, to }: WorksPeriod): number {
  return daysBetween(from, to) + 1
}

/** Days the works ended after the agreed end; 0 in time. */
export function daysLate(agreed: WorksPeriod, actual: WorksPeriod): number {
  return Math.max(0, daysBetween(agreed.to, actual.to))
}

/** The agreed period; null where the profile let the job off the contract. */
export function agreedPeriod({ contract }: Pick<RepairState, 'contract'>): WorksPeriod | null {
  return contract === null ? null : { from: contract.worksFrom, to: contract.worksTo }
}

/** What the acceptance found; null before it. */
export function actualPeriod({ startedOn, finishedOn }: Pick<RepairState, 'startedOn' | 'finishedOn'>): WorksPeriod | null {
  return startedOn === null || finishedOn === null ? null : { from: startedOn, to: finishedOn }
}

type Milestone = { readonly on: BusinessDate; readonly word: string }

/**
 * The day before which the works cannot have begun, with its word. The day on which the authority was registered is no such
 * day: the owners decided earlier, and the self-check asks where the works came first (core/checks/repair-dates.ts).
 */
export function mayBeginFrom(
  authority: RepairState['authority'], contract: { readonly signedOn: BusinessDate } | null, reportedOn: BusinessDate,
): Milestone {
  if (contract === null || authority?.kind === 'emergency') return { on: reportedOn, word: '报修日' }
  return { on: contract.signedOn, word: '合同签订日' }
}

export type WorksKnown = {
  readonly authority: RepairState['authority']
  readonly contract: { readonly signedOn: BusinessDate } | null
  readonly reportedOn: BusinessDate
}

export type PeriodFields = { readonly from: string; readonly to: string }

/** What is wrong with an agreed or actual period, each with its field; empty: it stands. */
export function periodProblems(
  { from, to }: WorksPeriod,
  known: WorksKnown,
  fields: PeriodFields,
): readonly ProblemDetails[] {
  const begin = mayBeginFrom(known.authority, known.contract, known.reportedOn)
  const problems: ProblemDetails[] = []
  const refuse = (message: string, field: string) => problems.push({ code: 'repair.works', message, field })
  if (from < begin.on) refuse(`开工日期不能早于${begin.word} ${begin.on}`, fields.from)
  if (to < from) refuse('完工日期不能早于开工日期', fields.to)
  return problems
}

/** `2026-09-06 至 2026-09-20，15 天`. */
export function periodText(period: WorksPeriod): string {
  return `${period.from} 至 ${period.to}，${worksDays(period)} 天`
}

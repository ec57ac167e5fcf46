/**
 * Who works for the fund and how it is judged: parties that were never chosen or whose term is over, and jobs nobody scored
 * (铜陵 1(4), 13(4), 13(6)).
 */
import type { BusinessDate } from '../calendar.ts'
import type { ComplexId, RepairId } from '../id.ts'
import type { Fen } from '../money.ts'
import { findingOf, type Finding } from './finding.ts'
import { checkRule } from './rules.ts'

export type WorkedJob = {
  readonly id: RepairId
  readonly number: string
  readonly complexId: ComplexId
  readonly amountFen: Fen
  /** Sentences for each party that was not in force on the day the job was reported. */
  readonly unappointed: readonly string[]
}

export function findUnappointed(jobs: readonly WorkedJob[]): readonly Finding[] {
  return jobs.filter(({ unappointed }) => unappointed.length > 0).map((job) => findingOf({
    rule: 'repair.contractorNotChosen',
    level: checkRule('repair.contractorNotChosen').level,
    complexId: job.complexId,
    message: `${job.number} ${job.unappointed.join('；')}；请补齐选取记录，或说明情况`,
    amountFen: job.amountFen,
    links: [{ kind: 'repair', id: job.id, label: job.number }],
  }))
}

export type UnscoredJob = Omit<WorkedJob, 'unappointed'> & { readonly closedOn: BusinessDate; readonly contractorName: string }

/** Closed in a quarter that is over and never scored; `quarterBegan`: first day of the current quarter. */
export function findUnscored(jobs: readonly UnscoredJob[], quarterBegan: BusinessDate): readonly Finding[] {
  return jobs.filter(({ closedOn }) => closedOn < quarterBegan).map((job) => findingOf({
    rule: 'repair.contractorNotScored',
    level: checkRule('repair.contractorNotScored').level,
    complexId: job.complexId,
    message: `${job.number} ${job.closedOn} 已办结，${job.contractorName}还没有考核；请打分，计入季度考核表`,
    amountFen: job.amountFen,
    links: [{ kind: 'repair', id: job.id, label: job.number }],
  }))
}

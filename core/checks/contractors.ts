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
    occasion: job.unappointed.join('；'),
  }))
}

export type UnscoredJob = Omit<WorkedJob, 'unappointed'> & {
  readonly closedOn: BusinessDate
  /** Each party nobody scored, with its role. */
  readonly unscored: readonly string[]
}

/** Closed in a quarter that is over and never scored; `quarterBegan`: first day of the current quarter. */
export function findUnscored(jobs: readonly UnscoredJob[], quarterBegan: BusinessDate): readonly Finding[] {
  return jobs.filter(({ closedOn }) => closedOn < quarterBegan).map((job) => findingOf({
    rule: 'repair.contractorNotScored',
    level: checkRule('repair.contractorNotScored').level,
    complexId: job.complexId,
    message: `${job.number} ${job.closedOn} 已办结，${job.unscored.join('、')}还没有考核；请打分，计入季度考核表`,
    amountFen: job.amountFen,
    links: [{ kind: 'repair', id: job.id, label: job.number }],
  }))
}

export type StaleScore = Omit<WorkedJob, 'unappointed'> & {
  /** The party with its role, and what it was given. */
  readonly party: string
  readonly total: number
  readonly scoredOn: BusinessDate
  /** What the score went by, and what was heard since, in the words of the form. */
  readonly scoredAs: string
  readonly heard: string
  readonly heardOn: BusinessDate
}

/** A score that stands though the follow-up was held after it and heard something else. */
export function findStaleScores(scores: readonly StaleScore[]): readonly Finding[] {
  return scores.map((score) => findingOf({
    rule: 'contractor.staleScore',
    level: checkRule('contractor.staleScore').level,
    complexId: score.complexId,
    message: `${score.number} ${score.party} ${score.scoredOn} 考核 ${score.total} 分（回访：${score.scoredAs}），${score.heardOn} 回访结果为` +
      `“${score.heard}”；请重新打分，再公布季度考核表`,
    amountFen: score.amountFen,
    links: [{ kind: 'repair', id: score.id, label: score.number }],
    aspect: score.party,
  }))
}

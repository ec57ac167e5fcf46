/**
 * Dates of a project that stand upside down (凤阳 audit): work before the contract, settlement before completion, a result
 * published before it was counted. Each pair has its own sentence; a date not known yet is not judged.
 */
import type { BusinessDate } from '../calendar.ts'
import type { ComplexId, RepairId } from '../id.ts'
import { findingOf, type Finding } from './finding.ts'
import { checkRule } from './rules.ts'

export const MILESTONES = [
  'reported', 'voteCounted', 'voteResultPosted', 'approved', 'contractSigned', 'workStarted', 'workFinished', 'accepted',
  'settled', 'usePosted', 'paid',
] as const
export type Milestone = (typeof MILESTONES)[number]

const MILESTONE_WORD: Readonly<Record<Milestone, string>> = {
  reported: '报修', voteCounted: '表决计票', voteResultPosted: '表决结果公示', approved: '审定', contractSigned: '签订合同',
  workStarted: '开工', workFinished: '完工', accepted: '验收', settled: '决算', usePosted: '使用公示', paid: '付款',
}

/** Earlier first. Only pairs the rules order: a use may be published before or after the payment. */
const MUST_PRECEDE: readonly (readonly [Milestone, Milestone])[] = [
  ['reported', 'approved'], ['voteCounted', 'voteResultPosted'], ['voteResultPosted', 'contractSigned'],
  ['approved', 'workStarted'], ['contractSigned', 'workStarted'], ['workStarted', 'workFinished'], ['workFinished', 'accepted'],
  ['workFinished', 'settled'], ['accepted', 'paid'], ['settled', 'paid'],
]

/** Emergencies are worked on first and papered afterwards (165号令 art. 24). */
const EXEMPT_IN_EMERGENCY: ReadonlySet<Milestone> = new Set(['approved', 'contractSigned', 'voteResultPosted'])

export type DatedRepair = {
  readonly id: RepairId
  readonly number: string
  readonly complexId: ComplexId
  readonly isEmergency: boolean
  readonly dates: Readonly<Partial<Record<Milestone, BusinessDate>>>
}

export function findDatesUpsideDown(repairs: readonly DatedRepair[]): readonly Finding[] {
  return repairs.flatMap((repair) =>
    MUST_PRECEDE.flatMap(([earlier, later]) => {
      const before = repair.dates[earlier]
      const after = repair.dates[later]
      if (before === undefined || after === undefined || before <= after) return []
      if (repair.isEmergency && EXEMPT_IN_EMERGENCY.has(earlier)) return []
      return [findingOf({
        rule: 'repair.datesUpsideDown',
        level: checkRule('repair.datesUpsideDown').level,
        complexId: repair.complexId,
        message: `${repair.number} ${MILESTONE_WORD[later]}（${after}）早于${MILESTONE_WORD[earlier]}（${before}）；请核对日期或说明原因`,
        amountFen: null,
        links: [{ kind: 'repair', id: repair.id, label: repair.number }],
        aspect: `${earlier}>${later}`,
      })]
    }))
}

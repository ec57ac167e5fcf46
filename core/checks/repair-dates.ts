/**
 * Dates of a project that stand upside down (凤阳 audit): work before notice of award or contract, settlement before notice or
 * completion, a result published before it was counted; and works that did not keep to the agreed term. Each pair has its own
 * sentence; a date not known yet is not judged.
 */
import { daysBetween, type BusinessDate } from '../calendar.ts'
import type { ComplexId, RepairId } from '../id.ts'
import { findingOf, type Finding } from './finding.ts'
import { checkRule } from './rules.ts'

export const MILESTONES = [
  'reported', 'voteCounted', 'voteResultPosted', 'approved', 'awarded', 'authorised', 'contractSigned', 'workStarted',
  'workFinished', 'accepted', 'settled', 'usePosted', 'paid',
] as const
export type Milestone = (typeof MILESTONES)[number]

const MILESTONE_WORD: Readonly<Record<Milestone, string>> = {
  reported: '报修', voteCounted: '表决计票', voteResultPosted: '表决结果公示', approved: '审定', awarded: '中选通知',
  authorised: '取得使用依据', contractSigned: '签订合同', workStarted: '开工', workFinished: '完工', accepted: '验收', settled: '决算',
  usePosted: '使用公示', paid: '付款',
}

/** Earlier first. Only pairs the rules order: a use may be published before or after the payment. */
const MUST_PRECEDE: readonly (readonly [Milestone, Milestone])[] = [
  ['reported', 'approved'], ['voteCounted', 'voteResultPosted'], ['voteResultPosted', 'contractSigned'],
  ['approved', 'contractSigned'], ['approved', 'workStarted'], ['authorised', 'contractSigned'], ['authorised', 'workStarted'],
  ['awarded', 'contractSigned'], ['awarded', 'workStarted'], ['awarded', 'settled'], ['contractSigned', 'workStarted'],
  ['workStarted', 'workFinished'], ['workFinished', 'accepted'], ['workFinished', 'settled'], ['accepted', 'settled'],
  ['settled', 'usePosted'], ['accepted', 'paid'], ['settled', 'paid'],
]

/** Emergencies are worked on first and papered afterwards (165号令 art. 24). */
const EXEMPT_IN_EMERGENCY: ReadonlySet<Milestone> = new Set([
  'approved', 'awarded', 'authorised', 'contractSigned', 'voteResultPosted',
])

export type DatedRepair = {
  readonly id: RepairId
  readonly number: string
  readonly complexId: ComplexId
  readonly isEmergency: boolean
  /** Null or absent: not known yet. */
  readonly dates: Readonly<Partial<Record<Milestone, BusinessDate | null>>>
}

export function findDatesUpsideDown(repairs: readonly DatedRepair[]): readonly Finding[] {
  return repairs.flatMap((repair) =>
    MUST_PRECEDE.flatMap(([earlier, later]) => {
      const before = repair.dates[earlier]
      const after = repair.dates[later]
      if (before === undefined || before === null || after === undefined || after === null || before <= after) return []
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

export type AgreedWorks = Omit<DatedRepair, 'dates' | 'isEmergency'> & {
  /** 合同工期. */
  readonly agreed: { readonly from: BusinessDate; readonly to: BusinessDate }
  readonly actual: { readonly from: BusinessDate; readonly to: BusinessDate }
}

/** Begun before the agreed term or finished after it; works done sooner than agreed are nobody's harm. */
export function findOffTerm(works: readonly AgreedWorks[]): readonly Finding[] {
  return works.flatMap(({ agreed, actual, ...repair }) => {
    const late = daysBetween(agreed.to, actual.to)
    const early = daysBetween(actual.from, agreed.from)
    const signs = [...(early > 0 ? [`提前 ${early} 天开工`] : []), ...(late > 0 ? [`晚 ${late} 天完工`] : [])]
    if (signs.length === 0) return []
    return [findingOf({
      rule: 'repair.worksPeriod',
      level: checkRule('repair.worksPeriod').level,
      complexId: repair.complexId,
      message: `${repair.number} 合同工期 ${agreed.from} 至 ${agreed.to}，实际 ${actual.from} 至 ${actual.to}，${signs.join('，')}；` +
        '请核对延期手续和违约条款',
      amountFen: null,
      links: [{ kind: 'repair', id: repair.id, label: repair.number }],
    })]
  })
}

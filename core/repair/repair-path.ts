/**
 * The path of one job as it is drawn and printed: its steps in order, what is done, where it stands, and what was skipped with
 * the rule that lets it.
 */
import { formatYuan } from '../money.ts'
import { isPublicationWaived, isWaived } from './repair-flow.ts'
import { REPAIR_STEP_WORD, REPAIR_STEPS, standingAmount, type RepairState, type RepairStep, type Waiver } from './repair.ts'

/** What the path shows beside the steps: recorded together with one, or done outside them. */
const BESIDE = ['scope', 'budget', 'works', 'apportionment'] as const
type Beside = (typeof BESIDE)[number]
export type PathNode = RepairStep | Beside

export const PATH_NODE_WORD: Readonly<Record<PathNode, string>> = {
  ...REPAIR_STEP_WORD, scope: '受益范围', budget: '预算', contract: '合同', works: '施工与签证', apportionment: '分摊',
}

/** Before which step each stands. */
const BEFORE: Readonly<Partial<Record<RepairStep, Beside>>> = {
  authority: 'scope', contract: 'budget', acceptance: 'works', publication: 'apportionment',
}
const PATH_NODES: readonly PathNode[] = REPAIR_STEPS.flatMap((step) => [BEFORE[step] ?? [], step].flat())

function isStep(node: PathNode): node is RepairStep {
  return !BESIDE.some((beside) => beside === node)
}

/** Whether the job's cost is spread over the households: by a sheet, not yet, or not at all where no sub-ledger is kept. */
export type SheetState = 'made' | 'lacking' | 'notKept'

export type PathMark = {
  readonly step: PathNode
  readonly state: 'isDone' | 'now' | 'ahead' | 'skipped'
  /** Why it is skipped, with where that stands; empty otherwise. */
  readonly why: string
}

function below({ belowFen, source }: Waiver): string {
  return `不足 ${formatYuan(belowFen)} 元，按${source}免办`
}

/** Sentences for the steps this job is let off. */
function skippedSteps(state: RepairState): ReadonlyMap<RepairStep, string> {
  const skipped = new Map<RepairStep, string>()
  const { rules, approvedFen, gate, isDrawn } = state
  if (rules !== null && approvedFen !== null) {
    const amount = standingAmount(state)
    for (const [step, waiver, fen] of [
      ['authority', rules.authority, approvedFen], ['contract', rules.contract, approvedFen],
      ['publication', isPublicationWaived(state, amount) ? rules.publication : null, amount],
    ] as const) {
      if (waiver !== null && isWaived(waiver, fen)) skipped.set(step, below(waiver))
    }
    if (rules.noFollowUp !== null) skipped.set('followUp', `按${rules.noFollowUp.source}，付款后不另回访`)
  }
  if (gate?.review === 'spot_check') {
    skipped.set('siteReview', `不足 ${formatYuan(gate.thresholdFen)} 元，按抽查办理`)
    if (isDrawn === false) skipped.set('spotCheck', '未抽中')
  }
  return skipped
}

/** Steps that are not of this job's path at all, and not worth a word. */
function isBeside(state: RepairState, step: RepairStep): boolean {
  if (step === 'repeatAnswer') return state.hits.length === 0
  if (step === 'spotDraw' || step === 'spotCheck') return state.gate?.review !== 'spot_check'
  if (step === 'siteReview') return state.gate === null
  return step === 'retention' && state.retentionFen === 0
}

function besideMark(node: Beside, state: RepairState, sheet: SheetState, skipped: ReadonlyMap<RepairStep, string>): PathMark {
  const mark = (isDone: boolean, why = ''): PathMark =>
    ({ step: node, state: why !== '' ? 'skipped' : isDone ? 'isDone' : 'ahead', why })
  switch (node) {
    case 'scope':
      return mark(state.authority !== null, skipped.get('authority'))
    case 'budget':
      return mark(state.contract !== null, skipped.get('contract'))
    case 'works':
      return mark(state.acceptedOn !== null)
    case 'apportionment':
      return mark(sheet === 'made', sheet === 'notKept' ? '小区未建分户账，由小区维修资金列支' : '')
  }
}

/** `stoodAt`: the step before a refusal or cancellation; ignored while the job runs. */
export function pathOf(state: RepairState, stoodAt: RepairStep, sheet: SheetState): readonly PathMark[] {
  const isEnded = state.step === 'refused' || state.step === 'cancelled'
  const skipped = skippedSteps(state)
  const path = PATH_NODES.filter((node) =>
    !isStep(node) || (node !== 'refused' && node !== 'cancelled' && !isBeside(state, node)))
  const now = path.indexOf(isEnded ? stoodAt : state.step)
  const marks = path.map((node, index): PathMark => {
    if (!isStep(node)) return besideMark(node, state, sheet, skipped)
    const why = skipped.get(node)
    if (why !== undefined && index !== now) return { step: node, state: 'skipped', why }
    const isBehind = index < now || state.step === 'closed'
    return { step: node, state: isBehind ? 'isDone' : index === now && !isEnded ? 'now' : 'ahead', why: '' }
  })
  if (!isEnded) return marks
  return [...marks.slice(0, now), { step: state.step, state: 'now', why: state.endReason }]
}

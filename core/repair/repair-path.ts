/**
 * The path of one job as it is drawn and printed: its steps in order, what is done, where it stands, and what was skipped with
 * the rule that lets it.
 */
import { formatYuan } from '../money.ts'
import { isWaived } from './repair-flow.ts'
import { REPAIR_STEPS, standingAmount, type RepairState, type RepairStep, type Waiver } from './repair.ts'

export type PathMark = {
  readonly step: RepairStep
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
      ['publication', rules.publication, amount],
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

/** `stoodAt`: the step before a refusal or cancellation; ignored while the job runs. */
export function pathOf(state: RepairState, stoodAt: RepairStep): readonly PathMark[] {
  const isEnded = state.step === 'refused' || state.step === 'cancelled'
  const skipped = skippedSteps(state)
  const path = REPAIR_STEPS.filter((step) => step !== 'refused' && step !== 'cancelled' && !isBeside(state, step))
  const now = path.indexOf(isEnded ? stoodAt : state.step)
  const marks = path.map((step, index): PathMark => {
    const why = skipped.get(step)
    if (why !== undefined && index !== now) return { step, state: 'skipped', why }
    const isBehind = index < now || state.step === 'closed'
    return { step, state: isBehind ? 'isDone' : index === now && !isEnded ? 'now' : 'ahead', why: '' }
  })
  if (!isEnded) return marks
  return [...marks.slice(0, now), { step: state.step, state: 'now', why: state.endReason }]
}

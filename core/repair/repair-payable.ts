/**
 * What of a job may be paid today: the next instalment of its contract, never more than is settled and not disputed, and the
 * retention (质保金) only on its day. An objection keeps its amount back until it is answered, withdrawn, or settled anew.
 */
import type { BusinessDate } from '../calendar.ts'
import { addFen, formatYuan, subtractFen, ZERO_FEN, type Fen } from '../money.ts'
import { instalmentTargets } from './repair-contract.ts'
import type { ProblemDetails } from '../problem.ts'
import type { RepairState } from './repair.ts'

export const OBJECTION_OUTCOMES = ['answered', 'withdrawn', 'upheld'] as const
export type ObjectionOutcome = (typeof OBJECTION_OUTCOMES)[number]
export const OBJECTION_OUTCOME_WORD: Readonly<Record<ObjectionOutcome, string>> = {
  answered: '已答复，不成立', withdrawn: '提出人撤回', upheld: '成立，须重新决算',
}

export type DisputedAmount = {
  readonly disputedFen: Fen
  /** Null: open. */
  readonly outcome: ObjectionOutcome | null
  /** An upheld objection was met by settling again. */
  readonly isSettledAnew: boolean
}

/** What objections keep back of the settled amount. */
export function disputedFen(objections: readonly DisputedAmount[]): Fen {
  return addFen(...objections
    .filter(({ outcome, isSettledAnew }) => outcome === null || (outcome === 'upheld' && !isSettledAnew))
    .map((objection) => objection.disputedFen))
}

export type Payable = {
  /** To be instructed now; zero when something holds it up. */
  readonly amountFen: Fen
  /** Name of the instalment. */
  readonly label: string
  /** Why nothing can be paid, as a sentence; empty when it can. */
  readonly heldUpBecause: string
}

export const RETENTION_LABEL = '质保金'
const WHOLE_LABEL = '全额'

function heldUp(label: string, heldUpBecause: string): Payable {
  return { amountFen: ZERO_FEN, label, heldUpBecause }
}

/** For a job that waits at payment or retention; `disputed` by `disputedFen`. */
export function payableNow(state: RepairState, disputed: Fen, today: BusinessDate): Payable {
  const { settledFen, retentionFen, retentionDue, publishedUntil, paidFen } = state
  if (settledFen === null) return heldUp('', '还没有决算')
  if (publishedUntil !== null && today <= publishedUntil) {
    return heldUp('', `使用公示到 ${publishedUntil} 止，期满次日起可以付款`)
  }
  const isRetention = state.step === 'retention'
  if (isRetention && retentionDue !== null && today < retentionDue) {
    return heldUp(RETENTION_LABEL, `质保金 ${formatYuan(subtractFen(settledFen, paidFen))} 元到 ${retentionDue} 才能退还`)
  }
  const targets = isRetention ? [settledFen] : instalmentTargets(state.contract, settledFen, retentionFen)
  const index = targets.findIndex((target) => target > paidFen)
  const target = targets[index] ?? paidFen
  const label = isRetention ? RETENTION_LABEL : state.contract?.instalments[index]?.label ?? WHOLE_LABEL
  const undisputed = subtractFen(settledFen, disputed)
  const amountFen = subtractFen(target < undisputed ? target : undisputed, paidFen)
  if (amountFen > 0) return { amountFen, label, heldUpBecause: '' }
  return heldUp(label, `有异议的 ${formatYuan(disputed)} 元暂不能付：请先答复异议，或退回决算`)
}

/** Money leaves on a day on which it was owed: settled, and the last day for objections over. Null: it may. */
export function paymentDateProblem(
  { settledOn, publishedUntil }: Pick<RepairState, 'settledOn' | 'publishedUntil'>,
  date: BusinessDate,
): ProblemDetails | null {
  const refused = (message: string) => ({ code: 'repair.paymentDate', message, field: 'date' })
  if (settledOn !== null && date < settledOn) return refused(`付款日期不能早于决算日 ${settledOn}`)
  if (publishedUntil !== null && date <= publishedUntil) return refused(`使用公示到 ${publishedUntil} 止，付款日期要在次日以后`)
  return null
}

/** What may be instructed again after a voucher was voided or reversed: the instalments instructed and not paid. */
export function instructedUnpaid(state: RepairState): Fen {
  return subtractFen(state.instructedFen, state.paidFen)
}

/**
 * Settlement (决算): within the contract and its visas, within what owners decided, within the approved budget as far as the
 * profile lets it, on the same side of every amount that decided the path, and audited where the profile asks (杭州 2021 art. 72).
 */
import { decidedProblem, type DecidedLimit } from '../authority/use-authority.ts'
import type { BusinessDate } from '../calendar.ts'
import type { CounterpartyId } from '../id.ts'
import { addFen, formatYuan, type Fen } from '../money.ts'
import type { ProblemDetails } from '../problem.ts'
import { formatPercent, type RateMicro } from '../rate.ts'
import { isWaived } from './repair-flow.ts'
import type { RepairState } from './repair.ts'
import { hasPaper, type RepairFolder } from './repair-papers.ts'
import { overrunNeedsApplication, settlementAuditRequired } from './threshold.ts'

export type SettlementFacts = {
  readonly on: BusinessDate
  readonly settledFen: Fen
  /** Null: nobody audited it. */
  readonly auditorId: CounterpartyId | null
}

export type SettlementRules = {
  readonly auditWaivedUpTo: Fen
  /** Null while 待填写: then no overrun at all can be settled. */
  readonly overrunPercent: RateMicro | null
}

/** The most the contract and its visas owe; null without a contract. */
export function contractLimit(state: RepairState, visaFen: Fen): Fen | null {
  return state.contract === null ? null : addFen(state.contract.amountFen, visaFen)
}

export type SettlementKnown = {
  /** What the visas that count add to the contract, or take off it. */
  readonly visaFen: Fen
  readonly today: BusinessDate
  readonly contractorId: CounterpartyId
  readonly supervisorId: CounterpartyId
  /** What owners decided; null for an emergency and for a job let off the authority. */
  readonly decided: DecidedLimit | null
}

/** Everything wrong with the settlement as written, each with its field; empty: it stands. */
export function settlementProblems(
  state: RepairState,
  folder: RepairFolder,
  facts: SettlementFacts,
  rules: SettlementRules,
  known: SettlementKnown,
): readonly ProblemDetails[] {
  const { approvedFen, gate, acceptedOn } = state
  const { settledFen } = facts
  const problems: ProblemDetails[] = []
  const refuse = (code: string, message: string, field = 'settledFen') => {
    problems.push({ code: `repair.${code}`, message, field })
  }
  if (approvedFen === null || gate === null || acceptedOn === null) {
    refuse('path', '还没有经工程科复审和验收')
    return problems
  }
  if (facts.on < acceptedOn || facts.on > known.today) refuse('date', `决算日期应在验收日 ${acceptedOn} 至今天之间`, 'on')
  if (settledFen <= 0) refuse('amount', '决算金额应大于零')
  const crossed = crossedAmount(state, settledFen)
  if (crossed !== null) refuse('gate', crossed)
  const limit = contractLimit(state, known.visaFen)
  if (limit !== null && settledFen > limit) {
    refuse('contractLimit', `决算超过合同价加签证共 ${formatYuan(limit)} 元：请核减；增加的工程量要有签证`)
  }
  const undecided = known.decided === null ? null : decidedProblem(known.decided, settledFen, 'settledFen')
  if (undecided !== null) problems.push(undecided)
  if (settledFen > approvedFen) problems.push(...overrunProblems(approvedFen, settledFen, rules.overrunPercent))
  if (settlementAuditRequired(settledFen, rules.auditWaivedUpTo)) {
    const over = `决算超过 ${formatYuan(rules.auditWaivedUpTo)} 元，须经审计`
    if (facts.auditorId === null) refuse('audit', `${over}：请选择审计机构`, 'auditorId')
    if (!hasPaper(state, folder, 'auditReport')) refuse('audit', `${over}：请先归档决算审计报告`, 'auditorId')
  }
  if (facts.auditorId === known.contractorId || facts.auditorId === known.supervisorId) {
    refuse('sameParty', '审计机构不能是本项的施工单位或监理单位', 'auditorId')
  }
  return problems
}

/** The settled amount has reached a line below which the job took the lighter path; the sentence with the way out. */
function crossedAmount({ approvedFen, gate, rules }: RepairState, settledFen: Fen): string | null {
  if (approvedFen === null || gate === null || settledFen <= approvedFen) return null
  if (gate.review === 'spot_check' && settledFen >= gate.thresholdFen) {
    return `决算达到 ${formatYuan(gate.thresholdFen)} 元，应走现场复核：请退回工程科复审，重新核定金额`
  }
  for (const [waiver, word] of [[rules?.authority, '须有业主决定'], [rules?.contract, '须签合同']] as const) {
    if (waiver === null || waiver === undefined) continue
    if (isWaived(waiver, approvedFen) && !isWaived(waiver, settledFen)) {
      return `决算达到 ${formatYuan(waiver.belowFen)} 元，${word}：请退回工程科复审，重新核定金额`
    }
  }
  return null
}

function overrunProblems(approvedFen: Fen, settledFen: Fen, percent: RateMicro | null): ProblemDetails[] {
  const field = 'settledFen'
  if (percent === null) {
    const message = `决算超过核定的 ${formatYuan(approvedFen)} 元，而“超预算须重新申请的比例”待填写：请退回复审，或先填写政策口径`
    return [{ code: 'repair.overrun', message, field }]
  }
  if (!overrunNeedsApplication(approvedFen, settledFen, percent)) return []
  const message = `决算超过核定金额 ${formatPercent(percent)}% 以上，超出部分须重新申请：请退回工程科复审`
  return [{ code: 'repair.overrun', message, field }]
}

/**
 * The contract of a job: who is paid, how much at most, in which instalments, what is kept back as retention (质保金) and for
 * how long the works are warranted. Money leaves only by it (165号令 art. 22: to the contractor, by the contract).
 */
import { addMonths, type BusinessDate } from '../calendar.ts'
import type { CounterpartyId } from '../id.ts'
import { formatYuan, subtractFen, ZERO_FEN, type Fen } from '../money.ts'
import type { ProblemDetails } from '../problem.ts'
import type { RepairState } from './repair.ts'
import { periodProblems } from './works-period.ts'
import { formatPercent, MICRO_PER_PERCENT, percentOf, rateMicro, type RateMicro } from '../rate.ts'

/** A share of the settled amount; all shares and the retention make 100 %. */
export type Instalment = { readonly label: string; readonly percent: RateMicro }

/** What was planned for the works; the lines together are the approved budget or less. */
export type BudgetLine = { readonly label: string; readonly amountFen: Fen }

export type Contract = {
  readonly number: string
  readonly signedOn: BusinessDate
  /** 合同工期: agreed first and last day of the works. */
  readonly worksFrom: BusinessDate
  readonly worksTo: BusinessDate
  readonly amountFen: Fen
  readonly budget: readonly BudgetLine[]
  readonly payeeId: CounterpartyId
  /** Bank and account as signed; the payment goes nowhere else. */
  readonly payeeBank: string
  readonly instalments: readonly Instalment[]
  readonly retentionPercent: RateMicro
  /** From acceptance; 0 without a retention. */
  readonly retentionMonths: number
  /** From acceptance; 0 where none was agreed. */
  readonly warrantyMonths: number
}

const WHOLE = 100 * MICRO_PER_PERCENT

/** Everything wrong with the contract as written, each with its field; empty: it stands. */
export function contractProblems(
  contract: Contract,
  approvedFen: Fen,
  known: {
    readonly reportedOn: BusinessDate
    readonly today: BusinessDate
    readonly authority: RepairState['authority']
  },
): readonly ProblemDetails[] {
  const problems: ProblemDetails[] = []
  const refuse = (code: string, message: string, field: string) => problems.push({ code: `repair.${code}`, message, field })
  if (contract.number.trim() === '') refuse('contract', '请填写合同编号', 'number')
  if (contract.signedOn < known.reportedOn || contract.signedOn > known.today) {
    refuse('date', `签订日期应在报修日 ${known.reportedOn} 至今天之间`, 'signedOn')
  }
  const { authority, reportedOn } = known
  problems.push(...periodProblems(
    { from: contract.worksFrom, to: contract.worksTo }, { authority, contract, reportedOn }, { from: 'worksFrom', to: 'worksTo' },
  ))
  if (contract.amountFen <= 0) refuse('amount', '合同金额应大于零', 'amountFen')
  if (contract.amountFen > approvedFen) {
    refuse('budget', `合同金额超过核定预算 ${formatYuan(approvedFen)} 元：请重新议价，或退回工程科复审`, 'amountFen')
  }
  if (contract.instalments.length === 0) refuse('instalments', '请至少写明一期付款', 'instalments')
  if (contract.instalments.some(({ label, percent }) => label.trim() === '' || percent <= 0)) {
    refuse('instalments', '每期付款都要写明名称和比例', 'instalments')
  }
  const sum = contract.instalments.reduce((total, { percent }) => total + percent, 0) + contract.retentionPercent
  if (sum !== WHOLE) {
    const total = sum > WHOLE ? '超过 100%' : `合计 ${formatPercent(rateMicro(sum))}%`
    refuse('instalments', `各期付款与质保金的比例${total}，应正好为 100%`, 'instalments')
  }
  if (contract.retentionPercent > 0 && contract.retentionMonths <= 0) {
    refuse('retention', '留了质保金就要写明验收后几个月退还', 'retentionMonths')
  }
  return problems
}

/** What is kept back of the settled amount, and the day it falls due. */
export function retentionOf(
  contract: Contract | null,
  settledFen: Fen,
  acceptedOn: BusinessDate,
): { readonly retentionFen: Fen; readonly retentionDue: BusinessDate | null } {
  if (contract === null || contract.retentionPercent === 0) return { retentionFen: ZERO_FEN, retentionDue: null }
  return {
    retentionFen: percentOf(settledFen, contract.retentionPercent),
    retentionDue: addMonths(acceptedOn, contract.retentionMonths),
  }
}

/**
 * How much is paid in all after each instalment, rising; the last is all but the retention, so no fen is lost by rounding.
 * Without a contract everything is one instalment.
 */
export function instalmentTargets(contract: Contract | null, settledFen: Fen, retentionFen: Fen): readonly Fen[] {
  const all = subtractFen(settledFen, retentionFen)
  if (contract === null) return [all]
  let percent = 0
  return contract.instalments.map((one, index) => {
    percent += one.percent
    if (index === contract.instalments.length - 1) return all
    const target = percentOf(settledFen, rateMicro(percent))
    return target < all ? target : all
  })
}

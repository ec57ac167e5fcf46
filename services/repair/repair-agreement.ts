/** Before the works: on what the fund may be used for the job, and the contract it is paid by. */
import type { BusinessDate } from '#core/calendar.ts'
import type { RepairId } from '#core/id.ts'
import type { Fen } from '#core/money.ts'
import { Problem } from '#core/problem.ts'
import { standingAmount } from '#core/repair/repair.ts'
import { contractProblems, type Contract } from '#core/repair/repair-contract.ts'
import type { UseScope } from '#core/authority/use-scope.ts'
import type { ServiceContext } from '../context.ts'
import { appendRepairEvent, jobFor } from './repair.ts'
import { requireUseAuthority, type UseAuthority, type UseAuthorityRef } from '../authority/use-authority.ts'
import { scopeText } from '../authority/use-scope.ts'

export type RepairAuthority = { readonly on: BusinessDate; readonly scope: UseScope; readonly ref: UseAuthorityRef }

/** Whom the job concerns and what lets the fund pay. Throws what `requireUseAuthority` throws, `repair.blocked`. */
export function authoriseRepair(context: ServiceContext, id: RepairId, { on, scope, ref }: RepairAuthority): UseAuthority {
  const { ledger } = context
  return ledger.write(() => {
    const job = jobFor(context, id, 'authorise')
    if (on > context.clock.today()) throw new Problem({ code: 'repair.date', message: '日期不能晚于今天', field: 'on' })
    const { complexId } = job.repair
    const found = requireUseAuthority(ledger, { repairId: id, complexId, scope, amountFen: standingAmount(job.state), on, ref })
    appendRepairEvent(context, job,
      { kind: 'authorised', authority: found.kind, basis: found.basis, scope: scopeText(ledger, complexId, scope) },
      { on, useScope: scope, ref, facts: found.facts, deadlines: found.deadlines })
    return found
  })
}

export type NewContract = Omit<Contract, 'payeeId' | 'payeeBank'> & {
  /** What was planned for the works, line by line; their sum is the approved budget or less. */
  readonly budget: readonly { readonly label: string; readonly amountFen: Fen }[]
}

function refuseBadBudget(budget: NewContract['budget'], contractFen: Fen, approvedFen: Fen): void {
  const refuse = (message: string) => {
    throw new Problem({ code: 'repair.budget', message, field: 'budget' })
  }
  if (budget.length === 0) refuse('请至少写一行预算')
  if (budget.some(({ label, amountFen }) => label.trim() === '' || amountFen <= 0)) refuse('预算每行都要写明项目和金额')
  const sum = budget.reduce((total, { amountFen }) => total + amountFen, 0)
  if (sum > approvedFen) refuse('预算合计超过核定金额：请核减，或退回工程科复审')
  if (sum < contractFen) refuse('预算合计少于合同金额：请补齐预算')
}

/** The payee is the job's contractor, at the account on record. Throws the first of `contractProblems`, `repair.budget`. */
export function recordContract(context: ServiceContext, id: RepairId, { budget, ...terms }: NewContract): void {
  context.ledger.write(() => {
    const job = jobFor(context, id, 'recordContract')
    const { repair, state } = job
    const approvedFen = state.approvedFen ?? repair.quotedFen
    const contract = { ...terms, number: terms.number.trim(), payeeId: repair.contractorId, payeeBank: repair.contractorBank }
    const days = { reportedOn: repair.reportedOn, today: context.clock.today() }
    const [first] = contractProblems(contract, approvedFen, days)
    if (first !== undefined) throw new Problem(first)
    refuseBadBudget(budget, contract.amountFen, approvedFen)
    appendRepairEvent(context, job, { kind: 'contracted', contract }, { payee: repair.contractorName, budget })
  })
}

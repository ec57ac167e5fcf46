/** Before the works: on what the fund may be used for the job, and the contract it is paid by. */
import type { BusinessDate } from '#core/calendar.ts'
import type { RepairId } from '#core/id.ts'
import type { Fen } from '#core/money.ts'
import { Problem } from '#core/problem.ts'
import { standingAmount } from '#core/repair/repair.ts'
import { contractProblems, type Contract } from '#core/repair/repair-contract.ts'
import { readEntrance } from '#core/register/words.ts'
import { householdAddress } from '#core/register/household.ts'
import { useDayProblem } from '#core/authority/use-authority.ts'
import { scopeHoldsPlace, type UseScope } from '#core/authority/use-scope.ts'
import type { Ledger } from '#db/ledger.ts'
import { refuseUnappointed } from '../contractor/appointment.ts'
import type { ServiceContext } from '../context.ts'
import { policyFor } from '../policy/policy.ts'
import { appendRepairEvent, jobFor } from './repair.ts'
import { requireUseAuthority, type UseAuthority, type UseAuthorityRef } from '../authority/use-authority.ts'
import { refuseUseInsideSheet } from '../authority/use-held.ts'
import { placesOfComplex, scopeText } from '../authority/use-scope.ts'
import { requirePayeeAccount } from './repair-payee.ts'
import type { RepairJob } from './repair-record.ts'

export type RepairAuthority = { readonly on: BusinessDate; readonly scope: UseScope; readonly ref: UseAuthorityRef }

/** Owners whose building it is not decide nothing about it, and pay nothing for it (165号令 art. 20). */
function refuseOtherPlace(ledger: Ledger, { repair }: RepairJob, scope: UseScope): void {
  const { complexId, buildingId, buildingName, entrance } = repair
  const households = scope.kind === 'households' ? placesOfComplex(ledger, complexId) : []
  if (scopeHoldsPlace(scope, { buildingId, entrance }, households)) return
  const place = householdAddress(buildingName ?? '', readEntrance(entrance), '')
  const message = `列支范围不包括这项维修所在的${place}：请选择包括它的范围，并以范围内业主的决定为依据`
  throw new Problem({ code: 'authority.place', message, field: 'scope' })
}

/**
 * Whom the job concerns and what lets the fund pay, on the day named and still today. Throws what `requireUseAuthority` throws,
 * `authority.date`, `authority.place`, `apportionment.outsideUse`, `repair.blocked`.
 */
export function authoriseRepair(context: ServiceContext, id: RepairId, { on, scope, ref }: RepairAuthority): UseAuthority {
  const { ledger } = context
  return ledger.write(() => {
    const job = jobFor(context, id, 'authorise')
    const { complexId, reportedOn } = job.repair
    const today = context.clock.today()
    const checkedOn = job.events.findLast(({ event }) => event.kind === 'engineeringChecked')?.on ?? reportedOn
    const wrongDay = useDayProblem(on, { reportedOn, checkedOn, today })
    if (wrongDay !== null) throw new Problem(wrongDay)
    refuseOtherPlace(ledger, job, scope)
    refuseUseInsideSheet(ledger, { complexId, repairId: id, scope })
    const { emergency } = job.state
    const asked = { repairId: id, complexId, scope, amountFen: standingAmount(job.state), ref, emergency }
    // A term that ended since `on` lets nobody write today.
    if (on < today) requireUseAuthority(ledger, { ...asked, on: today })
    const found = requireUseAuthority(ledger, { ...asked, on })
    appendRepairEvent(context, job,
      { kind: 'authorised', authority: found.kind, basis: found.basis, scope: scopeText(ledger, complexId, scope), on },
      { useScope: scope, ref, facts: found.facts, deadlines: found.deadlines })
    return found
  })
}

export type NewContract = Omit<Contract, 'payeeId' | 'payeeBank'>

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

/**
 * The payee is the job's contractor, at the account on record. Throws the first of `contractProblems`, `repair.budget`,
 * `repair.payeeAccount`, `repair.contractorNotChosen`.
 */
export function recordContract(context: ServiceContext, id: RepairId, terms: NewContract): void {
  context.ledger.write(() => {
    const job = jobFor(context, id, 'recordContract')
    const { repair, state } = job
    const approvedFen = state.approvedFen ?? repair.quotedFen
    const payeeBank = requirePayeeAccount(repair)
    const contract = { ...terms, number: terms.number.trim(), payeeId: repair.contractorId, payeeBank }
    const known = { reportedOn: repair.reportedOn, today: context.clock.today(), authority: state.authority }
    const [first] = contractProblems(contract, approvedFen, known)
    if (first !== undefined) throw new Problem(first)
    refuseBadBudget(contract.budget, contract.amountFen, approvedFen)
    // Chosen at the report may have ended by now: both must be in force on the day they sign.
    const { complexId, contractorId, supervisorId, profileCode } = repair
    const on = contract.signedOn
    refuseUnappointed(context.ledger, policyFor(context.ledger, profileCode, on), {
      complexId, repairId: id,
      parties: [
        { role: 'contractor', counterpartyId: contractorId, on }, { role: 'supervisor', counterpartyId: supervisorId, on },
      ],
    })
    appendRepairEvent(context, job, { kind: 'contracted', contract }, { payee: repair.contractorName })
  })
}

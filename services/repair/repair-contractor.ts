/**
 * Another contractor or supervisor than was named at the report, before the contract: the tender's winner, or the named one
 * withdrew, or its term has ended.
 */
import type { CounterpartyId, RepairId } from '#core/id.ts'
import { Problem } from '#core/problem.ts'
import type { RepairEventBody } from '#core/repair/repair.ts'
import type { ServiceContext } from '../context.ts'
import { refuseUnappointed } from '../contractor/appointment.ts'
import { noteAtStep } from '../finding/check-step.ts'
import { counterpartyName } from '../register/complex.ts'
import { appendRepairEvent, jobFor, requireReason } from './repair.ts'
import type { RepairJob } from './repair-record.ts'

export type ContractorChange = { readonly contractorId: CounterpartyId; readonly reason: string }
export type SupervisorChange = { readonly supervisorId: CounterpartyId; readonly reason: string }

type ChangedParty = {
  readonly role: 'contractor' | 'supervisor'
  readonly counterpartyId: CounterpartyId
  readonly reason: string
}

const PARTY = {
  contractor: { action: 'changeContractor', step: 'contractorChanged', word: '施工单位', other: '监理单位' },
  supervisor: { action: 'changeSupervisor', step: 'supervisorChanged', word: '监理单位', other: '施工单位' },
} as const

/** Its name; throws where it is nobody, the same as now, or the other party of the job. */
function partyNamed({ ledger }: ServiceContext, { repair }: RepairJob, { role, counterpartyId }: ChangedParty): string {
  const { word, other } = PARTY[role]
  const refuse = (code: string, message: string): never => {
    throw new Problem({ code: `repair.${code}`, message, field: `${role}Id` })
  }
  const name = counterpartyName(ledger, counterpartyId) ?? refuse(role, '没有这个单位，请重新选择')
  const now = { contractor: repair.contractorId, supervisor: repair.supervisorId }
  if (counterpartyId === now[role]) refuse(role, `${word}现在就是${name}`)
  if (counterpartyId === now[role === 'contractor' ? 'supervisor' : 'contractor']) {
    refuse('sameParty', `${other}不能同时是${word}`)
  }
  return name
}

function changeParty(context: ServiceContext, id: RepairId, change: ChangedParty): void {
  const reason = requireReason(change.reason)
  const { role, counterpartyId } = change
  const { ledger, clock } = context
  ledger.write(() => {
    const job = jobFor(context, id, PARTY[role].action)
    const { repair, policy } = job
    const on = clock.today()
    const to = partyNamed(context, job, change)
    refuseUnappointed(ledger, policy, { complexId: repair.complexId, repairId: id, parties: [{ role, counterpartyId, on }] })
    const event: RepairEventBody = role === 'contractor'
      ? { kind: 'contractorChanged', contractorId: counterpartyId, from: repair.contractorName, to, reason }
      : { kind: 'supervisorChanged', supervisorId: counterpartyId, from: repair.supervisorName, to, reason }
    appendRepairEvent(context, job, event, { fromId: role === 'contractor' ? repair.contractorId : repair.supervisorId })
    noteAtStep(context, PARTY[role].step, {
      complexId: repair.complexId, bookId: null, from: repair.reportedOn, to: on, subject: { kind: 'repair', ids: [id] },
    })
  })
}

/**
 * From here on contract, payment, score, draw and self-check go by the new one; what was filed ahead for the steps to come no
 * longer counts. Throws `repair.reason`, `repair.path` once contracted or ever paid, `repair.contractor`, `repair.sameParty`,
 * `repair.contractorNotChosen`.
 */
export function changeContractor(context: ServiceContext, id: RepairId, { contractorId, reason }: ContractorChange): void {
  changeParty(context, id, { role: 'contractor', counterpartyId: contractorId, reason })
}

/** As `changeContractor`; signatures, visas and the score are then the new one's. Throws `repair.supervisor` beside. */
export function changeSupervisor(context: ServiceContext, id: RepairId, { supervisorId, reason }: SupervisorChange): void {
  changeParty(context, id, { role: 'supervisor', counterpartyId: supervisorId, reason })
}

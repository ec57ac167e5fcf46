/** Another contractor than was named at the report, before the contract: the tender's winner, or the named one withdrew. */
import type { CounterpartyId, RepairId } from '#core/id.ts'
import { Problem } from '#core/problem.ts'
import type { ServiceContext } from '../context.ts'
import { appointmentFor } from '../contractor/tender-record.ts'
import { noteAtMoment } from '../finding/self-check.ts'
import { appendRepairEvent, jobFor, requireReason } from './repair.ts'
import type { RepairJob } from './repair-record.ts'

export type ContractorChange = { readonly contractorId: CounterpartyId; readonly reason: string }

function refuse(code: string, message: string): never {
  throw new Problem({ code: `repair.${code}`, message, field: 'contractorId' })
}

function partyNamed({ ledger }: ServiceContext, { repair }: RepairJob, contractorId: CounterpartyId): string {
  const party = ledger
    .prepare<[number, number], { name: string; isSupervisor: 0 | 1 }>(
      'SELECT name, id = (SELECT supervisor_id FROM repair WHERE id = ?) AS isSupervisor FROM counterparty WHERE id = ?',
    )
    .get(repair.id, contractorId)
  if (party === undefined) refuse('contractor', '没有这个单位，请重新选择')
  if (contractorId === repair.contractorId) refuse('contractor', `施工单位现在就是${party.name}`)
  if (party.isSupervisor === 1) refuse('sameParty', '监理单位不能同时是施工单位')
  return party.name
}

/**
 * From here on contract, payment, score, draw and self-check go by the new one; what was filed ahead for the steps to come no
 * longer counts. Throws `repair.reason`, `repair.path` once contracted or ever paid, `repair.contractor`, `repair.sameParty`,
 * `repair.contractorNotChosen`.
 */
export function changeContractor(context: ServiceContext, id: RepairId, { contractorId, reason }: ContractorChange): void {
  const why = requireReason(reason)
  const { ledger, clock } = context
  ledger.write(() => {
    const job = jobFor(context, id, 'changeContractor')
    const { repair, policy } = job
    const on = clock.today()
    const to = partyNamed(context, job, contractorId)
    if (policy.value('contractor.mustBeChosen') === true) {
      const question = { role: 'contractor', complexId: repair.complexId, repairId: id, on } as const
      const { sentence } = appointmentFor(ledger, contractorId, question)
      if (sentence !== null) refuse('contractorNotChosen', `${sentence}（政策口径要求先选取，后承接）`)
    }
    const from = repair.contractorName
    appendRepairEvent(context, job, { kind: 'contractorChanged', contractorId, from, to, reason: why },
      { fromId: repair.contractorId })
    noteAtMoment(context, 'entry', {
      complexId: repair.complexId, bookId: null, from: repair.reportedOn, to: on, subject: { kind: 'repair', id },
    })
  })
}

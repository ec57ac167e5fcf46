/** After the works: accepting and settling them, putting up what they cost, and asking the owners again once they are paid. */
import type { BusinessDate } from '#core/calendar.ts'
import type { CounterpartyId, RepairId } from '#core/id.ts'
import { Problem } from '#core/problem.ts'
import type { FollowUpResult } from '#core/repair/repair.ts'
import { acceptanceProblems, type AcceptanceFacts } from '#core/repair/repair-acceptance.ts'
import { countingVisas } from '#core/repair/repair-actions.ts'
import { retentionOf } from '#core/repair/repair-contract.ts'
import { publicationProblems, type PublicationFacts } from '#core/repair/repair-publication.ts'
import { settlementProblems, type SettlementFacts } from '#core/repair/repair-settlement.ts'
import { visaChangeFen } from '#core/repair/repair-visa.ts'
import { settlementAuditRequired } from '#core/repair/threshold.ts'
import { decidedLimit } from '../authority/use-held.ts'
import type { ServiceContext } from '../context.ts'
import { refuseUnappointed } from '../contractor/appointment.ts'
import { counterpartyName } from '../register/complex.ts'
import { personsOfJob } from './repair-person.ts'
import { appendRepairEvent, jobFor } from './repair.ts'
import { requirePayeeAccount } from './repair-payee.ts'

/** Throws the first of `acceptanceProblems`, `policy.toFill`, `repair.blocked`. */
export function acceptRepair(context: ServiceContext, id: RepairId, facts: AcceptanceFacts): void {
  context.ledger.write(() => {
    const job = jobFor(context, id, 'accept')
    const rules = {
      signing: job.policy.require('acceptance.signing'),
      sectionStaff: job.policy.require('acceptance.sectionStaff'),
      followUp: job.policy.require('acceptance.followUp'),
    }
    const [first] = acceptanceProblems(job.state, job.folder, facts, rules, {
      reportedOn: job.repair.reportedOn, today: context.clock.today(), others: personsOfJob(job),
      firstVisaOn: countingVisas(job.state, job.visas).map(({ on }) => on).toSorted()[0] ?? null,
    })
    if (first !== undefined) throw new Problem(first)
    appendRepairEvent(context, job, { kind: 'accepted', ...facts, finding: facts.finding.trim() })
  })
}

function auditorName({ ledger }: ServiceContext, auditorId: CounterpartyId): string {
  const name = counterpartyName(ledger, auditorId)
  if (name === undefined) {
    throw new Problem({ code: 'repair.audit', message: '没有这个审计机构，请重新选择', field: 'auditorId' })
  }
  return name
}

/**
 * Throws the first of `settlementProblems`, `repair.contractorNotChosen` for an auditor, `policy.toFill`, `repair.blocked`,
 * `repair.payeeAccount` where there is no contract, `repair.path`.
 */
export function settleRepair(context: ServiceContext, id: RepairId, facts: SettlementFacts): void {
  context.ledger.write(() => {
    const job = jobFor(context, id, 'settle')
    const { repair, state, folder, policy } = job
    const auditWaivedUpTo = policy.require('settlementAudit.waivedUpTo')
    const rules = { auditWaivedUpTo, overrunPercent: policy.value('overrun.percent') }
    const visaFen = visaChangeFen(countingVisas(state, job.visas))
    const { contractorId, supervisorId, complexId } = repair
    const decided = decidedLimit(context.ledger, id)
    const known = { visaFen, today: context.clock.today(), contractorId, supervisorId, decided }
    const [first] = settlementProblems(state, folder, facts, rules, known)
    if (first !== undefined) throw new Problem(first)
    const { on, settledFen, auditorId } = facts
    if (auditorId !== null) {
      const auditor = { role: 'auditor', counterpartyId: auditorId, on } as const
      refuseUnappointed(context.ledger, policy, { complexId, repairId: id, parties: [auditor] })
    }
    const needsAudit = settlementAuditRequired(settledFen, auditWaivedUpTo)
    appendRepairEvent(context, job, {
      kind: 'settled', on, settledFen, needsAudit, auditorId,
      auditedBy: auditorId === null ? '' : auditorName(context, auditorId),
      ...retentionOf(state.contract, settledFen, state.acceptedOn ?? on),
      overrunPercent: rules.overrunPercent, payeeBank: state.contract?.payeeBank ?? requirePayeeAccount(repair),
    }, { visaFen })
  })
}

/** Throws the first of `publicationProblems`, `policy.toFill`, `repair.blocked`, `repair.path`. */
export function publishRepair(context: ServiceContext, id: RepairId, facts: PublicationFacts): void {
  context.ledger.write(() => {
    const job = jobFor(context, id, 'publish')
    const today = context.clock.today()
    const days = job.policy.require('usePublication.days')
    const [first] = publicationProblems(facts, days, { settledOn: job.state.settledOn ?? today, today })
    if (first !== undefined) throw new Problem(first)
    appendRepairEvent(context, job, { kind: 'published', from: facts.from, to: facts.to, place: facts.place.trim() }, { days })
  })
}

export type FollowUpFacts = {
  readonly on: BusinessDate
  readonly result: FollowUpResult
  readonly person: string
  readonly said: string
}

/** Defects and a person not reached leave the job where it is: it is asked again. Throws `repair.followUp`, `repair.date`. */
export function followUpRepair(context: ServiceContext, id: RepairId, facts: FollowUpFacts): void {
  context.ledger.write(() => {
    const job = jobFor(context, id, 'followUp')
    const person = facts.person.trim()
    const said = facts.said.trim()
    const acceptedOn = job.state.acceptedOn ?? job.repair.reportedOn
    if (facts.on < acceptedOn || facts.on > context.clock.today()) {
      throw new Problem({ code: 'repair.date', message: `回访日期应在验收日 ${acceptedOn} 至今天之间`, field: 'on' })
    }
    if (person === '') throw new Problem({ code: 'repair.followUp', message: '请写明回访了谁', field: 'person' })
    if (said === '' && facts.result !== 'satisfied') {
      throw new Problem({ code: 'repair.followUp', message: '请写明对方的意见，或联系的经过', field: 'said' })
    }
    appendRepairEvent(context, job, { kind: 'followedUp', on: facts.on, result: facts.result, person, said })
  })
}

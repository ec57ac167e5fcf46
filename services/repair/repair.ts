/**
 * Repairs (维修): reporting a job and walking it through its checks. Each step is one transaction that appends one event and its
 * log entry; what may happen is decided by core/repair/repair-actions.ts on what the ledger holds at that moment.
 */
import type { BusinessDate } from '#core/calendar.ts'
import { idOf, type ComplexId, type CounterpartyId, type RepairId } from '#core/id.ts'
import { formatYuan, type Fen } from '#core/money.ts'
import { Problem } from '#core/problem.ts'
import {
  REPAIR_STEP_WORD,
  standingAmount,
  type RepairEventBody,
  type RepairState,
  type SendBackStep,
} from '#core/repair/repair.ts'
import { blockedBecause, possibleActions, REPAIR_ACTION_WORD, type RepairAction } from '#core/repair/repair-actions.ts'
import { afterRepairEvent, reportedRepair } from '#core/repair/repair-flow.ts'
import type { WarrantyAnswer } from '#core/repair/builder-warranty.ts'
import { EXCLUDED_USE_WORD, EXCLUDED_USES, type ExcludedUse, type RepairPlace } from '#core/repair/repair-place.ts'
import { isPerson, notAPerson, personKey, personName } from '#core/repair/person.ts'
import type { Ledger } from '#db/ledger.ts'
import { bookOfFund } from '../voucher/book.ts'
import { complexOf, isBuildingOf } from '../register/complex.ts'
import { requireRole, type ServiceContext } from '../context.ts'
import { logOperation } from '../operation-log.ts'
import { refuseUnappointed } from '../contractor/appointment.ts'
import { repairJob, type RepairJob } from './repair-record.ts'
import { pathRules } from './repair-rules.ts'
import { findRepairWarranty } from './repair-warranty.ts'
import { noteAtStep, type CheckStep } from '../finding/check-step.ts'
import { policyFor } from '../policy/policy.ts'
import { repeatClaims } from './repair-list.ts'
import { keepUseAnswer, replyToUse, type UseReplyFacts } from '../authority/use-answer.ts'

export type RepairReport = RepairPlace & {
  readonly complexId: ComplexId
  /** What is broken, in a line. */
  readonly title: string
  readonly reportedOn: BusinessDate
  readonly quotedFen: Fen
  readonly contractorId: CounterpartyId
  readonly supervisorId: CounterpartyId
}

function refuseBadReport(context: ServiceContext, report: RepairReport): void {
  if (report.quotedFen <= 0) throw new Problem({ code: 'repair.amount', message: '报价应大于零', field: 'quotedFen' })
  if (report.reportedOn > context.clock.today()) {
    throw new Problem({ code: 'repair.date', message: '报修日期不能晚于今天', field: 'reportedOn' })
  }
  if (report.title.trim() === '') throw new Problem({ code: 'repair.title', message: '请写明要修什么', field: 'title' })
  if (report.part.trim() === '') throw new Problem({ code: 'repair.part', message: '请选择部位', field: 'part' })
  if (report.contractorId === report.supervisorId) {
    throw new Problem({ code: 'repair.sameParty', message: '监理单位不能同时是施工单位', field: 'supervisorId' })
  }
  complexOf(context.ledger, report.complexId)
  if (report.buildingId !== null && !isBuildingOf(context.ledger, report.complexId, report.buildingId)) {
    throw new Problem({ code: 'repair.building', message: '这幢楼不在所选小区，请重新选择', field: 'buildingId' })
  }
}

/** `WX2025-00012`: one row a year over the office. */
function nextNumber(ledger: Ledger, date: BusinessDate): string {
  const prefix = `WX${date.slice(0, 4)}-`
  const last = ledger
    .prepare<[string, string], { number: string | null }>(
      'SELECT max(number) AS number FROM repair WHERE number >= ? AND number < ?',
    )
    .get(prefix, `${prefix}:`)?.number
  return `${prefix}${String(Number(last?.slice(prefix.length) ?? '0') + 1).padStart(5, '0')}`
}

/**
 * Throws `repair.amount`, `repair.date`, `repair.title`, `repair.part`, `repair.sameParty`, `repair.building`,
 * `repair.contractorNotChosen`.
 */
export function reportRepair(context: ServiceContext, report: RepairReport): RepairId {
  requireRole(context, 'preparer', 'head')
  refuseBadReport(context, report)
  const { ledger } = context
  const { complexId, reportedOn: on } = report
  refuseUnappointed(ledger, policyFor(ledger, complexOf(ledger, complexId).profileCode, on), {
    complexId, repairId: null,
    parties: [
      { role: 'contractor', counterpartyId: report.contractorId, on },
      { role: 'supervisor', counterpartyId: report.supervisorId, on },
    ],
  })
  return ledger.write(() => {
    const number = nextNumber(ledger, report.reportedOn)
    const { lastInsertRowid } = ledger
      .prepare<unknown[], never>(
        `INSERT INTO repair (number, book_id, complex_id, building_id, entrance, part, facility, title, reported_on, quoted_fen,
           contractor_id, supervisor_id, recorded_by, recorded_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(number, bookOfFund(ledger, 'maintenance').id, report.complexId, report.buildingId, report.entrance.trim(),
        report.part.trim(), report.facility.trim(), report.title.trim(), report.reportedOn, report.quotedFen,
        report.contractorId, report.supervisorId, context.actor.userId, context.clock.now())
    const id = idOf<'repair'>(lastInsertRowid)
    writeEvent(context, id, 1, { kind: 'reported' }, reportedRepair(report.quotedFen, context.actor.userId), { number })
    noteAtStep(context, 'repairReported', {
      complexId: report.complexId, bookId: null, from: report.reportedOn, to: report.reportedOn,
      subject: { kind: 'repair', ids: [id] },
    })
    return id
  })
}

function writeEvent(
  context: ServiceContext,
  id: RepairId,
  seq: number,
  event: RepairEventBody,
  after: RepairState,
  shown: Readonly<Record<string, unknown>>,
): void {
  const { kind, ...detail } = event
  context.ledger
    .prepare<unknown[], never>(
      'INSERT INTO repair_event (repair_id, seq, kind, step, amount_fen, detail, actor_id, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    )
    .run(id, seq, kind, after.step, standingAmount(after), JSON.stringify({ ...shown, ...detail }), context.actor.userId,
      context.clock.now())
  logOperation(context, `repair.${kind}`, { kind: 'repair', id }, { ...shown, ...detail, step: after.step })
}

/** Appends `event` to a job inside the caller's transaction; `shown` is kept beside it for the reader. Throws `repair.path`. */
export function appendRepairEvent(
  context: ServiceContext,
  job: RepairJob,
  event: RepairEventBody,
  shown: Readonly<Record<string, unknown>> = {},
): RepairState {
  const after = afterRepairEvent(job.state, { ...event, by: context.actor.userId })
  writeEvent(context, job.repair.id, job.events.length + 1, event, after, shown)
  noteNews(context, job.repair, event.kind)
  return after
}

/** The window brings earlier jobs at the place; contract, acceptance and settlement dates, parties and amounts rules look at. */
const NEWS: Readonly<Partial<Record<RepairEventBody['kind'], CheckStep>>> = {
  windowChecked: 'repairPlaceAsked', repeatAnswered: 'repairPlaceAsked', contracted: 'repairContracted',
  accepted: 'repairAccepted', settled: 'repairSettled',
}

function noteNews(context: ServiceContext, { id, complexId }: RepairJob['repair'], kind: RepairEventBody['kind']): void {
  const step = NEWS[kind]
  if (step === undefined) return
  noteAtStep(context, step, {
    complexId, bookId: null, from: null, to: context.clock.today(), subject: { kind: 'repair', ids: [id] },
  })
}

/** The job, when `action` is its turn and nothing stands in the way. Throws `repair.path`, `repair.blocked`. */
export function jobFor(context: ServiceContext, id: RepairId, action: RepairAction): RepairJob {
  const job = repairJob(context.ledger, id, context.clock.today())
  if (!possibleActions(job.state).includes(action)) {
    const message = `${job.repair.number} 现在到“${REPAIR_STEP_WORD[job.state.step]}”，不能办“${REPAIR_ACTION_WORD[action]}”：请刷新后再办`
    throw new Problem({ code: 'repair.path', message })
  }
  const reasons = blockedBecause(action, job, context.actor)
  if (reasons.length > 0) throw new Problem({ code: 'repair.blocked', message: reasons.join('；') })
  return job
}

export type WindowCheck = UseReplyFacts & {
  /** Whether each of the four uses of 165号令 art. 25 applies; asked every time, any of them refuses. */
  readonly excludedUses: Readonly<Record<ExcludedUse, boolean>>
  /** What the clerk adds to the register of completions and warranty letters. */
  readonly builderWarranty: WarrantyAnswer
}

/**
 * Window check: not excluded, not the builder's to pay, and which earlier jobs of the place must be answered first.
 * Throws `repair.excludedUse`, `repair.path`, `repair.blocked`, and what `findWarranty` and `replyToUse` throw.
 */
export function checkAtWindow(context: ServiceContext, id: RepairId, check: WindowCheck): void {
  const { repair } = jobFor(context, id, 'checkAtWindow')
  const excluded = EXCLUDED_USES.find((use) => check.excludedUses[use])
  if (excluded !== undefined) {
    const message = `${EXCLUDED_USE_WORD[excluded]}，不得从维修资金列支（第165号令第25条）：请退件`
    throw new Problem({ code: 'repair.excludedUse', message, field: 'excludedUses' })
  }
  const replied = replyToUse(context, repair, check)
  context.ledger.write(() => {
    const job = jobFor(context, id, 'checkAtWindow')
    const builderWarranty = findRepairWarranty(context, job.repair, check.builderWarranty)
    keepUseAnswer(context, id, replied)
    const hits = repeatClaims(context.ledger, job.repair, job.policy.value('repeatClaim.days'))
    const { excludedUses } = check
    appendRepairEvent(context, job, { kind: 'windowChecked', excludedUses, hits: hits.map((hit) => hit.id) }, {
      builderWarranty,
      repeats: hits.map(({ number, reason }) => ({ number, reason })),
    })
  })
}

export type RepeatAnswer = {
  readonly conclusion: 'unrelated' | 'rework'
  readonly finding: string
  /** Who was there (Tongling 12(2)): contractor, supervisor and section. */
  readonly contractorPerson: string
  readonly supervisorPerson: string
  readonly sectionPerson: string
}

/** What was found on site; `rework` ends the job at the contractor's cost. Throws `repair.finding`, `repair.persons`. */
export function answerRepeat(context: ServiceContext, id: RepairId, answer: RepeatAnswer): void {
  context.ledger.write(() => {
    const job = jobFor(context, id, 'answerRepeat')
    const { conclusion, finding, ...names } = answer
    if (finding.trim() === '') throw new Problem({ code: 'repair.finding', message: '请写明现场情况和结论', field: 'finding' })
    const persons = {
      contractorPerson: personName(names.contractorPerson), supervisorPerson: personName(names.supervisorPerson),
      sectionPerson: personName(names.sectionPerson),
    }
    const nobody = Object.entries(persons).find(([, name]) => !isPerson(name))
    if (nobody !== undefined) {
      throw new Problem({ code: 'repair.persons', message: notAPerson(nobody[1]), field: nobody[0] })
    }
    if (new Set(Object.values(persons).map(personKey)).size < 3) {
      throw new Problem({ code: 'repair.persons', message: '施工、监理、科室三方各派一人到场，请分别填写姓名', field: 'sectionPerson' })
    }
    appendRepairEvent(context, job, { kind: 'repeatAnswered', conclusion, finding: finding.trim(), ...persons })
  })
}

export type EngineeringCheck = {
  readonly approvedFen: Fen
  /** Needed where more is approved than was quoted. */
  readonly note: string
  /** Work that will be covered up: acceptance then needs a visa. */
  readonly concealedWork: boolean
}

/** Engineering check with the approved amount, which the gate goes by. Throws `repair.amount`, `repair.note`, `policy.toFill`. */
export function checkEngineering(context: ServiceContext, id: RepairId, check: EngineeringCheck): void {
  context.ledger.write(() => {
    const job = jobFor(context, id, 'checkEngineering')
    const { approvedFen, concealedWork } = check
    const note = check.note.trim()
    if (approvedFen <= 0) throw new Problem({ code: 'repair.amount', message: '核定金额应大于零', field: 'approvedFen' })
    if (approvedFen > job.repair.quotedFen && note === '') {
      const message = `核定金额超过报价 ${formatYuan(job.repair.quotedFen)} 元，请写明理由`
      throw new Problem({ code: 'repair.note', message, field: 'note' })
    }
    const thresholdFen = job.policy.require('smallRepair.threshold')
    const rules = pathRules(job.policy)
    appendRepairEvent(context, job, { kind: 'engineeringChecked', approvedFen, thresholdFen, concealedWork, rules },
      { note, profile: job.policy.facts.id })
  })
}

export function requireReason(reason: string): string {
  if (reason.trim() === '') throw new Problem({ code: 'repair.reason', message: '请写明原因', field: 'reason' })
  return reason.trim()
}

/** Throws `repair.reason`, `repair.path` for a step that has not been taken. */
export function sendBackRepair(context: ServiceContext, id: RepairId, to: SendBackStep, reason: string): void {
  const why = requireReason(reason)
  context.ledger.write(() => {
    appendRepairEvent(context, jobFor(context, id, 'sendBack'), { kind: 'sentBack', to, reason: why })
  })
}

/** Refused by the office, or cancelled by whoever reported; both stay on record with their reason. */
export function endRepair(context: ServiceContext, id: RepairId, kind: 'refused' | 'cancelled', reason: string): void {
  const why = requireReason(reason)
  context.ledger.write(() => {
    const job = jobFor(context, id, kind === 'refused' ? 'refuse' : 'cancel')
    appendRepairEvent(context, job, { kind, reason: why })
  })
}

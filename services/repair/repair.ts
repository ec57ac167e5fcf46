/**
 * Repairs (维修): reporting a job and walking it through its checks. Each step is one transaction that appends one event and its
 * log entry; what may happen is decided by core/repair/repair-actions.ts on what the ledger holds at that moment.
 */
import type { BusinessDate } from '#core/calendar.ts'
import { idOf, type BuildingId, type ComplexId, type CounterpartyId, type RepairId } from '#core/id.ts'
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
import {
  builderWarrantyEnd,
  EXCLUDED_USE_WORD,
  type BuilderWarranty,
  type ExcludedUse,
  type RepairPlace,
} from '#core/repair/repair-place.ts'
import type { Ledger } from '#db/ledger.ts'
import { bookOfFund } from '../voucher/book.ts'
import { complexOf } from '../register/complex.ts'
import { requireRole, type ServiceContext } from '../context.ts'
import { logOperation } from '../operation-log.ts'
import { refuseUnappointed } from '../contractor/appointment.ts'
import { repairJob, type RepairJob } from './repair-record.ts'
import { pathRules } from './repair-rules.ts'
import { noteAtMoment } from '../finding/self-check.ts'
import { repeatClaims } from './repair-list.ts'
import { keepUseAnswer, type UseReplyFacts } from '../authority/use-answer.ts'

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
  if (report.buildingId !== null) refuseForeignBuilding(context.ledger, report.complexId, report.buildingId)
}

function refuseForeignBuilding(ledger: Ledger, complexId: ComplexId, buildingId: BuildingId): void {
  const found = ledger.prepare<[number, number], unknown>('SELECT 1 FROM building WHERE id = ? AND complex_id = ?')
  if (found.get(buildingId, complexId) === undefined) {
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
  refuseUnappointed(context, { ...report, repairId: null, on: report.reportedOn })
  const { ledger } = context
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
    noteAtMoment(context, 'entry', {
      complexId: report.complexId, bookId: null, from: report.reportedOn, to: report.reportedOn, subject: { kind: 'repair', id },
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
  return after
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
  /** Which of the four uses of 165号令 art. 25 apply; asked every time, any of them refuses. */
  readonly excludedUses: readonly ExcludedUse[]
  /** Null: the place was never under a builder's warranty, or it is known to be long over. */
  readonly builderWarranty: BuilderWarranty | null
}

/**
 * Window check: not excluded, not the builder's to pay, and which earlier jobs of the place must be answered first.
 * Throws `repair.excludedUse`, `repair.builderWarranty`, `repair.builderTerm`, `repair.path`, `repair.blocked`, and what
 * `keepUseAnswer` throws.
 */
export function checkAtWindow(context: ServiceContext, id: RepairId, check: WindowCheck): void {
  context.ledger.write(() => {
    const job = jobFor(context, id, 'checkAtWindow')
    const [excluded] = check.excludedUses
    if (excluded !== undefined) {
      const message = `${EXCLUDED_USE_WORD[excluded]}，不得从维修资金列支（第165号令第25条）：请退件`
      throw new Problem({ code: 'repair.excludedUse', message, field: 'excludedUses' })
    }
    const { reportedOn } = job.repair
    const lastDay = check.builderWarranty === null ? null : builderWarrantyEnd(check.builderWarranty)
    if (lastDay !== null && reportedOn <= lastDay) {
      const message = `保修期到 ${lastDay}，应由建设单位维修，不得从维修资金列支：请退件`
      throw new Problem({ code: 'repair.builderWarranty', message, field: 'builderWarranty' })
    }
    keepUseAnswer(context, job.repair, check)
    const hits = repeatClaims(context.ledger, job.repair, job.policy.value('repeatClaim.days'))
    appendRepairEvent(context, job, { kind: 'windowChecked', hits: hits.map((hit) => hit.id) }, {
      builderWarranty: check.builderWarranty,
      warrantyLastDay: lastDay,
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
    const { conclusion, finding, ...persons } = answer
    requireFinding(finding)
    const names = Object.values(persons).map((name) => name.trim())
    if (names.includes('') || new Set(names).size < names.length) {
      throw new Problem({ code: 'repair.persons', message: '施工、监理、科室三方各派一人到场，请分别填写姓名', field: 'sectionPerson' })
    }
    appendRepairEvent(context, job, { kind: 'repeatAnswered', conclusion, finding: finding.trim() }, persons)
  })
}

function requireFinding(finding: string): void {
  if (finding.trim() === '') throw new Problem({ code: 'repair.finding', message: '请写明现场情况和结论', field: 'finding' })
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

export type SiteFinding = { readonly on: BusinessDate; readonly finding: string }

function requireDay(job: RepairJob, context: ServiceContext, on: BusinessDate): void {
  if (on >= job.repair.reportedOn && on <= context.clock.today()) return
  throw new Problem({ code: 'repair.date', message: `日期应在报修日 ${job.repair.reportedOn} 至今天之间`, field: 'on' })
}

/** The review by section and supervisor on site, or the drawn spot check. Throws `repair.date`, `repair.finding`. */
export function recordReview(
  context: ServiceContext,
  id: RepairId,
  kind: 'spotChecked' | 'siteReviewed',
  found: SiteFinding,
): void {
  context.ledger.write(() => {
    const job = jobFor(context, id, kind === 'spotChecked' ? 'recordSpotCheck' : 'recordSiteReview')
    requireDay(job, context, found.on)
    requireFinding(found.finding)
    appendRepairEvent(context, job, { kind, on: found.on, finding: found.finding.trim() })
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

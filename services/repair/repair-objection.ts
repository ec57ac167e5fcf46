/** Objections (异议) to what a job cost: raised by anyone entitled, kept, and ended once; the disputed amount waits till then. */
import type { BusinessDate } from '#core/calendar.ts'
import type { RepairId } from '#core/id.ts'
import { formatYuan, type Fen } from '#core/money.ts'
import { Problem } from '#core/problem.ts'
import { standingAmount, type RepairStep } from '#core/repair/repair.ts'
import type { ObjectionOutcome } from '#core/repair/repair-payable.ts'
import { requireRole, type ServiceContext } from '../context.ts'
import { logOperation } from '../operation-log.ts'
import { requireReason } from './repair.ts'
import { repairJob } from './repair-record.ts'

export type NewObjection = {
  readonly raisedOn: BusinessDate
  /** As the person signs: a household's address will do; no identity data. */
  readonly raisedBy: string
  readonly reason: string
  readonly disputedFen: Fen
}

/** From the settlement on there is an amount to object to. */
const HEARD_AT: readonly RepairStep[] = ['publication', 'payment', 'voucher', 'followUp', 'retention']

/** Throws `repair.path`, `repair.objection`, `repair.amount`, `repair.date`. */
export function raiseObjection(context: ServiceContext, id: RepairId, objection: NewObjection): number {
  requireRole(context, 'preparer', 'reviewer', 'head')
  const { ledger } = context
  return ledger.write(() => {
    const today = context.clock.today()
    const { repair, state } = repairJob(ledger, id, today)
    if (!HEARD_AT.includes(state.step)) {
      throw new Problem({ code: 'repair.path', message: '异议从决算之后受理；已办结的，请按重复报修或质保处理' })
    }
    const raisedBy = objection.raisedBy.trim()
    const reason = objection.reason.trim()
    if (raisedBy === '') throw new Problem({ code: 'repair.objection', message: '请写明由谁提出', field: 'raisedBy' })
    if (reason === '') throw new Problem({ code: 'repair.objection', message: '请写明异议的内容', field: 'reason' })
    if (objection.raisedOn < (state.settledOn ?? today) || objection.raisedOn > today) {
      throw new Problem({ code: 'repair.date', message: '提出日期应在决算日至今天之间', field: 'raisedOn' })
    }
    const most = standingAmount(state)
    if (objection.disputedFen <= 0 || objection.disputedFen > most) {
      const message = `异议金额应大于零，不超过决算的 ${formatYuan(most)} 元`
      throw new Problem({ code: 'repair.amount', message, field: 'disputedFen' })
    }
    const { lastInsertRowid } = ledger
      .prepare<unknown[], never>(
        `INSERT INTO repair_objection (repair_id, raised_on, raised_by, reason, disputed_fen, recorded_by, at)
         VALUES (?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(id, objection.raisedOn, raisedBy, reason, objection.disputedFen, context.actor.userId, context.clock.now())
    const objectionId = Number(lastInsertRowid)
    logOperation(context, 'repair.objection', { kind: 'repair', id }, {
      number: repair.number, objection: objectionId, raisedBy, reason, disputedFen: objection.disputedFen,
    })
    return objectionId
  })
}

export type ObjectionEnd = { readonly objectionId: number; readonly outcome: ObjectionOutcome; readonly reason: string }

/**
 * Upheld: the amount stays back until it is settled anew; otherwise it is let go, by another person than recorded it.
 * Throws `repair.objection`, `repair.samePerson`, `repair.objectionRecorder`, `repair.reason`.
 */
export function endObjection(context: ServiceContext, id: RepairId, end: ObjectionEnd): void {
  requireRole(context, 'reviewer', 'head')
  const reason = requireReason(end.reason)
  const { ledger } = context
  ledger.write(() => {
    const { repair, state, objections, events } = repairJob(ledger, id, context.clock.today())
    const objection = objections.find((one) => one.id === end.objectionId)
    if (objection === undefined || objection.outcome !== null) {
      throw new Problem({ code: 'repair.objection', message: '这条异议已经办结，或不属于这项维修：请刷新' })
    }
    const me = context.actor.userId
    if (state.doneBy.acceptance === me || state.doneBy.settlement === me) {
      throw new Problem({ code: 'repair.samePerson', message: '验收或决算由您办理，异议要由另一人答复' })
    }
    if (end.outcome !== 'upheld' && objection.recordedById === me) {
      throw new Problem({ code: 'repair.objectionRecorder', message: '这条异议由您登记，请由另一人核实后办结' })
    }
    ledger
      .prepare<unknown[], never>(
        'INSERT INTO repair_objection_end (objection_id, outcome, reason, after_seq, actor_id, at) VALUES (?, ?, ?, ?, ?, ?)',
      )
      .run(end.objectionId, end.outcome, reason, events.length, me, context.clock.now())
    logOperation(context, 'repair.objectionEnd', { kind: 'repair', id }, {
      number: repair.number, objection: end.objectionId, outcome: end.outcome, reason,
    })
  })
}

/** Finished models of due work for paper and calendar files, and the jobs that make them. */
import { addDays, parseDate, type BusinessDate } from '#core/calendar.ts'
import { lastWorkingDayBefore } from '#core/deposit/deposit-due.ts'
import type { ComplexId } from '#core/id.ts'
import { dueCalendar, type DueCalendarModel } from '#reports/due-calendar.ts'
import type { DueListModel } from '#reports/due-list.ts'
import type { RenderPool } from '#reports/pool.ts'
import { complexOf } from '#services/register/complex.ts'
import type { ServiceContext } from '#services/context.ts'
import { dueWork, type DueWork } from '#services/deposit/deposit-due.ts'
import { reminderDays } from '#services/deposit/deposit-reminder.ts'
import { officeName } from '#services/office.ts'
import { holidayTable } from '#services/policy/policy.ts'
import type { JobResult, JobSteps } from './jobs.ts'
import type { Staging } from './staging.ts'

/** `until` null: as far as the longest reminder reaches for the list, everything in force for the calendar file. */
export type DueRequest = { readonly until: BusinessDate | null; readonly complexId: ComplexId | null }

type Reader = Pick<ServiceContext, 'ledger' | 'clock'>

const LAST_DATE = parseDate('9999-12-31')

/** The last day the reminders look ahead to. */
export function reminderEnd(reminders: readonly number[], today: BusinessDate): BusinessDate {
  return addDays(today, Math.max(0, ...reminders))
}

/** A day that was asked for is the end of the list, whatever reminders reach beyond it. */
function listed({ rows }: DueWork, until: BusinessDate | null): DueWork['rows'] {
  return until === null ? rows : rows.filter(({ dueDate }) => dueDate <= until)
}

export function dueListModel({ ledger, clock }: Reader, printedBy: string, { until, complexId }: DueRequest): DueListModel {
  const today = clock.today()
  const reminders = reminderDays(ledger, today)
  const last = until ?? reminderEnd(reminders, today)
  const rows = listed(dueWork(ledger, today, reminders, last, complexId), until)
  const first = rows[0]?.dueDate ?? today
  const holidays = holidayTable(ledger, first, last > first ? last : first).table
  return {
    office: officeName(ledger) ?? '',
    complex: complexId === null ? null : complexOf(ledger, complexId).name,
    asOf: today,
    until: last,
    printedBy,
    rows: rows.flatMap(({ due, ...row }) => due === null ? [] : [{
      dueDate: row.dueDate,
      // Past the due date there is no day before it any more.
      workingDay: due.kind === 'overdue' ? null : lastWorkingDayBefore(row.dueDate, holidays),
      due,
      certificateNo: row.certificateNo,
      complex: row.complexName,
      bank: row.bankName,
      principal: row.principalFen,
      rate: row.rateMicro,
      lost: row.lostFen,
      personInCharge: row.personInCharge,
    }]),
  }
}

export function dueCalendarModel({ ledger, clock }: Reader, { until, complexId }: DueRequest): DueCalendarModel {
  const today = clock.today()
  const reminders = reminderDays(ledger, today)
  const rows = listed(dueWork(ledger, today, reminders, until ?? LAST_DATE, complexId), until)
  return {
    office: officeName(ledger) ?? '',
    asOf: today,
    reminderDays: reminders,
    events: rows.map(({ due, ...row }) => ({
      id: row.id,
      certificateNo: row.certificateNo,
      complex: row.complexName,
      bank: row.bankName,
      principal: row.principalFen,
      rate: row.rateMicro,
      dueDate: row.dueDate,
      overdueDays: due?.kind === 'overdue' ? due.days : 0,
      personInCharge: row.personInCharge,
    })),
  }
}

export type DueContext = ServiceContext & { readonly renderPool: RenderPool; readonly staging: Staging }

async function finished(context: DueContext, summary: string, file: { name: string; mediaType: string; bytes: Uint8Array }) {
  const { token } = await context.staging.putDocument(context.actor.userId, file)
  return { summary, documents: [{ id: token, name: file.name }], rows: [], reference: null } satisfies JobResult
}

export async function printDueListJob(context: DueContext, request: DueRequest, steps: JobSteps): Promise<JobResult> {
  await steps.breathe({ done: 0, total: 2, label: '读取到期存单' })
  const model = dueListModel(context, context.actor.name, request)
  await steps.breathe({ done: 1, total: 2, label: `排版 ${model.rows.length} 张存单` })
  const bytes = await context.renderPool.renderPdf({ kind: 'dueList', model }, { signal: steps.signal })
  const name = `存单到期一览表 ${model.complex ?? '全部小区'} ${model.asOf}.pdf`
  return finished(context, `到期一览表已生成，共 ${model.rows.length} 张存单。`, { name, mediaType: 'application/pdf', bytes })
}

export async function dueCalendarJob(context: DueContext, request: DueRequest, steps: JobSteps): Promise<JobResult> {
  await steps.breathe({ done: 0, total: 1, label: '写出日历文件' })
  const model = dueCalendarModel(context, request)
  const bytes = new TextEncoder().encode(dueCalendar(model))
  const name = `存单到期 ${model.asOf}.ics`
  return finished(context, `日历文件已生成，共 ${model.events.length} 张存单；在日历软件里导入即可按天提醒。`,
    { name, mediaType: 'text/calendar', bytes })
}

/**
 * Due certificates as a calendar file (RFC 5545): one all-day event per certificate with an alarm on the morning of every
 * reminder day. The same certificates give the same bytes; a certificate keeps its UID for life, so that importing the
 * file again moves its event instead of adding another.
 */
import { createEvents, type Alarm, type EventAttributes } from 'ics'
import { addDays, datePartsOf, type BusinessDate } from '#core/calendar.ts'
import { formatYuan, type Fen } from '#core/money.ts'
import { formatPercent, type RateMicro } from '#core/rate.ts'

export type DueCalendarEvent = {
  /** The certificate's row number in the ledger. */
  readonly id: number
  readonly certificateNo: string
  readonly complex: string
  readonly bank: string
  readonly principal: Fen
  readonly rate: RateMicro
  readonly dueDate: BusinessDate
  /** Days past the due date on `asOf`; 0 when not overdue. */
  readonly overdueDays: number
  readonly personInCharge: string
}

export type DueCalendarModel = {
  readonly office: string
  /** The day the file is made for; an overdue certificate's event runs through it. */
  readonly asOf: BusinessDate
  /** Whole days before the due date. */
  readonly reminderDays: readonly number[]
  readonly events: readonly DueCalendarEvent[]
}

/** Alarms ring when the office opens. */
const MORNING_HOUR = 9

function dayArray(date: BusinessDate): [number, number, number] {
  const { year, month, day } = datePartsOf(date)
  return [year, month, day]
}

/** Counted from the midnight the due date begins with; a duration always has hours, as its grammar asks. */
function alarmBefore(days: number, description: string): Alarm {
  const trigger = days === 0
    ? { hours: MORNING_HOUR, before: false }
    : { ...(days > 1 && { days: days - 1 }), hours: 24 - MORNING_HOUR, before: true }
  return { action: 'display', description, trigger }
}

/** Not in the library's types: the day of the file instead of the clock, so that the bytes do not depend on it. */
type StampedEvent = EventAttributes & { readonly timestamp: string }

function uidOf(event: DueCalendarEvent): string {
  const number = encodeURIComponent(event.certificateNo)
  return `certificate-${event.id}-${number}@mingzhang`
}

function eventOf(event: DueCalendarEvent, { asOf, reminderDays }: DueCalendarModel): StampedEvent {
  const what = `${event.certificateNo} ${event.complex} ${formatYuan(event.principal)} 元`
  const isOverdue = event.overdueDays > 0
  const title = isOverdue ? `存单逾期 ${event.overdueDays} 天未处理：${what}` : `存单到期：${what}`
  const start = dayArray(event.dueDate)
  return {
    uid: uidOf(event),
    timestamp: `${asOf.replaceAll('-', '')}T000000Z`,
    title,
    description: [
      `银行：${event.bank}`, `年利率：${formatPercent(event.rate)}%`, `到期日：${event.dueDate}`, `经办人：${event.personInCharge}`,
      '请办理支取或转存；到期后按活期计息。',
    ].join('\n'),
    start,
    // What is overdue stands on every day until it is handled.
    end: isOverdue ? dayArray(addDays(asOf, 1)) : start,
    busyStatus: 'FREE',
    transp: 'TRANSPARENT',
    categories: [isOverdue ? '存单逾期' : '存单到期'],
    alarms: isOverdue ? [] : [...new Set(reminderDays)].sort((a, b) => b - a).map((days) => alarmBefore(days, title)),
  }
}

/** The file's text, with CRLF line ends. */
export function dueCalendar(model: DueCalendarModel): string {
  const { error, value } = createEvents(
    model.events.map((event) => eventOf(event, model)),
    { productId: '-//mingzhang//due list//ZH', calName: `${model.office} 存单到期` },
  )
  if (error !== null || value === null) throw error ?? new Error('the calendar library gave nothing')
  return value
}

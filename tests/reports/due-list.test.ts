import { describe, expect, it } from 'vitest'
import { addDays, daysBetween, parseDate } from '#core/calendar.ts'
import { fen, parseYuan, ZERO_FEN } from '#core/money.ts'
import { parsePercent } from '#core/rate.ts'
import { dueCalendar, type DueCalendarModel } from '#reports/due-calendar.ts'
import { dueListPaper, type DueListModel, type DueListRow } from '#reports/due-list.ts'
import { renderPaper } from '#reports/render.ts'
import { readPdf, textOf } from './pdf-text.ts'

const asOf = parseDate('2026-10-09')

function row(dueDate: string, more: Partial<DueListRow> = {}): DueListRow {
  const due = parseDate(dueDate)
  const left = daysBetween(asOf, due)
  return {
    dueDate: due, workingDay: null, certificateNo: '0012345', complex: '滨江苑', bank: '示例银行城中支行',
    principal: parseYuan('1000000.00'), rate: parsePercent('1.50'),
    lost: left < 0 ? parseYuan('805.56') : ZERO_FEN, personInCharge: '陈会计',
    due: left < 0 ? { kind: 'overdue', days: -left } : { kind: 'soon', days: left, reminder: 30 },
    ...more,
  }
}

const model = (rows: readonly DueListRow[]): DueListModel => ({
  office: '示例市维修资金中心', complex: null, asOf, until: parseDate('2026-11-08'), printedBy: '陈会计', rows,
})

const pagesOf = async (rows: readonly DueListRow[]) =>
  (await readPdf(await renderPaper(dueListPaper(model(rows))))).pages.map(textOf)

describe('the due list on paper', () => {
  it('names days overdue and days left, what waiting has cost, and the totals of both parts', async () => {
    const [text = ''] = await pagesOf([
      row('2026-09-19'), row('2026-10-09'), row('2026-10-31', { workingDay: parseDate('2026-10-30') }),
    ])
    for (const part of ['存单到期一览表', '逾期20天', '今天到期', '还有22天', '0012345', '休，提前10-30', '其中逾期未处理1张',
      '其中将到期2张', '合计3张', '3,000,000.00', '805.56', '2026年10月9日编制，列至2026年11月8日']) {
      expect(text).toContain(part)
    }
  })

  it('says so when nothing is due', async () => {
    expect((await pagesOf([])).join('')).toContain('没有到期的存单')
  })

  it('repeats its head on every page and never leaves the total alone on the last', async () => {
    const pages = await pagesOf(Array.from({ length: 120 }, (_, index) => row(addDays(asOf, index % 30))))
    expect(pages.length).toBeGreaterThan(3)
    for (const page of pages) expect(page).toContain('证实书号')
    expect(pages.at(-1)).toMatch(/120.*合计120张/)
  })

  it('is the same bytes each time it is printed', async () => {
    const once = await renderPaper(dueListPaper(model([row('2026-10-31')])))
    const again = await renderPaper(dueListPaper(model([row('2026-10-31')])))
    expect(Buffer.from(once).equals(Buffer.from(again))).toBe(true)
  })
})

describe('the calendar file', () => {
  const calendar: DueCalendarModel = {
    office: '示例市维修资金中心',
    asOf,
    reminderDays: [30, 1, 0],
    events: [
      {
        id: 7, certificateNo: '证字-001', complex: '滨江苑', bank: '示例银行', principal: fen(100_000_000), rate: parsePercent('1.50'),
        dueDate: parseDate('2026-10-31'), overdueDays: 0, personInCharge: '陈会计',
      },
      {
        id: 8, certificateNo: '0002', complex: '滨江苑', bank: '示例银行', principal: fen(50_000_000), rate: parsePercent('0.95'),
        dueDate: parseDate('2026-10-01'), overdueDays: 8, personInCharge: '陈会计',
      },
    ],
  }
  /** RFC 5545 §3.1: long lines go on after a line break and a blank. */
  const linesOf = (text: string) => text.replaceAll('\r\n ', '').replaceAll('\r\n\t', '').split('\r\n')

  it('has one all-day event per certificate, with an alarm on the morning of every reminder day', () => {
    const lines = linesOf(dueCalendar(calendar))
    expect(lines.filter((line) => line === 'BEGIN:VEVENT')).toHaveLength(2)
    expect(lines).toContain('DTSTART;VALUE=DATE:20261031')
    expect(lines.filter((line) => line.startsWith('TRIGGER'))).toEqual(['TRIGGER:-P29DT15H', 'TRIGGER:-PT15H', 'TRIGGER:PT9H'])
    expect(lines).toContain('SUMMARY:存单到期：证字-001 滨江苑 1\\,000\\,000.00 元')
  })

  it('lets an overdue certificate stand from its due date through the day of the file', () => {
    const lines = linesOf(dueCalendar(calendar))
    expect(lines.filter((line) => line.startsWith('DTSTART') || line.startsWith('DTEND')).slice(-2))
      .toEqual(['DTSTART;VALUE=DATE:20261001', 'DTEND;VALUE=DATE:20261010'])
    expect(lines.some((line) => line.startsWith('SUMMARY:存单逾期 8 天未处理'))).toBe(true)
  })

  it('keeps the UID of a certificate when its due date moves, and is the same bytes for the same list', () => {
    const uids = (text: string) => linesOf(text).filter((line) => line.startsWith('UID:'))
    const [first, ...rest] = calendar.events
    if (first === undefined) throw new Error('no events')
    const moved = dueCalendar({ ...calendar, events: [{ ...first, dueDate: parseDate('2026-11-02') }, ...rest] })
    expect(uids(moved)).toEqual(uids(dueCalendar(calendar)))
    expect(new Set(uids(moved)).size).toBe(2)
    expect(dueCalendar(calendar)).toBe(dueCalendar(structuredClone(calendar)))
  })

  it('is a calendar also when nothing is due', () => {
    expect(linesOf(dueCalendar({ ...calendar, events: [] }))).toContain('BEGIN:VCALENDAR')
  })
})

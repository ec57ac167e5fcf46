/** `due`: certificates overdue and falling due, as a table, a paper, a calendar file or JSON. */
import { writeFileSync } from 'node:fs'
import { parseDate } from '#core/calendar.ts'
import { formatYuan, plainYuan } from '#core/money.ts'
import { Problem } from '#core/problem.ts'
import { formatPercent } from '#core/rate.ts'
import { dueCalendar } from '#reports/due-calendar.ts'
import { dueStateText, type DueListModel } from '#reports/due-list.ts'
import { createRenderPool } from '#reports/pool.ts'
import { dueCalendarModel, dueListModel } from '../due-paper.ts'
import { systemCodeOf } from '../failure.ts'
import { readArguments } from './arguments.ts'
import type { Command, ExitCode } from './commands.ts'
import { readingLedger } from './ledger.ts'
import { print, printJson, printProgress, printTable } from './output.ts'

const usage = 'due FILE [--until DATE] [--ics OUT] [--pdf OUT] [--json]'

const PRINTED_BY = '命令行'

function save(path: string, bytes: Uint8Array, field: string): void {
  try {
    writeFileSync(path, bytes)
  } catch (error) {
    if (systemCodeOf(error) === 'ENOSPC') throw error
    throw new Problem({ code: 'file.unwritable', message: `${path}：不能写入，请检查路径和权限。`, field }, { cause: error })
  }
  printProgress(`已写出 ${path}`)
}

async function savePaper(path: string, model: DueListModel): Promise<void> {
  const pool = createRenderPool()
  try {
    save(path, await pool.renderPdf({ kind: 'dueList', model }), '--pdf')
  } finally {
    await pool.close()
  }
}

function printList(model: DueListModel): void {
  const money = (title: string) => ({ title, align: 'right' as const })
  print(`${model.office}　截至 ${model.asOf}，列至 ${model.until}　单位：元`)
  if (model.rows.length === 0) {
    print('没有逾期的存单，这段时间也没有存单到期。')
    return
  }
  printTable(
    [{ title: '到期日' }, { title: '距到期' }, { title: '证实书号' }, { title: '小区' }, { title: '银行' }, money('本金'),
      money('年利率'), money('少计利息'), { title: '经办人' }],
    model.rows.map((row) => [
      row.dueDate, dueStateText(row.due), row.certificateNo, row.complex, row.bank, formatYuan(row.principal),
      `${formatPercent(row.rate)}%`, row.lost === 0 ? '' : formatYuan(row.lost), row.personInCharge,
    ]),
  )
}

function listAsJson({ rows, ...head }: DueListModel): void {
  printJson({
    asOf: head.asOf,
    until: head.until,
    overdue: rows.filter(({ due }) => due.kind === 'overdue').length,
    certificates: rows.map((row) => ({
      certificateNo: row.certificateNo,
      complex: row.complex,
      bank: row.bank,
      principal: plainYuan(row.principal),
      rate: formatPercent(row.rate),
      dueDate: row.dueDate,
      /** Days left; negative when overdue. */
      daysLeft: row.due.kind === 'overdue' ? -row.due.days : row.due.days,
      workingDayBefore: row.workingDay,
      lostInterest: plainYuan(row.lost),
      personInCharge: row.personInCharge,
    })),
  })
}

export const due: Command = {
  usage,
  run: (argv) => {
    const { positional, values } = readArguments(argv, {
      usage,
      positionals: ['FILE'],
      options: { until: { type: 'string' }, ics: { type: 'string' }, pdf: { type: 'string' }, json: { type: 'boolean' } },
    })
    const until = values.until === undefined ? null : parseDate(values.until, { field: '--until' })
    const request = { until, complexId: null }
    return readingLedger(positional('FILE'), async (ledger, clock): Promise<ExitCode> => {
      const model = dueListModel({ ledger, clock }, PRINTED_BY, request)
      if (values.pdf !== undefined) await savePaper(values.pdf, model)
      if (values.ics !== undefined) {
        save(values.ics, new TextEncoder().encode(dueCalendar(dueCalendarModel({ ledger, clock }, request))), '--ics')
      }
      if (values.json === true) listAsJson(model)
      else printList(model)
      return 0
    })
  },
}

/** Date and time cells of a row. Rows of one day follow each other: what was read last is not read again. */
import type { BusinessDate } from '../calendar.ts'
import { Problem } from '../problem.ts'
import { isBlank, readStamp, readTime, toHalfWidth } from './cells.ts'
import type { IssueList } from './statement.ts'

/** Which number comes first in `05/01/2024`; a bank's own layout always writes the year first. */
export type DateOrder = 'year' | 'day' | 'month'

export type Moment = { readonly date: BusinessDate; readonly time: string | null }

/** Throws Problem `date.format` or `time.format` for what is no date or time. */
export function momentReader(order: DateOrder, warnings: IssueList) {
  let lastCell: string | null = null
  let stamp: ReturnType<typeof readStamp> | null = null
  return (dateCell: string, timeCell: string, line: number): Moment => {
    if (stamp === null || lastCell !== dateCell) {
      stamp = readStamp(order === 'year' ? dateCell : yearFirst(dateCell, order), { row: line, field: '日期' })
      lastCell = dateCell
    }
    const { date, rest } = stamp
    const timeText = rest !== '' ? rest : timeOnly(timeCell)
    if (isBlank(timeText)) return { date, time: null }
    const read = readTime(timeText)
    if (read === null) {
      throw new Problem({ code: 'time.format', message: `“${timeText}”不是有效时间，应写成 10:15:22 或 101522`, row: line })
    }
    if (read.restoredZeros) {
      warnings.add('time.zero', `第 ${line} 行时间“${timeText}”缺少前导零，按 ${read.time} 读取`, line)
    }
    return { date, time: read.time }
  }
}

function yearFirst(cell: string, order: 'day' | 'month'): string {
  const match = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(.*)$/.exec(toHalfWidth(cell))
  if (!match) return cell
  const [, one = '', two = '', year = '', rest = ''] = match
  const [month, day] = order === 'day' ? [two, one] : [one, two]
  return `${year}-${month}-${day}${rest}`
}

/** The time column of some banks repeats the date: `20240105 10:15:22`. */
function timeOnly(cell: string): string {
  if (cell.length < 8) return cell
  return /^\d{4}[-/.年]?\d{1,2}[-/.月]?\d{1,2}日?[T\s-]+(\d.*)$/.exec(cell)?.[1] ?? (/^\d{8}$/.test(cell) ? '' : cell)
}

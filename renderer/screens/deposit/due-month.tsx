/** A month of due dates: what falls due on each day, on which days the bank is closed, and the day's certificates beside. */
import { Button } from 'antd'
import { useQuery } from '@tanstack/react-query'
import {
  addDays, firstDayOfMonth, isBusinessDate, lastDayOfMonth, monthOf, nextMonth, parseMonth, previousMonth, weekdayOf,
  type BusinessDate, type Month,
} from '#core/calendar.ts'
import { addFen, formatYuan, ZERO_FEN, type Fen } from '#core/money.ts'
import { api } from '../../client.ts'
import { dueWords } from '../../messages/due.ts'
import { Icon } from '../../parts/icon.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { refine } from '../../place.ts'
import type { Answers } from '../../records.ts'
import { useScope } from '../../scope.tsx'
import type { ScreenProps } from '../index.ts'
import { DueOnDay } from './due-on-day.tsx'

const text = dueWords.month

type MonthAnswer = Answers['due']['month']
type Day = MonthAnswer['days'][number]

function monthIn(query: ScreenProps['query'], today: BusinessDate): Month {
  const asked = query['month'] ?? ''
  return /^\d{4}-(0[1-9]|1[0-2])$/.test(asked) ? parseMonth(asked) : monthOf(today)
}

/** Whole weeks from the Monday on or before the first day. */
function weeksOf(month: Month): readonly (readonly BusinessDate[])[] {
  const first = firstDayOfMonth(month)
  const last = lastDayOfMonth(month)
  const weeks: BusinessDate[][] = []
  for (let monday = addDays(first, 1 - weekdayOf(first)); monday <= last; monday = addDays(monday, 7)) {
    weeks.push(Array.from({ length: 7 }, (_, index) => addDays(monday, index)))
  }
  return weeks
}

export function DueMonth({ query }: { readonly query: ScreenProps['query'] }) {
  const { complexId, today } = useScope()
  const month = monthIn(query, today)
  const { data, error } = useQuery(api.due.month.queryOptions({ month, complexId }))
  const asked = query['day'] ?? ''
  const chosen = isBusinessDate(asked) && monthOf(asked) === month ? data?.days.find(({ date }) => date === asked) : undefined
  const shown = chosen ?? data?.days.find(({ date }) => date >= today) ?? data?.days[0]
  const go = (target: Month) => refine({ month: target, day: '' })
  return (
    <>
      {error !== null && <ProblemNote error={error} />}
      <div className="due-month">
        <section>
          <div className="due-month-head">
            <Button
              size="small"
              icon={<Icon name="left" />}
              aria-label={text.previous}
              onClick={() => go(previousMonth(month))}
            />
            <h2>{text.title(month.slice(0, 4), month.slice(5))}</h2>
            <Button size="small" icon={<Icon name="right" />} aria-label={text.next} onClick={() => go(nextMonth(month))} />
            <Button size="small" disabled={month === monthOf(today)} onClick={() => go(monthOf(today))}>{text.current}</Button>
            {data !== undefined && <Total days={data.days} />}
          </div>
          <MonthTable month={month} answer={data} chosen={shown?.date} />
          {data?.isCalendarKnown === false && <p className="quiet">{text.unknown}</p>}
        </section>
        <aside>
          {shown === undefined
            ? <p className="quiet">{data === undefined ? '' : data.days.length === 0 ? text.empty : text.choose}</p>
            : <DueOnDay day={shown} />}
        </aside>
      </div>
    </>
  )
}

function Total({ days }: { readonly days: readonly Day[] }) {
  const sum = days.reduce((total, day) => addFen(total, day.principalFen), ZERO_FEN)
  const count = days.reduce((total, day) => total + day.count, 0)
  return <span className="quiet">{count === 0 ? text.empty : `${text.sum(count)} ¥${formatYuan(sum)}`}</span>
}

type TableProps = { readonly month: Month; readonly answer: MonthAnswer | undefined; readonly chosen: BusinessDate | undefined }

function MonthTable({ month, answer, chosen }: TableProps) {
  const { today } = useScope()
  const daysOff = new Set(answer?.daysOff)
  const worked = new Set(answer?.workedWeekends)
  const isOff = (date: BusinessDate) => daysOff.has(date) || (weekdayOf(date) > 5 && !worked.has(date))
  return (
    <table className="due-month-table">
      <thead>
        <tr>
          {text.weekdays.map((name) => <th key={name} scope="col" aria-label={text.weekday(name)}>{name}</th>)}
        </tr>
      </thead>
      <tbody>
        {weeksOf(month).map((week) => (
          <tr key={week[0]}>
            {week.map((date) => monthOf(date) === month
              ? (
                  <DayCell
                    key={date}
                    date={date}
                    day={answer?.days.find((each) => each.date === date)}
                    mark={isOff(date) ? text.dayOff : worked.has(date) ? text.worked : ''}
                    isToday={date === today}
                    isOverdue={date < today}
                    isChosen={date === chosen}
                  />
                )
              : <td key={date} className="due-day-outside" />)}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

type DayProps = {
  readonly date: BusinessDate
  readonly day: Day | undefined
  /** 休 or 班, '' on an ordinary day. */
  readonly mark: string
  readonly isToday: boolean
  readonly isOverdue: boolean
  readonly isChosen: boolean
}

const FEN_PER_WAN = 1_000_000

/** Whole ten-thousands of yuan: a cell is no place for fen, the list beside has them. */
function wanText(amount: Fen): string {
  return text.inWan(String(Math.round(amount / FEN_PER_WAN)))
}

function DayCell({ date, day, mark, isToday, isOverdue, isChosen }: DayProps) {
  const number = Number(date.slice(8))
  const kind = isOverdue ? 'due-day-overdue' : 'due-day-coming'
  return (
    <td className={isToday ? 'due-day-today' : undefined}>
      <p className="due-day-head">
        <span>{number}{isToday && <strong> {text.today}</strong>}</span>
        <span className="quiet">{mark}</span>
      </p>
      {day !== undefined && (
        <button
          type="button"
          className={isChosen ? `due-day ${kind} chosen` : `due-day ${kind}`}
          aria-pressed={isChosen}
          aria-label={text.day(date, day.count, formatYuan(day.principalFen))}
          onClick={() => refine({ day: date })}
        >
          <span>{isOverdue && <Icon name="warning" />} {text.count(day.count)}</span>
          <span>{wanText(day.principalFen)}</span>
        </button>
      )}
    </td>
  )
}

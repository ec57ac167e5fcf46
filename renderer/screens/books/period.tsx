/** Which month or year a statement is for, kept in the address so that a view can be shared. */
import { InputNumber, Segmented } from 'antd'
import { monthOf, parseMonth, type BusinessDate, type Month } from '#core/calendar.ts'
import type { StatementPeriod } from '#core/statements/sums.ts'
import { booksText as text } from '../../messages/books.ts'
import { MonthInput } from '../../parts/date-input.tsx'
import { refine } from '../../place.ts'

type Query = Readonly<Record<string, string>>

/** The month asked for in the address, else that of `day`. */
export function monthIn(asked: string | undefined, day: BusinessDate): Month {
  return asked !== undefined && /^\d{4}-(0[1-9]|1[0-2])$/.test(asked) ? parseMonth(asked) : monthOf(day)
}

export function yearIn(query: Query, asOf: BusinessDate): number {
  const asked = query['year']
  return asked !== undefined && /^(19|20|21)\d\d$/.test(asked) ? Number(asked) : Number(asOf.slice(0, 4))
}

export function periodIn(query: Query, asOf: BusinessDate): StatementPeriod {
  return query['edition'] === 'year'
    ? { kind: 'year', year: yearIn(query, asOf) }
    : { kind: 'month', month: monthIn(query['month'], asOf) }
}

export function YearInput({ year }: { readonly year: number }) {
  return (
    <InputNumber
      aria-label={text.yearLabel}
      className="books-year"
      min={1990}
      max={2199}
      precision={0}
      value={year}
      onChange={(value) => value !== null && refine({ year: String(value) })}
    />
  )
}

export function PeriodPicker({ period }: { readonly period: StatementPeriod }) {
  return (
    <>
      <Segmented
        aria-label={text.edition}
        value={period.kind}
        options={[{ value: 'month', label: text.month }, { value: 'year', label: text.year }]}
        onChange={(edition) => refine({ edition })}
      />
      {period.kind === 'month'
        ? (
            <MonthInput
              aria-label={text.monthLabel}
              value={period.month}
              onChange={(month) => month !== null && refine({ month })}
            />
          )
        : <YearInput year={period.year} />}
    </>
  )
}

export function MonthSpan({ from, to }: { readonly from: Month; readonly to: Month }) {
  return (
    <>
      <MonthInput aria-label={text.fromMonth} value={from} onChange={(month) => month !== null && refine({ from: month })} />
      <span aria-hidden="true">–</span>
      <MonthInput aria-label={text.toMonth} value={to} onChange={(month) => month !== null && refine({ to: month })} />
    </>
  )
}

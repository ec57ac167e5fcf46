/** A business date as `YYYY-MM-DD` text in and out; no Date object leaves this file. */
import { DatePicker } from 'antd'
import dayjs from 'dayjs'
import { parseDate, parseMonth, type BusinessDate, type Month } from '#core/calendar.ts'
import { partsText } from '../messages/parts.ts'

type Props<Value> = {
  readonly id?: string
  readonly value?: Value | null
  readonly onChange?: (value: Value | null) => void
  readonly disabled?: boolean
  readonly allowClear?: boolean
  readonly autoFocus?: boolean
  readonly className?: string
  readonly 'aria-label'?: string
}

export function DateInput({ value, onChange, allowClear = false, ...rest }: Props<BusinessDate>) {
  return (
    <DatePicker
      {...rest}
      // Typing 20250307 is as good as 2025-03-07.
      format={['YYYY-MM-DD', 'YYYYMMDD', 'YYYY.M.D', 'YYYY/M/D']}
      placeholder={partsText.dateHint}
      allowClear={allowClear}
      value={value == null ? null : dayjs(value)}
      onChange={(day) => onChange?.(day === null ? null : parseDate(day.format('YYYY-MM-DD')))}
    />
  )
}

export function MonthInput({ value, onChange, allowClear = false, ...rest }: Props<Month>) {
  return (
    <DatePicker
      {...rest}
      picker="month"
      format={['YYYY-MM', 'YYYYMM']}
      allowClear={allowClear}
      value={value == null ? null : dayjs(`${value}-01`)}
      onChange={(day) => onChange?.(day === null ? null : parseMonth(day.format('YYYY-MM')))}
    />
  )
}

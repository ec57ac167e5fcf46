/**
 * Business dates are `YYYY-MM-DD` text from parse to paper (design invariant 2). No `Date` object and no time zone
 * enters the rules: arithmetic is on the proleptic Gregorian day number.
 */
import { Problem } from './problem.ts'

declare const dateBrand: unique symbol
/** A real calendar day, `YYYY-MM-DD`; compares correctly as text. */
export type BusinessDate = string & { readonly [dateBrand]: 'BusinessDate' }

declare const monthBrand: unique symbol
/** Accounting period (会计期间), `YYYY-MM`. */
export type Month = string & { readonly [monthBrand]: 'Month' }

declare const quarterBrand: unique symbol
/** Disclosure quarter, `YYYYQn`, e.g. `2025Q3`. */
export type Quarter = string & { readonly [quarterBrand]: 'Quarter' }

type Where = { field?: string; row?: number }

export function isLeapYear(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
}

export function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

function compose(year: number, month: number, day: number): BusinessDate {
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}` as BusinessDate
}

export function parseDate(text: string, where: Where = {}): BusinessDate {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text.trim())
  const year = Number(match?.[1])
  const month = Number(match?.[2])
  const day = Number(match?.[3])
  if (!match || year < 1900 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) {
    throw new Problem({ code: 'date.format', message: `“${text}”不是有效日期：请写成 2025-02-28 这样的年-月-日`, ...where })
  }
  return compose(year, month, day)
}

export function isBusinessDate(text: string): text is BusinessDate {
  try {
    return parseDate(text) === text
  } catch {
    return false
  }
}

export function datePartsOf(date: BusinessDate): { year: number; month: number; day: number } {
  return { year: Number(date.slice(0, 4)), month: Number(date.slice(5, 7)), day: Number(date.slice(8, 10)) }
}

/** Days since 0000-03-01; only differences have meaning. */
export function dayNumber(date: BusinessDate): number {
  const { year, month, day } = datePartsOf(date)
  const y = month > 2 ? year : year - 1
  const m = month > 2 ? month - 3 : month + 9
  return 365 * y + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) + Math.floor((153 * m + 2) / 5) + day - 1
}

function dateOfDayNumber(number: number): BusinessDate {
  let year = Math.floor((number - 60) / 365.2425)
  while (dayNumber(compose(year + 1, 1, 1)) <= number) year += 1
  while (dayNumber(compose(year, 1, 1)) > number) year -= 1
  let rest = number - dayNumber(compose(year, 1, 1))
  let month = 1
  while (rest >= daysInMonth(year, month)) {
    rest -= daysInMonth(year, month)
    month += 1
  }
  return compose(year, month, rest + 1)
}

/** Days from `from` to `to`: first day counted, last day not (算头不算尾, domain rule 06 §3). */
export function daysBetween(from: BusinessDate, to: BusinessDate): number {
  return dayNumber(to) - dayNumber(from)
}

export function addDays(date: BusinessDate, days: number): BusinessDate {
  return dateOfDayNumber(dayNumber(date) + days)
}

/**
 * The corresponding day (对应日) `months` later; where the month is shorter, its last day (民法典 art. 202).
 * `anchorDay` keeps the original day of month over a chain of rollovers (31 Aug → 30 Nov → 28 Feb → 31 May).
 */
export function addMonths(date: BusinessDate, months: number, anchorDay?: number): BusinessDate {
  const { year, month, day } = datePartsOf(date)
  const index = year * 12 + (month - 1) + months
  const targetYear = Math.floor(index / 12)
  const targetMonth = (index % 12) + 1
  return compose(targetYear, targetMonth, Math.min(anchorDay ?? day, daysInMonth(targetYear, targetMonth)))
}

/** ISO weekday, Monday 1 … Sunday 7. */
export function weekdayOf(date: BusinessDate): number {
  // 2024-01-01 was a Monday.
  const offset = (dayNumber(date) - dayNumber(compose(2024, 1, 1))) % 7
  return ((offset + 7) % 7) + 1
}

/**
 * The yearly State Council table: days off on weekdays, and weekend days worked in exchange (调休).
 * It is data, announced each year, and lives in the policy profiles; the rules only read it.
 */
export type HolidayTable = { readonly daysOff: ReadonlySet<string>; readonly swappedWorkdays: ReadonlySet<string> }

export const NO_HOLIDAYS: HolidayTable = { daysOff: new Set(), swappedWorkdays: new Set() }

export function isWorkingDay(date: BusinessDate, holidays: HolidayTable): boolean {
  if (holidays.swappedWorkdays.has(date)) return true
  return weekdayOf(date) <= 5 && !holidays.daysOff.has(date)
}

/** The `count`-th working day after `date` (the first day is not counted, 民法典 art. 201). */
export function addWorkingDays(date: BusinessDate, count: number, holidays: HolidayTable): BusinessDate {
  let current = date
  for (let left = count; left > 0; ) {
    current = addDays(current, 1)
    if (isWorkingDay(current, holidays)) left -= 1
  }
  return current
}

export function parseMonth(text: string, where: Where = {}): Month {
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(text)) {
    throw new Problem({ code: 'month.format', message: `“${text}”不是会计期间：请写成 2025-03`, ...where })
  }
  return text as Month
}

export function monthOf(date: BusinessDate): Month {
  return date.slice(0, 7) as Month
}

export function firstDayOfMonth(month: Month): BusinessDate {
  return `${month}-01` as BusinessDate
}

export function lastDayOfMonth(month: Month): BusinessDate {
  const year = Number(month.slice(0, 4))
  const number = Number(month.slice(5))
  return compose(year, number, daysInMonth(year, number))
}

export function nextMonth(month: Month): Month {
  return monthOf(addMonths(firstDayOfMonth(month), 1))
}

export function previousMonth(month: Month): Month {
  return monthOf(addMonths(firstDayOfMonth(month), -1))
}

export function parseQuarter(text: string, where: Where = {}): Quarter {
  if (!/^\d{4}Q[1-4]$/.test(text)) {
    throw new Problem({ code: 'quarter.format', message: `“${text}”不是季度：请写成 2025Q3`, ...where })
  }
  return text as Quarter
}

export function quarterOf(date: BusinessDate): Quarter {
  const { year, month } = datePartsOf(date)
  return `${year}Q${Math.ceil(month / 3)}` as Quarter
}

/** First and last day of the quarter, both inclusive. */
export function quarterBounds(quarter: Quarter): { first: BusinessDate; last: BusinessDate } {
  const year = Number(quarter.slice(0, 4))
  const lastMonth = Number(quarter.slice(5)) * 3
  return { first: compose(year, lastMonth - 2, 1), last: compose(year, lastMonth, daysInMonth(year, lastMonth)) }
}

export function addQuarters(quarter: Quarter, count: number): Quarter {
  return quarterOf(addMonths(quarterBounds(quarter).first, 3 * count))
}

/** `2025年第3季度` */
export function quarterInChinese(quarter: Quarter): string {
  return `${quarter.slice(0, 4)}年第${quarter.slice(5)}季度`
}

/** `2025年3月7日` */
export function dateInChinese(date: BusinessDate): string {
  const { year, month, day } = datePartsOf(date)
  return `${year}年${month}月${day}日`
}

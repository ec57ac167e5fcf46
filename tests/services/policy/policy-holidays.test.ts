import { beforeEach, describe, expect, it } from 'vitest'
import { addDays, datePartsOf } from '#core/calendar.ts'
import type { Ledger } from '#db/ledger.ts'
import type { ServiceContext } from '#services/context.ts'
import { holidayTable, setPolicyValue } from '#services/policy/policy.ts'
import { day, OBJECTION, SECOND, useOffice } from './policy-office.ts'

const office = useOffice()
let ledger: Ledger
let context: ServiceContext
beforeEach(() => {
  ledger = office.ledger()
  context = office.context()
})

describe('holiday tables', () => {
  const year = (number: number) => holidayTable(ledger, day(`${number}-01-01`), day(`${number}-12-31`))

  it.each([
    [2024, 11],
    [2025, 13],
    [2026, 13],
  ])('%i has the %i statutory days, the swapped workdays to be filled', (number, count) => {
    expect(year(number).table.daysOff.size).toBe(count)
    expect(year(number).yearsWithoutSwaps).toEqual([number])
    expect(year(number).unknownYears).toEqual([])
  })

  it('has the lunar holidays on the days the Chinese calendar gives', () => {
    const lunar = new Intl.DateTimeFormat('en-u-ca-chinese', { timeZone: 'UTC', month: 'numeric', day: 'numeric' })
    for (const number of [2024, 2025, 2026]) {
      const wanted = new Map([['1/1', 0], ['1/2', 0], ['1/3', 0], ['5/5', 0], ['8/15', 0]])
      for (const date of year(number).table.daysOff) {
        const text = lunar.format(new Date(`${date}T00:00:00Z`))
        if (wanted.has(text)) wanted.set(text, 1)
        // The eve is the day before 正月初一, a day off since 2025.
        if (text === '1/1') expect(year(number).table.daysOff.has(addDays(day(date), -1))).toBe(number >= 2025)
      }
      expect([...wanted.values()], String(number)).toEqual([1, 1, 1, 1, 1])
    }
  })

  it('has Qingming where the solar-term formula of the 21st century puts it', () => {
    for (const number of [2024, 2025, 2026]) {
      const short = number % 100
      const april = Math.floor(short * 0.2422 + 4.81) - Math.floor(short / 4)
      expect(year(number).table.daysOff.has(`${number}-04-0${april}`)).toBe(true)
    }
  })

  it('spans years, and names the years it does not know', () => {
    const reading = holidayTable(ledger, day('2026-12-20'), day('2027-01-20'))
    expect(reading.unknownYears).toEqual([2027])
    expect([...reading.table.daysOff].every((date) => datePartsOf(day(date)).year === 2026)).toBe(true)
  })

  it('takes the table the office enters, and does not stretch it over the next year', () => {
    const table = { daysOff: ['2027-01-01'], swappedWorkdays: ['2027-01-03'] }
    const change = { ...OBJECTION, profileCode: 'CN-HOLIDAYS', key: 'holidays', validFrom: '2027-01-01' }
    setPolicyValue(context, { ...change, value: table }, SECOND)
    const reading = holidayTable(ledger, day('2027-01-01'), day('2028-01-01'))
    expect(reading.table.swappedWorkdays.has('2027-01-03')).toBe(true)
    expect(reading.unknownYears).toEqual([2028])
    expect(reading.yearsWithoutSwaps).toEqual([])
  })
})

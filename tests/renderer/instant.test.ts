import { expect, it } from 'vitest'
import { parseDate } from '#core/calendar.ts'
import { chinaTime, startOfDay } from '#renderer/instant.ts'

it('shows the wall clock of China, over midnight, month and year', () => {
  expect(chinaTime('2025-10-09T02:00:07.123Z')).toBe('2025-10-09 10:00:07')
  expect(chinaTime('2025-10-09T15:59:59.000Z')).toBe('2025-10-09 23:59:59')
  expect(chinaTime('2025-12-31T16:00:00.000Z')).toBe('2026-01-01 00:00:00')
})

it('a business day begins at the instant whose wall clock is its midnight', () => {
  expect(startOfDay(parseDate('2025-03-01'))).toBe('2025-02-28T16:00:00.000Z')
  expect(chinaTime(startOfDay(parseDate('2025-03-01')))).toBe('2025-03-01 00:00:00')
})

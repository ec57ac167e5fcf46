import { describe, expect, it } from 'vitest'

import { parseDate } from '#core/calendar.ts'
import { inWarranty, warrantyLastDay, type Season, type WarrantyTerm } from '#core/repair/warranty.ts'

function season(from: string, to: string): Season {
  return { from: parseDate(from), to: parseDate(to) }
}

const HEATING: WarrantyTerm = {
  kind: 'seasons',
  count: 2,
  // Out of order on purpose: the office enters them as they are announced.
  seasons: [season('2025-11-15', '2026-03-15'), season('2023-11-15', '2024-03-15'), season('2024-11-15', '2025-03-15')],
  partialSeasonCounts: true,
}

describe('warranty', () => {
  it('covers the corresponding day and not the day after, and nothing before acceptance', () => {
    const accepted = parseDate('2024-02-29')
    const term = { kind: 'months', months: 60 } as const
    expect(warrantyLastDay(accepted, term)).toBe('2029-02-28')
    expect(inWarranty(parseDate('2029-02-28'), accepted, term)).toBe(true)
    expect(inWarranty(parseDate('2029-03-01'), accepted, term)).toBe(false)
    expect(inWarranty(parseDate('2024-02-28'), accepted, term)).toBe(false)
  })

  it('counts a season already running only where the parties agreed so', () => {
    const accepted = parseDate('2023-12-20')
    expect(warrantyLastDay(accepted, HEATING)).toBe('2025-03-15')
    expect(warrantyLastDay(accepted, { ...HEATING, partialSeasonCounts: false })).toBe('2026-03-15')
  })

  it('between seasons starts with the next one', () => {
    expect(warrantyLastDay(parseDate('2024-07-01'), HEATING)).toBe('2026-03-15')
  })

  it('asks for the missing seasons instead of guessing them', () => {
    expect(() => warrantyLastDay(parseDate('2025-07-01'), HEATING)).toThrow('不足 2 个')
  })

  it('takes a contract date as it stands', () => {
    const term = { kind: 'until', lastDay: parseDate('2071-06-30') } as const
    expect(inWarranty(parseDate('2071-06-30'), parseDate('2021-06-30'), term)).toBe(true)
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'

import {
  dateSchema, fenSchema, idSchema, monthSchema, pageSchema, positiveFenSchema, quarterSchema, rateSchema,
} from '#server/api/schema.ts'

describe('values at the edge of the API', () => {
  it('amounts are integer fen in the safe range and nothing else', () => {
    fc.assert(fc.property(fc.maxSafeInteger(), (value) => Object.is(fenSchema.parse(value), value === 0 ? 0 : value)))
    for (const value of [0.1, 1.5, 2 ** 53, -(2 ** 53), Number.NaN, Infinity, '100', '1e5', null, undefined, 10n, [1], true]) {
      expect([value, fenSchema.safeParse(value).success]).toEqual([value, false])
    }
    expect(positiveFenSchema.safeParse(0).success).toBe(false)
    expect(positiveFenSchema.safeParse(-1).success).toBe(false)
  })

  it('dates, months and quarters are real ones', () => {
    expect(dateSchema.parse('2024-02-29')).toBe('2024-02-29')
    for (const text of ['2025-02-30', '2025-02-29', '2025-2-1', '20250201', '2025-02-01T00:00:00Z', '', 20250201, null]) {
      expect([text, dateSchema.safeParse(text).success]).toEqual([text, false])
    }
    expect(monthSchema.safeParse('2025-13').success).toBe(false)
    expect(quarterSchema.safeParse('2025Q5').success).toBe(false)
    expect(quarterSchema.parse('2025Q3')).toBe('2025Q3')
  })

  it('rates and row numbers are in range', () => {
    expect(rateSchema.parse(1_550_000)).toBe(1_550_000)
    expect(rateSchema.safeParse(100_000_001).success).toBe(false)
    for (const value of [0, -1, 1.5, '1', 2 ** 53]) expect(idSchema<'book'>().safeParse(value).success).toBe(false)
  })

  it('pages have an end', () => {
    expect(pageSchema.parse({})).toEqual({ limit: 100, offset: 0 })
    expect(pageSchema.safeParse({ limit: 501 }).success).toBe(false)
  })

  it('a refusal is a sentence in Chinese with the place in the form', () => {
    const form = z.object({ lines: z.array(z.object({ date: dateSchema })) })
    const issue = form.safeParse({ lines: [{ date: '2025-01-01' }, { date: '2025-02-30' }] }).error?.issues[0]
    expect(issue?.path).toEqual(['lines', 1, 'date'])
    expect(issue?.message).toMatch(/“2025-02-30”不是有效日期/)
  })
})

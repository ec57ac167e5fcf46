import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, parseDate } from '#core/calendar.ts'
import { OPEN_REPAIR_STEPS } from '#core/repair/repair.ts'
import { AGE_BANDS, bandDays, stepDueOn, type AgeBand } from '#core/repair/waiting.ts'

const TODAY = parseDate('2025-10-09')

function bandsOf(days: number): readonly AgeBand[] {
  const since = addDays(TODAY, -days)
  return AGE_BANDS.filter((band) => {
    const { from, before } = bandDays(band, TODAY)
    return (from === null || since >= from) && (before === null || since < before)
  })
}

describe('how long a job waits', () => {
  it.each([[0, 'week'], [7, 'week'], [8, 'month'], [30, 'month'], [31, 'longer'], [400, 'longer']])(
    'after %i days a job is in the band %s and in no other', (days, band) => {
      expect(bandsOf(days)).toEqual([band])
    })

  it('every day of arrival lies in exactly one band', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 2000 }), (days) => {
      expect(bandsOf(days)).toHaveLength(1)
    }))
  })

  it('desk and site have their own days; a vote, a posting and retained money run by their own clock', () => {
    const due = (step: (typeof OPEN_REPAIR_STEPS)[number]) => stepDueOn(step, TODAY, { desk: 10, site: 30 })
    expect([due('windowCheck'), due('siteReview')]).toEqual(['2025-10-19', '2025-11-08'])
    expect(OPEN_REPAIR_STEPS.filter((step) => due(step) === null)).toEqual(['authority', 'publication', 'retention'])
    expect(stepDueOn('windowCheck', TODAY, { desk: null, site: 30 })).toBeNull()
  })
})

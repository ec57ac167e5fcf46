import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findNearThreshold, findSplitting } from '#core/checks/splitting.ts'
import { addDays } from '#core/calendar.ts'
import { idOf } from '#core/id.ts'
import { addFen, fen } from '#core/money.ts'
import { parsePercent } from '#core/rate.ts'
import { building, day, job, yuan } from './facts.ts'

const LIMITS = { thresholdFen: yuan('2000'), days: 30 }
const other = idOf<'counterparty'>(2)

describe('splitting under the amount line', () => {
  it('two jobs of one payee in one building that together reach the line are told once, with their sum', () => {
    const [finding, ...rest] = findSplitting([job(), job({ part: '楼道', amountFen: yuan('500') })], LIMITS)
    expect(rest).toEqual([])
    expect(finding?.message).toContain('疑似拆分')
    expect(finding?.amountFen).toBe(yuan('2000'))
    expect(finding?.links).toHaveLength(2)
  })

  it('the same place by two payees is told too', () => {
    expect(findSplitting([job(), job({ contractorId: other })], LIMITS)).toHaveLength(1)
  })

  it('`1单元` and an entry that names none may be the same place', () => {
    expect(findSplitting([job({ entrance: '1单元' }), job({ contractorId: other })], LIMITS)).toHaveLength(1)
    expect(findSplitting([job({ entrance: '1单元' }), job({ entrance: '2单元', contractorId: other })], LIMITS)).toEqual([])
  })

  it('the last day of the period counts, the day after does not', () => {
    const first = job()
    expect(findSplitting([first, job({ reportedOn: addDays(first.reportedOn, 30) })], LIMITS)).toHaveLength(1)
    expect(findSplitting([first, job({ reportedOn: addDays(first.reportedOn, 31) })], LIMITS)).toEqual([])
  })

  it('one fen under the line together is not splitting', () => {
    expect(findSplitting([job(), job({ amountFen: yuan('499.99') })], LIMITS)).toEqual([])
  })

  it('three lifts of three buildings on one day are three jobs', () => {
    expect(findSplitting([1, 2, 3].map((number) => job({ buildingId: building(number) })), LIMITS)).toEqual([])
  })

  it('the same payee in two complexes is two matters', () => {
    expect(findSplitting([job(), job({ complexId: idOf<'complex'>(2) })], LIMITS)).toEqual([])
  })

  it('a job at the line went through the site review and is not part of it', () => {
    expect(findSplitting([job({ amountFen: yuan('2000') }), job({ amountFen: yuan('1999') })], LIMITS)).toEqual([])
  })

  it('a chain of jobs is told as its longest runs, not once per pair', () => {
    const chain = [0, 10, 20, 40].map((days) => job({ reportedOn: addDays(day('2026-03-02'), days) }))
    const runs = findSplitting(chain, LIMITS).map(({ links }) => links.length)
    expect(runs).toEqual([3, 3])
  })

  it('the same jobs in any order are the same findings', () => {
    const jobs = [0, 5, 9, 33, 60].map((days, index) =>
      job({ reportedOn: addDays(day('2026-03-02'), days), contractorId: idOf<'counterparty'>(1 + (index % 2)) }))
    const prints = (list: typeof jobs) => findSplitting(list, LIMITS).map(({ fingerprint }) => fingerprint).toSorted()
    fc.assert(fc.property(fc.shuffledSubarray(jobs, { minLength: jobs.length }), (shuffled) => {
      expect(prints(shuffled)).toEqual(prints(jobs))
    }))
  })

  it('whatever is told really reaches the line within the days, each job alone under it', () => {
    const arbitrary = fc.array(fc.record({
      days: fc.nat(120), cents: fc.integer({ min: 1, max: 250_000 }), building: fc.integer({ min: 1, max: 2 }),
      contractor: fc.integer({ min: 1, max: 2 }),
    }), { maxLength: 25 })
    fc.assert(fc.property(arbitrary, (rows) => {
      const jobs = rows.map((row) => job({
        reportedOn: addDays(day('2026-01-01'), row.days), amountFen: fen(row.cents), buildingId: building(row.building),
        contractorId: idOf<'counterparty'>(row.contractor),
      }))
      for (const finding of findSplitting(jobs, LIMITS)) {
        const members = jobs.filter((one) => finding.links.some((link) => link.id === one.id))
        expect(members.length).toBeGreaterThan(1)
        expect(addFen(...members.map((one) => one.amountFen))).toBeGreaterThanOrEqual(LIMITS.thresholdFen)
        expect(members.every((one) => one.amountFen < LIMITS.thresholdFen)).toBe(true)
        const dates = members.map((one) => one.reportedOn).toSorted()
        expect(addDays(dates[0] ?? day('2026-01-01'), LIMITS.days) >= (dates.at(-1) ?? '')).toBe(true)
      }
    }))
  })
})

describe('an amount just under the line', () => {
  const near = { thresholdFen: yuan('2000'), percent: parsePercent('90') }

  it.each([['1800.00', 1], ['1999.99', 1], ['1799.99', 0], ['2000.00', 0]])('%s yuan: %i', (amount, count) => {
    expect(findNearThreshold([job({ amountFen: yuan(amount) })], near)).toHaveLength(count)
  })
})

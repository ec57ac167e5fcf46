import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findNearThreshold, findSplitting } from '#core/checks/splitting.ts'
import { addDays } from '#core/calendar.ts'
import { idOf } from '#core/id.ts'
import { addFen, fen } from '#core/money.ts'
import { parsePercent } from '#core/rate.ts'
import { building, day, job, yuan } from './facts.ts'

const NO_LEAVE = { authority: null, contract: null, publication: null }
const under = (line: string, days = 30) => ({ lines: { ...NO_LEAVE, siteReview: yuan(line) }, days })
const LIMITS = under('2000')
const WITH_LEAVE = () => ({
  lines: { siteReview: yuan('2000'), authority: yuan('5000'), contract: yuan('5000'), publication: null }, days: 30,
})
const always = () => LIMITS
const other = idOf<'counterparty'>(2)

describe('splitting under the amount line', () => {
  it('two jobs of one payee in one building that together reach the line are told once, with their sum', () => {
    const [finding, ...rest] = findSplitting([job(), job({ part: '楼道', amountFen: yuan('500') })], always)
    expect(rest).toEqual([])
    expect(finding?.message).toContain('疑似拆分')
    expect(finding?.amountFen).toBe(yuan('2000'))
    expect(finding?.links).toHaveLength(2)
  })

  it('the same place by two payees is told too', () => {
    expect(findSplitting([job(), job({ contractorId: other })], always)).toHaveLength(1)
  })

  it('`1单元` and an entry that names none may be the same place', () => {
    expect(findSplitting([job({ entrance: '1单元' }), job({ contractorId: other })], always)).toHaveLength(1)
    expect(findSplitting([job({ entrance: '1单元' }), job({ entrance: '2单元', contractorId: other })], always)).toEqual([])
  })

  it('the last day of the period counts, the day after does not', () => {
    const first = job()
    expect(findSplitting([first, job({ reportedOn: addDays(first.reportedOn, 30) })], always)).toHaveLength(1)
    expect(findSplitting([first, job({ reportedOn: addDays(first.reportedOn, 31) })], always)).toEqual([])
  })

  it('one fen under the line together is not splitting', () => {
    expect(findSplitting([job(), job({ amountFen: yuan('499.99') })], always)).toEqual([])
  })

  it('three lifts of three buildings on one day are three jobs', () => {
    expect(findSplitting([1, 2, 3].map((number) => job({ buildingId: building(number) })), always)).toEqual([])
  })

  it('below the leave of the owners’ decision and of the contract the same is told, with the lines named', () => {
    const three = () => [1, 2, 3].map(() => job({ amountFen: yuan('4900') }))
    expect(findSplitting(three(), always)).toEqual([])
    const [finding, ...rest] = findSplitting(three(), WITH_LEAVE)
    expect(rest).toEqual([])
    expect(finding?.message).toContain('3 项合计 14,700.00 元，单项都低于 5,000.00 元（业主决定、合同）的金额线')
  })

  it('under two lines at once is one matter, and a run inside a greater one is not told again', () => {
    const amounts = (...each: readonly string[]) => each.map((amount) => job({ amountFen: yuan(amount) }))
    const found = findSplitting(amounts('1900', '1800', '4000'), WITH_LEAVE)
    expect(found.map(({ links }) => links.length)).toEqual([3])
    const [both] = findSplitting(amounts('1900', '1900', '1900'), WITH_LEAVE)
    expect(both?.message).toContain('2,000.00 元（现场复核）、5,000.00 元（业主决定、合同）')
  })

  it('a job of the complex as a whole makes one matter of one payee’s jobs in its buildings', () => {
    const inBuildings = () => [1, 2, 3].map((number) => job({ buildingId: building(number), amountFen: yuan('1700') }))
    expect(findSplitting(inBuildings(), always)).toEqual([])
    const whole = { buildingId: null, part: '道路', amountFen: yuan('1700') }
    expect(findSplitting([...inBuildings(), job(whole)], always).map(({ links }) => links.length)).toEqual([4])
    expect(findSplitting([...inBuildings(), job({ ...whole, contractorId: other })], always)).toEqual([])
  })

  it('and at one place with another payee’s job there', () => {
    const whole = job({ buildingId: null, contractorId: other })
    expect(findSplitting([job({ buildingId: building(1) }), whole], always)).toHaveLength(1)
    expect(findSplitting([job({ buildingId: building(1), part: '楼道' }), whole], always)).toEqual([])
  })

  it('a report dated back out of the days watched is still recorded within them', () => {
    const recordedOn = day('2026-03-02')
    const late = { reportedOn: day('2026-01-20') }
    const [finding] = findSplitting([job(), job({ ...late, recordedOn })], always)
    expect(finding?.message).toContain('30 天内登记的 2 项')
    expect(findSplitting([job(), job(late)], always)).toEqual([])
  })

  it('the same payee in two complexes is two matters', () => {
    expect(findSplitting([job(), job({ complexId: idOf<'complex'>(2) })], always)).toEqual([])
  })

  it('a job at the line went through the site review and is not part of it', () => {
    expect(findSplitting([job({ amountFen: yuan('2000') }), job({ amountFen: yuan('1999') })], always)).toEqual([])
  })

  it('a chain of jobs is told as its longest runs, not once per pair', () => {
    const chain = [0, 10, 20, 40].map((days) => job({ reportedOn: addDays(day('2026-03-02'), days) }))
    const runs = findSplitting(chain, always).map(({ links }) => links.length)
    expect(runs).toEqual([3, 3])
  })

  it('is measured by the line of its first day: an amount line lowered later makes no old jobs one by one greater', () => {
    const lowered = (on: string) => (date: string) => under(date < on ? '2000' : '1000')
    const pair = [job({ amountFen: yuan('1200') }), job({ amountFen: yuan('1300'), reportedOn: day('2026-03-09') })]
    expect(findSplitting(pair, lowered('2026-10-01'))).toHaveLength(1)
    expect(findSplitting(pair, lowered('2026-01-01'))).toEqual([])
  })

  it('a watch of fewer days begins with the jobs of its own time', () => {
    const limitsOn = (date: string) => under('2000', date < '2026-03-10' ? 30 : 3)
    const at = (date: string) => job({ reportedOn: day(date) })
    const runs = findSplitting([at('2026-03-02'), at('2026-03-12'), at('2026-03-14'), at('2026-03-30')], limitsOn)
    expect(runs.map(({ links }) => links.length)).toEqual([4])
    expect(findSplitting([at('2026-03-12'), at('2026-03-14'), at('2026-03-30')], limitsOn)[0]?.links).toHaveLength(2)
  })

  it('the same jobs in any order are the same findings', () => {
    const jobs = [0, 5, 9, 33, 60].map((days, index) =>
      job({ reportedOn: addDays(day('2026-03-02'), days), contractorId: idOf<'counterparty'>(1 + (index % 2)) }))
    const prints = (list: typeof jobs) => findSplitting(list, always).map(({ fingerprint }) => fingerprint).toSorted()
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
      for (const finding of findSplitting(jobs, always)) {
        const members = jobs.filter((one) => finding.links.some((link) => link.id === one.id))
        expect(members.length).toBeGreaterThan(1)
        expect(addFen(...members.map((one) => one.amountFen))).toBeGreaterThanOrEqual(LIMITS.lines.siteReview)
        expect(members.every((one) => one.amountFen < LIMITS.lines.siteReview)).toBe(true)
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

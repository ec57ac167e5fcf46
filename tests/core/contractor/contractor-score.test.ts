import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { idOf } from '#core/id.ts'
import { parseYuan } from '#core/money.ts'
import {
  averageHundredths, followUpCap, formatPoints, OWN_CRITERIA, quarterTable, readCriteria, scoreOf, type Merit, type ScoredJob,
} from '#core/contractor/contractor-score.ts'
import { CONTRACTOR_ROLES } from '#core/contractor/tender.ts'

function refusal(act: () => unknown): string {
  try {
    act()
    return ''
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

describe('criteria', () => {
  it.each(CONTRACTOR_ROLES)('of our own for a %s make 100 points, with the follow-up among them unless it audits', (role) => {
    const criteria = readCriteria(OWN_CRITERIA[role], role)
    expect(criteria.reduce((sum, { points }) => sum + points, 0)).toBe(100)
    expect(criteria.filter(({ isFollowUp }) => isFollowUp)).toHaveLength(role === 'auditor' ? 0 : 1)
  })

  it('that do not make 100, repeat a line or leave the follow-up out are refused', () => {
    expect(refusal(() => readCriteria(['质量 60', '回访 39'], 'contractor'))).toContain('合计 99 分')
    expect(refusal(() => readCriteria(['质量 50', '质量 30', '回访 20'], 'contractor'))).toContain('不能重复')
    expect(refusal(() => readCriteria(['质量 100'], 'contractor'))).toContain('回访')
    expect(refusal(() => readCriteria(['质量', '回访 20'], 'contractor'))).toContain('项目 分值')
    expect(refusal(() => readCriteria(['质量 80', '回访 20'], 'auditor'))).toContain('审计机构不回访')
  })
})

describe('a score', () => {
  const criteria = readCriteria(['质量 60', '回访 40'], 'contractor')
  const sheet = (quality: number, visit: number, note = '') =>
    ({ items: [{ given: quality, note }, { given: visit, note }], followUp: 'satisfied' as const })

  it('sums what was given and keeps why points were taken off', () => {
    expect(scoreOf(criteria, sheet(55, 40, '返工一次'))).toMatchObject({ total: 95 })
    expect(refusal(() => scoreOf(criteria, sheet(55, 40)))).toContain('扣了分，请写明原因')
    expect(refusal(() => scoreOf(criteria, sheet(61, 40)))).toContain('0 至 60')
  })

  it('gives no points for a follow-up that found defects, and not all where nobody was reached', () => {
    expect([followUpCap(40, 'satisfied'), followUpCap(40, 'remarks'), followUpCap(40, 'none'), followUpCap(40, 'defects')])
      .toEqual([40, 24, 24, 0])
    expect(refusal(() => scoreOf(criteria, { ...sheet(60, 1, '仍渗漏'), followUp: 'defects' }))).toContain('最多 0 分')
    expect(scoreOf(criteria, { ...sheet(60, 0, '仍渗漏'), followUp: 'defects' }).total).toBe(60)
  })
})

describe('the table of a quarter', () => {
  const job = (party: number, total: number, more: Partial<ScoredJob> = {}): ScoredJob => ({
    counterpartyId: idOf<'counterparty'>(party), name: `单位${party}`, role: 'contractor', total, settledFen: parseYuan('1000'),
    followUp: 'satisfied', ...more,
  })
  const merit = (party: number, kind: Merit['kind'], points: number): Merit =>
    ({ counterpartyId: idOf<'counterparty'>(party), name: `单位${party}`, role: 'contractor', kind, points, reason: '原因' })

  it('ranks by average with rewards and deductions; equal scores share a rank', () => {
    const jobs = [job(1, 90), job(1, 91), job(2, 92), job(3, 92), job(4, 80)]
    const lines = quarterTable(jobs, [merit(1, 'reward', 2), merit(2, 'deduction', 10)])
    expect(lines.map((line) => [line.name, line.rank, line.averageHundredths, line.finalHundredths])).toEqual([
      ['单位1', 1, 9050, 9250], ['单位3', 2, 9200, 9200], ['单位2', 3, 9200, 8200], ['单位4', 4, 8000, 8000],
    ])
    const tied = quarterTable([job(1, 90), job(2, 90), job(3, 80)], [])
    expect(tied.map(({ rank }) => rank)).toEqual([1, 1, 3])
  })

  it('gives no rank without a job, and ranks supervisors among themselves', () => {
    const [first, second, third] = quarterTable(
      [job(1, 70), job(2, 95, { role: 'supervisor' })], [merit(9, 'deduction', 5)])
    expect(first).toMatchObject({ name: '单位1', rank: 1 })
    expect(second).toMatchObject({ name: '单位9', rank: null, finalHundredths: null, deductionPoints: 5 })
    expect(third).toMatchObject({ role: 'supervisor', rank: 1 })
  })

  it('counts every job and every fen once, in whatever order they come', () => {
    const jobs = fc.array(fc.tuple(fc.integer({ min: 1, max: 4 }), fc.nat(100)), { maxLength: 20 })
    fc.assert(fc.property(jobs, (given) => {
      const all = given.map(([party, total]) => job(party, total))
      const lines = quarterTable(all, [])
      expect(lines.reduce((sum, line) => sum + line.jobs, 0)).toBe(all.length)
      expect(lines.reduce((sum, line) => sum + line.amountFen, 0)).toBe(all.length * 100_000)
      expect(quarterTable(all.toReversed(), [])).toEqual(lines)
    }))
  })

  it('rounds an average half up to hundredths', () => {
    expect(formatPoints(averageHundredths(275, 3) ?? 0)).toBe('91.67')
    expect(averageHundredths(0, 0)).toBeNull()
    expect(formatPoints(averageHundredths(1, 200) ?? 0)).toBe('0.01')
  })
})

import { describe, expect, it } from 'vitest'
import { parseDate } from '#core/calendar.ts'
import type { RepairId } from '#core/id.ts'
import { Problem } from '#core/problem.ts'
import { correctCompletion, recordCompletion, recordTerm } from '#services/register/warranty.ts'
import { checkAtWindow, endRepair, type WindowCheck } from '#services/repair/repair.ts'
import { keptWarranty, warrantyQuestion } from '#services/repair/repair-warranty.ts'
import { repairCard } from '#services/repair/repair-list.ts'
import { makeRepairOffice, WINDOW_PASSES, type RepairOffice } from './repair-office.ts'

const day = (text: string) => parseDate(text)
const SILENT = { category: null, categoryReason: '', known: null }

function codeOf(work: () => unknown): string {
  try {
    work()
    return 'done'
  } catch (error) {
    if (error instanceof Problem) return error.code
    throw error
  }
}

function check(office: RepairOffice, id: RepairId, builderWarranty: WindowCheck['builderWarranty'] = SILENT): string {
  return codeOf(() => checkAtWindow(office.preparer, id, { ...WINDOW_PASSES, builderWarranty }))
}

function completed({ preparer, complexId, building, paper }: RepairOffice, on: string, whole = false) {
  const buildingId = whole ? null : building
  return recordCompletion(preparer, { complexId, buildingId, completedOn: day(on), source: '竣工验收备案表', sha256: paper })
}

describe('the builder’s warranty at the window', () => {
  it('a roof reported on the last day of its five years is the builder’s, the day after it is the fund’s', () => {
    const office = makeRepairOffice()
    completed(office, '2020-09-01')
    const inside = office.report('900.00', { reportedOn: day('2025-09-01') })
    expect(check(office, inside)).toBe('repair.builderWarranty')
    expect(check(office, inside, WINDOW_PASSES.builderWarranty)).toBe('repair.builderWarranty')
    expect(warrantyQuestion(office.preparer, inside, null)).toEqual({
      own: 'waterproofing', category: 'waterproofing',
      cover: { kind: 'inside', completedOn: '2020-09-01', lastDay: '2025-09-01' },
    })
    endRepair(office.reviewer, inside, 'refused', '建设单位保修期内')
    const over = office.report('900.00', { reportedOn: day('2025-09-02') })
    expect(check(office, over)).toBe('done')
    expect(keptWarranty(office.ledger, over)).toMatchObject({ kind: 'over', by: 'register', lastDay: '2025-09-01' })
    expect(keptWarranty(office.ledger, inside)).toBe(null)
  })

  it('the warranty letter of the complex makes the term longer', () => {
    const office = makeRepairOffice()
    completed(office, '2020-01-01', true)
    const id = office.report('900.00')
    recordTerm(office.preparer, {
      complexId: office.complexId, buildingId: null, category: 'waterproofing', length: 96, agreedOn: day('2020-01-05'),
      source: '质量保修书', sha256: office.paper,
    })
    expect(check(office, id)).toBe('repair.builderWarranty')
  })

  it('heating is counted by the seasons of the profile, and not guessed while they are 待填写', () => {
    const office = makeRepairOffice()
    completed(office, '2023-12-20')
    const id = office.report('900.00', { part: '供暖系统', reportedOn: day('2025-09-01') })
    expect(check(office, id)).toBe('repair.builderKnown')
    // Known only from this year on it says nothing of the winters before.
    office.preset('warranty.heatingSeason', { from: '11-15', to: '03-15' })
    expect(warrantyQuestion(office.preparer, id, null).cover).toEqual({ kind: 'unknown', missing: 'seasons' })
    office.ledger.sqlite
      .prepare(`INSERT INTO policy_value (profile_code, key, value, valid_from, source, reason, set_by, approved_by, at)
                SELECT profile_code, key, value, '2020-01-01', source, '补录', set_by, approved_by, at FROM policy_value
                WHERE key = 'warranty.heatingSeason'`)
      .run()
    expect(warrantyQuestion(office.preparer, id, null).cover).toMatchObject({ kind: 'inside', lastDay: '2026-03-15' })
    expect(check(office, id)).toBe('repair.builderWarranty')
    office.preset('warranty.startedSeasonCounts', true)
    expect(check(office, id)).toBe('done')
    expect(keptWarranty(office.ledger, id)).toMatchObject({ category: 'heating', lastDay: '2025-03-15' })
  })

  it('a place nobody registered needs a statement, which is kept', () => {
    const office = makeRepairOffice()
    const id = office.report('900.00')
    expect(check(office, id)).toBe('repair.builderKnown')
    const known = (on: string) => ({ ...SILENT, known: { kind: 'completed', on: day(on), source: '房产证所载竣工日期' } } as const)
    expect(check(office, id, known('2024-01-01'))).toBe('repair.builderWarranty')
    expect(check(office, id, known('2001-01-01'))).toBe('done')
    expect(keptWarranty(office.ledger, id)).toMatchObject({ by: 'stated', source: '房产证所载竣工日期', lastDay: '2006-01-01' })
  })

  it('a corrected completion is what counts', () => {
    const office = makeRepairOffice()
    const { preparer, paper } = office
    const wrong = completed(office, '2010-09-01')
    correctCompletion(preparer, wrong, { completedOn: day('2024-09-01'), source: '备案表', sha256: paper }, '年份看错')
    expect(check(office, office.report('900.00'))).toBe('repair.builderWarranty')
  })
})

describe('the same place is found again in other words', () => {
  it.each([
    ['entrance 1', { entrance: '1' }], ['entrance 一单元', { entrance: '一单元' }], ['facility 东', { facility: '东' }],
    ['part 屋顶', { part: '屋顶' }], ['the whole complex', { buildingId: null, entrance: '' }],
  ])('%s against an open job of 1单元, 屋面, 东侧', (_, more) => {
    const office = makeRepairOffice()
    const first = office.report('1500.00', { entrance: '1单元', part: '屋面', facility: '东侧' })
    const id = office.report('900.00', { entrance: '1单元', part: '屋面', facility: '东侧', ...more })
    checkAtWindow(office.preparer, id, WINDOW_PASSES)
    expect(repairCard(office.preparer, id).repeats).toMatchObject([{ id: first, reason: 'open' }])
    expect(repairCard(office.preparer, id).state.step).toBe('repeatAnswer')
  })

  it.each([
    ['entrance 11单元', { entrance: '11单元' }], ['facility 西侧', { facility: '西侧' }], ['part 外墙', { part: '外墙' }],
  ])('%s is another place', (_, more) => {
    const office = makeRepairOffice()
    office.report('1500.00', { entrance: '1单元', part: '屋面', facility: '东侧' })
    const id = office.report('900.00', { entrance: '1单元', part: '屋面', facility: '东侧', ...more })
    checkAtWindow(office.preparer, id, WINDOW_PASSES)
    expect(repairCard(office.preparer, id).repeats).toEqual([])
  })

  it('a building’s report finds the open job of the whole complex', () => {
    const office = makeRepairOffice()
    const whole = office.report('1500.00', { buildingId: null, entrance: '', part: '电梯' })
    const id = office.report('900.00', { part: '电梯' })
    checkAtWindow(office.preparer, id, WINDOW_PASSES)
    expect(repairCard(office.preparer, id).repeats).toMatchObject([{ id: whole }])
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, addMonths, parseDate } from '#core/calendar.ts'
import { idOf } from '#core/id.ts'
import { Problem } from '#core/problem.ts'
import {
  findWarranty, LEAST_WARRANTY, warrantyCategoryOf, warrantyCover, warrantyFoundText, type WarrantyAnswer, type WarrantyRegister,
} from '#core/repair/builder-warranty.ts'
import { seasonsFrom, type SeasonRule } from '#core/repair/season.ts'

const day = (text: string) => parseDate(text)
const building = (id: number) => idOf<'building'>(id)
const SEASON: SeasonRule = { from: '11-15', to: '03-15' }
const SILENT: WarrantyAnswer = { category: null, categoryReason: '', known: null }

function register(more: Partial<WarrantyRegister> = {}, rule: SeasonRule | null = SEASON): WarrantyRegister {
  return {
    completions: [{ buildingId: null, completedOn: day('2021-03-15') }], terms: [], buildings: [building(1), building(2)],
    seasons: (_category, completedOn, count) => seasonsFrom(completedOn, count, () => rule), startedSeasonCounts: false, ...more,
  }
}

const roof = (on: string, buildingId: number | null = 1) =>
  ({ buildingId: buildingId === null ? null : building(buildingId), part: '屋面', reportedOn: day(on) })

function codeOf(work: () => unknown): string {
  try {
    work()
    return 'done'
  } catch (error) {
    if (error instanceof Problem) return error.code
    throw error
  }
}

describe('the builder’s warranty of a place', () => {
  it('covers the last day and not the day after, by the part: roof 5 years, pipes 2 years', () => {
    expect(codeOf(() => findWarranty(roof('2026-03-15'), SILENT, register()))).toBe('repair.builderWarranty')
    expect(findWarranty(roof('2026-03-16'), SILENT, register())).toMatchObject({
      kind: 'over', by: 'register', category: 'waterproofing', completedOn: '2021-03-15', lastDay: '2026-03-15',
    })
    const pipes = (on: string) => codeOf(() => findWarranty({ ...roof(on), part: '排水管' }, SILENT, register()))
    expect([pipes('2023-03-15'), pipes('2023-03-16')]).toEqual(['repair.builderWarranty', 'done'])
  })

  it('a longer letter counts, a shorter one leaves the statute', () => {
    const agreed = (length: number, buildingId: number | null = null) => warrantyCover(
      { ...roof('2026-03-16'), category: 'waterproofing' },
      register({ terms: [{ buildingId: buildingId === null ? null : building(buildingId), category: 'waterproofing', length }] }))
    expect(agreed(120)).toMatchObject({ kind: 'inside', lastDay: '2031-03-15' })
    expect(agreed(12)).toMatchObject({ kind: 'over', lastDay: '2026-03-15' })
    expect(agreed(120, 1)).toMatchObject({ kind: 'inside' })
    expect(agreed(120, 2)).toMatchObject({ kind: 'over' })
  })

  it('a building’s own completion goes before the complex’s', () => {
    const completions = [...register().completions, { buildingId: building(2), completedOn: day('2024-05-01') }]
    const at = (id: number) => warrantyCover({ ...roof('2026-04-01', id), category: 'waterproofing' }, register({ completions }))
    expect(at(1)).toMatchObject({ kind: 'over', lastDay: '2026-03-15' })
    expect(at(2)).toMatchObject({ kind: 'inside', lastDay: '2029-05-01' })
  })

  it('a job of the whole complex is inside while one building is, and unknown while one is unknown', () => {
    const own = (...dates: readonly string[]) =>
      dates.map((date, index) => ({ buildingId: building(index + 1), completedOn: day(date) }))
    const whole = (...dates: readonly string[]) =>
      warrantyCover({ ...roof('2026-04-01', null), category: 'waterproofing' }, register({ completions: own(...dates) }))
    expect(whole('2015-01-01', '2024-05-01')).toMatchObject({ kind: 'inside', lastDay: '2029-05-01' })
    expect(whole('2015-01-01', '2016-01-01')).toMatchObject({ kind: 'over', lastDay: '2021-01-01' })
    expect(whole('2015-01-01')).toEqual({ kind: 'unknown', missing: 'completion' })
    expect(whole('2024-05-01')).toMatchObject({ kind: 'inside' })
  })

  it('heating runs for two seasons, not two years; a season already running counts only where the rule says so', () => {
    const completions = [{ buildingId: null, completedOn: day('2023-12-20') }]
    const at = (on: string, startedSeasonCounts: boolean) => warrantyCover(
      { ...roof(on), category: 'heating' }, register({ completions, startedSeasonCounts }))
    expect(at('2025-03-15', true)).toMatchObject({ kind: 'inside', lastDay: '2025-03-15' })
    expect(at('2025-03-16', true)).toMatchObject({ kind: 'over' })
    expect(at('2025-11-20', true)).toMatchObject({ kind: 'over' })
    expect(at('2026-03-15', false)).toMatchObject({ kind: 'inside', lastDay: '2026-03-15' })
    expect(at('2026-03-16', false)).toMatchObject({ kind: 'over' })
  })

  it('without the local season nothing is guessed until the last season there can be is over', () => {
    const at = (on: string) => warrantyCover({ ...roof(on), category: 'cooling' }, register({}, null))
    expect(at('2024-03-15')).toEqual({ kind: 'unknown', missing: 'seasons' })
    expect(at('2024-03-16')).toMatchObject({ kind: 'over', lastDay: '2024-03-15' })
  })

  it('that bound is never earlier than the season table says', () => {
    fc.assert(fc.property(
      fc.integer({ min: 0, max: 1500 }), fc.integer({ min: 0, max: 364 }), fc.integer({ min: 1, max: 363 }), fc.boolean(),
      (sinceStart, from, length, startedSeasonCounts) => {
        const completedOn = addDays(day('2020-01-01'), sinceStart)
        const monthDay = (offset: number) => addDays(day('2023-01-01'), offset % 365).slice(5)
        const rule = { from: monthDay(from), to: monthDay(from + length) }
        const facts = { completions: [{ buildingId: null, completedOn }], startedSeasonCounts }
        const cover = warrantyCover({ ...roof('2020-01-01'), category: 'heating' }, register(facts, rule))
        if (cover.kind === 'unknown') throw new Error('the table was given')
        expect(cover.lastDay >= completedOn && cover.lastDay <= addMonths(completedOn, 36)).toBe(true)
      }))
  })

  it('29 February of a season is the 28th in other years', () => {
    expect(seasonsFrom(day('2024-05-01'), 1, () => ({ from: '11-01', to: '02-29' }))?.map(({ to }) => to)).toEqual(
      ['2024-02-29', '2025-02-28', '2026-02-28', '2027-02-28'])
  })

  it('where the register is silent the clerk says what is known and by what, or that it cannot be found and why', () => {
    const empty = register({ completions: [] })
    const find = (known: WarrantyAnswer['known'], place = roof('2026-03-16')) => findWarranty(place, { ...SILENT, known }, empty)
    expect(codeOf(() => find(null))).toBe('repair.builderKnown')
    expect(codeOf(() => find({ kind: 'notFound', reason: ' ' }))).toBe('repair.builderKnown')
    expect(codeOf(() => find({ kind: 'completed', on: day('2015-06-30'), source: '' }))).toBe('repair.builderKnown')
    expect(codeOf(() => find({ kind: 'completed', on: day('2026-03-17'), source: '备案表' }))).toBe('repair.builderKnown')
    expect(codeOf(() => find({ kind: 'completed', on: day('2021-03-16'), source: '备案表' }))).toBe('repair.builderWarranty')
    expect(codeOf(() => find({ kind: 'until', on: day('2026-03-16'), source: '保修书' }))).toBe('repair.builderWarranty')
    const stated = { by: 'stated', lastDay: '2026-03-15' }
    expect(find({ kind: 'completed', on: day('2021-03-15'), source: '备案表' })).toMatchObject(stated)
    expect(find({ kind: 'until', on: day('2026-03-15'), source: '保修书' })).toMatchObject({ ...stated, completedOn: null })
    // A completion day alone says nothing of works whose term is in the letter.
    expect(codeOf(() => find({ kind: 'completed', on: day('2001-01-01'), source: '备案表' }, { ...roof('2026-03-16'), part: '围墙' })))
      .toBe('repair.builderKnown')
    expect(warrantyFoundText(find({ kind: 'notFound', reason: '档案馆无存档' }))).toContain('无法确定：档案馆无存档')
  })

  it('what the clerk says never overrules the register', () => {
    const answer = { ...SILENT, known: { kind: 'notFound', reason: '查不到' } } as const
    expect(codeOf(() => findWarranty(roof('2026-03-15'), answer, register()))).toBe('repair.builderWarranty')
    expect(findWarranty(roof('2026-03-16'), answer, register())).toMatchObject({ kind: 'over', by: 'register' })
  })

  it('another kind of works than the part’s needs its reason, which is printed', () => {
    const tiles = (categoryReason: string) =>
      findWarranty(roof('2025-01-01'), { ...SILENT, category: 'decoration', categoryReason }, register())
    expect(codeOf(() => tiles(''))).toBe('repair.builderCategory')
    expect(warrantyFoundText(tiles('只换脱落的饰面砖'))).toContain('只换脱落的饰面砖')
  })

  it('structure and works of no list are under no statutory term', () => {
    expect([warrantyCategoryOf('主体结构'), warrantyCategoryOf('其他共用部位')]).toEqual(['structure', 'other'])
    expect([LEAST_WARRANTY.structure, LEAST_WARRANTY.other]).toEqual([null, null])
    const cover = warrantyCover({ ...roof('2026-03-16'), category: 'structure' }, register())
    expect(cover).toEqual({ kind: 'unknown', missing: 'term' })
  })
})

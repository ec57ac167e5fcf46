import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, parseDate, type BusinessDate } from '#core/calendar.ts'
import { fen, type Fen } from '#core/money.ts'
import { actionsNeeding, isPolicyKey, keysNeededFor, POLICY_GROUPS, POLICY_KEYS, policySetting } from '#core/policy/policy.ts'
import {
  layerNotices,
  policyLayers,
  resolvePolicy,
  type OfficeEntries,
  type OfficeEntry,
  type ProfileEntry,
  type ProfileFile,
  type ProfileVersion,
} from '#core/policy/policy-resolve.ts'
import { policyValueText } from '#core/policy/policy-text.ts'
import { parsePercent } from '#core/rate.ts'

const day = (text: string): BusinessDate => parseDate(text)

function entry<Value>(value: Value | null): ProfileEntry<Value> {
  return { value, source: '某办法第1条', evidence: 'L', note: null }
}

function version(code: string, validFrom: string, over: Partial<ProfileVersion> = {}): ProfileVersion {
  return {
    code,
    validFrom: day(validFrom),
    validTo: null,
    inherits: null,
    name: `${code} ${validFrom}`,
    ruleNo: null,
    note: null,
    sources: ['某办法'],
    evidence: 'L',
    entries: {},
    ...over,
  }
}

function threshold(id: number, validFrom: string, value: Fen | null): OfficeEntry<Fen> {
  return { id, value, validFrom: day(validFrom), source: '本地通知', reason: '补录', setBy: '甲', approvedBy: '乙' }
}

function files(versions: readonly ProfileVersion[], office: Readonly<Record<string, OfficeEntries>> = {}) {
  return (code: string): ProfileFile => ({
    versions: versions.filter((each) => each.code === code),
    office: office[code] ?? {},
  })
}

function thresholdOn(fileOf: (code: string) => ProfileFile, code: string, date: string) {
  const layers = policyLayers(fileOf, code, day(date))
  if (layers === null) throw new Error('profile expected')
  return resolvePolicy(layers, 'smallRepair.threshold')
}

const NATIONAL = version('CN-NATIONAL', '2021-01-01', { entries: { 'smallRepair.threshold': entry(fen(100_00)) } })

describe('the nearest profile that speaks on a key decides', () => {
  const city = version('CITY', '2022-01-01', { inherits: 'PROV', entries: {} })
  const province = version('PROV', '2022-01-01', { entries: { 'smallRepair.threshold': entry(fen(2000_00)) } })

  it('passes a silent city on to its province', () => {
    expect(thresholdOn(files([NATIONAL, province, city]), 'CITY', '2025-01-01')).toMatchObject({
      toFill: false,
      value: 200_000,
      from: { code: 'PROV' },
      source: '某办法第1条',
    })
  })

  it('ends at the national floor, also where nothing is inherited', () => {
    const fileOf = files([NATIONAL, version('PROV', '2022-01-01')])
    expect(thresholdOn(fileOf, 'PROV', '2025-01-01')).toMatchObject({ value: 10_000, from: { code: 'CN-NATIONAL' } })
  })

  it('does not fall back to a weaker rule where the figure of the city was not found', () => {
    const unfound = version('CITY', '2022-01-01', { inherits: 'PROV', entries: { 'smallRepair.threshold': entry<Fen>(null) } })
    expect(thresholdOn(files([NATIONAL, province, unfound]), 'CITY', '2025-01-01')).toMatchObject({
      toFill: true,
      why: 'notFound',
      from: { code: 'CITY' },
    })
  })

  it('sends the clerk to the profile of the complex where no text speaks at all', () => {
    const fileOf = files([version('CN-NATIONAL', '2021-01-01'), city, version('PROV', '2022-01-01')])
    expect(thresholdOn(fileOf, 'CITY', '2025-01-01')).toMatchObject({ toFill: true, why: 'silent', from: { code: 'CITY' } })
  })

  it('is null for a profile that does not exist, and throws for a chain that is broken or circular', () => {
    expect(policyLayers(files([NATIONAL]), 'NOWHERE', day('2025-01-01'))).toBeNull()
    expect(() => policyLayers(files([NATIONAL, city]), 'CITY', day('2025-01-01'))).toThrow(/PROV/)
    const loop = version('PROV', '2022-01-01', { inherits: 'CITY' })
    expect(() => policyLayers(files([NATIONAL, city, loop]), 'CITY', day('2025-01-01'))).toThrow(/inherits itself/)
  })
})

describe('profiles are date-effective', () => {
  const first = version('P', '2022-01-01', { validTo: day('2024-12-31'), entries: { 'smallRepair.threshold': entry(fen(1)) } })
  const second = version('P', '2026-01-01', { entries: { 'smallRepair.threshold': entry(fen(2)) } })
  const fileOf = files([NATIONAL, second, first])

  it.each([
    ['2021-12-31', 10_000],
    ['2022-01-01', 1],
    ['2024-12-31', 1],
    ['2026-01-01', 2],
  ])('on %s the value is %i fen', (date, value) => {
    expect(thresholdOn(fileOf, 'P', date)).toMatchObject({ toFill: false, value })
  })

  it('reports a profile that ran out and uses neither its old value nor the national one', () => {
    expect(thresholdOn(fileOf, 'P', '2025-06-30')).toMatchObject({ toFill: true, why: 'expired', from: { code: 'P' } })
    const layers = policyLayers(fileOf, 'P', day('2025-06-30'))
    expect(layers === null ? [] : layerNotices(layers)).toEqual([expect.stringContaining('已于 2024-12-31 到期')])
  })

  it('says when a profile has not begun yet', () => {
    const layers = policyLayers(fileOf, 'P', day('2021-06-30'))
    expect(layers === null ? [] : layerNotices(layers)).toEqual([expect.stringContaining('自 2022-01-01 起施行')])
  })

  it('an expired profile that was silent on a key lets the national floor speak', () => {
    const silent = version('P', '2022-01-01', { validTo: day('2024-12-31') })
    expect(thresholdOn(files([NATIONAL, silent]), 'P', '2025-06-30')).toMatchObject({ from: { code: 'CN-NATIONAL' } })
  })

  it('every day has the value of the latest version begun and not ended (property)', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 0, max: 400 }),
        (starts, offset) => {
          const base = day('2023-01-01')
          const versions = starts.map((start) =>
            version('P', addDays(base, start), { entries: { 'smallRepair.threshold': entry(fen(start)) } }),
          )
          const begun = starts.filter((start) => start <= offset)
          const resolution = thresholdOn(files([NATIONAL, ...versions]), 'P', addDays(base, offset))
          expect(resolution).toMatchObject({ toFill: false, value: begun.length === 0 ? 10_000 : Math.max(...begun) })
        },
      ),
    )
  })
})

describe('the office fills in what a text leaves open', () => {
  const open = version('P', '2022-01-01', { entries: { 'smallRepair.threshold': entry<Fen>(null) } })
  const withOffice = (versions: readonly ProfileVersion[], ...entries: OfficeEntry<Fen>[]) =>
    files([NATIONAL, ...versions], { P: { 'smallRepair.threshold': entries } })

  it('holds from its day, not before', () => {
    const fileOf = withOffice([open], threshold(1, '2025-04-01', fen(3000_00)))
    expect(thresholdOn(fileOf, 'P', '2025-03-31')).toMatchObject({ toFill: true })
    expect(thresholdOn(fileOf, 'P', '2025-04-01')).toMatchObject({
      toFill: false,
      value: 300_000,
      setBy: { setBy: '甲', approvedBy: '乙', validFrom: '2025-04-01' },
    })
  })

  it('takes the later entry of the same day', () => {
    const fileOf = withOffice([open], threshold(2, '2025-04-01', fen(2)), threshold(1, '2025-04-01', fen(1)))
    expect(thresholdOn(fileOf, 'P', '2025-05-01')).toMatchObject({ value: 2 })
  })

  it('goes back to the text when the office takes its value back', () => {
    const fileOf = withOffice([open], threshold(1, '2025-04-01', fen(1)), threshold(2, '2025-06-01', null))
    expect(thresholdOn(fileOf, 'P', '2025-05-31')).toMatchObject({ value: 1 })
    expect(thresholdOn(fileOf, 'P', '2025-06-01')).toMatchObject({ toFill: true, why: 'notFound' })
  })

  it('is overtaken by a newer text with a figure, but not by one that still leaves it open', () => {
    const newer = version('P', '2026-01-01', { entries: { 'smallRepair.threshold': entry(fen(9)) } })
    const stillOpen = version('P', '2026-01-01')
    const set = threshold(1, '2025-04-01', fen(1))
    expect(thresholdOn(withOffice([open, newer], set), 'P', '2026-01-01')).toMatchObject({ value: 9, setBy: null })
    expect(thresholdOn(withOffice([open, stillOpen], set), 'P', '2026-01-01')).toMatchObject({ value: 1 })
  })

  it('does not outlive the profile it was set for; set after its end it holds', () => {
    const ended = version('P', '2022-01-01', { validTo: day('2025-12-31') })
    const before = threshold(1, '2025-04-01', fen(1))
    expect(thresholdOn(withOffice([ended], before), 'P', '2026-01-01')).toMatchObject({ toFill: true, why: 'expired' })
    const after = threshold(2, '2026-01-01', fen(2))
    expect(thresholdOn(withOffice([ended], before, after), 'P', '2026-01-01')).toMatchObject({ value: 2 })
  })

  it('in the province also serves the cities that inherit from it', () => {
    const city = version('CITY', '2022-01-01', { inherits: 'P' })
    const fileOf = withOffice([open, city], threshold(1, '2025-04-01', fen(7)))
    expect(thresholdOn(fileOf, 'CITY', '2025-05-01')).toMatchObject({ value: 7, from: { code: 'P' } })
  })
})

describe('the catalogue', () => {
  it('lists every key once, each in a known group with a Chinese label of its own', () => {
    const labels = POLICY_KEYS.map((key) => policySetting(key).label)
    expect(new Set(labels).size).toBe(POLICY_KEYS.length)
    for (const key of POLICY_KEYS) {
      expect(policySetting(key).label).toMatch(/\p{Script=Han}/u)
      expect(POLICY_GROUPS).toContain(policySetting(key).group)
    }
  })

  it('does not take inherited object names for keys', () => {
    expect(isPolicyKey('toString')).toBe(false)
    expect(isPolicyKey('smallRepair.threshold')).toBe(true)
  })

  it('knows which step waits for a value', () => {
    expect(keysNeededFor('repair.review')).toEqual(['smallRepair.threshold'])
    expect(actionsNeeding('smallRepair.threshold')).toEqual(['repair.review'])
    expect(actionsNeeding('provincialExport.system')).toEqual([])
  })
})

describe('a value reads as a clerk would write it', () => {
  it('keeps "more than" apart from "at least"', () => {
    const pct = parsePercent('50')
    expect(policyValueText('topUp.rule', { mode: 'min_pct', pct, strict: true })).toContain('不含本数')
    expect(policyValueText('topUp.rule', { mode: 'min_pct', pct, strict: false })).not.toContain('不含')
  })

  it('names the unit of a posting period', () => {
    expect(policyValueText('disclosure.posting', { unit: 'working', days: 30 })).toBe('不少于 30 个工作日')
    expect(policyValueText('disclosure.posting', { unit: 'calendar', days: 30 })).toBe('不少于 30 日')
    expect(policyValueText('disclosure.posting', { unit: 'until_next' })).toBe('至下一期公示张贴为止')
  })

  it('writes amounts, days and signers with their words', () => {
    expect(policyValueText('smallRepair.threshold', fen(200_000))).toBe('2,000.00 元')
    expect(policyValueText('handover.days', 10)).toBe('10 天')
    expect(policyValueText('deposit.reminderDays', [30, 7])).toBe('30 天、7 天')
    const signing = { minSigners: { section: 2, supervisor: 2, contractor: 0 }, stamps: [], photos: true }
    expect(policyValueText('visa.signing', signing)).toBe('签字：科室 2 人、监理 2 人以上；须附影像')
  })
})

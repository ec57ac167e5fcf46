import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { addDays, datePartsOf, parseDate, parseQuarter, type BusinessDate } from '#core/calendar.ts'
import { dueDate } from '#core/disclosure/due.ts'
import { POLICY_CATALOGUE, POLICY_KEYS } from '#core/policy.ts'
import { Problem } from '#core/problem.ts'
import { openLedger, type Ledger } from '#db/ledger.ts'
import { fixedClock } from '#services/clock.ts'
import type { ServiceContext } from '#services/context.ts'
import { foundOffice } from '#services/office.ts'
import { listOperations } from '#services/operation-log.ts'
import { holidayTable, installShippedProfiles, listProfiles, policyFor, profileSheet, setPolicyValue, type PolicyChange } from '#services/policy.ts'
import { shippedProfileRows } from '#services/policy-shipped.ts'
import { decodePolicyValue, encodePolicyValue } from '#services/policy-stored.ts'
import { actorOf, addUser, insertUser } from '#services/user.ts'

const day = (text: string): BusinessDate => parseDate(text)
const PASSWORD = '一二三四五六七八'
const SECOND = { login: 'shenhe', password: PASSWORD }
const clock = fixedClock('2026-04-10T01:00:00.000Z')

let folder: string
let ledger: Ledger
let context: ServiceContext

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'mingzhang-policy-'))
  ledger = openLedger(path.join(folder, 'office.mzdb'), { create: true })
  const head = foundOffice(ledger, clock, {
    officeName: '示例市维修资金中心',
    administrator: { login: 'zhuguan', name: '周主管', password: PASSWORD, roles: ['head'] },
  })
  context = { ledger, clock, actor: actorOf(ledger, head) }
  addUser(context, { login: 'shenhe', name: '沈审核', password: PASSWORD, roles: ['reviewer'] })
  addUser(context, { login: 'zhidan', name: '支制单', password: PASSWORD, roles: ['preparer'] })
})
afterEach(() => {
  ledger.close()
  rmSync(folder, { recursive: true, force: true })
})

function codeOf(work: () => unknown): string {
  try {
    work()
  } catch (error) {
    if (error instanceof Problem) return error.code
    throw error
  }
  return 'no problem'
}

const OBJECTION: PolicyChange = {
  profileCode: 'XM-2024',
  key: 'disclosure.objectionDays',
  value: 15,
  validFrom: '2025-01-01',
  source: '厦住建〔2025〕示例号',
  reason: '补录异议期',
}

describe('the shipped profiles', () => {
  it('use only keys of the catalogue, and every value survives being stored again', () => {
    for (const row of shippedProfileRows()) {
      for (const [key, entry] of Object.entries<{ value: unknown }>(JSON.parse(row.body).values)) {
        const known = POLICY_KEYS.find((each) => each === key)
        expect(known, `${row.code} ${key}`).toBeDefined()
        if (known === undefined || entry.value === null) continue
        const value = decodePolicyValue(known, entry.value)
        expect(decodePolicyValue(known, encodePolicyValue(known, value)), `${row.code} ${key}`).toEqual(value)
      }
    }
  })

  it('are all readable on any day from 2021 on, with a source for every known value', () => {
    for (const code of new Set(shippedProfileRows().map((row) => row.code))) {
      for (const date of ['2021-06-30', '2025-09-30', '2026-04-01', '2031-01-01']) {
        for (const row of profileSheet(ledger, code, day(date)).rows) {
          if (!row.toFill) expect(row.source, `${code} ${row.key}`).not.toBe('')
        }
      }
    }
  })

  it('are installed once, however often the product is opened', () => {
    const before = listProfiles(ledger, day('2026-04-10')).length
    installShippedProfiles(ledger)
    expect(listProfiles(ledger, day('2026-04-10'))).toHaveLength(before)
    expect(before).toBe(shippedProfileRows().length)
  })

  it('cannot be rewritten behind the office\'s back', () => {
    expect(() => ledger.sqlite.exec("UPDATE policy_profile SET body = '{}'")).toThrow(/append.only/)
    expect(() => ledger.sqlite.exec('DELETE FROM policy_profile')).toThrow(/append.only/)
  })

  it('list which versions are in force on the day', () => {
    const inForce = listProfiles(ledger, day('2026-04-10')).filter((profile) => profile.inForce && profile.code === 'SH-2026')
    expect(inForce.map((profile) => profile.ruleNo)).toEqual(['沪房规范〔2025〕8号'])
  })
})

describe('rules of the three sample places', () => {
  it('Tongling: 2000.00 gate, two section and two supervisor signers, three stamps', () => {
    const policy = policyFor(ledger, 'AH-TONGLING', day('2025-09-30'))
    expect(policy.require('smallRepair.threshold')).toBe(200_000)
    expect(policy.require('acceptance.signing')).toEqual({
      minSigners: { section: 2, supervisor: 2, contractor: 1 },
      stamps: ['section', 'supervisor', 'contractor'],
      photos: false,
    })
    expect(policy.require('visa.signing')).toMatchObject({ minSigners: { section: 2, supervisor: 2 }, photos: true })
    expect(policy.require('topUp.defaultPercent')).toBe(70_000_000)
  })

  it('Xiamen: 30 calendar days, a daily fund, and no guess at the due date', () => {
    const policy = policyFor(ledger, 'XM-2024', day('2025-09-30'))
    expect(policy.require('disclosure.posting')).toEqual({ unit: 'calendar', days: 30 })
    expect(policy.require('dailyFund.exists')).toBe(true)
    expect(policy.value('disclosure.due')).toBeNull()
    expect(policy.explain('disclosure.due')).toMatchObject({ toFill: true, why: 'notFound', from: { code: 'FJ-2025' } })
    expect(policy.missingFor('disclosure.publish')).toEqual(['disclosure.objectionDays', 'disclosure.supervisionPhones'])
  })

  it('Shanghai: dates and audit as of April 2026, the 2020 regulation before', () => {
    const now = policyFor(ledger, 'SH-2026', day('2026-04-01'))
    const quarter = parseQuarter('2026Q1')
    expect(dueDate(now.require('disclosure.due'), quarter)).toBe('2026-04-15')
    expect(dueDate(now.require('transfer.due'), quarter)).toBe('2026-04-30')
    expect(now.facts).toEqual({ id: 'SH-2026', name: '上海市住宅小区公共收益管理办法', ruleNo: '沪房规范〔2025〕8号' })
    const before = policyFor(ledger, 'SH-2026', day('2025-09-30'))
    expect(before.facts.id).toBe('SH-2020')
    expect(before.value('disclosure.due')).toBeNull()
    expect(before.require('topUp.rule')).toEqual({ mode: 'min_pct', pct: 50_000_000, strict: true })
    expect(before.notices).toEqual([expect.stringContaining('2026-03-01')])
    expect(policyFor(ledger, 'SH-2026', day('2026-03-15')).value('audit.reportDue')).toBe('06-30')
  })

  it('Fujian ran out on 2030-02-28: reported, its posting days no longer used', () => {
    expect(policyFor(ledger, 'FJ-2025', day('2030-02-28')).value('disclosure.posting')).not.toBeNull()
    const later = policyFor(ledger, 'FJ-2025', day('2030-03-01'))
    expect(later.explain('disclosure.posting')).toMatchObject({ toFill: true, why: 'expired' })
    expect(later.notices).toEqual([expect.stringContaining('2030-02-28 到期')])
  })

  it('the Civil Code shares hold everywhere', () => {
    const rule = policyFor(ledger, 'GD-QINGYUAN', day('2025-01-01')).require('vote.ordinary')
    expect(rule.quorumArea).toEqual({ numerator: 2, denominator: 3, strict: false })
    expect(rule.agreeing).toEqual({ numerator: 1, denominator: 2, strict: true })
  })

  it('an unknown profile is named', () => {
    expect(codeOf(() => policyFor(ledger, 'MARS', day('2025-01-01')))).toBe('policy.missing')
  })
})

describe('a value to be filled in', () => {
  it('is refused with the setting, the profile and the place to fill it', () => {
    const policy = policyFor(ledger, 'XM-2024', day('2025-09-30'))
    expect(() => policy.require('disclosure.due')).toThrow(/季度公示截止日.*待填写.*政策口径.*FJ-2025/)
    expect(codeOf(() => policy.require('disclosure.due'))).toBe('policy.toFill')
  })

  it('set by two persons it holds from its day and leaves a chained log entry', () => {
    setPolicyValue(context, OBJECTION, SECOND)
    expect(policyFor(ledger, 'XM-2024', day('2024-12-31')).value('disclosure.objectionDays')).toBeNull()
    expect(policyFor(ledger, 'XM-2024', day('2025-01-01')).value('disclosure.objectionDays')).toBe(15)
    const row = profileSheet(ledger, 'XM-2024', day('2025-01-01')).rows.find((each) => each.key === 'disclosure.objectionDays')
    expect(row).toMatchObject({
      text: '15 天',
      stored: '15',
      toFill: false,
      source: '厦住建〔2025〕示例号',
      evidence: '本办公室填写',
      setBy: { setBy: '周主管', approvedBy: '沈审核' },
      neededFor: ['发布公示'],
    })
    const [entry] = listOperations(ledger, { action: 'policy.set', limit: 10 })
    expect(JSON.parse(entry?.detail ?? '{}')).toMatchObject({ before: '待填写', after: '15 天', approvedBy: 'shenhe' })
  })

  it('filled in for the province it serves the city; taken back it is to be filled again', () => {
    const due = { ...OBJECTION, profileCode: 'FJ-2025', key: 'disclosure.due', validFrom: '2025-03-01' }
    setPolicyValue(context, { ...due, value: { kind: 'day_of_first_month', day: 20 } }, SECOND)
    expect(policyFor(ledger, 'XM-2024', day('2025-09-30')).value('disclosure.due')).toEqual({ kind: 'day_of_first_month', day: 20 })
    setPolicyValue(context, { ...due, value: null, reason: '录错' }, SECOND)
    expect(policyFor(ledger, 'XM-2024', day('2025-09-30')).value('disclosure.due')).toBeNull()
  })

  it.each<[string, Partial<PolicyChange>]>([
    ['policy.reason', { reason: '  ' }],
    ['policy.source', { source: '' }],
    ['policy.key', { key: 'disclosure.colour' }],
    ['policy.missing', { profileCode: 'MARS' }],
    ['date.format', { validFrom: '2025-02-30' }],
    ['policy.value', { value: '十五' }],
    ['policy.value', { value: -1 }],
    ['policy.value', { value: undefined }],
    ['money.format', { key: 'smallRepair.threshold', value: '1e5' }],
    ['policy.value', { key: 'smallRepair.threshold', value: '-1.00' }],
    ['policy.value', { key: 'smallRepair.threshold', value: 2000 }],
    ['rate.format', { key: 'overrun.percent', value: '0.1+0.2' }],
    ['policy.value', { key: 'disclosure.due', value: { kind: 'day_of_first_month', day: 32 } }],
    ['policy.value', { key: 'audit.reportDue', value: '02-30' }],
    ['policy.value', { key: 'deposit.reminderDays', value: [1, 30] }],
    ['vote.share', { key: 'vote.ordinary', value: { quorumArea: '3/2', quorumHeads: '2/3', agreeing: '>1/2' } }],
    ['policy.holidayPlace', { key: 'holidays', value: { daysOff: [], swappedWorkdays: [] } }],
    ['policy.holidayPlace', { profileCode: 'CN-HOLIDAYS' }],
    [
      'policy.holidayYear',
      { profileCode: 'CN-HOLIDAYS', key: 'holidays', value: { daysOff: ['2026-01-01'], swappedWorkdays: null } },
    ],
  ])('%s refuses %o and writes nothing', (code, over) => {
    expect(codeOf(() => setPolicyValue(context, { ...OBJECTION, ...over }, SECOND))).toBe(code)
    expect(ledger.sqlite.prepare('SELECT count(*) AS n FROM policy_value').get()).toEqual({ n: 0 })
  })

  it('is not set by one person alone, by the wrong second person, or by someone without the office', () => {
    const own = { login: 'zhuguan', password: PASSWORD }
    const clerk = { login: 'zhidan', password: PASSWORD }
    expect(codeOf(() => setPolicyValue(context, OBJECTION, own))).toBe('user.samePerson')
    expect(codeOf(() => setPolicyValue(context, OBJECTION, clerk))).toBe('role.missing')
    expect(codeOf(() => setPolicyValue(context, OBJECTION, { ...SECOND, password: '不对' }))).toBe('user.signIn')
    const preparer = insertUser(ledger, clock.now(), { login: 'p2', name: '另一人', password: null, roles: ['preparer'] })
    const asPreparer = { ...context, actor: actorOf(ledger, preparer) }
    expect(codeOf(() => setPolicyValue(asPreparer, OBJECTION, SECOND))).toBe('role.missing')
    expect(ledger.sqlite.prepare('SELECT count(*) AS n FROM policy_value').get()).toEqual({ n: 0 })
  })

  it('the ledger file itself refuses one person as both and refuses changing a value', () => {
    setPolicyValue(context, OBJECTION, SECOND)
    expect(() => ledger.sqlite.exec("UPDATE policy_value SET value = '1'")).toThrow(/append.only/)
    expect(() => ledger.sqlite.exec(`INSERT INTO policy_value SELECT 99, profile_code, key, value, valid_from, source, reason,
      set_by, set_by, at FROM policy_value`)).toThrow(/CHECK/)
  })
})

describe('holiday tables', () => {
  const year = (number: number) => holidayTable(ledger, day(`${number}-01-01`), day(`${number}-12-31`))

  it.each([
    [2024, 11],
    [2025, 13],
    [2026, 13],
  ])('%i has the %i statutory days, the swapped workdays to be filled', (number, count) => {
    expect(year(number).table.daysOff.size).toBe(count)
    expect(year(number).yearsWithoutSwaps).toEqual([number])
    expect(year(number).unknownYears).toEqual([])
  })

  it('has the lunar holidays on the days the Chinese calendar gives', () => {
    const lunar = new Intl.DateTimeFormat('en-u-ca-chinese', { timeZone: 'UTC', month: 'numeric', day: 'numeric' })
    for (const number of [2024, 2025, 2026]) {
      const wanted = new Map([['1/1', 0], ['1/2', 0], ['1/3', 0], ['5/5', 0], ['8/15', 0]])
      for (const date of year(number).table.daysOff) {
        const text = lunar.format(new Date(`${date}T00:00:00Z`))
        if (wanted.has(text)) wanted.set(text, 1)
        // The eve is the day before 正月初一, a day off since 2025.
        if (text === '1/1') expect(year(number).table.daysOff.has(addDays(day(date), -1))).toBe(number >= 2025)
      }
      expect([...wanted.values()], String(number)).toEqual([1, 1, 1, 1, 1])
    }
  })

  it('has Qingming where the solar-term formula of the 21st century puts it', () => {
    for (const number of [2024, 2025, 2026]) {
      const short = number % 100
      const april = Math.floor(short * 0.2422 + 4.81) - Math.floor(short / 4)
      expect(year(number).table.daysOff.has(`${number}-04-0${april}`)).toBe(true)
    }
  })

  it('spans years, and names the years it does not know', () => {
    const reading = holidayTable(ledger, day('2026-12-20'), day('2027-01-20'))
    expect(reading.unknownYears).toEqual([2027])
    expect([...reading.table.daysOff].every((date) => datePartsOf(day(date)).year === 2026)).toBe(true)
  })

  it('takes the table the office enters, and does not stretch it over the next year', () => {
    const table = { daysOff: ['2027-01-01'], swappedWorkdays: ['2027-01-03'] }
    setPolicyValue(context, { ...OBJECTION, profileCode: 'CN-HOLIDAYS', key: 'holidays', value: table, validFrom: '2027-01-01' }, SECOND)
    const reading = holidayTable(ledger, day('2027-01-01'), day('2028-01-01'))
    expect(reading.table.swappedWorkdays.has('2027-01-03')).toBe(true)
    expect(reading.unknownYears).toEqual([2028])
    expect(reading.yearsWithoutSwaps).toEqual([])
  })
})

it('the settings sheet lists every key of the catalogue once', () => {
  const rows = profileSheet(ledger, 'CN-NATIONAL', day('2026-04-10')).rows
  expect(rows.map((row) => row.key)).toEqual(Object.keys(POLICY_CATALOGUE))
})

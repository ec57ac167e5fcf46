import { beforeEach, describe, expect, it } from 'vitest'
import { parseQuarter } from '#core/calendar.ts'
import { dueDate } from '#core/disclosure/due.ts'
import { POLICY_CATALOGUE, POLICY_KEYS } from '#core/policy/policy.ts'
import type { Ledger } from '#db/ledger.ts'
import type { ServiceContext } from '#services/context.ts'
import { adoptShippedProfiles } from '#services/office.ts'
import { installShippedProfiles, listProfiles, policyFor, profileSheet, setPolicyValue } from '#services/policy/policy.ts'
import { shippedProfileRows } from '#services/policy/policy-shipped.ts'
import { decodePolicyValue, encodePolicyValue } from '#services/policy/policy-stored.ts'
import { clock, day, OBJECTION, SECOND, useOffice } from './policy-office.ts'

const office = useOffice()
let ledger: Ledger
let context: ServiceContext
beforeEach(() => {
  ledger = office.ledger()
  context = office.context()
})

describe('the shipped profiles', () => {
  it('use only keys of the catalogue, and every value survives being stored again', () => {
    for (const row of shippedProfileRows()) {
      const body: { values: Record<string, { value: unknown }> } = JSON.parse(row.body)
      for (const [key, entry] of Object.entries(body.values)) {
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
    const profiles = listProfiles(ledger, day('2026-04-10')).filter((profile) => profile.code === 'SH-2026')
    expect(profiles.filter((profile) => profile.inForce).map((profile) => profile.ruleNo)).toEqual(['沪房规范〔2025〕8号'])
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
    expect(() => policyFor(ledger, 'MARS', day('2025-01-01'))).toThrow(/“MARS”/)
  })
})

it('an older ledger gets the profiles a newer product brings, and keeps its own', () => {
  ledger.sqlite.exec('DROP TRIGGER policy_profile_kept_delete')
  ledger.sqlite.exec("DELETE FROM policy_profile WHERE code LIKE 'SH-%'")
  setPolicyValue(context, OBJECTION, SECOND)
  const added = adoptShippedProfiles(ledger, clock)
  expect(new Set(added.map(({ code }) => code.slice(0, 3)))).toEqual(new Set(['SH-']))
  expect(policyFor(ledger, 'SH-2026', day('2026-04-10')).value('handover.days')).toBe(10)
  expect(policyFor(ledger, 'XM-2024', day('2026-04-10')).value('disclosure.objectionDays')).toBe(15)
  expect(adoptShippedProfiles(ledger, clock)).toEqual([])
  const entries = ledger.sqlite.prepare("SELECT detail FROM operation WHERE action = 'policy.adopt'").pluck().all()
  expect(entries.map((detail): unknown => JSON.parse(String(detail)))).toEqual([{ added }])
})

it('the settings sheet lists every key of the catalogue once', () => {
  const rows = profileSheet(ledger, 'CN-NATIONAL', day('2026-04-10')).rows
  expect(rows.map((row) => row.key)).toEqual(Object.keys(POLICY_CATALOGUE))
})

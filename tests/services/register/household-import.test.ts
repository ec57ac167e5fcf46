import { describe, expect, it } from 'vitest'
import { parseDate } from '#core/calendar.ts'
import { Problem } from '#core/problem.ts'
import { readRegister } from '#core/register/read.ts'
import { sha256Of } from '#services/attachment.ts'
import { finished, importRegister, previewRegister } from '#services/register/household-import.ts'
import { listHouseholds, registerTotals } from '#services/register/household-list.ts'
import { closeVault } from '#services/register/identity-vault.ts'
import { listOperations } from '#services/operation-log.ts'
import { cardNumber, ENTRY, householdOffice, type HouseholdOffice } from './household-office.ts'

const HEAD = '幢号,单元,层,房号,产权人,身份证号,建筑面积,交存标准,实交本金,账户余额'

function refusalOf(work: () => unknown): string {
  try {
    work()
    return 'accepted'
  } catch (error) {
    if (error instanceof Problem) return error.code
    throw error
  }
}

function preview(office: HouseholdOffice, ...rows: readonly string[]) {
  const bytes = Buffer.from([HEAD, ...rows, ''].join('\n'))
  return finished(previewRegister(office.ledger, office.complexId, {
    name: '楼盘表.csv', hash: sha256Of(bytes), reading: readRegister(bytes),
  }))
}

function bring(office: HouseholdOffice, ...rows: readonly string[]) {
  return finished(importRegister(office.preparer, preview(office, ...rows), ENTRY))
}

const ROWS = [
  `1,1,1,101,王一,${cardNumber(1)},100,75,7500,7500`,
  `1,1,1,102,王一、李二,${cardNumber(1)}、${cardNumber(2)},100,75,7500,2000`,
  `2,,1,101,张三,,50,01_多层_40元/㎡,1000,1000`,
]

describe('importing a register', () => {
  it('brings buildings, households, owners and what they paid, as one act', () => {
    const office = householdOffice()
    expect(bring(office, ...ROWS)).toMatchObject({ households: 3, buildings: 1, owners: 3, known: 0 })
    const listed = listHouseholds(office.ledger, { complexId: office.complexId, limit: 10 }, office.clock.today())
    expect(listed.map(({ address, standing, owners }) => [address, standing, owners])).toEqual([
      ['1幢 1单元 101', 'paid', ['王**']], ['1幢 1单元 102', 'low', ['王**', '李**']], ['2幢 101', 'owing', ['张**']],
    ])
    const [logged] = listOperations(office.ledger, { action: 'household.import', limit: 1 })
    expect(JSON.parse(logged?.detail ?? '')).toMatchObject({ households: 3, source: '楼盘表.csv' })
  })

  it('a second time brings nothing; with one more row, that row', () => {
    const office = householdOffice()
    bring(office, ...ROWS)
    expect(refusalOf(() => bring(office, ...ROWS))).toBe('register.nothingNew')
    expect(bring(office, ...ROWS, '2,,2,201,张四,,50,75,,')).toMatchObject({ households: 1, known: 3, buildings: 0 })
  })

  it('with one bad row among good ones leaves nothing behind', () => {
    const office = householdOffice()
    const bad = preview(office, ...ROWS, '3,,1,101,,,0,75,,')
    expect(bad.errors.map(({ code, line }) => [code, line])).toEqual([['area.zero', 5]])
    expect(refusalOf(() => finished(importRegister(office.preparer, bad, ENTRY)))).toBe('register.errors')
    expect(registerTotals(office.ledger, { complexId: office.complexId }, office.clock.today()).households).toBe(0)
    expect(office.ledger.sqlite.prepare('SELECT count(*) FROM owner').pluck().get()).toBe(0)
  })

  it('refuses an area that the register knows otherwise, and one number under two names', () => {
    const office = householdOffice()
    bring(office, ...ROWS)
    const rows = [`1,1,1,101,,,99,75,,`, `3,,1,101,王大,${cardNumber(1)},50,75,,`, `3,,1,102,赵六,${cardNumber(4)},50,75,,`,
      `3,,1,103,赵七,${cardNumber(4)},50,75,,`]
    expect(preview(office, ...rows).errors.map(({ code, line }) => [code, line])).toEqual([
      ['register.otherArea', 2], ['register.twoNames', 3], ['register.twoNames', 5],
    ])
  })

  it('waits for the passphrase when the file names owners, and needs none when it does not', () => {
    const office = householdOffice()
    closeVault(office.head)
    expect(refusalOf(() => bring(office, ...ROWS))).toBe('vault.closed')
    expect(bring(office, '1,,1,101,,,50,75,,')).toMatchObject({ households: 1, owners: 0 })
  })

  it('is refused when somebody registered owners between sealing and writing, and nothing is lost', () => {
    const office = householdOffice()
    const steps = importRegister(office.preparer, preview(office, ...ROWS), ENTRY)
    let step = steps.next()
    while (step.done !== true && !step.value.label.startsWith('写入')) step = steps.next()
    finished(importRegister(office.preparer, preview(office, '9,,1,101,周八,,50,75,,'), ENTRY))
    expect(refusalOf(() => steps.next())).toBe('register.moved')
    expect(bring(office, ...ROWS)).toMatchObject({ households: 3 })
  })

  it('is never dated into the future', () => {
    const office = householdOffice()
    expect(refusalOf(() => finished(importRegister(office.preparer, preview(office, ...ROWS),
      { effectiveOn: parseDate('2026-01-01'), reason: '预录' })))).toBe('household.future')
  })
})

import { beforeEach, describe, expect, it } from 'vitest'
import { Problem } from '#core/problem.ts'
import type { Ledger } from '#db/ledger.ts'
import type { ServiceContext } from '#services/context.ts'
import { listOperations } from '#services/operation-log.ts'
import { policyFor, profileSheet, setPolicyValue, type PolicyChange } from '#services/policy/policy.ts'
import { actorOf, insertUser } from '#services/people/user.ts'
import { clock, day, OBJECTION, PASSWORD, SECOND, useOffice } from './policy-office.ts'

const office = useOffice()
let ledger: Ledger
let context: ServiceContext
beforeEach(() => {
  ledger = office.ledger()
  context = office.context()
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
    const { rows } = profileSheet(ledger, 'XM-2024', day('2025-01-01'))
    expect(rows.find((row) => row.key === 'disclosure.objectionDays')).toMatchObject({
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
    const filled = policyFor(ledger, 'XM-2024', day('2025-09-30')).value('disclosure.due')
    expect(filled).toEqual({ kind: 'day_of_first_month', day: 20 })
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
    ['vote.share', { key: 'vote.objection', value: { share: '1/0', falls: 'both' } }],
    ['policy.value', { key: 'vote.objection', value: { share: '>1/3', falls: 'neither' } }],
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

  it('is never remembered from a write that was taken back', () => {
    const valueNow = () => policyFor(ledger, 'XM-2024', day('2025-09-30')).value('disclosure.objectionDays')
    expect(valueNow()).toBeNull()
    const undone = (value: number) => {
      ledger.write(() => {
        setPolicyValue(context, { ...OBJECTION, value }, SECOND)
        expect(valueNow()).toBe(value)
        throw new Problem({ code: 'test.undone', message: '撤回' })
      })
    }
    expect(codeOf(() => { undone(20) })).toBe('test.undone')
    expect(valueNow()).toBeNull()
    // Takes the very number the undone value had.
    setPolicyValue(context, OBJECTION, SECOND)
    expect(valueNow()).toBe(15)
  })
})

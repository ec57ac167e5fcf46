import { describe, expect, it } from 'vitest'
import { CHECK_RULE_IDS } from '#core/checks/rules.ts'
import { addDays, parseDate, parseMonth } from '#core/calendar.ts'
import { fen } from '#core/money.ts'
import { addBankAccount } from '#services/voucher/book.ts'
import {
  answerFinding, closeFinding, findingHistory, reopenFinding, type StoredFinding,
} from '#services/finding/finding.ts'
import { countFindings, listFindings } from '#services/finding/finding-list.ts'
import { standingAbove } from '#services/finding/finding-idle.ts'
import { outstandingOf } from '#services/finding/finding-money.ts'
import { closePeriod } from '#services/voucher/period.ts'
import { listCheckRuns, recordSelfCheck } from '#services/finding/finding-run.ts'
import { findNow } from '#services/finding/self-check.ts'
import type { CheckScope } from '#services/finding/finding-scope.ts'
import type { ServiceContext } from '#services/context.ts'
import { addParty, codeOf, postWithoutPaper } from './finding-office.ts'
import { makeOffice, type Office } from '../office.ts'
import { makeRepairOffice } from '../repair/repair-office.ts'

const TODAY = parseDate('2025-10-09')
const WHOLE: CheckScope = { from: null, to: TODAY, complexId: null, bookId: null }

function check(context: ServiceContext, scope: CheckScope = WHOLE) {
  return recordSelfCheck(context, scope, findNow(context.ledger, context.clock.today(), scope))
}

function waiting(office: Office): readonly StoredFinding[] {
  return listFindings(office.ledger, { complexId: null, limit: 100 })
}

function only(office: Office, rule: string): StoredFinding {
  const [found] = waiting(office).filter((one) => one.rule === rule)
  if (found === undefined) throw new Error(`${rule} was not found`)
  return found
}

function withoutPaper(office: Office, date = '2025-09-10'): void {
  postWithoutPaper(office, office.maintenance, date)
}

describe('the register of findings', () => {
  it('holds a matter once, however often it is found', () => {
    const office = makeOffice()
    withoutPaper(office)
    expect(check(office.head)).toMatchObject({ found: 1, fresh: 1, cleared: 0 })
    expect(check(office.head)).toMatchObject({ found: 1, fresh: 0, cleared: 0 })
    expect(waiting(office)).toHaveLength(1)
    expect(only(office, 'voucher.noPaper')).toMatchObject({ level: 'warn', state: 'open', amountFen: 100, complexName: '示例花园' })
    expect(listCheckRuns(office.ledger, 10).map(({ found, fresh }) => [found, fresh])).toEqual([[1, 0], [1, 1]])
  })

  it('is closed out by another person than the one who answered, with every step kept', () => {
    const office = makeOffice()
    withoutPaper(office)
    check(office.head)
    const { id } = only(office, 'voucher.noPaper')
    expect(codeOf(() => { closeFinding(office.reviewer, id, '已核实') })).toBe('finding.path')
    expect(codeOf(() => { answerFinding(office.preparer, id, '  ') })).toBe('finding.reason')
    answerFinding(office.reviewer, id, '原件在装订本内，已补扫')
    expect(codeOf(() => { closeFinding(office.reviewer, id, '已核实') })).toBe('finding.samePerson')
    closeFinding(office.head, id, '已核对原件')
    expect(waiting(office)).toEqual([])
    expect(codeOf(() => { answerFinding(office.preparer, id, '再说一句') })).toBe('finding.path')
    reopenFinding(office.head, id, '原件与金额不符')
    expect(only(office, 'voucher.noPaper')).toMatchObject({ state: 'open', answer: '原件在装订本内，已补扫', answeredBy: '李审核' })
    expect(findingHistory(office.ledger, id).map(({ kind, actor }) => `${kind} ${actor}`)).toEqual([
      'found 赵主管', 'answered 李审核', 'closed 赵主管', 'reopened 赵主管',
    ])
  })

  it('leaves a closed-out warning closed when it is found again', () => {
    const office = makeOffice()
    withoutPaper(office)
    check(office.head)
    const { id } = only(office, 'voucher.noPaper')
    answerFinding(office.preparer, id, '已补')
    closeFinding(office.head, id, '属实')
    expect(check(office.head)).toMatchObject({ found: 1, fresh: 0 })
    expect(countFindings(office.ledger, null)).toEqual([{ state: 'closed', level: 'warn', count: 1 }])
  })

  it('clears what a whole check no longer finds, and opens it when it is there again; a period never clears', () => {
    const office = makeOffice()
    const holder = (name: string) =>
      office.ledger.sqlite.prepare('UPDATE bank_account SET holder_name = ? WHERE id = ?').run(name, office.maintenanceBank)
    holder('王某')
    check(office.head)
    expect(only(office, 'account.holder')).toMatchObject({ state: 'open' })
    holder('示例花园业主大会')
    expect(check(office.head, { ...WHOLE, from: parseDate('2025-01-01') })).toMatchObject({ cleared: 0 })
    expect(waiting(office)).toHaveLength(1)
    expect(check(office.head)).toMatchObject({ found: 0, cleared: 1 })
    expect(waiting(office)).toEqual([])
    holder('王某')
    expect(check(office.head)).toMatchObject({ found: 1, fresh: 0 })
    expect(only(office, 'account.holder').state).toBe('open')
  })

  it('tells which rules waited for a local value or have no facts here', () => {
    const office = makeOffice()
    const { skipped } = check(office.head)
    expect(skipped).toContainEqual({ rule: 'deposit.idle', label: '活期备付金额（每小区每账户）', profile: expect.any(String) as string })
    expect(skipped).toContainEqual({ rule: 'repair.similarQuotes', label: '报价过于接近的差幅', profile: expect.any(String) as string })
    expect(skipped.every(({ rule }) => CHECK_RULE_IDS.includes(rule))).toBe(true)
  })

  it('looks only at the period and complex asked for', () => {
    const office = makeOffice()
    withoutPaper(office, '2025-08-31')
    withoutPaper(office, '2025-09-10')
    const september = { ...WHOLE, from: parseDate('2025-09-01'), to: parseDate('2025-09-30') }
    const found = (scope: CheckScope) => findNow(office.ledger, TODAY, scope, ['voucher.noPaper']).findings.length
    expect([found(WHOLE), found(september), found({ ...september, complexId: office.complexId })]).toEqual([2, 1, 1])
    expect(found({ ...WHOLE, bookId: office.publicIncome })).toBe(0)
  })
})

describe('accounts', () => {
  it('held by the committee, the custodian or the office are right; a private one is not', () => {
    const office = makeOffice()
    addBankAccount(office.head, {
      bookId: office.publicIncome, complexId: office.complexId, bankName: '示例银行', branch: '', number: '622200000001',
      holderName: '王小明', isDedicated: false, openedOn: TODAY,
    })
    addBankAccount(office.head, {
      bookId: office.maintenance, complexId: office.complexId, bankName: '示例银行', branch: '', number: '622300000001',
      holderName: '示例市维修资金中心', isDedicated: false, openedOn: TODAY,
    })
    const { findings } = findNow(office.ledger, TODAY, WHOLE, ['account.holder', 'account.fundMixed'])
    expect(findings.map(({ message }) => message)).toEqual([expect.stringContaining('王小明')])
  })
})

describe('before a month is closed', () => {
  it('a warning nobody has answered refuses the closing and stands in the register; answered, it lets it pass', () => {
    const office = makeOffice()
    withoutPaper(office, '2025-01-10')
    const close = () => codeOf(() => { closePeriod(office.head, office.publicIncome, parseMonth('2025-01')) })
    expect(close()).toBe('done')
    postWithoutPaper(office, office.publicIncome, '2025-02-10')
    const closeFebruary = () => codeOf(() => { closePeriod(office.head, office.publicIncome, parseMonth('2025-02')) })
    expect(closeFebruary()).toBe('finding.unanswered')
    answerFinding(office.preparer, only(office, 'voucher.noPaper').id, '收据遗失，已由付款人出具证明')
    expect(closeFebruary()).toBe('done')
  })
})

describe('before a repair is paid', () => {
  it('two jobs of one contractor and building that reach the amount together wait for an answer', () => {
    const office = makeRepairOffice()
    office.receive(office.maintenance, '4001', '50000.00', '2025-02-01')
    office.report('1200.00', { part: '外墙', facility: '', title: '外墙修补' })
    const id = office.report('2400.00', { part: '屋面', title: '屋面修补' })
    const small = office.report('1300.00', { part: '电梯', facility: '', title: '电梯修理' })
    expect(codeOf(() => office.walk(id, '2400.00'))).toBe('done')
    const { findings } = findNow(office.ledger, TODAY, WHOLE, ['repair.splitting'])
    expect(findings).toHaveLength(1)
    expect(findings[0]?.links.map((link) => link.id)).toContain(small)
    expect(findings[0]?.links.map((link) => link.id)).not.toContain(id)
  })

  it('jobs below the leave of the owners’ decision reach it together, one of them dated back out of the days', () => {
    const office = makeRepairOffice()
    for (const on of ['2025-09-01', '2025-09-01', '2025-06-01']) office.report('4900.00', { reportedOn: parseDate(on) })
    const { findings } = findNow(office.ledger, TODAY, WHOLE, ['repair.splitting'])
    expect(findings.map(({ message }) => message))
      .toEqual([expect.stringContaining('30 天内登记的 3 项合计 14,700.00 元，单项都低于 5,000.00 元（业主决定、合同、使用公示）的金额线')])
  })

  it('a job of another contractor in another building is no splitting', () => {
    const office = makeRepairOffice()
    const other = addParty(office, '另一家修缮公司')
    office.report('1200.00', { part: '外墙', facility: '', title: '外墙修补' })
    office.report('1300.00', { part: '电梯', facility: '', title: '电梯修理', contractorId: other, buildingId: null })
    expect(findNow(office.ledger, TODAY, WHOLE, ['repair.splitting']).findings).toEqual([])
  })

  it('entry notes what looks outside the fund’s uses, and says nothing of common parts', () => {
    const office = makeRepairOffice()
    office.report('800.00', { title: '户内水管更换' })
    office.report('800.00', { title: '屋面防水修补' })
    expect(waiting(office).map(({ rule, message }) => [rule, message.slice(12, 20)])).toEqual([
      ['repair.outsideScope', expect.stringContaining('户内') as string],
    ])
  })
})

describe('figures behind findings', () => {
  const moves = (...amounts: readonly number[]) => amounts.map((amount, index) =>
    ({ date: addDays(parseDate('2025-01-01'), index), movementFen: fen(amount) }))

  it('money stands above the reserve since the day it last rose above it', () => {
    expect(standingAbove(moves(100, 50, -100, 80), fen(100))).toEqual({ balanceFen: 130, since: '2025-01-04' })
    expect(standingAbove(moves(100), fen(100))).toEqual({ balanceFen: 100, since: null })
    expect(standingAbove([], fen(0))).toEqual({ balanceFen: 0, since: null })
  })

  it('what was collected first was handed over first', () => {
    const rows = moves(100, 50, -120)
    expect(outstandingOf(rows).map(({ outstandingFen }) => outstandingFen)).toEqual([0, 30])
    expect(outstandingOf(moves(100, -100))).toMatchObject([{ outstandingFen: 0 }])
  })
})

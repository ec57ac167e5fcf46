import { describe, expect, it } from 'vitest'
import { parseDate } from '#core/calendar.ts'
import type { CheckRuleId } from '#core/checks/rules.ts'
import { parseYuan } from '#core/money.ts'
import { answerFinding } from '#services/finding/finding.ts'
import { listFindings } from '#services/finding/finding-list.ts'
import { findNow } from '#services/finding/self-check.ts'
import { recordSelfCheck } from '#services/finding/finding-run.ts'
import { answerRepeat, checkAtWindow, checkEngineering, sendBackRepair } from '#services/repair/repair.ts'
import { makeOffice, type Office } from '../office.ts'
import { makeRepairOffice, WINDOW_PASSES, type RepairOffice } from '../repair/repair-office.ts'
import { codeOf } from '../repair/whole-path.ts'
import { tender } from './contractor-pairs.ts'
import { anotherComplex, receiveInto, sharedAccount } from './money-pairs.ts'
import { accepted, contractedBefore, emergency, settleOn } from './repair-pairs.ts'
import { NOW, setLong } from './rule-pair.ts'

function told(office: Pick<Office, 'ledger'>, rule: CheckRuleId, to = NOW, from: string | null = null) {
  const day = parseDate(to)
  const scope = { from: from === null ? null : parseDate(from), to: day, complexId: null, bookId: null }
  return findNow(office.ledger, day, scope, [rule])
}

const said = (...found: Parameters<typeof told>): readonly string[] => told(...found).findings.map(({ message }) => message)

describe('local values are those of the day a fact belongs to', () => {
  /** 1,200 and 1,300 in March, 2,000.00 then; 1,000.00 from October on. */
  function march(): RepairOffice {
    const office = makeRepairOffice()
    office.clock.set('2025-03-10T02:00:00.000Z')
    office.report('1200.00', { part: '外墙', title: '外墙修补', reportedOn: parseDate('2025-03-03') })
    office.report('1300.00', { part: '电梯', title: '电梯修理', reportedOn: parseDate('2025-03-10') })
    office.clock.set(`${NOW}T02:00:00.000Z`)
    return office
  }

  it('two jobs of March stay split under the line of March when the line falls in October', () => {
    const office = march()
    expect(said(office, 'repair.splitting')).toHaveLength(1)
    setLong(office, 'smallRepair.threshold', '1000.00', '2025-10-01')
    expect(said(office, 'repair.splitting')).toEqual([expect.stringContaining('单项都低于 2,000.00 元（现场复核）')])
    office.report('600.00', { part: '围墙', title: '围墙修补', reportedOn: parseDate('2025-10-08') })
    office.report('600.00', { part: '道路', title: '道路修补', reportedOn: parseDate('2025-10-09') })
    expect(said(office, 'repair.splitting').at(-1)).toContain('单项都低于 1,000.00 元')
  })

  it('a value written down later than the fact is taken as it stands: before it nobody would look at anything', () => {
    const office = makeRepairOffice()
    tender(office, '甲公司', 'contractor', '98000', false)
    expect(told(office, 'repair.similarQuotes')).toMatchObject({ findings: [], skipped: [{ rule: 'repair.similarQuotes' }] })
    setLong(office, 'check.quoteSpreadPercent', '1', '2025-10-01')
    expect(told(office, 'repair.similarQuotes')).toMatchObject({ findings: [{ rule: 'repair.similarQuotes' }], skipped: [] })
  })

  it('what was kept too long by the days of its own time is told though the days are more now', () => {
    const office = makeOffice()
    setLong(office, 'deposit.idleReserve', '1000.00')
    setLong(office, 'check.idleDays', 30)
    office.receive(office.maintenance, '4001', '5000.00', '2025-02-01')
    setLong(office, 'check.idleDays', 300, '2025-06-01')
    expect(said(office, 'deposit.idle', '2025-04-01')).toHaveLength(1)
    expect(said(office, 'deposit.idle', NOW)).toEqual([])
  })
})

describe('an account several complexes share', () => {
  function shared(): { readonly office: Office; readonly into: Parameters<typeof receiveInto>[1] } {
    const office = makeOffice()
    setLong(office, 'deposit.idleReserve', '20000.00')
    setLong(office, 'check.idleDays', 30)
    const bankAccountId = sharedAccount(office, office.maintenance, '622200000009')
    const into = { complexId: anotherComplex(office), bankAccountId }
    receiveInto(office, into, '30000.00', '2025-02-01')
    return { office, into }
  }

  it('is looked at once for the office, with the reserve of every complex whose money is in it', () => {
    const { office, into } = shared()
    expect(said(office, 'deposit.idle')).toEqual([expect.stringContaining('（1 个小区共用） 活期余额 30,000.00 元，高于备付金额 20,000.00 元')])
    receiveInto(office, { ...into, complexId: anotherComplex(office, 'B02') }, '10000.00', '2025-02-02')
    expect(said(office, 'deposit.idle')).toEqual([])
    receiveInto(office, into, '0.01', '2025-02-03')
    expect(told(office, 'deposit.idle').findings).toMatchObject([{ amountFen: 1, complexId: null }])
  })

  it('is no single complex’s, and is named as not judged while a value is 待填写', () => {
    const { office, into } = shared()
    const only = { from: null, to: parseDate(NOW), complexId: into.complexId, bookId: null }
    expect(findNow(office.ledger, parseDate(NOW), only, ['deposit.idle']).findings).toEqual([])
    setLong(office, 'deposit.idleReserve', null, '2024-01-02')
    expect(told(office, 'deposit.idle')).toMatchObject({ findings: [], skipped: [{ rule: 'deposit.idle' }] })
  })
})

const UNRELATED = {
  conclusion: 'unrelated', finding: '另一处渗漏', contractorPerson: '周工长', supervisorPerson: '孙监理', sectionPerson: '钱科长',
} as const

describe('a repeat at the same place', () => {
  function again(): { readonly office: RepairOffice; readonly id: ReturnType<RepairOffice['report']> } {
    const office = makeRepairOffice()
    office.receive(office.maintenance, '4001', '50000.00', '2025-02-01')
    office.report('2100.00')
    const id = office.report('2100.00')
    return { office, id }
  }
  const waiting = (office: RepairOffice) => listFindings(office.ledger, { complexId: null, limit: 9 })
    .filter(({ rule }) => rule === 'repair.repeat')

  it('is noted by the window itself, and keeps what the three parties found on site', () => {
    const { office, id } = again()
    expect(said(office, 'repair.repeat')).toEqual([])
    checkAtWindow(office.preparer, id, WINDOW_PASSES)
    const asked = expect.stringContaining('须由施工单位') as string
    expect(waiting(office)).toMatchObject([{ state: 'open', level: 'warn', message: asked }])
    office.file(id, 'repeatRecord')
    answerRepeat(office.reviewer, id, UNRELATED)
    const answered = '三方现场核实（周工长、孙监理、钱科长）：与前次无关，另一处渗漏'
    expect(waiting(office)).toMatchObject([{ message: expect.stringContaining(answered) as string }])
    // Of every later report of the period, whatever the local days are: the window decided what a repeat is.
    expect(said(office, 'repair.repeat', NOW, '2025-09-01')).toEqual([expect.stringContaining(answered)])
  })

  it('is asked anew by the window that looks again', () => {
    const { office, id } = again()
    checkAtWindow(office.preparer, id, WINDOW_PASSES)
    office.file(id, 'repeatRecord')
    answerRepeat(office.reviewer, id, UNRELATED)
    sendBackRepair(office.reviewer, id, 'windowCheck', '重新初审')
    expect(said(office, 'repair.repeat')).toEqual([])
    checkAtWindow(office.preparer, id, WINDOW_PASSES)
    expect(said(office, 'repair.repeat')).toEqual([expect.stringContaining('须由施工单位')])
  })

  it('waits before the payment for what somebody else has to say', () => {
    const { office, id } = again()
    office.clock.set('2025-09-02T02:00:00.000Z')
    checkAtWindow(office.preparer, id, WINDOW_PASSES)
    office.file(id, 'repeatRecord', 'quotation')
    answerRepeat(office.reviewer, id, UNRELATED)
    checkEngineering(office.reviewer, id, { approvedFen: parseYuan('2100.00'), note: '', concealedWork: false })
    office.clock.set(`${NOW}T02:00:00.000Z`)
    accepted(office, id)
    office.file(id, 'settlement', 'workOrder', 'invoice')
    office.settle(id, '2100.00')
    expect(codeOf(() => office.pay(id, '2100.00'))).toBe('finding.unanswered')
    for (const { id: findingId } of waiting(office)) answerFinding(office.head, findingId, '两处渗漏点不同，见核实记录')
    expect(codeOf(() => office.pay(id, '2100.00'))).toBe('done')
  })
})

describe('dates of a job', () => {
  it('a contract signed before the approval is told, though the path lets it through', () => {
    const office = makeRepairOffice({ isWhole: true })
    office.preset('repairAuthority.waivedBelow', '50000.00')
    const id = contractedBefore(office)
    expect(said(office, 'repair.datesUpsideDown')).toEqual([expect.stringContaining('签订合同（2025-09-06）早于审定（2025-10-09）')])
    accepted(office, id)
    expect(said(office, 'repair.datesUpsideDown')).toHaveLength(2)
    settleOn(office, id, '2025-09-22')
    expect(listFindings(office.ledger, { complexId: null, limit: 9 }).map(({ rule }) => rule))
      .toEqual(['repair.datesUpsideDown', 'repair.datesUpsideDown'])
  })

  it('a contract signed before the tender for the job was awarded is told, and so are works begun before it', () => {
    const office = makeRepairOffice({ isWhole: true })
    office.preset('repairAuthority.waivedBelow', '50000.00')
    const id = contractedBefore(office)
    tender(office, '示例修缮工程有限公司', 'contractor', '109000', true,
      { repairId: id, openedOn: '2025-09-10', awardedOn: '2025-09-12' })
    accepted(office, id)
    expect(said(office, 'repair.datesUpsideDown').filter((one) => one.includes('中选通知'))).toEqual([
      expect.stringContaining('签订合同（2025-09-06）早于中选通知（2025-09-12）'),
      expect.stringContaining('开工（2025-09-08）早于中选通知'),
    ])
  })

  it('an emergency settled in time but not published is still late, and says since when', () => {
    const { ledger } = emergency('2025-10-21', (office, id) => {
      office.file(id, 'settlement')
      office.settle(id, '8000.00')
    })
    expect(said({ ledger }, 'repair.emergencyOverdue', '2025-10-20')).toEqual([])
    expect(said({ ledger }, 'repair.emergencyOverdue', '2025-10-21')).toEqual([expect.stringContaining('公示应于 2025-10-20 前办理')])
  })
})

describe('the whole self-check', () => {
  it('clears what it no longer finds of a shared account', () => {
    const office = makeOffice()
    setLong(office, 'deposit.idleReserve', '20000.00')
    setLong(office, 'check.idleDays', 30)
    const into = { complexId: office.complexId, bankAccountId: sharedAccount(office, office.maintenance, '622200000009') }
    receiveInto(office, into, '30000.00', '2025-02-01')
    const scope = { from: null, to: parseDate(NOW), complexId: null, bookId: null }
    const run = () => recordSelfCheck(office.head, scope, findNow(office.ledger, parseDate(NOW), scope))
    expect(run()).toMatchObject({ fresh: 1 })
    setLong(office, 'deposit.idleReserve', '30000.00', '2024-01-02')
    expect(run()).toMatchObject({ found: 0, cleared: 1 })
    expect(codeOf(() => run())).toBe('done')
  })
})

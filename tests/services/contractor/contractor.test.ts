import { beforeEach, describe, expect, it } from 'vitest'
import { parseDate, parseQuarter } from '#core/calendar.ts'
import { idOf, type RepairId, type TenderId } from '#core/id.ts'
import { parseYuan } from '#core/money.ts'
import { readCriteria, OWN_CRITERIA } from '#core/contractor/contractor-score.ts'
import { findNow } from '#services/finding/self-check.ts'
import { contractorPage, listContractors } from '#services/contractor/contractor.ts'
import { publishedQuarters, publishQuarter, quarterDraft } from '#services/contractor/contractor-quarter.ts'
import { recordMerit, scoreForm, scoreRepair } from '#services/contractor/contractor-score.ts'
import type { RepairReport } from '#services/repair/repair.ts'
import { settleRepair } from '#services/repair/repair-settlement.ts'
import { awardTender, endAward, recordTender, revokeTender, type NewTender } from '#services/contractor/tender.ts'
import { tenderOf } from '#services/contractor/tender-record.ts'
import { PASSWORD } from '../office.ts'
import { makeRepairOffice, type RepairOffice } from '../repair/repair-office.ts'

let office: RepairOffice
beforeEach(() => {
  office = makeRepairOffice()
})

const SECOND = { login: 'zhang', password: PASSWORD }

function codeOf(act: () => unknown): string {
  try {
    act()
    return ''
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error)
  }
}

function facts(more: Partial<NewTender> = {}): NewTender {
  const quote = (bidder: string, yuan: string, phone = '') =>
    ({ bidder, phone, bankAccount: '', amountFen: parseYuan(yuan), scoreHundredths: null })
  return {
    number: 'BX-1', title: '零星维修施工单位', role: 'contractor', method: 'comparison', complexId: null, repairId: null,
    announcedOn: parseDate('2024-12-01'), openedOn: parseDate('2024-12-10'), sha256: office.paper,
    quotes: [quote('示例修缮工程有限公司', '98000'), quote('乙公司', '109000'), quote('丙公司', '120000')], ...more,
  }
}

function award(tenderId: TenderId, from = '2025-01-01', to = '2025-12-31') {
  const [best] = tenderOf(office.ledger, tenderId).quotes
  return awardTender(office.reviewer, {
    tenderId, quoteId: best?.id ?? idOf<'tenderQuote'>(1), awardedOn: parseDate('2024-12-20'),
    validFrom: parseDate(from), validTo: parseDate(to), reason: '', sha256: office.paper,
  })
}

function appointBoth(): void {
  award(recordTender(office.preparer, facts()))
  const quotes = facts().quotes.map((quote, index) => (index === 0 ? { ...quote, bidder: '示例监理有限公司 ' } : quote))
  award(recordTender(office.preparer, facts({ number: 'BX-2', role: 'supervisor', quotes })))
}

function mustBeChosen(value: boolean): void {
  office.preset('contractor.mustBeChosen', value)
}

const full = () => readCriteria(OWN_CRITERIA.contractor, 'contractor').map(({ points }) => ({ given: points, note: '' }))
/** A full score but for the follow-up, which has not been held. */
const unheard = () => readCriteria(OWN_CRITERIA.contractor, 'contractor').map(({ points, isFollowUp }) =>
  isFollowUp ? { given: 12, note: '尚未回访' } : { given: points, note: '' })

function settledJob(): RepairId {
  const id = office.report('3000.00')
  office.walk(id, '3000.00')
  return id
}

describe('a tender', () => {
  it('is awarded by another person than recorded the quotes', () => {
    const byHead = recordTender(office.head, facts())
    const [best] = tenderOf(office.ledger, byHead).quotes
    const decide = (context: typeof office.head) => awardTender(context, {
      tenderId: byHead, quoteId: best?.id ?? idOf<'tenderQuote'>(1), awardedOn: parseDate('2024-12-20'),
      validFrom: parseDate('2025-01-01'), validTo: parseDate('2025-12-31'), reason: '', sha256: office.paper,
    })
    expect(codeOf(() => decide(office.head))).toBe('tender.samePerson')
    expect(codeOf(() => decide(office.reviewer))).toBe('')
    expect(tenderOf(office.ledger, byHead).quotes[0]).toMatchObject({ bidder: '示例修缮工程有限公司', award: { reason: '' } })
  })

  it('brings a bidder the office has not dealt with into its address book, and knows one it has by name', () => {
    const known = listContractors(office.ledger, office.clock.today()).length
    const quotes = facts().quotes.map((quote, index) =>
      index === 0 ? { ...quote, bidder: '新来的公司', bankAccount: '6222 0001' } : quote)
    const first = award(recordTender(office.preparer, facts({ quotes })))
    award(recordTender(office.preparer, facts({ number: 'BX-2', quotes })))
    const parties = listContractors(office.ledger, office.clock.today())
    expect(parties).toHaveLength(known + 1)
    expect(first).toBeGreaterThan(0)
    const [newcomer] = parties.filter(({ name }) => name === '新来的公司')
    expect(newcomer === undefined ? null : contractorPage(office.ledger, newcomer.id)).toMatchObject({ bank: '62220001' })
  })

  it('is revoked with a reason while nothing is awarded, and ended early afterwards', () => {
    const wrong = recordTender(office.preparer, facts())
    revokeTender(office.preparer, wrong, '金额录错')
    expect(codeOf(() => award(wrong))).toBe('tender.closed')
    const right = recordTender(office.preparer, facts({ number: 'BX-3' }))
    const awardId = award(right)
    expect(codeOf(() => revokeTender(office.preparer, right, '不要了'))).toBe('tender.closed')
    const end = (day: string) => endAward(office.reviewer, { awardId, endedOn: parseDate(day), reason: '拒不返修' })
    expect(codeOf(() => end('2026-01-01'))).toBe('tender.dates')
    end('2025-08-01')
    const listedOn = (day: string) =>
      listContractors(office.ledger, parseDate(day)).find(({ id }) => id === office.contractor)
    expect(listedOn('2025-07-31')).toMatchObject({ isInForce: 1 })
    expect(listedOn('2025-08-01')).toMatchObject({ isInForce: 0, validTo: '2025-07-31' })
  })
})

describe('a job of a party that was not chosen', () => {
  it('is refused where the profile says so, with the sentence why', () => {
    mustBeChosen(true)
    expect(() => office.report('5000.00')).toThrow(/施工单位“示例修缮工程有限公司”没有招标（比选）中选记录/)
    appointBoth()
    expect(office.report('5000.00')).toBeGreaterThan(0)
    expect(() => office.report('5000.00', { supervisorId: office.contractor, contractorId: office.supervisor })).toThrow(/没有招标/)
  })

  it('is a finding where the profile only warns, and none where everybody was chosen or the profile is silent', () => {
    const scope = { from: null, to: office.clock.today(), complexId: null, bookId: null }
    const found = () => findNow(office.ledger, office.clock.today(), scope, ['repair.contractorNotChosen']).findings
    office.report('5000.00')
    expect(found()).toEqual([])
    mustBeChosen(false)
    expect(found()).toHaveLength(1)
    expect(found()[0]?.message).toContain('监理单位“示例监理有限公司”没有招标')
    appointBoth()
    expect(found()).toEqual([])
  })
})

describe('quotes that look agreed', () => {
  it('are found at the entry of the tender, and honest ones are not', () => {
    office.preset('check.quoteSpreadPercent', '3')
    const scope = { from: null, to: office.clock.today(), complexId: null, bookId: null }
    const found = () => findNow(office.ledger, office.clock.today(), scope, ['repair.similarQuotes']).findings
    recordTender(office.preparer, facts())
    expect(found()).toEqual([])
    const rigged = facts({ number: 'BX-9', complexId: office.complexId })
    recordTender(office.preparer, { ...rigged, quotes: rigged.quotes.map((quote) => ({ ...quote, phone: '(0562) 123-4567' })) })
    expect(found()).toMatchObject([{ rule: 'repair.similarQuotes', links: [{ kind: 'tender', label: 'BX-9' }] }])
    expect(found()[0]?.message).toContain('电话相同')
  })

  it('of a revoked tender are left alone', () => {
    office.preset('check.quoteSpreadPercent', '3')
    const same = facts({ quotes: facts().quotes.map((quote) => ({ ...quote, amountFen: parseYuan('100000') })) })
    const scope = { from: null, to: office.clock.today(), complexId: null, bookId: null }
    const found = () => findNow(office.ledger, office.clock.today(), scope, ['repair.similarQuotes']).findings
    const id = recordTender(office.preparer, same)
    expect(found()).toHaveLength(1)
    revokeTender(office.preparer, id, '重新组织')
    expect(found()).toEqual([])
  })
})

describe('a score', () => {
  it('waits for the settlement, takes a second person, and is corrected only with a reason', () => {
    const early = office.report('5000.00', { part: '电梯', facility: '1号梯' })
    expect(scoreForm(office.reviewer, early).waitsFor).toContain('决算确定以后')
    const tooEarly = { repairId: early, role: 'contractor', items: full(), reason: '' } as const
    expect(codeOf(() => scoreRepair(office.reviewer, tooEarly, SECOND))).toBe('score.step')
    const id = settledJob()
    const score = (items: ReturnType<typeof full>, reason = '', second = SECOND) =>
      scoreRepair(office.reviewer, { repairId: id, role: 'contractor', items, reason }, second)
    expect(codeOf(() => score(full()))).toBe('score.followUp')
    expect(codeOf(() => score(unheard(), '', { login: 'li', password: PASSWORD }))).toBe('user.samePerson')
    score(unheard())
    expect(codeOf(() => score(unheard()))).toBe('score.reason')
    score(unheard().map((item, index) => (index === 0 ? { given: item.given - 5, note: '返工一次' } : item)), '漏扣返工')
    const standing = scoreForm(office.reviewer, id).scores
    expect(standing.map(({ total, replacedBy }) => [total, replacedBy === null])).toEqual([[87, true], [92, false]])
    const { jobs } = contractorPage(office.ledger, office.contractor)
    expect(jobs.find((job) => job.id === id)).toMatchObject({ total: 87, followUp: 'none' })
  })
})

describe('the auditor of a settlement', () => {
  function auditedJob(more: Partial<RepairReport> = {}): RepairId {
    const id = office.report('3000.00', more)
    office.check(id, '3000.00')
    office.review(id)
    office.file(id, 'acceptanceSheet', 'acceptanceRecord', 'settlement', 'auditReport')
    office.signAcceptance(id)
    office.accept(id)
    settleRepair(office.reviewer, id, {
      on: parseDate('2025-09-22'), settledFen: parseYuan('3000.00'), auditorId: office.auditor,
    })
    return id
  }
  const marks = (given: number, note = '') =>
    [{ given, note }, { given: 25, note: '' }, { given: 20, note: '' }, { given: 15, note: '' }]

  it('is judged by its own criteria, which no owner is asked about, and ranked among auditors', () => {
    const id = auditedJob()
    const { parties } = scoreForm(office.reviewer, id)
    expect(parties.map(({ role }) => role)).toEqual(['contractor', 'supervisor', 'auditor'])
    scoreRepair(office.reviewer, { repairId: id, role: 'auditor', items: marks(36, '核减两项漏算'), reason: '' }, SECOND)
    const { jobs } = contractorPage(office.ledger, office.auditor)
    expect(jobs).toMatchObject([{ id, total: 96, followUp: 'none', amountFen: 300_000 }])
    expect(listContractors(office.ledger, office.clock.today()).find(({ id: party }) => party === office.auditor))
      .toMatchObject({ role: 'auditor', jobs: 1, scored: 1, scoreSum: 96 })
    expect(quarterDraft(office.ledger, parseQuarter('2025Q4')))
      .toMatchObject([{ role: 'auditor', rank: 1, averageHundredths: 9600, satisfied: 0 }])
  })

  it('is not judged where nobody audited, and by the office’s own criteria where the profile has them', () => {
    const unaudited = settledJob()
    const scored = () =>
      codeOf(() => scoreRepair(office.reviewer, { repairId: unaudited, role: 'auditor', items: marks(40), reason: '' }, SECOND))
    expect(scored()).toBe('score.party')
    office.preset('auditor.criteria', ['审减准确 70', '时限 30'])
    const { parties } = scoreForm(office.reviewer, auditedJob({ part: '电梯', facility: '2号梯' }))
    expect(parties.at(-1)?.criteria.map(({ label }) => label)).toEqual(['审减准确', '时限'])
  })

  it('who was never chosen is a finding, as for whoever did the works', () => {
    mustBeChosen(false)
    appointBoth()
    auditedJob()
    const scope = { from: null, to: office.clock.today(), complexId: null, bookId: null }
    const found = () => findNow(office.ledger, office.clock.today(), scope, ['repair.contractorNotChosen']).findings
    expect(found()).toMatchObject([{ message: expect.stringContaining('审计机构“示例会计师事务所”没有招标') }])
    const quotes = facts().quotes.map((quote, index) => (index === 0 ? { ...quote, bidder: '示例会计师事务所' } : quote))
    award(recordTender(office.preparer, facts({ number: 'BX-3', role: 'auditor', quotes })))
    expect(found()).toEqual([])
  })
})

describe('the quarter', () => {
  it('is published once it is over, frozen, and corrected as a new version with its reason', () => {
    const id = settledJob()
    scoreRepair(office.reviewer, { repairId: id, role: 'contractor', items: unheard(), reason: '' }, SECOND)
    recordMerit(office.reviewer, {
      counterpartyId: office.contractor, role: 'contractor', kind: 'deduction', happenedOn: parseDate('2025-10-09'), points: 3,
      reason: '返修不及时', repairId: id,
    }, SECOND)
    const quarter = parseQuarter('2025Q4')
    const publish = (reason = '') => publishQuarter(office.reviewer, { quarter, reason }, SECOND)
    expect(codeOf(publish)).toBe('contractor.early')
    const before = { quarter: parseQuarter('2025Q3'), reason: '' }
    expect(codeOf(() => publishQuarter(office.reviewer, before, SECOND))).toBe('contractor.empty')
    office.clock.set('2026-01-05T02:00:00.000Z')
    publish()
    const [first] = publishedQuarters(office.ledger, quarter)
    expect(first).toMatchObject({ version: 1, lines: [{ rank: 1, averageHundredths: 9200, finalHundredths: 8900, jobs: 1 }] })
    expect(codeOf(publish)).toBe('contractor.same')
    recordMerit(office.reviewer, {
      counterpartyId: office.contractor, role: 'contractor', kind: 'reward', happenedOn: parseDate('2025-12-31'), points: 2,
      reason: '应急抢修', repairId: null,
    }, SECOND)
    expect(publishedQuarters(office.ledger, quarter)[0]?.lines).toEqual(first?.lines)
    expect(quarterDraft(office.ledger, quarter)[0]).toMatchObject({ finalHundredths: 9100 })
    expect(codeOf(publish)).toBe('contractor.reason')
    publish('补记奖励')
    const versions = publishedQuarters(office.ledger, quarter).map(({ version, reason }) => [version, reason])
    expect(versions).toEqual([[2, '补记奖励'], [1, '']])
  })
})

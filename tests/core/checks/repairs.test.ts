import { describe, expect, it } from 'vitest'
import { findDatesUpsideDown, findOffTerm, type DatedRepair } from '#core/checks/repair-dates.ts'
import {
  findEmergencyOverdue, findNotDisclosed, findOverBudget, findPapersMissing, findRepeats, type CheckedRepair,
} from '#core/checks/repairs.ts'
import { findOutsideScope } from '#core/checks/scope.ts'
import { findSimilarQuotes, type Quote } from '#core/checks/quotes.ts'
import { idOf } from '#core/id.ts'
import { parsePercent } from '#core/rate.ts'
import { day, yuan } from './facts.ts'

const TODAY = day('2026-10-09')
const IDS = { id: idOf<'repair'>(7), number: 'WX-7', complexId: idOf<'complex'>(1) }

function repair(changes: Partial<CheckedRepair> = {}): CheckedRepair {
  return {
    ...IDS, title: '3幢屋面防水', approvedFen: yuan('10000'), settledFen: yuan('10000'), paidFen: yuan('10000'),
    settledOn: day('2026-09-08'), paidOn: day('2026-09-09'), disclosedOn: day('2026-09-10'), repeat: null, ...changes,
  }
}

describe('one job', () => {
  it('at a place repaired before needs the answer from the site, naming the earlier job', () => {
    const earlier = [{ id: idOf<'repair'>(3), number: 'WX-3', reason: 'underWarranty' as const }]
    const [finding] = findRepeats([repair({ repeat: { earlier, answer: null } })])
    expect(finding?.message).toContain('WX-3（在维修质保期内） 同一部位；须由施工单位、监理、科室到现场核实')
    const answer = { persons: ['甲', '乙', '丙'], finding: '新的渗漏点' }
    const [answered] = findRepeats([repair({ repeat: { earlier, answer } })])
    expect(answered?.message).toContain('三方现场核实（甲、乙、丙）：与前次无关，新的渗漏点')
    expect(answered?.fingerprint).toBe(finding?.fingerprint)
    expect(finding?.links.map(({ label }) => label)).toEqual(['WX-7', 'WX-3'])
    expect(findRepeats([repair()])).toEqual([])
  })

  it('paid and unpublished is told after the days, not on the last of them', () => {
    const unpublished = repair({ disclosedOn: null })
    expect(findNotDisclosed([unpublished], 29, TODAY)).toHaveLength(1)
    expect(findNotDisclosed([unpublished], 30, TODAY)).toEqual([])
    expect(findNotDisclosed([repair()], 0, TODAY)).toEqual([])
    expect(findNotDisclosed([repair({ paidOn: null, disclosedOn: null })], 0, TODAY)).toEqual([])
  })

  it('settled ten percent over its approval needs a fresh application; a fen less does not', () => {
    const percent = parsePercent('10')
    expect(findOverBudget([repair({ settledFen: yuan('11000') })], percent)[0]?.amountFen).toBe(yuan('1000'))
    expect(findOverBudget([repair({ settledFen: yuan('10999.99') })], percent)).toEqual([])
    expect(findOverBudget([repair({ settledFen: null })], percent)).toEqual([])
  })

  it('is told what its folder lacks, papers and signatures', () => {
    const missing = ['缺发票', '监理签字须 2 人，现有 1 人']
    expect(findPapersMissing([{ ...repair(), missing }])[0]?.message).toContain('缺发票；监理签字须 2 人，现有 1 人；补齐前')
    expect(findPapersMissing([{ ...repair(), missing: [] }])).toEqual([])
  })

  it('an emergency is late from the day after its last one, done or not', () => {
    const acceptedOn = day('2026-09-01')
    const owed = (by: string, doneOn: string | null) => findEmergencyOverdue([{
      ...IDS, amountFen: yuan('10000'), acceptedOn,
      duties: [{ word: '决算', by: day(by), doneOn: doneOn === null ? null : day(doneOn) }],
    }], TODAY)
    expect(owed('2026-10-08', null)[0]?.message).toContain('决算应于 2026-10-08 前办理，已逾期 1 天')
    expect(owed('2026-10-09', null)).toEqual([])
    expect(owed('2026-09-10', '2026-09-11')[0]?.message).toContain('2026-09-11 才办')
    expect(owed('2026-09-10', '2026-09-10')).toEqual([])
  })
})

describe('dates upside down', () => {
  const dated = (dates: DatedRepair['dates'], isEmergency = false): DatedRepair => ({ ...IDS, isEmergency, dates })

  it('each pair is told by its own words', () => {
    const messages = findDatesUpsideDown([dated({
      contractSigned: day('2026-03-05'), workStarted: day('2026-03-01'), settled: day('2026-02-01'),
      workFinished: day('2026-03-09'),
    })]).map(({ message }) => message)
    expect(messages).toEqual([
      expect.stringContaining('开工（2026-03-01）早于签订合同（2026-03-05）'),
      expect.stringContaining('决算（2026-02-01）早于完工（2026-03-09）'),
    ])
  })

  it('a contract before the approval, works before the notice of award, a final account before completion are told', () => {
    const aspects = findDatesUpsideDown([dated({
      approved: day('2026-03-03'), contractSigned: day('2026-03-01'), awarded: day('2026-03-06'), workStarted: day('2026-03-05'),
      workFinished: day('2026-03-20'), settled: day('2026-03-19'),
    })]).map(({ fingerprint }) => fingerprint.split(':').at(-1))
    expect(aspects).toEqual(['approved>contractSigned', 'awarded>contractSigned', 'awarded>workStarted', 'workFinished>settled'])
  })

  it('works that begin before the agreed term or end after it are told with the days; sooner done is nobody’s harm', () => {
    const agreed = { from: day('2026-03-05'), to: day('2026-03-20') }
    const off = (from: string, to: string) => findOffTerm([{ ...IDS, agreed, actual: { from: day(from), to: day(to) } }])
    expect(off('2026-03-04', '2026-04-01')[0]?.message).toContain('提前 1 天开工，晚 12 天完工')
    expect(off('2026-03-05', '2026-03-20')).toEqual([])
    expect(off('2026-03-07', '2026-03-10')).toEqual([])
  })

  it('on one day or unknown is in order', () => {
    expect(findDatesUpsideDown([dated({ contractSigned: day('2026-03-01'), workStarted: day('2026-03-01') })])).toEqual([])
    expect(findDatesUpsideDown([dated({ workStarted: day('2026-03-01') })])).toEqual([])
  })

  it('an emergency is worked on first and papered afterwards', () => {
    const dates = { contractSigned: day('2026-03-05'), workStarted: day('2026-03-01') }
    expect(findDatesUpsideDown([dated(dates, true)])).toEqual([])
    expect(findDatesUpsideDown([dated(dates)])).toHaveLength(1)
  })
})

describe('words of a job that point outside the fund', () => {
  const items = [
    { code: 'private', name: '户内', words: ['户内'], answer: 'notAllowed' as const, reason: '户内由业主承担', source: '第18条' },
    { code: 'light', name: '照明', words: ['照明'], answer: 'allowed' as const, reason: '共用设施', source: '第3条' },
  ]

  it('an explained item is not told again', () => {
    const scoped = { ...IDS, title: '更换户内开关', amountFen: yuan('100'), explanation: '' }
    expect(findOutsideScope([scoped], items)).toHaveLength(1)
    expect(findOutsideScope([{ ...scoped, explanation: '公共水井内，属共用设施' }], items)).toEqual([])
    expect(findOutsideScope([{ ...scoped, title: '楼道照明' }, { ...scoped, title: '修理' }], items)).toEqual([])
  })
})

describe('quotes', () => {
  const quote = (bidder: string, amount: string, changes: Partial<Quote> = {}): Quote =>
    ({ bidder, amountFen: yuan(amount), phone: '', bankAccount: '', ...changes })
  const spread = parsePercent('1')
  const TENDER = { ...IDS, id: idOf<'tender'>(3), isForJob: true }

  it('with equal totals, a shared phone or totals too close together are told', () => {
    expect(findSimilarQuotes([{ ...TENDER, quotes: [quote('甲', '9800'), quote('乙', '9800')] }], spread)).toHaveLength(1)
    const shared = [quote('甲', '9800', { phone: '0562-1' }), quote('乙', '12000', { phone: '0562-1' })]
    expect(findSimilarQuotes([{ ...TENDER, quotes: shared }], spread)[0]?.message).toContain('甲、乙 电话相同')
    const close = [quote('甲', '10000'), quote('乙', '10050'), quote('丙', '10099.99')]
    expect(findSimilarQuotes([{ ...TENDER, quotes: close }], spread)).toHaveLength(1)
  })

  it('that differ, even by exactly the spread, are not', () => {
    const apart = [quote('甲', '10000'), quote('乙', '10050'), quote('丙', '10100')]
    expect(findSimilarQuotes([{ ...TENDER, quotes: apart }], spread)).toEqual([])
    expect(findSimilarQuotes([{ ...TENDER, quotes: [quote('甲', '10000'), quote('乙', '10001')] }], spread)).toEqual([])
    expect(findSimilarQuotes([{ ...TENDER, quotes: [] }], spread)).toEqual([])
  })

  it('in nothing but whole thousands are asked about, for one job and from three bidders on', () => {
    const round = [quote('甲', '10000'), quote('乙', '12000'), quote('丙', '15000')]
    expect(findSimilarQuotes([{ ...TENDER, quotes: round }], spread)[0]?.message).toContain('整千元')
    expect(findSimilarQuotes([{ ...TENDER, quotes: [quote('丁', '15500.50'), ...round] }], spread)).toEqual([])
    expect(findSimilarQuotes([{ ...TENDER, quotes: round.slice(1) }], spread)).toEqual([])
    expect(findSimilarQuotes([{ ...TENDER, isForJob: false, quotes: round }], spread)).toEqual([])
  })
})

import { describe, expect, it } from 'vitest'
import { parseDate } from '#core/calendar.ts'
import { scheduleOf } from '#core/income/contract-schedule.ts'
import type { ComplexId } from '#core/id.ts'
import { parsePercent } from '#core/rate.ts'
import { addComplex, complexOf } from '#services/register/complex.ts'
import {
  contractCard, contractOf, endContract, listContracts, overdueContracts, recordContract, type ContractFacts,
} from '#services/income/contract.ts'
import { verifyLedger } from '#services/verify.ts'
import { incomeOffice, yuan, type IncomeOffice } from './quarter-office.ts'

const day = parseDate
const TERM = { startsOn: day('2025-01-01'), endsOn: day('2025-12-31') }

function facts(office: IncomeOffice, more: Partial<ContractFacts> = {}): ContractFacts {
  return {
    ...TERM, number: 'HT-1', accountCode: '4001.02', counterpartyId: office.company, ownersShare: parsePercent('100'),
    sha256: office.paper,
    installments: scheduleOf({ ...TERM, rhythm: 'quarterly', price: { kind: 'each', amount: yuan('3000.00') }, paid: 'before' }),
    complexes: [{ complexId: office.complexId, place: '电梯轿厢', weight: 1 }],
    ...more,
  }
}

function secondComplex(office: IncomeOffice): ComplexId {
  const { id: _, state: __, hasAssembly, ...first } = complexOf(office.ledger, office.complexId)
  return addComplex(office.head, { ...first, code: 'A02', name: '示例新村', hasAssembly: hasAssembly === 1 })
}

describe('income contracts', () => {
  it('know what was due and what came', () => {
    const office = incomeOffice()
    const id = office.contract({ number: 'HT-1', each: '3000.00' })
    office.income(id, '3000.00', '2025-01-10')
    office.income(id, '2000.00', '2025-04-10')
    const card = contractCard(office.ledger, id, day('2025-06-30'))
    expect(card).toMatchObject({ dueFen: yuan('6000.00'), receivedFen: yuan('5000.00'), openFen: yuan('1000.00') })
    expect(card).toMatchObject({ totalFen: yuan('12000.00'), nextDueOn: '2025-07-01' })
    expect(card.receipts.map((receipt) => receipt.amountFen)).toEqual([yuan('3000.00'), yuan('2000.00')])
  })

  it('count an instalment as late only after its day', () => {
    const office = incomeOffice()
    const id = office.contract({ number: 'HT-1', each: '3000.00' })
    office.income(id, '9000.00', '2025-07-01')
    expect(overdueContracts(office.ledger, day('2025-10-01'))).toEqual([])
    const late = overdueContracts(office.ledger, day('2025-10-02'))
    expect(late.map((contract) => [contract.id, contract.openFen])).toEqual([[id, yuan('3000.00')]])
  })

  it('owe the owners their share, the quarters adding up to the year', () => {
    const office = incomeOffice()
    const id = office.contract({ number: 'HT-1', each: '333.33', rhythm: 'monthly', share: '70' })
    const quarters = ['2025Q1', '2025Q2', '2025Q3', '2025Q4'].map((quarter) => office.view(quarter).sheet.income.rows[0])
    const expected = ['699.99', '700.00', '699.99', '699.99'].map(yuan)
    expect(quarters.map((row) => row?.receivable?.amount)).toEqual(expected)
    expect(quarters[0]).toMatchObject({ basis: 'net', note: '合同款 999.99 元，业主分成 70.00%' })
    expect(contractCard(office.ledger, id, day('2025-12-31')).dueFen).toBe(yuan('2799.97'))
  })

  it('end early with a reason: later instalments fall away, earlier ones stay owed', () => {
    const office = incomeOffice()
    const id = office.contract({ number: 'HT-1', each: '3000.00' })
    expect(() => endContract(office.preparer, id, { endedOn: day('2025-05-31'), reason: ' ' })).toThrow('原因')
    endContract(office.preparer, id, { endedOn: day('2025-05-31'), reason: '广告位改造' })
    const card = contractCard(office.ledger, id, day('2025-12-31'))
    expect(card).toMatchObject({ dueFen: yuan('6000.00'), openFen: yuan('6000.00'), nextDueOn: null })
    expect(card.installments.map((each) => each.isDropped)).toEqual([false, false, true, true])
    expect(() => endContract(office.preparer, id, { endedOn: day('2025-06-30'), reason: '再次' })).toThrow('已经终止')
    expect(office.view('2025Q3').suggestions).toEqual({})
    expect(office.view('2025Q3').sheet.income.rows).toEqual([])
  })

  it('cover several complexes in one transaction, each with its part', () => {
    const office = incomeOffice()
    const other = secondComplex(office)
    const ids = recordContract(office.preparer, facts(office, {
      number: 'HT-9',
      complexes: [{ complexId: office.complexId, place: '1至6幢', weight: 2 }, { complexId: other, place: '1至3幢', weight: 1 }],
    }))
    expect(ids.map((id) => contractOf(office.ledger, id).number)).toEqual(['HT-9-A01', 'HT-9-A02'])
    const totals = ids.map((id) => contractCard(office.ledger, id, day('2025-12-31')).totalFen)
    expect(totals).toEqual([yuan('8000.00'), yuan('4000.00')])
  })

  it('are recorded all or none', () => {
    const office = incomeOffice()
    const other = secondComplex(office)
    const taken = { number: 'HT-9-A02', complexes: [{ complexId: other, place: '门禁', weight: 1 }] }
    recordContract(office.preparer, facts(office, taken))
    const both = [{ complexId: office.complexId, place: '甲', weight: 1 }, { complexId: other, place: '乙', weight: 1 }]
    expect(() => recordContract(office.preparer, facts(office, { number: 'HT-9', complexes: both }))).toThrow()
    expect(listContracts(office.ledger, { state: 'all', asOf: day('2025-12-31'), limit: 10 })).toHaveLength(1)
  })

  it('need the signed paper, an income account and a share of the owners', () => {
    const office = incomeOffice()
    const record = (more: Partial<ContractFacts>) => () => recordContract(office.preparer, facts(office, more))
    expect(record({ sha256: 'f'.repeat(64) })).toThrow('没有合同原件')
    expect(record({ accountCode: '5001.01' })).toThrow('末级的收入科目')
    expect(record({ accountCode: '4001' })).toThrow('末级的收入科目')
    expect(record({ ownersShare: parsePercent('0') })).toThrow('分成比例')
    expect(record({ installments: [] })).toThrow('至少填写一期')
    expect(record({ endsOn: day('2025-06-30') })).toThrow('第 3 期不在合同期内')
    expect(record({ complexes: [] })).toThrow('至少选择一个小区')
  })

  it('are listed newest first by page, by state, by complex and by text', () => {
    const office = incomeOffice()
    office.contract({ number: 'HT-1', each: '10.00' })
    const second = office.contract({ number: 'HT-2', each: '10.00' })
    office.contract({ number: 'HT-3', each: '10.00' })
    endContract(office.preparer, second, { endedOn: day('2025-03-31'), reason: '撤场' })
    const list = (more: object) =>
      listContracts(office.ledger, { state: 'all', asOf: day('2025-10-01'), limit: 2, ...more }).map((each) => each.number)
    expect(list({})).toEqual(['HT-3', 'HT-2'])
    expect(list({ before: second })).toEqual(['HT-1'])
    expect(list({ state: 'running' })).toEqual(['HT-3', 'HT-1'])
    expect(list({ state: 'over', complexId: office.complexId })).toEqual(['HT-2'])
    expect(list({ text: '传媒', complexId: office.complexId, limit: 9 })).toEqual(['HT-3', 'HT-2', 'HT-1'])
    const steps = verifyLedger(office.ledger)
    let step = steps.next()
    while (step.done !== true) step = steps.next()
    expect(step.value.damages).toEqual([])
  })
})

describe('a contract that goes on under another number', () => {
  it('is no silence: the old row says which contract follows it', () => {
    const office = incomeOffice({ today: '2026-07-10' })
    const record = (number: string, startsOn: string, endsOn: string) => {
      const span = { startsOn: day(startsOn), endsOn: day(endsOn) }
      const price = { kind: 'total', amount: yuan('1200.00') } as const
      const installments = scheduleOf({ ...span, rhythm: 'once', price, paid: 'before' })
      return recordContract(office.preparer, facts(office, { ...span, number, installments }))[0]
    }
    const old = record('HT-1', '2025-10-01', '2026-03-31')
    record('HT-2', '2026-04-01', '2027-03-31')
    if (old === undefined) throw new Error('nothing was recorded')
    office.income(old, '1200.00', '2026-01-05')
    const spring = office.view('2026Q2')
    expect(spring.sheet.income.rows.map((row) => [row.contractNo, row.reason])).toEqual([
      ['HT-1', '合同已于2026年3月31日终止，由合同 HT-2 接续'], ['HT-2', null],
    ])
    const silent = spring.findings.filter((finding) => finding.check === 'silent-rows')
    expect(silent.map((finding) => finding.rowId)).toEqual([spring.sheet.income.rows[1]?.id])
  })
})

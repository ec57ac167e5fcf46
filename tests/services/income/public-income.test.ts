/** The actions of public income, with the figures of the PUB vectors carried through vouchers. */
import { describe, expect, it } from 'vitest'
import { parseDate } from '#core/calendar.ts'
import { idOf } from '#core/id.ts'
import { formatYuan } from '#core/money.ts'
import { readAttachment } from '#services/attachment.ts'
import { addBuilding, changeComplex, complexOf } from '#services/register/complex.ts'
import { distribute, proposeDistribution } from '#services/income/distribution.ts'
import { beginChange, nextHouseholdId, writeEvent } from '#services/register/household-record.ts'
import { setSetting } from '#services/office.ts'
import { bookCost, bookUse, receiveIncome } from '#services/income/public-income.ts'
import { draftOf } from '#services/voucher/voucher-draft.ts'
import { voucherOf } from '#services/voucher/voucher.ts'
import { PLAIN_HOUSEHOLD } from '../register/household-office.ts'
import { found, incomeOffice, yuan, type IncomeOffice } from './quarter-office.ts'

function money(office: IncomeOffice, amount: string) {
  return {
    complexId: office.complexId, date: parseDate('2025-08-10'), bankAccountId: office.publicIncomeBank, amountFen: yuan(amount),
    summary: '示例业务', attachments: [office.paper],
  }
}

/** PUB-D01: 67 605.00 net of 86 500.00. */
function earn(office: IncomeOffice, quarterMonth = '2025-08'): void {
  office.income('4001.01', '86500.00', `${quarterMonth}-10`)
  office.cost('5001.01', '2595.00', `${quarterMonth}-11`)
  office.cost('5001.04', '4300.00', `${quarterMonth}-12`)
  office.cost('5001.02', '12000.00', `${quarterMonth}-13`)
}

describe('receiving and spending', () => {
  it('draft by rule, saying which', () => {
    const office = incomeOffice()
    const id = office.contract({ number: 'HT-1', each: '3000.00' })
    const drafted = receiveIncome(office.preparer, { ...money(office, '3000.00'), source: { contractId: id } })
    const draft = draftOf(office.ledger, drafted)
    expect(JSON.parse(draft.rule)).toEqual({ by: 'publicIncome.receive', contract: 'HT-1' })
    expect(draft.lines.map((line) => [line.debitFen, line.creditFen, line.contractId, line.counterpartyId])).toEqual([
      [yuan('3000.00'), 0, null, null], [0, yuan('3000.00'), id, office.company],
    ])
    const cost = office.cost('5001.04', '400.00', '2025-08-12', '完税凭证 12')
    expect(JSON.parse(voucherOf(office.ledger, cost.id).rule)).toEqual({ by: 'publicIncome.cost', document: '完税凭证 12' })
    expect(office.view('2025Q3').sheet.costs.rows[0]?.document).toBe('完税凭证 12')
  })

  it('refuse a cost without its document, a use without a decision, and accounts of another kind', () => {
    const office = incomeOffice()
    const cost = { ...money(office, '10.00'), accountCode: '5001.04', document: '发票 1' }
    expect(() => bookCost(office.preparer, { ...cost, attachments: [] })).toThrow('要附发票')
    expect(() => bookCost(office.preparer, { ...cost, document: ' ' })).toThrow('请写明依据')
    expect(() => bookCost(office.preparer, { ...cost, accountCode: '5101.02' })).toThrow('5001')
    const use = { ...money(office, '10.00'), accountCode: '5101.02', decisionId: office.decision }
    expect(() => bookUse(office.preparer, { ...use, decisionId: idOf<'decision'>(99) })).toThrow('业主的决定')
    expect(() => bookUse(office.preparer, { ...use, accountCode: '5101.10' })).toThrow('“分配”')
    expect(() => bookUse(office.preparer, { ...use, amountFen: yuan('0.00') })).toThrow('大于零')
    const refund = { ...money(office, '-5.00'), source: { accountCode: '4001.01' } }
    expect(() => receiveIncome(office.preparer, refund)).toThrow('写明原因')
    expect(() => receiveIncome(office.preparer, { ...money(office, '5.00'), source: { accountCode: '5001.01' } })).toThrow('4001')
    expect(() => bookCost(office.reviewer, cost)).toThrow('制单')
  })

  it('refuse repair and renewal where the profile says that the fund pays it', () => {
    const shanghai = incomeOffice({ profile: 'SH-2026', today: '2026-06-10', openedOn: '2026-04-01' })
    const use = {
      ...money(shanghai, '10.00'), accountCode: '5101.01', decisionId: shanghai.decision, date: parseDate('2026-05-01'),
    }
    expect(() => bookUse(shanghai.preparer, use)).toThrow('不得列入公共收益')
    expect(bookUse(shanghai.preparer, { ...use, accountCode: '5101.02' })).toBeGreaterThan(0)
  })

  it('number vouchers as 收 and 付 where the office does', () => {
    const office = incomeOffice()
    setSetting(office.head, 'voucherKinds', 'split')
    expect(office.income('4001.01', '1.00', '2025-08-10').kind).toBe('receipt')
    expect(office.cost('5001.04', '1.00', '2025-08-10').kind).toBe('payment')
  })
})

describe('topping up the maintenance fund', () => {
  it('asks for more than half in Shanghai: 33 802.50 is not enough, one fen more is (PUB-D02)', () => {
    const office = incomeOffice({ profile: 'SH-2026', today: '2026-07-10', openedOn: '2026-04-01' })
    earn(office, '2026-05')
    expect(office.view('2026Q2').topUp).toMatchObject({
      basis: 'rule', proposedFen: yuan('33802.51'),
      fact: { required: yuan('33802.50'), strict: true, transferred: 0, dueBy: '2026-07-31' },
    })
    expect(found(office.view('2026Q2').findings)).toContain('top-up-ratio hint')
    office.moveToFund('33802.50', '2026-07-08', '2026Q2')
    expect(found(office.view('2026Q2').findings)).toContain('top-up-ratio hint')
    office.moveToFund('0.01', '2026-07-09', '2026Q2')
    const done = office.view('2026Q2')
    expect(found(done.findings)).not.toContain('top-up-ratio hint')
    expect(done.topUp).toMatchObject({ proposedFen: 0, fact: { transferred: yuan('33802.51') } })
    // Paid after the quarter's end, so it stands on the next quarter's sheet and counts for this one.
    expect(done.sheet.transfers.rows).toEqual([])
    expect(office.view('2026Q3').sheet.transfers.total.amount).toBe(yuan('33802.51'))
    expect(office.view('2026Q3').topUp.fact.transferred).toBe(0)
  })

  it('proposes the default share where nothing was decided: 47 323.50 in Anhui (PUB-D03)', () => {
    const office = incomeOffice({ profile: 'AH-TONGLING' })
    earn(office)
    expect(office.view('2025Q3').topUp).toMatchObject({ basis: 'default', proposedFen: yuan('47323.50') })
  })

  it('asks in Beijing only while the fund stands below 30 % of the first deposit (PUB-D05)', () => {
    const office = incomeOffice({ profile: 'BJ-2024' })
    office.receive(office.maintenance, '4001', '899999.99', '2025-03-01')
    office.income('4001.01', '100000.00', '2025-08-10')
    expect(office.view('2025Q3').topUp.fact.required).toBe(yuan('50000.00'))
    office.receive(office.maintenance, '4001', '0.01', '2025-03-02')
    expect(office.view('2025Q3').topUp.fact.required).toBe(0)
  })

  it('stops in Huzhou at the first-deposit level (PUB-D06)', () => {
    const office = incomeOffice({ profile: 'ZJ-HUZHOU' })
    office.receive(office.maintenance, '4001', '2990000.00', '2025-03-01')
    office.income('4001.01', '80000.00', '2025-08-10')
    expect(office.view('2025Q3').topUp.fact.required).toBe(yuan('10000.00'))
    office.moveToFund('10000.00', '2025-09-29', '2025Q3')
    // Paying does not change what was asked: account and fund are taken as they stood before it.
    expect(office.view('2025Q3').topUp).toMatchObject({
      proposedFen: 0, fact: { transferred: yuan('10000.00'), required: yuan('10000.00') },
    })
  })

  it('gives no figure without the first deposit, and says so', () => {
    const office = incomeOffice({ profile: 'ZJ-HUZHOU' })
    const { id: _, state: __, hasAssembly, ...complex } = complexOf(office.ledger, office.complexId)
    changeComplex(office.head, office.complexId, { ...complex, hasAssembly: hasAssembly === 1, firstDepositFen: null })
    earn(office)
    expect(office.view('2025Q3').topUp).toMatchObject({ basis: 'none', proposedFen: null, fact: { required: null } })
    expect(office.view('2025Q3').topUp.fact.rule).toContain('首期交存额待填写')
  })

  it('tells costs above the cap before an assembly exists (Guangxi 30 %)', () => {
    const office = incomeOffice({ profile: 'GX-2020' })
    const { id: _, state: __, hasAssembly: ___, ...complex } = complexOf(office.ledger, office.complexId)
    changeComplex(office.head, office.complexId, { ...complex, hasAssembly: false })
    office.income('4001.01', '1000.00', '2025-08-10')
    office.cost('5001.02', '350.00', '2025-08-11')
    expect(office.view('2025Q3').costOverCapFen).toBe(yuan('50.00'))
  })
})

describe('distributing to owners', () => {
  /** PUB-D09: 88.00, 120.00, 96.50 and 0.00 m² share 66 600.00. */
  function withHouseholds(): IncomeOffice {
    const office = incomeOffice()
    const building = addBuilding(office.head, office.complexId, { code: '1', name: '1幢' })
    const change = beginChange(office.head, {
      complexId: office.complexId, kind: 'register', effectiveOn: parseDate('2025-01-01'), reason: '登记',
    })
    for (const [room, areaDm2] of [['101', 8800], ['102', 12000], ['201', 9650], ['202', 0]] as const) {
      writeEvent(office.ledger, {
        changeId: change, householdId: nextHouseholdId(office.ledger), kind: 'registered', onDate: parseDate('2025-01-01'),
        buildingId: building, facts: { ...PLAIN_HOUSEHOLD, room, areaDm2 },
      })
    }
    return office
  }

  it('goes by exclusive area to the fen (PUB-D09)', () => {
    const office = withHouseholds()
    const shares = proposeDistribution(office.ledger, office.complexId, yuan('66600.00'))
    expect(shares.map((share) => [share.household, formatYuan(share.amountFen)])).toEqual([
      ['1幢 101', '19,247.29'], ['1幢 102', '26,246.31'], ['1幢 201', '21,106.40'], ['1幢 202', '0.00'],
    ])
  })

  it('keeps the list of households with the voucher and shows it as a distribution with its decision', () => {
    const office = withHouseholds()
    office.income('4001.01', '70000.00', '2025-08-01')
    const { draftId, list } = distribute(office.preparer, {
      ...money(office, '66600.00'), kind: 'distribution', decisionId: office.decision,
    })
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(readAttachment(office.ledger, list).bytes)
    expect(text.split('\r\n')).toEqual([
      '\uFEFF户室,专有面积（平方米）,金额（元）', '1幢 101,88.00,19247.29', '1幢 102,120.00,26246.31', '1幢 201,96.50,21106.40',
      '1幢 202,0.00,0.00', '合计,,66600.00', '',
    ])
    const posted = office.posted(draftId)
    expect(voucherOf(office.ledger, posted.id).attachments.map((paper) => paper.sha256)).toContain(list)
    expect(office.view('2025Q3').sheet.uses.rows[0]).toMatchObject({ kind: 'distribution', decision: { no: '业大决〔2025〕1号' } })
  })

  it('needs households with areas, and a decision of this complex', () => {
    const office = incomeOffice()
    const facts = { ...money(office, '100.00'), kind: 'distribution' as const, decisionId: office.decision }
    expect(() => distribute(office.preparer, facts)).toThrow('还没有户室和面积')
    expect(() => distribute(withHouseholds().preparer, { ...facts, decisionId: idOf<'decision'>(99) })).toThrow('业主的决定')
  })
})

import { describe, expect, it } from 'vitest'
import { parseDate } from '#core/calendar.ts'
import { parseYuan } from '#core/money.ts'
import { prepareReversal } from '#services/voucher/correction.ts'
import { householdAccount, householdDue, householdMoney } from '#services/household/household-account.ts'
import { householdBalance } from '#services/household/household-entry.ts'
import { householdCard } from '#services/register/household-history.ts'
import { listHouseholds, registerTotals } from '#services/register/household-list.ts'
import { fundOfComplex, openHouseholdLedger, openingFromRegister } from '#services/household/household-opening.ts'
import { mergeHouseholds } from '#services/register/household-merge.ts'
import { prepareRefund, refundPreview } from '#services/household/household-refund.ts'
import { addReceiptRange, listReceiptRanges, listReceipts, voidReceipt } from '#services/household/receipt.ts'
import { voidDraft } from '#services/voucher/voucher-draft.ts'
import { voucherOf } from '#services/voucher/voucher.ts'
import { prepareContribution } from '#services/household/contribution.ts'
import { setPolicy } from '../deposit/due-office.ts'
import { addRoom, moneyOffice, type MoneyOffice } from './household-money-office.ts'
import { PLAIN_HOUSEHOLD } from '../register/household-office.ts'

const day = parseDate
const yuan = parseYuan
const YEAR = { from: day('2025-01-01'), to: day('2025-12-31') }
const JUNE = day('2025-06-10')

function linesOf(office: MoneyOffice, voucherId: Parameters<typeof voucherOf>[1]) {
  const { lines } = voucherOf(office.ledger, voucherId)
  return lines.map(({ accountCode, debitFen, creditFen }) => [accountCode, debitFen, creditFen])
}

describe('a contribution', () => {
  it('credits each household, stands in its account and in the register, and its red reversal takes it back', () => {
    const office = moneyOffice(2)
    const posted = office.contribute(JUNE, [
      { amountFen: yuan('1000') }, { householdId: office.room(1), amountFen: yuan('400') },
    ])
    expect(linesOf(office, posted.id)).toEqual([['1001.01', yuan('1400'), 0], ['4001', 0, yuan('1400')]])
    const account = householdAccount(office.ledger, office.room(1), YEAR)
    expect(account.lines)
      .toMatchObject([{ movement: 'paidIn', part: 'principal', amountFen: yuan('400'), balanceFen: yuan('400') }])
    const standings = () => listHouseholds(office.ledger, { complexId: office.complexId, limit: 9 }, JUNE)
      .map(({ paidFen, balanceFen, standing }) => [paidFen, balanceFen, standing])
    expect(standings()).toEqual([[yuan('1000'), yuan('1000'), 'paid'], [yuan('400'), yuan('400'), 'owing']])
    expect(registerTotals(office.ledger, { complexId: office.complexId }, JUNE))
      .toMatchObject({ paidFen: yuan('1400'), balanceFen: yuan('1400') })
    office.accept(prepareReversal(office.preparer, { voucherId: posted.id, date: JUNE, reason: '记错账户' }).reversal)
    expect(standings().map(([paid]) => paid)).toEqual([0, 0])
    expect(householdAccount(office.ledger, office.room(0), YEAR).lines.map(({ movement }) => movement))
      .toEqual(['paidIn', 'correction'])
  })

  it('names the row that cannot be', () => {
    const office = moneyOffice(2)
    const twice = [{ amountFen: yuan('1') }, { amountFen: yuan('2') }]
    expect(() => office.contribute(JUNE, twice)).toThrow(expect.objectContaining({ code: 'contribution.twice', row: 2 }))
    expect(() => office.contribute(JUNE, [{ part: 'sellerPrincipal' }])).toThrow('售房单位')
    expect(() => office.contribute(JUNE, [])).toThrow('至少')
  })

  it('waits for the sub-ledger', () => {
    const office = moneyOffice(1, false)
    expect(() => office.contribute(JUNE, [{}])).toThrow('还没有建分户账')
  })
})

describe('what a household owes', () => {
  it('is its first contribution less what came in, by the rates in force where the register is silent', () => {
    const office = moneyOffice(1)
    office.contribute(JUNE, [{ amountFen: yuan('400') }])
    expect(householdDue(office.ledger, office.room(0), JUNE)).toMatchObject({ paidFen: yuan('400'), owedFen: yuan('600') })
    const silent = moneyOffice(0)
    const id = addRoom(silent, '301', { firstDueFen: null })
    expect(householdDue(silent.ledger, id, JUNE)).toMatchObject({ first: null, owedFen: null })
    setPolicy(silent, 'contribution.noLiftRate', '40.00')
    expect(householdDue(silent.ledger, id, JUNE)).toMatchObject({ first: { basis: 'area' }, owedFen: yuan('3580') })
  })
})

describe('a merged household', () => {
  it('has paid what its two predecessors paid through the sub-ledger', () => {
    const office = moneyOffice(2)
    office.contribute(JUNE, [{ amountFen: yuan('1000') }, { householdId: office.room(1), amountFen: yuan('700') }])
    const merged = mergeHouseholds(office.preparer, office.rooms,
      { ...PLAIN_HOUSEHOLD, room: '101', areaDm2: 17_900 }, { effectiveOn: JUNE, reason: '打通' })
    expect(householdMoney(office.ledger, office.complexId, merged)?.paidFen).toBe(yuan('1700'))
  })
})

describe('a refund', () => {
  const parts = (amount: string) => [{ part: 'principal' as const, amountFen: yuan(amount) }]

  it('gives this year’s deposit back through 4001 and an earlier one through 5101, and never more than there is', () => {
    const office = moneyOffice(1)
    office.contribute(JUNE, [{ amountFen: yuan('1000') }])
    const facts = {
      householdId: office.room(0), date: JUNE, bankAccountId: office.maintenanceBank, reason: '退房', attachments: [office.paper],
    }
    expect(() => refundPreview(office.ledger, { ...facts, parts: parts('1000.01') })).toThrow('不够返还')
    const posted = office.accept(prepareRefund(office.preparer, { ...facts, parts: parts('300') }))
    expect(linesOf(office, posted.id)).toEqual([['4001', yuan('300'), 0], ['1001.01', 0, yuan('300')]])
    expect(refundPreview(office.ledger, { ...facts, date: day('2026-01-05'), parts: parts('700') }).lines)
      .toEqual([{ part: 'principal', amountFen: yuan('700'), account: '5101' }])
    expect(householdCard(office.ledger, office.room(0), JUNE).standing).toBe('owing')
  })

  it('of a destroyed house is owed first and touches no bank', () => {
    const office = moneyOffice(1)
    office.contribute(JUNE, [{ amountFen: yuan('1000') }])
    const posted = office.accept(prepareRefund(office.preparer, {
      householdId: office.room(0), date: JUNE, bankAccountId: null, reason: '房屋灭失',
      attachments: [office.paper], parts: parts('1000'),
    }))
    expect(linesOf(office, posted.id)).toEqual([['4001', yuan('1000'), 0], ['2001', 0, yuan('1000')]])
    expect(householdBalance(office.ledger, office.room(0)).totalFen).toBe(0)
    expect(fundOfComplex(office.ledger, office.maintenance, office.complexId)).toBe(0)
  })
})

describe('special receipts', () => {
  it('are given with the contribution, seen when left out, and void only with the original in hand', () => {
    const office = moneyOffice(2)
    addReceiptRange(office.preparer, { first: '皖A0001', last: '皖A0020', receivedOn: day('2025-01-05') })
    expect(() => office.contribute(JUNE, [{ receipt: '皖A0021' }])).toThrow('不在已登记的号段内')
    office.contribute(JUNE, [{ receipt: '皖A0001' }, { householdId: office.room(1), receipt: '皖A0004' }])
    expect(() => office.contribute(JUNE, [{ receipt: '皖A0001' }]))
      .toThrow(expect.objectContaining({ code: 'receipt.used', row: 1 }))
    const [range] = listReceiptRanges(office.ledger, 10)
    expect(range).toMatchObject({ used: 2, voided: 0, left: 18, gaps: ['皖A0002–皖A0003'], gapCount: 2 })
    const spoilt = { number: '皖A0002', reason: '打印错位' }
    expect(() => { voidReceipt(office.preparer, { ...spoilt, hasOriginal: false }) }).toThrow('收回原件')
    voidReceipt(office.preparer, { ...spoilt, hasOriginal: true })
    expect(() => { voidReceipt(office.preparer, { ...spoilt, hasOriginal: true }) }).toThrow('作废')
    expect(listReceipts(office.ledger, { rangeId: range?.id ?? 0, limit: 10 })).toMatchObject([
      { text: '皖A0001', state: 'used', address: '1幢 101' }, { text: '皖A0002', state: 'void', voidReason: '打印错位' },
      { text: '皖A0004', state: 'used' },
    ])
  })

  it('stay out when the draft is given up, until they are called in', () => {
    const office = moneyOffice(1)
    addReceiptRange(office.preparer, { first: '0001', last: '0009', receivedOn: day('2025-01-05') })
    const draft = prepareContribution(office.preparer, {
      complexId: office.complexId, date: JUNE, bankAccountId: office.maintenanceBank, attachments: [office.paper],
      rows: [{ householdId: office.room(0), part: 'principal', amountFen: yuan('5'), receipt: '0001' }],
    })
    expect(() => { voidReceipt(office.preparer, { number: '0001', reason: '金额写错', hasOriginal: true }) }).toThrow('先作废那张凭证')
    voidDraft(office.preparer, draft, '金额写错')
    const state = () => listReceipts(office.ledger, { rangeId: listReceiptRanges(office.ledger, 1)[0]?.id ?? 0, limit: 1 })
    expect(state()).toMatchObject([{ state: 'used', isOrphan: true }])
    voidReceipt(office.preparer, { number: '0001', reason: '金额写错', hasOriginal: true })
    expect(state()).toMatchObject([{ state: 'void', isOrphan: false }])
  })
})

describe('opening from the register', () => {
  it('begins empty where there is no fund, and says so instead of opening where a fund has no households', () => {
    const office = moneyOffice(1, false)
    const facts = { bookId: office.maintenance, complexId: office.complexId, date: JUNE, attachments: [office.paper] }
    office.receive(office.maintenance, '4001', '500', '2025-06-01')
    expect(openingFromRegister(office.ledger, office.maintenance, office.complexId))
      .toMatchObject({ isBegun: false, fundFen: yuan('500'), householdsFen: 0, differenceFen: yuan('-500'), unknown: 1 })
    expect(() => openHouseholdLedger(office.preparer, facts)).toThrow('差一分也不能建账')
    const empty = moneyOffice(1, false)
    const { maintenance: bookId, complexId, paper } = empty
    expect(openHouseholdLedger(empty.bookkeeper, { bookId, complexId, date: JUNE, attachments: [paper] })).toBeNull()
    expect(openingFromRegister(empty.ledger, bookId, complexId).isBegun).toBe(true)
  })
})

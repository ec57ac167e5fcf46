/** Gains reach the households: drafted, posted, reversed as a whole, never twice for the same days. */
import { describe, expect, it } from 'vitest'
import { ACCOUNT } from '#core/voucher/chart.ts'
import { parseDate, type BusinessDate } from '#core/calendar.ts'
import { parseYuan } from '#core/money.ts'
import { credit, debit } from '#core/voucher/voucher.ts'
import { prepareReversal } from '#services/voucher/correction.ts'
import { listGainCredits, prepareGain, previewGain, type GainRequest } from '#services/household/gain.ts'
import { complexBalances, householdBalance } from '#services/household/household-entry.ts'
import { setPolicyValue } from '#services/policy/policy.ts'
import { verifyLedger } from '#services/verify.ts'
import { voidDraft } from '#services/voucher/voucher-draft.ts'
import { addRoom, moneyOffice, type MoneyOffice } from './household-money-office.ts'
import { PASSWORD } from '../office.ts'

const yuan = parseYuan
const END = parseDate('2025-09-30')

/** Three rooms that paid on three days, and gains waiting in 3101. */
function officeWith(regime: string, gains: string, rules: Readonly<Record<string, unknown>> = {}): MoneyOffice {
  const office = moneyOffice(3)
  for (const [key, value] of Object.entries({ 'gain.regime': regime, ...rules })) {
    setPolicyValue(office.head, {
      profileCode: 'AH-TONGLING', key, value, validFrom: '2025-01-01', source: '示例市维修资金办法', reason: '测试',
    }, { login: 'li', password: PASSWORD })
  }
  const days = ['2025-01-01', '2025-04-01', '2025-07-01'].map((day) => parseDate(day))
  days.forEach((day, index) => { office.contribute(day, [{ householdId: office.room(index), amountFen: yuan('1000') }]) })
  earn(office, gains, parseDate('2025-09-21'))
  return office
}

function earn(office: MoneyOffice, amount: string, date: BusinessDate): void {
  const { maintenance: bookId } = office
  office.post({
    bookId, date, lines: [
      office.line(bookId, ACCOUNT.demandDeposit, debit(yuan(amount))),
      office.line(bookId, ACCOUNT.undistributedGains, credit(yuan(amount))),
    ],
  })
}

function request(office: MoneyOffice, more: Partial<GainRequest> = {}): GainRequest {
  return { complexId: office.complexId, from: parseDate('2025-01-01'), to: END, date: END, amountFen: null, ...more }
}

function damages(office: MoneyOffice): readonly string[] {
  const steps = verifyLedger(office.ledger)
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value.damages.map(({ code }) => code)
  }
}

describe('by balance-days (F)', () => {
  it('the whole of 3101 reaches the households as interest, in proportion to amount and days', () => {
    const office = officeWith('F', '54.80')
    // 273, 183 and 92 days.
    const { draftId } = prepareGain(office.preparer, request(office))
    office.accept(draftId)
    const interest = [0, 1, 2].map((index) => householdBalance(office.ledger, office.room(index)).interest)
    expect(interest).toEqual([yuan('27.30'), yuan('18.30'), yuan('9.20')])
    expect(damages(office)).toEqual([])
    expect(() => previewGain(office.ledger, request(office, { from: parseDate('2025-10-01'), to: parseDate('2025-10-02'),
      date: parseDate('2025-10-02') }))).toThrow('没有可计入分户账的收益')
  })

  it('cannot give more than there is, nor end after its voucher', () => {
    const office = officeWith('F', '10')
    expect(() => previewGain(office.ledger, request(office, { amountFen: yuan('10.01') }))).toThrow('还差 0.01 元')
    expect(() => previewGain(office.ledger, request(office, { date: parseDate('2025-09-29') }))).toThrow('不能早于计息期的最后一天')
  })

  it('pays no day twice, until the draft is void or the voucher reversed; the red one gives back every household', () => {
    const office = officeWith('F', '54.80')
    const first = prepareGain(office.preparer, request(office, { amountFen: yuan('20') }))
    expect(() => prepareGain(office.preparer, request(office, { from: END, amountFen: yuan('1') }))).toThrow('已经计入分户账')
    voidDraft(office.preparer, first.draftId, '金额有误')
    const posted = office.accept(prepareGain(office.preparer, request(office)).draftId)
    const before = complexBalances(office.ledger, office.complexId, END)
    const { reversal } = prepareReversal(office.preparer, { voucherId: posted.id, date: END, reason: '利率有误' })
    office.accept(reversal)
    expect(before).toHaveLength(6)
    expect(complexBalances(office.ledger, office.complexId, END).map(({ balanceFen }) => balanceFen))
      .toEqual([yuan('1000'), yuan('1000'), yuan('1000')])
    office.accept(prepareGain(office.preparer, request(office)).draftId)
    expect(listGainCredits(office.ledger, office.complexId, 10).map(({ state }) => state)).toEqual(['posted', 'reversed', 'void'])
  })

  it('reaches sold public housing in its own fund', () => {
    const office = officeWith('F', '100')
    const sold = addRoom(office, '801', { nature: 'soldPublic' })
    office.contribute(parseDate('2025-01-01'), [
      { householdId: sold, amountFen: yuan('1000') }, { householdId: sold, part: 'sellerPrincipal', amountFen: yuan('3000') },
    ])
    office.accept(prepareGain(office.preparer, request(office)).draftId)
    const { interest, sellerInterest } = householdBalance(office.ledger, sold)
    expect(sellerInterest).toBeGreaterThan(interest * 2.9)
    expect(damages(office)).toEqual([])
  })
})

describe('by rate', () => {
  it('under C takes the interest year from July, and leaves the rest in 3101', () => {
    const rules = { 'gain.yearStartMonth': 7, 'gain.oneYearRate': '1.5', 'deposit.demandRate': '0.35' }
    const office = officeWith('C', '100', rules)
    const preview = previewGain(office.ledger, request(office, { from: parseDate('2025-03-01') }))
    expect([preview.from, preview.to]).toEqual(['2024-07-01', '2025-06-30'])
    // Both paid in during the year: 181 and 91 days at demand.
    expect(preview.rows.map(({ gainFen }) => gainFen)).toEqual([yuan('1.74'), yuan('0.87')])
    expect(preview.leftFen).toBe(yuan('97.39'))
  })

  it('asks for the rate it lacks, and for what 3101 lacks', () => {
    const bare = officeWith('E', '100', { 'gain.yearStartMonth': 7 })
    expect(() => previewGain(bare.ledger, request(bare))).toThrow('固定利率')
    const poor = officeWith('E', '0.01', { 'gain.yearStartMonth': 7, 'gain.flatRate': '3' })
    expect(() => previewGain(poor.ledger, request(poor))).toThrow('请先做月末结转')
  })
})

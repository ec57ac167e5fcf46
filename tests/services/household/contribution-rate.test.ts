import { describe, expect, it } from 'vitest'
import { parseDate } from '#core/calendar.ts'
import { contributionRates, setContributionRates, type RateChange } from '#services/household/contribution-rate.ts'
import { householdDue } from '#services/household/household-account.ts'
import { PASSWORD } from '../office.ts'
import { addRoom, moneyOffice } from './household-money-office.ts'

const SECOND = { login: 'li', password: PASSWORD }
const CHANGE: RateChange = {
  profileCode: 'AH-TONGLING', validFrom: '2025-03-01', source: '示例建房〔2025〕3号', reason: '录入首期标准',
  rates: { lift: '80', noLift: '40.00', price: ' ' },
}

describe('the rates of a city', () => {
  it('are filled in together, hold from their day, and give the first contribution by kind of building', () => {
    const office = moneyOffice(0)
    const facts = { areaDm2: 10_050, firstDueFen: null }
    const high = addRoom(office, '2001', { ...facts, hasLift: true })
    const low = addRoom(office, '101', facts)
    expect(householdDue(office.ledger, high, parseDate('2025-06-01')).first).toBeNull()
    setContributionRates(office.head, CHANGE, SECOND)
    const due = (id: typeof high, date: string) => householdDue(office.ledger, id, parseDate(date)).first?.amountFen ?? null
    expect([due(high, '2025-06-01'), due(low, '2025-06-01')]).toEqual([804_000, 402_000])
    expect(due(high, '2025-02-28')).toBeNull()
  })

  it('keep every earlier entry with its paper and both persons', () => {
    const { head, ledger } = moneyOffice(0)
    setContributionRates(head, CHANGE, SECOND)
    setContributionRates(head, { ...CHANGE, validFrom: '2025-07-01', rates: { lift: '95.50' } }, SECOND)
    const { inForce, history } = contributionRates(ledger, 'AH-TONGLING', parseDate('2025-07-01'))
    expect(inForce.map(({ rate, text }) => [rate, text])).toEqual([
      ['lift', '95.50'], ['noLift', '40.00'], ['otherUse', null], ['price', null],
    ])
    expect(history.map(({ rate, text, validFrom, approvedBy }) => [rate, text, validFrom, approvedBy])).toEqual([
      ['lift', '95.50', '2025-07-01', '李审核'], ['lift', '80.00', '2025-03-01', '李审核'], ['noLift', '40.00', '2025-03-01', '李审核'],
    ])
  })

  it('are refused at their field, empty, at zero, or confirmed by the same person', () => {
    const { head } = moneyOffice(0)
    const set = (rates: RateChange['rates'], login = 'li') => () => {
      setContributionRates(head, { ...CHANGE, rates }, { login, password: PASSWORD })
    }
    expect(set({})).toThrow('至少填写一项')
    expect(set({ lift: '0' })).toThrow(expect.objectContaining({ code: 'rate.zero', field: 'rates.lift' }))
    expect(set({ lift: '八十' })).toThrow(expect.objectContaining({ field: 'rates.lift' }))
    expect(set({ lift: '80' }, 'zhao')).toThrow(expect.objectContaining({ code: 'user.samePerson' }))
  })
})

import { describe, expect, it } from 'vitest'
import { parseDate } from '#core/calendar.ts'
import { parseYuan } from '#core/money.ts'
import { adoptArea, householdAreas, recordArea } from '#services/register/household-area.ts'
import { householdRow } from '#services/register/household-record.ts'
import { householdDue } from '#services/household/household-account.ts'
import { addRoom, moneyOffice } from '../household/household-money-office.ts'

const DAY = parseDate('2025-06-01')

/** 100 m² at 50 yuan/m²: 5,000.00 due and paid. */
function paidRoom(more: Parameters<typeof addRoom>[2] = {}) {
  const office = moneyOffice(1)
  const room = addRoom(office, '501', { areaDm2: 10_000, rateFen: parseYuan('50'), firstDueFen: parseYuan('5000'), ...more })
  office.contribute(DAY, [{ householdId: room, amountFen: parseYuan('5000') }])
  const record = (source: 'certificate' | 'survey' | 'contract', areaDm2: number, onDate = DAY) => {
    recordArea(office.preparer, room, { source, areaDm2, onDate, basis: `${source} 号` })
  }
  const areas = () => householdAreas(office.ledger, room, office.clock.today())
  return { office, room, record, areas }
}

describe('the area of a household', () => {
  it('counts by certificate, else survey, else contract, the newest of each, whatever was recorded first', () => {
    const { record, areas } = paidRoom()
    record('contract', 10_000)
    expect(areas().counting?.source).toBe('contract')
    record('survey', 10_120)
    record('survey', 10_100, parseDate('2025-05-01'))
    expect([areas().counting?.areaDm2, areas().differenceDm2]).toEqual([10_120, 120])
    record('certificate', 9_980)
    expect(areas()).toMatchObject({ counting: { source: 'certificate', areaDm2: 9_980 }, differenceDm2: -20 })
    expect(areas().areas.map(({ source }) => source)).toEqual(['certificate', 'survey', 'contract'])
  })

  it('settles the contribution by rate: more area is paid in addition, less is paid back', () => {
    const { office, room, record, areas } = paidRoom()
    record('survey', 10_120)
    expect(areas().settlement).toEqual({
      beforeFen: parseYuan('5000'), afterFen: parseYuan('5060'), settleFen: parseYuan('60'),
    })
    adoptArea(office.preparer, room, office.clock.today())
    expect(householdRow(office.ledger, room)).toMatchObject({ areaDm2: 10_120, firstDueFen: parseYuan('5060') })
    expect(householdDue(office.ledger, room, office.clock.today()).owedFen).toBe(parseYuan('60'))
    expect(() => { adoptArea(office.preparer, room, office.clock.today()) }).toThrow('不用变更')
    record('certificate', 9_900)
    expect(areas().settlement?.settleFen).toBe(parseYuan('-50'))
  })

  it('leaves a contribution alone that was not reckoned by area', () => {
    const { office, room, record, areas } = paidRoom({ rateFen: null, priceFen: parseYuan('500000') })
    record('certificate', 9_900)
    expect(areas()).toMatchObject({ differenceDm2: -100, settlement: null })
    adoptArea(office.preparer, room, office.clock.today())
    expect(householdRow(office.ledger, room)).toMatchObject({ areaDm2: 9_900, firstDueFen: parseYuan('5000') })
  })

  it('is refused without its paper or from tomorrow', () => {
    const { office, room } = paidRoom()
    const facts = { source: 'survey' as const, areaDm2: 9_900, onDate: DAY, basis: ' ' }
    expect(() => { recordArea(office.preparer, room, facts) }).toThrow('请写明依据')
    const late = { ...facts, basis: '1 号', onDate: parseDate('2099-01-01') }
    expect(() => { recordArea(office.preparer, room, late) }).toThrow('不能晚于今天')
    expect(() => { adoptArea(office.preparer, room, office.clock.today()) }).toThrow('还没有登记面积')
  })
})

import { describe, expect, it } from 'vitest'
import { parseDate } from '#core/calendar.ts'
import { parseYuan } from '#core/money.ts'
import { idleBehind, LOSS_GROUPS, lossMeter, overdueBehind } from '#services/deposit/deposit-loss.ts'
import { place, setPolicy } from './due-office.ts'
import { makeOffice } from '../office.ts'

const scope = { from: parseDate('2025-01-01'), today: parseDate('2025-10-08'), complexId: null }

/** Two certificates 20 days overdue; 400,000.00 idle for 280 days, of which 100,000.00 is the reserve. */
function withLosses() {
  const office = makeOffice({ openedOn: '2024-01-01', today: '2025-10-08' })
  office.receive(office.maintenance, '4001', '2400000.00', '2024-01-02')
  place(office, { no: '0001', yuan: '1000000.00', valueDate: '2024-09-18', months: 12 })
  place(office, { no: '0002', yuan: '1000000.00', valueDate: '2024-09-18', months: 12 })
  return office
}

function withRates() {
  const office = withLosses()
  setPolicy(office, 'deposit.idleReserve', '100000.00')
  setPolicy(office, 'deposit.referenceRate', '0.95')
  setPolicy(office, 'deposit.demandRate', '0.05')
  return office
}

describe('the lost-interest meter', () => {
  it('names the settings that are missing instead of valuing idle money by a rate of its own', () => {
    const office = withLosses()
    const meter = lossMeter(office.ledger, 'complex', scope)
    expect(meter.missing.map(({ key }) => key)).toEqual(['deposit.idleReserve', 'deposit.referenceRate', 'deposit.demandRate'])
    expect(meter.totals).toMatchObject({ overdueCount: 2, overdueLostFen: parseYuan('1611.12'), idleFen: 0, idleLostFen: 0 })
  })

  it('adds overdue certificates and idle money per complex', () => {
    const office = withRates()
    const { missing, rows } = lossMeter(office.ledger, 'complex', scope)
    expect({ missing, rows }).toEqual({
      missing: [],
      rows: [{
        key: String(office.complexId), name: '示例花园', overdueCount: 2, overdueFen: parseYuan('2000000.00'),
        overdueLostFen: parseYuan('1611.12'), idleFen: parseYuan('300000.00'),
        // 300,000.00 × (0.95 % − 0.05 %) × 280 ÷ 360
        idleLostFen: parseYuan('2100.00'), inYearFen: parseYuan('2700.00'), lostFen: parseYuan('3711.12'),
      }],
    })
  })

  it('has the same total whichever way it is grouped, and every row adds up from what stands behind it', () => {
    const office = withRates()
    const meters = LOSS_GROUPS.map((group) => ({ group, meter: lossMeter(office.ledger, group, scope) }))
    for (const { group, meter } of meters) {
      expect(meter.totals).toEqual(meters[0]?.meter.totals)
      for (const row of meter.rows) {
        const certificates = overdueBehind(office.ledger, { ...scope, group, key: row.key, limit: 100 })
        const accounts = idleBehind(office.ledger, scope, group, row.key)
        expect(certificates.reduce((sum, each) => sum + each.lostFen, 0)).toBe(row.overdueLostFen)
        expect(certificates).toHaveLength(row.overdueCount)
        expect(accounts.reduce((sum, each) => sum + each.lostFen, 0)).toBe(row.idleLostFen)
      }
    }
    expect(meters.map(({ meter }) => meter.rows[0]?.name)).toEqual(['示例花园', '示例银行', '张制单'])
  })

  it('counts idle money only from the day asked for, and only while it stood', () => {
    const office = withRates()
    office.receive(office.maintenance, '4001', '600000.00', '2025-09-28')
    const [account] = idleBehind(office.ledger, { ...scope, from: parseDate('2025-09-08') }, 'bank', '示例银行')
    // Twenty days of 300,000.00 and ten of 900,000.00 above the reserve.
    expect(account).toMatchObject({ idleFen: parseYuan('900000.00'), days: 30, lostFen: parseYuan('375.00'), personName: '张制单' })
  })

  it('keeps idle money nobody has placed from apart', () => {
    const office = makeOffice({ openedOn: '2025-01-01', today: '2025-10-08' })
    office.receive(office.maintenance, '4001', '400000.00', '2025-01-02')
    setPolicy(office, 'deposit.idleReserve', '0.00')
    setPolicy(office, 'deposit.referenceRate', '0.95')
    setPolicy(office, 'deposit.demandRate', '0.05')
    expect(lossMeter(office.ledger, 'person', scope).rows).toMatchObject([
      { key: '', name: '', overdueCount: 0, idleFen: parseYuan('400000.00') },
    ])
  })

  it('pages through the certificates behind a row', () => {
    const office = withRates()
    const behind = { ...scope, group: 'bank' as const, key: '示例银行', limit: 1 }
    const [first] = overdueBehind(office.ledger, behind)
    if (first === undefined) throw new Error('nothing is overdue')
    expect(overdueBehind(office.ledger, { ...behind, after: first }).map(({ certificateNo }) => certificateNo)).toEqual(['0002'])
  })
})

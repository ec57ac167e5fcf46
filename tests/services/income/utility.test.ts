import { describe, expect, it } from 'vitest'
import { parseDate, parseQuarter } from '#core/calendar.ts'
import type { UtilityBillId } from '#core/id.ts'
import { parseYuan } from '#core/money.ts'
import type { UtilityBill } from '#core/income/utility.ts'
import { quarterView } from '#services/income/quarter.ts'
import { recordUtilityBill, utilityBills, withdrawUtilityBill } from '#services/income/utility.ts'
import { makeOffice, type Office } from '../office.ts'

const QUARTER = parseQuarter('2025Q3')

const BILL: UtilityBill = {
  kind: 'power', place: '1 号总表', coversFrom: parseDate('2025-07-01'), coversTo: parseDate('2025-09-30'),
  reading: { previousMilli: 1_000_000, currentMilli: 1_046_500, multiplier: 40 }, meterNote: '', unitPriceMicro: 533_000,
  amountFen: parseYuan('991.38'), paidFrom: 'owners', shareBasis: 'area', document: '账单 202509',
}

function record(office: Office, change: Partial<UtilityBill> = {}): UtilityBillId {
  return recordUtilityBill(office.preparer, office.complexId, { ...BILL, ...change })
}

describe('shared water, power and lift upkeep', () => {
  it('stands on the sheet of the quarter its period ends in, outside the public income', () => {
    const office = makeOffice()
    const before = quarterView(office.ledger, office.clock, office.complexId, QUARTER).sheet
    record(office)
    const { sheet, utilityBills: bills } = quarterView(office.ledger, office.clock, office.complexId, QUARTER)
    expect(sheet.utilities).toEqual([
      {
        id: `bill${bills[0]?.id ?? 0}`, item: '公共用电：1 号总表', period: '2025年7至9月', usage: '1,860 千瓦时',
        amount: { amount: parseYuan('991.38'), refs: [] }, paidFrom: '业主分摊（按面积）',
      },
    ])
    expect(sheet.closing).toEqual(before.closing)
    expect(utilityBills(office.ledger, office.complexId, parseQuarter('2025Q4'))).toEqual([])
    expect(bills[0]).toMatchObject({ ...BILL, recordedBy: '张制单' })
  })

  it('goes on where the meter stood; other meters are no concern of it', () => {
    const office = makeOffice()
    record(office)
    expect(() => record(office)).toThrow('已登记到 2025-09-30')
    const next = { coversFrom: parseDate('2025-10-01'), coversTo: parseDate('2025-10-08') }
    expect(() => record(office, next)).toThrow('上次登记的表底数是 1046.5')
    const reading = { previousMilli: 1_046_500, currentMilli: 1_093_000, multiplier: 40 }
    record(office, { ...next, reading })
    record(office, { place: '2 号总表' })
    expect(utilityBills(office.ledger, office.complexId, QUARTER)).toHaveLength(2)
  })

  it('is withdrawn once, with a reason, and may then be entered again', () => {
    const office = makeOffice()
    const id = record(office)
    expect(() => withdrawUtilityBill(office.preparer, id, ' ')).toThrow('原因')
    withdrawUtilityBill(office.preparer, id, '金额登错')
    expect(() => withdrawUtilityBill(office.preparer, id, '再撤一次')).toThrow('已经撤回')
    expect(utilityBills(office.ledger, office.complexId, QUARTER)).toEqual([])
    record(office)
    expect(utilityBills(office.ledger, office.complexId, QUARTER)).toHaveLength(1)
    const logged = office.ledger.sqlite.prepare("SELECT action FROM operation WHERE action LIKE 'utility.%' ORDER BY id")
    expect(logged.pluck().all()).toEqual(['utility.record', 'utility.withdraw', 'utility.record'])
  })

  it('is entered by those who prepare, not by a reviewer', () => {
    const office = makeOffice()
    expect(() => recordUtilityBill(office.reviewer, office.complexId, BILL)).toThrow()
    expect(utilityBills(office.ledger, office.complexId, QUARTER)).toEqual([])
  })
})

/** Counting certificates and bonds as they stood on a day, against the book of that day. */
import { expect, it } from 'vitest'
import { parseDate } from '#core/calendar.ts'
import { parseYuan, ZERO_FEN } from '#core/money.ts'
import { inventoryOf } from '#services/deposit/certificate-inventory.ts'
import { withdrawEarly } from '#services/deposit/deposit-early.ts'
import { undoLastOperation } from '#services/deposit/deposit-undo.ts'
import { DEMAND, funded, place, post, START } from './deposit-office.ts'
import type { Office } from '../office.ts'

const on = (office: Office, day: string) =>
  inventoryOf(office.ledger, office.clock, office.maintenanceBank, parseDate(day))

const numbers = (office: Office, day: string) => on(office, day).certificates.map((one) => [one.certificateNo, one.principalFen])

it('a day before the certificate was placed knows nothing of it, a later one does, and both tie out', () => {
  const office = funded()
  place(office, 'A', '1000000.00')
  expect(on(office, '2025-01-07')).toMatchObject({ certificates: [], certificatesFen: 0, ledgerFen: 0 })
  expect(on(office, '2025-01-08')).toMatchObject({ certificatesFen: parseYuan('1000000.00'), certificateDifferenceFen: 0 })
})

it('what was left after a part was withdrawn counts from that day on, under its new number', () => {
  const office = funded()
  const id = place(office, 'A', '1000000.00')
  post(office, withdrawEarly(office.preparer, {
    certificateId: id, date: parseDate('2025-03-10'), amountFen: parseYuan('400000.00'), newCertificateNo: 'B',
    demandRateMicro: DEMAND, interestPaidFen: ZERO_FEN, differenceReason: '银行另行付息', attachments: [office.paper],
  }))
  expect(numbers(office, '2025-03-09')).toEqual([['A', parseYuan('1000000.00')]])
  expect(numbers(office, '2025-03-10')).toEqual([['B', parseYuan('600000.00')]])
  for (const day of ['2025-03-09', '2025-03-10', '2025-12-20']) expect(on(office, day).certificateDifferenceFen).toBe(0)
})

it('a placing taken back in red counts until the day of the reversal', () => {
  const office = funded()
  const id = place(office, 'A', '1000000.00')
  post(office, undoLastOperation(office.preparer, id, { date: parseDate('2025-02-10'), reason: '存错账户' }))
  expect(numbers(office, '2025-02-09')).toEqual([['A', parseYuan('1000000.00')]])
  expect(numbers(office, '2025-02-10')).toEqual([])
  expect(on(office, '2025-02-10').certificateDifferenceFen).toBe(0)
})

it('treasury bonds are counted apart, against 1101, and never against the bank’s confirmation', () => {
  const office = funded()
  place(office, 'A', '1000000.00')
  place(office, 'GZ-1', '500000.00', { product: 'treasuryBond', term: { unit: 'months', count: 36 } })
  expect(on(office, '2025-12-20')).toMatchObject({
    certificates: [{ certificateNo: 'A' }], certificatesFen: parseYuan('1000000.00'), certificateDifferenceFen: 0,
    bonds: [{ certificateNo: 'GZ-1' }], bondsFen: parseYuan('500000.00'), bondLedgerFen: parseYuan('500000.00'),
    bondDifferenceFen: 0,
  })
  expect(inventoryOf(office.ledger, office.clock, office.maintenanceBank, START).bonds).toHaveLength(1)
})

it('a day to come cannot be counted', () => {
  const office = funded()
  expect(() => on(office, '2025-12-21')).toThrow('盘点基准日不能晚于今天')
})

/** Month-end closing where commodity and sold public housing live in one complex (财会〔2020〕7号 §1). */
import { expect, it } from 'vitest'
import { lastDayOfMonth, parseDate, parseMonth } from '#core/calendar.ts'
import { fen, parseYuan, type Fen } from '#core/money.ts'
import { closingPreview, openIncomeAndExpenditure, prepareClosingVouchers } from '#services/voucher/closing.ts'
import { prepareReversal } from '#services/voucher/correction.ts'
import { statutoryStatements } from '#services/voucher/statutory.ts'
import { prepareRefund } from '#services/household/household-refund.ts'
import { addRoom, moneyOffice } from '../household/household-money-office.ts'

const JUNE = parseMonth('2025-06')
const DAY = parseDate('2025-06-10')
const yuan = parseYuan

/** 101 is commodity, 901 sold public housing with two payers. */
function mixedOffice() {
  const office = moneyOffice(1)
  const sold = addRoom(office, '901', { nature: 'soldPublic' })
  office.contribute(DAY, [{ amountFen: yuan('700') }])
  office.contribute(DAY, [
    { householdId: sold, amountFen: yuan('200') }, { householdId: sold, part: 'sellerPrincipal', amountFen: yuan('100') },
  ])
  const balance = (code: string): Fen => fen(office.ledger
    .prepare<[number, string], { readonly fen: number }>(
      `SELECT coalesce(sum(l.credit_fen - l.debit_fen), 0) AS fen FROM voucher_line l JOIN account a ON a.id = l.account_id
       WHERE a.book_id = ? AND a.code = ?`,
    )
    .get(office.maintenance, code)?.fen ?? 0)
  const close = () => prepareClosingVouchers(office.preparer, office.maintenance, JUNE).map(office.accept)
  const funds = () => {
    const { balanceSheet, netAssets, tieOuts } = statutoryStatements(office.ledger, {
      bookId: office.maintenance, period: { kind: 'month', month: JUNE }, withHouseholds: true,
    })
    expect(tieOuts.filter(({ holds }) => !holds)).toEqual([])
    const row = (key: string) => balanceSheet.claims.find((each) => each.key === key)
    const behind = row('3002')?.parts.reduce((sum, { amounts }) => sum + (amounts[1] ?? 0), 0)
    expect(behind).toBe(row('3002')?.amounts[1])
    for (const { key, amounts, parts } of netAssets.rows) {
      const together = amounts.map((_, column) => parts.reduce((sum, part) => sum + (part.amounts[column] ?? 0), 0))
      expect([key, together]).toEqual([key, amounts])
    }
    const closing = netAssets.rows.find(({ key }) => key === 'closing')?.amounts
    expect(closing?.slice(0, 2)).toEqual([row('3001')?.amounts[1], row('3002')?.amounts[1]])
    return closing?.slice(0, 2)
  }
  return { office, sold, balance, close, funds }
}

it('each kind closes into its own fund, and the statements say the same before and after', () => {
  const { office, balance, close, funds } = mixedOffice()
  expect(closingPreview(office.ledger, office.maintenance, JUNE).entries.map(({ code, targetCode, debitFen }) =>
    [code, targetCode, debitFen])).toEqual([['4001', '3001', yuan('700')], ['4001', '3002', yuan('300')]])
  expect(funds()).toEqual([yuan('700'), yuan('300')])
  close()
  expect([balance('4001'), balance('3001'), balance('3002')]).toEqual([0, yuan('700'), yuan('300')])
  expect(funds()).toEqual([yuan('700'), yuan('300')])
  expect(openIncomeAndExpenditure(office.ledger, office.maintenance, lastDayOfMonth(JUNE))).toEqual([])
})

it('what comes later closes alone, a refund leaves the other kind as it was, and a closing taken back opens all again', () => {
  const { office, sold, balance, close, funds } = mixedOffice()
  const [first] = close()
  // 150 back to one, 150 in from the other: the account is even, the funds are not.
  office.accept(prepareRefund(office.preparer, {
    householdId: sold, date: DAY, parts: [{ part: 'principal', amountFen: yuan('150') }], bankAccountId: office.maintenanceBank,
    reason: '退房', attachments: [office.paper],
  }))
  office.contribute(DAY, [{ amountFen: yuan('150') }])
  expect(balance('4001')).toBe(0)
  expect(openIncomeAndExpenditure(office.ledger, office.maintenance, lastDayOfMonth(JUNE))).toMatchObject([
    { code: '4001', balanceFen: 0, publicFen: yuan('150') },
  ])
  expect(funds()).toEqual([yuan('850'), yuan('150')])
  close()
  expect([balance('3001'), balance('3002')]).toEqual([yuan('850'), yuan('150')])
  if (first === undefined) throw new Error('nothing was closed')
  office.accept(prepareReversal(office.preparer, { voucherId: first.id, date: lastDayOfMonth(JUNE), reason: '补记' }).reversal)
  expect(funds()).toEqual([yuan('850'), yuan('150')])
  close()
  expect([balance('4001'), balance('3001'), balance('3002')]).toEqual([0, yuan('850'), yuan('150')])
})

it('a complex of sold public housing alone closes whole into 3002 without a sub-ledger', () => {
  const office = moneyOffice(0, false)
  addRoom(office, '901', { nature: 'soldPublic' })
  office.receive(office.maintenance, '4001', '500.00', '2025-06-10')
  const preview = closingPreview(office.ledger, office.maintenance, JUNE)
  expect(preview.entries.map(({ targetCode }) => targetCode)).toEqual(['3002'])
  addRoom(office, '902')
  expect(closingPreview(office.ledger, office.maintenance, JUNE).entries.map(({ targetCode }) => targetCode)).toEqual(['3001'])
})

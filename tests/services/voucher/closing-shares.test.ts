/** What becomes the households' only by the closing: scrap value (4301) and other expenditure (5901) carried to 3001, 3002. */
import { expect, it } from 'vitest'
import { lastDayOfMonth, parseDate, parseMonth } from '#core/calendar.ts'
import { parseYuan } from '#core/money.ts'
import { debit, credit } from '#core/voucher/voucher.ts'
import { householdAccount } from '#services/household/household-account.ts'
import { householdBalance } from '#services/household/household-entry.ts'
import { verifyHouseholds } from '#services/household/verify-households.ts'
import { setSetting } from '#services/office.ts'
import { closingPreview, openIncomeAndExpenditure, prepareClosingVouchers } from '#services/voucher/closing.ts'
import { prepareReversal } from '#services/voucher/correction.ts'
import { closePeriod } from '#services/voucher/period.ts'
import { statutoryStatements } from '#services/voucher/statutory.ts'
import { saveDraft } from '#services/voucher/voucher-draft.ts'
import { refusalOf } from './ledger-steps.ts'
import { addRoom, moneyOffice } from '../household/household-money-office.ts'

const JUNE = parseMonth('2025-06')
const DAY = parseDate('2025-06-10')
const yuan = parseYuan

/** 101 is commodity with 89.50 m², 901 sold public housing with twice as much. */
function scrapOffice() {
  const office = moneyOffice(1)
  const sold = addRoom(office, '901', { nature: 'soldPublic', areaDm2: 17_900 })
  const pass = (debitCode: string, creditCode: string, amount: string, day = DAY) => office.accept(saveDraft(office.preparer, {
    bookId: office.maintenance, kind: 'general', date: day, attachments: [office.paper],
    lines: [
      office.line(office.maintenance, debitCode, debit(yuan(amount))),
      office.line(office.maintenance, creditCode, credit(yuan(amount))),
    ],
  }))
  const close = () => prepareClosingVouchers(office.preparer, office.maintenance, JUNE).map(office.accept)
  const held = () => [office.room(0), sold].map((id) => householdBalance(office.ledger, id).totalFen)
  const funds = () => {
    const { balanceSheet, netAssets, tieOuts } = statutoryStatements(office.ledger, {
      bookId: office.maintenance, period: { kind: 'month', month: JUNE }, withHouseholds: true,
    })
    expect(tieOuts.filter(({ holds }) => !holds)).toEqual([])
    expect(netAssets.rows.find(({ key }) => key === 'closing')?.amounts.slice(0, 2))
      .toEqual(['3001', '3002'].map((key) => balanceSheet.claims.find((row) => row.key === key)?.amounts[1]))
    return netAssets.rows.find(({ key }) => key === 'closing')?.amounts.slice(0, 2)
  }
  return { office, sold, pass, close, held, funds }
}

it('scrap value goes to the households by area, each kind into its own fund, and the statements say so before and after', () => {
  const { office, sold, pass, close, held, funds } = scrapOffice()
  pass('1001.01', '4301', '100.00')
  expect(closingPreview(office.ledger, office.maintenance, JUNE).entries.map(({ targetCode, debitFen, households }) =>
    [targetCode, debitFen, households])).toEqual([['3001', yuan('33.33'), 1], ['3002', yuan('66.67'), 1]])
  expect(funds()).toEqual([yuan('33.33'), yuan('66.67')])
  close()
  expect(held()).toEqual([yuan('33.33'), yuan('66.67')])
  expect(funds()).toEqual([yuan('33.33'), yuan('66.67')])
  expect(openIncomeAndExpenditure(office.ledger, office.maintenance, lastDayOfMonth(JUNE))).toEqual([])
  expect(verifyHouseholds(office.ledger)).toEqual([])
  const account = householdAccount(office.ledger, sold, { from: DAY, to: lastDayOfMonth(JUNE) })
  expect(account.lines).toMatchObject([
    { movement: 'gain', part: 'interest', amountFen: yuan('66.67'), summary: expect.stringContaining('按面积落实到户') },
  ])
})

it('other expenditure is borne by what each holds, to the last fen of a household and never beyond', () => {
  const { office, sold, pass, close, held, funds } = scrapOffice()
  office.contribute(DAY, [{ amountFen: yuan('0.01') }, { householdId: sold, part: 'sellerPrincipal', amountFen: yuan('0.03') }])
  pass('5901', '1001.01', '0.03')
  close()
  expect(held()).toEqual([0, yuan('0.01')])
  expect(funds()).toEqual([0, yuan('0.01')])
  expect(verifyHouseholds(office.ledger)).toEqual([])
})

it('a closing taken back gives back to the household what it took, and closes the same again', () => {
  const { office, pass, close, held, funds } = scrapOffice()
  pass('1001.01', '4301', '100.00')
  const [first] = close()
  if (first === undefined) throw new Error('nothing was closed')
  office.accept(prepareReversal(office.preparer, { voucherId: first.id, date: lastDayOfMonth(JUNE), reason: '补记' }).reversal)
  expect(held()).toEqual([0, 0])
  expect(funds()).toEqual([yuan('33.33'), yuan('66.67')])
  close()
  expect(held()).toEqual([yuan('33.33'), yuan('66.67')])
  expect(verifyHouseholds(office.ledger)).toEqual([])
})

it('where nobody can bear it the closing says so and what to do, and the office’s other target needs nobody', () => {
  const { office, pass, close, held } = scrapOffice()
  pass('5901', '1001.01', '5.00')
  const prepare = () => prepareClosingVouchers(office.preparer, office.maintenance, JUNE)
  expect(refusalOf(prepare)).toMatchObject({ code: 'closing.households', message: expect.stringContaining('待分配累计收益') })
  setSetting(office.head, 'closing.otherExpenditure', '3101')
  close()
  expect(held()).toEqual([0, 0])
})

it('a closed month is not read again: the next one closes what happened since', () => {
  const { office, sold, pass, close, held } = scrapOffice()
  office.contribute(DAY, [{ amountFen: yuan('10') }, { householdId: sold, amountFen: yuan('20') }])
  pass('1001.01', '4301', '100.00')
  for (const month of ['2025-01', '2025-02', '2025-03', '2025-04', '2025-05'] as const) {
    closePeriod(office.bookkeeper, office.maintenance, parseMonth(month))
  }
  close()
  closePeriod(office.bookkeeper, office.maintenance, JUNE)
  const july = parseDate('2025-07-31')
  expect(openIncomeAndExpenditure(office.ledger, office.maintenance, july)).toEqual([])
  office.contribute(july, [{ householdId: sold, amountFen: yuan('7') }])
  expect(openIncomeAndExpenditure(office.ledger, office.maintenance, july))
    .toMatchObject([{ code: '4001', balanceFen: -yuan('7'), publicFen: -yuan('7') }])
  expect(held()).toEqual([yuan('43.33'), yuan('93.67')])
})

/** Contributions, gains, receipts and vouchers. */
import { parseDate } from '#core/calendar.ts'
import { parseYuan } from '#core/money.ts'
import { credit, debit } from '#core/voucher/voucher.ts'
import { addReceiptRange, voidReceipt } from '#services/household/receipt.ts'
import { registerHousehold } from '#services/register/household.ts'
import { setUpVault } from '#services/register/identity-vault.ts'
import { prepareReversal } from '#services/voucher/correction.ts'
import { addRoom, moneyOffice, type MoneyOffice } from '../household/household-money-office.ts'
import { makeOffice } from '../office.ts'
import { PASSPHRASE, person, PLAIN_HOUSEHOLD } from '../register/household-office.ts'
import { postWithoutPaper } from './finding-office.ts'
import { at, setLong, tamper, type Looked, type RulePairs } from './rule-pair.ts'

const JUNE = parseDate('2025-06-10')

function owing(paid: string): Looked {
  const office = moneyOffice(1)
  office.contribute(JUNE, [{ amountFen: parseYuan(paid) }])
  return at(office)
}

/** A room in an owner's name since May, beside one nobody owns yet. */
function titled(paid: string, isDeveloperHeld = false): Looked {
  const office = moneyOffice(1)
  setUpVault(office.head, PASSPHRASE)
  const id = registerHousehold(office.preparer, {
    effectiveOn: parseDate('2025-05-01'), reason: '按产权证登记', buildingId: office.building, owners: [person('王甲')],
    facts: { ...PLAIN_HOUSEHOLD, room: '201', firstDueFen: parseYuan('1000'), isDeveloperHeld },
  })
  office.contribute(JUNE, [{ householdId: id, amountFen: parseYuan(paid) }])
  return at(office)
}

/** 100.00 in 3101 since 2025-02-01, to be distributed within thirty days. */
function gains(): Looked {
  const office = makeOffice()
  setLong(office, 'check.undistributedDays', 30)
  const { maintenance: bookId } = office
  office.post({
    bookId, date: parseDate('2025-02-01'),
    lines: [office.line(bookId, '1001.01', debit(parseYuan('100'))), office.line(bookId, '3101', credit(parseYuan('100')))],
  })
  return at(office, '2025-03-04')
}

function subLedger(isTouched: boolean): Looked {
  const office = moneyOffice(1)
  office.contribute(JUNE, [{ amountFen: parseYuan('1000') }])
  tamper(office, ['household_entry'], (run) => {
    if (isTouched) run('UPDATE household_entry SET amount_fen = amount_fen - 1')
  })
  return at(office)
}

function withReceipts(...numbers: readonly string[]): MoneyOffice {
  const office = moneyOffice(numbers.length)
  addReceiptRange(office.preparer, { first: '皖A0001', last: '皖A0020', receivedOn: parseDate('2025-01-05') })
  office.contribute(JUNE, numbers.map((receipt, index) => ({ householdId: office.room(index), receipt })))
  return office
}

/** A contribution taken back, with its receipt still out there or called in. */
function takenBack(isCalledIn: boolean): Looked {
  const office = moneyOffice(1)
  addReceiptRange(office.preparer, { first: '皖A0001', last: '皖A0020', receivedOn: parseDate('2025-01-05') })
  const { id } = office.contribute(JUNE, [{ receipt: '皖A0001' }])
  office.accept(prepareReversal(office.preparer, { voucherId: id, date: JUNE, reason: '记错账户' }).reversal)
  if (isCalledIn) voidReceipt(office.preparer, { number: '皖A0001', reason: '记错账户', hasOriginal: true })
  return at(office)
}

/** 89.50 m² at 40.00 yuan. */
function reckoned(due: string): Looked {
  const office = moneyOffice(0)
  addRoom(office, '301', { rateFen: parseYuan('40.00'), firstDueFen: parseYuan(due) })
  return at(office)
}

function papered(hasPaper: boolean): Looked {
  const office = makeOffice()
  if (hasPaper) office.receive(office.publicIncome, '4001.01', '1.00', '2025-09-10')
  else postWithoutPaper(office, office.publicIncome, '2025-09-10')
  return at(office)
}

export const REGISTER_PAIRS: RulePairs = {
  'contribution.notHandedIn': { says: /1 户应交未交，合计 0.01 元/, told: () => owing('999.99'), quiet: () => owing('1000.00') },
  'contribution.titleUnpaid': {
    says: /1 户已登记业主而首期未交齐，差 0.01 元/, told: () => titled('999.99'), quiet: () => titled('1000.00'),
  },
  'gains.undistributed': { says: /已 31 天未分配到户/, told: gains, quiet: '2025-03-03' },
  'household.notEqualFund': { says: /相差 -0.01 元/, told: () => subLedger(true), quiet: () => subLedger(false) },
  'receipt.numbers': {
    says: /跳号 2 张：2、3/, told: () => at(withReceipts('皖A0001', '皖A0004')), quiet: () => at(withReceipts('皖A0001', '皖A0002')),
  },
  'receipt.amount': { says: /没有入账或已冲销；请收回票据作废/, told: () => takenBack(false), quiet: () => takenBack(true) },
  'contribution.standard': { says: /应交 3,580.00 元/, told: () => reckoned('3500.00'), quiet: () => reckoned('3580.00') },
  'voucher.noPaper': { says: /没有附件也没有对账单/, told: () => papered(false), quiet: () => papered(true) },
}

export const DEVELOPERS_ROOM = (): Looked => titled('1.00', true)

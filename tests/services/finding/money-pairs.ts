/** Deposits, accounts and collected money. */
import { parseDate } from '#core/calendar.ts'
import type { BankAccountId, ComplexId } from '#core/id.ts'
import { parseYuan } from '#core/money.ts'
import { credit, debit } from '#core/voucher/voucher.ts'
import { addBankAccount } from '#services/voucher/book.ts'
import { recordDecision } from '#services/decision.ts'
import { addComplex } from '#services/register/complex.ts'
import { withdrawCertificate } from '#services/deposit/deposit.ts'
import { postTransfer, prepareTransfer } from '#services/voucher/fund-transfer.ts'
import { postDrafts } from '#services/voucher/posting.ts'
import { reviewDraft } from '#services/voucher/voucher-draft.ts'
import { place } from '../deposit/due-office.ts'
import { makeOffice, type Office } from '../office.ts'
import { postWithoutPaper } from './finding-office.ts'
import { at, setLong, tamper, type Looked, type RulePairs } from './rule-pair.ts'

/** A certificate of six months, due on 2025-07-08. */
function placed(yuan: string) {
  const office = makeOffice()
  office.receive(office.maintenance, '4001', '2000000.00', '2025-01-05')
  return { office, certificateId: place(office, { no: '0001', yuan, valueDate: '2025-01-08', months: 6 }) }
}

/** 10,000.01 over a reserve of 10,000.00 from 2025-02-01 on. */
function idle(): Office {
  const office = makeOffice()
  setLong(office, 'deposit.idleReserve', '10000.00')
  setLong(office, 'check.idleDays', 30)
  office.receive(office.maintenance, '4001', '10000.01', '2025-02-01')
  return office
}

export function sharedAccount(office: Office, bookId: Office['maintenance'], number: string): BankAccountId {
  return addBankAccount(office.head, {
    bookId, complexId: null, bankName: '示例银行', branch: '', number, holderName: '示例市维修资金中心', isDedicated: false,
    openedOn: parseDate('2025-01-01'),
  })
}

export function anotherComplex(office: Office, code = 'B01'): ComplexId {
  return addComplex(office.head, {
    code, name: `示例家园${code}`, pinyin: 'sljy', address: '', managerName: '示例物业有限公司', holderName: '', hotline: '',
    profileCode: 'AH-TONGLING', hasAssembly: false, firstDepositFen: null,
  })
}

/** Money of `complexId` received into the account of that number. */
export function receiveInto(
  office: Office, into: { readonly complexId: ComplexId; readonly bankAccountId: BankAccountId }, yuan: string, date: string,
  bookId = office.maintenance,
): void {
  const { complexId, bankAccountId } = into
  office.post({
    bookId, date: parseDate(date),
    lines: [
      office.line(bookId, '1001.01', debit(parseYuan(yuan)), { complexId, bankAccountId }),
      office.line(bookId, bookId === office.maintenance ? '4001' : '4001.01', credit(parseYuan(yuan)), { complexId }),
    ],
  })
}

function collected(): Office {
  const office = makeOffice()
  setLong(office, 'check.handoverDays', 10)
  const { publicIncome: bookId } = office
  office.post({
    bookId, date: parseDate('2025-03-01'),
    lines: [office.line(bookId, '1201', debit(parseYuan('300'))), office.line(bookId, '4001.01', credit(parseYuan('300')))],
  })
  return office
}

function withdrawn(paid: string): Looked {
  const { office, certificateId } = placed('1000000.00')
  const draft = withdrawCertificate(office.preparer, {
    certificateId, date: parseDate('2025-07-08'), interestPaidFen: parseYuan(paid), attachments: [office.paper],
    differenceReason: paid === '7500.00' ? '' : '银行少付一分',
  })
  reviewDraft(office.reviewer, draft)
  postDrafts(office.bookkeeper, [draft])
  return at(office)
}

function held(holderName: string): Looked {
  const office = makeOffice()
  addBankAccount(office.head, {
    bookId: office.publicIncome, complexId: office.complexId, bankName: '示例银行', branch: '', number: '622200000001', holderName,
    isDedicated: false, openedOn: parseDate('2025-01-01'),
  })
  return at(office)
}

function transferred(decidedOn: string): Looked {
  const office = makeOffice()
  office.receive(office.publicIncome, '4001.02', '5000.00', '2025-07-01')
  const decisionId = recordDecision(office.head, {
    complexId: office.complexId, kind: 'assembly', number: '2025-3', title: '补充维修资金', decidedOn: parseDate(decidedOn),
    sha256: office.paper,
  })
  const { transferId, out, into } = prepareTransfer(office.preparer, {
    complexId: office.complexId, amountFen: parseYuan('3500.00'), date: parseDate('2025-09-30'), decisionId, summary: '补充维修资金',
    fromBankAccountId: office.publicIncomeBank, toBankAccountId: office.maintenanceBank,
  })
  for (const draft of [out, into]) reviewDraft(office.reviewer, draft)
  postTransfer(office.bookkeeper, transferId)
  return at(office)
}

function mixed(isMixed: boolean): Looked {
  const office = makeOffice()
  postWithoutPaper(office, office.maintenance, '2025-09-10')
  tamper(office, ['voucher_line'], (run) => {
    if (isMixed) run(`UPDATE voucher_line SET bank_account_id = ${office.publicIncomeBank} WHERE bank_account_id IS NOT NULL`)
  })
  return at(office)
}

/** Public income of a complex in the account of its own, or in one that several share. */
function publicIncome(isOwn: boolean): Looked {
  const office = makeOffice()
  const complexId = anotherComplex(office)
  const bankAccountId = isOwn
    ? addBankAccount(office.head, {
        bookId: office.publicIncome, complexId, bankName: '示例银行', branch: '', number: '622200000009',
        holderName: '示例家园业主大会', isDedicated: true, openedOn: parseDate('2025-01-01'),
      })
    : sharedAccount(office, office.publicIncome, '622200000009')
  receiveInto(office, { complexId, bankAccountId }, '100.00', '2025-03-01', office.publicIncome)
  return at(office)
}

function tendered(yuan: string): Looked {
  const { office } = placed(yuan)
  setLong(office, 'check.tenderAmount', '500000.00')
  return at(office)
}

export const MONEY_PAIRS: RulePairs = {
  'deposit.asleep': {
    says: /已逾期 1 天/, told: () => at(placed('10000.00').office, '2025-07-09'), quiet: '2025-07-08',
  },
  'deposit.idle': { says: /高于备付金额/, told: () => at(idle(), '2025-03-03'), quiet: '2025-03-02' },
  'income.notHandedOver': {
    says: /未转入专户/, told: () => at(collected(), '2025-03-12'), quiet: '2025-03-11',
  },
  'account.fundMixed': { says: /却动用公共收益账户/, told: () => mixed(true), quiet: () => mixed(false) },
  'account.holder': { says: /王小明/, told: () => held('王小明'), quiet: () => held('示例花园物业管理委员会') },
  'account.missing': { says: /没有登记本小区自己的专户/, told: () => publicIncome(false), quiet: () => publicIncome(true) },
  'account.transferDecision': {
    says: /到 2025-10-01 才作出/, told: () => transferred('2025-10-01'), quiet: () => transferred('2025-09-30'),
  },
  'deposit.interestDifference': { says: /少付 0.01 元/, told: () => withdrawn('7499.99'), quiet: () => withdrawn('7500.00') },
  'deposit.notTendered': { says: /没有对应的竞争性存放标段/, told: () => tendered('500000.00'), quiet: () => tendered('499999.99') },
}

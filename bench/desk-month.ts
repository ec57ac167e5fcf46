/**
 * A month at the reconciliation desk: one account with as many bank lines as book lines, each posted and imported as the product
 * does it. Of twenty lines sixteen answer one to one, two groups one to three; the rest stand alone, as at any month's end.
 */
import { addDays, firstDayOfMonth, monthOf, type BusinessDate } from '#core/calendar.ts'
import type { BankAccountId } from '#core/id.ts'
import { fen, plainYuan } from '#core/money.ts'
import { credit, debit } from '#core/voucher/voucher.ts'
import { importStatement, previewStatement } from '#services/statement/statement.ts'
import { bankAccountOf } from '#services/voucher/book.ts'
import { appendVoucher } from '#services/voucher/posting.ts'
import { foundBenchOffice, LAST_DAY, voucherAt, VOUCHERS_PER_TRANSACTION, type BenchOffice } from './generate.ts'

const MONTH = monthOf(LAST_DAY)
const FIRST_DAY = firstDayOfMonth(MONTH)
const DAYS = 30
/** The first pairs stand in the same order on both sides, so that a person can walk down both without looking. */
export const PAIRS = 100

type Entry = { readonly date: BusinessDate; readonly amountFen: number; readonly summary: string }
type Lines = { readonly bank: readonly Entry[]; readonly book: readonly Entry[] }

/** Knuth's multiplicative hash: scattered, and the same on every run. */
function scattered(index: number, below: number): number {
  return (Math.imul(index + 1, 2_654_435_761) >>> 8) % below
}

function partsOf(amount: number): readonly number[] {
  const [first, second] = [Math.trunc(amount / 4), Math.trunc(amount / 3)]
  return [first, second, amount - first - second]
}

function linesOf(count: number): Lines {
  const bank: Entry[] = []
  const book: Entry[] = []
  for (let index = 0; bank.length < count || book.length < count; index += 1) {
    const date = addDays(FIRST_DAY, Math.floor((index * DAYS) / count) % DAYS)
    const isPair = index < PAIRS
    const later = addDays(date, isPair ? 0 : scattered(index, 3))
    const size = index % 4 === 1 && !isPair ? 10_000 * (1 + scattered(index, 20)) : 100 + scattered(index, 9_000_000)
    const amount = index % 3 === 2 ? -Math.ceil(size / 4) : size
    const isGroup = index % 10 === 0 && !isPair
    const summary = `停车费第${index + 1}笔`
    const entry = (day: BusinessDate) => (amountFen: number): Entry => ({ date: day, amountFen, summary })
    const isAlone = index % 10 === 5 && !isPair
    if (!isAlone || index % 20 === 5) bank.push(...(isGroup && index % 20 === 10 ? partsOf(amount) : [amount]).map(entry(date)))
    const booked = later > LAST_DAY ? LAST_DAY : later
    if (!isAlone || index % 20 === 15) book.push(...(isGroup && index % 20 === 0 ? partsOf(amount) : [amount]).map(entry(booked)))
  }
  const inOrder = book.toSorted((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0))
  return { bank: bank.slice(0, count), book: inOrder.slice(0, count) }
}

function post(office: BenchOffice, bankAccountId: BankAccountId, entries: readonly Entry[]): void {
  const { ledger, publicIncome: { accounts } } = office
  const [demand, income, cost] = ['1001.01', '4001.01', '5001.01'].map((code) => accounts.get(code))
  for (let start = 0; start < entries.length; start += VOUCHERS_PER_TRANSACTION) {
    ledger.write(() => {
      for (const { date, amountFen, summary } of entries.slice(start, start + VOUCHERS_PER_TRANSACTION)) {
        const voucher = voucherAt(office, 0, date)
        const [line] = voucher.lines
        const isIn = amountFen > 0
        const other = isIn ? income : cost
        if (line === undefined || demand === undefined || other === undefined) {
          throw new Error('the bench office lacks an account')
        }
        const into = debit(fen(Math.abs(amountFen)))
        const from = credit(fen(Math.abs(amountFen)))
        appendVoucher(ledger, {
          ...voucher,
          lines: [
            { ...line, summary, accountId: demand, bankAccountId, ...(isIn ? into : from) },
            { ...line, summary, accountId: other, bankAccountId: null, ...(isIn ? from : into) },
          ],
        })
      }
    })
  }
}

/** A corporate account's download as 招商银行 lays it out, oldest first. */
function fileOf(account: string, entries: readonly Entry[]): Uint8Array {
  const plain = (date: BusinessDate): string => date.replaceAll('-', '')
  let balance = 0
  const rows = entries.map(({ date, amountFen, summary }, index) => {
    balance += amountFen
    const yuan = plainYuan(fen(Math.abs(amountFen)))
    const sides = amountFen > 0 ? `,${yuan}` : `${yuan},`
    return `${plain(date)},101522,网银转账,${sides},${plainYuan(fen(balance))},${summary},C${index + 1},示例传媒有限公司,`
  })
  return Buffer.from(
    [
      `# 账号: ${account},# 账户名称: 测速花园业主大会`,
      `# 查询开始日期,${plain(FIRST_DAY)},# 查询结束日期,${plain(LAST_DAY)}`,
      '交易日,交易时间,交易类型,借方金额,贷方金额,余额,摘要,流水号,收(付)方名称,收(付)方账号',
      ...rows,
      '',
    ].join('\r\n'),
  )
}

export type DeskMonth = { readonly path: string; readonly bankAccountId: BankAccountId; readonly month: string }

/** Writes the ledger and closes it, ready to be served. */
export function makeDeskMonth(folder: string, count: number): DeskMonth {
  const office = foundBenchOffice(folder, 'desk', { complexCount: 1 })
  const [bankAccountId] = office.publicIncome.banks
  if (bankAccountId === undefined) throw new Error('the bench office has no account')
  const { bank, book } = linesOf(count)
  post(office, bankAccountId, book)
  const { number } = bankAccountOf(office.ledger, bankAccountId)
  const file = { name: '对账单.csv', bytes: fileOf(number, bank) }
  importStatement(office.head, previewStatement(office.ledger, bankAccountId, file))
  const { path } = office.ledger
  office.ledger.close()
  return { path, bankAccountId, month: MONTH }
}

/**
 * One account kept in order: July and August matched, sealed and checked; September's statement is in, and waits to be
 * reconciled with two items in transit on either side. The bank's files follow from the book, as a bank's would.
 */
import { addDays, parseDate, parseMonth, type BusinessDate } from '#core/calendar.ts'
import { addFen, negateFen, parseYuan, plainYuan, ZERO_FEN, type Fen } from '#core/money.ts'
import { Problem } from '#core/problem.ts'
import { bankBalances } from '../voucher/balance.ts'
import { bankAccountByNumber } from '../voucher/book.ts'
import { openBookLines } from '../reconciliation/reconciliation-items.ts'
import { runMatching } from '../reconciliation/reconciliation-run.ts'
import { checkMonth, sealMonth } from '../reconciliation/reconciliation-seal.ts'
import { importStatement, previewStatement } from '../statement/statement.ts'
import type { Desk } from './desk.ts'
import type { SampleEvent } from './income.ts'

const ACCOUNT_NUMBER = '12345600000000001'
const SETTLED = { from: parseDate('2026-07-01'), to: parseDate('2026-08-31') }
const WAITING = { from: parseDate('2026-09-01'), to: parseDate('2026-09-30') }

type Row = { readonly date: BusinessDate; readonly amountFen: Fen; readonly party: string; readonly memo: string }

/** What the bank shows of the book's lines; a payment reaches it a day later. */
function atTheBank(desk: Desk, { from, to }: typeof SETTLED): readonly Row[] {
  const account = bankAccountByNumber(desk.ledger, ACCOUNT_NUMBER)
  return openBookLines(desk.ledger, account.id, { from, asOf: to }).map(({ date, amountFen, summary }) => {
    const [memo = '', party = ''] = summary.replace(/^收/, '').split(' ')
    return { date: amountFen < 0 ? addDays(date, 1) : date, amountFen, party, memo }
  })
}

/** A corporate download as 农业银行 lays it out, oldest first, with the balance after each row. */
function fileOf(rows: readonly Row[], { from, to }: typeof SETTLED, openingFen: Fen): Uint8Array {
  let balance: Fen = openingFen
  const compact = (date: BusinessDate): string => date.replaceAll('-', '')
  const lines = rows.toSorted((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0)).map((row, index) => {
    balance = addFen(balance, row.amountFen)
    const sides = row.amountFen > 0 ? [plainYuan(row.amountFen), ''] : ['', plainYuan(negateFen(row.amountFen))]
    const time = `${compact(row.date)} 10:${String(10 + index).padStart(2, '0')}:00`
    return [time, ...sides, plainYuan(balance), '', '', '', row.party, row.memo].join(',')
  })
  return Buffer.from([
    `账号,${ACCOUNT_NUMBER}`,
    `查询起止日期,${compact(from)}-${compact(to)}`,
    '交易时间,收入金额,支出金额,账户余额,交易行名,对方省市,对方账号,对方户名,交易用途',
    ...lines,
    '',
  ].join('\r\n'))
}

function takeIn(desk: Desk, rows: readonly Row[], days: typeof SETTLED): void {
  const account = bankAccountByNumber(desk.ledger, ACCOUNT_NUMBER)
  const before = bankBalances(desk.ledger, addDays(days.from, -1)).find(({ bankAccountId }) => bankAccountId === account.id)
  const bytes = fileOf(rows, days, before?.demandFen ?? ZERO_FEN)
  const name = `农业银行 ${days.from.slice(0, 7)} 至 ${days.to.slice(0, 7)}.csv`
  const preview = previewStatement(desk.ledger, account.id, { name, bytes })
  const [error] = preview.statement.errors
  if (error !== undefined) throw new Problem({ code: error.code, message: error.message })
  importStatement(desk.preparer, preview)
}

export function reconciliationEvents(desk: Desk): SampleEvent[] {
  return [
    {
      date: parseDate('2026-10-08'),
      happen: async () => {
        const { id } = bankAccountByNumber(desk.ledger, ACCOUNT_NUMBER)
        takeIn(desk, atTheBank(desk, SETTLED), SETTLED)
        await runMatching(desk.reviewer, id, SETTLED.to)
        for (const month of [parseMonth('2026-07'), parseMonth('2026-08')]) {
          sealMonth(desk.reviewer, id, month)
          checkMonth(desk.head, id, month)
        }
        const isPaid = (row: Row): boolean => row.amountFen < 0
        // The book's payments of September are on their way; the bank has charged a fee and taken in what nobody has booked yet.
        takeIn(desk, [
          ...atTheBank(desk, WAITING).filter((row) => !isPaid(row)),
          { date: parseDate('2026-09-25'), amountFen: parseYuan('-15.00'), party: '', memo: '对公账户管理手续费' },
          { date: parseDate('2026-09-28'), amountFen: parseYuan('600.00'), party: '示例快修经营部', memo: '场地临时占用费' },
        ], WAITING)
      },
    },
  ]
}

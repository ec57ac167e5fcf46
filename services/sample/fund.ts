/** The maintenance fund's own money: contributions, the daily fund, month-end closing. Certificates are in deposits.ts. */
import {
  addDays,
  addMonths,
  firstDayOfMonth,
  lastDayOfMonth,
  monthOf,
  nextMonth,
  parseDate,
  type BusinessDate,
  type Month,
} from '#core/calendar.ts'
import { ACCOUNT } from '#core/voucher/chart.ts'
import type { BankAccountId, BookId } from '#core/id.ts'
import { formatYuan, parseYuan, type Fen } from '#core/money.ts'
import { parsePercent, percentOf } from '#core/rate.ts'
import { credit, debit } from '#core/voucher/voucher.ts'
import { prepareClosingVouchers } from '../voucher/closing.ts'
import { answerFinding } from '../finding/finding.ts'
import { closePeriod } from '../voucher/period.ts'
import { noteAtStep } from '../finding/check-step.ts'
import { saveDraft } from '../voucher/voucher-draft.ts'
import { accountId, onDay, openMonths, paper, post, type Desk, type SeatedComplex } from './desk.ts'
import { contributeByHousehold } from './household-money.ts'
import type { SampleEvent } from './income.ts'

/** Dr bank / Cr an income account of a book, with its paper. */
function receive(desk: Desk, bookId: BookId, bankAccountId: BankAccountId, complex: SeatedComplex, code: string, amount: Fen,
  date: BusinessDate, summary: string): void {
  const line = { summary, complexId: complex.id }
  post(desk, [
    saveDraft(desk.preparer, {
      bookId, kind: 'general', date,
      attachments: [paper(desk, `${summary} ${complex.data.code} ${date}`, `${formatYuan(amount)} 元`)],
      lines: [
        { ...line, accountId: accountId(desk, bookId, ACCOUNT.demandDeposit), bankAccountId, ...debit(amount) },
        { ...line, accountId: accountId(desk, bookId, code), ...credit(amount) },
      ],
    }),
  ])
}

/** New houses' first contributions twice a year, and what the daily fund collects each quarter (Xiamen). */
export function contributionEvents(desk: Desk): SampleEvent[] {
  return desk.complexes.flatMap((complex, index) => {
    const contributions = ['2024-11-12', '2025-05-16', '2025-11-13', '2026-05-18'].map((text, at): SampleEvent => {
      const date = addDays(parseDate(text), index)
      const amount = percentOf(parseYuan(complex.data.firstDeposit), parsePercent(String(1 + ((index + at) % 3))))
      return {
        date,
        happen: () => {
          if (contributeByHousehold(desk, complex, amount, date)) return
          receive(desk, desk.books.maintenance, complex.fundBank, complex, '4001', amount, date, '归集首期维修资金')
        },
      }
    })
    const { dailyBank } = complex
    if (dailyBank === null) return contributions
    const daily = Array.from({ length: 8 }, (_, at): SampleEvent => {
      const date = addMonths(parseDate('2024-12-05'), 3 * at)
      const amount = parseYuan(`${4200 + index * 310}.00`)
      return {
        date,
        happen: () =>
          receive(desk, desk.books.dailyMaintenance, dailyBank, complex, '4001', amount, date, '归集日常专项维修资金'),
      }
    })
    return [...contributions, ...daily]
  })
}

/** Closes every book's months up to and including `last`, with the closing vouchers the rule makes. */
export function closeMonths(desk: Desk, from: Month, last: Month): void {
  for (let month = from; month <= last; month = nextMonth(month)) {
    onDay(desk, lastDayOfMonth(month))
    for (const bookId of Object.values(desk.books)) {
      const needsCarrying = bookId === desk.books.maintenance || month.endsWith('-12')
      if (needsCarrying) for (const id of prepareClosingVouchers(desk.preparer, bookId, month)) post(desk, [id])
      answerClosing(desk, bookId, month)
      closePeriod(desk.head, bookId, month)
    }
  }
}

/** What the check before closing finds is answered by whoever prepares the books. */
function answerClosing(desk: Desk, bookId: BookId, month: Month): void {
  const bounds = { complexId: null, bookId, from: firstDayOfMonth(month), to: lastDayOfMonth(month) }
  for (const { id, finding, state } of noteAtStep(desk.head, 'monthClosed', bounds)) {
    if (finding.level === 'warn' && state === 'open') answerFinding(desk.preparer, id, '结账前已核对，情况属实，已列入下月处理计划')
  }
}

/** Closing happens on the fifth of the following month. */
export function closingEvents(desk: Desk, first: BusinessDate, last: Month): SampleEvent[] {
  const events: SampleEvent[] = []
  for (let month = monthOf(first); month <= last; month = nextMonth(month)) {
    const closing = month
    // Receipts of a month may still arrive in its first days of review; the 27th of the next month is after all of them.
    const date = addDays(lastDayOfMonth(closing), 27)
    events.push({
      date,
      happen: () => {
        closeMonths(desk, closing, closing)
        onDay(desk, date)
        openMonths(desk, date)
      },
    })
  }
  return events
}

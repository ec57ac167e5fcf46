/** The maintenance fund's own money: contributions, interest, certificates in chains, the daily fund, month-end closing. */
import {
  addDays,
  addMonths,
  datePartsOf,
  lastDayOfMonth,
  monthOf,
  nextMonth,
  parseDate,
  type BusinessDate,
  type Month,
} from '#core/calendar.ts'
import { ACCOUNT } from '#core/chart.ts'
import type { RolloverInstruction } from '#core/deposit.ts'
import type { BankAccountId, BookId, CertificateId } from '#core/id.ts'
import { addFen, fen, formatYuan, parseYuan, type Fen } from '#core/money.ts'
import { parsePercent, percentOf } from '#core/rate.ts'
import { credit, debit } from '#core/voucher.ts'
import { certificateOf } from '../certificate.ts'
import { expectedOn, placeCertificate, rollOverCertificate } from '../deposit.ts'
import { closePeriod, prepareClosingVoucher } from '../period.ts'
import { saveDraft } from '../voucher-draft.ts'
import { accountId, onDay, openMonths, paper, post, type Desk, type SeatedComplex } from './desk.ts'
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
        happen: () =>
          receive(desk, desk.books.maintenance, complex.fundBank, complex, '4001', amount, date, '归集首期维修资金'),
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

type PlannedCertificate = {
  readonly complex: string
  readonly placed: string
  readonly principal: string
  readonly months: number
  readonly rates: readonly string[]
  readonly mode: Exclude<RolloverInstruction, 'none'>
  /** How often it is rolled over when due; the last link stays as it is. */
  readonly rollovers: number
  /** Fen the bank paid less than expected on the first rollover. */
  readonly shortFen?: number
}

/** Two chains rolled over twice, one left asleep since July, one a fen short, several due within the month. */
const CERTIFICATES: readonly PlannedCertificate[] = [
  {
    complex: 'A01', placed: '2024-10-15', principal: '1000000.00', months: 12, rates: ['1.50', '1.10'],
    mode: 'principal_and_interest', rollovers: 1,
  },
  {
    complex: 'A02', placed: '2024-10-20', principal: '9000000.00', months: 6, rates: ['1.30', '1.15', '1.05', '0.95'],
    mode: 'principal_and_interest', rollovers: 3,
  },
  {
    complex: 'A02', placed: '2025-01-10', principal: '5000000.00', months: 24, rates: ['1.20'], mode: 'principal_only',
    rollovers: 0,
  },
  {
    complex: 'A03', placed: '2025-07-06', principal: '500000.00', months: 12, rates: ['0.95'], mode: 'principal_only',
    rollovers: 0,
  },
  {
    complex: 'A04', placed: '2024-10-28', principal: '1500000.00', months: 12, rates: ['1.45', '1.00'],
    mode: 'principal_and_interest', rollovers: 1, shortFen: 1,
  },
  {
    complex: 'A05', placed: '2025-10-11', principal: '3000000.00', months: 12, rates: ['0.98'],
    mode: 'principal_and_interest', rollovers: 0,
  },
  {
    complex: 'X01', placed: '2024-11-04', principal: '4000000.00', months: 3,
    rates: ['1.05', '0.90', '0.80', '0.75', '0.70', '0.65', '0.65'], mode: 'principal_only', rollovers: 6,
  },
  {
    complex: 'X02', placed: '2025-04-16', principal: '2000000.00', months: 18, rates: ['1.25'], mode: 'principal_only',
    rollovers: 0,
  },
  {
    complex: 'X04', placed: '2025-10-24', principal: '3500000.00', months: 12, rates: ['0.95'],
    mode: 'principal_and_interest', rollovers: 0,
  },
  {
    complex: 'S01', placed: '2025-10-12', principal: '6000000.00', months: 12, rates: ['0.95'],
    mode: 'principal_and_interest', rollovers: 0,
  },
  {
    complex: 'S02', placed: '2026-03-20', principal: '2500000.00', months: 12, rates: ['0.90'],
    mode: 'principal_and_interest', rollovers: 0,
  },
  {
    complex: 'S03', placed: '2025-08-31', principal: '3000000.00', months: 6, rates: ['0.85', '0.80', '0.75'],
    mode: 'principal_and_interest', rollovers: 2,
  },
]

const DEMAND_RATE = parsePercent('0.05')

export function certificateEvents(desk: Desk): SampleEvent[] {
  return CERTIFICATES.flatMap((plan, index) => {
    const complex = desk.complexes.find(({ data }) => data.code === plan.complex)
    if (complex === undefined) return []
    const placed = parseDate(plan.placed)
    const number = (link: number): string => `${complex.data.fundBank.slice(-6)}${String(index + 1).padStart(3, '0')}-${link + 1}`
    const printed = (link: number) => ({
      certificateNo: number(link),
      product: 'time' as const,
      rateMicro: parsePercent(plan.rates[link] ?? plan.rates.at(-1) ?? '1.00'),
      demandRateMicro: DEMAND_RATE,
      dayCount: 'months_odd_360' as const,
      term: { unit: 'months' as const, count: plan.months },
      rolloverInstruction: plan.mode,
      personInCharge: desk.preparer.actor.userId,
    })
    let latest: CertificateId | null = null
    const place: SampleEvent = {
      date: placed,
      happen: () => {
        const result = placeCertificate(desk.preparer, {
          ...printed(0), valueDate: placed, complexId: complex.id, bankAccountId: complex.fundBank,
          principalFen: parseYuan(plan.principal), attachments: [paper(desk, `证实书 ${number(0)}`, plan.principal)],
        })
        post(desk, [result.draftId])
        latest = result.certificateId
      },
    }
    const rollovers = Array.from({ length: plan.rollovers }, (_, link): SampleEvent => {
      const date = addMonths(placed, plan.months * (link + 1), datePartsOf(placed).day)
      return {
        date,
        happen: () => {
          if (latest === null) throw new Error(`certificate ${number(0)} was not placed`)
          const expected = expectedOn(certificateOf(desk.ledger, latest), date).interest
          const short = link === 0 ? (plan.shortFen ?? 0) : 0
          const result = rollOverCertificate(desk.preparer, {
            certificateId: latest, date, interestPaidFen: fen(expected - short), mode: plan.mode,
            ...(short > 0 && { differenceReason: '银行按 360 天逐日计息尾差，已电话核实' }),
            attachments: [paper(desk, `转存回单 ${number(link + 1)}`, formatYuan(addFen(expected, fen(-short))))],
            next: printed(link + 1),
          })
          post(desk, [result.draftId])
          latest = result.certificateId
        },
      }
    })
    return [place, ...rollovers]
  })
}

/** Closes every book's months up to and including `last`, with the closing vouchers the rule makes. */
export function closeMonths(desk: Desk, from: Month, last: Month): void {
  for (let month = from; month <= last; month = nextMonth(month)) {
    onDay(desk, lastDayOfMonth(month))
    for (const bookId of Object.values(desk.books)) {
      const needsCarrying = bookId === desk.books.maintenance || month.endsWith('-12')
      const draftId = needsCarrying ? prepareClosingVoucher(desk.preparer, bookId, month) : null
      if (draftId !== null) post(desk, [draftId])
      closePeriod(desk.head, bookId, month)
    }
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

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, parseDate } from '#core/calendar.ts'
import { DAY_COUNTS, expectedPayment, interestStanding, type CertificateTerms } from '#core/deposit/deposit.ts'
import { dueDate } from '#core/deposit/interest.ts'
import { addFen, fen, parseYuan, subtractFen } from '#core/money.ts'
import { parsePercent, rateMicro } from '#core/rate.ts'

/** One million yuan for a year at 1.50 %, demand 0.05 %. */
const CERTIFICATE: CertificateTerms = {
  principalFen: parseYuan('1000000.00'),
  rateMicro: parsePercent('1.50'),
  demandRateMicro: parsePercent('0.05'),
  dayCount: 'months_odd_360',
  termMonths: 12,
  termDays: null,
  valueDate: parseDate('2023-11-08'),
  dueDate: parseDate('2024-11-08'),
  anchorDay: 8,
}

const days = fc.integer({ min: 0, max: 12_000 }).map((count) => addDays(parseDate('2000-01-01'), count))
const principals = fc.integer({ min: 1, max: 50_000_000_000 }).map(fen)
const rates = fc.integer({ min: 0, max: 5_000_000 }).map(rateMicro)

describe('what the bank owes on a certificate', () => {
  it('pays the term at the agreed rate and the days after it at the demand rate, rounded apart', () => {
    const paid = expectedPayment(CERTIFICATE, parseDate('2024-11-28'), parsePercent('0.05'))
    expect([paid.term.interest, paid.overdueDays, paid.overdue.interest]).toEqual([parseYuan('15000.00'), 20, parseYuan('27.78')])
    expect(paid.interest).toBe(parseYuan('15027.78'))
  })

  it('refuses a day before the due date', () => {
    expect(() => expectedPayment(CERTIFICATE, parseDate('2024-11-07'), parsePercent('0.05'))).toThrow('属提前支取')
  })

  it('follows the due date on the paper where the bank printed another one', () => {
    const early = { ...CERTIFICATE, dueDate: parseDate('2024-11-07') }
    const paid = expectedPayment(early, early.dueDate, parsePercent('0.05'))
    // 11 months at a twelfth of 1.50 %, and 30 odd days over 360: 13,750.00 + 1,250.00.
    expect([paid.interest, paid.overdueDays]).toEqual([parseYuan('15000.00'), 0])
    const late = { ...CERTIFICATE, dueDate: parseDate('2024-11-11') }
    expect(() => expectedPayment(late, parseDate('2024-11-08'), parsePercent('0.05'))).toThrow('属提前支取')
    // Three days at 1.50 % beyond the year.
    expect(expectedPayment(late, late.dueDate, parsePercent('0.05')).interest).toBe(parseYuan('15125.00'))
  })

  it('adds up from its working for any certificate, and an overdue day only adds demand interest', () => {
    const dayCounts = fc.constantFrom(...DAY_COUNTS)
    const terms = fc.integer({ min: 1, max: 60 })
    const waits = fc.integer({ min: 0, max: 900 })
    fc.assert(
      fc.property(principals, rates, rates, days, terms, dayCounts, waits, (...drawn) => {
        const [principalFen, rate, demandRateMicro, valueDate, termMonths, dayCount, overdue] = drawn
        const due = dueDate(valueDate, { unit: 'months', count: termMonths })
        const certificate: CertificateTerms = {
          principalFen, rateMicro: rate, demandRateMicro, dayCount, termMonths, termDays: null, valueDate, dueDate: due,
          anchorDay: Number(valueDate.slice(8)),
        }
        const paid = expectedPayment(certificate, addDays(due, overdue), demandRateMicro)
        const lines = [...paid.term.segments, ...paid.overdue.segments].map(({ interest }) => interest)
        expect(addFen(...lines)).toBe(paid.interest)
        expect(paid.overdueDays).toBe(overdue)
        const onTime = expectedPayment(certificate, due, demandRateMicro)
        expect(subtractFen(paid.interest, onTime.interest)).toBe(paid.overdue.interest)
      }),
    )
  })
})

describe('interest of a certificate as it stands today', () => {
  it('shows what has been earned until it is due, and what the bank owes today from then on', () => {
    const before = interestStanding(CERTIFICATE, parseDate('2024-05-08'))
    expect([before.accrued?.interest, before.today]).toEqual([parseYuan('7500.00'), null])
    expect(before.atDue.interest).toBe(parseYuan('15000.00'))
    const after = interestStanding(CERTIFICATE, parseDate('2024-11-28'))
    expect([after.accrued, after.today?.interest]).toEqual([null, parseYuan('15027.78')])
    expect(after.atDue.interest).toBe(parseYuan('15000.00'))
    expect(interestStanding(CERTIFICATE, CERTIFICATE.valueDate).accrued).toBeNull()
  })

  it('lets a notice deposit earn its own rate past its planned day: only a term ends', () => {
    const notice = { ...CERTIFICATE, product: 'notice7', dayCount: 'actual_360' } as const
    const after = interestStanding(notice, parseDate('2024-11-28'))
    expect(after.today).toBeNull()
    // 386 days at 1.50 %, not 366 and 20 at the demand rate.
    expect(after.accrued?.interest).toBe(parseYuan('16083.33'))
  })
})

import { describe, expect, it } from 'vitest'
import { addDays, parseDate } from '#core/calendar.ts'
import { lostInterest } from '#core/deposit/deposit-loss.ts'
import { addFen, parseYuan } from '#core/money.ts'
import { withdrawCertificate } from '#services/deposit/deposit.ts'
import { dueCertificates, dueDays, dueSummary, dueWork } from '#services/deposit/deposit-due.ts'
import { depositLadder } from '#services/deposit/deposit-ladder.ts'
import { reminderDays } from '#services/deposit/deposit-reminder.ts'
import { place, setPolicy } from './due-office.ts'
import { makeOffice } from '../office.ts'

const today = parseDate('2025-10-09')
const until = addDays(today, 30)

function withDueWork() {
  const office = makeOffice({ openedOn: '2024-01-01' })
  office.receive(office.maintenance, '4001', '9000000.00', '2024-01-02')
  const placed = [
    place(office, { no: '0001', yuan: '1000000.00', valueDate: '2024-09-19', months: 12 }),
    place(office, { no: '0002', yuan: '1000000.00', valueDate: '2024-09-19', months: 12 }),
    place(office, { no: '0003', yuan: '500000.00', valueDate: '2024-10-09', months: 12 }),
    place(office, { no: '0004', yuan: '700000.00', valueDate: '2025-04-12', months: 6, isPending: true }),
    place(office, { no: '0005', yuan: '2000000.00', valueDate: '2024-11-20', months: 36, rate: '2.00' }),
  ]
  return { office, placed }
}

describe('due work', () => {
  it('lists what is overdue and what the reminders reach, a placing not yet booked too, and nothing further off', () => {
    const { office } = withDueWork()
    const work = dueWork(office.ledger, today, reminderDays(office.ledger, today), until)
    expect(work.rows.map(({ certificateNo, due }) => [certificateNo, due])).toEqual([
      ['0001', { kind: 'overdue', days: 20 }],
      ['0002', { kind: 'overdue', days: 20 }],
      ['0003', { kind: 'soon', days: 0, reminder: 0 }],
      ['0004', { kind: 'soon', days: 3, reminder: 3 }],
    ])
    // Twice 1,000,000.00 × (1.50 % − 0.05 %) × 20 ÷ 360
    expect(work.lostFen).toBe(parseYuan('1611.12'))
  })

  it('counts by step of the reminder, and its loss is the sum of the rows to the fen', () => {
    const { office } = withDueWork()
    const reminders = reminderDays(office.ledger, today)
    const work = dueWork(office.ledger, today, reminders, until)
    expect(dueSummary(office.ledger, today, reminders, until)).toEqual({
      count: 4, overdueCount: work.overdueCount, overdueFen: parseYuan('2000000.00'), longestOverdueDays: 20,
      lostFen: work.lostFen,
      steps: [
        { reminder: 0, count: 1, principalFen: parseYuan('500000.00') },
        { reminder: 3, count: 1, principalFen: parseYuan('700000.00') },
      ],
    })
    expect(work.lostFen).toBe(addFen(...work.rows.map((row) => lostInterest(row, today))))
  })

  it('is reached earlier by a certificate with a reminder of its own', () => {
    const { office } = withDueWork()
    place(office, { no: '0006', yuan: '300000.00', valueDate: '2024-12-03', months: 12, reminderDays: 60 })
    place(office, { no: '0007', yuan: '300000.00', valueDate: '2024-12-03', months: 12, reminderDays: 50 })
    const reminders = reminderDays(office.ledger, today)
    const work = dueWork(office.ledger, today, reminders, until)
    expect(work.rows.at(-1)).toMatchObject({ certificateNo: '0006', due: { kind: 'soon', days: 55, reminder: 60 } })
    const summary = dueSummary(office.ledger, today, reminders, until)
    expect(summary).toMatchObject({ count: 5, steps: [{}, {}, { reminder: 60, count: 1 }] })
  })

  it('pages on without losing or repeating certificates of the same day', () => {
    const { office } = withDueWork()
    const first = dueCertificates(office.ledger, { until, complexId: null, limit: 1 })
    const [last] = first
    if (last === undefined) throw new Error('nothing is due')
    const rest = dueCertificates(office.ledger, { until, complexId: null, after: last, limit: 10 })
    expect([...first, ...rest].map(({ certificateNo }) => certificateNo)).toEqual(['0001', '0002', '0003', '0004'])
  })

  it('leaves the list only by being handled', () => {
    const { office, placed: [id] } = withDueWork()
    if (id === undefined) throw new Error('nothing was placed')
    withdrawCertificate(office.preparer, {
      certificateId: id, date: today, interestPaidFen: addFen(parseYuan('15000.00'), parseYuan('27.78')),
      attachments: [office.paper],
    })
    expect(dueCertificates(office.ledger, { until: today, complexId: null }).map(({ certificateNo }) => certificateNo))
      .toEqual(['0002', '0003'])
  })

  it('gives the calendar what falls due on each day of a month', () => {
    const { office } = withDueWork()
    expect(dueDays(office.ledger, parseDate('2025-09-01'), parseDate('2025-10-31'), null)).toEqual([
      { date: '2025-09-19', count: 2, principalFen: parseYuan('2000000.00') },
      { date: '2025-10-09', count: 1, principalFen: parseYuan('500000.00') },
      { date: '2025-10-12', count: 1, principalFen: parseYuan('700000.00') },
    ])
    expect(dueDays(office.ledger, parseDate('2025-09-01'), parseDate('2025-10-31'), office.complexId)).toHaveLength(3)
  })
})

describe('the ladder against the limits of the profile', () => {
  it('has no findings while no limit is filled in', () => {
    const { office } = withDueWork()
    const ladder = depositLadder(office.ledger, today, null)
    expect(ladder).toMatchObject({
      count: 4, principalFen: parseYuan('4500000.00'), findings: [], largest: { certificateNo: '0005' },
    })
    expect(ladder.limits.largest).toMatchObject({ value: null, profile: { code: 'AH-TONGLING' } })
  })

  it('finds a bank with too much, a certificate too large and a term too long, and not what just reaches a limit', () => {
    const { office, placed } = withDueWork()
    setPolicy(office, 'deposit.bankSharePercent', '40')
    setPolicy(office, 'deposit.largestCertificate', '1000000.00')
    setPolicy(office, 'deposit.longestTermMonths', 12)
    const { findings } = depositLadder(office.ledger, today, null)
    expect(findings).toMatchObject([
      { kind: 'bankShare', bankName: '示例银行', share: 100_000_000, limit: 40_000_000 },
      { kind: 'largest', certificateId: placed.at(-1) },
      { kind: 'longestTerm', certificateId: placed.at(-1), certificateNo: '0005' },
    ])
    setPolicy(office, 'deposit.bankSharePercent', '100')
    setPolicy(office, 'deposit.largestCertificate', '2000000.00')
    setPolicy(office, 'deposit.longestTermMonths', 36)
    expect(depositLadder(office.ledger, today, null).findings).toEqual([])
  })

  it('is empty in an office without certificates', () => {
    const office = makeOffice()
    expect(depositLadder(office.ledger, today, null)).toMatchObject({ count: 0, averageRate: null, largest: null, findings: [] })
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { gapBetween } from '#core/statement/checks.ts'
import { parseDate } from '#core/calendar.ts'
import { fen } from '#core/money.ts'
import { cmb, errorCodes, parseText, warningCodes } from './statement-files.ts'

type Booking = { date: string; time: string; amount: number; balance: number; serial: string }

const yuan = (value: number) => `${Math.trunc(value / 100)}.${String(Math.abs(value) % 100).padStart(2, '0')}`

function line({ date, time, amount, balance, serial }: Booking): string {
  const sides = amount < 0 ? `${yuan(-amount)},` : `,${yuan(amount)}`
  return `${date},${time},x,${sides},${yuan(balance)},业务,${serial},甲,62`
}

/** Bookings of increasing time, none of zero, balances starting high enough to stay positive. */
const bookings = fc
  .array(fc.integer({ min: 1, max: 100_000 }).chain((size) => fc.constantFrom(size, -size)), { minLength: 3, maxLength: 30 })
  .map((amounts) => {
    let balance = 10_000_000
    return amounts.map((amount, index): Booking => {
      balance += amount
      return {
        date: `202401${String(1 + Math.floor(index / 3)).padStart(2, '0')}`,
        time: `1000${String(index).padStart(2, '0')}`, amount, balance, serial: `S${String(index).padStart(4, '0')}`,
      }
    })
  })

const netOf = (rows: readonly Booking[]) => rows.reduce((sum, row) => sum + row.amount, 0)

describe('the balance chain', () => {
  it('holds ascending and descending, and gives rows oldest first either way', () => {
    fc.assert(
      fc.property(bookings, (rows) => {
        const up = parseText(cmb(...rows.map(line)))
        const down = parseText(cmb(...rows.toReversed().map(line)))
        expect([up.order, down.order]).toEqual(['ascending', 'descending'])
        for (const statement of [up, down]) {
          expect(statement).toMatchObject({ balanceChain: 'ok', errors: [], opening: 10_000_000 })
          expect(statement.rows.map((row) => row.amountFen)).toEqual(rows.map((row) => row.amount))
        }
      }),
    )
  })

  it('an accepted shuffle has lost nothing, and says that it was resorted', () => {
    const shuffled = bookings.chain((rows) =>
      fc.tuple(fc.constant(rows), fc.shuffledSubarray(rows, { minLength: rows.length })),
    )
    fc.assert(
      fc.property(shuffled, ([rows, mixed]) => {
        const statement = parseText(cmb(...mixed.map(line)))
        expect(statement.errors).toEqual([])
        expect(statement.rows.map((row) => row.serial)).toEqual(rows.map((row) => row.serial))
        const isInOrder = [rows, rows.toReversed()].some((order) => order.every((row, index) => row === mixed[index]))
        expect(warningCodes(statement).includes('order.sorted')).toBe(!isInOrder)
      }),
    )
  })

  it('taking rows out of the middle is never accepted where it changes the money', () => {
    const cut = bookings.chain((rows) =>
      fc.tuple(fc.constant(rows), fc.shuffledSubarray(rows, { minLength: 2, maxLength: rows.length - 1 })),
    )
    fc.assert(
      fc.property(cut, ([rows, kept]) => {
        const first = rows.indexOf(kept.reduce((one, other) => (one.time < other.time ? one : other)))
        const last = rows.indexOf(kept.reduce((one, other) => (one.time > other.time ? one : other)))
        const span = rows.slice(first, last + 1)
        const statement = parseText(cmb(...kept.map(line)))
        const isComplete = netOf(span) === netOf(kept)
        if (!isComplete) expect(errorCodes(statement)).toContain('balance.chain')
        if (statement.errors.length === 0) {
          expect((statement.closing ?? 0) - (statement.opening ?? 0)).toBe(netOf(kept))
        }
      }),
    )
  })

  it('one changed amount or balance is never accepted', () => {
    const changed = fc.tuple(bookings, fc.nat(), fc.integer({ min: 1, max: 9_999 }), fc.boolean())
    fc.assert(
      fc.property(changed, ([rows, at, by, isBalance]) => {
        // The first amount and the first row's balance have nothing before them to contradict.
        const index = 1 + (at % (rows.length - 1))
        const broken = rows.map((row, position) => {
          if (position !== index) return row
          if (isBalance) return { ...row, balance: row.balance + by }
          return { ...row, amount: row.amount < 0 ? row.amount - by : row.amount + by }
        })
        expect(errorCodes(parseText(cmb(...broken.map(line))))).toEqual(['balance.chain'])
      }),
    )
  })

  it('bookings of the same second are put right by their serial', () => {
    const at = (serial: string, amount: number, balance: number): Booking => ({
      date: '20240105',
      time: '160605',
      amount,
      balance,
      serial,
    })
    const rows = [at('1', -3000, 997_000), at('3', -20, 996_960), at('2', -20, 996_980)]
    expect(parseText(cmb(...rows.map(line)))).toMatchObject({ errors: [], opening: 1_000_000, closing: 996_960 })
  })

  it('a single row proves nothing and breaks nothing', () => {
    expect(parseText(cmb('20240105,,x,,5.00,5.00,a,1,,'))).toMatchObject({ balanceChain: 'ok', opening: 0, closing: 500 })
  })

  it('without any balance, count or total the file is accepted with a warning only', () => {
    const statement = parseText(cmb('20240105,,x,,5.00,,a,1,,'))
    expect(statement).toMatchObject({ balanceChain: 'absent', errors: [], opening: null })
    expect(warningCodes(statement)).toEqual(['check.none'])
  })
})

describe('the gap since the last import', () => {
  const previous = { periodTo: parseDate('2024-01-31'), closing: fen(100) }
  it('is named when the balance jumped, and silent when it continues or overlaps', () => {
    const next = (from: string, opening: number) => gapBetween(previous, { periodFrom: parseDate(from), opening: fen(opening) })
    expect(next('2024-03-01', 250)).toContain('中间可能缺少对账单')
    expect([next('2024-03-01', 100), next('2024-01-15', 40)]).toEqual([null, null])
  })
})

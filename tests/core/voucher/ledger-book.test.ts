/** Book form: totals under each month, daily balances in journals, and figures that survive every page turn. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseDate, parseMonth } from '#core/calendar.ts'
import { bookPages, detailRows, generalRows, sideWord, type BookEntry, type BookRow } from '#core/voucher/ledger-book.ts'
import { fen, ZERO_FEN } from '#core/money.ts'

const NOTHING = { debitFen: ZERO_FEN, creditFen: ZERO_FEN }

function entry(date: string, debit: number, credit = 0): BookEntry {
  return { date: parseDate(date), word: '记-0001号', summary: '业务', complex: '示例花园', debitFen: fen(debit), creditFen: fen(credit) }
}

function brief(rows: readonly BookRow[]) {
  return rows.map(({ summary, debitFen, creditFen, balanceFen }) => [summary, debitFen, creditFen, balanceFen])
}

describe('a detail ledger', () => {
  const entries = [entry('2026-01-05', 100), entry('2026-01-05', 0, 30), entry('2026-03-02', 50)]

  it('carries last year forward and totals every month that moved, with the year so far', () => {
    const rows = detailRows({ from: parseMonth('2026-01'), openingFen: fen(1_000), before: NOTHING, entries, isJournal: false })
    expect(brief(rows)).toEqual([
      ['上年结转', null, null, 1_000],
      ['业务', 100, 0, 1_100],
      ['业务', 0, 30, 1_070],
      ['本月合计', 100, 30, 1_070],
      ['本年累计', 100, 30, 1_070],
      ['业务', 50, 0, 1_120],
      ['本月合计', 50, 0, 1_120],
      ['本年累计', 150, 30, 1_120],
    ])
  })

  it('begins in the middle of a year with what the year has moved', () => {
    const before = { debitFen: fen(400), creditFen: fen(90) }
    const entries = [entry('2026-03-02', 50)]
    const rows = detailRows({ from: parseMonth('2026-03'), openingFen: fen(310), before, entries, isJournal: false })
    expect(brief(rows)).toEqual([
      ['期初余额', 400, 90, 310],
      ['业务', 50, 0, 360],
      ['本月合计', 50, 0, 360],
      ['本年累计', 450, 90, 360],
    ])
  })

  it('balances a journal every day', () => {
    const rows = detailRows({ from: parseMonth('2026-01'), openingFen: ZERO_FEN, before: NOTHING, entries, isJournal: true })
    expect(rows.filter(({ summary }) => summary === '本日合计').map(({ date, debitFen, creditFen }) => [date, debitFen, creditFen]))
      .toEqual([['2026-01-05', 100, 30], ['2026-03-02', 50, 0]])
  })

  it('carries December’s balance to the next year, and nothing where nothing is left', () => {
    const from = parseMonth('2026-12')
    const december = (entries: readonly BookEntry[]) =>
      detailRows({ from, openingFen: ZERO_FEN, before: NOTHING, entries, isJournal: false }).at(-1)?.summary
    expect(december([entry('2026-12-31', 5)])).toBe('结转下年')
    expect(december([entry('2026-12-30', 5), entry('2026-12-31', 0, 5)])).toBe('本年累计')
  })

  it('says on which side a balance stands', () => {
    expect([fen(1), fen(-1), ZERO_FEN].map(sideWord)).toEqual(['借', '贷', '平'])
  })
})

describe('a general ledger', () => {
  it('has the month and the year so far for every month that moved', () => {
    const months = [
      { month: parseMonth('2026-01'), debitFen: fen(70), creditFen: fen(20) },
      { month: parseMonth('2026-12'), debitFen: ZERO_FEN, creditFen: fen(10) },
    ]
    expect(brief(generalRows({ from: parseMonth('2026-01'), openingFen: fen(-5), before: NOTHING, months }))).toEqual([
      ['上年结转', null, null, -5],
      ['1月本月合计', 70, 20, 45],
      ['1月本年累计', 70, 20, 45],
      ['12月本月合计', 0, 10, 35],
      ['12月本年累计', 70, 30, 35],
      ['结转下年', null, null, 35],
    ])
  })
})

const days = fc.integer({ min: 1, max: 364 }).map((day) => {
  const month = Math.floor((day * 12) / 365) + 1
  return `2026-${String(month).padStart(2, '0')}-${String((day % 28) + 1).padStart(2, '0')}`
})
const entriesOfYear = fc
  .array(fc.tuple(days, fc.integer({ min: -500, max: 500 })), { maxLength: 60 })
  .map((all) =>
    all
      .map(([date, amount]) => entry(date, amount > 0 ? amount : 0, amount > 0 ? 0 : -amount))
      .sort((a, b) => (a.date < b.date ? -1 : 1)))

const carries = fc.constantFrom('month' as const, 'year' as const)

describe('page turns', () => {
  it('lose no row, never overfill a page, and carry what the next page brings', () => {
    fc.assert(
      fc.property(entriesOfYear, fc.integer({ min: 4, max: 12 }), carries, (entries, capacity, carry) => {
        const rows = detailRows({ from: parseMonth('2026-01'), openingFen: fen(9), before: NOTHING, entries, isJournal: false })
        const pages = bookPages(rows, { capacity, heightOf: () => 1, carry, before: NOTHING })
        expect(pages.flatMap((page) => page.rows).filter(({ kind }) => kind !== 'carried' && kind !== 'brought')).toEqual(rows)
        pages.forEach((page, index) => {
          expect(page.rows.length).toBeLessThanOrEqual(capacity)
          const next = pages[index + 1]
          const [carried, brought] = [page.rows.at(-1), next?.rows[0]]
          if (next === undefined) return
          expect([carried?.summary, brought?.summary]).toEqual(['过次页', '承前页'])
          expect({ ...brought, kind: 'carried', summary: '过次页' }).toEqual(carried)
        })
      }),
    )
  })

  it('carry the month for balance accounts and the year for income', () => {
    const entries = [entry('2026-01-05', 100), entry('2026-02-05', 7), entry('2026-02-06', 1)]
    const rows = detailRows({ from: parseMonth('2026-01'), openingFen: ZERO_FEN, before: NOTHING, entries, isJournal: false })
    const carriedOf = (carry: 'month' | 'year') =>
      bookPages(rows, { capacity: 6, heightOf: () => 1, carry, before: NOTHING })[0]?.rows.at(-1)?.debitFen
    expect(carriedOf('month')).toBe(7)
    expect(carriedOf('year')).toBe(107)
  })
})

/** The statutory statements read from a real ledger: openings, months, closings, corrections of earlier years. */
import { describe, expect, it } from 'vitest'
import { parseDate, parseMonth } from '#core/calendar.ts'
import { parseYuan } from '#core/money.ts'
import type { StatementPeriod, StatementRow } from '#core/statements/sums.ts'
import { credit, debit } from '#core/voucher/voucher.ts'
import { closingPreview, prepareClosingVouchers } from '#services/voucher/closing.ts'
import { addComplex, complexOf } from '#services/register/complex.ts'
import { preparePriorYear } from '#services/voucher/correction.ts'
import { setSetting } from '#services/office.ts'
import { closePeriod } from '#services/voucher/period.ts'
import { postDrafts } from '#services/voucher/posting.ts'
import { linesBehind, requireTieOuts, statutoryStatements } from '#services/voucher/statutory.ts'
import { reviewDraft, voidDraft } from '#services/voucher/voucher-draft.ts'
import { refusalOf } from './ledger-steps.ts'
import { makeOffice, type Office } from '../office.ts'
import * as spending from '../spending.ts'

const month = (text: string): StatementPeriod => ({ kind: 'month', month: parseMonth(text) })

function amounts(rows: readonly StatementRow[], key: string): readonly (number | null)[] {
  return rows.find((row) => row.key === key)?.amounts ?? []
}

function posted(office: Office, ids: readonly Parameters<typeof reviewDraft>[1][]) {
  for (const id of ids) reviewDraft(office.reviewer, id)
  return postDrafts(office.bookkeeper, [...ids])
}

function opening(office: Office, yuan: string): void {
  office.post({
    bookId: office.maintenance, date: parseDate('2025-01-01'), purpose: 'opening',
    lines: [
      office.line(office.maintenance, '1001.01', debit(parseYuan(yuan))),
      office.line(office.maintenance, '3001', credit(parseYuan(yuan))),
    ],
  })
}

function spend(office: Office, code: string, yuan: string, date: string): void {
  spending.spend(office, {
    bookId: office.maintenance, date: parseDate(date),
    lines: [
      office.line(office.maintenance, code, debit(parseYuan(yuan))),
      office.line(office.maintenance, '1001.01', credit(parseYuan(yuan))),
    ],
  })
}

function twoMonths(): Office {
  const office = makeOffice()
  opening(office, '1000.00')
  office.receive(office.maintenance, '4001', '300.00', '2025-01-10')
  office.receive(office.maintenance, '4101', '20.00', '2025-01-21')
  posted(office, prepareClosingVouchers(office.preparer, office.maintenance, parseMonth('2025-01')))
  closePeriod(office.head, office.maintenance, parseMonth('2025-01'))
  spend(office, '5001', '50.00', '2025-02-05')
  return office
}

describe('the statements of a month', () => {
  it('are the same before and after the closing voucher of the month, but for their standing', () => {
    const office = twoMonths()
    const before = statutoryStatements(office.ledger, { bookId: office.maintenance, period: month('2025-02') })
    expect([before.state, before.waitsForClosing]).toEqual(['open', true])
    posted(office, prepareClosingVouchers(office.preparer, office.maintenance, parseMonth('2025-02')))
    closePeriod(office.head, office.maintenance, parseMonth('2025-02'))
    const after = statutoryStatements(office.ledger, { bookId: office.maintenance, period: month('2025-02') })
    expect([after.state, after.waitsForClosing, after.version]).toEqual(['closed', false, 1])
    for (const found of [before, after]) {
      expect(found.tieOuts.filter(({ holds }) => !holds)).toEqual([])
      expect(amounts(found.balanceSheet.assets, 'totalAssets')).toEqual([100_000, 127_000])
      expect(amounts(found.incomeStatement.rows, '5001')).toEqual([5_000, 5_000])
      expect(amounts(found.incomeStatement.rows, '4001')).toEqual([0, 30_000])
      expect(amounts(found.netAssets.rows, 'surplus')).toEqual([25_000, 2_000, 27_000])
      expect(amounts(found.balanceSheet.claims, '3101')).toEqual([0, 2_000])
    }
  })

  it('look at one complex alone', () => {
    const office = twoMonths()
    const { id: _id, state: _state, ...facts } = complexOf(office.ledger, office.complexId)
    const other = addComplex(office.head, { ...facts, code: 'A02', name: '示例二村', hasAssembly: true })
    const found = statutoryStatements(office.ledger, { bookId: office.maintenance, complexId: other, period: month('2025-02') })
    expect(amounts(found.balanceSheet.assets, 'totalAssets')).toEqual([0, 0])
  })

  it('open the lines behind a figure, closing vouchers left out', () => {
    const office = twoMonths()
    const { incomeStatement } = statutoryStatements(office.ledger, { bookId: office.maintenance, period: month('2025-01') })
    const parts = incomeStatement.rows.find(({ key }) => key === '4001')?.parts ?? []
    const accountIds = parts.map(({ accountId }) => accountId)
    const question = { bookId: office.maintenance, accountIds, counts: 'movement', limit: 10 } as const
    const lines = linesBehind(office.ledger, { ...question, from: parseDate('2025-01-01'), to: parseDate('2025-01-31') })
    expect(lines.map(({ date, creditFen, debitFen }) => [date, creditFen, debitFen])).toEqual([['2025-01-10', 30_000, 0]])
    const [last] = lines
    if (last === undefined) throw new Error('no line')
    const rest = { ...question, from: parseDate('2025-01-01'), to: parseDate('2025-12-31'), after: last }
    expect(linesBehind(office.ledger, rest)).toEqual([])
  })

  it('open the vouchers that put something into the year’s opening, which is nothing that moved', () => {
    const office = twoMonths()
    const { balanceSheet } = statutoryStatements(office.ledger, { bookId: office.maintenance, period: month('2025-02') })
    const parts = balanceSheet.claims.flatMap((row) => row.parts).filter(({ amounts }) => (amounts[0] ?? 0) !== 0)
    const lines = linesBehind(office.ledger, {
      bookId: office.maintenance, accountIds: [...new Set(parts.map(({ accountId }) => accountId))], counts: 'opening', limit: 10,
      from: parseDate('2025-01-01'), to: parseDate('2025-02-28'),
    })
    expect(lines.map(({ date, creditFen, debitFen }) => [date, creditFen, debitFen])).toEqual([['2025-01-01', 100_000, 0]])
  })

  it('are for maintenance funds only', () => {
    const office = makeOffice()
    expect(refusalOf(() => statutoryStatements(office.ledger, { bookId: office.publicIncome, period: month('2025-01') })))
      .toMatchObject({ code: 'statements.fund', message: expect.stringContaining('收支结余表') })
  })
})

describe('the year after', () => {
  it('opens with last year’s closing, shows last year beside, and puts corrections of earlier years in the opening', () => {
    const office = makeOffice({ today: '2026-02-10' })
    opening(office, '1000.00')
    const { id } = office.post({
      bookId: office.maintenance, date: parseDate('2025-03-01'),
      lines: [
        office.line(office.maintenance, '3001', debit(parseYuan('80.00'))),
        office.line(office.maintenance, '2001', credit(parseYuan('80.00'))),
      ],
    })
    office.receive(office.maintenance, '4101', '12.00', '2025-06-21')
    const draft = preparePriorYear(office.preparer, {
      voucherId: id, date: parseDate('2026-02-01'), reason: '上年多计',
      lines: [
        office.line(office.maintenance, '2001', debit(parseYuan('30.00'))),
        office.line(office.maintenance, '3001', credit(parseYuan('30.00'))),
      ],
    })
    posted(office, [draft])
    const found = statutoryStatements(office.ledger, { bookId: office.maintenance, period: { kind: 'year', year: 2026 } })
    expect(found.tieOuts.filter(({ holds }) => !holds)).toEqual([])
    expect(amounts(found.netAssets.rows, 'lastYear')).toEqual([92_000, 1_200, 93_200])
    expect(amounts(found.netAssets.rows, 'adjustment')).toEqual([3_000, 0, 3_000])
    expect(amounts(found.balanceSheet.claims, '2001')).toEqual([5_000, 5_000])
    expect(found.incomeStatement.columns.map(({ label }) => label)).toEqual(['本年数', '上年数'])
    expect(amounts(found.incomeStatement.rows, '4101')).toEqual([0, 1_200])
  })
})

describe('tie-outs', () => {
  it('stop paper that contradicts itself, naming the line', () => {
    const office = makeOffice()
    opening(office, '1000.00')
    office.receive(office.maintenance, '4101', '100.00', '2025-01-05')
    posted(office, prepareClosingVouchers(office.preparer, office.maintenance, parseMonth('2025-01')))
    // Gains distributed and partly taken out in the same voucher.
    office.post({
      bookId: office.maintenance, date: parseDate('2025-01-31'),
      lines: [
        office.line(office.maintenance, '3101', debit(parseYuan('100.00'))),
        office.line(office.maintenance, '3001', credit(parseYuan('60.00'))),
        office.line(office.maintenance, '1001.01', credit(parseYuan('40.00'))),
      ],
    })
    const found = statutoryStatements(office.ledger, { bookId: office.maintenance, period: month('2025-01') })
    expect(refusalOf(() => requireTieOuts(found))).toMatchObject({
      code: 'statements.tieOut', message: expect.stringContaining('本年分配累计收益各栏合计为零'),
    })
  })
})

describe('the closing preview', () => {
  it('shows what goes where before any voucher exists, by the office’s own target', () => {
    const office = makeOffice()
    setSetting(office.head, 'closing.disposal', '3101')
    office.receive(office.maintenance, '4301', '70.00', '2025-01-05')
    spend(office, '5001', '20.00', '2025-01-06')
    expect(closingPreview(office.ledger, office.maintenance, parseMonth('2025-01'))).toMatchObject({
      date: '2025-01-31', surplusFen: 5_000, vouchers: 1, unposted: 0,
      entries: [
        { code: '4301', targetCode: '3101', debitFen: 7_000, creditFen: 0, complexes: 1 },
        { code: '5001', targetCode: '3001', debitFen: 0, creditFen: 2_000 },
      ],
    })
    posted(office, prepareClosingVouchers(office.preparer, office.maintenance, parseMonth('2025-01')))
    expect(closingPreview(office.ledger, office.maintenance, parseMonth('2025-01'))).toMatchObject({ entries: [], vouchers: 0 })
  })

  it('is drafted once: a second set would carry the same balances twice', () => {
    const office = makeOffice()
    office.receive(office.maintenance, '4101', '1.00', '2025-01-04')
    const prepare = () => prepareClosingVouchers(office.preparer, office.maintenance, parseMonth('2025-01'))
    const [draft] = prepare()
    expect(refusalOf(prepare).code).toBe('closing.drafted')
    if (draft === undefined) throw new Error('nothing was drafted')
    voidDraft(office.preparer, draft, '重新生成')
    expect(prepare()).toHaveLength(1)
  })

  it('takes the transfer kind where the office keeps 收 付 转', () => {
    const office = makeOffice()
    setSetting(office.head, 'voucherKinds', 'split')
    office.receive(office.maintenance, '4101', '1.00', '2025-01-04')
    const [voucher] = posted(office, prepareClosingVouchers(office.preparer, office.maintenance, parseMonth('2025-01')))
    expect(voucher?.kind).toBe('transfer')
  })
})

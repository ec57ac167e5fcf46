/** What ledgers in book form hold: every account that moved or carries a balance, journals by bank account, covers. */
import { describe, expect, it } from 'vitest'
import { parseDate, parseMonth } from '#core/calendar.ts'
import { parseYuan } from '#core/money.ts'
import { credit, debit } from '#core/voucher/voucher.ts'
import { ledgerBooks, ledgerPages } from '#server/ledger-print.ts'
import { bankBooks, boundVouchers, generalAccounts, ledgerAccounts, requireOneYear } from '#services/voucher/ledger-book.ts'
import { trialBalance } from '#services/voucher/balance.ts'
import { refusalOf } from './ledger-steps.ts'
import { makeOffice, type Office } from '../office.ts'

const [JANUARY, MARCH] = [parseMonth('2025-01'), parseMonth('2025-03')]

function quarter(): Office {
  const office = makeOffice()
  const { publicIncome } = office
  office.receive(publicIncome, '4001.02', '100.00', '2025-01-05')
  office.receive(publicIncome, '4001.03', '40.00', '2025-01-05')
  office.post({
    bookId: publicIncome, date: parseDate('2025-03-10'),
    lines: [
      office.line(publicIncome, '5001.04', debit(parseYuan('15.00'))),
      office.line(publicIncome, '1001.01', credit(parseYuan('15.00'))),
    ],
  })
  return office
}

describe('ledgers', () => {
  it('end each account where the trial balance stands', () => {
    const office = quarter()
    const request = { bookId: office.publicIncome, complexId: null, kind: 'detail' as const, from: JANUARY, to: MARCH }
    const books = [...ledgerBooks(office.ledger, request)]
    const ends = books.map(({ account, rows }) => [account.split(' ')[0], rows.at(-1)?.balanceFen])
    const { rows } = trialBalance(office.ledger, { bookId: office.publicIncome, to: parseDate('2025-03-31') })
    expect(ends).toEqual(rows.map(({ code, closingFen }) => [code, closingFen]))
  })

  it('sum sub-accounts in the general ledger and leave out months that did not move', () => {
    const office = quarter()
    const scope = { bookId: office.publicIncome, from: JANUARY, to: MARCH }
    const [bank, income] = generalAccounts(office.ledger, scope)
    expect(bank).toMatchObject({ code: '1001', openingFen: 0, months: [
      { month: '2025-01', debitFen: 14_000, creditFen: 0 }, { month: '2025-03', debitFen: 0, creditFen: 1_500 },
    ] })
    expect(income).toMatchObject({ code: '4001', months: [{ month: '2025-01', creditFen: 14_000 }] })
  })

  it('begin in the middle of the year with the balance and what the year has moved', () => {
    const office = quarter()
    const [bank] = ledgerAccounts(office.ledger, { bookId: office.publicIncome, from: parseMonth('2025-02'), to: MARCH })
    expect(bank).toMatchObject({ openingFen: 14_000, debitFen: 14_000, creditFen: 0, lines: 1 })
  })

  it('keep a journal per bank account, balanced daily', () => {
    const office = quarter()
    const [journal] = bankBooks(office.ledger, { bookId: office.publicIncome, from: JANUARY, to: MARCH })
    expect(journal).toMatchObject({ name: '示例银行 600000000001', openingFen: 0 })
    const [book] = [...ledgerBooks(office.ledger, {
      bookId: office.publicIncome, complexId: office.complexId, kind: 'bankJournal', from: JANUARY, to: MARCH,
    })]
    expect(book?.rows.map(({ summary, balanceFen }) => [summary, balanceFen])).toEqual([
      ['上年结转', 0], ['测试业务', 10_000], ['测试业务', 14_000], ['本日合计', 14_000], ['本月合计', 14_000], ['本年累计', 14_000],
      ['测试业务', 12_500], ['本日合计', 12_500], ['本月合计', 12_500], ['本年累计', 12_500],
    ])
    expect(book === undefined ? [] : ledgerPages(book)).toHaveLength(1)
    expect(bankBooks(office.ledger, { bookId: office.maintenance, from: JANUARY, to: MARCH })).toEqual([])
  })

  it('are of one year', () => {
    expect(refusalOf(() => requireOneYear({ from: parseMonth('2024-12'), to: JANUARY })).code).toBe('ledgerBook.span')
    expect(refusalOf(() => requireOneYear({ from: MARCH, to: JANUARY })).code).toBe('ledgerBook.span')
  })
})

describe('the cover of bound vouchers', () => {
  it('counts the month’s vouchers and papers by kind', () => {
    const office = quarter()
    expect(boundVouchers(office.ledger, office.publicIncome, JANUARY)).toEqual([
      { kind: 'general', count: 2, first: 1, last: 2, attachments: 2, from: '2025-01-05', to: '2025-01-05' },
    ])
    expect(boundVouchers(office.ledger, office.publicIncome, parseMonth('2025-02'))).toEqual([])
  })
})

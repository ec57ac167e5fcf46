import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { fen } from '#core/money.ts'
import { trialBalanceSheet, type AccountBalance } from '#core/voucher/trial-balance.ts'

const ACCOUNTS = [
  { code: '1001', name: '银行存款', isLeaf: false },
  { code: '1001.01', name: '活期存款', isLeaf: true },
  { code: '1001.02', name: '定期存款', isLeaf: true },
  { code: '2001', name: '应付款项', isLeaf: true },
  { code: '4001', name: '收入', isLeaf: false },
  { code: '4001.01', name: '停车费', isLeaf: true },
]

function balance(code: string, opening: number, debit: number, credit: number): AccountBalance {
  return {
    code,
    openingFen: fen(opening),
    debitFen: fen(debit),
    creditFen: fen(credit),
    closingFen: fen(opening + debit - credit),
  }
}

it('puts each balance on its side, headings above their leaves, untouched accounts out', () => {
  const { lines, totals } = trialBalanceSheet([balance('1001.01', 500, 300, 0), balance('4001.01', -500, 0, 300)], ACCOUNTS)
  expect(lines.map(({ code, level, openingDebit, openingCredit, closingDebit, closingCredit }) =>
    [code, level, openingDebit, openingCredit, closingDebit, closingCredit])).toEqual([
    ['1001', 1, 500, null, 800, null],
    ['1001.01', 2, 500, null, 800, null],
    ['4001', 1, null, 500, null, 800],
    ['4001.01', 2, null, 500, null, 800],
  ])
  expect(totals).toEqual({
    openingDebit: 500, openingCredit: 500, periodDebit: 300, periodCredit: 300, closingDebit: 800, closingCredit: 800,
  })
})

it('a heading nets its leaves, the totals do not', () => {
  const { lines, totals } = trialBalanceSheet(
    [balance('1001.01', 500, 0, 0), balance('1001.02', -200, 0, 0), balance('2001', -300, 0, 0)],
    ACCOUNTS,
  )
  expect(lines.find(({ code }) => code === '1001')).toMatchObject({ openingDebit: 300, openingCredit: null })
  expect(totals).toMatchObject({ openingDebit: 500, openingCredit: 500 })
})

it('a code is never taken for the heading of a longer one that only begins like it', () => {
  const accounts = [...ACCOUNTS, { code: '10010', name: '其他', isLeaf: true }]
  const { lines } = trialBalanceSheet([balance('10010', 100, 0, 0)], accounts)
  expect(lines.map(({ code }) => code)).toEqual(['10010'])
})

it('ties out in all three pairs whenever the vouchers balance', () => {
  const leaves = ACCOUNTS.filter(({ isLeaf }) => isLeaf).map(({ code }) => code)
  const entry = fc.tuple(
    fc.constantFrom(...leaves),
    fc.constantFrom(...leaves),
    fc.integer({ min: -9e9, max: 9e9 }),
    fc.boolean(),
  )
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 30 }), (entries) => {
      const balances = leaves.map((code) => {
        const sum = (at: 0 | 1, isOpening: boolean): number =>
          entries
            .filter((each) => each[at] === code && each[3] === isOpening)
            .reduce((total, each) => total + each[2], 0)
        return balance(code, sum(0, true) - sum(1, true), sum(0, false), sum(1, false))
      })
      const { totals } = trialBalanceSheet(balances, ACCOUNTS)
      expect(totals.openingDebit).toBe(totals.openingCredit)
      expect(totals.periodDebit).toBe(totals.periodCredit)
      expect(totals.closingDebit).toBe(totals.closingCredit)
    }),
  )
})

/** 会住维01、02、03表 from hand-written sums: where each figure stands, and that a wrong booking breaks a tie-out. */
import { describe, expect, it } from 'vitest'
import { parseMonth } from '#core/calendar.ts'
import { fen } from '#core/money.ts'
import { statementsOf, waitsForClosing, type Statements } from '#core/statements/statements.ts'
import type { StatementRow } from '#core/statements/sums.ts'
import { accountSums, sumsOf } from './sums.ts'

const MONTH = { kind: 'month', month: parseMonth('2026-03') } as const
const YEAR = { kind: 'year', year: 2026 } as const

/** Year before: 1,000 in the bank, 900 funds and 100 gains. This year: 300 paid in, 20 interest (5 this month), 50 repaired. */
function soundYear() {
  return [
    accountSums('1001.01', { beforeFen: 100_000, balanceFen: 127_000, yearFen: 27_000, monthFen: 500 }),
    accountSums('3001', { beforeFen: -90_000, closedFen: -25_000, balanceFen: -125_000, yearFen: -10_000 }),
    accountSums('3101', { beforeFen: -10_000, closedFen: -1_500, balanceFen: -1_500, yearFen: 10_000 }),
    accountSums('4001', { yearFen: -30_000, closedFen: 30_000, lastYearFen: -7_000 }),
    accountSums('4101', { yearFen: -2_000, monthFen: -500, closedFen: 1_500, balanceFen: -500 }),
    accountSums('5001', { yearFen: 5_000, closedFen: -5_000 }),
  ]
}
const DISTRIBUTED = [
  { voucherId: 7, code: '3101', amountFen: fen(10_000) },
  { voucherId: 7, code: '3001', amountFen: fen(-10_000) },
]

function amounts(rows: readonly StatementRow[], key: string): readonly (number | null)[] {
  return rows.find((row) => row.key === key)?.amounts ?? []
}

function broken({ tieOuts }: Statements): string[] {
  return tieOuts.filter(({ holds }) => !holds).map(({ code }) => code)
}

describe('the statements', () => {
  const statements = statementsOf(sumsOf(soundYear(), { netAssetVouchers: DISTRIBUTED }), MONTH)

  it('tie out, and count interest that waits for its closing voucher as gains', () => {
    expect(broken(statements)).toEqual([])
    const { assets, claims } = statements.balanceSheet
    expect(amounts(assets, 'totalAssets')).toEqual([100_000, 127_000])
    expect(amounts(claims, '3101')).toEqual([10_000, 2_000])
    expect(amounts(claims, 'totalClaims')).toEqual([100_000, 127_000])
    expect(waitsForClosing(sumsOf(soundYear()))).toBe(true)
  })

  it('are made of accounts that add up to every figure, in every column of every form', () => {
    const { balanceSheet, incomeStatement, netAssets } = statements
    for (const row of [...balanceSheet.assets, ...balanceSheet.claims, ...incomeStatement.rows, ...netAssets.rows]) {
      if (row.kind === 'heading') continue
      const together = row.amounts.map((_, column) => row.parts.reduce((sum, part) => sum + (part.amounts[column] ?? 0), 0))
      expect([row.key, together]).toEqual([row.key, row.amounts])
    }
  })

  it('shows the month beside the year so far, without what closing vouchers did', () => {
    const { rows } = statements.incomeStatement
    expect(amounts(rows, '4001')).toEqual([0, 30_000])
    expect(amounts(rows, '4101')).toEqual([500, 2_000])
    expect(amounts(rows, 'surplus')).toEqual([500, 27_000])
  })

  it('tells what was earned from what was distributed', () => {
    const { columns, rows } = statements.netAssets
    expect(columns.map(({ code }) => code)).toEqual(['3001', '3101', null])
    expect(amounts(rows, 'surplus')).toEqual([25_000, 2_000, 27_000])
    expect(amounts(rows, 'distribution')).toEqual([10_000, -10_000, 0])
    expect(amounts(rows, 'closing')).toEqual([125_000, 2_000, 127_000])
  })

  it('names the accounts behind every item', () => {
    const bank = statements.balanceSheet.assets.find(({ key }) => key === '1001')
    expect(bank?.parts).toEqual([{ accountId: 100101, code: '1001.01', name: '活期存款', amounts: [100_000, 127_000] }])
  })

  it('drops the line and the column of sold public housing where there is none, and has them where there is', () => {
    const labels = (found: Statements) => found.balanceSheet.claims.map(({ label }) => label.trim())
    expect(labels(statements)).not.toContain('已售公有住房')
    const both = statementsOf(
      sumsOf(
        [
          accountSums('1001.01', { balanceFen: 300 }),
          accountSums('3001', { balanceFen: -200 }),
          accountSums('3002', { balanceFen: -100 }),
        ],
        { outside: ['3001', '3002', '1001.01'].map((code, index) => ({
          kind: 'opening' as const, code, inMonthFen: fen(0), inYearFen: fen([-200, -100, 300][index] ?? 0),
        })) }),
      MONTH,
    )
    expect(labels(both)).toContain('已售公有住房')
    expect(both.netAssets.columns).toHaveLength(4)
    expect(amounts(both.balanceSheet.claims, 'funds')).toEqual([300, 300])
    expect(broken(both)).toEqual([])
  })

  it('leaves the year before blank in the first year, and shows it afterwards', () => {
    const rows = (hasLastYear: boolean) =>
      statementsOf(sumsOf(soundYear(), { hasLastYear, netAssetVouchers: DISTRIBUTED }), YEAR).incomeStatement.rows
    expect(amounts(rows(true), '4001')).toEqual([30_000, 7_000])
    expect(amounts(rows(false), '4001')).toEqual([30_000, null])
  })
})

describe('opening and corrected openings', () => {
  it('take what an old system left as the year’s opening, not as activity', () => {
    const found = statementsOf(
      sumsOf(
        [
          accountSums('1001.01', { yearFen: 80_000, balanceFen: 80_000 }),
          accountSums('3001', { yearFen: -80_000, balanceFen: -80_000 }),
        ],
        { outside: [
          { kind: 'opening', code: '1001.01', inMonthFen: fen(0), inYearFen: fen(80_000) },
          { kind: 'opening', code: '3001', inMonthFen: fen(0), inYearFen: fen(-80_000) },
        ] },
      ),
      MONTH,
    )
    expect(amounts(found.balanceSheet.assets, '1001')).toEqual([80_000, 80_000])
    expect(amounts(found.netAssets.rows, 'lastYear')).toEqual([80_000, 0, 80_000])
    expect(broken(found)).toEqual([])
  })

  it('put a correction of earlier years in row two and in the opening column', () => {
    const found = statementsOf(
      sumsOf(
        [
          accountSums('1001.01', { beforeFen: 80_000, balanceFen: 80_000 }),
          accountSums('2001', { yearFen: -3_000, balanceFen: -3_000 }),
          accountSums('3001', { beforeFen: -80_000, yearFen: 3_000, balanceFen: -77_000 }),
        ],
        { outside: [
          { kind: 'adjustment', code: '2001', inMonthFen: fen(0), inYearFen: fen(-3_000) },
          { kind: 'adjustment', code: '3001', inMonthFen: fen(0), inYearFen: fen(3_000) },
        ] },
      ),
      MONTH,
    )
    expect(amounts(found.netAssets.rows, 'adjustment')).toEqual([-3_000, 0, -3_000])
    expect(amounts(found.balanceSheet.claims, 'totalNetAssets')).toEqual([77_000, 77_000])
    expect(broken(found)).toEqual([])
  })
})

describe('a tie-out that does not hold', () => {
  it('shows gains that were distributed and partly spent in one voucher', () => {
    const accounts = [
      accountSums('1001.01', { beforeFen: 100, yearFen: -40, balanceFen: 60 }),
      accountSums('3001', { yearFen: -60, balanceFen: -60 }),
      accountSums('3101', { beforeFen: -100, yearFen: 100, balanceFen: 0 }),
    ]
    const netAssetVouchers = [
      { voucherId: 1, code: '3101', amountFen: fen(100) },
      { voucherId: 1, code: '3001', amountFen: fen(-60) },
    ]
    expect(broken(statementsOf(sumsOf(accounts, { netAssetVouchers }), MONTH))).toEqual(['distribution'])
  })

  it('shows income carried forward to a liability', () => {
    const accounts = [
      accountSums('1001.01', { yearFen: 100, balanceFen: 100 }),
      accountSums('2001', { closedFen: -100, balanceFen: -100 }),
      accountSums('4101', { yearFen: -100, closedFen: 100 }),
    ]
    expect(broken(statementsOf(sumsOf(accounts), MONTH))).toEqual(['surplus'])
  })
})

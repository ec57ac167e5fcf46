import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { changeOf, sheetDifferences } from '#core/disclosure/difference.ts'
import { figuresText } from '#core/disclosure/digest.ts'
import { buildQuarterSheet } from '#core/disclosure/sheet.ts'
import { parseYuan } from '#core/money.ts'
import { income, plainInput, rekeyedHalfYear } from './sheets.ts'

describe('what differs between two sheets', () => {
  it('is nothing between a sheet and itself', () => {
    for (const input of [plainInput(), rekeyedHalfYear()]) {
      expect(sheetDifferences(buildQuarterSheet(input), buildQuarterSheet(input))).toEqual([])
    }
  })

  it('names the row, and every total the row moves', () => {
    const input = plainInput()
    const [first] = input.income
    if (first === undefined) throw new Error('no income')
    const changed = income(first.id, first.category, '换了名称的公司', '8400.01')
    const after = buildQuarterSheet({ ...input, income: [changed, ...input.income.slice(1)] })
    const differences = sheetDifferences(buildQuarterSheet(input), after)
    const moved = differences.filter((each) => changeOf(each) !== 0).map((each) => `${each.part}·${each.row}`)
    expect(moved).toEqual(expect.arrayContaining(['本期收入·合计', '净收益·合计', '期末结余·合计']))
    expect(differences.filter((each) => each.part === '本期收入')).toHaveLength(2)
  })

  it('tells a row that came or went from one that is 0.00', () => {
    const input = plainInput()
    const [first] = input.income
    if (first === undefined) throw new Error('no income')
    const before = buildQuarterSheet(input)
    const nothing = { amount: parseYuan('0.00'), refs: [] }
    const zero = buildQuarterSheet({ ...input, income: [{ ...first, received: nothing }, ...input.income.slice(1)] })
    const blank = buildQuarterSheet({ ...input, income: [{ ...first, received: null }, ...input.income.slice(1)] })
    const rowOf = (sheet: typeof before) =>
      sheetDifferences(before, sheet).find((each) => each.part === '本期收入' && each.row !== '合计')
    expect(rowOf(zero)?.after).toBe(0)
    expect(rowOf(blank)?.after).toBeNull()
    expect(sheetDifferences(zero, blank).map((each) => [each.before, each.after])).toEqual([[0, null]])
  })

  it('is empty exactly when the digest is the same, whatever amount of income changes', () => {
    const input = plainInput()
    const amount = fc.integer({ min: -1_000_000_000, max: 1_000_000_000 })
    const sheetWith = (fen: number) => {
      const [first] = input.income
      if (first === undefined) throw new Error('no income')
      const received = { amount: parseYuan((fen / 100).toFixed(2)), refs: [] }
      return buildQuarterSheet({ ...input, income: [{ ...first, received }, ...input.income.slice(1)] })
    }
    fc.assert(
      fc.property(amount, amount, (one, other) => {
        const [before, after] = [sheetWith(one), sheetWith(other)]
        expect(sheetDifferences(before, after).length === 0).toBe(figuresText(before) === figuresText(after))
        const total = sheetDifferences(before, after).find((each) => each.part === '期末结余')
        expect(total === undefined ? 0 : changeOf(total)).toBe(other - one)
      }),
    )
  })
})

import { describe, expect, it } from 'vitest'
import { parseQuarter } from '#core/calendar.ts'
import type { QuarterInput } from '#core/disclosure/quarter-input.ts'
import { buildQuarterSheet } from '#core/disclosure/sheet.ts'
import { parseYuan } from '#core/money.ts'
import { findings, levels, of } from './findings.ts'
import { cost, figure, income, plainInput } from './sheets.ts'

describe('amounts', () => {
  it('a frozen total that is not the sum of its rows blocks', () => {
    const sheet = buildQuarterSheet(plainInput())
    const found = findings({ ...sheet, costs: { ...sheet.costs, total: figure('400.01') } }, 'detail-sums')
    expect(levels(found)).toEqual(['block'])
    expect(found[0]?.message).toContain('400.00 元，合计 400.01 元，相差 -0.01 元')
  })

  it('a closing balance that does not follow from its parts blocks', () => {
    const sheet = buildQuarterSheet(plainInput())
    expect(levels(findings({ ...sheet, closing: figure('13500.01') }, 'closing-formula'))).toEqual(['block'])
    expect(findings(sheet, 'closing-formula')).toEqual([])
  })

  it('an opening other than the last published closing blocks and names both', () => {
    const previous = { quarter: parseQuarter('2025Q2'), version: 2, closing: parseYuan('9999.99') }
    const found = of({ previous }, 'opening-continues')
    expect(levels(found)).toEqual(['block'])
    expect(found[0]?.message).toContain('10,000.00')
    expect(found[0]?.message).toContain('9,999.99')
    expect(found[0]?.refs).toEqual([9])
  })

  it('a first notice may open with money once its notes say where it came from', () => {
    expect(levels(of({ previous: null }, 'opening-continues'))).toEqual(['warn'])
    expect(levels(of({ previous: null, notes: ['上期结余由前任物业企业移交。'] }, 'opening-continues'))).toEqual(['hint'])
    expect(of({ previous: null, openings: [] }, 'opening-continues')).toEqual([])
  })

  it('a closing balance that the bank does not have blocks until it is a reconciling item', () => {
    expect(levels(of({ reconciling: [] }, 'bank-ties-out'))).toEqual(['block'])
    expect(of({}, 'bank-ties-out')).toEqual([])
  })

  it('a daily fund summary that does not add up blocks, one the bank does not show warns', () => {
    const daily = (closing: string, bank: string): Partial<QuarterInput> => ({
      dailyFund: {
        opening: figure('10.00'),
        income: figure('5.00'),
        spending: figure('3.00'),
        closing: figure(closing),
        bankBalance: parseYuan(bank),
      },
    })
    expect(of(daily('12.00', '12.00'), 'daily-fund')).toEqual([])
    expect(levels(of(daily('12.01', '12.01'), 'daily-fund'))).toEqual(['block'])
    expect(levels(of(daily('12.00', '11.00'), 'daily-fund'))).toEqual(['warn'])
  })

  it('a percent column that does not sum to 100.00 blocks', () => {
    const sheet = buildQuarterSheet(plainInput())
    const categories = sheet.income.categories.map((row) => ({ ...row, shareHundredths: 3333 }))
    expect(levels(findings({ ...sheet, income: { ...sheet.income, categories } }, 'percent-sum'))).toEqual(['block'])
    expect(findings(sheet, 'percent-sum')).toEqual([])
  })

  it('words in 万元 and a ten-thousandfold jump are suspected of a wrong unit', () => {
    expect(levels(of({ notes: ['本期收入 1.14 万元。'] }, 'unit-consistent'))).toEqual(['warn'])
    const was = (received: string): Partial<QuarterInput> => ({
      earlier: [
        {
          id: 'lift-ad',
          quarter: parseQuarter('2025Q2'),
          category: '电梯广告',
          counterparty: { kind: 'company', name: '示例传媒有限公司' },
          place: '',
          contractNo: null,
          received: parseYuan(received),
        },
      ],
    })
    expect(of(was('0.30'), 'unit-consistent')[0]?.message).toContain('疑似')
    expect(of(was('0.31'), 'unit-consistent')).toEqual([])
  })

  it('income booked net of a share needs a note with the gross', () => {
    const row = (note: string): Partial<QuarterInput> => ({
      income: [income('n', '电梯广告', '示例传媒', '11400.00', { basis: 'net', note })],
    })
    expect(levels(of(row(''), 'gross-net'))).toEqual(['warn'])
    expect(of(row('合同总额 16,285.71 元，分成 70%'), 'gross-net')).toEqual([])
  })

  it('a red row needs a note', () => {
    expect(levels(of({ costs: [cost('c', '税', '-5.00')] }, 'negative-rows'))).toEqual(['warn'])
    expect(of({ costs: [cost('c', '税', '-5.00', { note: '冲销 6 月多计' })] }, 'negative-rows')).toEqual([])
  })
})

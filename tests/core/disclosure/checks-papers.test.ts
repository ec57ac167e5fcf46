import { describe, expect, it } from 'vitest'
import { parseDate, parseQuarter } from '#core/calendar.ts'
import { findPersonalData, isIdNumber } from '#core/disclosure/personal-data.ts'
import type { QuarterInput } from '#core/disclosure/quarter-input.ts'
import { buildQuarterSheet } from '#core/disclosure/sheet.ts'
import { parseYuan } from '#core/money.ts'
import { levels, of } from './findings.ts'
import { cost, figure, income, plainInput, transfer, use } from './sheets.ts'

describe('blank and zero rows', () => {
  const earlier = [
    {
      id: 'parking',
      quarter: parseQuarter('2025Q2'),
      category: '共用场地停车',
      counterparty: { kind: 'individual' as const },
      place: '',
      contractNo: null,
      received: parseYuan('8000.00'),
    },
  ]

  it('block while an earlier quarter had money, until a reason is given', () => {
    const silent = { income: [], earlier }
    const found = of(silent, 'silent-rows')
    expect(levels(found)).toEqual(['block'])
    expect(found[0]?.message).toContain('2025年第2季度收入 8,000.00 元，本期为空白')
    expect(of({ ...silent, reasons: { parking: '道路改造停收' } }, 'silent-rows')).toEqual([])
    expect(levels(of({ ...silent, reasons: { parking: '  ' } }, 'silent-rows'))).toEqual(['block'])
  })

  it('block while a contract runs or money is due, for zero as for blank', () => {
    const zero = (more: Parameters<typeof income>[4]): Partial<QuarterInput> => ({
      income: [income('z', '电梯广告', '示例传媒', '0.00', more)],
    })
    expect(levels(of(zero({ contractNo: 'HT-1' }), 'silent-rows'))).toEqual(['block'])
    expect(of(zero({ receivable: figure('3000.00') }), 'silent-rows')[0]?.message).toContain('应收 3,000.00 元，实收为 0.00')
    expect(of(zero({}), 'silent-rows')).toEqual([])
  })

  it('block for a cost or use without an amount', () => {
    expect(levels(of({ costs: [cost('c', '电费', '0.00')] }, 'silent-rows'))).toEqual(['block'])
    expect(levels(of({ uses: [use('u', '绿化', '1.00', { amount: null })] }, 'silent-rows'))).toEqual(['block'])
  })
})

describe('dates', () => {
  it('a balance of another day than the quarter\'s last blocks (the 2023 report with a 2022 balance)', () => {
    expect(levels(of({ balanceDate: parseDate('2024-09-30') }, 'dates'))).toEqual(['block'])
  })

  it('a transfer outside the quarter blocks, one on its first and last day does not', () => {
    expect(levels(of({ transfers: [transfer('t', '2025-10-01', '1.00')] }, 'dates'))).toEqual(['block'])
    expect(of({ transfers: [transfer('a', '2025-07-01', '1.00'), transfer('b', '2025-09-30', '1.00')] }, 'dates')).toEqual([])
  })

  it('a decision after the quarter is suspected of coming after the money', () => {
    const found = of({ uses: [use('u', '照明', '1.00', { decision: { no: '决 9', date: parseDate('2025-10-01') } })] }, 'dates')
    expect(levels(found)).toEqual(['warn'])
    expect(found[0]?.message).toContain('疑似先支出后决定')
  })

  it('a previous notice that is not earlier blocks', () => {
    expect(
      levels(
        of({ previous: { quarter: parseQuarter('2025Q3'), version: 1, closing: parseYuan('10000.00') } }, 'dates'),
      ),
    ).toEqual(['block'])
  })

  it('a covered period that ends before it starts blocks', () => {
    const covered = { from: parseDate('2025-09-30'), to: parseDate('2025-07-01') }
    expect(levels(of({ income: [income('i', '广告', '示例传媒', '1.00', { covered })] }, 'dates'))).toEqual(['block'])
  })
})

describe('papers', () => {
  it('a cost without a document blocks', () => {
    expect(levels(of({ costs: [cost('c', '税', '4.00', { document: ' ' })] }, 'cost-document'))).toEqual(['block'])
    expect(of({}, 'cost-document')).toEqual([])
  })

  it('a use without a decision blocks', () => {
    expect(levels(of({ uses: [use('u', '照明', '4.00', { decision: null })] }, 'use-decision'))).toEqual(['block'])
    expect(of({}, 'use-decision')).toEqual([])
  })

  it('money without an attachment is warned of, with its vouchers', () => {
    const found = of({ income: [income('i', '广告', '示例传媒', '5.00', { attachments: 0 })] }, 'attachments')
    expect(levels(found)).toEqual(['warn'])
    expect(found[0]?.refs).toEqual([1])
    expect(of({}, 'attachments')).toEqual([])
  })
})

describe('personal data on the board', () => {
  it('phones, ID numbers and whole account numbers block wherever they stand', () => {
    expect(levels(of({ notes: ['咨询 138 0000 1234'] }, 'personal-data'))).toEqual(['block'])
    expect(levels(of({ notes: ['账号 6222 0212 3456 7890 123'] }, 'personal-data'))).toEqual(['block'])
    expect(
      levels(
        of({}, 'personal-data', { versionTexts: [{ field: '更正原因', text: '身份证 11010519491231002X 登记有误' }] }),
      ),
    ).toEqual(['block'])
  })

  it('dates, amounts, office lines and long contract numbers are left alone', () => {
    const notes = ['所属 2025-07-01 2025-09-30，收款 12,345,678.90 元，热线 0592-1234 5678']
    expect(
      of(
        { notes, income: [income('i', '广告', '示例传媒', '5.00', { contractNo: 'HT202507010000012' })] },
        'personal-data',
      ),
    ).toEqual([])
  })

  it('names of residents block, but a shop with such a name and two-character words only warn', () => {
    const names = { personNames: ['欧阳明月', '高明'] }
    expect(levels(of({ notes: ['欧阳明月代收'] }, 'personal-data', names))).toEqual(['block'])
    expect(levels(of({ notes: ['提高明细质量'] }, 'personal-data', names))).toEqual(['warn'])
    expect(levels(of({ income: [income('i', '租金', '欧阳明月建材店', '5.00')] }, 'personal-data', names))).toEqual(['warn'])
  })

  it('shows finds masked', () => {
    expect(findPersonalData('13800001234')).toEqual([{ kind: 'phone', shown: '138****34', certain: true }])
  })

  it('an ID number is told by its check digit', () => {
    expect(isIdNumber('11010519491231002X')).toBe(true)
    expect(isIdNumber('110105194912310021')).toBe(false)
  })

  it('an individual payer is printed as 个人 and cannot carry a name', () => {
    const sheet = buildQuarterSheet(plainInput())
    expect(sheet.income.rows[0]?.counterparty).toEqual({ kind: 'individual' })
  })
})

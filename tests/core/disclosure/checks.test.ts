import { describe, expect, it } from 'vitest'
import { NO_HOLIDAYS, parseDate, parseQuarter } from '#core/calendar.ts'
import { blocksPublishing, CHECKS, runChecks, type CheckContext, type CheckId, type Finding } from '#core/disclosure/checks.ts'
import { findPersonalData, isIdNumber } from '#core/disclosure/personal-data.ts'
import type { QuarterInput } from '#core/disclosure/quarter-input.ts'
import { buildQuarterSheet, type QuarterSheet } from '#core/disclosure/sheet.ts'
import { parseYuan } from '#core/money.ts'
import { cost, figure, income, plainInput, rekeyedHalfYear, transfer, use } from './sheets.ts'

const CONTEXT: CheckContext = { personNames: [], versionTexts: [], today: parseDate('2025-10-10'), plan: null }

function findings(sheet: QuarterSheet, check: CheckId, context: Partial<CheckContext> = {}): readonly Finding[] {
  return runChecks(sheet, { ...CONTEXT, ...context }).filter((finding) => finding.check === check)
}

function of(input: Partial<QuarterInput>, check: CheckId, context: Partial<CheckContext> = {}): readonly Finding[] {
  return findings(buildQuarterSheet(plainInput(input)), check, context)
}

const levels = (list: readonly Finding[]): readonly string[] => list.map((finding) => finding.level)

describe('a sheet that is in order', () => {
  it('passes every check', () => {
    expect(runChecks(buildQuarterSheet(plainInput()), CONTEXT)).toEqual([])
  })

  it('passes with a negative opening that its notes explain', () => {
    const found = runChecks(buildQuarterSheet(rekeyedHalfYear()), CONTEXT)
    expect(found.map((finding) => [finding.check, finding.level])).toEqual([['opening-continues', 'hint']])
    expect(blocksPublishing(found)).toBe(false)
  })
})

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

describe('the policy profile', () => {
  const fact = (transferred: string, strict: boolean, required: string | null = '5500.00') => ({
    topUp: {
      required: required === null ? null : parseYuan(required),
      strict,
      transferred: parseYuan(transferred),
      dueBy: parseDate('2025-10-31'),
      rule: '50% 以上',
    },
  })
  const late = { today: parseDate('2025-11-01') }

  it('exactly half satisfies "at least" but not "more than"', () => {
    expect(of(fact('5500.00', false), 'top-up-ratio', late)).toEqual([])
    expect(levels(of(fact('5500.00', true), 'top-up-ratio', late))).toEqual(['warn'])
    expect(of(fact('5500.01', true), 'top-up-ratio', late)).toEqual([])
  })

  it('is a hint until the transfer is due, a warning after', () => {
    expect(levels(of(fact('0.00', false), 'top-up-ratio', { today: parseDate('2025-10-31') }))).toEqual(['hint'])
    expect(levels(of(fact('0.00', false), 'top-up-ratio', late))).toEqual(['warn'])
  })

  it('asks for nothing on a loss and says when the rule is unknown', () => {
    expect(of(fact('0.00', true, '0.00'), 'top-up-ratio', late)).toEqual([])
    expect(levels(of(fact('0.00', true, null), 'top-up-ratio', late))).toEqual(['hint'])
  })

  const plan = (
    to: string | null,
    rule: NonNullable<CheckContext['plan']>['rule'],
    from = '2025-10-15',
  ): Partial<CheckContext> => ({
    plan: { from: parseDate(from), to: to === null ? null : parseDate(to), rule, holidays: NO_HOLIDAYS },
  })

  it('a posting-up shorter than the rule blocks, one day more does not', () => {
    const found = of({}, 'posting-span', plan('2025-11-13', { unit: 'calendar', days: 30 }))
    expect(levels(found)).toEqual(['block'])
    expect(found[0]?.message).toContain('2025年11月14日')
    expect(of({}, 'posting-span', plan('2025-11-14', { unit: 'calendar', days: 30 }))).toEqual([])
  })

  it('working days are counted as working days', () => {
    expect(levels(of({}, 'posting-span', plan('2025-11-14', { unit: 'working', days: 30 })))).toEqual(['block'])
    expect(of({}, 'posting-span', plan('2025-11-26', { unit: 'working', days: 30 }))).toEqual([])
  })

  it('until the next notice means no end date, and an unknown rule only hints', () => {
    expect(of({}, 'posting-span', plan(null, { unit: 'until_next' }))).toEqual([])
    expect(levels(of({}, 'posting-span', plan('2025-11-14', { unit: 'until_next' })))).toEqual(['warn'])
    expect(levels(of({}, 'posting-span', plan(null, null)))).toEqual(['hint'])
  })

  it('a notice cannot hang before its quarter is over', () => {
    expect(levels(of({}, 'posting-span', plan('2025-12-30', { unit: 'calendar', days: 30 }, '2025-09-30')))).toEqual(['block'])
  })
})

it('every check has a title for the screen and messages say what to do', () => {
  const broken = plainInput({
    costs: [cost('c', '税', '4.00', { document: null, attachments: 0 })],
    uses: [use('u', '修', '3.00', { decision: null })],
    reconciling: [],
  })
  for (const finding of runChecks(buildQuarterSheet(broken), CONTEXT)) {
    expect(CHECKS[finding.check]).not.toBe('')
    expect(finding.message).toMatch(/请[^。]+。$/)
  }
})

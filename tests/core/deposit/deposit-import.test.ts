import fc from 'fast-check'
import { utils, write } from '@e965/xlsx'
import { describe, expect, it } from 'vitest'
import { addMonths, parseDate } from '#core/calendar.ts'
import { readDepositSheet, type ImportAnswers } from '#core/deposit/deposit-import.ts'
import { readMoneyCell, readRateCell, readTermCell } from '#core/deposit/deposit-import-cells.ts'
import { formatYuan, parseYuan } from '#core/money.ts'
import { formatPercent, parsePercent, rateMicro } from '#core/rate.ts'

const NOTHING: ImportAnswers = { rateUnit: null, moneyUnit: null }
const where = { row: 2, field: 'x' }
const csv = (...lines: readonly string[]) => new TextEncoder().encode(lines.join('\r\n'))
const HEAD = '证实书号,小区,本金（元）,年利率,起存日,存期,到期日'

type Cell = string | number
function book(rows: readonly (readonly Cell[])[], bookType: 'xlsx' | 'xls'): Uint8Array {
  const workbook = utils.book_new()
  utils.book_append_sheet(workbook, utils.aoa_to_sheet(rows.map((row) => [...row])), '台账')
  const bytes: unknown = write(workbook, { type: 'buffer', bookType })
  if (!(bytes instanceof Uint8Array)) throw new Error('no bytes')
  return bytes
}

describe('a rate cell', () => {
  const rate = (text: string, unit: ImportAnswers['rateUnit'] = null) => readRateCell(text, unit, where)

  it('is read as it stands where it says percent, or where only percent makes sense', () => {
    expect(rate('2.35%')).toBe(parsePercent('2.35'))
    expect(rate('2.35')).toBe(parsePercent('2.35'))
    expect(rate('２.３５％')).toBe(parsePercent('2.35'))
    expect(rate('0.35')).toBe(parsePercent('0.35'))
    expect(rate('0.05%')).toBe(parsePercent('0.05'))
  })

  it('is asked about where it has two readings, and follows the answer', () => {
    expect(rate('0.0235')).toEqual({ ask: true, text: '0.0235' })
    expect(rate('0.05')).toEqual({ ask: true, text: '0.05' })
    expect(rate('0.0235', 'fraction')).toBe(parsePercent('2.35'))
    expect(rate('0.0235', 'percent')).toBe(parsePercent('0.0235'))
    // The answer is about small numbers only.
    expect(rate('2.35', 'fraction')).toBe(parsePercent('2.35'))
  })

  it('is refused as zero, as words, and beyond any deposit', () => {
    expect(() => rate('0')).toThrow('续存利率未定')
    expect(() => rate('面议')).toThrow('不是年利率')
    expect(() => rate('235')).toThrow('核对单位')
    expect(() => rate('2.35E-2')).toThrow('不是年利率')
  })

  it('comes back from its own percent text for every rate', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 15_000_000 }), (micro) => {
      expect(rate(`${formatPercent(rateMicro(micro))}%`)).toBe(micro)
    }))
  })
})

describe('an amount cell', () => {
  const money = (text: string, stated: 'yuan' | 'wan' | null = null, answer: 'yuan' | 'wan' | null = null) =>
    readMoneyCell(text, stated, answer, where)

  it('takes its own unit before the title’s, and 万元 to the fen', () => {
    expect(money('50万元', 'yuan')).toBe(parseYuan('500000.00'))
    expect(money('50.123456', 'wan')).toBe(parseYuan('501234.56'))
    expect(money('¥1,000,000.00')).toBe(parseYuan('1000000.00'))
    expect(money('1000000元', 'wan')).toBe(parseYuan('1000000.00'))
  })

  it('is asked about where no unit is written and yuan would be less than a unit may place', () => {
    expect(money('500')).toEqual({ ask: true, text: '500' })
    expect(money('500', null, 'wan')).toBe(parseYuan('5000000.00'))
    expect(money('10000')).toBe(parseYuan('10000.00'))
  })

  it('is refused as zero, negative, or with a part of a fen', () => {
    expect(() => money('0.00', 'yuan')).toThrow('本金是 0')
    expect(() => money('-500000', 'yuan')).toThrow('不是金额')
    expect(() => money('10000.001', 'yuan')).toThrow('两位小数')
    expect(() => money('5E5', 'yuan')).toThrow('不是金额')
  })

  it('comes back from its own text for every amount', () => {
    fc.assert(fc.property(fc.integer({ min: 1_000_000, max: 9e14 }), (value) => {
      expect(money(formatYuan(parseYuan(String(Math.floor(value / 100)))))).toBe(Math.floor(value / 100) * 100)
    }))
  })
})

describe('a term cell', () => {
  const valueDate = parseDate('2025-01-31')
  const term = (text: string, stated: 'years' | 'months' | 'days' | null = null, due: string | null = null) =>
    readTermCell(text, stated, { valueDate, dueDate: due === null ? null : parseDate(due) }, where)

  it('reads years, months and days as people write them', () => {
    for (const text of ['1年', '12个月', '一年', '1年期', '12月', '12M', '1Y']) expect(term(text)).toEqual({ unit: 'months', count: 12 })
    expect(term('半年')).toEqual({ unit: 'months', count: 6 })
    expect(term('365天')).toEqual({ unit: 'days', count: 365 })
    expect(term('36', 'months')).toEqual({ unit: 'months', count: 36 })
  })

  it('takes the one unit that ends on the due date, and refuses a bare number without it', () => {
    expect(term('12', null, '2026-01-31')).toEqual({ unit: 'months', count: 12 })
    expect(term('1', null, '2026-01-31')).toEqual({ unit: 'months', count: 12 })
    expect(term('1', null, '2025-02-28')).toEqual({ unit: 'months', count: 1 })
    expect(() => term('12')).toThrow('没有单位')
    expect(() => term('12', null, '2026-02-15')).toThrow('没有单位')
  })

  it('is read off the dates where the cell is empty', () => {
    expect(term('', null, '2025-04-30')).toEqual({ unit: 'months', count: 3 })
    expect(term('', null, '2025-05-01')).toEqual({ unit: 'days', count: 90 })
    expect(() => term('')).toThrow('至少填写一项')
  })

  it('of whole months is found again from its own due date', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 120 }), (count) => {
      expect(term('', null, addMonths(valueDate, count))).toEqual({ unit: 'months', count })
    }))
  })
})

describe('a deposit sheet', () => {
  const read = (bytes: Uint8Array, answers = NOTHING) => readDepositSheet(bytes, answers)

  it('finds its title row below a heading, keeps leading zeros, and leaves blank lines and totals out', () => {
    const sheet = read(csv('定期存款台账', '', HEAD, '00123,滨江苑,"1,000,000.00",1.5%,2025-01-31,1年,', '', '合计,,1000000.00,,,,'))
    expect(sheet).toMatchObject({ headerLine: 3, problems: [], questions: [], skipped: [{ line: 6, text: '合计 1000000.00' }] })
    expect(sheet.lines).toMatchObject([{
      line: 4, certificateNo: '00123', complex: '滨江苑', principalFen: parseYuan('1000000.00'), rateMicro: parsePercent('1.5'),
      valueDate: '2025-01-31', term: { unit: 'months', count: 12 }, dueDate: null, problems: [],
    }])
  })

  it.each(['xlsx', 'xls'] as const)('reads %s, dates as the office formats them, and its units from the titles', (type) => {
    const sheet = read(book([
      ['存单号', '小区名称', '存款金额(万元)', '利率%', '起息日期', '期限(月)', '到期日期', '转存方式'],
      ['0042', '滨江苑', 50.5, 2.35, '2025/1/31', 12, '2026年1月31日', '本息转存'],
    ], type))
    expect(sheet.lines).toMatchObject([{
      certificateNo: '0042', principalFen: parseYuan('505000.00'), rateMicro: parsePercent('2.35'),
      term: { unit: 'months', count: 12 }, dueDate: '2026-01-31',
      isOtherDueDate: false, instruction: 'principal_and_interest', problems: [],
    }])
  })

  it('refuses a number of nineteen digits that a sheet kept as a float, and names the line', () => {
    const row = [6_228_480_402_564_890_018, '滨江苑', 1_000_000, '1.5%', '2025-01-31', '1年', '']
    const sheet = read(book([HEAD.split(','), row], 'xlsx'))
    expect(sheet.lines[0]?.problems).toMatchObject([{ code: 'import.damaged', row: 2, field: 'certificateNo' }])
    const text = read(csv(HEAD, '6.22848E+18,滨江苑,1000000,1.5%,2025-01-31,1年,'))
    expect(text.lines[0]?.problems).toMatchObject([{ code: 'import.damaged' }])
  })

  it('asks once for a whole column, and reads it with the answer', () => {
    const bytes = csv(HEAD.replace('（元）', ''), 'a1,滨江苑,500,0.0235,2025-01-31,1年,', 'a2,滨江苑,600,0.0185,2025-01-31,1年,')
    const asked = read(bytes)
    expect(asked.questions).toEqual([
      { kind: 'rateUnit', line: 2, text: '0.0235', count: 2 }, { kind: 'moneyUnit', line: 2, text: '500', count: 2 },
    ])
    expect(asked.lines.every(({ problems }) => problems.some(({ code }) => code === 'import.ask'))).toBe(true)
    const answered = read(bytes, { rateUnit: 'fraction', moneyUnit: 'wan' })
    expect(answered.questions).toEqual([])
    expect(answered.lines).toMatchObject([
      { principalFen: parseYuan('5000000.00'), rateMicro: parsePercent('2.35'), problems: [] },
      { principalFen: parseYuan('6000000.00'), rateMicro: parsePercent('1.85'), problems: [] },
    ])
  })

  it('names every thing wrong with a line at once', () => {
    const [line] = read(csv(HEAD, ',滨江苑,x,2.35%,2025-02-30,1年,2024-01-01')).lines
    expect(line?.problems.map(({ field }) => field)).toEqual(['certificateNo', 'principal', 'valueDate'])
    const [late] = read(csv(HEAD, 'a1,滨江苑,100000,2.35%,2025-01-31,1年,2025-01-31')).lines
    expect(late?.problems).toMatchObject([{ code: 'import.dueDate', row: 2 }])
  })

  it('finds a certificate written twice, a total that does not agree, and a due date of its own', () => {
    const row = 'a1,滨江苑,100000,2.35%,2025-01-31,1年,'
    const sheet = read(csv(HEAD, `${row}2026-02-02`, row, '合计,,300000,,,,'))
    expect(sheet.lines.map(({ isOtherDueDate }) => isOtherDueDate)).toEqual([true, false])
    expect(sheet.lines[1]?.problems).toMatchObject([{ code: 'import.repeat', message: '存单号 a1 与第 2 行相同' }])
    expect(sheet.problems).toMatchObject([{ code: 'import.total', row: 4 }])
  })

  it('says which columns are missing, and refuses a title used twice', () => {
    expect(() => read(csv('证实书号,小区,本金', 'a1,滨江苑,100000'))).toThrow('第 1 行是表头，但缺少“年利率”、“起息日”列')
    expect(() => read(csv(HEAD.replace('小区', '本金'), 'a1,1,1,1,1,1,1'))).toThrow('有两列都叫“本金”')
    expect(() => read(csv('甲,乙', '1,2'))).toThrow('找不到表头')
    expect(() => read(csv(HEAD))).toThrow('没有存单')
  })

  it('takes 账号 for the certificate only where no better column names it', () => {
    const line = (head: string, row: string) => read(csv(head, row)).lines[0]?.certificateNo
    expect(line('账号,本金（元）,年利率,起息日,存期', '0012-3456,100000,2.35%,2025-01-31,1年')).toBe('0012-3456')
    expect(line('账号,存单号,本金（元）,年利率,起息日,存期', '999,0077,100000,2.35%,2025-01-31,1年')).toBe('0077')
  })
})

/** A layout the office describes itself: recognised by its titles, read by its rule, proved like any other. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Problem } from '#core/problem.ts'
import {
  checkMapping, columnTitles, ruleFor, suggestHeadingRow, suggestMapping, type ColumnMapping, type NamedMapping,
} from '#core/statement/mapping.ts'
import { CMB_INCOME, cmb, errorCodes, parseText, warningCodes } from './statement-files.ts'

const TITLES = ['营业日', '说明', '发生数', '方向', '结存数', '往来户']

const BASE: ColumnMapping = {
  titles: TITLES,
  fields: { 营业日: 'date', 说明: 'memo', 发生数: 'amount', 方向: 'flag', 结存数: 'balance', 往来户: 'party' },
  rule: 'flagged', positiveIs: 'in', inWords: ['存进'], outWords: ['支用'], dateOrder: 'year', brackets: 'byBalance',
}

const saved = (mapping: Partial<ColumnMapping> = {}): NamedMapping => ({ ...BASE, ...mapping, id: 7, name: '示例城市银行' })

const file = (...rows: readonly string[]) => [TITLES.join(','), ...rows, ''].join('\r\n')
const IN = '2024-01-05,场地费,300.00,存进,400.00,示例便利店'
const OUT = '2024-01-06,账户服务,12.00,支用,388.00,'

describe('a described layout', () => {
  it('is unknown without its description and read with it', () => {
    expect(errorCodes(parseText(file(IN, OUT)))).toEqual(['header.missing'])
    const statement = parseText(file(IN, OUT), { mappings: [saved()] })
    expect(statement).toMatchObject({
      errors: [], layout: 'mapping:7', bank: '示例城市银行', balanceChain: 'ok', opening: 10_000,
      closing: 38_800, inFen: 30_000, outFen: 1_200,
    })
    expect(statement.rows[0]).toMatchObject({ date: '2024-01-05', party: '示例便利店', memo: '场地费' })
  })

  it('is found below any preamble, with its columns in any order and others between them', () => {
    const cells = (text: string) => text.split(',')
    fc.assert(fc.property(
      fc.shuffledSubarray([0, 1, 2, 3, 4, 5], { minLength: 6 }), fc.integer({ min: 0, max: 12 }), fc.boolean(),
      (order, above, extra) => {
        const line = (text: string, more: string) => [
          ...order.map((column) => cells(text)[column] ?? ''), ...(extra ? [more] : [])
        ].join(',')
        const text = [
          ...Array.from(
            { length: above }, (_, index) => `说明行 ${index}`,
          ), line(TITLES.join(','), '网点'), line(IN, '城中'), line(OUT, '城中'), '',
        ].join('\r\n')
        expect(parseText(text, { mappings: [saved()] })).toMatchObject(
          { errors: [], inFen: 30_000, outFen: 1_200, closing: 38_800 },
        )
      },
    ))
  })

  it('goes before the layouts that are known, since the clerk has looked', () => {
    const titles = columnTitles(cmb().split('\r\n')[2]?.split(',') ?? [])
    const mapping = { ...suggestMapping(titles), id: 3, name: '招商' }
    expect(parseText(cmb(CMB_INCOME), { mappings: [mapping] }).layout).toBe('mapping:3')
  })

  it('is not taken for a file that lacks one of its titles', () => {
    expect(errorCodes(parseText(file(IN).replace('结存数', '余'), { mappings: [saved()] }))).toEqual(['header.missing'])
  })

  it('does not save a file whose balances contradict it', () => {
    const swapped = saved({ inWords: ['支用'], outWords: ['存进'] })
    expect(errorCodes(parseText(file(IN, OUT), { mappings: [swapped] }))).toEqual(['balance.chain'])
  })

  it('one signed column may count what is spent as positive', () => {
    const text = ['日期,数额', '2024-01-05,12.00', '2024-01-06,-5.00', ''].join('\r\n')
    const mapping = saved({
      titles: ['日期', '数额'], fields: { 日期: 'date', 数额: 'amount' }, rule: 'signed', positiveIs: 'out', inWords: [], outWords: [],
    })
    const statement = parseText(text, { mappings: [mapping] })
    expect(statement.rows.map((row) => row.amountFen)).toEqual([-1_200, 500])
    expect(warningCodes(statement)).toContain('check.none')
  })

  it.each(
    [['plain', -10_000], ['negative', 10_000]] as const,
  )('brackets without a balance are read as told: %s', (brackets, fen) => {
    const text = ['日期,收,支', '2024-01-05,,(100.00)', ''].join('\r\n')
    const mapping = saved({
      titles: ['日期', '收', '支'], fields: { 日期: 'date', 收: 'in', 支: 'out' }, rule: 'sides', inWords: [], outWords: [],
    })
    expect(errorCodes(parseText(text, { mappings: [mapping] }))).toEqual(['amount.bracket'])
    expect(parseText(text, { mappings: [{ ...mapping, brackets }] }).rows[0]?.amountFen).toBe(fen)
  })

  it.each([['day', '05/01/2024'], ['month', '01/05/2024']] as const)('dates may begin with the %s', (dateOrder, text) => {
    const statement = parseText(file(IN.replace('2024-01-05', text)), { mappings: [saved({ dateOrder })] })
    expect(statement).toMatchObject({ errors: [], rows: [{ date: '2024-01-05' }] })
  })

  it('a title that stands twice is told apart by its count', () => {
    expect(columnTitles(['金额', '', ' 金额 ', '金额[ Amount ]'])).toEqual(['金额', '', '金额·2', '金额·3'])
  })
})

describe('what does not fit together is refused with the field to change', () => {
  it.each<[string, Partial<ColumnMapping>, string]>([
    ['no date', { fields: { 发生数: 'amount', 方向: 'flag' } }, 'mapping.date'],
    ['two balances', { fields: { ...BASE.fields, 说明: 'balance' } }, 'mapping.twice'],
    ['a title the heading has not', { fields: { ...BASE.fields, 别的: 'memo' } }, 'mapping.title'],
    ['a flag rule without a flag column', { fields: { 营业日: 'date', 发生数: 'amount' } }, 'mapping.flag'],
    ['a signed rule without an amount', { rule: 'signed', fields: { 营业日: 'date' } }, 'mapping.amount'],
    ['one side only', { rule: 'sides', fields: { 营业日: 'date', 发生数: 'in' } }, 'mapping.sides'],
    ['one word both ways', { inWords: ['划'], outWords: ['划'] }, 'mapping.words'],
  ])('%s', (_, change, code) => {
    expect(() => checkMapping({ ...BASE, ...change })).toThrow(Problem)
    try {
      checkMapping({ ...BASE, ...change })
    } catch (problem) {
      expect(problem).toMatchObject({ code, field: expect.any(String) })
    }
  })

  it('what is well described passes', () => {
    expect(() => { checkMapping(BASE) }).not.toThrow()
  })
})

describe('the first guess', () => {
  it('the columns chosen decide the rule where they leave no choice', () => {
    expect(ruleFor({ 数: 'amount' })).toBe('signed')
    expect(ruleFor({ 数: 'amount', 向: 'flag' })).toBe('flagged')
    expect(ruleFor({ 收: 'in', 支: 'out' })).toBe('sides')
    expect(ruleFor({ 收: 'in' })).toBe(null)
    expect(ruleFor({ 收: 'in', 数: 'amount' })).toBe(null)
  })

  it('finds the heading and the columns banks name alike', () => {
    const preview = [['示例银行'], ['账号', '1'], ['记账日期', '收入', '支出', '账户余额', '对方户名', '网点'], ['2024-01-05', '1', '', '2', '甲', '城中']]
    expect(suggestHeadingRow(preview)).toBe(2)
    const guess = suggestMapping(preview[2] ?? [])
    expect(guess).toMatchObject({
      rule: 'sides', fields: { 记账日期: 'date', 收入: 'in', 支出: 'out', 账户余额: 'balance', 对方户名: 'party' },
    })
    expect(() => { checkMapping(guess) }).not.toThrow()
  })
})

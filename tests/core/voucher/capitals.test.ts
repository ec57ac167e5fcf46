import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { parseDate } from '#core/calendar.ts'
import { dateInCapitals, yuanInCapitals } from '#core/voucher/capitals.ts'
import { fen, parseYuan } from '#core/money.ts'

const voucher = (text: string): string => yuanInCapitals(parseYuan(text), { style: 'voucher' })
const bank = (text: string): string => yuanInCapitals(parseYuan(text), { style: 'bank_instrument' })

/** Reads capitals back by the place values alone, to check the writer against something that is not the writer. */
function readCapitals(text: string): number {
  const places = { 拾: 10, 佰: 100, 仟: 1000 } as const
  let total = 0
  let group = 0
  let digit = 0
  let cents = 0
  for (const character of text) {
    const value = '零壹贰叁肆伍陆柒捌玖'.indexOf(character)
    if (value >= 0) digit = value
    else if (character === '拾' || character === '佰' || character === '仟') group += digit * places[character]
    else if (character === '万') {
      total += (group + digit) * 10_000
      group = 0
    } else if (character === '亿') {
      total = (total + group + digit) * 100_000_000
      group = 0
    } else if (character === '元') total += group + digit
    else if (character === '角') cents += digit * 10
    else if (character === '分') cents += digit
    if (value < 0) digit = 0
  }
  return total * 100 + cents
}

describe('amounts in capitals', () => {
  it('a voucher needs 整 after 角, a bank instrument does not, neither has it after 分', () => {
    expect(voucher('325.50')).toBe('叁佰贰拾伍元伍角整')
    expect(bank('325.50')).toBe('叁佰贰拾伍元伍角')
    expect(bank('325.00')).toBe('叁佰贰拾伍元整')
    expect(voucher('325.04')).toBe('叁佰贰拾伍元零肆分')
  })

  it('the 零 before 角 may be left out where the yuan digit is 0, the 零 before 分 may not', () => {
    const shorter = { style: 'voucher', zeroBeforeJiao: false } as const
    expect(yuanInCapitals(parseYuan('1680.32'), shorter)).toBe('壹仟陆佰捌拾元叁角贰分')
    expect(yuanInCapitals(parseYuan('1680.02'), shorter)).toBe('壹仟陆佰捌拾元零贰分')
  })

  it('joins skipped groups with one 零, through 亿 and 万亿', () => {
    expect(voucher('100000001')).toBe('壹亿零壹元整')
    expect(voucher('100005000')).toBe('壹亿零伍仟元整')
    expect(voucher('1000000000000')).toBe('壹万亿元整')
    expect(voucher('90071992547409.91')).toBe('玖拾万零柒佰壹拾玖亿玖仟贰佰伍拾肆万柒仟肆佰零玖元玖角壹分')
  })

  it('puts 人民币 directly before the digits, and 负 before a red figure on vouchers only', () => {
    expect(yuanInCapitals(parseYuan('10'), { style: 'voucher', currencyPrefix: true })).toBe('人民币壹拾元整')
    expect(voucher('-10')).toBe('负壹拾元整')
    expect(() => bank('-10')).toThrow('不能写负数金额')
  })

  it('reads back as the same amount, in both styles, with and without the optional 零', () => {
    const amounts = fc.oneof(fc.nat(100_000_000), fc.nat(Number.MAX_SAFE_INTEGER))
    fc.assert(
      fc.property(amounts, fc.boolean(), fc.boolean(), (amount, asVoucher, zeroBeforeJiao) => {
        const text = yuanInCapitals(fen(amount), { style: asVoucher ? 'voucher' : 'bank_instrument', zeroBeforeJiao })
        expect(readCapitals(text)).toBe(amount)
        expect(text).not.toMatch(/零零|零元整.|零万|零亿/)
      }),
    )
  })
})

describe('dates in capitals', () => {
  it.each([
    ['2026-01-15', '贰零贰陆年零壹月壹拾伍日'],
    ['2026-02-09', '贰零贰陆年零贰月零玖日'],
    ['2026-10-10', '贰零贰陆年零壹拾月零壹拾日'],
    ['2026-11-20', '贰零贰陆年壹拾壹月零贰拾日'],
    ['2026-12-30', '贰零贰陆年壹拾贰月零叁拾日'],
    ['2026-03-31', '贰零贰陆年叁月叁拾壹日'],
  ])('%s guards against strokes added in front', (date, text) => {
    expect(dateInCapitals(parseDate(date))).toBe(text)
  })
})

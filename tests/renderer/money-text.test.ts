import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { fen } from '#core/money.ts'
import { fenOfText, moneyFault, moneyRule, textOfFen, tidyMoneyText } from '#renderer/parts/money-text.ts'
import { yuanText } from '#renderer/parts/money.tsx'

const amount = fc.maxSafeInteger().map(fen)

describe('amounts on screen', () => {
  it('shows zero as 0.00 and nothing as nothing', () => {
    expect(yuanText(fen(0))).toBe('0.00')
    expect(yuanText(null)).toBe('')
    expect(yuanText(undefined)).toBe('')
  })

  it('writes negatives with a minus and separates thousands', () => {
    expect(yuanText(fen(-123_456_789))).toBe('-1,234,567.89')
  })
})

describe('amounts typed into a form', () => {
  it('come back to the same fen whatever the amount, without a float on the way', () => {
    fc.assert(fc.property(amount, (value) => {
      expect(fenOfText(textOfFen(value))).toBe(value)
    }))
  })

  it('are tidied when the field is left, and tidying again changes nothing', () => {
    expect(tidyMoneyText('1234.5')).toBe('1,234.50')
    fc.assert(fc.property(fc.string({ maxLength: 12 }), (text) => {
      const tidy = tidyMoneyText(text)
      expect(tidyMoneyText(tidy)).toBe(tidy)
    }))
  })

  it.each(['1e3', '12.345', '１２', '1,23', 'abc', '--1'])('leaves %s as typed and says what is wrong', (text) => {
    expect(tidyMoneyText(text)).toBe(text)
    expect(moneyFault(text, {})).toContain(text)
  })

  it('tell an empty field from a zero', () => {
    expect(fenOfText('  ')).toBeNull()
    expect(fenOfText('0')).toBe(0)
    expect(moneyFault('', { required: true })).not.toBeNull()
    expect(moneyFault('', {})).toBeNull()
    expect(moneyFault('0', { positive: true })).not.toBeNull()
    expect(moneyFault('0.01', { required: true, positive: true })).toBeNull()
  })

  it('name the field they were typed in when the service is asked', () => {
    expect(() => fenOfText('x', 'amountFen')).toThrow(expect.objectContaining({ code: 'money.format', field: 'amountFen' }))
  })

  it('are refused by the form rule with the same sentence', async () => {
    const { validator } = moneyRule({ required: true })
    await expect(validator(null, '1.234')).rejects.toThrow(moneyFault('1.234', {}) ?? 'no fault')
    await expect(validator(null, '1.23')).resolves.toBeUndefined()
  })
})

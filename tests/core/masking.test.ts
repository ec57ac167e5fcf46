import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import {
  accountTail,
  maskAccount,
  maskName,
  maskPhone,
  personalDataForBoard,
  roomGroupForBoard,
} from '#core/masking.ts'

describe('masking', () => {
  it.each([
    ['王小明', '王**'],
    ['王明', '王**'],
    ['欧阳锋', '欧阳**'],
    // Two characters can only be surname and given name.
    ['东方', '东**'],
    ['', ''],
  ])('%s → %s', (name, masked) => {
    expect(maskName(name)).toBe(masked)
  })

  it('of phones and accounts shows nothing of a number too short to hide in', () => {
    expect(maskPhone('138-1234-5678')).toBe('138****5678')
    expect(maskPhone('0592-1234567')).toMatch(/67$/)
    expect(maskPhone('1234')).toBe('****')
    expect(maskAccount('12345')).toBe('************')
    expect(accountTail('12345')).toBe('尾号****')
  })

  it('groups a board by storey, by building where the room cannot be read', () => {
    expect(roomGroupForBoard('3-1201')).toBe('3幢12层(汇总)')
    expect(roomGroupForBoard('3-2-502')).toBe('3幢5层(汇总)')
    expect(roomGroupForBoard('3-商铺A')).toBe('3幢(汇总)')
    expect(roomGroupForBoard('1201')).toBe('全小区(汇总)')
  })

  it('leaves no run of more than four digits of an account or phone on a board', () => {
    const digits = (min: number, max: number): fc.Arbitrary<string> =>
      fc.array(fc.integer({ min: 0, max: 9 }), { minLength: min, maxLength: max }).map((list) => list.join(''))
    fc.assert(
      fc.property(digits(5, 25), digits(5, 13), (account, phone) => {
        const shown = personalDataForBoard({ name: '张三', phone, account, room: '3-1201' })
        expect([shown.name, shown.phone]).toEqual([null, null])
        expect(shown.account).not.toMatch(/\d{5}/)
      }),
    )
  })
})

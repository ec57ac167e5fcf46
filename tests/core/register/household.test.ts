import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatArea, parseAreaDm2 } from '#core/register/area.ts'
import { pictureOf } from '#core/register/building-picture.ts'
import { floorOfRoom, householdStanding } from '#core/register/household.ts'
import { isPlausibleIdentityNumber, parseIdentityNumber } from '#core/register/identity-number.ts'
import { maskIdentityNumber } from '#core/masking.ts'
import { fen } from '#core/money.ts'
import { parsePercent } from '#core/rate.ts'

describe('area', () => {
  it('any number of dm² is written and read back', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 1_000_000_000 }), (area) => {
      expect(parseAreaDm2(formatArea(area))).toBe(area)
    }))
  })

  it('takes trailing zeros and units, never a third decimal', () => {
    expect([parseAreaDm2('1,089.500'), parseAreaDm2('89.5㎡'), parseAreaDm2('89.50 平方米')]).toEqual([108950, 8950, 8950])
    expect(() => parseAreaDm2('89.501')).toThrow('两位小数')
    expect(() => parseAreaDm2('8.95E+1')).toThrow('不是面积')
  })
})

describe('how a contribution stands', () => {
  const below = parsePercent('30')
  const money = (paid: number, balance: number) => ({ paidFen: fen(paid), balanceFen: fen(balance) })

  it('is low strictly below the share, not at it', () => {
    expect(householdStanding(fen(10000), money(10000, 3000), below)).toBe('paid')
    expect(householdStanding(fen(10000), money(10000, 2999), below)).toBe('low')
    expect(householdStanding(fen(10000), money(10000, 0), null)).toBe('paid')
  })

  it('is owing while less was paid than due, and says so where the register is silent', () => {
    expect(householdStanding(fen(10000), money(9999, 9999), below)).toBe('owing')
    expect(householdStanding(fen(10000), null, below)).toBe('unknown')
    expect(householdStanding(null, money(1, 1), below)).toBe('unknown')
    expect(householdStanding(fen(0), null, below)).toBe('none')
  })
})

describe('identity numbers', () => {
  it('are stored plain, and doubtful when the check digit does not fit', () => {
    expect(parseIdentityNumber(' 11010519491231002x ')).toBe('11010519491231002X')
    expect(isPlausibleIdentityNumber('11010519491231002X')).toBe(true)
    expect(isPlausibleIdentityNumber('110105194912310021')).toBe(false)
    expect(isPlausibleIdentityNumber('91340700MA2N00000X')).toBe(true)
  })

  it('are masked to their last four', () => {
    expect(maskIdentityNumber('11010519491231002X')).toBe('**************002X')
    expect(maskIdentityNumber('E1234567')).toBe('**************')
  })
})

describe('the picture of a building', () => {
  it('has floors from the top down and rooms in shared columns, each room once', () => {
    const rooms = [['1', 1, '101'], ['1', 1, '102'], ['1', 2, '201'], ['1', -1, '车库3'], ['2', 10, '1001']] as const
    const picture = pictureOf(rooms.map(([entrance, floor, room]) => ({ entrance, floor, room })))
    expect(picture.map(({ entrance, columns, floors }) => [entrance, columns, floors.map(({ floor }) => floor)])).toEqual([
      ['1', ['01', '02', '车库3'], [2, 1, -1]], ['2', ['01'], [10]],
    ])
    const drawn = picture.flatMap(({ floors }) => floors.flatMap(({ cells }) => cells.flat()))
    expect(drawn.map(({ room }) => room).toSorted()).toEqual(rooms.map(([, , room]) => room).toSorted())
  })

  it('tells the storey from an ordinary room number only', () => {
    expect([floorOfRoom('301'), floorOfRoom('1204'), floorOfRoom('001'), floorOfRoom('A3')]).toEqual([3, 12, null, null])
  })
})

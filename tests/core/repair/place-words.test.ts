import { describe, expect, it } from 'vitest'
import { idOf } from '#core/id.ts'
import { mayBeSameEntrance, mayBeSameFacility, readPart } from '#core/repair/place-words.ts'
import { isSamePlace, REPAIR_PARTS } from '#core/repair/repair-place.ts'

describe('the same place in other words', () => {
  it('every listed part is itself, and its other names are it', () => {
    expect(REPAIR_PARTS.map(readPart)).toEqual(REPAIR_PARTS)
    expect(['屋顶', '楼顶', ' 屋 面', '屋面防水层', '屋面渗漏'].map(readPart)).toEqual(Array.from({ length: 5 }, () => '屋面'))
    expect(['外立面', '楼梯间', '消防', '下水管', '监控'].map(readPart)).toEqual(['外墙', '楼道', '消防设施', '排水', '安防监控'])
    expect(['单元门厅', '水箱间', 'ＡＢ 桥'].map(readPart)).toEqual(['单元门厅', '水箱间', 'ab桥'])
  })

  it.each([
    ['1', '1单元'], ['一单元', '1单元'], ['第二单元', '02'], ['１单元 ', '1单元'], ['', '3单元'], ['全部', '3单元'], ['A单元', 'a'],
    ['1、2单元', '2单元'], ['1-3单元', '二单元'], ['东单元', '东'],
  ])('entrance %s may be %s', (a, b) => {
    expect([mayBeSameEntrance(a, b), mayBeSameEntrance(b, a)]).toEqual([true, true])
  })

  it.each([['1单元', '11单元'], ['1', '2单元'], ['1、2单元', '3单元'], ['1-3单元', '4单元'], ['东单元', '西单元'], ['A', 'B单元']])(
    'entrance %s is never %s', (a, b) => {
      expect([mayBeSameEntrance(a, b), mayBeSameEntrance(b, a)]).toEqual([false, false])
    })

  it.each([
    ['东', '东侧'], ['', '东侧'], ['1号梯', '一号梯'], ['电梯1', '1号梯'], ['１＃梯', '1号梯'], ['防水层', '东侧防水层'], ['门机', '门 机'],
    ['梯', '1号梯'],
  ])('facility %s may be %s', (a, b) => {
    expect([mayBeSameFacility(a, b), mayBeSameFacility(b, a)]).toEqual([true, true])
  })

  it.each([['东', '西'], ['东侧', '西侧'], ['1号梯', '2号梯'], ['1号梯', '11号梯'], ['一号梯', '二号梯'], ['消防泵', '生活水箱']])(
    'facility %s is never %s', (a, b) => {
      expect([mayBeSameFacility(a, b), mayBeSameFacility(b, a)]).toEqual([false, false])
    })

  it('a job of the whole complex overlaps every building of the same part and facility, and no other', () => {
    const place = { buildingId: idOf<'building'>(3), entrance: '1单元', part: '屋面', facility: '东侧' }
    const whole = { ...place, buildingId: null, entrance: '', part: '屋顶' }
    expect([isSamePlace(place, whole), isSamePlace(whole, place)]).toEqual([true, true])
    expect(isSamePlace(whole, { ...place, facility: '西侧' })).toBe(false)
    expect(isSamePlace(whole, { ...place, part: '外墙' })).toBe(false)
    expect(isSamePlace(place, { ...place, buildingId: idOf<'building'>(4) })).toBe(false)
  })
})

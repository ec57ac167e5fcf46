import { describe, expect, it } from 'vitest'
import { parseDate } from '#core/calendar.ts'
import { idOf } from '#core/id.ts'
import { personName } from '#core/repair/person.ts'
import { isSamePlace, repeatReason } from '#core/repair/repair-place.ts'

describe('places and warranties', () => {
  const place = { buildingId: idOf<'building'>(1), entrance: '1单元', part: '屋面', facility: '' }
  const earlier = {
    ...place, id: idOf<'repair'>(1), reportedOn: parseDate('2025-01-10'), step: 'closed' as const, warrantyUntil: null,
  }
  const report = { ...place, reportedOn: parseDate('2025-03-11') }

  it('three lifts of three buildings are three places; an entry without entrance may be the same', () => {
    expect(isSamePlace(place, { ...place, buildingId: idOf<'building'>(2) })).toBe(false)
    expect(isSamePlace(place, { ...place, part: '外墙' })).toBe(false)
    expect(isSamePlace({ ...place, facility: '1号梯' }, { ...place, facility: '2号梯' })).toBe(false)
    expect(isSamePlace(place, { ...place, entrance: '' })).toBe(true)
    expect(isSamePlace(place, { ...place, entrance: '１单元 ' })).toBe(true)
  })

  it('an earlier job counts while it is open, under its warranty to the last day, or within the profile’s days', () => {
    expect(repeatReason(earlier, report, 60)).toBe('recent')
    expect(repeatReason(earlier, report, 59)).toBe(null)
    expect(repeatReason(earlier, report, null)).toBe(null)
    expect(repeatReason({ ...earlier, warrantyUntil: report.reportedOn }, report, null)).toBe('underWarranty')
    expect(repeatReason({ ...earlier, warrantyUntil: parseDate('2025-03-10') }, report, null)).toBe(null)
    expect(repeatReason({ ...earlier, step: 'acceptance' }, report, null)).toBe('open')
    expect(repeatReason({ ...earlier, step: 'cancelled' }, report, 365)).toBe(null)
  })

  it('one person is one name, however it was spaced', () => {
    expect([personName(' 张 三 '), personName('张三'), personName('阿依·古丽'), personName('Li  Wei')]).toEqual(
      ['张三', '张三', '阿依·古丽', 'Li Wei'])
  })
})

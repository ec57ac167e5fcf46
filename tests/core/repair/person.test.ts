import { describe, expect, it } from 'vitest'
import { crossedParties, isPerson, personKey, personName } from '#core/repair/person.ts'

describe('a person is who signs, not how the name was typed', () => {
  it.each([
    ['孙 监理'], ['孙\u200B监理'], ['孙监理（代）'], ['孙监理(代签)'], ['\u3000孙监理 '], ['孙\u00A0监理'], ['\uFEFF孙监理'], ['孙\u00AD监理'],
  ])('%j is 孙监理', (typed) => {
    expect(personKey(typed)).toBe(personKey('孙监理'))
  })

  it('is the same in full-width or narrow letters and in either case, and keeps the blanks of Latin names', () => {
    expect(new Set(['Ｌｉ Ｗｅｉ', 'li wei', 'LI  WEI', 'Li Wei'].map(personKey)).size).toBe(1)
    expect(personName('Li  Wei')).toBe('Li Wei')
    expect(personKey('Li Wei')).not.toBe(personKey('Liwei'))
  })

  it('near misses are other people', () => {
    expect(new Set(['孙监理', '孙建理', '孙科', '孙科长', '阿依·古丽', '阿依古丽'].map(personKey)).size).toBe(6)
  })
})

describe('a name names somebody', () => {
  it.each(['无', '同上', '——', '/', '1', '', ' ', '\u200B', '待填写', '本人', '代签', '（代）', 'N/A', '某某'])('%j is nobody', (typed) => {
    expect(isPerson(typed)).toBe(false)
  })

  it.each(['吴无忌', '科室甲', '欧阳明月', 'Li Wei', '代小红', '甲'])('%j is somebody', (typed) => {
    expect(isPerson(typed)).toBe(true)
  })
})

it('nobody stands on two sides of one job, however the name is typed; on the same side twice is one person', () => {
  const known = [{ party: 'supervisor', person: '孙监理' }] as const
  expect(crossedParties([{ party: 'section', person: '孙 监理' }], known, 'sectionStaff')).toMatchObject([
    { code: 'repair.person', field: 'sectionStaff', message: expect.stringContaining('已代表监理') },
  ])
  const others = [{ party: 'supervisor', person: '孙监理' }, { party: 'section', person: '钱科长' }] as const
  expect(crossedParties(others, known, 'person')).toEqual([])
})

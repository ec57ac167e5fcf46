import { describe, expect, it } from 'vitest'

import { CHARTS } from '#core/voucher/chart.ts'
import { matchesSearch, pinyinInitials, searchTextOf } from '#renderer/parts/search-text.ts'

describe('finding by pinyin initials', () => {
  it.each([
    ['银行存款', 'yhck'], ['活期存款', 'hqck'], ['定期存款', 'dqck'], ['维修支出', 'wxzc'], ['交存收入', 'jcsr'],
    ['其他收入', 'qtsr'], ['待分配累计收益', 'dfpljsy'], ['返还支出', 'fhzc'], ['电梯广告', 'dtgg'],
    ['阳光花园', 'yghy'], ['翠湖名苑', 'chmy'], ['和平里小区', 'hplxq'], ['重庆路小区', 'cqlxq'],
  ])('%s is %s', (name, initials) => {
    expect(pinyinInitials(name)).toBe(initials)
  })

  it('gives every account of every chart one letter per character', () => {
    const names = Object.values(CHARTS).flat().map(({ name }) => name.replace(/[^\p{Script=Han}]/gu, ''))
    expect(names.filter((name) => !new RegExp(`^[a-z]{${name.length}}$`).test(pinyinInitials(name)))).toEqual([])
    expect(names.length).toBeGreaterThan(40)
  })

  it('keeps digits and letters of a name', () => {
    expect(pinyinInitials('A区3号楼')).toBe('aq3hl')
  })
})

describe('finding a record', () => {
  const complex = { code: 'C01', name: '阳光花园', pinyin: '' }

  it.each(['c01', 'C01', '阳光', '花园', 'yghy', 'YGHY', ' yg '])('finds it by %s', (typed) => {
    expect(matchesSearch(typed, complex)).toBe(true)
  })

  it.each(['', '   ', 'xyz', '月光'])('does not find it by "%s"', (typed) => {
    expect(matchesSearch(typed, complex)).toBe(false)
  })

  it('uses the pinyin the office entered as well', () => {
    expect(searchTextOf({ name: '乐都小区', pinyin: 'lddxq' })).toContain('lddxq')
  })
})

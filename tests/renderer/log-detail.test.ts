import fs from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { fen, formatYuan } from '#core/money.ts'
import { actionText, subjectText } from '#renderer/messages/log.ts'
import { detailFacts, detailLine } from '#renderer/screens/log/detail.ts'

const nameless = () => undefined
const SERVICES = path.join(import.meta.dirname, '../../services')

/** `logOperation(context, 'a.b', { kind: 'c' …` of every service, however its lines are broken. */
function loggedBySources(): readonly { readonly action: string; readonly kind: string }[] {
  const files = fs.readdirSync(SERVICES, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'))
  return files.flatMap((file) => {
    const source = fs.readFileSync(path.join(SERVICES, file), 'utf8')
    const calls = source.matchAll(/logOperation\(\s*\w+,\s*'([\w.]+)',\s*\{\s*kind: '(\w+)'/g)
    return [...calls].map(([, action = '', kind = '']) => ({ action, kind }))
  })
}

describe('the operation log in words', () => {
  it('has a word for every action and subject the services write', () => {
    const logged = loggedBySources()
    expect(logged.length).toBeGreaterThan(60)
    const nameless = logged.flatMap(({ action, kind }) => [
      ...(actionText(action) === action ? [action] : []),
      ...(subjectText(kind, null) === kind ? [kind] : []),
    ])
    expect(nameless).toEqual([])
  })

  it('writes amounts as yuan, rates as percent and yes or no as words', () => {
    const detail = JSON.stringify({ principalFen: 123_456, rateMicro: 1_550_000, isDedicated: true, unitPriceMicro: 565_300 })
    expect(detailLine(detail, nameless)).toBe('本金：1,234.56，年利率：1.55%，专户：是，单价：0.5653')
  })

  it('never shows an amount as its count of fen', () => {
    fc.assert(fc.property(fc.maxSafeInteger(), (amount) => {
      const [fact] = detailFacts(JSON.stringify({ paidFen: amount }), nameless)
      expect(fact?.value).toBe(formatYuan(fen(amount)))
    }))
  })

  it('leaves fingerprints and long lists out of the line and keeps them in the entry', () => {
    const vouchers = [{ id: 1, number: 7 }, { id: 2, number: 8 }]
    const detail = JSON.stringify({ name: '回单.pdf', sha256: 'a'.repeat(64), vouchers })
    expect(detailLine(detail, nameless)).toBe('名称：回单.pdf，凭证：2 项')
    expect(detailFacts(detail, nameless).map(({ value }) => value)).toEqual([
      '回单.pdf', 'aaaaaaaaaaaa…', '序号：1，编号：7\n序号：2，编号：8',
    ])
  })

  it('calls a book and a complex by name where the page knows it', () => {
    const names = (field: string, id: number) => (field === 'bookId' && id === 2 ? '公共收益' : undefined)
    expect(detailLine('{"bookId":2,"complexId":3}', names)).toBe('账簿：公共收益，小区：3')
  })

  it('shows words of a newer version as they are instead of failing', () => {
    expect(detailLine('{"somethingNew":{"deep":[1.5,"x"]}}', nameless)).toBe('somethingNew：deep：1.5、x')
    expect(detailLine('{}', nameless)).toBe('')
    expect(actionText('future.action')).toBe('future.action')
  })

  it('does not translate a login that happens to be a word', () => {
    expect(detailLine('{"login":"area","shareBasis":"area"}', nameless)).toBe('登录名：area，分摊方法：按面积')
  })
})

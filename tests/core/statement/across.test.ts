/** The same bookings met again in a download of another layout. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseDate } from '#core/calendar.ts'
import { fen } from '#core/money.ts'
import { recogniseAcross, type BookingSeen } from '#core/statement/across.ts'

const booking = (more: Partial<BookingSeen> = {}): BookingSeen => ({
  date: parseDate('2026-09-16'), time: null, amountFen: fen(500), balanceFen: null, party: '', ...more,
})

const recognised = (row: BookingSeen, known: BookingSeen): boolean => recogniseAcross([row], [known])[0] === known

describe('a booking of another layout', () => {
  it('is the same by day and amount where neither name, time nor balance speaks against it', () => {
    expect(recognised(booking(), booking({ balanceFen: fen(900), party: '示例公司', time: '10:00:00' }))).toBe(true)
    expect(recognised(booking({ party: '示例(铜陵)公司' }), booking({ party: '示例（铜陵）公司' }))).toBe(true)
  })

  it.each([
    ['day', booking({ date: parseDate('2026-09-17') }), booking()],
    ['sign', booking({ amountFen: fen(-500) }), booking()],
    ['name', booking({ party: '甲公司' }), booking({ party: '乙公司' })],
    ['time', booking({ time: '10:00:00' }), booking({ time: '15:00:00' })],
    ['balance', booking({ balanceFen: fen(900) }), booking({ balanceFen: fen(1400) })],
  ])('is another one by its %s', (_, row, known) => {
    expect(recognised(row, known)).toBe(false)
  })

  it('without a name leaves the named booking to the row that names it', () => {
    const known = [booking({ party: '甲公司' }), booking({ party: '乙公司' })]
    expect(recogniseAcross([booking(), booking({ party: '甲公司' })], known)).toEqual([known[1], known[0]])
  })

  it('is counted: of n equal rows, as many are new as the known ones fall short of', () => {
    fc.assert(fc.property(fc.nat({ max: 8 }), fc.nat({ max: 8 }), (rows, stored) => {
      const many = (length: number) => Array.from({ length }, () => booking())
      const found = recogniseAcross(many(rows), many(stored))
      expect(found.filter((one) => one === null)).toHaveLength(Math.max(0, rows - stored))
    }))
  })

  it('serves one row only', () => {
    const parties = fc.constantFrom('', '甲公司', '乙公司')
    const drawn = fc.array(fc.record({ fen: fc.integer({ min: 1, max: 2 }), party: parties }), { maxLength: 10 })
    fc.assert(fc.property(drawn, drawn, (rows, stored) => {
      const known = stored.map((one) => booking({ amountFen: fen(one.fen), party: one.party }))
      const found = recogniseAcross(rows.map((one) => booking({ amountFen: fen(one.fen), party: one.party })), known)
        .filter((one) => one !== null)
      expect(new Set(found).size).toBe(found.length)
    }))
  })
})

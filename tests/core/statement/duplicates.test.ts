import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dedupeKey, dedupeKeys } from '#core/statement/duplicates.ts'
import { CMB_FEE, CMB_INCOME, CMB_INTEREST, cmb, parseText, warningCodes } from './statement-files.ts'

describe('duplicate keys', () => {
  const rows = parseText(cmb(CMB_INCOME, CMB_INTEREST, CMB_FEE)).rows

  it('a second import adds nothing', () => {
    const again = parseText(cmb(CMB_INCOME, CMB_INTEREST, CMB_FEE)).rows
    expect(dedupeKeys(again, '1')).toEqual(dedupeKeys(rows, '1'))
  })

  it('a statement split anywhere, imported in any order, adds nothing twice and loses nothing', () => {
    fc.assert(
      fc.property(fc.nat({ max: rows.length }), fc.boolean(), (at, isSwapped) => {
        const parts = [rows.slice(0, at), rows.slice(at), rows]
        const keys = (isSwapped ? parts.toReversed() : parts).flatMap((part) => dedupeKeys(part, '1'))
        expect([...new Set(keys)].toSorted()).toEqual(dedupeKeys(rows, '1').toSorted())
      }),
    )
  })

  it('two identical bookings are told apart by their balance, or counted where there is none', () => {
    const withBalance = parseText(cmb('20240105,,x,,5.00,5.00,a,,甲,', '20240105,,x,,5.00,10.00,a,,甲,')).rows
    expect(new Set(dedupeKeys(withBalance, '1')).size).toBe(2)
    const without = parseText(cmb('20240105,,x,,5.00,,a,,甲,', '20240105,,x,,5.00,,a,,甲,'))
    expect(new Set(dedupeKeys(without.rows, '1')).size).toBe(2)
    expect(warningCodes(without)).toContain('row.repeated')
  })

  it('equal bookings with one serial, in two files, both survive by their balance', () => {
    const [one] = parseText(cmb('20240105,,x,,5.00,5.00,a,77,甲,')).rows
    const [other] = parseText(cmb('20240105,,x,,5.00,10.00,a,77,甲,')).rows
    if (!one || !other) throw new Error('both files hold one row')
    expect(dedupeKey(one, '1', 1)).not.toBe(dedupeKey(other, '1', 1))
  })

  it('the same booking of another account, or with another bracket in the name, is judged rightly', () => {
    const [row] = parseText(cmb('20240105,,x,,5.00,5.00,a,,示例（铜陵）公司,')).rows
    const [same] = parseText(cmb('20240105,,x,,5.00,5.00,a,,示例(铜陵) 公司,')).rows
    if (!row || !same) throw new Error('both files hold one row')
    expect(dedupeKey(row, '1', 1)).toBe(dedupeKey(same, '1', 1))
    expect(dedupeKey(row, '1', 1)).not.toBe(dedupeKey(row, '2', 1))
  })
})

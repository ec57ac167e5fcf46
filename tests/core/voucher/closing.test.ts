/** Closing entries of many complexes in vouchers a sheet can hold. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { closingLines, closingTargets, closingVouchers } from '#core/voucher/closing.ts'
import { fen } from '#core/money.ts'

const TARGETS = closingTargets('maintenance', { disposal: '3001', otherExpenditure: '3001' })

const balances = fc.uniqueArray(
  fc.record({
    code: fc.constantFrom('4001', '4101', '4201.01', '5001', '5901'),
    complexId: fc.integer({ min: 1, max: 12 }),
    balanceFen: fc.integer({ min: -9_999, max: 9_999 }).map(fen),
  }),
  { selector: ({ code, complexId }) => `${code} ${complexId}`, maxLength: 50 },
)

it('keeps every line, never splits a complex, and balances each voucher by itself', () => {
  fc.assert(
    fc.property(balances, fc.integer({ min: 10, max: 40 }), (open, limit) => {
      const lines = closingLines(open, TARGETS)
      const vouchers = closingVouchers(lines, limit)
      const sorted = (all: readonly object[]) => all.map((line) => JSON.stringify(line)).sort()
      expect(sorted(vouchers.flat())).toEqual(sorted(lines))
      const homes = new Map<number, number>()
      vouchers.forEach((voucher, index) => {
        expect(voucher.length).toBeLessThanOrEqual(limit)
        expect(voucher.reduce((sum, { debitFen, creditFen }) => sum + debitFen - creditFen, 0)).toBe(0)
        for (const { complexId } of voucher) {
          expect(homes.set(complexId, homes.get(complexId) ?? index).get(complexId)).toBe(index)
        }
      })
    }),
  )
})

it('is one voucher, in the order of the accounts, where it fits', () => {
  const open = [{ code: '4101', complexId: 2, balanceFen: fen(-5) }, { code: '5001', complexId: 1, balanceFen: fen(3) }]
  const lines = closingLines(open, TARGETS)
  expect(closingVouchers(lines, 2_000)).toEqual([lines])
  expect(closingVouchers([], 2_000)).toEqual([])
})

it('takes sold public housing into 3002, also where both kinds cancel out, and never from what closes into 3101', () => {
  const open = [
    { code: '4001', complexId: 1, balanceFen: fen(-100), publicFen: fen(-30) },
    { code: '5001', complexId: 1, balanceFen: fen(0), publicFen: fen(7) },
    { code: '4101', complexId: 1, balanceFen: fen(-5), publicFen: fen(-5) },
  ]
  expect(closingLines(open, TARGETS).map(({ code, debitFen, creditFen }) => [code, debitFen, creditFen])).toEqual([
    ['4001', 70, 0], ['3001', 0, 70], ['4001', 30, 0], ['3002', 0, 30],
    ['5001', 7, 0], ['3001', 0, 7], ['3002', 7, 0], ['5001', 0, 7],
    ['4101', 5, 0], ['3101', 0, 5],
  ])
})

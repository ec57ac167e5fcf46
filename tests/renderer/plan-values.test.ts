/** What is typed of a placement plan becomes the question to the planner. */
import { expect, it } from 'vitest'
import { parseDate } from '#core/calendar.ts'
import { idOf } from '#core/id.ts'
import { parseYuan } from '#core/money.ts'
import { asksStill, emptyPlan, filledFrom, inputOf, type PlanValues } from '#renderer/screens/deposit/plan-values.ts'
import { parseScore } from '#renderer/screens/deposit/placing-values.ts'

const TODAY = parseDate('2026-10-09')

function typed(change: Partial<PlanValues> = {}): PlanValues {
  return {
    ...emptyPlan(TODAY, idOf<'complex'>(1)), idle: '100000', demandRate: '0.05',
    offers: [{ bank: ' 农商银行 ', months: 12, rate: '1.25', capacity: '' }, { bank: '建设银行', months: 6, rate: '1.00' }],
    ...change,
  }
}

it('keeps amounts exact and trims what was typed around a bank', () => {
  expect(inputOf(typed())).toMatchObject({
    from: '2026-10-09', until: '2027-10-09', idleFen: 10_000_000, lotFen: 1_000_000, reserveFen: 0, minimumFen: 0, rooms: [],
    offers: [{ bank: '农商银行', rateMicro: 1_250_000, capacityFen: null }, { bank: '建设银行', capacityFen: null }],
  })
})

it('a share limit leaves each bank what it does not hold already', () => {
  const held = [{ bank: '建设银行', heldFen: parseYuan('100000.00') }]
  expect(inputOf(typed({ share: '60', held }))?.rooms).toEqual([
    { bank: '农商银行', roomFen: parseYuan('120000.00') }, { bank: '建设银行', roomFen: parseYuan('20000.00') },
  ])
})

it('an answer stands while the form means the same, and falls with the first fen', () => {
  const asked = inputOf(typed())
  if (asked === null) throw new Error('nothing was asked')
  expect(asksStill(typed({ idle: '100,000.00' }), asked)).toBe(true)
  expect(asksStill(typed({ idle: '100,000.01' }), asked)).toBe(false)
  expect(asksStill(typed({ idle: '十万' }), asked)).toBe(false)
})

it('a need without a day is no question yet; the ledger fills in the rest', () => {
  expect(inputOf(typed({ needs: [{ label: '屋面', date: null, amount: '1.00' }] }))).toBeNull()
  const filled = filledFrom({
    idleFen: parseYuan('12.34'), needs: [{ label: '屋面', date: TODAY, amountFen: parseYuan('5.00') }], inflows: [], held: [],
    demandRateMicro: null, minimumFen: null,
  })
  expect(filled).toEqual({
    idle: '12.34', needs: [{ label: '屋面', date: TODAY, amount: '5.00' }], inflows: [], held: [], minimum: '',
  })
})

it('a score has at most two decimals and at most a hundred points', () => {
  expect([parseScore('84.7'), parseScore('100'), parseScore('')]).toEqual([8470, 10_000, null])
  for (const text of ['100.01', '84.705', '八十']) expect(() => parseScore(text)).toThrow(/得分/)
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseDate } from '#core/calendar.ts'
import { fen, parseYuan } from '#core/money.ts'
import { checkUtilityBill, payerText, spanText, usageText, type EarlierReading, type UtilityBill } from '#core/income/utility.ts'
import { parseUnitPrice, parseUsage, usageCharge } from '#core/income/utility-share.ts'

const BILL: UtilityBill = {
  kind: 'power',
  place: '1 号总表',
  coversFrom: parseDate('2025-07-01'),
  coversTo: parseDate('2025-09-30'),
  reading: { previousMilli: parseUsage('1000'), currentMilli: parseUsage('1046.5'), multiplier: 40 },
  meterNote: '',
  unitPriceMicro: parseUnitPrice('0.5330'),
  amountFen: parseYuan('991.38'),
  paidFrom: 'fee',
  shareBasis: null,
  document: '账单 202509',
}
const EARLIER: EarlierReading = { coversTo: parseDate('2025-06-30'), currentMilli: parseUsage('1000') }

function refusal(change: Partial<UtilityBill>, earlier: EarlierReading | null = EARLIER): string {
  try {
    checkUtilityBill({ ...BILL, ...change }, earlier)
    return 'accepted'
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : 'another error'
  }
}

describe('a bill for shared water, power or lifts', () => {
  it('is accepted when readings, price and amount agree to the fen (UTL-D01: 1860 kWh at 0.5330)', () => {
    expect(refusal({})).toBe('accepted')
    expect(refusal({ amountFen: parseYuan('991.39') })).toBe('utility.price')
    expect(refusal({ amountFen: parseYuan('1000.00'), unitPriceMicro: null })).toBe('accepted')
  })

  it('never lets a meter go backwards, and asks why it does not go on where it stood', () => {
    const back = { previousMilli: parseUsage('1000'), currentMilli: parseUsage('999.9'), multiplier: 1 }
    expect(refusal({ reading: back })).toBe('utility.reading')
    const gap: EarlierReading = { ...EARLIER, currentMilli: parseUsage('998') }
    expect(refusal({}, gap)).toBe('utility.gap')
    expect(refusal({ meterNote: '8 月换表，旧表止数 998' }, gap)).toBe('accepted')
  })

  it('covers no day twice for the same meter', () => {
    expect(refusal({}, { ...EARLIER, coversTo: parseDate('2025-07-01') })).toBe('utility.repeated')
    expect(refusal({ coversFrom: parseDate('2025-10-01') })).toBe('utility.span')
  })

  it('says how owners share it, and only when they do', () => {
    expect(refusal({ paidFrom: 'owners' })).toBe('utility.basis')
    expect(refusal({ paidFrom: 'owners', shareBasis: 'area' })).toBe('accepted')
    expect(refusal({ paidFrom: 'income', shareBasis: 'area' })).toBe('utility.basis')
  })

  it('has no meter where lifts are kept up, and no price without a meter', () => {
    expect(refusal({ kind: 'lift' })).toBe('utility.reading')
    expect(refusal({ reading: null })).toBe('utility.price')
    expect(refusal({ kind: 'lift', reading: null, unitPriceMicro: null })).toBe('accepted')
    expect(refusal({ document: '' })).toBe('utility.document')
    expect(refusal({ place: '' })).toBe('utility.place')
  })

  it('is accepted with what its own usage and price come to, whatever the figures', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1e9 }), fc.integer({ min: 1, max: 1e8 }), fc.integer({ min: 1, max: 500 }),
        fc.integer({ min: 1000, max: 20_000_000 }),
        (previousMilli, ran, multiplier, unitPriceMicro) => {
          const amountFen = usageCharge(ran * multiplier, unitPriceMicro)
          fc.pre(amountFen > 0)
          const reading = { previousMilli, currentMilli: previousMilli + ran, multiplier }
          expect(refusal({ reading, unitPriceMicro, amountFen }, null)).toBe('accepted')
          expect(refusal({ reading, unitPriceMicro, amountFen: fen(amountFen + 1) }, null)).toBe('utility.price')
        },
      ),
    )
  })
})

describe('a bill on the notice', () => {
  it('reads as months where it covers whole ones', () => {
    expect(spanText(parseDate('2025-07-01'), parseDate('2025-09-30'))).toBe('2025年7至9月')
    expect(spanText(parseDate('2024-02-01'), parseDate('2024-02-29'))).toBe('2024年2月')
    expect(spanText(parseDate('2025-06-25'), parseDate('2025-09-24'))).toBe('2025-06-25 至 2025-09-24')
    expect(spanText(parseDate('2024-12-01'), parseDate('2025-02-28'))).toBe('2024-12-01 至 2025-02-28')
  })

  it('shows usage with its unit, and who bears it', () => {
    expect(usageText('power', BILL.reading)).toBe('1,860 千瓦时')
    expect(usageText('water', { previousMilli: 0, currentMilli: 1_280_050, multiplier: 1 })).toBe('1,280.05 立方米')
    expect(usageText('lift', null)).toBe('')
    expect(payerText('owners', 'area')).toBe('业主分摊（按面积）')
    expect(payerText('fee', null)).toBe('物业费')
  })
})

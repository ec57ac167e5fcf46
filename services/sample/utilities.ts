/** Bills for shared water, power and lifts, entered a week after each quarter, in time for its notice. */
import { addDays, addQuarters, parseDate, quarterBounds, quarterOf, type Quarter } from '#core/calendar.ts'
import { assertInvariant } from '#core/problem.ts'
import { parseYuan } from '#core/money.ts'
import { parseUnitPrice, parseUsage, usageCharge } from '#core/income/utility-share.ts'
import { usageMilli, type UtilityBill } from '#core/income/utility.ts'
import { recordUtilityBill } from '../income/utility.ts'
import type { SampleUtility } from './data.ts'
import type { Desk } from './desk.ts'
import type { SampleEvent } from './income.ts'

const DAYS_AFTER_QUARTER = 7

type Metering = Pick<UtilityBill, 'reading' | 'unitPriceMicro' | 'amountFen'>

/** Quarter by quarter the meter goes on from where it stood. */
function meteringOf(utility: SampleUtility, index: number): Metering {
  const { start, perQuarter, multiplier = 1, unitPrice, amount } = utility
  if (start === undefined || perQuarter === undefined || unitPrice === undefined) {
    assertInvariant(amount !== undefined, 'a bill without a meter has its amount')
    return { reading: null, unitPriceMicro: null, amountFen: parseYuan(amount) }
  }
  const ran = (quarters: number): number =>
    Array.from({ length: quarters }, (_, each) => parseUsage(perQuarter[each % perQuarter.length] ?? '0'))
      .reduce((sum, each) => sum + each, parseUsage(start))
  const reading = { previousMilli: ran(index), currentMilli: ran(index + 1), multiplier }
  const unitPriceMicro = parseUnitPrice(unitPrice)
  return { reading, unitPriceMicro, amountFen: usageCharge(usageMilli(reading), unitPriceMicro) }
}

function record(desk: Desk, utility: SampleUtility, quarter: Quarter, index: number): void {
  const complex = desk.complexes.find(({ data }) => data.code === utility.complex)
  assertInvariant(complex !== undefined, 'the sample names its own complexes')
  const { first, last } = quarterBounds(quarter)
  recordUtilityBill(desk.preparer, complex.id, {
    kind: utility.kind,
    place: utility.place,
    coversFrom: first,
    coversTo: last,
    meterNote: '',
    paidFrom: utility.paidFrom,
    shareBasis: utility.shareBasis ?? null,
    document: `${utility.kind === 'lift' ? '发票' : '账单'} ${utility.complex}-${quarter}`,
    ...meteringOf(utility, index),
  })
}

export function utilityEvents(desk: Desk): SampleEvent[] {
  const start = quarterOf(parseDate(desk.data.openedOn))
  const end = quarterOf(parseDate(desk.data.today))
  const events: SampleEvent[] = []
  for (let quarter = start, index = 0; quarter < end; quarter = addQuarters(quarter, 1), index += 1) {
    const [of, nth] = [quarter, index]
    const date = addDays(quarterBounds(quarter).last, DAYS_AFTER_QUARTER)
    for (const utility of desk.data.utilities) events.push({ date, happen: () => record(desk, utility, of, nth) })
  }
  return events
}

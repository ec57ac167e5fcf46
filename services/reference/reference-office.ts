/**
 * The reference office (参照办公室) that speed is measured on: years of an office of any size, in the order of time, through the
 * public services alone. The same scale gives the same figures and the same voucher chains; only password salts and the sealing
 * of owners' names differ.
 */
import { lastDayOfMonth, monthOf, nextMonth, parseDate, previousMonth, type Month } from '#core/calendar.ts'
import type { BookId } from '#core/id.ts'
import type { Ledger } from '#db/ledger.ts'
import { prepareGain, undistributedGains } from '../household/gain.ts'
import type { TurnableClock } from '../sample/desk.ts'
import { prepareClosingVouchers } from '../voucher/closing.ts'
import { archiveYear, closePeriod } from '../voucher/period.ts'
import { post, turnTo, type ReferenceDesk, type SeatedComplex } from './desk.ts'
import { foundReferenceOffice, takeOver } from './founding.ts'
import { certificateDrafts, contributionDrafts, interestDrafts } from './fund.ts'
import { incomeDrafts } from './income.ts'
import { repairDrafts } from './repairs.ts'
import { firstDayOf, plannedComplexes, REFERENCE_DAY, type ReferenceScale } from './scale.ts'

export { OWNERS_PASSPHRASE, REFERENCE_LOGINS, REFERENCE_PASSWORD } from './founding.ts'
export { FULL_SCALE, REFERENCE_DAY, type ReferenceScale } from './scale.ts'

export type BuildStep = { readonly done: number; readonly total: number; readonly label: string }
export type ReferenceOffice = { readonly desk: ReferenceDesk; readonly complexes: readonly SeatedComplex[] }

const LAST_MONTH = previousMonth(monthOf(REFERENCE_DAY))

function monthsOf(scale: ReferenceScale): readonly Month[] {
  const months: Month[] = []
  for (let month = monthOf(firstDayOf(scale)); month <= LAST_MONTH; month = nextMonth(month)) months.push(month)
  return months
}

/** Everything of a complex in a month, in one transaction: what a clerk has done by its last day. */
function liveMonth(desk: ReferenceDesk, complex: SeatedComplex, month: Month): void {
  desk.ledger.write(() => {
    post(desk, [
      ...certificateDrafts(desk, complex, month),
      ...incomeDrafts(desk, complex, month),
      ...contributionDrafts(desk, complex, month),
      ...repairDrafts(desk, complex, month),
      ...interestDrafts(desk, complex, month),
    ])
  })
}

function carryForward(desk: ReferenceDesk, bookId: BookId, month: Month): void {
  desk.ledger.write(() => post(desk, prepareClosingVouchers(desk.preparer, bookId, month)))
}

/** The year's gains of one complex to its households; nothing where nothing was earned. */
export function creditGains(desk: ReferenceDesk, complex: SeatedComplex, year: number): number {
  const [from, to] = [parseDate(`${year}-01-01`), parseDate(`${year}-12-31`)]
  if (undistributedGains(desk.ledger, desk.maintenance, complex.id, to) <= 0) return 0
  return desk.ledger.write(() => {
    const gain = prepareGain(desk.preparer, { complexId: complex.id, from, to, date: to, amountFen: null })
    post(desk, [gain.draftId])
    return gain.preview.rows.length
  })
}

/**
 * Builds into an empty ledger, which is durable only when this has ended: nothing real is in it before. One step per complex and
 * month, so that the caller can show progress, let others in, or stop between two. `creditsLastYear` false leaves the last year
 * open after its carrying forward, its gains waiting in 3101.
 */
export function* buildReferenceOffice(
  ledger: Ledger, clock: TurnableClock, scale: ReferenceScale, { creditsLastYear = true } = {},
): Generator<BuildStep, ReferenceOffice> {
  ledger.sqlite.pragma('synchronous = OFF')
  // A page is written to the file once for many vouchers, and found in memory meanwhile.
  ledger.sqlite.pragma('wal_autocheckpoint = 16000')
  ledger.sqlite.pragma('cache_size = -262144')
  const planned = plannedComplexes(scale)
  const months = monthsOf(scale)
  const total = planned.length * (1 + months.length + scale.years)
  let done = 0
  const step = (label: string): BuildStep => {
    done += 1
    return { done, total, label }
  }
  const desk = foundReferenceOffice(ledger, clock, scale)
  const complexes: SeatedComplex[] = []
  let rooms = 0
  for (const complex of planned) {
    complexes.push(ledger.write(() => takeOver(desk, complex, rooms)))
    rooms += complex.households
    yield step(`登记户室、分户建账 ${rooms} 户`)
  }
  for (const month of months) {
    turnTo(desk, lastDayOfMonth(month))
    for (const complex of complexes) {
      liveMonth(desk, complex, month)
      yield step(month)
    }
    const year = Number(month.slice(0, 4))
    const isLast = month === LAST_MONTH
    carryForward(desk, desk.maintenance, month)
    if (month.endsWith('-12')) {
      carryForward(desk, desk.publicIncome, month)
      if (isLast && !creditsLastYear) break
      for (const complex of complexes) {
        creditGains(desk, complex, year)
        yield step(`${year} 年收益计入分户账`)
      }
    }
    for (const bookId of [desk.maintenance, desk.publicIncome]) {
      closePeriod(desk.head, bookId, month)
      // The year before stays re-openable until this one is closed.
      if (month.endsWith('-12') && year > Number(firstDayOf(scale).slice(0, 4))) archiveYear(desk.head, bookId, year - 1)
    }
  }
  turnTo(desk, REFERENCE_DAY)
  ledger.sqlite.pragma('synchronous = FULL')
  return { desk, complexes }
}

/**
 * The sample office (示例办公室): two years of twelve complexes, built through the services alone. The same data give the
 * same figures; only password salts differ.
 */
import { addQuarters, monthOf, parseDate, parseMonth, quarterOf, type Quarter } from '#core/calendar.ts'
import { assertInvariant } from '#core/problem.ts'
import type { Ledger } from '#db/ledger.ts'
import type { SampleData } from './data.ts'
import { contractorEvents } from './contractors.ts'
import { deskEvents } from './desk-work.ts'
import { onDay, type Desk, type TurnableClock } from './desk.ts'
import { certificateEvents } from './deposits.ts'
import { depositStories } from './deposit-stories.ts'
import { findingEvents } from './findings.ts'
import { closingEvents, contributionEvents } from './fund.ts'
import { fillProfiles, foundSampleOffice, postOpenings, recordContracts } from './founding.ts'
import { openSubLedgers, selfFundingEvents } from './household-money.ts'
import { registerHouseholds } from './households.ts'
import { interestEvents, live, receiptEvents, spendingEvents, topUpEvents, type SampleEvent } from './income.ts'
import { noticeEvents, type DrawNotice } from './notices.ts'
import { placingEvents } from './placing.ts'
import { reconciliationEvents } from './reconciliation.ts'
import { repairEvents } from './repairs.ts'
import type { SamplePhotos } from './repair-site.ts'
import { statementEvents } from './statements.ts'
import { utilityEvents } from './utilities.ts'
import { voteEvents } from './votes.ts'
import { warrantyEvents } from './warranty.ts'

export { shippedSample } from './materials.ts'
export type { SampleData } from './data.ts'
export type { DrawNotice } from './notices.ts'
export type { SamplePhotos } from './repair-site.ts'

/** What the data file refers to: the bank's file, pictures, and how a notice is drawn (reports' job, not ours). */
export type SampleMaterials = { readonly statement: Uint8Array; readonly photos: SamplePhotos; readonly drawNotice: DrawNotice }

/** Months up to this one are closed; the last quarter stays open, as in an office at work. */
const LAST_CLOSED = parseMonth('2026-06')

export type SampleProgress = (done: number, total: number, label: string) => void

/** Every event up to the sample's own day, in order of time. */
function eventsOf(desk: Desk, materials: SampleMaterials): readonly SampleEvent[] {
  const first = parseDate(desk.data.openedOn)
  const today = parseDate(desk.data.today)
  const quarters: Quarter[] = []
  for (let quarter = quarterOf(first); quarter <= quarterOf(today); quarter = addQuarters(quarter, 1)) quarters.push(quarter)
  const events = [
    ...receiptEvents(desk),
    ...contributionEvents(desk),
    ...selfFundingEvents(desk),
    ...certificateEvents(desk),
    ...depositStories(desk),
    ...placingEvents(desk),
    ...quarters.flatMap((quarter) => [
      ...spendingEvents(desk, quarter),
      ...interestEvents(desk, quarter),
      ...(quarter === quarters[0] ? [] : topUpEvents(desk, quarter)),
    ]),
    ...contractorEvents(desk),
    ...voteEvents(desk),
    ...warrantyEvents(desk),
    ...repairEvents(desk, materials.photos),
    ...statementEvents(desk, materials.statement),
    ...reconciliationEvents(desk),
    ...utilityEvents(desk),
    ...noticeEvents(desk, materials.drawNotice),
    ...deskEvents(desk),
    ...closingEvents(desk, first, LAST_CLOSED),
    ...findingEvents(desk),
  ]
  return events.filter(({ date }) => date <= today).toSorted((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0))
}

/**
 * Builds into an empty ledger, which is durable only when this has ended: nothing real is in it before. Works in steps of
 * one event, so that the caller can show progress and let others in.
 */
export async function buildSampleOffice(
  ledger: Ledger,
  clock: TurnableClock,
  data: SampleData,
  materials: SampleMaterials,
  onProgress: SampleProgress,
): Promise<Desk> {
  // A thousand postings in a minute would spend a third of it waiting for the disk.
  ledger.sqlite.pragma('synchronous = OFF')
  const desk = foundSampleOffice(ledger, clock, data)
  registerHouseholds(desk)
  fillProfiles(desk)
  recordContracts(desk)
  postOpenings(desk)
  openSubLedgers(desk)
  const events = eventsOf(desk, materials)
  for (const [index, event] of events.entries()) {
    await live(desk, event)
    if (index % 25 === 0) {
      onProgress(index, events.length, event.date)
      await new Promise((resolve) => setImmediate(resolve))
    }
  }
  onDay(desk, parseDate(data.today))
  ledger.sqlite.pragma('synchronous = FULL')
  assertInvariant(monthOf(clock.today()) === data.today.slice(0, 7), 'the sample ends on its own day')
  return desk
}

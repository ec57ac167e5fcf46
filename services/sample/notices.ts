/** Published notices of two years, posted up and taken down; some late, one corrected, the last quarter waiting. */
import { addDays, addQuarters, parseDate, quarterBounds, quarterOf, type BusinessDate, type Quarter } from '#core/calendar.ts'
import type { DisclosureId } from '#core/id.ts'
import { prepareDisclosureModel, publishDisclosure, requestDisclosure } from '../disclosure/disclosure.ts'
import type { FrozenNotice } from '../disclosure/disclosure-version.ts'
import { listPostings, recordPostingUp, recordTakingDown } from '../disclosure/posting-up.ts'
import { quarterSheet, setReason } from '../income/quarter.ts'
import { type Desk, type SeatedComplex } from './desk.ts'
import type { SampleEvent } from './income.ts'

/** Draws the paper; the services do not know how. */
export type DrawNotice = (model: FrozenNotice) => Promise<Uint8Array>

/** Complexes that were late, took it down early, or never got round to it: what the heat table is for. */
const LATE: Readonly<Record<string, number>> = { 'A03:2025Q2': 18, 'X03:2025Q4': 25, 'S02:2026Q1': 12 }
const EARLY_DOWN: ReadonlySet<string> = new Set(['A04:2025Q3', 'X02:2026Q1'])
const NEVER: ReadonlySet<string> = new Set(['X03:2026Q2', 'S03:2026Q2'])
const CORRECTED = 'A01:2025Q3'

export function noticeEvents(desk: Desk, draw: DrawNotice): SampleEvent[] {
  const today = parseDate(desk.data.today)
  const events: SampleEvent[] = []
  for (
    let quarter = quarterOf(parseDate(desk.data.openedOn));
    quarter < quarterOf(addDays(today, -92));
    quarter = addQuarters(quarter, 1)
  ) {
    for (const [index, complex] of desk.complexes.entries()) {
      const key = `${complex.data.code}:${quarter}`
      if (NEVER.has(key)) continue
      const date = addDays(quarterBounds(addQuarters(quarter, 1)).first, 9 + (index % 5) + (LATE[key] ?? 0))
      let published: DisclosureId | undefined
      const takenDownOn = (day: BusinessDate): SampleEvent => ({ date: day, happen: () => takeDown(desk, published, day) })
      events.push({ date, happen: async () => { published = await publishOf(desk, complex, quarter, date, draw) } })
      let hungFrom = date
      if (key === CORRECTED) {
        hungFrom = addDays(date, 5)
        const again = hungFrom
        // The replaced version comes off the board on the day the corrected one goes up.
        events.push(takenDownOn(again))
        events.push({ date: again, happen: async () => { published = await correct(desk, complex, quarter, again, draw) } })
      }
      // Shanghai 2026 hangs until the next quarter's notice replaces it.
      const hangs = EARLY_DOWN.has(key) ? 12 : complex.data.profile === 'SH-2026' && quarter >= '2026Q1' ? 110 : 33
      const down = addDays(hungFrom, hangs)
      if (down < today) events.push(takenDownOn(down))
    }
  }
  return events
}

/** Rows that fell silent get the sentence owners will read. */
function giveReasons(desk: Desk, complex: SeatedComplex, quarter: Quarter): void {
  const sheet = quarterSheet(desk.ledger, desk.clock, complex.id, quarter)
  for (const row of sheet.income.rows) {
    const isSilent = row.received === null || row.received.amount === 0
    if (!isSilent || row.reason !== null) continue
    setReason(desk.preparer, { complexId: complex.id, quarter, rowKey: row.id, reason: '合同约定分期收取，本季度不到收款期或对方尚未付款，已催收' })
  }
}

async function publishOf(
  desk: Desk,
  complex: SeatedComplex,
  quarter: Quarter,
  date: BusinessDate,
  draw: DrawNotice,
): Promise<DisclosureId> {
  giveReasons(desk, complex, quarter)
  const requestId = requestDisclosure(desk.preparer, { complexId: complex.id, quarter })
  return publishAndPost(desk, requestId, date, draw)
}

async function publishAndPost(
  desk: Desk,
  requestId: Parameters<typeof prepareDisclosureModel>[1],
  date: BusinessDate,
  draw: DrawNotice,
): Promise<DisclosureId> {
  const prepared = prepareDisclosureModel(desk.head, requestId)
  const disclosureId = publishDisclosure(desk.head, prepared, await draw(prepared.model))
  recordPostingUp(desk.preparer, { disclosureId, places: ['小区公告栏', '1 幢门厅'], postedOn: date, sha256: null })
  return disclosureId
}

/** The first version left a note out; a correction is a new version with its reason. */
function correct(
  desk: Desk,
  complex: SeatedComplex,
  quarter: Quarter,
  date: BusinessDate,
  draw: DrawNotice,
): Promise<DisclosureId> {
  setReason(desk.preparer, {
    complexId: complex.id,
    quarter,
    rowKey: 'notes',
    reason: '本季度电梯广告合同款于季末前全部到账。',
  })
  const requestId = requestDisclosure(desk.preparer, {
    complexId: complex.id,
    quarter,
    correctionReason: '补充附注说明，金额不变',
  })
  return publishAndPost(desk, requestId, date, draw)
}

function takeDown(desk: Desk, published: DisclosureId | undefined, date: BusinessDate): void {
  if (published === undefined) return
  const postingUpIds = listPostings(desk.ledger, published).map(({ id }) => id)
  recordTakingDown(desk.preparer, { postingUpIds, takenDownOn: date, sha256: null })
}

/**
 * Where every complex stands with its notices: the heat table of complexes × quarters, what is due, and the two rates the
 * source documents ask to be 100 %. A handful of queries whatever the number of complexes.
 */
import {
  addDays,
  addQuarters,
  quarterBounds,
  quarterOf,
  type BusinessDate,
  type HolidayTable,
  type Quarter,
} from '#core/calendar.ts'
import {
  dedicatedAccountRate,
  disclosureRate,
  postingState,
  type PostingState,
  type Rate,
} from '#core/disclosure/posting-up.ts'
import { reminderState, type ReminderState } from '#core/disclosure/reminder.ts'
import type { ComplexId, DisclosureId } from '#core/id.ts'
import type { Fen } from '#core/money.ts'
import type { Ledger } from '#db/ledger.ts'
import { bookOfFund, hasBookOfFund } from '../voucher/book.ts'
import { listComplexes } from '../register/complex.ts'
import type { Clock } from '../context.ts'
import { noticeRules, type NoticeRules } from './disclosure-plan.ts'
import { settingOf } from '../office.ts'
import { holidayTable } from '../policy/policy.ts'

export const LATEST_NOTICES = `
  SELECT d.quarter, d.complex_id AS complexId, max(d.version) AS version, d.id, d.published_on AS publishedOn,
         d.closing_fen AS closingFen
  FROM disclosure d INDEXED BY disclosure_by_quarter
  WHERE d.quarter BETWEEN :from AND :to GROUP BY d.quarter, d.complex_id`

type NoticeRow = {
  readonly quarter: Quarter
  readonly complexId: ComplexId
  readonly version: number
  readonly id: DisclosureId
  readonly publishedOn: BusinessDate
  readonly closingFen: Fen
}

export const WAITING_REQUESTS = `
  SELECT quarter, complexId
  FROM (SELECT quarter, complex_id AS complexId, max(id) AS id FROM disclosure_request INDEXED BY disclosure_request_by_quarter
        WHERE quarter BETWEEN :from AND :to GROUP BY quarter, complex_id) r
  WHERE NOT EXISTS (SELECT 1 FROM disclosure d WHERE d.request_id = r.id)
    AND NOT EXISTS (SELECT 1 FROM disclosure_return b WHERE b.request_id = r.id)`

/**
 * Per version: with several places, the day the last was put up and the day the first came down. A place put up again
 * after it came down counts with its latest row.
 */
export const POSTING_SPANS = `
  SELECT d.quarter, d.complex_id AS complexId, d.version, max(u.posted_on) AS postedFrom, min(u.posted_on) AS firstPosted,
         min(w.taken_down_on) AS removed
  FROM disclosure d INDEXED BY disclosure_by_quarter
    JOIN posting_up u ON u.disclosure_id = d.id
    LEFT JOIN posting_down w ON w.posting_up_id = u.id
  WHERE d.quarter BETWEEN :from AND :to
    AND NOT EXISTS (SELECT 1 FROM posting_up later WHERE later.disclosure_id = u.disclosure_id AND later.place = u.place
      AND (later.posted_on, later.id) > (u.posted_on, u.id))
  GROUP BY d.id`

type SpanRow = {
  readonly quarter: Quarter
  readonly complexId: ComplexId
  readonly version: number
  readonly postedFrom: BusinessDate
  readonly firstPosted: BusinessDate
  readonly removed: BusinessDate | null
}

/**
 * `before` no book yet · `running` 未到期末 · `notPrepared` 未编 · `requested` 待公示 · `published` with its posting state.
 * A notice not published after its due day is `notPrepared` or `requested` with a posting state `overdue`.
 */
export type NoticeCell = {
  readonly quarter: Quarter
  readonly stage: 'before' | 'running' | 'notPrepared' | 'requested' | 'published'
  readonly posting: PostingState | null
  readonly due: BusinessDate | null
  readonly version: number
  readonly disclosureId: DisclosureId | null
  readonly closingFen: Fen | null
}

export type NoticeLine = {
  readonly complexId: ComplexId
  readonly code: string
  readonly name: string
  /** In the order of `quarters`. */
  readonly cells: readonly NoticeCell[]
}

export type NoticeOverview = { readonly quarters: readonly Quarter[]; readonly lines: readonly NoticeLine[] }

type Known = {
  readonly latest: ReadonlyMap<string, NoticeRow>
  readonly waiting: ReadonlySet<string>
  readonly spans: ReadonlyMap<string, readonly SpanRow[]>
}

function keyOf(complexId: number, quarter: string): string {
  return `${complexId} ${quarter}`
}

function knownBetween(ledger: Ledger, from: Quarter, to: Quarter): Known {
  const range = { from, to }
  const latest = ledger.prepare<[Record<string, unknown>], NoticeRow>(LATEST_NOTICES).all(range)
  const waiting = ledger.prepare<[Record<string, unknown>], { quarter: Quarter; complexId: number }>(WAITING_REQUESTS).all(range)
  const spans = ledger.prepare<[Record<string, unknown>], SpanRow>(POSTING_SPANS).all(range)
  const byNotice = Map.groupBy(spans, (span) => keyOf(span.complexId, span.quarter))
  return {
    latest: new Map(latest.map((row) => [keyOf(row.complexId, row.quarter), row])),
    waiting: new Set(waiting.map((row) => keyOf(row.complexId, row.quarter))),
    spans: byNotice,
  }
}

type Ground = {
  readonly today: BusinessDate
  readonly openedOn: BusinessDate
  readonly rulesOf: (profileCode: string, quarter: Quarter) => NoticeRules
  readonly holidays: HolidayTable
  readonly known: Known
}

function cellOf(ground: Ground, complex: { id: ComplexId; profileCode: string }, quarter: Quarter): NoticeCell {
  const { today, known } = ground
  const { last } = quarterBounds(quarter)
  const nothing = { quarter, posting: null, due: null, version: 0, disclosureId: null, closingFen: null }
  if (last < ground.openedOn) return { ...nothing, stage: 'before' }
  if (today <= last) return { ...nothing, stage: 'running' }
  const key = keyOf(complex.id, quarter)
  const rules = ground.rulesOf(complex.profileCode, quarter)
  const notice = known.latest.get(key)
  const spans = known.spans.get(key) ?? []
  const span = spans.find((each) => each.version === notice?.version)
  // A correction is not late when an earlier version hung in time.
  const { due } = rules
  const current = notice?.version ?? 0
  const inTime = due !== null && spans.some((each) => each.version < current && each.firstPosted <= due)
  const next = known.spans.get(keyOf(complex.id, addQuarters(quarter, 1))) ?? []
  const posting = postingState({
    rule: rules.posting,
    due: inTime ? null : due,
    today,
    from: span?.postedFrom ?? null,
    removed: span?.removed ?? null,
    nextPostedFrom: next.map((each) => each.postedFrom).sort()[0] ?? null,
    holidays: ground.holidays,
  })
  const isWaiting = known.waiting.has(key)
  if (notice === undefined) {
    return { ...nothing, stage: isWaiting ? 'requested' : 'notPrepared', posting, due }
  }
  const { version, id, closingFen } = notice
  return { quarter, stage: isWaiting ? 'requested' : 'published', posting, due, version, disclosureId: id, closingFen }
}

function groundOf(ledger: Ledger, clock: Clock, from: Quarter, to: Quarter): Ground {
  const rules = new Map<string, NoticeRules>()
  return {
    today: clock.today(),
    openedOn: bookOfFund(ledger, 'publicIncome').openedOn,
    rulesOf: (profileCode, quarter) => {
      const key = `${profileCode} ${quarter}`
      const known = rules.get(key) ?? noticeRules(ledger, profileCode, quarter)
      rules.set(key, known)
      return known
    },
    // A span of working days may reach well past today.
    holidays: holidayTable(ledger, quarterBounds(from).last, addDays(clock.today(), 200)).table,
    // The notice after the last one shown ends its span.
    known: knownBetween(ledger, from, addQuarters(to, 1)),
  }
}

/** `count` quarters up to `last`, oldest first, for every complex in service. Throws `book.missing`. */
export function noticeOverview(ledger: Ledger, clock: Clock, last: Quarter, count: number): NoticeOverview {
  const quarters = Array.from({ length: count }, (_, index) => addQuarters(last, index + 1 - count))
  // An office that keeps the maintenance fund only owes nobody a notice.
  if (!hasBookOfFund(ledger, 'publicIncome')) return { quarters, lines: [] }
  const ground = groundOf(ledger, clock, quarters[0] ?? last, last)
  const lines = listComplexes(ledger)
    .filter((complex) => complex.state === 'active')
    .map((complex) => ({
      complexId: complex.id,
      code: complex.code,
      name: complex.name,
      cells: quarters.map((quarter) => cellOf(ground, complex, quarter)),
    }))
  return { quarters, lines }
}

export const DEDICATED_ACCOUNTS = `
  SELECT k.complex_id AS complexId FROM book b JOIN bank_account k ON k.book_id = b.id
  WHERE b.fund_kind = 'publicIncome' AND k.complex_id IS NOT NULL AND k.is_dedicated = 1 AND k.state = 'active'`

export type NoticeRates = { readonly quarter: Quarter; readonly disclosure: Rate; readonly dedicated: Rate }

/**
 * Disclosure rate of a quarter and dedicated-account rate today, over every complex in service. Nothing is obliged before
 * the quarter has ended: its rate is then of 0.
 */
export function noticeRates(ledger: Ledger, clock: Clock, quarter: Quarter): NoticeRates {
  const { lines } = noticeOverview(ledger, clock, quarter, 1)
  const states = lines.flatMap((line) => line.cells.flatMap((cell) => (cell.posting === null ? [] : [cell.posting])))
  const dedicated = new Set(
    ledger.prepare<[], { complexId: number }>(DEDICATED_ACCOUNTS).all().map((row) => row.complexId),
  )
  return {
    quarter,
    disclosure: disclosureRate(states),
    dedicated: dedicatedAccountRate(lines.map((line) => ({ hasDedicatedAccount: dedicated.has(line.complexId) }))),
  }
}

export type NoticeDue = {
  readonly complexId: ComplexId
  readonly name: string
  readonly quarter: Quarter
  readonly stage: NoticeCell['stage']
  readonly reminder: ReminderState
}

/** The quarter to publish now: the last one that has ended. */
export function quarterToDisclose(clock: Clock): Quarter {
  return addQuarters(quarterOf(clock.today()), -1)
}

/**
 * Notices of the last two ended quarters that do not hang yet, overdue first. Complexes whose profile gives no date are
 * among them with reminder `unknown`: nothing looks punctual by accident.
 */
export function noticesDue(ledger: Ledger, clock: Clock): readonly NoticeDue[] {
  const remindDaysBefore = Number(settingOf(ledger, 'disclosure.remindDays'))
  const today = clock.today()
  const { lines } = noticeOverview(ledger, clock, quarterToDisclose(clock), 2)
  const open = lines.flatMap((line) =>
    line.cells.flatMap((cell): NoticeDue[] => {
      const kind = cell.posting?.kind
      if (kind !== 'notPosted' && kind !== 'overdue') return []
      const reminder = reminderState({ due: cell.due, today, remindDaysBefore, done: false })
      return [{ complexId: line.complexId, name: line.name, quarter: cell.quarter, stage: cell.stage, reminder }]
    }),
  )
  const order = { overdue: 0, dueSoon: 1, unknown: 2, notDue: 3, done: 4 }
  return open.sort((a, b) => order[a.reminder.kind] - order[b.reminder.kind] || a.quarter.localeCompare(b.quarter))
}

/** The board of open repairs by step and age, the jobs of one step, and finding a job by its words. */
import { addDays, type BusinessDate } from '#core/calendar.ts'
import type { ComplexId, RepairId } from '#core/id.ts'
import type { Fen } from '#core/money.ts'
import { OPEN_REPAIR_STEPS, type RepairStep } from '#core/repair/repair.ts'
import { bandDays, stepDays, type AgeBand, type PaceDays } from '#core/repair/waiting.ts'
import type { Ledger } from '#db/ledger.ts'
import { beginningOf } from '../clock.ts'
import { policyFor } from '../policy/policy.ts'

export type BoardColumn = {
  readonly step: RepairStep
  readonly count: number
  readonly amountFen: Fen
  readonly oldestOn: BusinessDate
  /** Of `count`, longer than the profile's days for the step. */
  readonly late: number
} & Readonly<Record<AgeBand, number>>

const OPEN_STEPS_SQL = OPEN_REPAIR_STEPS.map((step) => `'${step}'`).join(', ')

/** Both indexes hold all the board needs, in the order in which a step's jobs are paged. */
export const standingIndex = (byComplex: boolean): string =>
  `INDEXED BY ${byComplex ? 'repair_standing_by_complex' : 'repair_standing_by_step'}`

export const REPAIR_BOARD = (byComplex: boolean): string => `
  SELECT step, count(*) AS count, sum(amount_fen) AS amountFen, date(min(since), '+8 hours') AS oldestOn,
    count(*) FILTER (WHERE since >= :weekBegins) AS week,
    count(*) FILTER (WHERE since < :weekBegins AND since >= :monthBegins) AS month,
    count(*) FILTER (WHERE since < :monthBegins) AS longer
  FROM repair_standing ${standingIndex(byComplex)}
  WHERE step IN (${OPEN_STEPS_SQL}) ${byComplex ? 'AND complex_id = :complexId' : ''} GROUP BY step`

/** `:limits` is JSON, one `{ step, profile, before }` for every step for which a profile sets days. */
export const REPAIR_LATE = (byComplex: boolean): string => `
  SELECT l.value ->> 'step' AS step, count(*) AS late
  FROM json_each(:limits) l CROSS JOIN repair_standing s ${standingIndex(byComplex)}
      ON s.step = l.value ->> 'step' AND s.since < l.value ->> 'before' ${byComplex ? 'AND s.complex_id = :complexId' : ''}
    CROSS JOIN complex c ON c.id = s.complex_id AND c.profile_code = l.value ->> 'profile'
  GROUP BY 1`

/** Days for desk and site under each profile that a complex goes by, so that a list need not look the profile up job by job. */
export function paceDays(
  ledger: Ledger, today: BusinessDate, complexId: ComplexId | null = null,
): Readonly<Record<string, PaceDays>> {
  const profiles = ledger
    .prepare<[Record<string, unknown>], { code: string }>(
      'SELECT DISTINCT profile_code AS code FROM complex WHERE :complexId IS NULL OR id = :complexId',
    )
    .all({ complexId })
  return Object.fromEntries(profiles.map(({ code }) => {
    const policy = policyFor(ledger, code, today)
    return [code, { desk: policy.value('check.repairDeskDays'), site: policy.value('check.repairSiteDays') }]
  }))
}

export type LateLimit = { readonly step: RepairStep; readonly profile: string; readonly before: string }

/** Arrived before `before`, a job of the profile waits too long at the step. */
export function lateLimits(ledger: Ledger, today: BusinessDate, complexId: ComplexId | null): readonly LateLimit[] {
  return Object.entries(paceDays(ledger, today, complexId)).flatMap(([profile, pace]) =>
    OPEN_REPAIR_STEPS.flatMap((step) => {
      const days = stepDays(step, pace)
      return days === null ? [] : [{ step, profile, before: beginningOf(addDays(today, -days)) }]
    }))
}

/** Open jobs by the step they wait at, in the order of the path; steps without jobs are left out. */
export function repairBoard(ledger: Ledger, today: BusinessDate, complexId: ComplexId | null = null): readonly BoardColumn[] {
  const scope = complexId === null ? {} : { complexId }
  const { from: weekFrom } = bandDays('week', today)
  const { before: longerBefore } = bandDays('longer', today)
  const rows = ledger
    .prepare<[Record<string, unknown>], Omit<BoardColumn, 'late'>>(REPAIR_BOARD(complexId !== null))
    .all({ ...scope, weekBegins: beginningOf(weekFrom ?? today), monthBegins: beginningOf(longerBefore ?? today) })
  const late = new Map(
    ledger
      .prepare<[Record<string, unknown>], { step: RepairStep; late: number }>(REPAIR_LATE(complexId !== null))
      .all({ ...scope, limits: JSON.stringify(lateLimits(ledger, today, complexId)) })
      .map((row) => [row.step, row.late]),
  )
  return OPEN_REPAIR_STEPS.flatMap((step) =>
    rows.filter((row) => row.step === step).map((row) => ({ ...row, late: late.get(step) ?? 0 })))
}

export type ListedRepair = {
  readonly id: RepairId
  readonly number: string
  readonly title: string
  /** `3幢 1单元 屋面`, in the order people say it. */
  readonly place: string
  readonly complexId: ComplexId
  readonly complexName: string
  readonly contractorName: string
  readonly reportedOn: BusinessDate
  readonly step: RepairStep
  /** UTC ISO time since when it waits at this step. */
  readonly since: string
  /** The same as a day in China. */
  readonly sinceOn: BusinessDate
  /** Whose days decide how long is too long (`paceDays`). */
  readonly profileCode: string
  readonly amountFen: Fen
}

export const LISTED = `r.id, r.number, r.title,
  trim(replace(coalesce(b.name, '') || ' ' || r.entrance || ' ' || r.part || ' ' || r.facility, '  ', ' ')) AS place,
  r.complex_id AS complexId, c.name AS complexName, c.profile_code AS profileCode,
  k.name AS contractorName, r.reported_on AS reportedOn, s.step, s.since,
  date(s.since, '+8 hours') AS sinceOn, s.amount_fen AS amountFen`
export const LISTED_JOINS = `JOIN complex c ON c.id = r.complex_id
  JOIN counterparty k ON k.id = (SELECT contractor_id FROM repair_standing WHERE repair_id = r.id)
  LEFT JOIN building b ON b.id = r.building_id`

/** Keyset: jobs that wait longer come first, so the next page begins after the last one seen. */
export type AfterRepair = { readonly since: string; readonly id: RepairId }

export type RepairFilter = {
  readonly step: RepairStep
  readonly complexId?: ComplexId
  /** `late`: longer than the profile's days. */
  readonly age?: AgeBand | 'late'
  readonly after?: AfterRepair
  readonly limit: number
}

/** `:limits` of the late ones is a JSON object from profile to the instant before which a job arrived too long ago. */
export const REPAIR_PAGE = (byComplex: boolean, onlyLate = false): string => `
  SELECT ${LISTED} FROM repair_standing s ${standingIndex(byComplex)}
    CROSS JOIN repair r ON r.id = s.repair_id ${LISTED_JOINS}
  WHERE s.step = :step ${byComplex ? 'AND s.complex_id = :complexId' : ''} AND (s.since, s.repair_id) > (:since, :id)
    AND s.since < :before ${onlyLate ? 'AND s.since < :limits ->> c.profile_code' : ''}
  ORDER BY s.since, s.repair_id LIMIT :limit`

/** After every instant that can be recorded. */
const NEVER = '9999'

/** One column of the board, whoever waits longest first. */
export function listRepairs(ledger: Ledger, today: BusinessDate, filter: RepairFilter): readonly ListedRepair[] {
  const { step, complexId, age, after, limit } = filter
  const late = age === 'late' ? lateLimits(ledger, today, complexId ?? null).filter((one) => one.step === step) : []
  const { from, before } = age === undefined || age === 'late' ? { from: null, before: null } : bandDays(age, today)
  return ledger.prepare<[Record<string, unknown>], ListedRepair>(REPAIR_PAGE(complexId !== undefined, age === 'late')).all({
    step,
    limit,
    since: after?.since ?? (from === null ? '' : beginningOf(from)),
    id: after?.id ?? 0,
    before: before === null ? NEVER : beginningOf(before),
    ...(age === 'late' && { limits: JSON.stringify(Object.fromEntries(late.map((one) => [one.profile, one.before]))) }),
    ...(complexId !== undefined && { complexId }),
  })
}

export const REPAIR_SEARCH = `
  SELECT ${LISTED} FROM repair r JOIN repair_standing s ON s.repair_id = r.id ${LISTED_JOINS}
  WHERE r.id < :before AND (:complexId IS NULL OR r.complex_id = :complexId)
    AND (:text = '' OR r.number LIKE '%' || :text || '%' OR r.title LIKE '%' || :text || '%' OR k.name LIKE '%' || :text || '%')
  ORDER BY r.id DESC LIMIT :limit`

/** Newest first, over all steps; by number, title or contractor. */
export function findRepairs(
  ledger: Ledger,
  search: { readonly text: string; readonly complexId?: ComplexId | null; readonly before?: RepairId; readonly limit: number },
): readonly ListedRepair[] {
  return ledger.prepare<[Record<string, unknown>], ListedRepair>(REPAIR_SEARCH).all({
    text: search.text.trim(),
    complexId: search.complexId ?? null,
    before: search.before ?? Number.MAX_SAFE_INTEGER,
    limit: search.limit,
  })
}

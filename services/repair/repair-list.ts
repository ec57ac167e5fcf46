/** Finding repairs: the board by step, lists and inboxes, earlier jobs at the same place, and the whole page of one job. */
import type { BusinessDate } from '#core/calendar.ts'
import type { ComplexId, RepairId } from '#core/id.ts'
import type { Fen } from '#core/money.ts'
import { OPEN_REPAIR_STEPS, type RepairStep } from '#core/repair/repair.ts'
import {
  nextActions,
  nextRepairAction,
  REPAIR_ACTION_ROLES,
  type OfferedAction,
  type RepairAction,
} from '#core/repair/repair-actions.ts'
import { missingPapers, requiredPapers, type PaperKind } from '#core/repair/repair-papers.ts'
import { repeatReason, type EarlierRepair, type RepeatReason } from '#core/repair/repair-place.ts'
import type { Role } from '#core/role.ts'
import type { Ledger } from '#db/ledger.ts'
import type { ServiceContext } from '../context.ts'
import { repairJob, type Repair, type RepairJob, type StoredPaper } from './repair-record.ts'

export type BoardColumn = {
  readonly step: RepairStep
  readonly count: number
  readonly amountFen: Fen
  readonly oldestOn: BusinessDate
}

const OPEN_STEPS_SQL = OPEN_REPAIR_STEPS.map((step) => `'${step}'`).join(', ')

export const REPAIR_BOARD = (byComplex: boolean): string => `
  SELECT step, count(*) AS count, sum(amount_fen) AS amountFen, date(min(since), '+8 hours') AS oldestOn
  FROM repair_standing INDEXED BY ${byComplex ? 'repair_standing_by_complex' : 'repair_standing_by_step'}
  WHERE step IN (${OPEN_STEPS_SQL}) ${byComplex ? 'AND complex_id = :complexId' : ''} GROUP BY step`

/** Open jobs by the step they wait at, in the order of the path; steps without jobs are left out. */
export function repairBoard(ledger: Ledger, complexId: ComplexId | null = null): readonly BoardColumn[] {
  const rows = ledger
    .prepare<[Record<string, unknown>], BoardColumn>(REPAIR_BOARD(complexId !== null))
    .all(complexId === null ? {} : { complexId })
  return OPEN_REPAIR_STEPS.flatMap((step) => rows.filter((row) => row.step === step))
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
  readonly amountFen: Fen
}

export type RepairFilter = {
  readonly step: RepairStep
  readonly complexId?: ComplexId
  /** Keyset: jobs that wait longer come first, so the next page begins after the last one seen. */
  readonly after?: { readonly since: string; readonly id: RepairId }
  readonly limit: number
}

const LISTED = `r.id, r.number, r.title,
  trim(replace(coalesce(b.name, '') || ' ' || r.entrance || ' ' || r.part || ' ' || r.facility, '  ', ' ')) AS place,
  r.complex_id AS complexId, c.name AS complexName,
  k.name AS contractorName, r.reported_on AS reportedOn, s.step, s.since,
  date(s.since, '+8 hours') AS sinceOn, s.amount_fen AS amountFen`
const LISTED_JOINS = `JOIN complex c ON c.id = r.complex_id JOIN counterparty k ON k.id = r.contractor_id
  LEFT JOIN building b ON b.id = r.building_id`

export const REPAIR_PAGE = (byComplex: boolean): string => `
  SELECT ${LISTED} FROM repair_standing s INDEXED BY ${byComplex ? 'repair_standing_by_complex' : 'repair_standing_by_step'}
    CROSS JOIN repair r ON r.id = s.repair_id ${LISTED_JOINS}
  WHERE s.step = :step ${byComplex ? 'AND s.complex_id = :complexId' : ''} AND (s.since, s.repair_id) > (:since, :id)
  ORDER BY s.since, s.repair_id LIMIT :limit`

/** One column of the board, whoever waits longest first. */
export function listRepairs(ledger: Ledger, filter: RepairFilter): readonly ListedRepair[] {
  const { step, complexId, after, limit } = filter
  return ledger
    .prepare<[Record<string, unknown>], ListedRepair>(REPAIR_PAGE(complexId !== undefined))
    .all({ step, limit, since: after?.since ?? '', id: after?.id ?? 0, ...(complexId !== undefined && { complexId }) })
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

/** Steps whose next action one of the roles may take: the person's inbox. */
export function stepsFor(roles: ReadonlySet<Role>): readonly RepairStep[] {
  return OPEN_REPAIR_STEPS.filter((step) => {
    const action = nextRepairAction(step)
    return action !== null && step !== 'voucher' && REPAIR_ACTION_ROLES[action].some((role) => roles.has(role))
  })
}

/** What waits for the acting person, by step. */
export function repairInbox(context: ServiceContext, complexId: ComplexId | null = null): readonly BoardColumn[] {
  const mine = new Set(stepsFor(context.actor.roles))
  return repairBoard(context.ledger, complexId).filter(({ step }) => mine.has(step))
}

export type RepeatClaim = EarlierRepair & { readonly number: string; readonly title: string; readonly reason: RepeatReason }

export const EARLIER_AT_PLACE = `
  SELECT r.id, r.number, r.title, r.building_id AS buildingId, r.entrance, r.part, r.facility,
    r.reported_on AS reportedOn, s.step,
    (SELECT json_extract(e.detail, '$.warrantyUntil') FROM repair_event e
     WHERE e.repair_id = r.id AND e.kind = 'accepted' ORDER BY e.seq DESC LIMIT 1) AS warrantyUntil
  FROM repair r INDEXED BY repair_by_place JOIN repair_standing s ON s.repair_id = r.id
  WHERE r.complex_id = :complexId AND r.building_id IS :buildingId AND r.part = :part AND r.id < :id
  ORDER BY r.reported_on DESC, r.id DESC LIMIT 500`

/** Earlier jobs at the place of `repair` that make it a repeat; `days` null while the profile's period is 待填写. */
export function repeatClaims(ledger: Ledger, repair: Repair, days: number | null): readonly RepeatClaim[] {
  const { complexId, buildingId, part, id } = repair
  return ledger
    .prepare<[Record<string, unknown>], EarlierRepair & { number: string; title: string }>(EARLIER_AT_PLACE)
    .all({ complexId, buildingId, part, id })
    .flatMap((earlier) => {
      const reason = repeatReason(earlier, repair, days)
      return reason === null ? [] : [{ ...earlier, reason }]
    })
}

/** What the job page shows. `missing` and `required` are of the whole path; `actions` are for the acting person. */
export type RepairCard = Omit<RepairJob, 'policy' | 'rules'> & {
  readonly policyName: string
  readonly required: readonly { readonly kind: PaperKind; readonly isThere: boolean }[]
  readonly actions: readonly OfferedAction[]
  readonly nextAction: RepairAction | null
  readonly repeats: readonly RepeatClaim[]
  readonly photos: readonly StoredPaper[]
}

/** Throws `repair.missing`. */
export function repairCard(context: ServiceContext, id: RepairId): RepairCard {
  const { policy, rules, ...job } = repairJob(context.ledger, id, context.clock.today())
  const missing = new Set(missingPapers(job.state, job.folder, rules, 'payment'))
  return {
    ...job,
    policyName: policy.facts.name,
    required: requiredPapers(job.state, rules).map(({ kind }) => ({ kind, isThere: !missing.has(kind) })),
    actions: nextActions({ ...job, rules }, context.actor),
    nextAction: nextRepairAction(job.state.step),
    repeats: repeatClaims(context.ledger, job.repair, policy.value('repeatClaim.days')),
    photos: job.folder.papers.filter(({ kind, mediaType }) => kind === 'photo' || mediaType.startsWith('image/')),
  }
}

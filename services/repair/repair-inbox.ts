/** What waits for the acting person in the repairs: by step, and as one list over all steps, whoever waits longest first. */
import type { ComplexId, RepairId } from '#core/id.ts'
import { OPEN_REPAIR_STEPS, type DoneStep, type RepairEventKind, type RepairStep } from '#core/repair/repair.ts'
import { nextRepairAction, NOT_AFTER, REPAIR_ACTION_ROLES } from '#core/repair/repair-actions.ts'
import type { Role } from '#core/role.ts'
import type { ServiceContext } from '../context.ts'
import {
  LISTED, LISTED_JOINS, repairBoard, standingIndex, type AfterRepair, type BoardColumn, type ListedRepair,
} from './repair-board.ts'

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
  return repairBoard(context.ledger, context.clock.today(), complexId).filter(({ step }) => mine.has(step))
}

/**
 * One reader per step, each in the order of its index; SQLite merges them and stops at the limit, so that the page costs what it
 * shows, however many jobs wait.
 */
export const INBOX_PAGE = (steps: readonly RepairStep[], byComplex: boolean): string => {
  const readers = steps.map((step) => `
    SELECT repair_id, step, since, amount_fen FROM repair_standing ${standingIndex(byComplex)}
    WHERE step = '${step}' ${byComplex ? 'AND complex_id = :complexId' : ''} AND (since, repair_id) > (:since, :id)`)
  return `
  SELECT ${LISTED} FROM (${readers.join('\n    UNION ALL')}
    ORDER BY since, repair_id LIMIT :limit) s CROSS JOIN repair r ON r.id = s.repair_id ${LISTED_JOINS}
  ORDER BY s.since, s.repair_id`
}

export type InboxFilter = {
  readonly complexId: ComplexId | null
  /** Only this step; nothing when it is none of the person's. */
  readonly step?: RepairStep
  readonly after?: AfterRepair
  readonly limit: number
}

export type InboxRepair = ListedRepair & {
  /** The person's own earlier step, which leaves this one to somebody else; null: nothing of the kind. */
  readonly ownStep: DoneStep | null
}

/** Jobs over all steps of the person's roles; none when no role walks a job on. */
export function listInbox(context: ServiceContext, { complexId, step, after, limit }: InboxFilter): readonly InboxRepair[] {
  const steps = stepsFor(context.actor.roles).filter((each) => step === undefined || each === step)
  if (steps.length === 0) return []
  const rows = context.ledger
    .prepare<[Record<string, unknown>], ListedRepair>(INBOX_PAGE(steps, complexId !== null))
    .all({ limit, since: after?.since ?? '', id: after?.id ?? 0, ...(complexId !== null && { complexId }) })
  const own = ownEvents(context, rows.map(({ id }) => id))
  return rows.map((row) => ({ ...row, ownStep: ownStepBefore(row.step, own.get(row.id) ?? new Set()) }))
}

const EVENTS_OF: Readonly<Record<DoneStep, readonly RepairEventKind[]>> = {
  report: ['reported'],
  contractor: ['contractorChanged'],
  supervisor: ['supervisorChanged'],
  windowCheck: ['windowChecked'],
  repeatAnswer: ['repeatAnswered'],
  engineeringCheck: ['engineeringChecked'],
  authority: ['authorised'],
  contract: ['contracted'],
  review: ['spotChecked', 'siteReviewed'],
  acceptance: ['accepted'],
  settlement: ['settled'],
  publication: ['published'],
  payment: ['paymentInstructed', 'voucherPrepared'],
  followUp: ['followedUp'],
}

function ownStepBefore(step: RepairStep, own: ReadonlySet<RepairEventKind>): DoneStep | null {
  const action = nextRepairAction(step)
  const barring = action === null ? [] : (NOT_AFTER[action] ?? [])
  return barring.find((before) => EVENTS_OF[before].some((kind) => own.has(kind))) ?? null
}

/** Which latest events of the jobs are the person's own: a step taken again by another is no longer theirs. */
export const OWN_EVENTS = `
  SELECT e.repair_id AS id, e.kind FROM json_each(:ids) j CROSS JOIN repair_event e ON e.repair_id = j.value
  WHERE e.actor_id = :me AND NOT EXISTS (
    SELECT 1 FROM repair_event l WHERE l.repair_id = e.repair_id AND l.kind = e.kind AND l.seq > e.seq)`

function ownEvents(
  { ledger, actor }: ServiceContext, ids: readonly RepairId[],
): ReadonlyMap<RepairId, ReadonlySet<RepairEventKind>> {
  const rows = ledger
    .prepare<[Record<string, unknown>], { id: RepairId; kind: RepairEventKind }>(OWN_EVENTS)
    .all({ ids: JSON.stringify(ids), me: actor.userId })
  return new Map([...Map.groupBy(rows, ({ id }) => id)].map(([id, events]) => [id, new Set(events.map(({ kind }) => kind))]))
}

/** The stored events of a repair as typed values: the only place where their JSON becomes types. */
import { z } from 'zod'
import { isBusinessDate, parseDate, type BusinessDate } from '#core/calendar.ts'
import { idOf, type RepairId, type UserId } from '#core/id.ts'
import { fen } from '#core/money.ts'
import { SIGNING_PARTIES } from '#core/policy/policy.ts'
import { rateMicro } from '#core/rate.ts'
import { AUTHORITY_KINDS, FOLLOW_UP_RESULTS, SEND_BACK_STEPS, type RepairEvent, type RepairStep } from '#core/repair/repair.ts'
import { EMERGENCY_APPLICANTS } from '#core/authority/use-authority.ts'
import { EXCLUDED_USES } from '#core/repair/repair-place.ts'
import { VISIT_PARTIES } from '#core/repair/site-visit.ts'
import type { Ledger } from '#db/ledger.ts'

const amount = z.int().transform(fen)
const day = z.string().refine(isBusinessDate).transform((text) => parseDate(text))
const id = <Of extends string>() => z.int().transform((value) => idOf<Of>(value))
const percent = z.int().transform(rateMicro)
const reason = z.string()
const waiver = z.object({ belowFen: amount, source: z.string() }).nullable()

const CONTRACT = z.object({
  number: z.string(), signedOn: day, worksFrom: day, worksTo: day, amountFen: amount,
  budget: z.array(z.object({ label: z.string(), amountFen: amount })), payeeId: id<'counterparty'>(), payeeBank: z.string(),
  instalments: z.array(z.object({ label: z.string(), percent })), retentionPercent: percent, retentionMonths: z.int(),
  warrantyMonths: z.int(),
})

const VISIT = z.object({
  party: z.enum(VISIT_PARTIES), person: z.string(), on: day, time: z.string(), place: z.string(), finding: z.string(),
  photos: z.array(z.string()),
})

const EVENT = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('reported') }),
  z.object({
    kind: z.literal('windowChecked'), excludedUses: z.record(z.enum(EXCLUDED_USES), z.boolean()), hits: z.array(id<'repair'>()),
  }),
  z.object({
    kind: z.literal('repeatAnswered'), conclusion: z.enum(['unrelated', 'rework']), finding: reason,
    contractorPerson: z.string(), supervisorPerson: z.string(), sectionPerson: z.string(),
  }),
  z.object({
    kind: z.literal('engineeringChecked'), approvedFen: amount, thresholdFen: amount, concealedWork: z.boolean(),
    rules: z.object({
      authority: waiver, contract: waiver, publication: waiver, noFollowUp: z.object({ source: z.string() }).nullable(),
    }),
  }),
  z.object({
    kind: z.literal('authorised'), authority: z.enum(AUTHORITY_KINDS), basis: z.string(), scope: z.string(), on: day,
  }),
  z.object({
    kind: z.literal('emergencyApplied'), item: z.string(), applicant: z.enum(EMERGENCY_APPLICANTS), appliedOn: day,
    report: reason, files: z.array(z.string()),
  }),
  z.object({ kind: z.literal('contracted'), contract: CONTRACT }),
  z.object({
    kind: z.literal('contractorChanged'), contractorId: id<'counterparty'>(), from: z.string(), to: z.string(), reason,
  }),
  z.object({
    kind: z.literal('supervisorChanged'), supervisorId: id<'counterparty'>(), from: z.string(), to: z.string(), reason,
  }),
  z.object({ kind: z.literal('drawn'), drawId: z.int(), isDrawn: z.boolean() }),
  z.object({ kind: z.enum(['spotChecked', 'siteReviewed']), on: day, visits: z.array(VISIT) }),
  z.object({
    kind: z.literal('accepted'), on: day, startedOn: day, finishedOn: day, finding: reason,
    stampedBy: z.array(z.enum(SIGNING_PARTIES)), sectionStaff: z.array(z.string()), followUp: z.string(),
    warrantyUntil: day.nullable(),
  }),
  z.object({
    kind: z.literal('settled'), on: day, settledFen: amount, needsAudit: z.boolean(),
    auditorId: id<'counterparty'>().nullable(), auditedBy: z.string(), retentionFen: amount, retentionDue: day.nullable(),
    overrunPercent: percent.nullable(), payeeBank: z.string(),
  }),
  z.object({ kind: z.literal('published'), from: day, to: day, place: z.string() }),
  z.object({ kind: z.literal('paymentInstructed'), amountFen: amount, instructedFen: amount, draftId: id<'draft'>() }),
  z.object({ kind: z.literal('instructionWithdrawn'), instructedFen: amount, reason }),
  z.object({ kind: z.literal('voucherPrepared'), draftId: id<'draft'>() }),
  z.object({ kind: z.enum(['paid', 'paymentCorrected']), voucherId: id<'voucher'>(), paidFen: amount }),
  z.object({ kind: z.literal('followedUp'), on: day, result: z.enum(FOLLOW_UP_RESULTS), person: z.string(), said: z.string() }),
  z.object({ kind: z.literal('sentBack'), to: z.enum(SEND_BACK_STEPS), reason }),
  z.object({ kind: z.enum(['refused', 'cancelled']), reason }),
])

export type RecordedEvent = {
  readonly seq: number
  readonly event: RepairEvent
  readonly step: RepairStep
  readonly actorName: string
  readonly at: string
  /** The day in China. */
  readonly on: BusinessDate
  /** As stored, for what the screen shows beyond the typed event. */
  readonly detail: string
}

type EventRow = Omit<RecordedEvent, 'event'> & { readonly kind: string; readonly actorId: UserId }

export function repairEvents(ledger: Ledger, repairId: RepairId): readonly RecordedEvent[] {
  return ledger
    .prepare<[number], EventRow>(
      `SELECT e.seq, e.kind, e.step, e.detail, e.actor_id AS actorId, u.name AS actorName, e.at,
              date(e.at, '+8 hours') AS "on"
       FROM repair_event e JOIN user u ON u.id = e.actor_id WHERE e.repair_id = ? ORDER BY e.seq`,
    )
    .all(repairId)
    .map(({ kind, detail, actorId, ...row }) => ({ ...row, detail, event: eventOf({ kind, detail, actorId }) }))
}

function eventOf({ kind, detail, actorId }: Pick<EventRow, 'kind' | 'detail' | 'actorId'>): RepairEvent {
  const stored: unknown = JSON.parse(detail)
  const body = EVENT.parse({ ...(typeof stored === 'object' ? stored : {}), kind })
  return { ...body, by: actorId }
}

/** The events alone, for who asks where thousands of jobs stand. */
export function bareRepairEvents(ledger: Ledger, repairId: RepairId): readonly RepairEvent[] {
  return ledger
    .prepare<[number], Pick<EventRow, 'kind' | 'detail' | 'actorId'>>(
      'SELECT kind, detail, actor_id AS actorId FROM repair_event WHERE repair_id = ? ORDER BY seq',
    )
    .all(repairId)
    .map(eventOf)
}

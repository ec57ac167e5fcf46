/** The stored events of a repair as typed values: the only place where their JSON becomes types. */
import { z } from 'zod'
import { isBusinessDate, parseDate, type BusinessDate } from '#core/calendar.ts'
import { idOf, type RepairId, type UserId } from '#core/id.ts'
import { fen } from '#core/money.ts'
import { SIGNING_PARTIES } from '#core/policy/policy.ts'
import { rateMicro } from '#core/rate.ts'
import { AUTHORITY_KINDS, FOLLOW_UP_RESULTS, SEND_BACK_STEPS, type RepairEvent, type RepairStep } from '#core/repair/repair.ts'
import type { Ledger } from '#db/ledger.ts'

const amount = z.int().transform(fen)
const day = z.string().refine(isBusinessDate).transform((text) => parseDate(text))
const id = <Of extends string>() => z.int().transform((value) => idOf<Of>(value))
const percent = z.int().transform(rateMicro)
const reason = z.string()
const waiver = z.object({ belowFen: amount, source: z.string() }).nullable()

const CONTRACT = z.object({
  number: z.string(), signedOn: day, amountFen: amount, payeeId: id<'counterparty'>(), payeeBank: z.string(),
  instalments: z.array(z.object({ label: z.string(), percent })), retentionPercent: percent, retentionMonths: z.int(),
  warrantyMonths: z.int(),
})

const EVENT = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('reported') }),
  z.object({ kind: z.literal('windowChecked'), hits: z.array(id<'repair'>()) }),
  z.object({ kind: z.literal('repeatAnswered'), conclusion: z.enum(['unrelated', 'rework']), finding: reason }),
  z.object({
    kind: z.literal('engineeringChecked'), approvedFen: amount, thresholdFen: amount, concealedWork: z.boolean(),
    rules: z.object({
      authority: waiver, contract: waiver, publication: waiver, noFollowUp: z.object({ source: z.string() }).nullable(),
    }),
  }),
  z.object({ kind: z.literal('authorised'), authority: z.enum(AUTHORITY_KINDS), basis: z.string(), scope: z.string() }),
  z.object({ kind: z.literal('contracted'), contract: CONTRACT }),
  z.object({
    kind: z.literal('contractorChanged'), contractorId: id<'counterparty'>(), from: z.string(), to: z.string(), reason,
  }),
  z.object({ kind: z.literal('drawn'), drawId: z.int(), isDrawn: z.boolean() }),
  z.object({ kind: z.enum(['spotChecked', 'siteReviewed']), on: day, finding: reason }),
  z.object({
    kind: z.literal('accepted'), on: day, stampedBy: z.array(z.enum(SIGNING_PARTIES)), sectionStaff: z.array(z.string()),
    followUp: z.string(), warrantyUntil: day.nullable(),
  }),
  z.object({
    kind: z.literal('settled'), on: day, settledFen: amount, needsAudit: z.boolean(), auditedBy: z.string(),
    retentionFen: amount, retentionDue: day.nullable(),
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
    .map(({ kind, detail, actorId, ...row }) => {
      const stored: unknown = JSON.parse(detail)
      const body = EVENT.parse({ ...(typeof stored === 'object' ? stored : {}), kind })
      return { ...row, detail, event: { ...body, by: actorId } }
    })
}

/**
 * A repair (维修项目) from report to payment, as events: the state is what the events leave, nothing is stored beside them.
 * Two checks by two persons, the amount gate, acceptance by three parties, payment by another hand (Tongling 12(1)–(4);
 * 165号令 art. 22). What a step needs is in repair-papers.ts, who may take it in repair-actions.ts.
 */
import type { BusinessDate } from '../calendar.ts'
import type { DraftId, RepairId, UserId, VoucherId } from '../id.ts'
import { ZERO_FEN, type Fen } from '../money.ts'
import type { SigningParty } from '../policy/policy.ts'
import { Problem } from '../problem.ts'
import { repairReview } from './threshold.ts'

/** What a job waits for; the last three are its ends. */
export const REPAIR_STEPS = [
  'windowCheck', 'repeatAnswer', 'engineeringCheck', 'spotDraw', 'spotCheck', 'siteReview', 'acceptance', 'payment', 'voucher',
  'paid', 'refused', 'cancelled',
] as const
export type RepairStep = (typeof REPAIR_STEPS)[number]
export const OPEN_REPAIR_STEPS = REPAIR_STEPS.slice(0, 9)

export const REPAIR_STEP_WORD: Readonly<Record<RepairStep, string>> = {
  windowCheck: '窗口初审',
  repeatAnswer: '重复报修核实',
  engineeringCheck: '工程科复审',
  spotDraw: '抽查抽取',
  spotCheck: '抽查',
  siteReview: '现场复核',
  acceptance: '验收',
  payment: '付款通知',
  voucher: '付款记账',
  paid: '已付款',
  refused: '已退件',
  cancelled: '已撤销',
}

/** Where a job can be sent back to: the step is taken again, and what came after it no longer counts. */
export const SEND_BACK_STEPS = ['windowCheck', 'engineeringCheck', 'review', 'acceptance'] as const
export type SendBackStep = (typeof SEND_BACK_STEPS)[number]
export const SEND_BACK_WORD: Readonly<Record<SendBackStep, string>> = {
  windowCheck: '窗口初审',
  engineeringCheck: '工程科复审',
  review: '现场复核（抽查）',
  acceptance: '验收',
}

export type Gate = {
  readonly review: 'spot_check' | 'on_site_review'
  /** Exactly at the amount the source is silent; the stricter path is taken and the screen says so. */
  readonly exactlyAt: boolean
  readonly thresholdFen: Fen
}

export type RepairEventBody =
  | { readonly kind: 'reported' }
  /** `hits`: earlier jobs at the same place that must be answered on site first. */
  | { readonly kind: 'windowChecked'; readonly hits: readonly RepairId[] }
  /** `rework`: the earlier contractor puts it right at own cost, the fund pays nothing. */
  | { readonly kind: 'repeatAnswered'; readonly conclusion: 'unrelated' | 'rework'; readonly finding: string }
  | { readonly kind: 'engineeringChecked'; readonly approvedFen: Fen; readonly thresholdFen: Fen }
  | { readonly kind: 'drawn'; readonly drawId: number; readonly isDrawn: boolean }
  | { readonly kind: 'spotChecked' | 'siteReviewed'; readonly on: BusinessDate; readonly finding: string }
  | {
      readonly kind: 'accepted'
      readonly on: BusinessDate
      readonly settledFen: Fen
      readonly stampedBy: readonly SigningParty[]
      readonly sectionStaff: readonly string[]
      readonly followUp: string
      /** Last day of the contractor's own warranty on the works; null where none was agreed. */
      readonly warrantyUntil: BusinessDate | null
      readonly needsAudit: boolean
    }
  | { readonly kind: 'paymentInstructed'; readonly amountFen: Fen; readonly draftId: DraftId }
  /** Again, after the first voucher was voided or reversed. */
  | { readonly kind: 'voucherPrepared'; readonly draftId: DraftId }
  /** Written by the ledger itself when a voucher of the job is posted or reversed. */
  | { readonly kind: 'paid' | 'paymentCorrected'; readonly voucherId: VoucherId; readonly paidFen: Fen }
  | { readonly kind: 'sentBack'; readonly to: SendBackStep; readonly reason: string }
  | { readonly kind: 'refused' | 'cancelled'; readonly reason: string }

export type RepairEvent = RepairEventBody & { readonly by: UserId }
export type RepairEventKind = RepairEventBody['kind']

/** Steps whose person is remembered while the step counts. */
export type DoneStep = 'report' | 'windowCheck' | 'repeatAnswer' | 'engineeringCheck' | 'review' | 'acceptance' | 'payment'

export type RepairState = {
  readonly step: RepairStep
  readonly quotedFen: Fen
  /** 1, and one more for every time it was sent back. */
  readonly round: number
  /** Sheets of a step count from this round on. */
  readonly sheetsFrom: { readonly review: number; readonly acceptance: number }
  readonly doneBy: Readonly<Partial<Record<DoneStep, UserId>>>
  readonly hits: readonly RepairId[]
  readonly approvedFen: Fen | null
  readonly gate: Gate | null
  /** Null: not drawn for yet, or on the site-review path. */
  readonly isDrawn: boolean | null
  readonly settledFen: Fen | null
  readonly needsAudit: boolean
  readonly warrantyUntil: BusinessDate | null
  readonly draftId: DraftId | null
  readonly paidFen: Fen
  /** Why it was refused or cancelled. */
  readonly endReason: string
}

/** Settled, else approved, else quoted. */
export function standingAmount(state: RepairState): Fen {
  return state.settledFen ?? state.approvedFen ?? state.quotedFen
}

export function isOpenStep(step: RepairStep): boolean {
  return step !== 'paid' && step !== 'refused' && step !== 'cancelled'
}

function outOfOrder(state: RepairState, kind: RepairEventKind): Problem {
  return new Problem({
    code: 'repair.path',
    message: `这项维修现在到“${REPAIR_STEP_WORD[state.step]}”，不能办这一步（${kind}）：请刷新后按当前步骤办理`,
  })
}

type StepEventKind = Exclude<RepairEventKind, 'reported' | 'sentBack' | 'refused' | 'cancelled'>

const FROM: Readonly<Record<StepEventKind, readonly RepairStep[]>> = {
  windowChecked: ['windowCheck'],
  repeatAnswered: ['repeatAnswer'],
  engineeringChecked: ['engineeringCheck'],
  drawn: ['spotDraw'],
  spotChecked: ['spotCheck'],
  siteReviewed: ['siteReview'],
  accepted: ['acceptance'],
  paymentInstructed: ['payment'],
  voucherPrepared: ['voucher'],
  paid: ['voucher'],
  paymentCorrected: ['voucher', 'paid'],
}

function mayHappen(state: RepairState, event: RepairEventBody): boolean {
  if (event.kind === 'reported') return false
  if (event.kind === 'sentBack') return isOpenStep(state.step) && sendBackTargets(state).includes(event.to)
  if (event.kind === 'refused' || event.kind === 'cancelled') return isOpenStep(state.step)
  return FROM[event.kind].includes(state.step)
}

export function reportedRepair(quotedFen: Fen, by: UserId): RepairState {
  return {
    step: 'windowCheck', quotedFen, round: 1, sheetsFrom: { review: 1, acceptance: 1 }, doneBy: { report: by }, hits: [],
    approvedFen: null, gate: null, isDrawn: null, settledFen: null, needsAudit: false, warrantyUntil: null, draftId: null,
    paidFen: ZERO_FEN, endReason: '',
  }
}

function done(state: RepairState, step: DoneStep, by: UserId): RepairState['doneBy'] {
  return { ...state.doneBy, [step]: by }
}

/** The state after one more event. Throws `repair.path` for an event that cannot follow; nothing is guessed or skipped. */
export function afterRepairEvent(state: RepairState, event: RepairEvent): RepairState {
  if (!mayHappen(state, event)) throw outOfOrder(state, event.kind)
  switch (event.kind) {
    case 'reported':
      throw outOfOrder(state, event.kind)
    case 'windowChecked':
      return {
        ...state, hits: event.hits, doneBy: done(state, 'windowCheck', event.by),
        step: event.hits.length > 0 ? 'repeatAnswer' : 'engineeringCheck',
      }
    case 'repeatAnswered':
      return {
        ...state, doneBy: done(state, 'repeatAnswer', event.by),
        ...(event.conclusion === 'rework' ? { step: 'refused', endReason: event.finding } : { step: 'engineeringCheck' }),
      }
    case 'engineeringChecked': {
      const gate = { ...repairReview(event.approvedFen, event.thresholdFen), thresholdFen: event.thresholdFen }
      return {
        ...state, gate, approvedFen: event.approvedFen, doneBy: done(state, 'engineeringCheck', event.by),
        step: gate.review === 'spot_check' ? 'spotDraw' : 'siteReview',
      }
    }
    case 'drawn':
      return { ...state, isDrawn: event.isDrawn, step: event.isDrawn ? 'spotCheck' : 'acceptance' }
    case 'spotChecked':
    case 'siteReviewed':
      return { ...state, step: 'acceptance', doneBy: done(state, 'review', event.by) }
    case 'accepted':
      return {
        ...state, step: 'payment', settledFen: event.settledFen, needsAudit: event.needsAudit, warrantyUntil: event.warrantyUntil,
        doneBy: done(state, 'acceptance', event.by),
      }
    case 'paymentInstructed':
      return { ...state, step: 'voucher', draftId: event.draftId, doneBy: done(state, 'payment', event.by) }
    case 'voucherPrepared':
      return { ...state, draftId: event.draftId }
    case 'paid':
      return { ...state, step: 'paid', paidFen: event.paidFen }
    case 'paymentCorrected':
      return { ...state, step: 'voucher', paidFen: event.paidFen }
    case 'sentBack':
      return sentBack(state, event.to)
    case 'refused':
    case 'cancelled':
      return { ...state, step: event.kind, endReason: event.reason }
  }
}

/** All events in order, the first being the report. */
export function repairState(quotedFen: Fen, events: readonly RepairEvent[]): RepairState {
  const [first, ...rest] = events
  if (first?.kind !== 'reported') throw new Error('a repair begins with its report')
  return rest.reduce(afterRepairEvent, reportedRepair(quotedFen, first.by))
}

/** Steps taken already that may be taken again, the latest last. Not-drawn jobs had no review to repeat. */
export function sendBackTargets(state: RepairState): readonly SendBackStep[] {
  if (!isOpenStep(state.step) || state.paidFen !== 0) return []
  return SEND_BACK_STEPS.filter((step) => state.doneBy[step] !== undefined)
}

function sentBack(state: RepairState, to: SendBackStep): RepairState {
  const round = state.round + 1
  const { report, windowCheck, repeatAnswer, engineeringCheck, review } = state.doneBy
  const fromAcceptance = {
    ...state, round, step: 'acceptance' as const, settledFen: null, needsAudit: false, warrantyUntil: null, draftId: null,
    sheetsFrom: { ...state.sheetsFrom, acceptance: round },
    doneBy: kept({ report, windowCheck, repeatAnswer, engineeringCheck, review }),
  }
  if (to === 'acceptance') return fromAcceptance
  const fromReview = {
    ...fromAcceptance, sheetsFrom: { review: round, acceptance: round },
    step: state.gate?.review === 'on_site_review' ? ('siteReview' as const) : ('spotCheck' as const),
    doneBy: kept({ report, windowCheck, repeatAnswer, engineeringCheck }),
  }
  if (to === 'review') return fromReview
  const fromEngineering = {
    ...fromReview, step: 'engineeringCheck' as const, approvedFen: null, gate: null, isDrawn: null,
    doneBy: kept({ report, windowCheck, repeatAnswer }),
  }
  if (to === 'engineeringCheck') return fromEngineering
  return { ...fromEngineering, step: 'windowCheck', hits: [], doneBy: kept({ report }) }
}

function kept(persons: { readonly [Step in DoneStep]?: UserId | undefined }): RepairState['doneBy'] {
  return Object.fromEntries(Object.entries(persons).filter(([, by]) => by !== undefined))
}

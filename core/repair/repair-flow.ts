/**
 * How a repair moves: which event may follow, and where it leads. A step is skipped only by the profile's leave for jobs below
 * an amount, as it was on the day of the engineering check; db/migrations/0006_repair.sql holds the same path in triggers.
 */
import type { UserId } from '../id.ts'
import { subtractFen, ZERO_FEN, type Fen } from '../money.ts'
import { Problem } from '../problem.ts'
import {
  BEFORE_AUTHORITY,
  BEFORE_CONTRACT,
  isOpenStep,
  REPAIR_STEP_WORD,
  SEND_BACK_STEPS,
  type DoneStep,
  type RepairEvent,
  type RepairEventBody,
  type RepairEventKind,
  type RepairState,
  type RepairStep,
  type SendBackStep,
  type SheetStep,
  type Waiver,
} from './repair.ts'
import { repairReview } from './threshold.ts'

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
  emergencyApplied: BEFORE_AUTHORITY,
  authorised: ['authority'],
  contracted: ['contract'],
  contractorChanged: BEFORE_CONTRACT,
  supervisorChanged: BEFORE_CONTRACT,
  drawn: ['spotDraw'],
  spotChecked: ['spotCheck'],
  siteReviewed: ['siteReview'],
  accepted: ['acceptance'],
  settled: ['settlement'],
  published: ['publication'],
  paymentInstructed: ['payment', 'retention'],
  instructionWithdrawn: ['voucher'],
  voucherPrepared: ['voucher'],
  paid: ['voucher'],
  paymentCorrected: ['payment', 'voucher', 'followUp', 'retention', 'closed'],
  followedUp: ['followUp'],
}

function mayHappen(state: RepairState, event: RepairEventBody): boolean {
  if (event.kind === 'reported') return false
  if ((event.kind === 'contractorChanged' || event.kind === 'supervisorChanged') && state.wasPaid) return false
  // Money goes out by an instruction that waits for its voucher; elsewhere a correction only brings some back.
  if (event.kind === 'paymentCorrected' && state.step !== 'voucher' && event.paidFen > state.paidFen) return false
  if (event.kind === 'sentBack') return sendBackTargets(state).includes(event.to)
  if (event.kind === 'refused' || event.kind === 'cancelled') return isOpenStep(state.step) && state.paidFen === 0
  return FROM[event.kind].includes(state.step)
}

const NOTHING_DONE = {
  hits: [], approvedFen: null, gate: null, rules: null, concealedWork: false, emergency: null, authority: null, contract: null,
  isDrawn: null, reviewedOn: null,
  acceptedOn: null, startedOn: null, finishedOn: null, warrantyUntil: null, settledOn: null, settledFen: null,
  needsAudit: false, retentionFen: ZERO_FEN, retentionDue: null, payeeBank: null, publishedUntil: null, instructedFen: ZERO_FEN,
  draftId: null, followUp: null,
} as const

export function reportedRepair(quotedFen: Fen, by: UserId): RepairState {
  return {
    ...NOTHING_DONE, step: 'windowCheck', quotedFen, round: 1, doneBy: { report: by }, paidFen: ZERO_FEN,
    wasPaid: false, endReason: '', contractorFrom: 1,
    sheetsFrom: { repeatAnswer: 1, contract: 1, review: 1, acceptance: 1, settlement: 1, publication: 1 },
  }
}

function done(state: RepairState, step: DoneStep, by: UserId): RepairState['doneBy'] {
  return { ...state.doneBy, [step]: by }
}

/** Whether the profile lets a job of this amount skip the step; exactly at the amount it does not. */
export function isWaived(waiver: Waiver | null | undefined, amountFen: Fen): boolean {
  return waiver !== null && waiver !== undefined && amountFen < waiver.belowFen
}

/** Nobody voted on an emergency: what it cost is put up whatever the amount (民法典 art. 281). */
export function isPublicationWaived({ rules, authority }: RepairState, amountFen: Fen): boolean {
  return authority?.kind !== 'emergency' && isWaived(rules?.publication, amountFen)
}

/** Where the path goes on after the engineering check, once `upTo` is behind. */
function stepBeforeWork(state: RepairState, upTo: 'engineeringCheck' | 'authority' | 'contract'): RepairStep {
  const amount = state.approvedFen ?? state.quotedFen
  if (upTo === 'engineeringCheck' && !isWaived(state.rules?.authority, amount)) return 'authority'
  if (upTo !== 'contract' && !isWaived(state.rules?.contract, amount)) return 'contract'
  if (state.gate?.review !== 'spot_check') return 'siteReview'
  return state.isDrawn === true ? 'spotCheck' : 'spotDraw'
}

export function isFollowedUp(state: RepairState): boolean {
  return state.followUp === 'satisfied' || state.followUp === 'remarks'
}

/** Where it goes on when everything instructed is paid: the next instalment, the follow-up, the retention, or the end. */
function stepAfterPaying(state: RepairState): RepairStep {
  const settled = state.settledFen ?? ZERO_FEN
  if (state.paidFen < subtractFen(settled, state.retentionFen)) return 'payment'
  if (state.rules?.noFollowUp === null && !isFollowedUp(state)) return 'followUp'
  return state.paidFen < settled ? 'retention' : 'closed'
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
      const { approvedFen, thresholdFen, concealedWork, rules } = event
      const gate = { ...repairReview(approvedFen, thresholdFen), thresholdFen }
      const checked = { ...state, gate, approvedFen, concealedWork, rules, doneBy: done(state, 'engineeringCheck', event.by) }
      return { ...checked, step: stepBeforeWork(checked, 'engineeringCheck') }
    }
    case 'emergencyApplied': {
      const { item, applicant, appliedOn, report, files } = event
      return { ...state, emergency: { item, applicant, appliedOn, report, files } }
    }
    case 'authorised': {
      const authority = { kind: event.authority, basis: event.basis, scope: event.scope, on: event.on }
      return { ...state, authority, doneBy: done(state, 'authority', event.by), step: stepBeforeWork(state, 'authority') }
    }
    case 'contracted':
      return {
        ...state, contract: event.contract, doneBy: done(state, 'contract', event.by), step: stepBeforeWork(state, 'contract'),
      }
    case 'contractorChanged':
    case 'supervisorChanged': {
      // None of these steps was taken yet; what was filed ahead for them names somebody else.
      const from = state.round + 1
      const ahead = { contract: from, review: from, acceptance: from, settlement: from, publication: from }
      const party = event.kind === 'contractorChanged' ? 'contractor' : 'supervisor'
      return {
        ...state, round: from, contractorFrom: from, sheetsFrom: { ...state.sheetsFrom, ...ahead },
        doneBy: done(state, party, event.by),
      }
    }
    case 'drawn':
      return { ...state, isDrawn: event.isDrawn, step: event.isDrawn ? 'spotCheck' : 'acceptance' }
    case 'spotChecked':
    case 'siteReviewed':
      return { ...state, step: 'acceptance', reviewedOn: event.on, doneBy: done(state, 'review', event.by) }
    case 'accepted':
      return {
        ...state, step: 'settlement', acceptedOn: event.on, warrantyUntil: event.warrantyUntil,
        startedOn: event.startedOn, finishedOn: event.finishedOn, doneBy: done(state, 'acceptance', event.by),
      }
    case 'settled':
      return {
        ...state, settledOn: event.on, settledFen: event.settledFen, needsAudit: event.needsAudit,
        retentionFen: event.retentionFen, retentionDue: event.retentionDue, payeeBank: event.payeeBank,
        doneBy: done(state, 'settlement', event.by),
        step: isPublicationWaived(state, event.settledFen) ? 'payment' : 'publication',
      }
    case 'published':
      return { ...state, step: 'payment', publishedUntil: event.to, doneBy: done(state, 'publication', event.by) }
    case 'paymentInstructed':
      return {
        ...state, step: 'voucher', instructedFen: event.instructedFen, draftId: event.draftId,
        doneBy: done(state, 'payment', event.by),
      }
    case 'instructionWithdrawn': {
      const withdrawn = { ...state, instructedFen: event.instructedFen, draftId: null }
      return { ...withdrawn, step: stepAfterPaying(withdrawn) }
    }
    case 'voucherPrepared':
      return { ...state, draftId: event.draftId }
    case 'paid': {
      const paid = { ...state, paidFen: event.paidFen, wasPaid: true }
      return { ...paid, step: stepAfterPaying(paid) }
    }
    case 'paymentCorrected':
      return { ...state, step: 'voucher', paidFen: event.paidFen, wasPaid: true }
    case 'followedUp': {
      const followed = { ...state, followUp: event.result, doneBy: done(state, 'followUp', event.by) }
      return { ...followed, step: stepAfterPaying(followed) }
    }
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

/** What sending back to a step takes away, the step itself first. */
const UNDONE: Readonly<Record<SendBackStep, Partial<RepairState>>> = {
  publication: { publishedUntil: null, instructedFen: ZERO_FEN, draftId: null, followUp: null },
  settlement: {
    settledOn: null, settledFen: null, needsAudit: false, retentionFen: ZERO_FEN, retentionDue: null, payeeBank: null,
  },
  acceptance: { acceptedOn: null, startedOn: null, finishedOn: null, warrantyUntil: null },
  review: { reviewedOn: null },
  contract: { contract: null },
  authority: { authority: null },
  engineeringCheck: { approvedFen: null, gate: null, rules: null, concealedWork: false },
  windowCheck: { hits: [] },
}
const DONE_STEPS: readonly DoneStep[] = [
  'report', 'contractor', 'supervisor', 'windowCheck', 'repeatAnswer', ...SEND_BACK_STEPS.slice(1),
]
const SHEET_STEPS: readonly SheetStep[] = ['contract', 'review', 'acceptance', 'settlement', 'publication']

function isSheetStep(step: SendBackStep): step is SendBackStep & SheetStep {
  return SHEET_STEPS.some((each) => each === step)
}

function sentBack(state: RepairState, to: SendBackStep): RepairState {
  const round = state.round + 1
  const undone = SEND_BACK_STEPS.slice(SEND_BACK_STEPS.indexOf(to))
  const sheetsFrom = { ...state.sheetsFrom }
  for (const step of undone) if (isSheetStep(step)) sheetsFrom[step] = round
  if (undone.includes('windowCheck')) sheetsFrom.repeatAnswer = round
  const kept = DONE_STEPS.slice(0, DONE_STEPS.indexOf(to))
  const before = undone.reduce<RepairState>((left, step) => ({ ...left, ...UNDONE[step] }), state)
  const review: RepairStep = state.gate?.review === 'on_site_review' ? 'siteReview' : 'spotCheck'
  // Once drawn, a job stays drawn: sending it back until the lot spares it would be choosing whom to check.
  const isDrawn = state.isDrawn !== true && undone.includes('contract') ? null : state.isDrawn
  return {
    ...before, round, sheetsFrom, isDrawn, step: to === 'review' ? review : to,
    doneBy: Object.fromEntries(kept.flatMap((step) => (state.doneBy[step] === undefined ? [] : [[step, state.doneBy[step]]]))),
  }
}

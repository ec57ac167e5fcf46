/**
 * A repair (维修项目) from report to follow-up: its steps, its events and what they leave. The state is what the events leave,
 * nothing is stored beside them. How one event follows another is in repair-flow.ts, what a step needs in repair-papers.ts,
 * who may take it in repair-actions.ts (Tongling 12(1)–(4), 13(3), 13(5); 165号令 art. 22).
 */
import type { BusinessDate } from '../calendar.ts'
import type { CounterpartyId, DraftId, RepairId, UserId, VoucherId } from '../id.ts'
import type { Fen } from '../money.ts'
import type { EmergencyApplication } from '../authority/use-authority.ts'
import type { SigningParty } from '../policy/policy.ts'
import type { RateMicro } from '../rate.ts'
import type { Contract } from './repair-contract.ts'
import type { ExcludedUse } from './repair-place.ts'
import type { SiteVisit } from './site-visit.ts'

/** What a job waits for, in the order of the path; the last three are its ends. */
export const REPAIR_STEPS = [
  'windowCheck', 'repeatAnswer', 'engineeringCheck', 'authority', 'contract', 'spotDraw', 'spotCheck', 'siteReview',
  'acceptance', 'settlement', 'publication', 'payment', 'voucher', 'followUp', 'retention', 'closed', 'refused', 'cancelled',
] as const
export type RepairStep = (typeof REPAIR_STEPS)[number]
export const OPEN_REPAIR_STEPS = REPAIR_STEPS.slice(0, 15)

export const REPAIR_STEP_WORD: Readonly<Record<RepairStep, string>> = {
  windowCheck: '窗口初审',
  repeatAnswer: '重复报修核实',
  engineeringCheck: '工程科复审',
  authority: '使用依据',
  contract: '预算与合同',
  spotDraw: '抽查抽取',
  spotCheck: '抽查',
  siteReview: '现场复核',
  acceptance: '验收',
  settlement: '决算',
  publication: '使用公示',
  payment: '付款通知',
  voucher: '付款记账',
  followUp: '回访',
  retention: '质保金',
  closed: '已办结',
  refused: '已退件',
  cancelled: '已撤销',
}

/** Where a job can be sent back to: the step is taken again, and what came after it no longer counts. */
export const SEND_BACK_STEPS = [
  'windowCheck', 'engineeringCheck', 'authority', 'contract', 'review', 'acceptance', 'settlement', 'publication',
] as const
export type SendBackStep = (typeof SEND_BACK_STEPS)[number]
export const SEND_BACK_WORD: Readonly<Record<SendBackStep, string>> = {
  windowCheck: '窗口初审',
  engineeringCheck: '工程科复审',
  authority: '使用依据',
  contract: '预算与合同',
  review: '现场复核（抽查）',
  acceptance: '验收',
  settlement: '决算',
  publication: '使用公示',
}

export type Gate = {
  readonly review: 'spot_check' | 'on_site_review'
  /** Exactly at the amount the source is silent; the stricter path is taken and the screen says so. */
  readonly exactlyAt: boolean
  readonly thresholdFen: Fen
}

/** A profile's leave to skip a step for jobs below an amount (the amount itself is not below), with where it stands. */
export type Waiver = { readonly belowFen: Fen; readonly source: string }

/** What the profile said on the day of the engineering check; null: no leave, every job takes the step. */
export type PathRules = {
  readonly authority: Waiver | null
  readonly contract: Waiver | null
  readonly publication: Waiver | null
  /** Null: the follow-up after payment is asked for. */
  readonly noFollowUp: { readonly source: string } | null
}

/** On what the fund may be used: the owners' vote, a standing authorisation of theirs, or the emergency list. */
export const AUTHORITY_KINDS = ['vote', 'standing', 'emergency'] as const
export type AuthorityKind = (typeof AUTHORITY_KINDS)[number]
export const AUTHORITY_WORD: Readonly<Record<AuthorityKind, string>> = {
  vote: '业主表决', standing: '业主授权', emergency: '应急使用',
}

/** What three parties find on site of a repeat. */
export const REPEAT_CONCLUSIONS = ['unrelated', 'rework'] as const
export type RepeatConclusion = (typeof REPEAT_CONCLUSIONS)[number]
export const REPEAT_CONCLUSION_WORD: Readonly<Record<RepeatConclusion, string>> = {
  unrelated: '与在先维修无关，可以继续', rework: '属施工质量，由原施工单位返工，不付款',
}

export const FOLLOW_UP_RESULTS = ['satisfied', 'remarks', 'defects', 'unreached'] as const
export type FollowUpResult = (typeof FOLLOW_UP_RESULTS)[number]
export const FOLLOW_UP_WORD: Readonly<Record<FollowUpResult, string>> = {
  satisfied: '满意', remarks: '基本满意，有意见', defects: '仍有质量问题，须返修后再访', unreached: '未联系上，须再访',
}

export type RepairEventBody =
  | { readonly kind: 'reported' }
  | {
      readonly kind: 'windowChecked'
      /** Asked one by one; a job to which any applies does not pass the window. */
      readonly excludedUses: Readonly<Record<ExcludedUse, boolean>>
      /** Earlier jobs at the same place that must be answered on site first. */
      readonly hits: readonly RepairId[]
    }
  /** `rework`: the earlier contractor puts it right at own cost, the fund pays nothing. */
  | {
      readonly kind: 'repeatAnswered'
      readonly conclusion: RepeatConclusion
      readonly finding: string
      /** Who was there (Tongling 12(2)). */
      readonly contractorPerson: string
      readonly supervisorPerson: string
      readonly sectionPerson: string
    }
  | {
      readonly kind: 'engineeringChecked'
      readonly approvedFen: Fen
      readonly thresholdFen: Fen
      /** Work that will be covered up (隐蔽工程): a visa is needed before acceptance. */
      readonly concealedWork: boolean
      readonly rules: PathRules
    }
  | {
      readonly kind: 'authorised'
      readonly authority: AuthorityKind
      /** The vote, the authorisation or the item of the emergency list, in a line. */
      readonly basis: string
      /** Whom it concerns, in a line: `3幢 1单元，24 户`. */
      readonly scope: string
      readonly on: BusinessDate
    }
  /** Asked for directly, without a vote (民法典 art. 281(2)); the office grants it, or not, at the authority. The latest counts. */
  | ({ readonly kind: 'emergencyApplied' } & EmergencyApplication)
  | { readonly kind: 'contracted'; readonly contract: Contract }
  /** Another does the job than was named at its report: the tender's winner, or the named one withdrew. */
  | {
      readonly kind: 'contractorChanged'
      readonly contractorId: CounterpartyId
      /** Their names on that day. */
      readonly from: string
      readonly to: string
      readonly reason: string
    }
  /** Another supervises than was named at the report. */
  | {
      readonly kind: 'supervisorChanged'
      readonly supervisorId: CounterpartyId
      /** Their names on that day. */
      readonly from: string
      readonly to: string
      readonly reason: string
    }
  | { readonly kind: 'drawn'; readonly drawId: number; readonly isDrawn: boolean }
  /** `on`: day of the last visit. */
  | { readonly kind: 'spotChecked' | 'siteReviewed'; readonly on: BusinessDate; readonly visits: readonly SiteVisit[] }
  | {
      readonly kind: 'accepted'
      readonly on: BusinessDate
      /** 开工日 and 完工日 as they were; what was agreed stands in the contract. */
      readonly startedOn: BusinessDate
      readonly finishedOn: BusinessDate
      /** What was seen, and the conclusion. */
      readonly finding: string
      readonly stampedBy: readonly SigningParty[]
      readonly sectionStaff: readonly string[]
      readonly followUp: string
      /** Last day of the contractor's own warranty on the works; null where none was agreed. */
      readonly warrantyUntil: BusinessDate | null
    }
  | {
      readonly kind: 'settled'
      readonly on: BusinessDate
      readonly settledFen: Fen
      readonly needsAudit: boolean
      /** Who audited it, and the name on that day; null and empty where nobody did. */
      readonly auditorId: CounterpartyId | null
      readonly auditedBy: string
      readonly retentionFen: Fen
      readonly retentionDue: BusinessDate | null
      /** How far above what was approved the profile let it go that day; null: not at all. */
      readonly overrunPercent: RateMicro | null
      /** Bank and account it is paid to: the contract's, or without one the contractor's of that day. */
      readonly payeeBank: string
    }
  /** `to`: last day on the boards. Objections are heard until it is over. */
  | { readonly kind: 'published'; readonly from: BusinessDate; readonly to: BusinessDate; readonly place: string }
  /** `instructedFen`: this instalment and all before it. */
  | { readonly kind: 'paymentInstructed'; readonly amountFen: Fen; readonly instructedFen: Fen; readonly draftId: DraftId }
  | { readonly kind: 'instructionWithdrawn'; readonly instructedFen: Fen; readonly reason: string }
  /** Again, after the first voucher was voided or reversed. */
  | { readonly kind: 'voucherPrepared'; readonly draftId: DraftId }
  /** Written by the ledger itself when a voucher of the job is posted or reversed. */
  | { readonly kind: 'paid' | 'paymentCorrected'; readonly voucherId: VoucherId; readonly paidFen: Fen }
  | {
      readonly kind: 'followedUp'
      readonly on: BusinessDate
      readonly result: FollowUpResult
      /** Who was asked, and what was said. */
      readonly person: string
      readonly said: string
    }
  | { readonly kind: 'sentBack'; readonly to: SendBackStep; readonly reason: string }
  | { readonly kind: 'refused' | 'cancelled'; readonly reason: string }

export type RepairEvent = RepairEventBody & { readonly by: UserId }
export type RepairEventKind = RepairEventBody['kind']

/** Steps whose person is remembered while the step counts. */
export type DoneStep =
  | 'report' | 'contractor' | 'supervisor' | 'windowCheck' | 'repeatAnswer' | 'engineeringCheck' | 'authority' | 'contract'
  | 'review' | 'acceptance' | 'settlement' | 'publication' | 'payment' | 'followUp'

/** Steps that write sheets; a sheet counts from the round on in which its step was last sent back. */
export type SheetStep = 'repeatAnswer' | 'contract' | 'review' | 'acceptance' | 'settlement' | 'publication'

export type RepairState = {
  readonly step: RepairStep
  readonly quotedFen: Fen
  /** 1, and one more for every time it was sent back. */
  readonly round: number
  readonly sheetsFrom: Readonly<Record<SheetStep, number>>
  /** The round in which the contractor was last changed; what was signed with the one before no longer counts. */
  readonly contractorFrom: number
  readonly doneBy: Readonly<Partial<Record<DoneStep, UserId>>>
  readonly hits: readonly RepairId[]
  readonly approvedFen: Fen | null
  readonly gate: Gate | null
  readonly rules: PathRules | null
  readonly concealedWork: boolean
  /** The latest application; sending back does not take away that somebody asked. */
  readonly emergency: EmergencyApplication | null
  readonly authority: {
    readonly kind: AuthorityKind
    readonly basis: string
    readonly scope: string
    readonly on: BusinessDate
  } | null
  readonly contract: Contract | null
  /** Null: not drawn for yet. True stays, whatever is sent back: see `isSpotChecked`. */
  readonly isDrawn: boolean | null
  /** Day of the last visit of the review or spot check that counts. */
  readonly reviewedOn: BusinessDate | null
  readonly acceptedOn: BusinessDate | null
  readonly startedOn: BusinessDate | null
  readonly finishedOn: BusinessDate | null
  readonly warrantyUntil: BusinessDate | null
  readonly settledOn: BusinessDate | null
  readonly settledFen: Fen | null
  readonly needsAudit: boolean
  readonly retentionFen: Fen
  readonly retentionDue: BusinessDate | null
  /** As agreed by the settlement; the payment goes nowhere else. */
  readonly payeeBank: string | null
  readonly publishedUntil: BusinessDate | null
  /** All instalments instructed; what of it is not paid waits for its voucher. */
  readonly instructedFen: Fen
  readonly draftId: DraftId | null
  readonly paidFen: Fen
  /** A voucher of the job was posted once, whatever was reversed since. */
  readonly wasPaid: boolean
  readonly followUp: FollowUpResult | null
  /** Why it was refused or cancelled. */
  readonly endReason: string
}

/** Where an emergency may still be asked for: nothing lets the fund pay yet. */
export const BEFORE_AUTHORITY: readonly RepairStep[] = ['windowCheck', 'repeatAnswer', 'engineeringCheck', 'authority']

/** Where it is still open who does the job. */
export const BEFORE_CONTRACT: readonly RepairStep[] = ['windowCheck', 'repeatAnswer', 'engineeringCheck', 'authority', 'contract']

/** Drawn, and still below the amount: what grew to it is reviewed on site instead. */
export function isSpotChecked(state: RepairState): boolean {
  return state.gate?.review === 'spot_check' && state.isDrawn === true
}

/** Settled, else contracted, else approved, else quoted. */
export function standingAmount(state: RepairState): Fen {
  return state.settledFen ?? state.contract?.amountFen ?? state.approvedFen ?? state.quotedFen
}

export function isOpenStep(step: RepairStep): boolean {
  return step !== 'closed' && step !== 'refused' && step !== 'cancelled'
}

/** All that was due so far has been paid: what is left is the follow-up, the retention, or nothing. */
export function isPaidStep(step: RepairStep): boolean {
  return step === 'followUp' || step === 'retention' || step === 'closed'
}

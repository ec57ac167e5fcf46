/**
 * What a job's folder must hold: which papers each step asks for on this job's path, and who must have signed.
 * Payment waits for the complete set (Tongling items 9 and 12(4)); no paper can be waived.
 */
import type { SigningParty } from '../policy/policy.ts'
import { isPublicationWaived, isWaived } from './repair-flow.ts'
import { PARTY_WORD } from './person.ts'
import {
  isSpotChecked, REPAIR_STEP_WORD, REPAIR_STEPS, standingAmount, type RepairState, type RepairStep,
} from './repair.ts'
import type { SigningFault } from './threshold.ts'

export const PAPER_KINDS = [
  'quotation', 'workOrder', 'photo', 'repeatRecord', 'spotCheck', 'siteReview', 'acceptanceSheet', 'acceptanceRecord',
  'settlement', 'auditReport', 'noticePhoto', 'invoice', 'decision', 'other',
] as const
export type PaperKind = (typeof PAPER_KINDS)[number]

export const PAPER_WORD: Readonly<Record<PaperKind, string>> = {
  quotation: '报价单',
  workOrder: '合同或派工单',
  photo: '现场照片',
  repeatRecord: '重复报修核实记录',
  spotCheck: '抽查记录',
  siteReview: '现场复核记录',
  acceptanceSheet: '三方签章的分类汇总表',
  acceptanceRecord: '现场验收记录',
  settlement: '决算单',
  auditReport: '决算审计报告',
  noticePhoto: '公示张贴照片',
  invoice: '发票',
  decision: '业主决定或授权',
  other: '其他',
}

/**
 * The step that writes the sheet: before it there is nothing to sign, and what is filed earlier was signed blank. The settlement
 * may come in with the acceptance; kinds not named here are filed whenever they arrive.
 */
const FILED_FROM: Readonly<Partial<Record<PaperKind, RepairStep>>> = {
  repeatRecord: 'repeatAnswer',
  spotCheck: 'spotCheck',
  siteReview: 'siteReview',
  acceptanceSheet: 'acceptance',
  acceptanceRecord: 'acceptance',
  settlement: 'acceptance',
  auditReport: 'acceptance',
  noticePhoto: 'publication',
}

/** Why a paper of this kind cannot be filed yet, as a sentence; empty: it can. */
export function tooEarly({ step }: Pick<RepairState, 'step'>, kind: PaperKind): string {
  const from = FILED_FROM[kind]
  if (from === undefined || REPAIR_STEPS.indexOf(step) >= REPAIR_STEPS.indexOf(from)) return ''
  return `${PAPER_WORD[kind]}要到“${REPAIR_STEP_WORD[from]}”才能归档，现在到“${REPAIR_STEP_WORD[step]}”`
}

export type FiledPaper = { readonly kind: PaperKind; readonly round: number }
export type Sheet = 'siteReview' | 'acceptance'
export type FiledSignature = {
  readonly sheet: Sheet
  readonly party: SigningParty
  readonly person: string
  readonly round: number
}
export type RepairFolder = { readonly papers: readonly FiledPaper[]; readonly signatures: readonly FiledSignature[] }

/** Steps that look into the folder, in order; each asks for its own papers and those of the steps before it. */
const PAPER_STEPS = [
  'repeatAnswer', 'engineeringCheck', 'contract', 'review', 'acceptance', 'settlement', 'publication', 'payment',
] as const
export type PaperStep = (typeof PAPER_STEPS)[number]

export type RequiredPaper = { readonly kind: PaperKind; readonly step: PaperStep }

/** Whether the profile asks for a written record of the acceptance on site. */
export type PaperRules = { readonly writtenRecord: boolean }

/** The whole set of this job's path. */
export function requiredPapers(state: RepairState, rules: PaperRules): readonly RequiredPaper[] {
  const needed: RequiredPaper[] = []
  const ask = (step: PaperStep, ...kinds: readonly PaperKind[]) => {
    for (const kind of kinds) needed.push({ kind, step })
  }
  if (state.hits.length > 0) ask('repeatAnswer', 'repeatRecord')
  ask('engineeringCheck', 'quotation')
  const isContracted = needsContract(state)
  if (isContracted) ask('contract', 'workOrder')
  if (state.gate?.review === 'on_site_review') ask('review', 'siteReview')
  if (isSpotChecked(state)) ask('review', 'spotCheck')
  if (state.gate?.review === 'on_site_review' || isSpotChecked(state)) ask('review', 'photo')
  else ask('acceptance', 'photo')
  ask('acceptance', 'acceptanceSheet', ...(rules.writtenRecord ? (['acceptanceRecord'] as const) : []))
  ask('settlement', 'settlement', ...(state.needsAudit ? (['auditReport'] as const) : []))
  if (state.rules !== null && !isPublicationWaived(state, standingAmount(state))) ask('publication', 'noticePhoto')
  ask('payment', ...(isContracted ? [] : (['workOrder'] as const)), 'invoice')
  return needed
}

/** A job let off the contract still has its work order (派工单), by the time it is paid. */
function needsContract({ rules, approvedFen }: RepairState): boolean {
  return rules !== null && approvedFen !== null && !isWaived(rules.contract, approvedFen)
}

/** From which round on a paper counts: sheets of a step that was sent back are written anew. */
function countsFrom(state: RepairState, kind: PaperKind): number {
  const { sheetsFrom } = state
  if (kind === 'workOrder') return needsContract(state) ? sheetsFrom.contract : state.contractorFrom
  if (kind === 'repeatRecord') return sheetsFrom.repeatAnswer
  if (kind === 'spotCheck' || kind === 'siteReview') return sheetsFrom.review
  if (kind === 'acceptanceSheet' || kind === 'acceptanceRecord') return sheetsFrom.acceptance
  if (kind === 'settlement' || kind === 'auditReport') return sheetsFrom.settlement
  return kind === 'noticePhoto' ? sheetsFrom.publication : 1
}

export function hasPaper(state: RepairState, folder: RepairFolder, kind: PaperKind): boolean {
  return folder.papers.some((paper) => paper.kind === kind && paper.round >= countsFrom(state, kind))
}

/** Papers that must lie in the folder by `upTo` and do not. */
export function missingPapers(
  state: RepairState,
  folder: RepairFolder,
  rules: PaperRules,
  upTo: PaperStep,
): readonly PaperKind[] {
  const last = PAPER_STEPS.indexOf(upTo)
  return requiredPapers(state, rules)
    .filter(({ kind, step }) => PAPER_STEPS.indexOf(step) <= last && !hasPaper(state, folder, kind))
    .map(({ kind }) => kind)
}

/** Signatures of the sheet that is being written now. */
export function signaturesOf(state: RepairState, folder: RepairFolder, sheet: Sheet): readonly FiledSignature[] {
  const from = sheet === 'siteReview' ? state.sheetsFrom.review : state.sheetsFrom.acceptance
  return folder.signatures.filter((signature) => signature.sheet === sheet && signature.round >= from)
}

export function signingSentence(fault: SigningFault<SigningParty>): string {
  switch (fault.kind) {
    case 'signers':
      return `${PARTY_WORD[fault.party]}签字须 ${fault.needed} 人，现有 ${fault.have} 人`
    case 'stamp':
      return `缺${PARTY_WORD[fault.party]}盖章`
    case 'same_person':
      return `${fault.personId}不能替两方签字`
    case 'photos':
      return '缺现场照片'
  }
}

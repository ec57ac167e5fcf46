/**
 * Who may take the next step of a repair and what still stands in the way, as sentences: the job page shows them before
 * anybody tries, the services refuse with the same words.
 */
import { countedPersons } from './repair-acceptance.ts'
import type { UserId } from '../id.ts'
import type { SigningParty } from '../policy/policy.ts'
import type { Role } from '../role.ts'
import type { SigningRule } from './threshold.ts'
import { isOpenStep, sendBackTargets, type DoneStep, type RepairState, type RepairStep } from './repair.ts'
import { missingPapers, PAPER_WORD, PARTY_WORD, signaturesOf, type PaperStep, type RepairFolder } from './repair-papers.ts'

export type RepairAction =
  | 'checkAtWindow' | 'answerRepeat' | 'checkEngineering' | 'drawSpotChecks' | 'recordSpotCheck' | 'recordSiteReview' | 'accept'
  | 'instructPayment' | 'prepareVoucher' | 'sendBack' | 'refuse' | 'cancel'

export const REPAIR_ACTION_WORD: Readonly<Record<RepairAction, string>> = {
  checkAtWindow: '窗口初审',
  answerRepeat: '登记重复报修核实结果',
  checkEngineering: '工程科复审',
  drawSpotChecks: '抽取抽查项目',
  recordSpotCheck: '登记抽查结果',
  recordSiteReview: '登记现场复核',
  accept: '验收',
  instructPayment: '通知付款',
  prepareVoucher: '重新制作付款凭证',
  sendBack: '退回',
  refuse: '退件',
  cancel: '撤销',
}

/** The window takes in, the section checks, the accounts pay: no role alone can walk a job to its money. */
export const REPAIR_ACTION_ROLES: Readonly<Record<RepairAction, readonly Role[]>> = {
  checkAtWindow: ['preparer', 'head'],
  answerRepeat: ['reviewer', 'head'],
  checkEngineering: ['reviewer', 'head'],
  drawSpotChecks: ['reviewer', 'head'],
  recordSpotCheck: ['reviewer', 'head'],
  recordSiteReview: ['reviewer', 'head'],
  accept: ['reviewer', 'head'],
  instructPayment: ['preparer'],
  prepareVoucher: ['preparer'],
  sendBack: ['preparer', 'reviewer', 'head'],
  refuse: ['preparer', 'reviewer', 'head'],
  cancel: ['preparer', 'head'],
}

const NEXT_ACTION: Readonly<Record<RepairStep, RepairAction | null>> = {
  windowCheck: 'checkAtWindow',
  repeatAnswer: 'answerRepeat',
  engineeringCheck: 'checkEngineering',
  spotDraw: 'drawSpotChecks',
  spotCheck: 'recordSpotCheck',
  siteReview: 'recordSiteReview',
  acceptance: 'accept',
  payment: 'instructPayment',
  voucher: 'prepareVoucher',
  paid: null,
  refused: null,
  cancelled: null,
}

export function nextRepairAction(step: RepairStep): RepairAction | null {
  return NEXT_ACTION[step]
}

/** Whoever did one of these cannot do the action: two checks are two persons, and no one has own acceptance paid. */
const NOT_AFTER: Readonly<Partial<Record<RepairAction, readonly DoneStep[]>>> = {
  checkEngineering: ['report', 'windowCheck'],
  instructPayment: ['engineeringCheck', 'review', 'acceptance'],
  prepareVoucher: ['engineeringCheck', 'review', 'acceptance'],
}

const DONE_WORD: Readonly<Record<DoneStep, string>> = {
  report: '报修登记',
  windowCheck: '初审',
  repeatAnswer: '重复报修核实',
  engineeringCheck: '复审',
  review: '现场复核或抽查',
  acceptance: '验收',
  payment: '付款通知',
}

export type RepairPerson = { readonly userId: UserId; readonly roles: ReadonlySet<Role> }

/** Values of the complex's profile today; null while 待填写. `toFill` has the sentence for each action that waits for one. */
export type RepairRules = {
  readonly signing: SigningRule<SigningParty> | null
  readonly writtenRecord: boolean
  readonly toFill: Readonly<Partial<Record<RepairAction, string>>>
}

export type RepairSituation = {
  readonly state: RepairState
  readonly folder: RepairFolder
  readonly rules: RepairRules
  /** A voucher for the payment is under way or posted, so none may be made again. */
  readonly hasLiveVoucher: boolean
}

function lacking(situation: RepairSituation, upTo: PaperStep): string[] {
  const kinds = missingPapers(situation.state, situation.folder, situation.rules, upTo)
  return kinds.length === 0 ? [] : [`缺${kinds.map((kind) => PAPER_WORD[kind]).join('、')}`]
}

function needsOfStep(action: RepairAction, situation: RepairSituation): string[] {
  const { state, folder, rules } = situation
  switch (action) {
    case 'answerRepeat':
      return lacking(situation, 'repeatAnswer')
    case 'checkEngineering':
      return lacking(situation, 'engineeringCheck')
    case 'recordSpotCheck':
      return lacking(situation, 'review')
    case 'recordSiteReview': {
      const signed = new Set(signaturesOf(state, folder, 'siteReview').map(({ party }) => party))
      const absent = (['section', 'supervisor'] as const).filter((party) => !signed.has(party))
      return [...lacking(situation, 'review'), ...absent.map((party) => `缺${PARTY_WORD[party]}现场复核签字`)]
    }
    case 'accept': {
      const signing = rules.signing === null ? [] : countedPersons(state, folder, rules.signing)
      return [...lacking(situation, 'acceptance'), ...signing]
    }
    case 'instructPayment':
    case 'prepareVoucher':
      return lacking(situation, 'payment')
    default:
      return []
  }
}

/** Sentences for everything that keeps `person` from taking `action` now; empty: it may be taken. */
export function blockedBecause(action: RepairAction, situation: RepairSituation, person: RepairPerson): readonly string[] {
  const { state, rules, hasLiveVoucher } = situation
  const reasons: string[] = []
  if (!REPAIR_ACTION_ROLES[action].some((role) => person.roles.has(role))) reasons.push(roleSentence(action))
  const own = (NOT_AFTER[action] ?? []).find((step) => state.doneBy[step] === person.userId)
  if (own !== undefined) reasons.push(`${DONE_WORD[own]}由您办理，${REPAIR_ACTION_WORD[action]}要由另一人办理`)
  const toFill = rules.toFill[action]
  if (toFill !== undefined) reasons.push(toFill)
  reasons.push(...needsOfStep(action, situation))
  if (hasLiveVoucher && (action === 'prepareVoucher' || action === 'sendBack' || action === 'refuse' || action === 'cancel')) {
    reasons.push('付款凭证已经制作：请审核记账；要改，请先在“凭证”中作废')
  } else if (state.paidFen !== 0 && (action === 'sendBack' || action === 'refuse' || action === 'cancel')) {
    reasons.push('已经付款的部分要先红字冲销')
  }
  return reasons
}

const ROLE_WORD: Readonly<Partial<Record<Role, string>>> = { preparer: '制单', reviewer: '审核', head: '会计主管' }

function roleSentence(action: RepairAction): string {
  const words = REPAIR_ACTION_ROLES[action].map((role) => `“${ROLE_WORD[role] ?? role}”`)
  return `由有${words.join('或')}岗位的人办理`
}

/** What can be done at this step: the one next action first, then the ways out. */
export function possibleActions(state: RepairState): readonly RepairAction[] {
  const next = nextRepairAction(state.step)
  if (next === null || !isOpenStep(state.step)) return []
  return [next, ...(sendBackTargets(state).length > 0 ? (['sendBack'] as const) : []), 'refuse', 'cancel']
}

export type OfferedAction = { readonly action: RepairAction; readonly blockedBecause: readonly string[] }

export function nextActions(situation: RepairSituation, person: RepairPerson): readonly OfferedAction[] {
  return possibleActions(situation.state).map((action) => ({ action, blockedBecause: blockedBecause(action, situation, person) }))
}

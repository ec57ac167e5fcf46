/**
 * Who may take the next step of a repair and what still stands in the way, as sentences: the job page shows them before
 * anybody tries, the services refuse with the same words.
 */
import type { BusinessDate } from '../calendar.ts'
import type { UserId } from '../id.ts'
import type { Fen } from '../money.ts'
import type { SigningParty } from '../policy/policy.ts'
import type { Role } from '../role.ts'
import { countedPersons } from './repair-acceptance.ts'
import { sendBackTargets } from './repair-flow.ts'
import { PARTY_WORD } from './person.ts'
import { missingPapers, PAPER_WORD, signaturesOf, type PaperStep, type RepairFolder } from './repair-papers.ts'
import { payableNow } from './repair-payable.ts'
import { BEFORE_AUTHORITY, BEFORE_CONTRACT, isOpenStep, type DoneStep, type RepairState, type RepairStep } from './repair.ts'
import type { SigningRule } from './threshold.ts'

export type RepairAction =
  | 'checkAtWindow' | 'answerRepeat' | 'checkEngineering' | 'applyEmergency' | 'authorise' | 'recordContract'
  | 'drawSpotChecks' | 'recordSpotCheck' | 'recordSiteReview' | 'accept' | 'settle' | 'publish' | 'instructPayment'
  | 'prepareVoucher' | 'withdrawInstruction' | 'followUp' | 'changeContractor' | 'changeSupervisor'
  | 'sendBack' | 'refuse' | 'cancel'

export const REPAIR_ACTION_WORD: Readonly<Record<RepairAction, string>> = {
  checkAtWindow: '窗口初审',
  answerRepeat: '登记重复报修核实结果',
  checkEngineering: '工程科复审',
  applyEmergency: '登记应急申请',
  authorise: '登记使用依据',
  recordContract: '登记合同',
  drawSpotChecks: '抽取抽查项目',
  recordSpotCheck: '登记抽查结果',
  recordSiteReview: '登记现场复核',
  accept: '验收',
  settle: '决算',
  publish: '登记使用公示',
  instructPayment: '通知付款',
  prepareVoucher: '重新制作付款凭证',
  withdrawInstruction: '撤回付款通知',
  followUp: '登记回访',
  changeContractor: '改施工单位',
  changeSupervisor: '改监理单位',
  sendBack: '退回',
  refuse: '退件',
  cancel: '撤销',
}

/** The window takes in, the section checks, the accounts pay: no role alone can walk a job to its money. */
export const REPAIR_ACTION_ROLES: Readonly<Record<RepairAction, readonly Role[]>> = {
  checkAtWindow: ['preparer', 'head'],
  answerRepeat: ['reviewer', 'head'],
  checkEngineering: ['reviewer', 'head'],
  applyEmergency: ['preparer', 'head'],
  authorise: ['preparer', 'head'],
  recordContract: ['preparer', 'head'],
  drawSpotChecks: ['reviewer', 'head'],
  recordSpotCheck: ['reviewer', 'head'],
  recordSiteReview: ['reviewer', 'head'],
  accept: ['reviewer', 'head'],
  settle: ['reviewer', 'head'],
  publish: ['preparer', 'head'],
  instructPayment: ['preparer'],
  prepareVoucher: ['preparer'],
  withdrawInstruction: ['preparer', 'head'],
  followUp: ['preparer', 'reviewer', 'head'],
  changeContractor: ['preparer', 'head'],
  changeSupervisor: ['preparer', 'head'],
  sendBack: ['preparer', 'reviewer', 'head'],
  refuse: ['preparer', 'reviewer', 'head'],
  cancel: ['preparer', 'head'],
}

const NEXT_ACTION: Readonly<Record<RepairStep, RepairAction | null>> = {
  windowCheck: 'checkAtWindow',
  repeatAnswer: 'answerRepeat',
  engineeringCheck: 'checkEngineering',
  authority: 'authorise',
  contract: 'recordContract',
  spotDraw: 'drawSpotChecks',
  spotCheck: 'recordSpotCheck',
  siteReview: 'recordSiteReview',
  acceptance: 'accept',
  settlement: 'settle',
  publication: 'publish',
  payment: 'instructPayment',
  voucher: 'prepareVoucher',
  followUp: 'followUp',
  retention: 'instructPayment',
  closed: null,
  refused: null,
  cancelled: null,
}

export function nextRepairAction(step: RepairStep): RepairAction | null {
  return NEXT_ACTION[step]
}

const BEFORE_MONEY = ['engineeringCheck', 'review', 'acceptance', 'settlement'] as const

/**
 * Whoever did one of these cannot do the action: two checks are two persons, who signs the contract or chose another
 * contractor does not settle, no one has own acceptance paid, and no one asks the owners about own acceptance.
 */
export const NOT_AFTER: Readonly<Partial<Record<RepairAction, readonly DoneStep[]>>> = {
  checkEngineering: ['report', 'windowCheck'],
  settle: ['contract', 'contractor', 'supervisor'],
  instructPayment: BEFORE_MONEY,
  prepareVoucher: BEFORE_MONEY,
  followUp: ['acceptance'],
}

const DONE_WORD: Readonly<Record<DoneStep, string>> = {
  report: '报修登记',
  contractor: '改施工单位',
  supervisor: '改监理单位',
  windowCheck: '初审',
  repeatAnswer: '重复报修核实',
  engineeringCheck: '复审',
  authority: '使用依据',
  contract: '合同',
  review: '现场复核或抽查',
  acceptance: '验收',
  settlement: '决算',
  publication: '使用公示',
  payment: '付款通知',
  followUp: '回访',
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
  /** Visas of concealed work; those of a round that was sent back no longer count. */
  readonly visas: readonly { readonly round: number; readonly changeFen: Fen }[]
  /** Kept back by objections. */
  readonly disputedFen: Fen
  /** The complex keeps a household sub-ledger and no apportionment sheet was made for the job. */
  readonly lacksSheet: boolean
  readonly today: BusinessDate
}

/** Visas that count: of the work as it stands, not of a round before it was sent back. */
export function countingVisas<One extends { readonly round: number }>(state: RepairState, visas: readonly One[]): readonly One[] {
  return visas.filter(({ round }) => round >= state.sheetsFrom.review)
}

function lacking(situation: RepairSituation, upTo: PaperStep): string[] {
  const kinds = missingPapers(situation.state, situation.folder, situation.rules, upTo)
  return kinds.length === 0 ? [] : [`缺${kinds.map((kind) => PAPER_WORD[kind]).join('、')}`]
}

function sheetNeeded({ lacksSheet }: RepairSituation): string[] {
  return lacksSheet ? ['这个小区已建分户账：请先为这项维修编制分摊表'] : []
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
    case 'recordContract':
      return lacking(situation, 'contract')
    case 'accept': {
      const signing = rules.signing === null ? [] : countedPersons(state, folder, rules.signing)
      const isUnseen = state.concealedWork && countingVisas(state, situation.visas).length === 0
      return [...lacking(situation, 'acceptance'), ...signing, ...(isUnseen ? ['缺隐蔽工程签证'] : [])]
    }
    case 'settle':
      return lacking(situation, 'settlement')
    case 'publish':
      return lacking(situation, 'publication')
    case 'instructPayment': {
      const { heldUpBecause } = payableNow(state, situation.disputedFen, situation.today)
      return [...lacking(situation, 'payment'), ...sheetNeeded(situation), ...(heldUpBecause === '' ? [] : [heldUpBecause])]
    }
    case 'prepareVoucher':
      return [...lacking(situation, 'payment'), ...sheetNeeded(situation)]
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
  const isWayOut = action === 'sendBack' || action === 'refuse' || action === 'cancel'
  if (hasLiveVoucher && (isWayOut || action === 'prepareVoucher' || action === 'withdrawInstruction')) {
    reasons.push('付款凭证已经制作：请审核记账；要改，请先在“凭证”中作废')
  } else if (state.paidFen !== 0 && isWayOut) {
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
  return [
    next,
    ...(BEFORE_AUTHORITY.includes(state.step) ? (['applyEmergency'] as const) : []),
    ...(state.step === 'voucher' ? (['withdrawInstruction'] as const) : []),
    ...(BEFORE_CONTRACT.includes(state.step) && !state.wasPaid ? (['changeContractor', 'changeSupervisor'] as const) : []),
    ...(sendBackTargets(state).length > 0 ? (['sendBack'] as const) : []),
    ...(state.paidFen === 0 ? (['refuse', 'cancel'] as const) : []),
  ]
}

export type OfferedAction = { readonly action: RepairAction; readonly blockedBecause: readonly string[] }

export function nextActions(situation: RepairSituation, person: RepairPerson): readonly OfferedAction[] {
  return possibleActions(situation.state).map((action) => ({ action, blockedBecause: blockedBecause(action, situation, person) }))
}

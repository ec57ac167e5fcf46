/**
 * What a use of the fund rests on: the owners' vote, a standing authorisation, or an emergency (民法典 art. 278, 281; 165号令
 * art. 22–24). What each must show is judged here, on facts the caller has read; local lists and ceilings come from the profile.
 */
import { addDays, addMonths, addWorkingDays, type BusinessDate, type HolidayTable } from '../calendar.ts'
import { addFen, formatYuan, subtractFen, type Fen } from '../money.ts'
import type { ProblemDetails } from '../problem.ts'
import { percentOf, type RateMicro } from '../rate.ts'

/** Who may ask for an emergency use: 民法典 art. 281(2), 165号令 art. 22(4), 24, and local rules. */
export const EMERGENCY_APPLICANTS = ['assembly', 'committee', 'residentsCommittee', 'propertyCompany', 'owners'] as const
export type EmergencyApplicant = (typeof EMERGENCY_APPLICANTS)[number]
export const EMERGENCY_APPLICANT_WORD: Readonly<Record<EmergencyApplicant, string>> = {
  assembly: '业主大会', committee: '业主委员会', residentsCommittee: '居民委员会', propertyCompany: '物业服务企业', owners: '相关业主',
}

function refused(code: string, message: string, field = 'authority'): ProblemDetails {
  return { code: `authority.${code}`, message, field }
}

export type AuthorisationTerms = {
  readonly parts: readonly string[]
  readonly from: BusinessDate
  readonly to: BusinessDate
  readonly perJobFen: Fen
  readonly totalFen: Fen
}

/** Null where the profile sets none: then only the decision's own ceilings hold. */
export type AuthorisationLimits = {
  readonly longestYears: number | null
  /** A job must stay below, not at it (揭阳: 10 万元以下的单项). */
  readonly jobBelow: Fen | null
  /** Share of the complex's balance that authorisations in force may give away, all together; what the others already do. */
  readonly fund: { readonly percent: RateMicro; readonly balanceFen: Fen; readonly othersFen: Fen } | null
}

/** Whether the paper's terms may be taken into the register; the first that is wrong comes first. */
export function termsProblems(terms: AuthorisationTerms, limits: AuthorisationLimits): readonly ProblemDetails[] {
  const problems: ProblemDetails[] = []
  const wrong = (message: string, field: string) => problems.push(refused('terms', message, field))
  if (terms.parts.length === 0) wrong('请选择授权的部位或设施：决定没有写明的，不能用这份授权', 'parts')
  if (terms.to < terms.from) wrong('授权截止日不能早于起始日', 'to')
  if (terms.perJobFen <= 0 || terms.totalFen <= 0) wrong('单项上限和总额应大于零', 'perJobFen')
  if (terms.perJobFen > terms.totalFen) wrong('单项上限不能高于授权总额', 'perJobFen')
  const { longestYears, jobBelow, fund } = limits
  if (longestYears !== null && terms.to > addMonths(terms.from, longestYears * 12)) {
    wrong(`一次授权最长 ${longestYears} 年，截止日应不晚于 ${addMonths(terms.from, longestYears * 12)}`, 'to')
  }
  if (jobBelow !== null && terms.perJobFen >= jobBelow) {
    wrong(`可以一次授权的单项须不足 ${formatYuan(jobBelow)} 元，达到的要逐项表决`, 'perJobFen')
  }
  if (fund !== null) {
    const most = percentOf(fund.balanceFen, fund.percent)
    const others = fund.othersFen === 0 ? '' : `，其他有效授权已占 ${formatYuan(fund.othersFen)} 元`
    if (addFen(terms.totalFen, fund.othersFen) > most) {
      wrong(`授权总额超过本小区维修资金余额的规定比例：合计至多 ${formatYuan(most)} 元${others}`, 'totalFen')
    }
  }
  return problems
}

export type UseDays = {
  readonly reportedOn: BusinessDate
  /** The day the engineering check was written: no amount stood before it. */
  readonly checkedOn: BusinessDate
  readonly today: BusinessDate
}

/** No authority is older than what it lets happen: a day written back reaches for a term that has ended. */
export function useDayProblem(on: BusinessDate, { reportedOn, checkedOn, today }: UseDays): ProblemDetails | null {
  const from = checkedOn > reportedOn ? checkedOn : reportedOn
  if (on >= from && on <= today) return null
  return refused('date', `办理日期应在工程科复审日 ${from} 至今天之间`, 'on')
}

export type AuthorisationUse = {
  readonly on: BusinessDate
  readonly part: string
  readonly amountFen: Fen
  readonly usedFen: Fen
}

/** `usedFen`: what open and paid jobs already stand at under this authorisation, without the job itself. */
export function standingProblem(terms: AuthorisationTerms, use: AuthorisationUse): ProblemDetails | null {
  if (use.on < terms.from) return refused('notYet', `这份授权 ${terms.from} 起才有效`)
  if (use.on > terms.to) return refused('expired', `这份授权已于 ${terms.to} 到期：请重新取得授权，或就这项维修表决`)
  if (!terms.parts.includes(use.part)) {
    return refused('part', `这份授权不包括“${use.part}”（只包括${terms.parts.join('、')}）：请就这项维修表决`)
  }
  if (use.amountFen > terms.perJobFen) {
    return refused('perJob', `这项维修 ${formatYuan(use.amountFen)} 元，超过授权的单项上限 ${formatYuan(terms.perJobFen)} 元：请就这项维修表决`)
  }
  const left = subtractFen(terms.totalFen, use.usedFen)
  if (use.amountFen <= left) return null
  return refused('ceiling', `授权总额还剩 ${formatYuan(left)} 元，不够这项维修的 ${formatYuan(use.amountFen)} 元：请重新取得授权或就这项维修表决`)
}

export type VoteUse = {
  readonly approvedFen: Fen | null
  readonly usedFen: Fen
  readonly amountFen: Fen
}

/** What the owners agreed to is the most: several jobs of one vote share it. */
export function voteAmountProblem({ approvedFen, usedFen, amountFen }: VoteUse): ProblemDetails | null {
  if (approvedFen === null) return refused('matter', '这次表决没有决定使用金额，不能作为付款的依据')
  if (addFen(usedFen, amountFen) <= approvedFen) return null
  const left = formatYuan(subtractFen(approvedFen, usedFen))
  return refused('ceiling', `业主表决同意的金额还剩 ${left} 元，不够这项维修的 ${formatYuan(amountFen)} 元：超出部分要重新表决`)
}

/** What binds a job that rests on the owners: the most it may come to, given what other jobs of the same decision stand at. */
export type DecidedLimit = {
  /** `业主表决 BJ2025-00001`. */
  readonly basis: string
  readonly kind: 'vote' | 'standing'
  readonly mostFen: Fen
}

/** At any amount that is written after the authority was given: no tolerance of the office's widens what owners agreed to. */
export function decidedProblem({ basis, kind, mostFen }: DecidedLimit, amountFen: Fen, field: string): ProblemDetails | null {
  if (amountFen <= mostFen) return null
  const over = formatYuan(subtractFen(amountFen, mostFen))
  const again = kind === 'vote' ? '重新表决' : '重新授权或就这项维修表决'
  return refused('ceiling', `超出业主决定的 ${over} 元（${basis}至多 ${formatYuan(mostFen)} 元），超出部分要${again}：请核减，` +
    '或退回“使用依据”，取得新的决定后再办', field)
}

export type EmergencyApplication = {
  /** One of the profile's cases, word by word. */
  readonly item: string
  readonly applicant: EmergencyApplicant
  readonly appliedOn: BusinessDate
  /** What happened and what danger there is. */
  readonly report: string
  /** SHA-256 of the application, photos, test reports, orders to stop or mend. */
  readonly files: readonly string[]
}

/** As it arrives, by the profile of that day; granted or not is decided later, and the working days for it run from here. */
export function emergencyProblem(
  claim: EmergencyApplication,
  rules: { readonly cases: readonly string[]; readonly applicants: readonly string[] },
  days: { readonly reportedOn: BusinessDate; readonly today: BusinessDate },
): ProblemDetails | null {
  if (!rules.cases.includes(claim.item)) {
    return refused('emergencyCase', `“${claim.item}”不在本地应急使用情形之内（${rules.cases.join('；')}）：请按一般程序表决`, 'item')
  }
  const applicant = EMERGENCY_APPLICANT_WORD[claim.applicant]
  if (!rules.applicants.includes(applicant)) {
    return refused('applicant', `按本地规定，应急使用由${rules.applicants.join('、')}申请，不能由${applicant}申请`, 'applicant')
  }
  if (claim.appliedOn < days.reportedOn || claim.appliedOn > days.today) {
    return refused('date', `申请日期应在报修日 ${days.reportedOn} 至今天之间`, 'appliedOn')
  }
  if (claim.report.trim() === '') return refused('evidence', '请写明险情：发生了什么、有什么危险', 'report')
  if (claim.files.length === 0) return refused('evidence', '请附应急使用申请和险情的照片或鉴定、整改文书', 'files')
  return null
}

export type EmergencyRules = {
  readonly decisionWorkingDays: number | null
  readonly silenceIsConsent: boolean
  readonly settleDays: number | null
  readonly publishDays: number | null
}

export type EmergencyDeadlines = {
  /** Null: the profile names no number of days, or the day it counts from is not known yet. */
  readonly decideBy: BusinessDate | null
  readonly settleBy: BusinessDate | null
  readonly publishBy: BusinessDate | null
}

/** Emergencies are worked on first and papered afterwards: settlement and publication count from acceptance. */
export function emergencyDeadlines(
  appliedOn: BusinessDate, acceptedOn: BusinessDate | null, rules: EmergencyRules, holidays: HolidayTable,
): EmergencyDeadlines {
  const after = (days: number | null): BusinessDate | null =>
    acceptedOn === null || days === null ? null : addDays(acceptedOn, days)
  return {
    decideBy: rules.decisionWorkingDays === null ? null : addWorkingDays(appliedOn, rules.decisionWorkingDays, holidays),
    settleBy: after(rules.settleDays),
    publishBy: after(rules.publishDays),
  }
}

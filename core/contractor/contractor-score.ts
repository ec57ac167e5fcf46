/**
 * Scoring of contractors, supervisors and auditors (考核): 100 points a job by published criteria, follow-up results counted,
 * rewards and deductions with their reason, and a table of each quarter that stays as it was published (铜陵 13(5), 13(6)).
 */
import type { CounterpartyId } from '../id.ts'
import { addFen, divideRoundHalfUp, type Fen } from '../money.ts'
import { Problem } from '../problem.ts'
import { FOLLOW_UP_WORD, type FollowUpResult } from '../repair/repair.ts'
import { CONTRACTOR_ROLES, type ContractorRole } from './tender.ts'

export const FULL_SCORE = 100

/** `isFollowUp`: capped by what the owner said at the follow-up. */
export type ScoreCriterion = { readonly label: string; readonly points: number; readonly isFollowUp: boolean }

/** Used where the profile names none of its own. The owner judges the works at the follow-up; no owner sees an audit. */
export const OWN_CRITERIA: Readonly<Record<ContractorRole, readonly string[]>> = {
  contractor: ['工程质量 35', '工期 15', '安全文明施工 15', '资料完整 15', '回访 20'],
  supervisor: ['工程质量 35', '工期 15', '安全文明施工 15', '资料完整 15', '回访 20'],
  auditor: ['审核质量 40', '计算依据和底稿 25', '审核时限 20', '独立性 15'],
}

/** Where the profile may name others. */
export const CRITERIA_KEY = {
  contractor: 'contractor.criteria', supervisor: 'contractor.criteria', auditor: 'auditor.criteria',
} as const satisfies Readonly<Record<ContractorRole, string>>

const FOLLOW_UP_MARK = '回访'

/**
 * Reads lines such as `工程质量 35`. Throws `score.criteria` when they do not make 100 points, with one line for 回访; an
 * auditor's have none.
 */
export function readCriteria(lines: readonly string[], role: ContractorRole): readonly ScoreCriterion[] {
  const badCriteria = (detail: string): Problem => new Problem({
    code: 'score.criteria', message: `政策口径中的考核项目不能用：${detail}`, field: CRITERIA_KEY[role],
  })
  const criteria = lines.map((line): ScoreCriterion => {
    const match = /^(?<label>\S.*?)[\s：:]+(?<points>\d{1,3})\s*分?$/u.exec(line.trim())
    const label = match?.groups?.['label']
    const points = match?.groups?.['points']
    if (label === undefined || points === undefined) throw badCriteria(`“${line}”要写成“项目 分值”`)
    return { label, points: Number(points), isFollowUp: label.includes(FOLLOW_UP_MARK) }
  })
  const total = criteria.reduce((sum, { points }) => sum + points, 0)
  if (total !== FULL_SCORE) throw badCriteria(`各项合计 ${total} 分，应为 ${FULL_SCORE} 分`)
  if (criteria.some(({ points }) => points === 0)) throw badCriteria('每项至少 1 分')
  if (new Set(criteria.map(({ label }) => label)).size < criteria.length) throw badCriteria('项目不能重复')
  const asked = criteria.filter(({ isFollowUp }) => isFollowUp).length
  if (role === 'auditor' && asked > 0) throw badCriteria('审计机构不回访，不能有“回访”')
  if (role !== 'auditor' && asked !== 1) throw badCriteria('要有且只有一项“回访”')
  return criteria
}

/** What the owner was found to say; `none`: not asked yet, not asked by the profile, or never asked about an auditor. */
export type HeardFollowUp = FollowUpResult | 'none'
export const HEARD_FOLLOW_UP_WORD: Readonly<Record<HeardFollowUp, string>> = { ...FOLLOW_UP_WORD, none: '尚未回访' }

/**
 * Whether something else was heard since a score was given: it judged what was not yet known, so the follow-up would not count
 * (铜陵 13(5)).
 */
export function mustScoreAnew(scored: HeardFollowUp, heard: HeardFollowUp): boolean {
  return heard !== 'none' && heard !== scored
}

/** The most the follow-up criterion can be given: whoever asked the owner decides, not whoever scores. */
export function followUpCap(points: number, heard: HeardFollowUp): number {
  if (heard === 'defects') return 0
  return heard === 'satisfied' ? points : Math.floor((points * 3) / 5)
}

export type ScoreItem = { readonly label: string; readonly points: number; readonly given: number; readonly note: string }

export type ScoreSheet = {
  readonly items: readonly { readonly given: number; readonly note: string }[]
  readonly followUp: HeardFollowUp
}

/** The items with their total. Throws `score.items`, `score.range`, `score.followUp`, `score.note` with the row. */
export function scoreOf(
  criteria: readonly ScoreCriterion[], sheet: ScoreSheet,
): { readonly items: readonly ScoreItem[]; readonly total: number } {
  if (sheet.items.length !== criteria.length) {
    throw new Problem({ code: 'score.items', message: '考核项目已经变化，请刷新后重新打分', field: 'items' })
  }
  const items = criteria.map((criterion, index): ScoreItem => {
    const row = index + 1
    const { given = -1, note = '' } = sheet.items[index] ?? {}
    if (!Number.isInteger(given) || given < 0 || given > criterion.points) {
      const message = `“${criterion.label}”应在 0 至 ${criterion.points} 分之间`
      throw new Problem({ code: 'score.range', message, field: 'items', row })
    }
    if (criterion.isFollowUp && given > followUpCap(criterion.points, sheet.followUp)) {
      const message = `回访结果为“${HEARD_FOLLOW_UP_WORD[sheet.followUp]}”，这项最多 ${followUpCap(criterion.points, sheet.followUp)} 分`
      throw new Problem({ code: 'score.followUp', message, field: 'items', row })
    }
    if (given < criterion.points && note.trim() === '') {
      throw new Problem({ code: 'score.note', message: `“${criterion.label}”扣了分，请写明原因`, field: 'items', row })
    }
    return { label: criterion.label, points: criterion.points, given, note: note.trim() }
  })
  return { items, total: items.reduce((sum, { given }) => sum + given, 0) }
}

export const MERIT_KINDS = ['reward', 'deduction'] as const
export type MeritKind = (typeof MERIT_KINDS)[number]
export const MERIT_WORD: Readonly<Record<MeritKind, string>> = { reward: '奖励', deduction: '扣分' }

export type ScoredJob = {
  readonly counterpartyId: CounterpartyId
  readonly name: string
  readonly role: ContractorRole
  readonly total: number
  readonly settledFen: Fen
  readonly followUp: HeardFollowUp
}
export type Merit = {
  readonly counterpartyId: CounterpartyId
  readonly name: string
  readonly role: ContractorRole
  readonly kind: MeritKind
  readonly points: number
  readonly reason: string
}

export type QuarterLine = {
  readonly counterpartyId: CounterpartyId
  readonly name: string
  readonly role: ContractorRole
  /** Among those of its role; equal scores share a rank and the next one is skipped. Null without a job in the quarter. */
  readonly rank: number | null
  readonly jobs: number
  readonly amountFen: Fen
  /** Hundredths of a point, rounded half up; null for whoever only has rewards or deductions. */
  readonly averageHundredths: number | null
  readonly satisfied: number
  readonly rewardPoints: number
  readonly deductionPoints: number
  /** Average with rewards and deductions; null without a job. */
  readonly finalHundredths: number | null
  readonly reasons: readonly string[]
}

/** Hundredths of a point, rounded half up; null where nothing was scored. */
export function averageHundredths(sum: number, count: number): number | null {
  return count === 0 ? null : Number(divideRoundHalfUp(BigInt(sum) * 100n, BigInt(count)))
}

function rankAmong(lines: readonly { readonly finalHundredths: number | null }[], final: number | null): number | null {
  if (final === null) return null
  return 1 + lines.filter(({ finalHundredths }) => finalHundredths !== null && finalHundredths > final).length
}

/** Behind everybody who has one. */
const NO_RANK = Number.MAX_SAFE_INTEGER

/** The table of a quarter, by role and rank. Order and figures depend on nothing but what is handed in. */
export function quarterTable(jobs: readonly ScoredJob[], merits: readonly Merit[]): readonly QuarterLine[] {
  const keyOf = ({ counterpartyId, role }: Pick<Merit, 'counterpartyId' | 'role'>) => `${role}/${counterpartyId}`
  const parties = new Map([...jobs, ...merits].map((each) =>
    [keyOf(each), { counterpartyId: each.counterpartyId, name: each.name, role: each.role }]))
  const unranked = [...parties].map(([key, party]) => {
    const own = jobs.filter((job) => keyOf(job) === key)
    const given = merits.filter((merit) => keyOf(merit) === key)
    const pointsOf = (kind: MeritKind) =>
      given.filter((merit) => merit.kind === kind).reduce((all, { points }) => all + points, 0)
    const sum = own.reduce((total, job) => total + job.total, 0)
    const average = averageHundredths(sum, own.length)
    const rewardPoints = pointsOf('reward')
    const deductionPoints = pointsOf('deduction')
    return {
      ...party, jobs: own.length, amountFen: addFen(...own.map(({ settledFen }) => settledFen)), averageHundredths: average,
      satisfied: own.filter(({ followUp }) => followUp === 'satisfied').length, rewardPoints, deductionPoints,
      finalHundredths: average === null ? null : average + (rewardPoints - deductionPoints) * 100,
      reasons: given.map(({ kind, points, reason }) => `${MERIT_WORD[kind]} ${points} 分：${reason}`),
    }
  })
  return unranked
    .map((line) => ({ ...line, rank: rankAmong(unranked.filter(({ role }) => role === line.role), line.finalHundredths) }))
    .toSorted((a, b) =>
      CONTRACTOR_ROLES.indexOf(a.role) - CONTRACTOR_ROLES.indexOf(b.role)
      || (a.rank ?? NO_RANK) - (b.rank ?? NO_RANK) || a.counterpartyId - b.counterpartyId)
}

function asText(line: QuarterLine): string {
  return JSON.stringify(Object.entries(line).toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

/** Whether two tables say the same, however their lines were read. */
export function isSameTable(one: readonly QuarterLine[], other: readonly QuarterLine[]): boolean {
  return one.length === other.length && one.every((line, index) => {
    const match = other[index]
    return match !== undefined && asText(line) === asText(match)
  })
}

/** `92.50` */
export function formatPoints(hundredths: number): string {
  const digits = String(Math.abs(hundredths)).padStart(3, '0')
  return `${hundredths < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}

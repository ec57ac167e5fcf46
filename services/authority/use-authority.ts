/**
 * The authority a use of the fund rests on, asked by the repair's path before any money is promised: a carried vote of the owners
 * concerned, a standing authorisation with something left, or an emergency of the local list (民法典 art. 278, 281; 165号令
 * art. 22–24).
 */
import { z } from 'zod'
import type { BusinessDate } from '#core/calendar.ts'
import { idOf, type ComplexId, type RepairId, type UseAuthorisationId, type VoteId } from '#core/id.ts'
import { formatYuan, ZERO_FEN, type Fen } from '#core/money.ts'
import { Problem, type ProblemDetails } from '#core/problem.ts'
import { AUTHORITY_WORD, type AuthorityKind } from '#core/repair/repair.ts'
import {
  EMERGENCY_APPLICANT_WORD, emergencyDeadlines, standingProblem, voteAmountProblem, type EmergencyApplication,
  type EmergencyDeadlines,
} from '#core/authority/use-authority.ts'
import type { UseScope } from '#core/authority/use-scope.ts'
import { GRANTED_WORD, objectionRuleText, VOTE_METHOD_WORD } from '#core/authority/vote-objection.ts'
import type { Ledger } from '#db/ledger.ts'
import { holidaysAround } from '../disclosure/disclosure-plan.ts'
import { policyFor, type Policy } from '../policy/policy.ts'
import { complexOf } from '../register/complex.ts'
import { emergencyRules } from './emergency.ts'
import { authorisationOf, authorisationUsed } from './use-authorisation.ts'
import { decisionCovers } from './use-scope.ts'
import { voteHead, voteUsed } from './vote-record.ts'

export const useAuthorityRefSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('vote'), voteId: z.int().positive().transform((id): VoteId => idOf<'vote'>(id)) }),
  z.object({
    kind: z.literal('standing'),
    authorisationId: z.int().positive().transform((id): UseAuthorisationId => idOf<'useAuthorisation'>(id)),
  }),
  /** Grants the application on the job's record. */
  z.object({ kind: z.literal('emergency') }),
])
export type UseAuthorityRef = z.output<typeof useAuthorityRefSchema>

export type UseRequest = {
  /** Leaves the job's own amount out of what is already used, and gives its part. */
  readonly repairId?: RepairId
  readonly complexId: ComplexId
  readonly scope: UseScope
  readonly amountFen: Fen
  readonly on: BusinessDate
  readonly ref: UseAuthorityRef
  /** Needed where no job is named. */
  readonly part?: string
  /** What the job's record has of an emergency asked for. */
  readonly emergency?: EmergencyApplication | null
}

export type UseAuthority = {
  readonly kind: AuthorityKind
  /** `业主表决 BJ2025-00001 3幢屋面翻修`, `业主表决（异议表决） BJ2025-00002 …`. */
  readonly basis: string
  readonly decidedOn: BusinessDate
  /** Null: an emergency has no ceiling of its own. */
  readonly ceilingFen: Fen | null
  /** By other jobs. */
  readonly usedFen: Fen
  /** SHA-256 of the papers it lies on. */
  readonly files: readonly string[]
  /** What the job page and the papers print, in order. */
  readonly facts: readonly { readonly label: string; readonly value: string }[]
  /** Of an emergency: when it must be decided, settled and published; null otherwise. */
  readonly deadlines: EmergencyDeadlines | null
}

function refuse(problem: ProblemDetails | null): void {
  if (problem !== null) throw new Problem(problem)
}

function refused(code: string, message: string): Problem {
  return new Problem({ code: `authority.${code}`, message, field: 'authority' })
}

function partOf(ledger: Ledger, { repairId, part }: UseRequest): string {
  if (part !== undefined) return part
  const row = repairId === undefined
    ? undefined
    : ledger.prepare<[number], { part: string }>('SELECT part FROM repair WHERE id = ?').get(repairId)
  return row?.part ?? ''
}

function byVote(ledger: Ledger, request: UseRequest, voteId: VoteId): UseAuthority {
  const vote = voteHead(ledger, voteId)
  if (vote.complexId !== request.complexId) throw refused('complex', `${vote.number} 是另一个小区的表决`)
  if (vote.matter !== 'use') throw refused('matter', `${vote.number} 不是使用维修资金的表决，不能作为付款的依据`)
  if (vote.state !== 'certified' || vote.certifiedOn === null) {
    throw refused('vote', `${vote.number} 的结果还没有经第二人确认：请先计票、确认`)
  }
  if (vote.passed !== true) throw refused('vote', `${vote.number} 没有通过，不能使用维修资金：请修改方案后重新表决`)
  if (vote.certifiedOn > request.on) throw refused('date', `${vote.number} ${vote.certifiedOn} 才确认通过，使用依据的日期不能更早`)
  if (vote.repairId !== null && vote.repairId !== request.repairId) {
    throw refused('repair', `${vote.number} 是为另一项维修表决的`)
  }
  const part = partOf(ledger, request)
  if (!vote.parts.includes(part)) {
    throw refused('part', `${vote.number} 表决的是${vote.parts.join('、')}，不包括“${part}”：请就这项维修表决`)
  }
  if (!decisionCovers(ledger, request.complexId, vote.scope, request.scope)) {
    throw refused('scope', `${vote.number} 只在${vote.scopeText}中表决，不能列支范围以外业主的资金：请缩小列支范围或重新表决`)
  }
  const usedFen = voteUsed(ledger, voteId, request.repairId ?? null)
  refuse(voteAmountProblem({ approvedFen: vote.amountFen, usedFen, amountFen: request.amountFen }))
  const { rule } = vote
  // Whoever pays on it must see that the owners did not oppose, rather than agree.
  const byObjection = rule.method === 'objection' ? `（${VOTE_METHOD_WORD.objection}）` : ''
  return {
    kind: 'vote', basis: `${AUTHORITY_WORD.vote}${byObjection} ${vote.number} ${vote.title}`, decidedOn: vote.certifiedOn,
    ceilingFen: vote.amountFen, usedFen, files: vote.files, deadlines: null,
    facts: [
      { label: '表决部位', value: vote.parts.join('、') },
      { label: '表决范围', value: vote.scopeText },
      { label: '表决结果', value: vote.resultText },
      ...(rule.method === 'objection'
        ? [{ label: '表决方式', value: `${VOTE_METHOD_WORD.objection}：${objectionRuleText(rule)}（${rule.source}）` }]
        : []),
      { label: GRANTED_WORD[rule.method], value: vote.amountFen === null ? '' : `${formatYuan(vote.amountFen)} 元` },
      { label: '确认日期', value: vote.certifiedOn },
    ],
  }
}

function byAuthorisation(ledger: Ledger, request: UseRequest, id: UseAuthorisationId): UseAuthority {
  const authorisation = authorisationOf(ledger, id)
  const { number, title, state } = authorisation
  if (authorisation.complexId !== request.complexId) throw refused('complex', `${number} 是另一个小区的授权`)
  if (state === 'recorded') throw refused('standing', `${number} 还没有经第二人对照决定文件确认`)
  if (state === 'ended') throw refused('standing', `${number} 已经终止：请就这项维修表决`)
  if (!decisionCovers(ledger, request.complexId, authorisation.scope, request.scope)) {
    throw refused('scope', `${number} 的授权范围是${authorisation.scopeText}，不能列支范围以外业主的资金`)
  }
  const usedFen = authorisationUsed(ledger, id, request.repairId ?? null)
  refuse(standingProblem(authorisation, { on: request.on, part: partOf(ledger, request), amountFen: request.amountFen, usedFen }))
  return {
    kind: 'standing', basis: `${AUTHORITY_WORD.standing} ${number} ${title}`, decidedOn: authorisation.decidedOn,
    ceilingFen: authorisation.totalFen, usedFen, files: [authorisation.sha256], deadlines: null,
    facts: [
      { label: '授权事项', value: authorisation.parts.join('、') },
      { label: '授权期限', value: `${authorisation.from} 至 ${authorisation.to}` },
      { label: '单项上限', value: `${formatYuan(authorisation.perJobFen)} 元` },
      { label: '授权总额', value: `${formatYuan(authorisation.totalFen)} 元，其他项目已用 ${formatYuan(usedFen)} 元` },
    ],
  }
}

function byEmergency(ledger: Ledger, request: UseRequest, policy: Policy): UseAuthority {
  const { emergency } = request
  if (emergency === undefined || emergency === null) {
    throw refused('application', '还没有登记应急使用的申请：请先按申请书登记，再审定')
  }
  const { item, applicant, appliedOn, report, files } = emergency
  if (appliedOn > request.on) throw refused('date', `应急使用 ${appliedOn} 才提出申请，使用依据的日期不能更早`)
  const rules = emergencyRules(policy)
  const deadlines = emergencyDeadlines(appliedOn, null, rules, holidaysAround(ledger, appliedOn))
  const { decideBy } = deadlines
  const isLate = decideBy !== null && request.on > decideBy
  return {
    kind: 'emergency', basis: `${AUTHORITY_WORD.emergency} ${item}`, decidedOn: request.on, ceilingFen: null,
    usedFen: ZERO_FEN, files, deadlines,
    facts: [
      { label: '应急情形', value: item },
      { label: '申请人', value: `${EMERGENCY_APPLICANT_WORD[applicant]}，${appliedOn} 申请` },
      { label: '险情', value: report },
      ...(decideBy === null ? [] : [{ label: '审定期限', value: isLate
        ? `${decideBy} 前（已超过${rules.silenceIsConsent ? '，按本地规定逾期未答复视为同意' : ''}）`
        : `${decideBy} 前` }]),
    ],
  }
}

/**
 * Throws `authority.*` with what is missing and where to go, `vote.missing`, `authority.missing`. The same is refused in SQL when
 * the job's event is written (0015).
 */
export function requireUseAuthority(ledger: Ledger, request: UseRequest): UseAuthority {
  const { ref } = request
  switch (ref.kind) {
    case 'vote':
      return byVote(ledger, request, ref.voteId)
    case 'standing':
      return byAuthorisation(ledger, request, ref.authorisationId)
    case 'emergency':
      return byEmergency(ledger, request, policyFor(ledger, complexOf(ledger, request.complexId).profileCode, request.on))
  }
}

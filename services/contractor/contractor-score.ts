/**
 * Scoring a job's contractor, supervisor and auditor, and rewards and deductions beside it: entered by one person, confirmed by
 * another, never changed afterwards (铜陵 13(6)).
 */
import type { BusinessDate } from '#core/calendar.ts'
import { idOf, type ContractorScoreId, type CounterpartyId, type RepairId } from '#core/id.ts'
import { Problem } from '#core/problem.ts'
import {
  CRITERIA_KEY, OWN_CRITERIA, readCriteria, scoreOf, type HeardFollowUp, type MeritKind, type ScoreCriterion, type ScoreItem,
  type ScoreSheet,
} from '#core/contractor/contractor-score.ts'
import { REPAIR_STEP_WORD, type RepairStep } from '#core/repair/repair.ts'
import { CONTRACTOR_ROLES, type ContractorRole } from '#core/contractor/tender.ts'
import type { Ledger } from '#db/ledger.ts'
import { z } from 'zod'
import { requireRole, type ServiceContext } from '../context.ts'
import { logOperation } from '../operation-log.ts'
import { secondPerson } from '../people/user.ts'
import { policyFor } from '../policy/policy.ts'

export type Credentials = { readonly login: string; readonly password: string }

/** A job can be judged once its works are accepted and their amount stands. */
const SCORABLE: ReadonlySet<RepairStep> = new Set<RepairStep>([
  'publication', 'payment', 'voucher', 'followUp', 'retention', 'closed',
])

type JobRow = {
  readonly number: string
  readonly followUp: HeardFollowUp
  readonly step: RepairStep
  readonly contractorId: CounterpartyId
  readonly supervisorId: CounterpartyId
  /** Null where nobody audited the settlement. */
  readonly auditorId: CounterpartyId | null
  readonly profileCode: string
}

function jobOf(ledger: Ledger, repairId: RepairId): JobRow {
  const job = ledger
    .prepare<[number], JobRow>(
      `SELECT r.number, s.step, s.contractor_id AS contractorId, s.supervisor_id AS supervisorId,
              s.auditor_id AS auditorId, c.profile_code AS profileCode,
              coalesce((SELECT json_extract(e.detail, '$.result') FROM repair_event e WHERE e.repair_id = r.id
                AND e.kind = 'followedUp' ORDER BY e.seq DESC LIMIT 1), 'none') AS followUp
       FROM repair r JOIN repair_standing s ON s.repair_id = r.id JOIN complex c ON c.id = r.complex_id WHERE r.id = ?`,
    )
    .get(repairId)
  if (job === undefined) throw new Problem({ code: 'repair.missing', message: '没有这项维修' })
  return job
}

function partyOf(job: JobRow, role: ContractorRole): CounterpartyId | null {
  switch (role) {
    case 'contractor':
      return job.contractorId
    case 'supervisor':
      return job.supervisorId
    case 'auditor':
      return job.auditorId
  }
}

function criteriaUnder(ledger: Ledger, profileCode: string, on: BusinessDate, role: ContractorRole): readonly ScoreCriterion[] {
  return readCriteria(policyFor(ledger, profileCode, on).value(CRITERIA_KEY[role]) ?? OWN_CRITERIA[role], role)
}

/** No owner sees an audit; what was said of the works is not said of it. */
function heardOf(job: JobRow, role: ContractorRole): HeardFollowUp {
  return role === 'auditor' ? 'none' : job.followUp
}

const ITEMS = z.array(z.object({ label: z.string(), points: z.int(), given: z.int(), note: z.string() }))

export type StoredScore = {
  readonly id: ContractorScoreId
  readonly role: ContractorRole
  readonly scoredOn: BusinessDate
  readonly items: readonly ScoreItem[]
  readonly total: number
  readonly followUp: HeardFollowUp
  readonly scoredBy: string
  readonly confirmedBy: string
  /** Why it replaced an earlier one; '' for a first score. */
  readonly reason: string
  /** Null while it stands. */
  readonly replacedBy: ContractorScoreId | null
}

type ScoreRow = Omit<StoredScore, 'items'> & { readonly items: string }

/** Every score of a job, the latest first; at most one per role stands. */
export function scoresOfRepair(ledger: Ledger, repairId: RepairId): readonly StoredScore[] {
  return ledger
    .prepare<[number], ScoreRow>(
      `SELECT s.id, s.role, s.scored_on AS scoredOn, s.items, s.total, s.follow_up AS followUp, u.name AS scoredBy,
              v.name AS confirmedBy, s.reason, n.id AS replacedBy
       FROM contractor_score s JOIN user u ON u.id = s.scored_by JOIN user v ON v.id = s.confirmed_by
         LEFT JOIN contractor_score n ON n.replaces_id = s.id
       WHERE s.repair_id = ? ORDER BY s.id DESC`,
    )
    .all(repairId)
    .map(({ items, ...row }) => ({ ...row, items: ITEMS.parse(JSON.parse(items)) }))
}

/** One party of the job, and what it is judged by. */
export type JudgedParty = {
  readonly role: ContractorRole
  readonly criteria: readonly ScoreCriterion[]
  readonly followUp: HeardFollowUp
}
export type ScoreForm = {
  readonly parties: readonly JudgedParty[]
  readonly scores: readonly StoredScore[]
  /** Null: it may be scored. */
  readonly waitsFor: string | null
}

/** What the job page's score form needs. Throws `repair.missing`, `score.criteria`. */
export function scoreForm({ ledger, clock }: Pick<ServiceContext, 'ledger' | 'clock'>, repairId: RepairId): ScoreForm {
  const job = jobOf(ledger, repairId)
  return {
    parties: CONTRACTOR_ROLES.filter((role) => partyOf(job, role) !== null).map((role) => ({
      role, criteria: criteriaUnder(ledger, job.profileCode, clock.today(), role), followUp: heardOf(job, role),
    })),
    scores: scoresOfRepair(ledger, repairId),
    waitsFor: SCORABLE.has(job.step) ? null : `现在到“${REPAIR_STEP_WORD[job.step]}”，决算确定以后再考核`,
  }
}

export type NewScore = Pick<ScoreSheet, 'items'> & {
  readonly repairId: RepairId
  readonly role: ContractorRole
  /** Needed where a score stands already: why it is corrected. */
  readonly reason: string
}

/** Throws `score.*`, `repair.missing`, and what `secondPerson` throws. */
export function scoreRepair(context: ServiceContext, facts: NewScore, second: Credentials): ContractorScoreId {
  requireRole(context, 'reviewer', 'head')
  const { ledger, clock, actor } = context
  const { repairId, role } = facts
  const today = clock.today()
  const job = jobOf(ledger, repairId)
  if (!SCORABLE.has(job.step)) {
    const message = `${job.number} 现在到“${REPAIR_STEP_WORD[job.step]}”，决算确定以后再考核`
    throw new Problem({ code: 'score.step', message })
  }
  const partyId = partyOf(job, role)
  if (partyId === null) {
    throw new Problem({ code: 'score.party', message: `${job.number} 的决算没有委托审计，不需考核审计机构`, field: 'role' })
  }
  const followUp = heardOf(job, role)
  const { items, total } = scoreOf(criteriaUnder(ledger, job.profileCode, today, role), { items: facts.items, followUp })
  const standing = scoresOfRepair(ledger, repairId).find((score) => score.role === role && score.replacedBy === null)
  const reason = facts.reason.trim()
  if (standing !== undefined && reason === '') {
    throw new Problem({ code: 'score.reason', message: `已有 ${standing.total} 分的考核，请写明更正的原因`, field: 'reason' })
  }
  const confirmer = secondPerson(context, second, 'preparer', 'reviewer', 'head')
  return ledger.write(() => {
    const id = idOf<'contractorScore'>(
      ledger
        .prepare<unknown[], never>(
          `INSERT INTO contractor_score (repair_id, counterparty_id, role, scored_on, items, total, follow_up, replaces_id,
             reason, scored_by, confirmed_by, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        )
        .run(repairId, partyId, role, today, JSON.stringify(items), total,
          followUp, standing?.id ?? null, standing === undefined ? '' : reason, actor.userId, confirmer.userId, clock.now())
        .lastInsertRowid,
    )
    logOperation(context, 'contractor.score', { kind: 'repair', id: repairId },
      { number: job.number, role, items, total, followUp, reason, confirmedBy: confirmer.login })
    return id
  })
}

export type NewMerit = {
  readonly counterpartyId: CounterpartyId
  readonly role: ContractorRole
  readonly kind: MeritKind
  readonly happenedOn: BusinessDate
  readonly points: number
  readonly reason: string
  readonly repairId: RepairId | null
}

/** A reward or deduction with its reason, confirmed by a second person. Throws `merit.*` and what `secondPerson` throws. */
export function recordMerit(context: ServiceContext, facts: NewMerit, second: Credentials): number {
  requireRole(context, 'reviewer', 'head')
  const { ledger, clock, actor } = context
  const reason = facts.reason.trim()
  if (reason === '') throw new Problem({ code: 'merit.reason', message: '请写明奖励或扣分的原因', field: 'reason' })
  if (!Number.isInteger(facts.points) || facts.points < 1 || facts.points > 100) {
    throw new Problem({ code: 'merit.points', message: '分值应为 1 至 100 的整数', field: 'points' })
  }
  if (facts.happenedOn > clock.today()) {
    throw new Problem({ code: 'merit.date', message: '日期不能晚于今天', field: 'happenedOn' })
  }
  const confirmer = secondPerson(context, second, 'preparer', 'reviewer', 'head')
  return ledger.write(() => {
    const { lastInsertRowid } = ledger
      .prepare<unknown[], never>(
        `INSERT INTO contractor_merit (counterparty_id, role, kind, happened_on, points, reason, repair_id, recorded_by,
           confirmed_by, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(facts.counterpartyId, facts.role, facts.kind, facts.happenedOn, facts.points, reason, facts.repairId, actor.userId,
        confirmer.userId, clock.now())
    const id = Number(lastInsertRowid)
    logOperation(context, 'contractor.merit', { kind: 'counterparty', id: facts.counterpartyId },
      { ...facts, reason, confirmedBy: confirmer.login })
    return id
  })
}

/**
 * The table of a quarter (季度考核公布表): drawn up from the scores, rewards and deductions dated in it, published by two persons,
 * and from then on read as it was published. A correction is a new version with its reason.
 */
import { z } from 'zod'
import {
  isBusinessDate, parseDate, parseQuarter, quarterBounds, quarterInChinese, type BusinessDate, type Quarter,
} from '#core/calendar.ts'
import { idOf, type RepairId } from '#core/id.ts'
import { fen } from '#core/money.ts'
import { Problem } from '#core/problem.ts'
import {
  HEARD_FOLLOW_UP_WORD, isSameTable, mustScoreAnew, quarterTable, type HeardFollowUp, type Merit, type QuarterLine,
  type ScoredJob,
} from '#core/contractor/contractor-score.ts'
import { CONTRACTOR_ROLES, type ContractorRole } from '#core/contractor/tender.ts'
import type { Ledger } from '#db/ledger.ts'
import { requireRole, type ServiceContext } from '../context.ts'
import { logOperation } from '../operation-log.ts'
import { secondPerson } from '../people/user.ts'
import type { Credentials } from './contractor-score.ts'

/** As it would be published now: scores that stand, dated in the quarter. */
export function quarterDraft(ledger: Ledger, quarter: Quarter): readonly QuarterLine[] {
  const { first, last } = quarterBounds(quarter)
  const jobs = ledger
    .prepare<[string, string], ScoredJob>(
      `SELECT p.counterparty_id AS counterpartyId, k.name, p.role, p.total, s.amount_fen AS settledFen, p.follow_up AS followUp
       FROM contractor_score p JOIN counterparty k ON k.id = p.counterparty_id JOIN repair_standing s ON s.repair_id = p.repair_id
       WHERE p.scored_on BETWEEN ? AND ? AND NOT EXISTS (SELECT 1 FROM contractor_score n WHERE n.replaces_id = p.id)
       ORDER BY p.scored_on, p.id`,
    )
    .all(first, last)
  const merits = ledger
    .prepare<[string, string], Merit>(
      `SELECT m.counterparty_id AS counterpartyId, k.name, m.role, m.kind, m.points, m.reason
       FROM contractor_merit m JOIN counterparty k ON k.id = m.counterparty_id
       WHERE m.happened_on BETWEEN ? AND ? ORDER BY m.happened_on, m.id`,
    )
    .all(first, last)
  return quarterTable(jobs, merits)
}

/** A score of the quarter that stands although the owner was heard to say something else since. */
export type StaleQuarterScore = {
  readonly repairId: RepairId
  readonly number: string
  readonly name: string
  readonly role: ContractorRole
  readonly total: number
  readonly scoredAs: HeardFollowUp
  readonly heard: HeardFollowUp
}

/** Nobody asks the owners about an audit (services/contractor/contractor-score.ts). */
export function staleScores(ledger: Ledger, quarter: Quarter): readonly StaleQuarterScore[] {
  const { first, last } = quarterBounds(quarter)
  return ledger
    .prepare<[string, string], StaleQuarterScore>(
      `SELECT p.repair_id AS repairId, r.number, k.name, p.role, p.total, p.follow_up AS scoredAs,
              coalesce((SELECT json_extract(e.detail, '$.result') FROM repair_event e WHERE e.repair_id = p.repair_id
                AND e.kind = 'followedUp' ORDER BY e.seq DESC LIMIT 1), 'none') AS heard
       FROM contractor_score p JOIN counterparty k ON k.id = p.counterparty_id JOIN repair r ON r.id = p.repair_id
       WHERE p.scored_on BETWEEN ? AND ? AND p.role <> 'auditor'
         AND NOT EXISTS (SELECT 1 FROM contractor_score n WHERE n.replaces_id = p.id)
       ORDER BY p.scored_on, p.id`,
    )
    .all(first, last)
    .filter(({ scoredAs, heard }) => mustScoreAnew(scoredAs, heard))
}

const LINES = z.array(z.object({
  counterpartyId: z.int().transform((id) => idOf<'counterparty'>(id)),
  name: z.string(),
  role: z.enum(CONTRACTOR_ROLES),
  rank: z.int().nullable(),
  jobs: z.int(),
  amountFen: z.int().transform(fen),
  averageHundredths: z.int().nullable(),
  satisfied: z.int(),
  rewardPoints: z.int(),
  deductionPoints: z.int(),
  finalHundredths: z.int().nullable(),
  reasons: z.array(z.string()),
}))

export type PublishedQuarter = {
  readonly id: number
  readonly quarter: Quarter
  readonly version: number
  readonly reason: string
  readonly publishedOn: BusinessDate
  readonly publishedBy: string
  readonly confirmedBy: string
  readonly lines: readonly QuarterLine[]
}

type Row = Omit<PublishedQuarter, 'lines' | 'quarter' | 'publishedOn'> & { lines: string; quarter: string; publishedOn: string }

const PUBLISHED = `SELECT q.id, q.quarter, q.version, q.lines, q.reason, q.published_on AS publishedOn, u.name AS publishedBy,
    v.name AS confirmedBy
  FROM contractor_quarter q JOIN user u ON u.id = q.published_by JOIN user v ON v.id = q.confirmed_by`

function publishedFrom({ lines, quarter, publishedOn, ...row }: Row): PublishedQuarter {
  if (!isBusinessDate(publishedOn)) throw new Error(`not a date: ${publishedOn}`)
  return { ...row, quarter: parseQuarter(quarter), publishedOn: parseDate(publishedOn), lines: LINES.parse(JSON.parse(lines)) }
}

/** Every version of a quarter, the latest first. */
export function publishedQuarters(ledger: Ledger, quarter: Quarter): readonly PublishedQuarter[] {
  return ledger.prepare<[string], Row>(`${PUBLISHED} WHERE q.quarter = ? ORDER BY q.version DESC`).all(quarter).map(publishedFrom)
}

export type QuarterPublication = { readonly quarter: Quarter; /** Needed from the second version on. */ readonly reason: string }

/**
 * Throws `contractor.early`, `contractor.empty`, `contractor.stale`, `contractor.reason`, `contractor.same`, and what
 * `secondPerson` throws.
 */
export function publishQuarter(context: ServiceContext, facts: QuarterPublication, second: Credentials): number {
  requireRole(context, 'reviewer', 'head')
  const { ledger, clock, actor } = context
  const { quarter } = facts
  const word = quarterInChinese(quarter)
  if (quarterBounds(quarter).last >= clock.today()) {
    throw new Problem({ code: 'contractor.early', message: `${word}还没有结束，季度终了后公布`, field: 'quarter' })
  }
  const lines = quarterDraft(ledger, quarter)
  if (lines.length === 0) {
    throw new Problem({ code: 'contractor.empty', message: `${word}没有考核、奖励或扣分，不需要公布`, field: 'quarter' })
  }
  const stale = staleScores(ledger, quarter)
  if (stale.length > 0) {
    const which = stale.map(({ number, name, heard }) => `${number} ${name}（回访：${HEARD_FOLLOW_UP_WORD[heard]}）`).join('、')
    const message = `考核以后回访结果有变化，请先在维修项目中重新考核：${which}`
    throw new Problem({ code: 'contractor.stale', message, field: 'quarter' })
  }
  const [latest] = publishedQuarters(ledger, quarter)
  const reason = facts.reason.trim()
  if (latest !== undefined && isSameTable(latest.lines, lines)) {
    throw new Problem({ code: 'contractor.same', message: `${word}已公布第 ${latest.version} 版，考核没有变化`, field: 'quarter' })
  }
  if (latest !== undefined && reason === '') {
    throw new Problem({ code: 'contractor.reason', message: `${word}已公布第 ${latest.version} 版，请写明更正的原因`, field: 'reason' })
  }
  const confirmer = secondPerson(context, second, 'preparer', 'reviewer', 'head')
  const version = (latest?.version ?? 0) + 1
  return ledger.write(() => {
    const { lastInsertRowid } = ledger
      .prepare<unknown[], never>(
        `INSERT INTO contractor_quarter (quarter, version, lines, reason, published_on, published_by, confirmed_by, at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(quarter, version, JSON.stringify(lines), latest === undefined ? '' : reason, clock.today(), actor.userId,
        confirmer.userId, clock.now())
    const id = Number(lastInsertRowid)
    logOperation(context, 'contractor.publish', { kind: 'contractorQuarter', id },
      { quarter, version, reason, lines: lines.length, confirmedBy: confirmer.login })
    return id
  })
}

/** The register of contractors, supervisors and auditors: who is in force, with what record, and one party's page. */
import type { BusinessDate } from '#core/calendar.ts'
import type { CounterpartyId, RepairId } from '#core/id.ts'
import type { Fen } from '#core/money.ts'
import { Problem } from '#core/problem.ts'
import type { HeardFollowUp, MeritKind } from '#core/contractor/contractor-score.ts'
import type { RepairStep } from '#core/repair/repair.ts'
import { CONTRACTOR_ROLES, type ContractorRole } from '#core/contractor/tender.ts'
import type { Ledger } from '#db/ledger.ts'
import { awardsOfParty, type PartyAward } from './tender-record.ts'

export type ListedContractor = {
  readonly id: CounterpartyId
  readonly name: string
  readonly role: ContractorRole
  /** Last day of the term that runs longest; null: never chosen. */
  readonly validTo: BusinessDate | null
  readonly isInForce: 0 | 1
  readonly jobs: number
  readonly openJobs: number
  readonly amountFen: Fen
  /** Scores that stand, and their sum; an average is for whoever shows it. */
  readonly scored: number
  readonly scoreSum: number
  readonly rewardPoints: number
  readonly deductionPoints: number
}

const JOBS_OF = (value: string): string => `CASE role.role
    WHEN 'contractor' THEN (SELECT ${value} FROM repair_standing s INDEXED BY repair_standing_by_contractor
      WHERE s.contractor_id = k.id)
    WHEN 'supervisor' THEN (SELECT ${value} FROM repair_standing s INDEXED BY repair_standing_by_supervisor
      WHERE s.supervisor_id = k.id)
    ELSE (SELECT ${value} FROM repair_standing s INDEXED BY repair_standing_by_auditor WHERE s.auditor_id = k.id) END`
const AWARDS_OF = `FROM tender_award a JOIN tender_quote q ON q.id = a.quote_id JOIN tender t ON t.id = q.tender_id
    LEFT JOIN tender_award_end e ON e.award_id = a.id WHERE a.counterparty_id = k.id AND t.role = role.role`
const SCORES_OF = `FROM contractor_score c WHERE c.counterparty_id = k.id AND c.role = role.role
    AND NOT EXISTS (SELECT 1 FROM contractor_score n WHERE n.replaces_id = c.id)`
const POINTS_OF = (kind: MeritKind): string => `(SELECT coalesce(sum(points), 0) FROM contractor_merit m
    WHERE m.counterparty_id = k.id AND m.role = role.role AND m.kind = '${kind}')`

/** Everybody who was awarded a tender or did a job, by role; the figures are of that role. */
export const CONTRACTOR_LIST = `
  WITH role (role, position) AS (VALUES ('contractor', 1), ('supervisor', 2), ('auditor', 3))
  SELECT k.id, k.name, role.role,
    (SELECT max(iif(e.ended_on IS NULL, a.valid_to, date(e.ended_on, '-1 day'))) ${AWARDS_OF}) AS validTo,
    EXISTS (SELECT 1 ${AWARDS_OF} AND a.valid_from <= :today AND a.valid_to >= :today
      AND (e.ended_on IS NULL OR e.ended_on > :today)) AS isInForce,
    coalesce(${JOBS_OF('count(*)')}, 0) AS jobs,
    coalesce(${JOBS_OF("sum(s.step NOT IN ('closed', 'refused', 'cancelled'))")}, 0) AS openJobs,
    coalesce(${JOBS_OF("sum(iif(s.step IN ('refused', 'cancelled'), 0, s.amount_fen))")}, 0) AS amountFen,
    (SELECT count(*) ${SCORES_OF}) AS scored, (SELECT coalesce(sum(total), 0) ${SCORES_OF}) AS scoreSum,
    ${POINTS_OF('reward')} AS rewardPoints, ${POINTS_OF('deduction')} AS deductionPoints
  FROM role CROSS JOIN counterparty k
  WHERE EXISTS (SELECT 1 ${AWARDS_OF})
    OR role.role = 'contractor' AND EXISTS (
      SELECT 1 FROM repair_standing INDEXED BY repair_standing_by_contractor WHERE contractor_id = k.id)
    OR role.role = 'supervisor' AND EXISTS (
      SELECT 1 FROM repair_standing INDEXED BY repair_standing_by_supervisor WHERE supervisor_id = k.id)
    OR role.role = 'auditor' AND EXISTS (
      SELECT 1 FROM repair_standing INDEXED BY repair_standing_by_auditor WHERE auditor_id = k.id)
  ORDER BY role.position, k.name`

export function listContractors(ledger: Ledger, today: BusinessDate): readonly ListedContractor[] {
  return ledger.prepare<[Record<string, unknown>], ListedContractor>(CONTRACTOR_LIST).all({ today })
}

export type ContractorJob = {
  readonly id: RepairId
  readonly number: string
  readonly title: string
  readonly complexName: string
  readonly reportedOn: BusinessDate
  readonly step: RepairStep
  readonly amountFen: Fen
  /** Null: not scored. */
  readonly total: number | null
  readonly followUp: HeardFollowUp | null
  readonly scoredOn: BusinessDate | null
}
export type ContractorMerit = {
  readonly id: number
  readonly role: ContractorRole
  readonly kind: MeritKind
  readonly happenedOn: BusinessDate
  readonly points: number
  readonly reason: string
  readonly repairNumber: string | null
  readonly recordedBy: string
  readonly confirmedBy: string
}
export type ContractorPage = {
  readonly id: CounterpartyId
  readonly name: string
  readonly bank: string
  readonly awards: readonly PartyAward[]
  readonly jobs: readonly ContractorJob[]
  readonly merits: readonly ContractorMerit[]
}

const JOB_LIMIT = 200

/** Contractor and supervisor may be changed before the contract, and an auditor comes with the settlement. */
const OF_PARTY: Readonly<Record<ContractorRole, { readonly from: string; readonly party: string }>> = {
  contractor: {
    from: 'repair_standing s INDEXED BY repair_standing_by_contractor CROSS JOIN repair r ON r.id = s.repair_id',
    party: 's.contractor_id',
  },
  supervisor: {
    from: 'repair_standing s INDEXED BY repair_standing_by_supervisor CROSS JOIN repair r ON r.id = s.repair_id',
    party: 's.supervisor_id',
  },
  auditor: {
    from: 'repair_standing s INDEXED BY repair_standing_by_auditor CROSS JOIN repair r ON r.id = s.repair_id',
    party: 's.auditor_id',
  },
}

/** The latest jobs in a role, with the score that stands. */
export function jobsOfParty(ledger: Ledger, id: CounterpartyId, role: ContractorRole): readonly ContractorJob[] {
  const { from, party } = OF_PARTY[role]
  return ledger
    .prepare<[Record<string, unknown>], ContractorJob>(
      `SELECT r.id, r.number, r.title, c.name AS complexName, r.reported_on AS reportedOn, s.step, s.amount_fen AS amountFen,
              p.total, p.follow_up AS followUp, p.scored_on AS scoredOn
       FROM ${from} JOIN complex c ON c.id = r.complex_id
         LEFT JOIN contractor_score p ON p.id = (
           SELECT max(id) FROM contractor_score WHERE repair_id = r.id AND role = :role)
       WHERE ${party} = :id ORDER BY s.repair_id DESC LIMIT ${JOB_LIMIT}`,
    )
    .all({ id, role })
}

export function meritsOfParty(ledger: Ledger, id: CounterpartyId): readonly ContractorMerit[] {
  return ledger
    .prepare<[number], ContractorMerit>(
      `SELECT m.id, m.role, m.kind, m.happened_on AS happenedOn, m.points, m.reason, r.number AS repairNumber,
              u.name AS recordedBy, v.name AS confirmedBy
       FROM contractor_merit m JOIN user u ON u.id = m.recorded_by JOIN user v ON v.id = m.confirmed_by
         LEFT JOIN repair r ON r.id = m.repair_id
       WHERE m.counterparty_id = ? ORDER BY m.happened_on DESC, m.id DESC`,
    )
    .all(id)
}

/** Throws `counterparty.missing`. */
export function contractorPage(ledger: Ledger, id: CounterpartyId): ContractorPage {
  const row = ledger
    .prepare<[number], { name: string; bank: string }>(
      `SELECT name, trim(bank_name || ' ' || bank_account) AS bank FROM counterparty WHERE id = ?`,
    )
    .get(id)
  if (row === undefined) throw new Problem({ code: 'counterparty.missing', message: '没有这个单位，请刷新后重试' })
  const jobs = CONTRACTOR_ROLES.flatMap((role) => jobsOfParty(ledger, id, role))
  return { id, ...row, awards: awardsOfParty(ledger, id), jobs, merits: meritsOfParty(ledger, id) }
}

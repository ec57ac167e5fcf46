/** Facts about contractors for the self-check: quotes of tenders, who was in force for a job, what nobody scored, or too soon. */
import { quarterBounds, quarterOf, type BusinessDate } from '#core/calendar.ts'
import {
  findStaleScores, findUnappointed, findUnscored, type StaleScore, type UnscoredJob, type WorkedJob,
} from '#core/checks/contractors.ts'
import type { Finding } from '#core/checks/finding.ts'
import { findSimilarQuotes, type Quote, type QuotedTender } from '#core/checks/quotes.ts'
import type { CheckRuleId } from '#core/checks/rules.ts'
import { HEARD_FOLLOW_UP_WORD, mustScoreAnew, type HeardFollowUp } from '#core/contractor/contractor-score.ts'
import { CONTRACTOR_ROLE_WORD, type ContractorRole } from '#core/contractor/tender.ts'
import type { ComplexId, CounterpartyId, RepairId, TenderId } from '#core/id.ts'
import type { Fen } from '#core/money.ts'
import type { Ledger } from '#db/ledger.ts'
import { appointmentReader, unappointedParties, type JobParty } from '../contractor/tender-record.ts'
import { isInPeriod, type CheckedComplex, type CheckReader } from './finding-scope.ts'

export const CONTRACTOR_RULES: readonly CheckRuleId[] = [
  'repair.similarQuotes', 'repair.contractorNotChosen', 'repair.contractorNotScored', 'contractor.staleScore',
]

type TenderRow = { id: TenderId; number: string; complexId: ComplexId | null; openedOn: BusinessDate; isForJob: 0 | 1 }

type OpenedTender = QuotedTender & { readonly openedOn: BusinessDate }

function tendersOf({ ledger, scope }: CheckReader, complexId: ComplexId | null): readonly OpenedTender[] {
  const quotes = ledger.prepare<[number], Quote>(
    `SELECT bidder, phone, bank_account AS bankAccount, amount_fen AS amountFen FROM tender_quote
     WHERE tender_id = ? ORDER BY id`,
  )
  return ledger
    .prepare<[Record<string, unknown>], TenderRow>(
      `SELECT id, number, complex_id AS complexId, opened_on AS openedOn, repair_id IS NOT NULL AS isForJob
       FROM tender t INDEXED BY tender_by_complex
       WHERE complex_id IS :complexId AND opened_on <= :to
         AND NOT EXISTS (SELECT 1 FROM tender_revocation r WHERE r.tender_id = t.id) ORDER BY opened_on, id`,
    )
    .all({ complexId, to: scope.to })
    .filter(({ openedOn }) => isInPeriod(scope, openedOn))
    .map(({ isForJob, ...tender }) => ({ ...tender, isForJob: isForJob === 1, quotes: quotes.all(tender.id) }))
}

function judgeQuotes(reader: CheckReader, complex: CheckedComplex, tenders: readonly OpenedTender[]): readonly Finding[] {
  return reader.judge('repair.similarQuotes', complex, tenders, ({ openedOn }) => openedOn, (ofDay, policy) =>
    findSimilarQuotes(ofDay, policy.require('check.quoteSpreadPercent')))
}

type JobRow = {
  id: RepairId
  number: string
  complexId: ComplexId
  amountFen: Fen
  reportedOn: BusinessDate
  contractorId: CounterpartyId
  supervisorId: CounterpartyId
  auditorId: CounterpartyId | null
  settledOn: BusinessDate | null
}

/** Refused and cancelled jobs cost nothing. */
const WORKED = `
  SELECT r.id, r.number, r.complex_id AS complexId, s.amount_fen AS amountFen, r.reported_on AS reportedOn,
    s.contractor_id AS contractorId, s.supervisor_id AS supervisorId, s.auditor_id AS auditorId,
    iif(s.auditor_id IS NULL, NULL, (SELECT json_extract(e.detail, '$.on') FROM repair_event e
      WHERE e.repair_id = r.id AND e.kind = 'settled' ORDER BY e.seq DESC LIMIT 1)) AS settledOn
  FROM repair r INDEXED BY repair_by_complex JOIN repair_standing s ON s.repair_id = r.id
  WHERE r.complex_id = :complexId AND r.reported_on BETWEEN :from AND :to AND (:only IS NULL OR r.id = :only)
    AND s.step NOT IN ('refused', 'cancelled') ORDER BY r.reported_on, r.id`

type ReportedJob = WorkedJob & { readonly reportedOn: BusinessDate }

function workedJobs({ ledger, scope }: CheckReader, complexId: ComplexId): readonly ReportedJob[] {
  const appointment = appointmentReader(ledger)
  return ledger
    .prepare<[Record<string, unknown>], JobRow>(WORKED)
    .all({ complexId, from: scope.from ?? '0000-01-01', to: scope.to, only: scope.repairId ?? null })
    .map(({ reportedOn, contractorId, supervisorId, auditorId, settledOn, ...job }) => {
      const parties: JobParty[] = [
        { role: 'contractor', counterpartyId: contractorId, on: reportedOn },
        { role: 'supervisor', counterpartyId: supervisorId, on: reportedOn },
      ]
      if (auditorId !== null && settledOn !== null) parties.push({ role: 'auditor', counterpartyId: auditorId, on: settledOn })
      const unappointed = unappointedParties(appointment, { complexId, repairId: job.id, parties })
      return { ...job, reportedOn, unappointed: unappointed.map(({ sentence }) => sentence) }
    })
}

const UNSCORED = `
  SELECT r.id, r.number, r.complex_id AS complexId, s.amount_fen AS amountFen, date(s.since, '+8 hours') AS closedOn,
    role.role, k.name
  FROM repair_standing s INDEXED BY repair_standing_by_complex JOIN repair r ON r.id = s.repair_id
    CROSS JOIN (SELECT 'contractor' AS role, 1 AS position UNION ALL VALUES ('supervisor', 2), ('auditor', 3)) role
    JOIN counterparty k ON k.id = CASE role.role
      WHEN 'contractor' THEN s.contractor_id WHEN 'supervisor' THEN s.supervisor_id ELSE s.auditor_id END
  WHERE s.complex_id = :complexId AND s.step = 'closed' AND date(s.since, '+8 hours') BETWEEN :from AND :to
    AND NOT EXISTS (SELECT 1 FROM contractor_score p WHERE p.repair_id = r.id AND p.role = role.role)
  ORDER BY s.since, r.id, role.position`

type UnscoredRow = Omit<UnscoredJob, 'unscored'> & { readonly role: ContractorRole; readonly name: string }

function unscoredJobs(ledger: Ledger, complexId: ComplexId, from: BusinessDate | null, to: BusinessDate): readonly UnscoredJob[] {
  const rows = ledger
    .prepare<[Record<string, unknown>], UnscoredRow>(UNSCORED).all({ complexId, from: from ?? '0000-01-01', to })
  return [...Map.groupBy(rows, ({ id }) => id).values()].flatMap((ofJob) => {
    const [first] = ofJob
    if (first === undefined) return []
    const { role: _, name: __, ...job } = first
    return [{ ...job, unscored: ofJob.map(({ role, name }) => `${CONTRACTOR_ROLE_WORD[role]}“${name}”`) }]
  })
}

/** Of the works the owners see; an audit is not asked about (services/contractor/contractor-score.ts). */
const STALE = `
  SELECT r.id, r.number, r.complex_id AS complexId, s.amount_fen AS amountFen, p.role, k.name, p.total,
    p.scored_on AS scoredOn, p.follow_up AS scoredAs, json_extract(e.detail, '$.result') AS heard,
    json_extract(e.detail, '$.on') AS heardOn
  FROM repair_standing s INDEXED BY repair_standing_by_complex
    CROSS JOIN repair_event e ON e.repair_id = s.repair_id AND e.kind = 'followedUp' AND e.seq = (
      SELECT max(seq) FROM repair_event WHERE repair_id = s.repair_id AND kind = 'followedUp')
    CROSS JOIN contractor_score p INDEXED BY contractor_score_by_repair ON p.repair_id = s.repair_id AND p.role <> 'auditor'
    JOIN repair r ON r.id = s.repair_id JOIN counterparty k ON k.id = p.counterparty_id
  WHERE s.complex_id = :complexId AND s.step IN ('followUp', 'retention', 'closed', 'voucher')
    AND json_extract(e.detail, '$.on') BETWEEN :from AND :to
    AND NOT EXISTS (SELECT 1 FROM contractor_score n WHERE n.replaces_id = p.id)
  ORDER BY r.id, p.role`

type StaleRow = Omit<StaleScore, 'party' | 'scoredAs' | 'heard'> & {
  readonly role: ContractorRole
  readonly name: string
  readonly scoredAs: HeardFollowUp
  readonly heard: HeardFollowUp
}

function staleScores({ ledger, scope }: CheckReader, complexId: ComplexId): readonly StaleScore[] {
  return ledger
    .prepare<[Record<string, unknown>], StaleRow>(STALE)
    .all({ complexId, from: scope.from ?? '0000-01-01', to: scope.to })
    .filter(({ scoredAs, heard }) => mustScoreAnew(scoredAs, heard))
    .map(({ role, name, scoredAs, heard, ...score }) => ({
      ...score, party: `${CONTRACTOR_ROLE_WORD[role]}“${name}”`, scoredAs: HEARD_FOLLOW_UP_WORD[scoredAs],
      heard: HEARD_FOLLOW_UP_WORD[heard],
    }))
}

/** What the rules about contractors find in one complex. */
export function contractorFindings(
  reader: CheckReader, complex: CheckedComplex, rules: ReadonlySet<CheckRuleId>,
): readonly Finding[] {
  const { ledger, scope, today } = reader
  const began = quarterBounds(quarterOf(today)).first
  return [
    ...(rules.has('repair.similarQuotes')
      ? judgeQuotes(reader, complex, tendersOf(reader, complex.id))
      : []),
    ...(rules.has('repair.contractorNotChosen') && reader.mayRun('repair.contractorNotChosen', complex)
      ? findUnappointed(workedJobs(reader, complex.id))
      : []),
    ...(rules.has('repair.contractorNotScored') && reader.mayRun('repair.contractorNotScored', complex)
      ? findUnscored(unscoredJobs(ledger, complex.id, scope.from, scope.to), began)
      : []),
    ...(rules.has('contractor.staleScore') ? findStaleScores(staleScores(reader, complex.id)) : []),
  ]
}

/** Tenders for every complex, by the values of the first complex whose profile has them. */
export function officeTenderFindings(
  reader: CheckReader, complexes: readonly CheckedComplex[], rules: ReadonlySet<CheckRuleId>,
): readonly Finding[] {
  if (!rules.has('repair.similarQuotes') || reader.scope.complexId !== null) return []
  const known = complexes.find((complex) => reader.policyOn(complex, reader.today).value('check.quoteSpreadPercent') !== null)
  if (known === undefined) return []
  return judgeQuotes(reader, known, tendersOf(reader, null))
}

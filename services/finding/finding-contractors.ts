/** Facts about contractors for the self-check: quotes of tenders, who was in force for a job, what nobody scored. */
import { quarterBounds, quarterOf, type BusinessDate } from '#core/calendar.ts'
import { findUnappointed, findUnscored, type UnscoredJob, type WorkedJob } from '#core/checks/contractors.ts'
import type { Finding } from '#core/checks/finding.ts'
import { findSimilarQuotes, type Quote, type QuotedTender } from '#core/checks/quotes.ts'
import type { CheckRuleId } from '#core/checks/rules.ts'
import type { ComplexId, CounterpartyId, RepairId, TenderId } from '#core/id.ts'
import type { Fen } from '#core/money.ts'
import type { Ledger } from '#db/ledger.ts'
import { unappointedParties } from '../contractor/tender-record.ts'
import { isInPeriod, type CheckedComplex, type CheckReader } from './finding-scope.ts'

export const CONTRACTOR_RULES: readonly CheckRuleId[] = [
  'repair.similarQuotes', 'repair.contractorNotChosen', 'repair.contractorNotScored',
]

type TenderRow = { id: TenderId; number: string; complexId: ComplexId | null; openedOn: BusinessDate }

function tendersOf({ ledger, scope }: CheckReader, complexId: ComplexId | null): readonly QuotedTender[] {
  const quotes = ledger.prepare<[number], Quote>(
    `SELECT bidder, phone, bank_account AS bankAccount, amount_fen AS amountFen FROM tender_quote
     WHERE tender_id = ? ORDER BY id`,
  )
  return ledger
    .prepare<[Record<string, unknown>], TenderRow>(
      `SELECT id, number, complex_id AS complexId, opened_on AS openedOn FROM tender t INDEXED BY tender_by_complex
       WHERE complex_id IS :complexId AND opened_on <= :to
         AND NOT EXISTS (SELECT 1 FROM tender_revocation r WHERE r.tender_id = t.id) ORDER BY opened_on, id`,
    )
    .all({ complexId, to: scope.to })
    .filter(({ openedOn }) => isInPeriod(scope, openedOn))
    .map(({ openedOn: _, ...tender }) => ({ ...tender, quotes: quotes.all(tender.id) }))
}

type JobRow = {
  id: RepairId
  number: string
  complexId: ComplexId
  amountFen: Fen
  reportedOn: BusinessDate
  contractorId: CounterpartyId
  supervisorId: CounterpartyId
}

/** Refused and cancelled jobs cost nothing. */
const WORKED = `
  SELECT r.id, r.number, r.complex_id AS complexId, s.amount_fen AS amountFen, r.reported_on AS reportedOn,
    s.contractor_id AS contractorId, r.supervisor_id AS supervisorId
  FROM repair r INDEXED BY repair_by_complex JOIN repair_standing s ON s.repair_id = r.id
  WHERE r.complex_id = :complexId AND r.reported_on BETWEEN :from AND :to AND (:only IS NULL OR r.id = :only)
    AND s.step NOT IN ('refused', 'cancelled') ORDER BY r.reported_on, r.id`

function workedJobs({ ledger, scope }: CheckReader, complexId: ComplexId): readonly WorkedJob[] {
  return ledger
    .prepare<[Record<string, unknown>], JobRow>(WORKED)
    .all({ complexId, from: scope.from ?? '0000-01-01', to: scope.to, only: scope.repairId ?? null })
    .map(({ reportedOn, contractorId, supervisorId, ...job }) => {
      const question = { complexId, repairId: job.id, contractorId, supervisorId, on: reportedOn }
      return { ...job, unappointed: unappointedParties(ledger, question).map(({ sentence }) => sentence) }
    })
}

const UNSCORED = `
  SELECT r.id, r.number, r.complex_id AS complexId, s.amount_fen AS amountFen, date(s.since, '+8 hours') AS closedOn,
    k.name AS contractorName
  FROM repair_standing s INDEXED BY repair_standing_by_complex JOIN repair r ON r.id = s.repair_id
    JOIN counterparty k ON k.id = s.contractor_id
  WHERE s.complex_id = :complexId AND s.step = 'closed' AND date(s.since, '+8 hours') BETWEEN :from AND :to
    AND NOT EXISTS (SELECT 1 FROM contractor_score p WHERE p.repair_id = r.id AND p.role = 'contractor')
  ORDER BY s.since, r.id`

function unscoredJobs(ledger: Ledger, complexId: ComplexId, from: BusinessDate | null, to: BusinessDate): readonly UnscoredJob[] {
  return ledger
    .prepare<[Record<string, unknown>], UnscoredJob>(UNSCORED).all({ complexId, from: from ?? '0000-01-01', to })
}

/** What the rules about contractors find in one complex. */
export function contractorFindings(
  reader: CheckReader, complex: CheckedComplex, rules: ReadonlySet<CheckRuleId>,
): readonly Finding[] {
  const { ledger, scope, today } = reader
  const began = quarterBounds(quarterOf(today)).first
  return [
    ...(rules.has('repair.similarQuotes')
      ? reader.under('repair.similarQuotes', complex, (policy) =>
          findSimilarQuotes(tendersOf(reader, complex.id), policy.require('check.quoteSpreadPercent')))
      : []),
    ...(rules.has('repair.contractorNotChosen')
      ? reader.under('repair.contractorNotChosen', complex, () => findUnappointed(workedJobs(reader, complex.id)))
      : []),
    ...(rules.has('repair.contractorNotScored')
      ? reader.under('repair.contractorNotScored', complex, () =>
          findUnscored(unscoredJobs(ledger, complex.id, scope.from, scope.to), began))
      : []),
  ]
}

/** Tenders for every complex, by the values of the first complex whose profile has them. */
export function officeTenderFindings(
  reader: CheckReader, complexes: readonly CheckedComplex[], rules: ReadonlySet<CheckRuleId>,
): readonly Finding[] {
  if (!rules.has('repair.similarQuotes') || reader.scope.complexId !== null) return []
  const known = complexes.find((complex) => reader.policyOf(complex).value('check.quoteSpreadPercent') !== null)
  if (known === undefined) return []
  const spread = reader.policyOf(known).require('check.quoteSpreadPercent')
  return findSimilarQuotes(tendersOf(reader, null), spread)
}

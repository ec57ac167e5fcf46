/** Decisions made for one job alone: the open jobs a vote or a tender can be about, and what has been decided about one. */
import type { ComplexId, CounterpartyId, RepairId, TenderId, VoteId } from '#core/id.ts'
import type { Fen } from '#core/money.ts'
import type { ContractorRole } from '#core/contractor/tender.ts'
import { OPEN_REPAIR_STEPS, type RepairStep } from '#core/repair/repair.ts'
import type { Ledger } from '#db/ledger.ts'
import type { VoteState } from '#db/schema.ts'

export type OpenRepair = {
  readonly id: RepairId
  readonly number: string
  readonly title: string
  readonly step: RepairStep
  readonly amountFen: Fen
}

const OPEN_STEPS = OPEN_REPAIR_STEPS.map((step) => `'${step}'`).join(', ')

/** More open jobs than a person looks through in a list; they type the number. */
const OFFERED = 500

/** Newest first. */
export function openRepairs(ledger: Ledger, complexId: ComplexId): readonly OpenRepair[] {
  return ledger
    .prepare<[number, number], OpenRepair>(
      `SELECT r.id, r.number, r.title, s.step, s.amount_fen AS amountFen
       FROM repair_standing s INDEXED BY repair_standing_by_complex CROSS JOIN repair r ON r.id = s.repair_id
       WHERE s.complex_id = ? AND s.step IN (${OPEN_STEPS}) ORDER BY s.repair_id DESC LIMIT ?`,
    )
    .all(complexId, OFFERED)
}

export type TiedVote = {
  readonly id: VoteId
  readonly number: string
  readonly title: string
  readonly state: VoteState
  /** Null until certified. */
  readonly passed: boolean | null
}

export type TiedTender = {
  readonly id: TenderId
  readonly number: string
  readonly title: string
  readonly role: ContractorRole
  readonly isRevoked: boolean
  /** Whose award is not ended; with it the bidder who may take the job over. */
  readonly winners: readonly { readonly counterpartyId: CounterpartyId; readonly name: string }[]
}

export type RepairTies = { readonly votes: readonly TiedVote[]; readonly tenders: readonly TiedTender[] }

/** Oldest first. */
export function repairTies(ledger: Ledger, id: RepairId): RepairTies {
  const votes = ledger
    .prepare<[number], Omit<TiedVote, 'passed'> & { passed: 0 | 1 | null }>(
      `SELECT v.id, v.number, v.title, s.state, s.passed FROM vote v JOIN vote_standing s ON s.vote_id = v.id
       WHERE v.repair_id = ? ORDER BY v.id`,
    )
    .all(id)
  const winnersOf = ledger.prepare<[number], TiedTender['winners'][number]>(
    `SELECT a.counterparty_id AS counterpartyId, k.name FROM tender_quote q JOIN tender_award a ON a.quote_id = q.id
       JOIN counterparty k ON k.id = a.counterparty_id
     WHERE q.tender_id = ? AND NOT EXISTS (SELECT 1 FROM tender_award_end WHERE award_id = a.id) ORDER BY a.id`,
  )
  const tenders = ledger
    .prepare<[number], Omit<TiedTender, 'isRevoked' | 'winners'> & { isRevoked: 0 | 1 }>(
      `SELECT t.id, t.number, t.title, t.role, EXISTS (SELECT 1 FROM tender_revocation WHERE tender_id = t.id) AS isRevoked
       FROM tender t WHERE t.repair_id = ? ORDER BY t.id`,
    )
    .all(id)
  return {
    votes: votes.map(({ passed, ...vote }) => ({ ...vote, passed: passed === null ? null : passed === 1 })),
    tenders: tenders.map(({ isRevoked, ...tender }) =>
      ({ ...tender, isRevoked: isRevoked === 1, winners: winnersOf.all(tender.id) })),
  }
}

/** Finding votes: the list of a complex or of the office, and the whole page of one. */
import type { BusinessDate } from '#core/calendar.ts'
import type { ComplexId, VoteId } from '#core/id.ts'
import type { Fen } from '#core/money.ts'
import type { VoteMethod } from '#core/authority/vote-objection.ts'
import type { VoteMatter } from '#core/authority/vote-tally.ts'
import type { Ledger } from '#db/ledger.ts'
import type { VoteState } from '#db/schema.ts'
import type { ServiceContext } from '../context.ts'
import {
  countOpens, voteActs, voteBuildings, voteHead, votePapers, voteTally, voteUsed, type VoteAct, type VoteBuilding,
  type VoteCount, type VoteHead, type VotePaper,
} from './vote-record.ts'

export type ListedVote = {
  readonly id: VoteId
  readonly number: string
  readonly complexId: ComplexId
  readonly complexName: string
  readonly title: string
  readonly matter: VoteMatter
  readonly method: VoteMethod
  readonly amountFen: Fen | null
  readonly repairNumber: string | null
  readonly registerOn: BusinessDate
  readonly returnBy: BusinessDate
  readonly state: VoteState
  readonly passed: 0 | 1 | null
}

export const VOTE_LIST = (byComplex: boolean): string => `
  SELECT v.id, v.number, v.complex_id AS complexId, c.name AS complexName, v.title, v.matter, v.method, v.amount_fen AS amountFen,
    r.number AS repairNumber, v.register_on AS registerOn, v.return_by AS returnBy, s.state, s.passed
  FROM vote v ${byComplex ? 'INDEXED BY vote_by_complex' : ''} JOIN vote_standing s ON s.vote_id = v.id
    JOIN complex c ON c.id = v.complex_id LEFT JOIN repair r ON r.id = v.repair_id
  WHERE ${byComplex ? 'v.complex_id = :complexId AND ' : ''}v.id < :before ORDER BY v.id DESC LIMIT :limit`

/** Newest first; `before` is the last of the page before. */
export function listVotes(
  ledger: Ledger, page: { readonly complexId: ComplexId | null; readonly before?: VoteId; readonly limit: number },
): readonly ListedVote[] {
  const { complexId, before = Number.MAX_SAFE_INTEGER, limit } = page
  return ledger
    .prepare<[Record<string, unknown>], ListedVote>(VOTE_LIST(complexId !== null))
    .all({ before, limit, ...(complexId !== null && { complexId }) })
}

export type VoteCard = {
  readonly vote: VoteHead
  readonly tally: VoteCount
  readonly buildings: readonly VoteBuilding[]
  readonly papers: readonly VotePaper[]
  readonly acts: readonly VoteAct[]
  /** What jobs stand at on it. */
  readonly usedFen: Fen
  readonly mayCount: boolean
}

/** Throws `vote.missing`. */
export function voteCard({ ledger, clock }: Pick<ServiceContext, 'ledger' | 'clock'>, id: VoteId): VoteCard {
  const vote = voteHead(ledger, id)
  const tally = voteTally(ledger, id, vote.rule)
  return {
    vote, tally,
    buildings: voteBuildings(ledger, id),
    papers: votePapers(ledger, id),
    acts: voteActs(ledger, id),
    usedFen: voteUsed(ledger, id, null),
    mayCount: vote.state === 'open' && countOpens(clock.today(), vote.returnBy, tally),
  }
}

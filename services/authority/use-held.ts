/**
 * What the authority a job was given still binds it to, step after step: the circle of owners whose money it may take, and the
 * most they agreed to. Once it was sent back for another, it binds no longer.
 */
import type { ComplexId, RepairId, UseAuthorisationId, VoteId } from '#core/id.ts'
import { subtractFen, type Fen } from '#core/money.ts'
import { Problem } from '#core/problem.ts'
import { AUTHORITY_WORD, type AuthorityKind } from '#core/repair/repair.ts'
import type { DecidedLimit } from '#core/authority/use-authority.ts'
import type { UseScope } from '#core/authority/use-scope.ts'
import type { Ledger } from '#db/ledger.ts'
import { scopeSchema } from '../household/apportionment-household.ts'
import { authorisationUsed } from './use-authorisation.ts'
import { decisionCovers, scopeText } from './use-scope.ts'
import { voteUsed } from './vote-record.ts'

type HeldRow = {
  readonly kind: AuthorityKind
  readonly voteId: VoteId | null
  readonly authorisationId: UseAuthorisationId | null
  readonly number: string | null
  readonly scope: string
  /** Of the vote, or of the authorisation together. */
  readonly totalFen: Fen | null
  readonly perJobFen: Fen | null
}

function heldAuthority(ledger: Ledger, repairId: RepairId): HeldRow | undefined {
  return ledger
    .prepare<[number], HeldRow>(
      `SELECT h.kind, h.vote_id AS voteId, h.authorisation_id AS authorisationId, coalesce(v.number, a.number) AS number, h.scope,
         coalesce(v.amount_fen, a.total_fen) AS totalFen, a.per_job_fen AS perJobFen
       FROM repair_authority_held h LEFT JOIN vote v ON v.id = h.vote_id
         LEFT JOIN use_authorisation a ON a.id = h.authorisation_id WHERE h.repair_id = ?`,
    )
    .get(repairId)
}

/** The most the job may come to by what owners decided; null for an emergency and for a job let off the authority. */
export function decidedLimit(ledger: Ledger, repairId: RepairId): DecidedLimit | null {
  const held = heldAuthority(ledger, repairId)
  if (held === undefined || held.kind === 'emergency' || held.totalFen === null) return null
  const { kind, voteId, authorisationId, totalFen, perJobFen } = held
  const basis = `${AUTHORITY_WORD[kind]} ${held.number ?? ''}`
  if (voteId !== null) return { kind, basis, mostFen: subtractFen(totalFen, voteUsed(ledger, voteId, repairId)) }
  if (authorisationId === null) return null
  const leftFen = subtractFen(totalFen, authorisationUsed(ledger, authorisationId, repairId))
  return { kind, basis, mostFen: perJobFen !== null && perJobFen < leftFen ? perJobFen : leftFen }
}

type Sheet = { readonly complexId: ComplexId; readonly repairId: RepairId | null; readonly scope: UseScope }

/** No sheet of a job charges owners outside the circle its authority names. Throws `apportionment.outsideUse`. */
export function refuseSheetOutsideUse(ledger: Ledger, { complexId, repairId, scope }: Sheet): void {
  const held = repairId === null ? undefined : heldAuthority(ledger, repairId)
  if (held === undefined) return
  const decided = scopeSchema.parse(JSON.parse(held.scope))
  if (decisionCovers(ledger, complexId, decided, scope)) return
  const message = `这项维修的使用依据只列支${scopeText(ledger, complexId, decided)}，分摊范围不能更大：请缩小分摊范围，` +
    '或退回“使用依据”，取得范围内业主的决定'
  throw new Problem({ code: 'apportionment.outsideUse', message, field: 'scope' })
}

/** The sheet the charge would follow must lie in the circle that is about to be authorised. Throws `apportionment.outsideUse`. */
export function refuseUseInsideSheet(ledger: Ledger, use: Sheet & { readonly repairId: RepairId }): void {
  const { complexId, repairId, scope } = use
  const sheet = ledger
    .prepare<[number], { scope: string }>('SELECT scope FROM apportionment WHERE repair_id = ? ORDER BY id DESC LIMIT 1')
    .get(repairId)
  if (sheet === undefined || decisionCovers(ledger, complexId, scope, scopeSchema.parse(JSON.parse(sheet.scope)))) return
  const message = `已编制的分摊表超出${scopeText(ledger, complexId, scope)}：请先按列支范围重新编制分摊表，再登记使用依据`
  throw new Problem({ code: 'apportionment.outsideUse', message, field: 'scope' })
}

/**
 * Self-funding (自筹): what an apportionment asks of households whose sub-accounts do not reach. It is a claim until the money is
 * in the 专户; then it is the household's own balance, on which the repair draws (165号令 art. 17, 20–22).
 */
import { daysBetween, type BusinessDate } from '../calendar.ts'
import { addFen, subtractFen, ZERO_FEN, type Fen } from '../money.ts'
import type { HouseholdId } from '../id.ts'
import type { HouseholdBalance } from './household-entry.ts'

/** Whose money is asked for: the owner's (of an unsold unit the developer's), or the selling unit's of sold public housing. */
export const CLAIMED_PARTS = ['principal', 'sellerPrincipal'] as const
export type ClaimedPart = (typeof CLAIMED_PARTS)[number]

export type ShortShare = {
  readonly householdId: HouseholdId
  readonly shareFen: Fen
  readonly sellerShareFen: Fen
  readonly drawn: HouseholdBalance
}

export type ShortPart = { readonly householdId: HouseholdId; readonly part: ClaimedPart; readonly owedFen: Fen }

/** What each share lacks, owner and selling unit apart, in the order of the sheet; shares covered by their accounts give none. */
export function shortParts(shares: readonly ShortShare[]): readonly ShortPart[] {
  return shares.flatMap(({ householdId, shareFen, sellerShareFen, drawn }) => {
    const own = subtractFen(shareFen, addFen(drawn.principal, drawn.interest))
    const seller = subtractFen(sellerShareFen, addFen(drawn.sellerPrincipal, drawn.sellerInterest))
    return ([['principal', own], ['sellerPrincipal', seller]] as const)
      .filter(([, owedFen]) => owedFen > 0)
      .map(([part, owedFen]): ShortPart => ({ householdId, part, owedFen }))
  })
}

/** `open` nothing has come in yet; `part` some; `paid` all of it, posted; `withdrawn` is asked for no more. */
export const CLAIM_STATES = ['open', 'part', 'paid', 'withdrawn'] as const
export type ClaimState = (typeof CLAIM_STATES)[number]
export const CLAIM_STATE_WORD: Readonly<Record<ClaimState, string>> = {
  open: '待收', part: '部分收到', paid: '已收清', withdrawn: '已撤销',
}

export type ClaimMoney = {
  readonly owedFen: Fen
  /** By posted vouchers. */
  readonly collectedFen: Fen
  /** By drafts that still wait for review or posting. */
  readonly pendingFen: Fen
  readonly isWithdrawn: boolean
}

export function claimState({ owedFen, collectedFen, isWithdrawn }: ClaimMoney): ClaimState {
  if (collectedFen >= owedFen) return 'paid'
  if (isWithdrawn) return 'withdrawn'
  return collectedFen > 0 ? 'part' : 'open'
}

/** What may still be asked for: neither collected nor on its way. Nothing of a withdrawn claim. */
export function leftOfClaim({ owedFen, collectedFen, pendingFen, isWithdrawn }: ClaimMoney): Fen {
  const left = subtractFen(owedFen, addFen(collectedFen, pendingFen))
  return isWithdrawn || left < 0 ? ZERO_FEN : left
}

/** Days since the claim was made, and days it is overdue: 0 up to the last day for paying. */
export function claimAge(
  { demandedOn, dueOn }: { readonly demandedOn: BusinessDate; readonly dueOn: BusinessDate }, today: BusinessDate,
): { readonly ageDays: number; readonly overdueDays: number } {
  return { ageDays: Math.max(0, daysBetween(demandedOn, today)), overdueDays: Math.max(0, daysBetween(dueOn, today)) }
}

/**
 * Cost of a repair over those who benefit (165号令 art. 19–21): by area, unsold units at the developer's charge; for
 * sold public housing first between seller and owners by what each deposited, then among the owners by area.
 */
import { allocate, type TailRule } from './allocation.ts'
import { subtractFen, ZERO_FEN, type Fen } from './money.ts'

/** Shares by area (dm²), in the order given; who pays (owner or developer) is the caller's, it does not move a fen. */
export function apportionByArea(total: Fen, areasDm2: readonly number[], tail?: TailRule): Fen[] {
  return allocate(total, areasDm2, tail)
}

export type PublicHousingShares = { readonly seller: Fen; readonly owners: Fen; readonly ownerShares: readonly Fen[] }

/** Sold public housing (165号令 art. 20(2)): seller and owners by deposited balances, then owners by area. */
export function apportionPublicHousing(
  total: Fen,
  deposited: { readonly seller: Fen; readonly owners: Fen },
  ownerAreasDm2: readonly number[],
): PublicHousingShares {
  const [seller = ZERO_FEN, owners = ZERO_FEN] = allocate(total, [deposited.seller, deposited.owners])
  return { seller, owners, ownerShares: allocate(owners, ownerAreasDm2) }
}

/**
 * What a household's sub-account can bear of its share. It never goes below zero; the rest is claimed from the owner,
 * and an empty account is one the owner must top up.
 */
export function drawFromSubAccount(share: Fen, balance: Fen): { paid: Fen; receivable: Fen; topUpDue: boolean } {
  const available = balance > 0 ? balance : ZERO_FEN
  const paid = share < available ? share : available
  const receivable = subtractFen(share, paid)
  return { paid, receivable, topUpDue: receivable > 0 }
}

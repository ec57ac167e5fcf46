/**
 * A past sheet beside today's register: the same method and scope reckoned anew, and every household whose area, balance or share
 * is another, that came or that left. The kept sheet stands; this shows why a new one would differ.
 */
import type { ComparedSide, ComparedState } from '#core/household/apportionment-compare.ts'
import type { HouseholdId, ApportionmentId } from '#core/id.ts'
import { addFen, type Fen } from '#core/money.ts'
import type { Ledger } from '#db/ledger.ts'
import {
  apportionmentOf, previewApportionment, type ApportionmentPreview, type ApportionmentSheet,
} from './apportionment.ts'

export type ComparedHousehold = {
  readonly householdId: HouseholdId
  readonly address: string
  readonly state: ComparedState
  readonly before: ComparedSide | null
  readonly after: ComparedSide | null
}

export type SheetComparison = {
  readonly sheet: Pick<ApportionmentSheet, 'id' | 'complexId' | 'title' | 'asOf' | 'basis' | 'askedFen' | 'totalFen'>
  /** What the same request would divide today. */
  readonly totalFen: Fen
  readonly counts: Readonly<Record<ComparedState, number>>
  /** In the order of the register today, then those that left. */
  readonly rows: readonly ComparedHousehold[]
}

function sideOfSheet({ rows }: ApportionmentSheet): ReadonlyMap<HouseholdId, ComparedSide & { readonly address: string }> {
  return new Map(rows.map((row) => [row.householdId, {
    address: row.address, areaDm2: row.areaDm2, shareFen: addFen(row.shareFen, row.sellerShareFen), heldFen: row.held.totalFen,
    shortFen: row.shortFen,
  }]))
}

function sideOfToday({ households, shares }: ApportionmentPreview, index: number): ComparedSide {
  const household = households[index]
  const share = shares[index]
  if (household === undefined || share === undefined) throw new Error(`no share ${index} in the preview`)
  return {
    areaDm2: household.areaDm2, shareFen: addFen(share.shareFen, share.sellerShareFen), heldFen: household.held.totalFen,
    shortFen: share.shortFen,
  }
}

function isSame(before: ComparedSide, after: ComparedSide): boolean {
  return before.areaDm2 === after.areaDm2 && before.shareFen === after.shareFen && before.heldFen === after.heldFen &&
    before.shortFen === after.shortFen
}

/** Throws `apportionment.missing`; what `previewApportionment` throws where the old method no longer fits today's register. */
export function compareWithToday(ledger: Ledger, id: ApportionmentId): SheetComparison {
  const sheet = apportionmentOf(ledger, id)
  const coefficients = new Map<HouseholdId, number>()
  for (const { householdId, coefficientMilli } of sheet.rows) {
    if (coefficientMilli !== null) coefficients.set(householdId, coefficientMilli)
  }
  const today = previewApportionment(ledger, { ...sheet, coefficients })
  const earlier = sideOfSheet(sheet)
  const present = today.households.map(({ householdId, address }, index): ComparedHousehold => {
    const after = sideOfToday(today, index)
    const known = earlier.get(householdId)
    if (known === undefined) return { householdId, address, state: 'joined', before: null, after }
    const { address: _address, ...before } = known
    return { householdId, address, state: isSame(before, after) ? 'same' : 'changed', before, after }
  })
  const now = new Set(present.map(({ householdId }) => householdId))
  const gone = [...earlier].filter(([householdId]) => !now.has(householdId))
    .map(([householdId, { address, ...before }]): ComparedHousehold =>
      ({ householdId, address, state: 'left', before, after: null }))
  const rows = [...present, ...gone]
  const countOf = (state: ComparedState): number => rows.filter((row) => row.state === state).length
  const { complexId, title, asOf, basis, askedFen, totalFen } = sheet
  return {
    sheet: { id, complexId, title, asOf, basis, askedFen, totalFen },
    totalFen: today.totalFen,
    counts: { same: countOf('same'), changed: countOf('changed'), joined: countOf('joined'), left: countOf('left') },
    rows,
  }
}

/**
 * The area of a household by what says so, and which of them counts: the registered one, without it the surveyed one, without
 * that the one of the sale contract (建筑物区分所有权司法解释 2020 art. 8).
 */
import { divideRoundHalfUp, fenFromBigInt, subtractFen, type Fen } from '../money.ts'
import type { BusinessDate } from '../calendar.ts'

/** In the order in which they count. */
export const AREA_SOURCES = ['certificate', 'survey', 'contract'] as const
export type AreaSource = (typeof AREA_SOURCES)[number]
export const AREA_SOURCE_WORD: Readonly<Record<AreaSource, string>> = {
  certificate: '产权登记面积', survey: '测绘面积', contract: '合同面积',
}

export type SourcedArea = {
  readonly source: AreaSource
  readonly areaDm2: number
  readonly onDate: BusinessDate
  /** Number of the certificate, report or contract. */
  readonly basis: string
}

/** The newest of each source, in the order in which they count. `areas` oldest first. */
export function newestAreas<Area extends SourcedArea>(areas: readonly Area[]): readonly Area[] {
  return AREA_SOURCES.flatMap((source) => {
    const newest = areas.findLast((area) => area.source === source)
    return newest === undefined ? [] : [newest]
  })
}

export function countingArea<Area extends SourcedArea>(areas: readonly Area[]): Area | null {
  return newestAreas(areas)[0] ?? null
}

/** What a first contribution by area comes to (165号令 art. 7): dm² × fen per m², half a fen and more rounded up. */
export function contributionByArea(areaDm2: number, rateFen: Fen): Fen {
  return fenFromBigInt(divideRoundHalfUp(BigInt(areaDm2) * BigInt(rateFen), 100n))
}

export type AreaSettlement = {
  /** First contribution by the standing and by the counting area. */
  readonly beforeFen: Fen
  readonly afterFen: Fen
  /** + still to be paid in, − too much was: against what was paid. */
  readonly settleFen: Fen
}

/**
 * The first contribution settled by the area that counts (多退少补). Only where it was reckoned by area at a known rate: one by
 * price or agreed as a sum does not follow the area, and is null.
 */
export function settleByArea(
  { standingDm2, countingDm2, rateFen, firstDueFen, paidFen }: {
    readonly standingDm2: number
    readonly countingDm2: number
    readonly rateFen: Fen | null
    readonly firstDueFen: Fen | null
    readonly paidFen: Fen
  },
): AreaSettlement | null {
  if (rateFen === null) return null
  const beforeFen = contributionByArea(standingDm2, rateFen)
  if (firstDueFen !== null && firstDueFen !== beforeFen) return null
  const afterFen = contributionByArea(countingDm2, rateFen)
  return { beforeFen, afterFen, settleFen: subtractFen(afterFen, paidFen) }
}

/**
 * Builder's warranty (保修): inside it the builder repairs and pays, and the fund must not (165号令 art. 18, 25).
 * Minimum periods stand in 建设工程质量管理条例 art. 40; parties may agree longer ones, so periods are parameters.
 */
import { addMonths, type BusinessDate } from '../calendar.ts'
import { Problem } from '../problem.ts'

export type Season = { readonly from: BusinessDate; readonly to: BusinessDate }

export type WarrantyTerm =
  | { readonly kind: 'months'; readonly months: number }
  /** Heating and cooling are counted in seasons, not years. */
  | {
      readonly kind: 'seasons'
      readonly count: number
      /** Local table of heating or cooling seasons; it is announced yearly. */
      readonly seasons: readonly Season[]
      /** Whether a season already running at acceptance counts as one of them. */
      readonly partialSeasonCounts: boolean
    }
  /** Structure: the design life; anything else: as the contract says. */
  | { readonly kind: 'until'; readonly lastDay: BusinessDate }

/**
 * Last covered day, from the day the works passed completion acceptance: the corresponding day, or the month's end
 * where there is none (民法典 art. 201–202). The holiday shift of art. 203 is for acts to be done, not for cover.
 */
export function warrantyLastDay(accepted: BusinessDate, term: WarrantyTerm): BusinessDate {
  if (term.kind === 'until') return term.lastDay
  if (term.kind === 'months') return addMonths(accepted, term.months)
  const counted = term.seasons
    .filter((season) => (term.partialSeasonCounts ? season.to >= accepted : season.from >= accepted))
    .sort((a, b) => (a.from < b.from ? -1 : 1))
  const last = counted[term.count - 1]
  if (last === undefined) {
    throw new Problem({
      code: 'warranty.seasons',
      message: `${accepted} 之后登记的供暖（供冷）期不足 ${term.count} 个：请先补全当地供暖（供冷）期`,
      field: 'seasons',
    })
  }
  return last.to
}

export function inWarranty(claimedOn: BusinessDate, accepted: BusinessDate, term: WarrantyTerm): boolean {
  return claimedOn >= accepted && claimedOn <= warrantyLastDay(accepted, term)
}

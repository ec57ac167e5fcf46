/**
 * Quotes that look agreed beforehand (南京江宁天地新城: more than 65 % of unit prices equal): the same bidder under two names, equal
 * totals, or totals closer together than independent bidders come.
 */
import type { ComplexId, RepairId } from '../id.ts'
import { formatYuan, type Fen } from '../money.ts'
import type { RateMicro } from '../rate.ts'
import { comparePercent } from '../repair/threshold.ts'
import { findingOf, type Finding } from './finding.ts'
import { checkRule } from './rules.ts'

export type Quote = {
  readonly bidder: string
  readonly amountFen: Fen
  /** Phone and bank account as digits; '' when not given. Two bidders who share one are one. */
  readonly phone: string
  readonly bankAccount: string
}

export type QuotedRepair = {
  readonly id: RepairId
  readonly number: string
  readonly complexId: ComplexId
  readonly quotes: readonly Quote[]
}

/** `spread`: highest over lowest less than this percent apart is suspicious from three quotes on. */
export function findSimilarQuotes(repairs: readonly QuotedRepair[], spread: RateMicro): readonly Finding[] {
  return repairs.flatMap((repair) => {
    const signs = [...sharedBy(repair.quotes, 'phone', '电话'), ...sharedBy(repair.quotes, 'bankAccount', '银行账号')]
    const amounts = repair.quotes.map(({ amountFen }) => amountFen)
    const lowest = Math.min(...amounts)
    const highest = Math.max(...amounts)
    if (amounts.length >= 2 && new Set(amounts).size < amounts.length) signs.push('有报价完全相同')
    else if (amounts.length >= 3 && comparePercent(highest - lowest, lowest, spread) < 0) signs.push('各家报价过于接近')
    if (signs.length === 0) return []
    return [findingOf({
      rule: 'repair.similarQuotes',
      level: checkRule('repair.similarQuotes').level,
      complexId: repair.complexId,
      message:
        `${repair.number} ${signs.join('，')}（${repair.quotes.map(inWords).join('；')}）；请核对报价单位是否独立`,
      amountFen: null,
      links: [{ kind: 'repair', id: repair.id, label: repair.number }],
    })]
  })
}

function inWords({ bidder, amountFen }: Quote): string {
  return `${bidder} ${formatYuan(amountFen)} 元`
}

function sharedBy(quotes: readonly Quote[], field: 'phone' | 'bankAccount', word: string): string[] {
  const groups = Map.groupBy(quotes.filter((quote) => quote[field] !== ''), (quote) => quote[field])
  return [...groups.values()]
    .filter((group) => new Set(group.map(({ bidder }) => bidder)).size > 1)
    .map((group) => `${group.map(({ bidder }) => bidder).join('、')} ${word}相同`)
}

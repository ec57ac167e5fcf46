/**
 * Quotes that look agreed beforehand (南京江宁天地新城: more than 65 % of unit prices equal): the same bidder under two names, equal
 * totals, totals closer together than independent bidders come, or for one job nothing but round sums, which no quantities give.
 */
import type { ComplexId, TenderId } from '../id.ts'
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

export type QuotedTender = {
  readonly id: TenderId
  readonly number: string
  /** Null: a tender for every complex. */
  readonly complexId: ComplexId | null
  /** Whether they are for one job and not for a term: a job's quote adds up quantities. */
  readonly isForJob: boolean
  readonly quotes: readonly Quote[]
}

/** Two bidders may come close, or both round, by chance. */
const ENOUGH_TO_COMPARE = 3
/** 1,000.00 yuan. */
const ROUND_FEN = 100_000

/** `spread`: highest over lowest less than this percent apart is suspicious from three quotes on. */
export function findSimilarQuotes(tenders: readonly QuotedTender[], spread: RateMicro): readonly Finding[] {
  return tenders.flatMap((tender) => {
    const signs = [...sharedBy(tender.quotes, 'phone', '电话'), ...sharedBy(tender.quotes, 'bankAccount', '银行账号')]
    const amounts = tender.quotes.map(({ amountFen }) => amountFen)
    const lowest = Math.min(...amounts)
    const highest = Math.max(...amounts)
    if (amounts.length >= 2 && new Set(amounts).size < amounts.length) signs.push('有报价完全相同')
    else if (amounts.length >= ENOUGH_TO_COMPARE && comparePercent(highest - lowest, lowest, spread) < 0) signs.push('各家报价过于接近')
    const areRound = tender.isForJob && amounts.length >= ENOUGH_TO_COMPARE && amounts.every((amount) => amount % ROUND_FEN === 0)
    if (areRound) signs.push('各家报价都是整千元')
    if (signs.length === 0) return []
    return [findingOf({
      rule: 'repair.similarQuotes',
      level: checkRule('repair.similarQuotes').level,
      complexId: tender.complexId,
      message:
        `${tender.number} ${signs.join('，')}（${tender.quotes.map(inWords).join('；')}）；请核对报价单位是否独立`,
      amountFen: null,
      links: [{ kind: 'tender', id: tender.id, label: tender.number }],
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

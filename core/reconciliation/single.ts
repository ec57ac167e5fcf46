/** One bank line and one book line of the same amount: the best of the nearest, automatic only when unique from both sides. */
import type { Desk } from './desk.ts'
import { BOUNDS, type BankItem, type BookItem, type Match } from './item.ts'
import { indexBy, nearestIn, type DatedIndex } from './nearest.ts'
import { BEST_OF_STRANGERS, fitInWords, fitOf, type Fit, type Prepared } from './score.ts'

type Line = Prepared<BankItem> | Prepared<BookItem>
type Candidate<Other> = { readonly other: Other; readonly fit: Fit }
type Best<Other> = { readonly first: Candidate<Other>; readonly isUnique: boolean; readonly rivals: number }
type Indexes<Other> = { readonly byAmount: DatedIndex<Other>; readonly byParty: DatedIndex<Other> }

function indexesOf<Other extends Line>(lines: readonly Other[]): Indexes<Other> {
  return { byAmount: indexBy(lines, ({ amountKey }) => amountKey), byParty: indexBy(lines, ({ partyKey }) => partyKey) }
}

/** Of the same party first, then of the amount alone: a party further off in days must not be hidden by strangers nearby. */
function bestOf<Mine extends Line, Other extends Line>(
  mine: Mine,
  { byAmount, byParty }: Indexes<Other>,
  isFree: (line: Other) => boolean,
  fit: (mine: Mine, other: Other) => Fit,
): Best<Other> | null {
  const bounds = { days: BOUNDS.days, most: BOUNDS.nearest }
  const ofParty = mine.partyKey === null ? [] : nearestIn(byParty.get(mine.partyKey), mine.day, bounds, isFree)
  const own = bestAmong(null, ofParty, (other) => fit(mine, other))
  if (own !== null && own.first.fit.score > BEST_OF_STRANGERS) return own
  const near = nearestIn(byAmount.get(mine.amountKey), mine.day, bounds, isFree)
  return bestAmong(own, near.filter((other) => !ofParty.includes(other)), (other) => fit(mine, other))
}

function bestAmong<Other>(
  before: Best<Other> | null,
  others: readonly Other[],
  fit: (other: Other) => Fit,
): Best<Other> | null {
  return others.reduce((best, other): Best<Other> | null => {
    const candidate = { other, fit: fit(other) }
    if (best === null || candidate.fit.score > best.first.fit.score) return { first: candidate, isUnique: true, rivals: 0 }
    return candidate.fit.score === best.first.fit.score ? { ...best, isUnique: false, rivals: best.rivals + 1 } : best
  }, before)
}

function matchOf(bank: BankItem, book: BookItem, fit: Fit, rivals: number): Match {
  const others = rivals === 0 ? '' : `；另有 ${rivals} 笔同样合适，请人工选择`
  return { kind: 'single', bank: [bank], book: [book], score: fit.score, reason: `${fitInWords(fit)}${others}` }
}

/** Twice: what the first round settles leaves others with a unique best. */
export function settleSingles(desk: Desk): void {
  lookThrough(desk, 'settle')
  lookThrough(desk, 'settle')
}

/** What is left, each line in one proposal at most. */
export function proposeSingles(desk: Desk): void {
  lookThrough(desk, 'propose')
}

function lookThrough(desk: Desk, outcome: 'settle' | 'propose'): void {
  const bank = desk.bank.filter((one) => !desk.isBankTaken(one))
  const bankIndexes = indexesOf(bank)
  const bookIndexes = indexesOf(desk.book.filter((one) => !desk.isBookTaken(one)))
  const freeBank = (one: Prepared<BankItem>): boolean => !desk.isBankTaken(one)
  const freeBook = (one: Prepared<BookItem>): boolean => !desk.isBookTaken(one)
  for (const mine of bank) {
    if (desk.isBankTaken(mine)) continue
    const best = bestOf(mine, bookIndexes, freeBook, fitOf)
    if (best === null) continue
    const { other: book, fit } = best.first
    const back = bestOf(book, bankIndexes, freeBank, (one, other) => fitOf(other, one))
    if (back === null || back.first.fit.score !== fit.score) continue
    const isUnique = best.isUnique && back.isUnique
    if (outcome === 'propose') {
      desk.propose(matchOf(mine.item, book.item, fit, Math.max(best.rivals, back.rivals)), [mine], [book])
    } else if (isUnique && fit.score >= BOUNDS.automatic) {
      desk.settle(matchOf(mine.item, book.item, fit, 0), [mine], [book])
    }
  }
}

/**
 * One line against several: a day's takings paid in as one amount, one instruction the bank carried out in parts. First whole
 * bundles (a voucher's lines, a party's lines of one day), found by their sum; then parts chosen from the nearest lines, within
 * stated bounds.
 */
import { addFen, type Fen } from '../money.ts'
import type { Desk } from './desk.ts'
import { BOUNDS, type BankItem, type BookItem, type Match } from './item.ts'
import { indexBy, nearestIn, type DatedIndex } from './nearest.ts'
import { daysInWords, type Prepared } from './score.ts'
import { subsetSum } from './subset.ts'

type Line = Prepared<BankItem> | Prepared<BookItem>
type Bundle<Of> = {
  readonly parts: readonly Of[]
  readonly sumFen: Fen
  readonly day: number
  readonly index: number
  readonly party: string
}

/** The one line, and where its parts are looked for. */
type Side<One extends Line, Part extends Line> = {
  readonly ones: readonly One[]
  readonly parts: readonly Part[]
  readonly isOneTaken: (one: One) => boolean
  readonly isPartTaken: (part: Part) => boolean
  readonly finish: (one: One, parts: readonly Part[], score: number, reason: string, isCertain: boolean) => void
  /** Lines that belong together by the record itself. */
  readonly recordOf: (part: Part) => string | null
}

function bundlesOf<Part extends Line>(parts: readonly Part[], keyOf: (part: Part) => string | null): readonly Bundle<Part>[] {
  const groups = new Map<string, Part[]>()
  for (const part of parts) {
    const key = keyOf(part)
    if (key === null) continue
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [part])
    else group.push(part)
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    if (first === undefined || group.length < 2 || group.length > MOST_IN_BUNDLE) return []
    const party = group.every((part) => part.party === first.party) ? first.party : ''
    const sumFen = addFen(...group.map(({ item }) => item.amountFen))
    return [{ parts: group, sumFen, day: first.day, index: first.index, party }]
  })
}

/** A whole day of a busy gate may be paid in at once. */
const MOST_IN_BUNDLE = 200

const AMOUNT = 40
const DATE = 25
const PARTY = 20
const TOGETHER = 10

function scoreOf(days: number, one: string, part: string, isTogether: boolean): number {
  const nearness = Math.max(0, 1 - days / (BOUNDS.groupDays + 1))
  const party = one !== '' && one === part ? PARTY : one === '' || part === '' ? PARTY / 2 : 0
  return AMOUNT + Math.round(DATE * nearness) + party + (isTogether ? TOGETHER : 0)
}

function joinBundles<One extends Line, Part extends Line>(side: Side<One, Part>, isLast: boolean): void {
  const free = side.parts.filter((part) => !side.isPartTaken(part))
  const sign = (part: Part): string => (part.item.amountFen < 0 ? '-' : '+')
  const bundles = [
    ...bundlesOf(free, side.recordOf),
    ...bundlesOf(free, (part) => (part.party === '' ? null : `${part.day}|${sign(part)}|${part.party}`)),
  ]
  const bySum = indexBy(bundles, ({ sumFen }) => String(sumFen))
  const bounds = { days: BOUNDS.groupDays, most: BOUNDS.pool }
  for (const one of side.ones) {
    if (side.isOneTaken(one)) continue
    const bucket = bySum.get(String(one.item.amountFen))
    const fitting = nearestIn(bucket, one.day, bounds, (bundle) => !bundle.parts.some(side.isPartTaken))
      .map((bundle) => ({ bundle, score: scoreOf(Math.abs(bundle.day - one.day), one.party, bundle.party, true) }))
      .toSorted((a, b) => b.score - a.score)
    const [best] = fitting
    if (best === undefined) continue
    // The lines of one voucher may also be all a party's lines of that day: the same bundle twice is no rival.
    const rival = fitting.find(({ bundle, score }) =>
      score === best.score && !bundle.parts.every((part) => best.bundle.parts.includes(part)))
    const isCertain = rival === undefined && best.score >= BOUNDS.automatic
    if (!isCertain && !isLast) continue
    const { parts } = best.bundle
    side.finish(one, parts, best.score, `${parts.length} 笔合计相等，${daysInWords(Math.abs(best.bundle.day - one.day))}`, isCertain)
  }
}

function chooseParts<One extends Line, Part extends Line>(side: Side<One, Part>, isLast: boolean): void {
  const free = side.parts.filter((part) => !side.isPartTaken(part))
  const sign = (line: Line): string => (line.item.amountFen < 0 ? '-' : '+')
  const byParty = indexBy(free, (part) => (part.party === '' ? null : `${sign(part)}|${part.party}`))
  const bySign = indexBy(isLast ? free : [], sign)
  for (const one of side.ones) {
    if (side.isOneTaken(one)) continue
    const ofParty = one.party === '' ? null : partsFor(one, byParty, `${sign(one)}|${one.party}`, side)
    const found = ofParty ?? (isLast ? partsFor(one, bySign, sign(one), side) : null)
    if (found === null) continue
    const isCertain = found === ofParty && found.isUnique
    if (!isCertain && !isLast) continue
    const days = Math.max(...found.parts.map((part) => Math.abs(part.day - one.day)))
    const party = found.parts.every((part) => part.party === one.party) ? one.party : ''
    const score = Math.min(scoreOf(days, one.party, party, false), isCertain ? 100 : BOUNDS.automatic - 1)
    const doubt = isCertain ? '' : '；金额凑得上不等于就是它们，请人工核对'
    side.finish(one, found.parts, score, `${found.parts.length} 笔合计相等，${daysInWords(days)}${doubt}`,
      isCertain && score >= BOUNDS.automatic)
  }
}

function partsFor<One extends Line, Part extends Line>(
  one: One,
  index: DatedIndex<Part>,
  key: string,
  side: Side<One, Part>,
): { readonly parts: readonly Part[]; readonly isUnique: boolean } | null {
  const target = Math.abs(one.item.amountFen)
  const bounds = { days: BOUNDS.groupDays, most: BOUNDS.pool }
  const pool = nearestIn(index.get(key), one.day, bounds, (part) =>
    !side.isPartTaken(part) && Math.abs(part.item.amountFen) < target)
  const sums = subsetSum(pool.map(({ item }) => Math.abs(item.amountFen)), target, BOUNDS)
  if (sums.kind === 'none') return null
  // A full pool may have left a line out: what was found need not be the only way.
  const isUnique = sums.kind === 'unique' && pool.length < BOUNDS.pool
  return { parts: sums.chosen.flatMap((place) => pool[place] ?? []), isUnique }
}

function put(
  desk: Desk,
  match: Match,
  bank: readonly Prepared<BankItem>[],
  book: readonly Prepared<BookItem>[],
  isCertain: boolean,
): void {
  if (isCertain) desk.settle(match, bank, book)
  else desk.propose(match, bank, book)
}

export function matchGroups(desk: Desk, isLast: boolean): void {
  const bankIntoBook: Side<Prepared<BankItem>, Prepared<BookItem>> = {
    ones: desk.bank, parts: desk.book, isOneTaken: desk.isBankTaken, isPartTaken: desk.isBookTaken,
    recordOf: ({ item }) => `${item.voucherId}`,
    finish: (one, parts, score, reason, isCertain) => put(desk,
      { kind: 'oneToMany', bank: [one.item], book: parts.map(({ item }) => item), score, reason }, [one], parts, isCertain),
  }
  const bookIntoBank: Side<Prepared<BookItem>, Prepared<BankItem>> = {
    ones: desk.book, parts: desk.bank, isOneTaken: desk.isBookTaken, isPartTaken: desk.isBankTaken,
    recordOf: () => null,
    finish: (one, parts, score, reason, isCertain) => put(desk,
      { kind: 'manyToOne', bank: parts.map(({ item }) => item), book: [one.item], score, reason }, parts, [one], isCertain),
  }
  joinBundles(bankIntoBook, isLast)
  joinBundles(bookIntoBank, isLast)
  chooseParts(bankIntoBook, isLast)
  chooseParts(bookIntoBank, isLast)
}

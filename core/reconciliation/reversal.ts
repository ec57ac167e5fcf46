/** Two lines of one side that cancel each other: the bank's 冲正 and what it takes back; a red voucher and its original. */
import { negateFen } from '../money.ts'
import type { Desk } from './desk.ts'
import { BOUNDS, type BankItem, type BookItem, type Match } from './item.ts'
import { indexBy, nearestIn, type DatedIndex } from './nearest.ts'
import { daysInWords, type Prepared } from './score.ts'

/** Certain by its own words; what other vouchers or lines say does not matter. */
const CERTAIN = 95
const LIKELY = 60

const byAmount = ({ amountKey }: Prepared<BankItem> | Prepared<BookItem>): string => amountKey

/**
 * The bank's reversal with the line it takes back. Where the book has a line of the reversal's own amount, both were booked, and
 * each finds its own match.
 */
export function pairBankReversals(desk: Desk): void {
  const reversals = desk.bank.filter(({ item }) => item.isReversal)
  if (reversals.length === 0) return
  const bank = indexBy(desk.bank.filter(({ item }) => !item.isReversal), byAmount)
  const book = indexBy(desk.book, byAmount)
  for (const reversal of reversals) {
    if (isBooked(book, reversal, desk.isBookTaken)) continue
    const opposite = bank.get(String(negateFen(reversal.item.amountFen)))
    const bounds = { days: BOUNDS.pairDays, most: BOUNDS.nearest }
    const found = nearestIn(opposite, reversal.day, bounds, (one) =>
      !desk.isBankTaken(one) && mayBeSame(one.party, reversal.party))
    const earlier = found.filter((one) => one.day < reversal.day || (one.day === reversal.day && one.index < reversal.index))
    const [best, rival] = (earlier.length > 0 ? earlier : found)
      .toSorted((a, b) => Math.abs(reversal.day - a.day) - Math.abs(reversal.day - b.day) || b.index - a.index)
    if (best === undefined) continue
    const days = Math.abs(reversal.day - best.day)
    const isUnique = rival === undefined || Math.abs(reversal.day - rival.day) > days
    const reason = `银行冲正与原交易金额相反，${daysInWords(days)}，相互抵销`
    const match: Match = {
      kind: 'bankReversal', bank: [best.item, reversal.item], book: [], score: isUnique ? CERTAIN : LIKELY,
      reason: isUnique ? reason : `${reason}；同日另有同额交易，请人工选择`,
    }
    const lines = [best, reversal]
    if (isUnique) desk.settle(match, lines, [])
    else desk.propose(match, lines, [])
  }
}

function mayBeSame(a: string, b: string): boolean {
  return a === '' || b === '' || a === b
}

function isBooked<Line extends Prepared<BankItem> | Prepared<BookItem>>(
  index: DatedIndex<Line>,
  { amountKey, day }: Prepared<BankItem> | Prepared<BookItem>,
  isTaken: (line: Line) => boolean,
): boolean {
  const bounds = { days: BOUNDS.days, most: 1 }
  return nearestIn(index.get(amountKey), day, bounds, (one) => !isTaken(one)).length > 0
}

/** A red voucher with its original, unless the bank really gave the money back. */
export function pairBookReversals(desk: Desk): void {
  const red = desk.book.filter(({ item }) => item.reversesVoucherId !== null)
  if (red.length === 0) return
  const originals = Map.groupBy(desk.book, ({ item }) => item.voucherId)
  const bank = indexBy(desk.bank, byAmount)
  for (const reversal of red) {
    if (desk.isBookTaken(reversal) || isBooked(bank, reversal, desk.isBankTaken)) continue
    const wanted = negateFen(reversal.item.amountFen)
    const original = originals
      .get(reversal.item.reversesVoucherId ?? 0)
      ?.find((one) => one.item.amountFen === wanted && !desk.isBookTaken(one))
    if (original === undefined) continue
    const match: Match = {
      kind: 'bookReversal', bank: [], book: [original.item, reversal.item], score: CERTAIN, reason: '红字冲销与原凭证相互抵销',
    }
    desk.settle(match, [], [original, reversal])
  }
}

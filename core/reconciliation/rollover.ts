/**
 * What a renewed certificate leaves on the current account: no row at all, principal in and out on one day, or the interest
 * alone; and the book may have written it in any of these ways. So nets are compared: of a day's pair of bank rows, of a
 * deposit voucher's lines.
 */
import { addFen, type Fen } from '../money.ts'
import type { Desk } from './desk.ts'
import { BOUNDS, type BankItem, type BookItem, type Match } from './item.ts'
import { daysInWords, type Prepared } from './score.ts'

const DEPOSIT_WORDS = ['转存', '定期', '存单', '证实书', '到期', '支取', '本金', '存款', '续存']

type Bank = Prepared<BankItem>
type Book = Prepared<BookItem>
type Net<Of> = { readonly lines: readonly Of[]; readonly netFen: Fen; readonly day: number }

function netOf<Of extends Bank | Book>(lines: readonly Of[]): Net<Of> {
  return { lines, netFen: addFen(...lines.map(({ item }) => item.amountFen)), day: Math.max(...lines.map(({ day }) => day)) }
}

/** The free lines of each voucher that moves a term deposit. */
function depositVouchers(desk: Desk): readonly Net<Book>[] {
  const lines = desk.book.filter((one) => one.item.isDeposit && !desk.isBookTaken(one))
  return [...Map.groupBy(lines, ({ item }) => item.voucherId).values()].map(netOf)
}

/** Money in and money out on one day, about a deposit by the bank's own words. */
function depositPairs(desk: Desk): readonly Net<Bank>[] {
  const lines = desk.bank.filter((one) => !desk.isBankTaken(one) && DEPOSIT_WORDS.some((word) => one.item.memo.includes(word)))
  return [...Map.groupBy(lines, ({ day }) => day).values()].flatMap((ofDay) => {
    const ins = ofDay.filter(({ item }) => item.amountFen > 0)
    const outs = ofDay.filter(({ item }) => item.amountFen < 0)
    const [into] = ins
    const [out] = outs
    // Two renewals on one day cannot be told apart here; the clerk joins them by hand.
    return into === undefined || out === undefined || ins.length > 1 || outs.length > 1 ? [] : [netOf([into, out])]
  })
}

const SCORE = 90

export function matchRollovers(desk: Desk): void {
  const pairs = depositPairs(desk)
  const vouchers = depositVouchers(desk)
  const used = new Set<Net<Book>>()
  const near = (bank: Net<Bank>): readonly Net<Book>[] => vouchers.filter((one) =>
    !used.has(one) && one.netFen === bank.netFen && Math.abs(one.day - bank.day) <= BOUNDS.pairDays)
  const join = (bank: Net<Bank>, what: string): void => {
    const [voucher, ...others] = near(bank)
    if (voucher === undefined) return
    used.add(voucher)
    const days = daysInWords(Math.abs(voucher.day - bank.day))
    finish(desk, bank.lines, voucher.lines, `${what}，净额与存单凭证相等，${days}`, others.length === 0)
  }
  for (const pair of pairs) {
    join(pair, '定期转存：银行当日一收一付')
    if (pair.netFen === 0 && pair.lines.every((one) => !desk.isBankTaken(one))) {
      finish(desk, pair.lines, [], '定期转存：本金当日一进一出，活期没有净变动', true)
    }
  }
  const interests = desk.bank.filter((one) => !desk.isBankTaken(one) && one.item.amountFen > 0)
  const byAmount = Map.groupBy(vouchers.filter((one) => one.lines.length > 1), ({ netFen }) => netFen)
  for (const one of interests) if (byAmount.has(one.item.amountFen)) join(netOf([one]), '定期转存：银行只进利息')
  // Without a later bank line nobody knows whether the bank has been silent or has not spoken yet.
  const lastDay = desk.bank.reduce((last, { day }) => Math.max(last, day), -Infinity)
  for (const voucher of vouchers) {
    if (used.has(voucher) || voucher.netFen !== 0 || voucher.lines.length < 2 || voucher.day > lastDay) continue
    finish(desk, [], voucher.lines, '定期转存：银行内部办理，活期没有流水', true)
  }
}

function finish(desk: Desk, bank: readonly Bank[], book: readonly Book[], reason: string, isUnique: boolean): void {
  const match: Match = {
    kind: 'rollover', bank: bank.map(({ item }) => item), book: book.map(({ item }) => item),
    score: isUnique ? SCORE : BOUNDS.automatic - 1, reason: isUnique ? reason : `${reason}；另有同样合适的凭证，请人工选择`,
  }
  if (isUnique) desk.settle(match, bank, book)
  else desk.propose(match, bank, book)
}

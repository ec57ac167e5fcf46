/** How well a bank line and a book line of the same amount fit: date, party, memo, reference; 0–100, with the reason in words. */
import { dayNumber, type BusinessDate } from '../calendar.ts'
import { matchName } from '../party-name.ts'
import { BOUNDS, type BankItem, type BookItem } from './item.ts'

/** An item with what the comparison needs worked out once. */
export type Prepared<Of> = {
  readonly item: Of
  /** Place in the list given. */
  readonly index: number
  readonly day: number
  readonly party: string
  readonly memo: string
  /** Under which it is looked up: its amount, and its amount and party together. */
  readonly amountKey: string
  readonly partyKey: string | null
}

export function prepare<Of extends BankItem | BookItem>(items: readonly Of[]): readonly Prepared<Of>[] {
  const names = new Map<string, string>()
  const nameOf = (text: string): string => {
    const known = names.get(text)
    if (known !== undefined) return known
    const name = matchName(text)
    names.set(text, name)
    return name
  }
  const days = new Map<string, number>()
  const dayOf = (date: BusinessDate): number => {
    const known = days.get(date)
    if (known !== undefined) return known
    const day = dayNumber(date)
    days.set(date, day)
    return day
  }
  return items.map((item, index) => {
    const party = nameOf(item.party)
    const amountKey = String(item.amountFen)
    return {
      item, index, day: dayOf(item.date), party, memo: nameOf(item.memo), amountKey,
      partyKey: party === '' ? null : `${amountKey}|${party}`,
    }
  })
}

/** 40 for the amount, which is a condition; the rest tells equal amounts apart. */
const AMOUNT = 40
const DATE = 25
const PARTY = 20
const MEMO = 10
const REFERENCE = 5

/** What a line can reach at most without its party's name: above it, strangers need not be looked at. */
export const BEST_OF_STRANGERS = AMOUNT + DATE + PARTY / 2 + MEMO + REFERENCE

/** A serial shorter than this occurs in other numbers by chance. */
const LEAST_SERIAL = 4

function sharesWords(a: string, b: string): boolean {
  if (a === '' || b === '') return false
  if (a.includes(b) || b.includes(a)) return true
  // Three characters in a row: 停车费, 电梯广; two would be 收到 and 支付.
  for (let start = 0; start + 3 <= a.length; start += 1) if (b.includes(a.slice(start, start + 3))) return true
  return false
}

export type Fit = { readonly score: number; readonly days: number; readonly sameParty: boolean; readonly sameMemo: boolean }

export function fitOf(bank: Prepared<BankItem>, book: Prepared<BookItem>): Fit {
  const days = Math.abs(bank.day - book.day)
  const sameParty = bank.party !== '' && (bank.party === book.party || (book.party === '' && book.memo.includes(bank.party)))
  const differs = bank.party !== '' && book.party !== '' && !sameParty
  const sameMemo = sharesWords(bank.memo, book.memo)
  const { serial } = bank.item
  const sameReference = serial.length >= LEAST_SERIAL && book.item.memo.includes(serial)
  const nearness = Math.max(0, 1 - days / (BOUNDS.days + 1))
  const score = AMOUNT + Math.round(DATE * nearness) + (sameParty ? PARTY : differs ? 0 : PARTY / 2)
    + (sameMemo ? MEMO : 0) + (sameReference ? REFERENCE : 0)
  return { score, days, sameParty, sameMemo }
}

export function daysInWords(days: number): string {
  return days === 0 ? '同日' : `相差 ${days} 天`
}

export function fitInWords({ days, sameParty, sameMemo }: Fit): string {
  return ['金额相等', daysInWords(days), ...(sameParty ? ['对方户名相同'] : []), ...(sameMemo ? ['摘要相近'] : [])].join('，')
}

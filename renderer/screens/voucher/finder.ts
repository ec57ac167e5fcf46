/** Ctrl+K: vouchers of the book in the scope by number, amount or words. */
import { voucherWord } from '#core/voucher/voucher.ts'
import { client } from '../../client.ts'
import { voucherText } from '../../messages/voucher.ts'
import type { Finder } from '../../frame/finders.ts'
import { yuanText } from '../../parts/money.tsx'

const FOUND = 6

export const findVouchers: Finder = async (text, { bookId, range }) => {
  if (bookId === undefined) return []
  const vouchers = await client.voucher.find.query({ bookId, text, from: range.first, to: range.last, limit: FOUND })
  return vouchers.map(({ id, kind, number, date, summary, amountFen }) => ({
    key: `voucher-${id}`,
    icon: 'vouchers' as const,
    title: `${voucherWord(kind, number)} ${summary}`,
    note: `${voucherText.finder.note} ${date} ${yuanText(amountFen)}`,
    target: { screen: 'vouchers' as const, path: [id] },
  }))
}

/**
 * Spending of the fund without a repair's whole path behind it, for tests about what spending does to books and statements: the
 * only lawful vouchers of that kind are corrections, so it is posted as a difference to the book's first voucher.
 */
import { idOf, type BookId, type VoucherId } from '#core/id.ts'
import type { Ledger } from '#db/ledger.ts'
import type { DraftFacts } from '#services/voucher/voucher-draft.ts'

export function asDifference(ledger: Ledger, bookId: BookId): Pick<DraftFacts, 'purpose' | 'correctsVoucherId' | 'reason'> {
  const first = ledger
    .prepare<[number], { id: VoucherId }>('SELECT id FROM voucher WHERE book_id = ? ORDER BY chain_no LIMIT 1')
    .get(bookId)
  if (first === undefined) throw new Error('a book needs a voucher before its difference')
  return { purpose: 'difference', correctsVoucherId: idOf<'voucher'>(first.id), reason: '维修支出记入了其他科目' }
}

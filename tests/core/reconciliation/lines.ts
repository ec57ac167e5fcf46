/** Short ways to write a bank's lines and a book's lines in tests. */
import { parseDate } from '#core/calendar.ts'
import { parseYuan } from '#core/money.ts'
import type { BankItem, BookItem, Match } from '#core/reconciliation/item.ts'

type Words = { readonly party?: string; readonly memo?: string }

let number = 0

export function bank(date: string, yuan: string, more: Words & { serial?: string; isReversal?: boolean } = {}): BankItem {
  number += 1
  return {
    id: number, date: parseDate(date), amountFen: parseYuan(yuan), party: more.party ?? '', memo: more.memo ?? '',
    serial: more.serial ?? '', isReversal: more.isReversal ?? false,
  }
}

export function book(
  date: string,
  yuan: string,
  more: Words & { voucher?: number; reverses?: number; isDeposit?: boolean } = {},
): BookItem {
  number += 1
  return {
    id: `${more.voucher ?? number}:${number}`, voucherId: more.voucher ?? number, reversesVoucherId: more.reverses ?? null,
    date: parseDate(date), amountFen: parseYuan(yuan), party: more.party ?? '', memo: more.memo ?? '',
    isDeposit: more.isDeposit ?? false,
  }
}

/** What a match joins, to compare with what it should join. */
export function joined(matches: readonly Match[]): readonly (readonly [readonly number[], readonly string[]])[] {
  return matches.map((match) => [match.bank.map(({ id }) => id).sort(), match.book.map(({ id }) => id).sort()])
}

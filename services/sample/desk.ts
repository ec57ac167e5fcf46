/**
 * The sample office's desk: four people and a clock that is turned to the day of each event. Everything in the sample goes
 * through the public services, so that it shows nothing a real office could not have entered.
 */
import type { BusinessDate } from '#core/calendar.ts'
import type { AccountId, BankAccountId, BookId, ComplexId, CounterpartyId, DecisionId, DraftId } from '#core/id.ts'
import type { Ledger } from '#db/ledger.ts'
import { storeAttachment } from '../attachment.ts'
import { accountByCode } from '../voucher/book.ts'
import type { Clock, ServiceContext } from '../context.ts'
import { openPeriodsThrough } from '../voucher/period.ts'
import { postDrafts, type PostedVoucher } from '../voucher/posting.ts'
import { reviewDraft } from '../voucher/voucher-draft.ts'
import type { SampleComplex, SampleData } from './data.ts'

export type TurnableClock = Clock & { set(instant: string): void }

export type SampleBooks = { readonly maintenance: BookId; readonly publicIncome: BookId; readonly dailyMaintenance: BookId }

export type SeatedComplex = {
  readonly data: SampleComplex
  readonly id: ComplexId
  readonly incomeBank: BankAccountId
  readonly fundBank: BankAccountId
  readonly dailyBank: BankAccountId | null
  /** The use plan of the year and the standing authorisation: what uses and top-ups rest on. */
  readonly decisionId: DecisionId
}

export type Desk = {
  readonly ledger: Ledger
  readonly clock: TurnableClock
  readonly data: SampleData
  readonly head: ServiceContext
  readonly preparer: ServiceContext
  readonly reviewer: ServiceContext
  readonly cashier: ServiceContext
  readonly books: SampleBooks
  readonly complexes: readonly SeatedComplex[]
  readonly party: (name: string) => CounterpartyId
}

/** Turns the clock to ten o'clock in China on that day. */
export function onDay(desk: Pick<Desk, 'clock'>, date: BusinessDate): void {
  desk.clock.set(`${date}T02:00:00.000Z`)
}

/** A source document in plain text; what it says follows from the event, so that it is the same on every build. */
export function paper(desk: Desk, name: string, text: string): string {
  return storeAttachment(desk.preparer, { name: `${name}.txt`, bytes: Buffer.from(`${name}\n${text}\n（示例凭据）\n`) }).sha256
}

/** Reviews and posts on the drafts' own day. */
export function post(desk: Desk, drafts: readonly DraftId[]): readonly PostedVoucher[] {
  for (const id of drafts) reviewDraft(desk.reviewer, id)
  return postDrafts(desk.head, drafts)
}

export function openMonths(desk: Desk, date: BusinessDate): void {
  for (const bookId of Object.values(desk.books)) openPeriodsThrough(desk.head, bookId, date)
}

export function accountId(desk: Desk, bookId: BookId, code: string): AccountId {
  return accountByCode(desk.ledger, bookId, code).id
}

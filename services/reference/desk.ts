/**
 * Who works in the reference office, and with what. Everything but the steps of repairs (repairs.ts) goes through the public
 * services: they turned out fast enough for four hundred thousand vouchers and eight million household entries, so that no second
 * way past them had to be written.
 */
import { parseDate, type BusinessDate, type Month } from '#core/calendar.ts'
import type {
  BankAccountId, BookId, BuildingId, CertificateId, ComplexId, CounterpartyId, DecisionId, DraftId, HouseholdId,
} from '#core/id.ts'
import { addFen, subtractFen, type Fen } from '#core/money.ts'
import type { Ledger } from '#db/ledger.ts'
import { storeAttachment } from '../attachment.ts'
import type { ServiceContext } from '../context.ts'
import type { TurnableClock } from '../sample/desk.ts'
import { postTicked } from '../voucher/fund-transfer.ts'
import { reviewDraft } from '../voucher/voucher-draft.ts'
import { draw, type PlannedComplex, type ReferenceScale } from './scale.ts'

/** A complex at work. What its two demand accounts hold is kept here as well, to place and pay no more than there is. */
export type SeatedComplex = PlannedComplex & {
  readonly id: ComplexId
  readonly incomeBank: BankAccountId
  readonly fundBank: BankAccountId
  readonly decisionId: DecisionId
  /** In the order of their codes. */
  readonly buildingIds: readonly BuildingId[]
  /** Numbers of its households go on from here, room by room. */
  readonly firstHousehold: HouseholdId
  incomeFen: Fen
  fundFen: Fen
  /** What came in less costs since the quarter began. */
  netFen: Fen
  /** Newest link of each chain. */
  readonly certificates: CertificateId[]
}

/** Where the companies of the reference city are paid. */
export const COMPANY_BANK = { bankName: '参照银行', bankAccount: '62003000000001' } as const

export type ReferenceDesk = {
  readonly ledger: Ledger
  readonly clock: TurnableClock
  readonly scale: ReferenceScale
  readonly head: ServiceContext
  readonly preparer: ServiceContext
  readonly reviewer: ServiceContext
  readonly maintenance: BookId
  readonly publicIncome: BookId
  /** Who repairs everything, and who supervises it. */
  readonly contractorId: CounterpartyId
  readonly supervisorId: CounterpartyId
  /** Repairs numbered so far, by year. */
  readonly jobsOfYear: Map<string, number>
  /** Of every complex's owners' meeting alike. */
  readonly decisionPaper: string
}

/** Ten o'clock in China on that day. */
export function turnTo({ clock }: Pick<ReferenceDesk, 'clock'>, date: BusinessDate): void {
  clock.set(`${date}T02:00:00.000Z`)
}

/**
 * A month's slips, invoices and certificates as one paper for the whole office: half a million files of their own would say
 * nothing about the ledger, and a good deal about the file system.
 */
export function monthlyPaper(desk: ReferenceDesk, month: Month): string {
  const bytes = Buffer.from(`${month} 银行回单、发票、存单汇总\n（参照办公室，虚构凭据）\n`)
  return storeAttachment(desk.preparer, { name: `${month} 凭据汇总.txt`, bytes }).sha256
}

/** Reviews and posts, linked pairs with both halves. */
export function post(desk: ReferenceDesk, drafts: readonly DraftId[]): void {
  if (drafts.length === 0) return
  for (const id of drafts) reviewDraft(desk.reviewer, id)
  postTicked(desk.head, drafts)
}

/** A day of the month that follows from the key; the last days are left to closing. */
export function dayIn(desk: ReferenceDesk, month: Month, ...key: readonly number[]): BusinessDate {
  return parseDate(`${month}-${String(1 + draw(desk.scale, 25, ...key)).padStart(2, '0')}`)
}

/** Months since the office began: what draws of a month are keyed by. */
export function monthNumber(month: Month): number {
  return Number(month.slice(0, 4)) * 12 + Number(month.slice(5))
}

export function receiveFund(complex: SeatedComplex, amountFen: Fen): void {
  complex.fundFen = addFen(complex.fundFen, amountFen)
}

export function payFund(complex: SeatedComplex, amountFen: Fen): void {
  complex.fundFen = subtractFen(complex.fundFen, amountFen)
}

/** A household's account: what it holds, what came and went in a span of time, and what it still owes. */
import { addDays, type BusinessDate } from '#core/calendar.ts'
import {
  firstContribution, movementOf, type ContributionDue, type HouseholdMovement, type MovedEntry,
} from '#core/household/household-account.ts'
import type { HouseholdBalance, HouseholdPart } from '#core/household/household-entry.ts'
import { householdAddress, type HouseholdOpening } from '#core/register/household.ts'
import type { BookId, ComplexId, HouseholdId, VoucherId } from '#core/id.ts'
import { addFen, subtractFen, ZERO_FEN, type Fen } from '#core/money.ts'
import { voucherWord, type VoucherKind } from '#core/voucher/voucher.ts'
import type { Ledger } from '#db/ledger.ts'
import { bookOfFund, listBooks } from '../voucher/book.ts'
import { complexOf } from '../register/complex.ts'
import { householdBalance, householdLedgerBegun, requireHouseholdLedger } from './household-entry.ts'
import { householdFactsOf, householdRow, openingOf, type HouseholdRow } from '../register/household-record.ts'
import { policyFor } from '../policy/policy.ts'

/** The maintenance book where the complex keeps a sub-ledger; null where it does not. */
export function subLedgerBook(ledger: Ledger, complexId: ComplexId): BookId | null {
  const book = listBooks(ledger).find(({ fundKind }) => fundKind === 'maintenance')
  return book !== undefined && householdLedgerBegun(ledger, book.id, complexId) ? book.id : null
}

/** Throws `household.notBegun`. */
export function requireSubLedger(ledger: Ledger, complexId: ComplexId): BookId {
  const bookId = bookOfFund(ledger, 'maintenance').id
  requireHouseholdLedger(ledger, bookId, complexId)
  return bookId
}

/**
 * SQL for a household `h` with its opening `o`: principal paid in and not given back. What the register brought along was paid
 * before the sub-ledger began; since then it is what went through 4001 and 5101. Self-funding (自筹) pays a repair, not the first
 * contribution.
 */
export const PAID_IN = `(coalesce(o.paid_fen, 0) + (SELECT coalesce(sum(e.amount_fen), 0)
  FROM household_entry e INDEXED BY household_entry_by_household
    JOIN voucher_line l ON l.voucher_id = e.voucher_id AND l.line_no = e.line_no JOIN account a ON a.id = l.account_id
  WHERE e.household_id = h.id AND e.part IN ('principal', 'sellerPrincipal') AND substr(a.code, 1, 4) IN ('4001', '5101'))
  - (SELECT coalesce(sum(r.amount_fen), 0) FROM self_funding_claim c JOIN self_funding_receipt r ON r.claim_id = c.id
       JOIN voucher v ON v.draft_id = r.draft_id
     WHERE c.household_id = h.id
       AND NOT EXISTS (SELECT 1 FROM voucher x WHERE x.corrects_voucher_id = v.id AND x.purpose = 'reversal')))`

export const HELD = `(SELECT coalesce(sum(e.amount_fen), 0) FROM household_entry e INDEXED BY household_entry_by_household
  WHERE e.household_id = h.id)`

/** Paid in and held now; from the register alone while the complex keeps no sub-ledger, null when that says nothing. */
export function householdMoney(
  ledger: Ledger, complexId: ComplexId, id: HouseholdId,
): Pick<HouseholdOpening, 'paidFen' | 'balanceFen'> | null {
  if (subLedgerBook(ledger, complexId) === null) return openingOf(ledger, id)
  return ledger
    .prepare<[number], { readonly paidFen: Fen; readonly balanceFen: Fen }>(
      `SELECT ${PAID_IN} AS paidFen, ${HELD} AS balanceFen
       FROM household h LEFT JOIN household_opening o ON o.household_id = h.id WHERE h.id = ?`,
    )
    .get(id) ?? null
}

/** What a merge or split carries on: once the sub-ledger runs, what was paid through it counts as well. */
export function carriedOpening(ledger: Ledger, complexId: ComplexId, id: HouseholdId): HouseholdOpening | null {
  const opening = openingOf(ledger, id)
  if (subLedgerBook(ledger, complexId) === null) return opening
  const money = householdMoney(ledger, complexId, id)
  if (money === null) return opening
  const atLeastZero = (amount: Fen): Fen => (amount < 0 ? ZERO_FEN : amount)
  return {
    paidFen: atLeastZero(money.paidFen), interestFen: opening?.interestFen ?? ZERO_FEN, balanceFen: atLeastZero(money.balanceFen),
  }
}

export type AccountLine = {
  readonly voucherId: VoucherId
  readonly lineNo: number
  readonly date: BusinessDate
  /** `记-12`. */
  readonly word: string
  readonly summary: string
  readonly movement: HouseholdMovement
  readonly part: HouseholdPart
  readonly amountFen: Fen
  /** All parts together, after this line. */
  readonly balanceFen: Fen
}

type EntryRow = MovedEntry & {
  readonly voucherId: VoucherId
  readonly lineNo: number
  readonly date: BusinessDate
  readonly part: HouseholdPart
  readonly summary: string
  readonly kind: VoucherKind
  readonly number: number
}

export type AccountSums = Readonly<Record<HouseholdMovement, Fen>>

export type HouseholdAccount = {
  readonly householdId: HouseholdId
  readonly complexId: ComplexId
  readonly complex: string
  readonly address: string
  readonly areaDm2: number
  readonly firstDueFen: Fen | null
  readonly from: BusinessDate
  readonly to: BusinessDate
  readonly opening: HouseholdBalance
  /** Oldest first. */
  readonly lines: readonly AccountLine[]
  readonly sums: AccountSums
  readonly closing: HouseholdBalance
}

/** With `:id`, `:from`, `:to`: what the statement is made from. */
export const HOUSEHOLD_ENTRIES = `
  SELECT e.voucher_id AS voucherId, e.line_no AS lineNo, e.date, e.part, e.amount_fen AS amountFen, l.summary, v.kind, v.number,
    v.purpose, a.code AS accountCode, coalesce(json_extract(nullif(v.rule, ''), '$.by'), '') AS ruleBy
  FROM household_entry e INDEXED BY household_entry_by_household JOIN voucher v ON v.id = e.voucher_id
    JOIN voucher_line l ON l.voucher_id = e.voucher_id AND l.line_no = e.line_no JOIN account a ON a.id = l.account_id
  WHERE e.household_id = :id AND e.date BETWEEN :from AND :to ORDER BY e.date, e.voucher_id, e.line_no, e.part`

/** From the first day of `from` to the end of `to`. Throws `household.missing`. */
export function householdAccount(
  ledger: Ledger, id: HouseholdId, { from, to }: { readonly from: BusinessDate; readonly to: BusinessDate },
): HouseholdAccount {
  const row = householdRow(ledger, id)
  const opening = householdBalance(ledger, id, addDays(from, -1))
  const rows = ledger.prepare<[Record<string, unknown>], EntryRow>(HOUSEHOLD_ENTRIES).all({ id, from, to })
  const sums: Record<HouseholdMovement, Fen> = {
    opening: ZERO_FEN, paidIn: ZERO_FEN, refund: ZERO_FEN, used: ZERO_FEN, gain: ZERO_FEN, carried: ZERO_FEN,
    correction: ZERO_FEN,
  }
  let balanceFen = opening.totalFen
  const lines = rows.map(({ kind, number, summary, voucherId, lineNo, date, part, ...moved }): AccountLine => {
    const movement = movementOf(moved)
    sums[movement] = addFen(sums[movement], moved.amountFen)
    balanceFen = addFen(balanceFen, moved.amountFen)
    const word = voucherWord(kind, number)
    return { voucherId, lineNo, date, word, summary, movement, part, amountFen: moved.amountFen, balanceFen }
  })
  return {
    householdId: id, complexId: row.complexId, complex: complexOf(ledger, row.complexId).name,
    address: householdAddress(row.building, row.entrance, row.room), areaDm2: row.areaDm2, firstDueFen: row.firstDueFen,
    from, to, opening, lines, sums, closing: householdBalance(ledger, id, to),
  }
}

export type HouseholdDue = {
  readonly householdId: HouseholdId
  /** Null when neither the register nor the city's rates say. */
  readonly first: ContributionDue | null
  readonly paidFen: Fen
  /** Still to come in of the first contribution; null while it is not known. */
  readonly owedFen: Fen | null
}

function dueOfRow(ledger: Ledger, row: HouseholdRow, date: BusinessDate): HouseholdDue {
  const policy = policyFor(ledger, complexOf(ledger, row.complexId).profileCode, date)
  const first = firstContribution(householdFactsOf(row), {
    liftFen: policy.value('contribution.liftRate'),
    noLiftFen: policy.value('contribution.noLiftRate'),
    otherUseFen: policy.value('contribution.otherUseRate'),
    pricePercent: policy.value('contribution.pricePercent'),
  })
  const paidFen = householdMoney(ledger, row.complexId, row.id)?.paidFen ?? ZERO_FEN
  const owed = first === null ? null : subtractFen(first.amountFen, paidFen)
  return { householdId: row.id, first, paidFen, owedFen: owed !== null && owed < 0 ? ZERO_FEN : owed }
}

/** By the rates in force on the day. Throws `household.missing`. */
export function householdDue(ledger: Ledger, id: HouseholdId, date: BusinessDate): HouseholdDue {
  return dueOfRow(ledger, householdRow(ledger, id), date)
}

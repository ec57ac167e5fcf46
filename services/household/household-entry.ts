/** Household entries in the ledger: written with a draft, posted with its voucher, summed into balances. */
import { createHash } from 'node:crypto'
import type { BusinessDate } from '#core/calendar.ts'
import {
  balanceOfParts, entryProblems, entryText, keepsHouseholds, type HouseholdBalance, type HouseholdEntry, type HouseholdPart,
} from '#core/household/household-entry.ts'
import type { BookId, ComplexId, DraftId, HouseholdId, VoucherId } from '#core/id.ts'
import type { Fen } from '#core/money.ts'
import { ACCOUNT } from '#core/voucher/chart.ts'
import { Problem, type ProblemDetails } from '#core/problem.ts'
import type { Ledger } from '#db/ledger.ts'
import type { Draft, DraftLine } from '../voucher/voucher-draft.ts'

/**
 * Entries of a draft's lines; a household may stand once per line and part. One statement a line, in the order of the key: an
 * allocation has a thousand, and asked for one by one they take twice as long.
 */
export function writeDraftEntries(ledger: Ledger, draftId: DraftId, lines: readonly Pick<DraftLine, 'households'>[]): void {
  const insert = ledger.prepare<unknown[], never>(
    `INSERT INTO voucher_draft_household
     SELECT ?, ?, value ->> 0, value ->> 1, value ->> 2 FROM json_each(?) ORDER BY value ->> 0, value ->> 1`,
  )
  lines.forEach(({ households }, index) => {
    if (households === undefined || households.length === 0) return
    const entries = households.map(({ householdId, part, amountFen }) => [householdId, part, amountFen])
    insert.run(draftId, index + 1, JSON.stringify(entries))
  })
}

export function hasDraftEntries(ledger: Ledger, draftId: DraftId): boolean {
  const found = ledger.prepare<[number], unknown>('SELECT 1 FROM voucher_draft_household WHERE draft_id = ? LIMIT 1')
  return found.get(draftId) !== undefined
}

export function removeDraftEntries(ledger: Ledger, draftId: DraftId): void {
  ledger.prepare<unknown[], never>('DELETE FROM voucher_draft_household WHERE draft_id = ?').run(draftId)
}

/** The red voucher gives back, household by household, what the original took. Lines keep their numbers. */
export function reverseEntries(ledger: Ledger, voucherId: VoucherId, draftId: DraftId): void {
  ledger
    .prepare<unknown[], never>(
      `INSERT INTO voucher_draft_household SELECT ?, line_no, household_id, part, -amount_fen FROM household_entry
       WHERE voucher_id = ?`,
    )
    .run(draftId, voucherId)
}

/** Copies the reviewed entries before the head seals them. Returns the digest for the voucher's hash, '' without entries. */
export function postEntries(ledger: Ledger, draftId: DraftId, voucherId: VoucherId, date: BusinessDate): string {
  const { changes } = ledger
    .prepare<unknown[], never>(
      `INSERT INTO household_entry SELECT ?, line_no, household_id, part, ?, amount_fen FROM voucher_draft_household
       WHERE draft_id = ?`,
    )
    .run(voucherId, date, draftId)
  return changes === 0 ? '' : entriesDigest(ledger, voucherId)
}

/** SHA-256 over the voucher's entries in the order of their key; '' when it has none. */
export function entriesDigest(ledger: Ledger, voucherId: VoucherId): string {
  const rows = ledger.prepare<[number], HouseholdEntry & { readonly lineNo: number }>(
    `SELECT line_no AS lineNo, household_id AS householdId, part, amount_fen AS amountFen FROM household_entry
     WHERE voucher_id = ? ORDER BY line_no, household_id, part`,
  )
  const texts = rows.all(voucherId).map(entryText)
  return texts.length === 0 ? '' : createHash('sha256').update(texts.join('')).digest('hex')
}

export function householdLedgerBegun(ledger: Ledger, bookId: BookId, complexId: ComplexId): boolean {
  return ledger
    .prepare<[number, number], unknown>('SELECT 1 FROM household_ledger WHERE book_id = ? AND complex_id = ?')
    .get(bookId, complexId) !== undefined
}

type SummedLine = { readonly lineNo: number; readonly sumFen: Fen }

/** Lines of the fund whose entries are missing or do not add up; the household that would fall below zero. */
export function draftEntryProblems(ledger: Ledger, draft: Draft, isOfClosing: boolean): readonly ProblemDetails[] {
  const sums = new Map(
    ledger
      .prepare<[number], SummedLine>(
        `SELECT line_no AS lineNo, sum(amount_fen) AS sumFen FROM voucher_draft_household
         WHERE draft_id = ? GROUP BY line_no`,
      )
      .all(draft.id)
      .map((row) => [row.lineNo, row]),
  )
  if (isOfClosing) {
    const problems = closingEntryProblems(draft, sums)
    return problems.length > 0 || sums.size === 0 ? problems : overdrawn(ledger, draft.id)
  }
  const begun = new Map<ComplexId, boolean>()
  const isBegun = (complexId: ComplexId) => {
    const known = begun.get(complexId) ?? householdLedgerBegun(ledger, draft.bookId, complexId)
    begun.set(complexId, known)
    return known
  }
  const problems = draft.lines.flatMap((line, index): readonly ProblemDetails[] => {
    if (line.accountId === null || line.complexId === null) return []
    const sum = sums.get(line.lineNo)
    const ofFund = keepsHouseholds(line.accountCode ?? '')
    if (!ofFund) return sum === undefined ? [] : [notOfTheFund(index + 1)]
    if (!isBegun(line.complexId)) return sum === undefined || draft.purpose === 'opening' ? [] : [notBegun(index + 1)]
    return entryProblems(line, sum?.sumFen ?? null, index + 1)
  })
  return problems.length > 0 || sums.size === 0 ? problems : overdrawn(ledger, draft.id)
}

/**
 * A closing moves money among the accounts that carry entries and needs none for it; what it brings into 3001 or 3002 from
 * elsewhere carries the entries of that line. Only complexes that have any are asked: SQL knows which keep a sub-ledger.
 */
function closingEntryProblems(draft: Draft, sums: ReadonlyMap<number, SummedLine>): readonly ProblemDetails[] {
  return draft.lines.flatMap((line, index): readonly ProblemDetails[] => {
    const sum = sums.get(line.lineNo)
    if (sum === undefined) return []
    const isFund = line.accountCode === ACCOUNT.commodityFund || line.accountCode === ACCOUNT.soldPublicFund
    return isFund ? entryProblems(line, sum.sumFen, index + 1) : [notOfTheFund(index + 1)]
  })
}

function notOfTheFund(row: number): ProblemDetails {
  return { code: 'household.line', message: '只有维修资金、交存收入、维修支出、返还支出的分录带分户金额', field: 'households', row }
}

function notBegun(row: number): ProblemDetails {
  return { code: 'household.notBegun', message: '这个小区还没有建分户账，请先录入各户期初余额', field: 'households', row }
}

function overdrawn(ledger: Ledger, draftId: DraftId): readonly ProblemDetails[] {
  return ledger
    .prepare<[number], { readonly room: string; readonly lineNo: number }>(
      `SELECT trim(replace(b.name || ' ' || h.entrance || ' ' || h.room, '  ', ' ')) AS room, min(d.line_no) AS lineNo
       FROM voucher_draft_household d JOIN household h ON h.id = d.household_id JOIN building b ON b.id = h.building_id
       WHERE d.draft_id = ? GROUP BY d.household_id, d.part
       HAVING sum(d.amount_fen) < 0 AND sum(d.amount_fen) + (SELECT coalesce(sum(amount_fen), 0) FROM household_entry
         WHERE household_id = d.household_id AND part = d.part) < 0
       ORDER BY d.household_id LIMIT 1`,
    )
    .all(draftId)
    .map(({ room, lineNo }) => ({
      code: 'household.overdrawn',
      message: `${room} 的余额不够这次扣减，分户账不能透支：请改为按余额分摊，不足部分列自筹`,
      field: 'households',
      row: lineNo,
    }))
}

/** A household's money by part, to the end of `asOf`; absent: now. */
export function householdBalance(ledger: Ledger, id: HouseholdId, asOf?: BusinessDate): HouseholdBalance {
  const rows = ledger
    .prepare<[Record<string, unknown>], { readonly part: HouseholdPart; readonly fen: Fen }>(
      `SELECT part, sum(amount_fen) AS fen FROM household_entry INDEXED BY household_entry_by_household
       WHERE household_id = :id AND date <= :asOf GROUP BY part`,
    )
    .all({ id, asOf: asOf ?? '9999-12-31' })
  return balanceOfParts(Object.fromEntries(rows.map(({ part, fen }) => [part, fen])))
}

export type BalancedHousehold = { readonly householdId: HouseholdId; readonly part: HouseholdPart; readonly balanceFen: Fen }

/** Every household of a complex with money, by part, in the order of the register. */
export function complexBalances(ledger: Ledger, complexId: ComplexId, asOf: BusinessDate): readonly BalancedHousehold[] {
  return ledger
    .prepare<[Record<string, unknown>], BalancedHousehold>(
      `SELECT h.id AS householdId, e.part, sum(e.amount_fen) AS balanceFen
       FROM building b CROSS JOIN household h ON h.building_id = b.id
         CROSS JOIN household_entry e INDEXED BY household_entry_by_household ON e.household_id = h.id AND e.date <= :asOf
       WHERE b.complex_id = :complexId GROUP BY h.id, e.part HAVING balanceFen <> 0 ORDER BY h.id, e.part`,
    )
    .all({ complexId, asOf })
}

/** Throws `household.notBegun`. */
export function requireHouseholdLedger(ledger: Ledger, bookId: BookId, complexId: ComplexId): void {
  if (householdLedgerBegun(ledger, bookId, complexId)) return
  const { message } = notBegun(0)
  throw new Problem({ code: 'household.notBegun', message, field: 'complex' })
}

/**
 * Money given back to a household (返还): principal and interest apart, this year's deposits through 4001, the rest through
 * 5101 (财会〔2020〕7号 §4 entries 2–5). A destroyed house owes the money first (2001) and pays it later (165号令 art. 29).
 */
import { parseDate, type BusinessDate } from '#core/calendar.ts'
import { ACCOUNT } from '#core/voucher/chart.ts'
import { refundLines, type RefundLine, type RefundPart } from '#core/household/household-account.ts'
import { HOUSEHOLD_PART_WORD, HOUSEHOLD_PARTS, type HouseholdPart } from '#core/household/household-entry.ts'
import { householdAddress } from '#core/register/household.ts'
import type { BankAccountId, BookId, DraftId, HouseholdId } from '#core/id.ts'
import { addFen, formatYuan, negateFen, ZERO_FEN, type Fen } from '#core/money.ts'
import { Problem } from '#core/problem.ts'
import { credit, debit } from '#core/voucher/voucher.ts'
import type { Ledger } from '#db/ledger.ts'
import { accountByCode } from '../voucher/book.ts'
import { requireRole, type ServiceContext } from '../context.ts'
import { requireSubLedger } from './household-account.ts'
import { householdBalance } from './household-entry.ts'
import { householdRow } from '../register/household-record.ts'
import { logOperation } from '../operation-log.ts'
import { saveDraft } from '../voucher/voucher-draft.ts'

export type RefundFacts = {
  readonly householdId: HouseholdId
  readonly date: BusinessDate
  /** By part, at most what the household holds of it. */
  readonly parts: readonly RefundPart[]
  /** Paid from this account; null for a destroyed house, whose money becomes due in 2001. */
  readonly bankAccountId: BankAccountId | null
  /** 退房、房屋灭失 and the like. */
  readonly reason: string
  readonly attachments: readonly string[]
}

/** Deposits of the year that were not given back, by part. */
function paidInYear(ledger: Ledger, id: HouseholdId, date: BusinessDate): (part: HouseholdPart) => Fen {
  const rows = ledger
    .prepare<[Record<string, unknown>], { readonly part: HouseholdPart; readonly fen: Fen }>(
      `SELECT e.part, sum(e.amount_fen) AS fen
       FROM household_entry e INDEXED BY household_entry_by_household
         JOIN voucher_line l ON l.voucher_id = e.voucher_id AND l.line_no = e.line_no JOIN account a ON a.id = l.account_id
       WHERE e.household_id = :id AND e.date BETWEEN :from AND :to AND substr(a.code, 1, 4) = '4001' GROUP BY e.part`,
    )
    .all({ id, from: parseDate(`${date.slice(0, 4)}-01-01`), to: parseDate(`${date.slice(0, 4)}-12-31`) })
  return (part) => rows.find((row) => row.part === part)?.fen ?? ZERO_FEN
}

export type RefundPreview = {
  readonly held: Readonly<Record<HouseholdPart, Fen>>
  readonly lines: readonly RefundLine[]
  readonly totalFen: Fen
}

/** What would be written. Throws `refund.empty`, `household.overdrawn` with the part, `household.notBegun`. */
export function refundPreview(
  ledger: Ledger, { householdId, parts, date }: Pick<RefundFacts, 'householdId' | 'parts' | 'date'>,
): RefundPreview & { readonly bookId: BookId } {
  const bookId = requireSubLedger(ledger, householdRow(ledger, householdId).complexId)
  const { totalFen: _total, ...held } = householdBalance(ledger, householdId)
  for (const { part, amountFen } of parts) {
    if (amountFen < 0) throw new Problem({ code: 'refund.amount', message: '返还金额不能是负数', field: part })
    if (amountFen <= held[part]) continue
    const message = `${HOUSEHOLD_PART_WORD[part]}余额 ${formatYuan(held[part])} 元，不够返还 ${formatYuan(amountFen)} 元`
    throw new Problem({ code: 'household.overdrawn', message, field: part })
  }
  if (new Set(parts.map(({ part }) => part)).size !== parts.length) {
    throw new Problem({ code: 'refund.twice', message: '同一部分填了两次：请合并', field: 'parts' })
  }
  const lines = refundLines(parts, paidInYear(ledger, householdId, date))
  if (lines.length === 0) throw new Problem({ code: 'refund.empty', message: '请填写返还金额', field: 'principal' })
  return { bookId, held, lines, totalFen: addFen(...lines.map(({ amountFen }) => amountFen)) }
}

/** Throws what `refundPreview` throws, and `refund.reason`. */
export function prepareRefund(context: ServiceContext, facts: RefundFacts): DraftId {
  requireRole(context, 'preparer')
  const { ledger } = context
  const { householdId, bankAccountId, date } = facts
  const reason = facts.reason.trim()
  if (reason === '') throw new Problem({ code: 'refund.reason', message: '请写明返还的事由和依据', field: 'reason' })
  const row = householdRow(ledger, householdId)
  const { bookId, lines, totalFen } = refundPreview(ledger, facts)
  const summary = `${householdAddress(row.building, row.entrance, row.room)} ${reason}，返还维修资金`
  const line = { summary, complexId: row.complexId }
  const given = Map.groupBy(lines, ({ account }) => account)
  const creditCode = bankAccountId === null ? ACCOUNT.destroyedHousesPayable : ACCOUNT.demandDeposit
  return ledger.write(() => {
    const draftId = saveDraft(context, {
      bookId, kind: 'general', date, attachments: facts.attachments,
      rule: { by: 'household.refund', householdId, destroyed: bankAccountId === null },
      lines: [
        ...[...given].map(([code, ofAccount]) => ({
          ...line, accountId: accountByCode(ledger, bookId, code).id,
          ...debit(addFen(...ofAccount.map(({ amountFen }) => amountFen))),
          households: HOUSEHOLD_PARTS.flatMap((part) => ofAccount
            .filter((each) => each.part === part)
            .map(({ amountFen }) => ({ householdId, part, amountFen: negateFen(amountFen) }))),
        })),
        { ...line, accountId: accountByCode(ledger, bookId, creditCode).id, bankAccountId, ...credit(totalFen) },
      ],
    })
    logOperation(context, 'household.refund', { kind: 'household', id: householdId }, { draftId, totalFen, reason })
    return draftId
  })
}

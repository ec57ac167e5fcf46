/**
 * A household turning from commodity to sold public housing, or back, takes its money along: 3001 ↔ 3002 (domain rule 01 §4
 * entry 17, row 本年划转 of 会住维03), because the two are booked separately (财会〔2020〕7号 §1). No bank account moves.
 */
import type { BusinessDate } from '#core/calendar.ts'
import { HOUSEHOLD_PARTS, HOUSEHOLD_PART_WORD, type HouseholdPart } from '#core/household/household-entry.ts'
import { householdAddress, type HouseholdNature } from '#core/register/household.ts'
import type { BookId, DraftId, HouseholdId } from '#core/id.ts'
import { addFen, negateFen, plainYuan, ZERO_FEN, type Fen } from '#core/money.ts'
import { Problem } from '#core/problem.ts'
import { ACCOUNT } from '#core/voucher/chart.ts'
import { credit, debit } from '#core/voucher/voucher.ts'
import type { Ledger } from '#db/ledger.ts'
import { storeAttachment } from '../attachment.ts'
import { requireRole, type ServiceContext } from '../context.ts'
import { subLedgerBook } from '../household/household-account.ts'
import { householdBalance } from '../household/household-entry.ts'
import { accountByCode } from '../voucher/book.ts'
import { carriedUntil } from '../voucher/closing.ts'
import { saveDraft } from '../voucher/voucher-draft.ts'
import type { HouseholdRow } from './household-record.ts'

export type NatureChange = {
  readonly household: HouseholdRow
  readonly nature: HouseholdNature
  readonly effectiveOn: BusinessDate
  readonly reason: string
}

/** What the open months brought and took by income and expenditure is in neither fund yet: it closes by the new nature. */
const IN_THE_FUND = `
  SELECT e.part, sum(e.amount_fen) AS fen
  FROM household_entry e INDEXED BY household_entry_by_household
    JOIN voucher_line l ON l.voucher_id = e.voucher_id AND l.line_no = e.line_no JOIN account a ON a.id = l.account_id
  WHERE e.household_id = :id AND (e.date <= :carried OR a.class = 'netAssets')
  GROUP BY e.part HAVING fen <> 0`

function inTheFund(ledger: Ledger, bookId: BookId, id: HouseholdId, today: BusinessDate): ReadonlyMap<HouseholdPart, Fen> {
  const rows = ledger
    .prepare<[Record<string, unknown>], { readonly part: HouseholdPart; readonly fen: Fen }>(IN_THE_FUND)
    .all({ id, carried: carriedUntil(ledger, bookId, today) })
  return new Map(rows.map(({ part, fen }) => [part, fen]))
}

function refuse(message: string): never {
  throw new Problem({ code: 'household.nature', message, field: 'nature' })
}

/**
 * A draft of today with its list as paper; null where the nature stays, no sub-ledger runs, or there is nothing to take along.
 * Throws `household.nature` while a selling unit's money is left, which commodity housing has none of.
 */
export function carryToOtherFund(context: ServiceContext, change: NatureChange): DraftId | null {
  const { household, nature, effectiveOn, reason } = change
  const { ledger, clock } = context
  const bookId = household.nature === nature ? null : subLedgerBook(ledger, household.complexId)
  if (bookId === null) return null
  const parts = inTheFund(ledger, bookId, household.id, clock.today())
  const entries = HOUSEHOLD_PARTS.map((part) => ({ householdId: household.id, part, amountFen: parts.get(part) ?? ZERO_FEN }))
    .filter(({ amountFen }) => amountFen !== 0)
  if (entries.some(({ amountFen }) => amountFen < 0)) refuse('这一户有未结账月份的收支：请先结账，再变更性质')
  const held = householdBalance(ledger, household.id)
  if (nature === 'commodity' && (held.sellerPrincipal !== 0 || held.sellerInterest !== 0)) {
    refuse('这一户还有售房单位的资金：请先返还售房单位，再改为商品房')
  }
  if (entries.length === 0) return null
  requireRole(context, 'preparer')
  const [from, to] = nature === 'soldPublic'
    ? [ACCOUNT.commodityFund, ACCOUNT.soldPublicFund]
    : [ACCOUNT.soldPublicFund, ACCOUNT.commodityFund]
  const address = householdAddress(household.building, household.entrance, household.room)
  const summary = `${address}改为${nature === 'soldPublic' ? '已售公房' : '商品房'}，余额划转`
  const amount = addFen(...entries.map(({ amountFen }) => amountFen))
  const rows = entries.map(({ part, amountFen }) => `${HOUSEHOLD_PART_WORD[part]},${plainYuan(amountFen)}`)
  const paper = storeAttachment(context, {
    name: `${summary} ${effectiveOn}.csv`,
    bytes: Buffer.from(['\uFEFF资金,金额（元）', ...rows, `事由,"${reason.replaceAll('"', '""')}"`, ''].join('\r\n'), 'utf8'),
  })
  const line = (code: string) => ({ summary, complexId: household.complexId, accountId: accountByCode(ledger, bookId, code).id })
  return saveDraft(context, {
    bookId, kind: 'general', date: clock.today(), businessDate: effectiveOn, attachments: [paper.sha256],
    rule: { by: 'household.nature', household: household.id, nature },
    lines: [
      { ...line(from), ...debit(amount),
        households: entries.map((each) => ({ ...each, amountFen: negateFen(each.amountFen) })) },
      { ...line(to), ...credit(amount), households: entries },
    ],
  })
}

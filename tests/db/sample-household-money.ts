/** The second complex keeps a household sub-ledger from the start; its vouchers say whose money they move. */
import type { Ledger } from '#db/ledger.ts'
import { addHousehold } from './sample-household.ts'
import {
  ACCOUNT, BANK, insert, insertHead, insertLines, MAINTENANCE, nextVoucherId, NOW, PEOPLE, type SampleVoucher,
} from './sample-ledger.ts'

export const SECOND = 2

export type SampleEntry = { readonly line?: number; readonly household: number; readonly fen: number; readonly part?: string }

/** Fen into (or, negative, out of) the fund of the second complex. */
export function fundLines(fen: number): SampleVoucher['lines'] {
  const more = { complex_id: SECOND }
  return [
    { account: ACCOUNT.demand, debit: fen, more: { ...more, bank_account_id: BANK.maintenanceOfSecond } },
    { account: ACCOUNT.fund, credit: fen, more },
  ]
}

export function beginSecond(ledger: Ledger): void {
  insert(ledger, 'household_ledger', {
    complex_id: SECOND, book_id: MAINTENANCE, voucher_id: null, begun_on: '2025-01-01', begun_by: PEOPLE.bookkeeper, at: NOW,
  })
}

export function householdOfSecond(ledger: Ledger, room: string): number {
  return addHousehold(ledger, { building_id: 2, room, change_id: secondChange(ledger) })
}

function secondChange(ledger: Ledger): number {
  return insert(ledger, 'household_change', {
    complex_id: SECOND, kind: 'register', effective_on: '2025-01-01', reason: '登记', actor_id: PEOPLE.preparer, at: NOW,
  })
}

/** Lines, entries, head, in the order of posting; nothing is checked before SQL does. */
export function postWithEntries(ledger: Ledger, voucher: SampleVoucher, entries: readonly SampleEntry[]): number {
  return ledger.write(() => {
    const id = nextVoucherId(ledger)
    insertLines(ledger, id, voucher)
    for (const { line, household, fen, part } of entries) {
      insert(ledger, 'household_entry', {
        voucher_id: id, line_no: line ?? 2, household_id: household, part: part ?? 'principal',
        date: voucher.date ?? '2025-01-15', amount_fen: fen,
      })
    }
    return insertHead(ledger, id, voucher)
  })
}

/** A household of the second complex with a posted entry, and one waiting in a draft. */
export function addHouseholdMoney(ledger: Ledger, draftId: number): void {
  const household = householdOfSecond(ledger, '901')
  beginSecond(ledger)
  postWithEntries(ledger, { lines: fundLines(100) ?? [] }, [{ household, fen: 100 }])
  insert(ledger, 'voucher_draft_household', {
    draft_id: draftId, line_no: 1, household_id: household, part: 'interest', amount_fen: 1,
  })
  insert(ledger, 'household_area', {
    household_id: household, source: 'survey', area_dm2: 8950, on_date: '2025-01-15', basis: '测绘 1 号', actor_id: PEOPLE.preparer,
    at: NOW,
  })
  addApportionment(ledger, household)
  addSelfFunding(ledger, household, draftId)
  insert(ledger, 'gain_credit', {
    complex_id: SECOND, regime: 'F', from_date: '2025-01-01', to_date: '2025-03-31', total_fen: 1, households: 1,
    draft_id: draftId, actor_id: PEOPLE.preparer, at: NOW,
  })
  const range = addReceiptRange(ledger)
  insert(ledger, 'receipt_event', {
    range_id: range, number: 1, kind: 'used', on_date: '2025-01-15', household_id: household, draft_id: draftId,
    amount_fen: 100, actor_id: PEOPLE.preparer, at: NOW,
  })
}

/** A sheet of one household, whose share is its whole total unless said otherwise. */
export function addApportionment(ledger: Ledger, household: number, more: Readonly<Record<string, unknown>> = {}): void {
  insert(ledger, 'apportionment_share', {
    apportionment_id: 1, row_no: 1, household_id: household, area_dm2: 8950, nature: 'commodity', is_developer_held: 0,
    principal_fen: 100, interest_fen: 0, seller_principal_fen: 0, seller_interest_fen: 0, weight: 8950, share_fen: 100,
    seller_share_fen: 0, drawn_principal_fen: 100, drawn_interest_fen: 0, drawn_seller_principal_fen: 0,
    drawn_seller_interest_fen: 0,
  })
  insert(ledger, 'apportionment', {
    id: 1, complex_id: SECOND, purpose: 'plan', title: '屋面', as_of: '2025-01-15', basis: 'area', scope: '{"kind":"complex"}',
    draw_order: 'interestFirst', shortfall: 'collect', tail: 'largest_remainder', asked_fen: 100, total_fen: 100, drawn_fen: 100,
    households: 1, recorded_by: PEOPLE.preparer, at: NOW, ...more,
  })
}

/** Two claims of a sheet whose only household has nothing: one collected by the draft, one withdrawn. */
function addSelfFunding(ledger: Ledger, household: number, draftId: number): void {
  const id = 2
  insert(ledger, 'apportionment_share', {
    apportionment_id: id, row_no: 1, household_id: household, area_dm2: 8950, nature: 'soldPublic', is_developer_held: 0,
    principal_fen: 0, interest_fen: 0, seller_principal_fen: 0, seller_interest_fen: 0, weight: 8950, share_fen: 60,
    seller_share_fen: 40, drawn_principal_fen: 0, drawn_interest_fen: 0, drawn_seller_principal_fen: 0,
    drawn_seller_interest_fen: 0,
  })
  insert(ledger, 'apportionment', {
    id, complex_id: SECOND, purpose: 'plan', title: '电梯', as_of: '2025-01-15', basis: 'area', scope: '{"kind":"complex"}',
    draw_order: 'interestFirst', shortfall: 'collect', tail: 'largest_remainder', asked_fen: 100, total_fen: 100, drawn_fen: 0,
    households: 1, recorded_by: PEOPLE.preparer, at: NOW,
  })
  insert(ledger, 'voucher_draft_household', {
    draft_id: draftId, line_no: 1, household_id: household, part: 'principal', amount_fen: 60,
  })
  const claim = { complex_id: SECOND, apportionment_id: id, household_id: household, demanded_on: '2025-01-15',
    due_on: '2025-02-15', actor_id: PEOPLE.preparer, at: NOW }
  const collected = insert(ledger, 'self_funding_claim', { ...claim, part: 'principal', owed_fen: 60 })
  insert(ledger, 'self_funding_receipt', { claim_id: collected, draft_id: draftId, amount_fen: 60 })
  const given = insert(ledger, 'self_funding_claim', { ...claim, part: 'sellerPrincipal', owed_fen: 40 })
  insert(ledger, 'self_funding_withdrawal', { claim_id: given, reason: '不修了', actor_id: PEOPLE.preparer, at: NOW })
}

/** Numbers 0001 to 0050. */
export function addReceiptRange(ledger: Ledger): number {
  return insert(ledger, 'receipt_range', {
    prefix: '皖A', first_no: 1, last_no: 50, width: 4, received_on: '2025-01-02', actor_id: PEOPLE.preparer, at: NOW,
  })
}

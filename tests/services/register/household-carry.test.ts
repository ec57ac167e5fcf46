import { describe, expect, it } from 'vitest'
import { parseDate, parseMonth } from '#core/calendar.ts'
import { ACCOUNT } from '#core/voucher/chart.ts'
import { fen, parseYuan } from '#core/money.ts'
import { credit, debit } from '#core/voucher/voucher.ts'
import { householdBalance } from '#services/household/household-entry.ts'
import { mergeHouseholds, splitHousehold } from '#services/register/household-merge.ts'
import { beginHouseholdLedger } from '#services/household/household-opening.ts'
import { verifyHouseholds } from '#services/household/verify-households.ts'
import { changeFacts, registerHousehold } from '#services/register/household.ts'
import { prepareClosingVouchers } from '#services/voucher/closing.ts'
import { closePeriod } from '#services/voucher/period.ts'
import { postDrafts } from '#services/voucher/posting.ts'
import { reviewDraft } from '#services/voucher/voucher-draft.ts'
import { listDrafts } from '#services/voucher/voucher-draft-list.ts'
import { ENTRY, PLAIN_HOUSEHOLD, unsealedOffice, type HouseholdOffice } from './household-office.ts'

/** A household of 100 m² that paid 1,000.01 into a complex with a sub-ledger. */
function paidIn(): HouseholdOffice & { readonly id: ReturnType<typeof registerHousehold> } {
  const office = unsealedOffice()
  const id = registerHousehold(office.preparer, {
    ...ENTRY, buildingId: office.building, facts: { ...PLAIN_HOUSEHOLD, areaDm2: 10_000 }, owners: [],
  })
  beginHouseholdLedger(office.bookkeeper, { bookId: office.maintenance, complexId: office.complexId, date: ENTRY.effectiveOn })
  const amount = parseYuan('1000.01')
  office.post({
    bookId: office.maintenance, date: parseDate('2025-03-10'),
    lines: [
      office.line(office.maintenance, ACCOUNT.demandDeposit, debit(amount)),
      office.line(office.maintenance, '4001', credit(amount),
        { households: [{ householdId: id, part: 'principal', amountFen: amount }] }),
    ],
  })
  return { ...office, id }
}

function postOnly(office: HouseholdOffice): void {
  const drafts = listDrafts(office.ledger, office.maintenance, 10)
  expect(drafts).toHaveLength(1)
  for (const { id } of drafts) {
    reviewDraft(office.reviewer, id)
    postDrafts(office.bookkeeper, [id])
  }
}

describe('balances in the sub-ledger', () => {
  it('follow a split by area and a merge whole, through a reviewed voucher, to the fen', () => {
    const office = paidIn()
    const { ledger, preparer, id } = office
    const parts = [3333, 6667].map((areaDm2, index) => ({ ...PLAIN_HOUSEHOLD, room: `10${index}`, areaDm2 }))
    const made = splitHousehold(preparer, id, parts, { effectiveOn: parseDate('2025-06-01'), reason: '分割' })
    expect(householdBalance(ledger, id).totalFen).toBe(100001)
    postOnly(office)
    expect([id, ...made].map((each) => householdBalance(ledger, each).principal)).toEqual([0, 33330, 66671])
    const merged = mergeHouseholds(preparer, made, { ...PLAIN_HOUSEHOLD, areaDm2: 10_000 },
      { effectiveOn: parseDate('2025-07-01'), reason: '合并' })
    postOnly(office)
    expect([...made, merged].map((each) => householdBalance(ledger, each).principal)).toEqual([0, 0, 100001])
  })

  it('do not change their fund: commodity and sold public housing stay apart', () => {
    const { preparer, id } = paidIn()
    const publicHousing = { ...PLAIN_HOUSEHOLD, nature: 'soldPublic' as const, areaDm2: 5000 }
    const parts = ['101', '102'].map((room) => ({ ...publicHousing, room }))
    expect(() => splitHousehold(preparer, id, parts, { effectiveOn: parseDate('2025-06-01'), reason: '分割' })).toThrow('分别核算')
  })

  it('without money need no voucher', () => {
    const office = unsealedOffice()
    const id = registerHousehold(office.preparer, { ...ENTRY, buildingId: office.building, facts: PLAIN_HOUSEHOLD, owners: [] })
    const parts = [4000, 4950].map((areaDm2, index) => ({ ...PLAIN_HOUSEHOLD, room: `10${index}`, areaDm2, firstDueFen: fen(1) }))
    splitHousehold(office.head, id, parts, { effectiveOn: parseDate('2025-06-01'), reason: '分割' })
    expect(listDrafts(office.ledger, office.maintenance, 10)).toEqual([])
  })
})

describe('a change of nature', () => {
  const soldPublic = { ...PLAIN_HOUSEHOLD, areaDm2: 10_000, nature: 'soldPublic' as const }
  const change = { effectiveOn: parseDate('2025-06-01'), reason: '房改' }
  const fund = (office: HouseholdOffice, code: string): number => office.ledger
    .prepare<[number, string], { readonly fen: number }>(
      `SELECT coalesce(sum(l.credit_fen - l.debit_fen), 0) AS fen FROM voucher_line l JOIN account a ON a.id = l.account_id
       WHERE a.book_id = ? AND a.code = ?`,
    )
    .get(office.maintenance, code)?.fen ?? 0
  const closeMarch = (office: HouseholdOffice) => {
    for (const month of ['2025-01', '2025-02'] as const) closePeriod(office.bookkeeper, office.maintenance, parseMonth(month))
    prepareClosingVouchers(office.preparer, office.maintenance, parseMonth('2025-03'))
    postOnly(office)
    closePeriod(office.bookkeeper, office.maintenance, parseMonth('2025-03'))
  }

  it('takes what is in the fund along by a reviewed voucher, and the household keeps every fen', () => {
    const office = paidIn()
    closeMarch(office)
    expect([fund(office, '3001'), fund(office, '3002')]).toEqual([100001, 0])
    expect(changeFacts(office.preparer, office.id, soldPublic, change)).not.toBeNull()
    postOnly(office)
    expect([fund(office, '3001'), fund(office, '3002')]).toEqual([0, 100001])
    expect(householdBalance(office.ledger, office.id).principal).toBe(100001)
    expect(verifyHouseholds(office.ledger)).toEqual([])
  })

  it('leaves what no closing has carried yet to the closing, which knows the new nature', () => {
    const office = paidIn()
    expect(changeFacts(office.preparer, office.id, soldPublic, change)).toBeNull()
    closeMarch(office)
    expect([fund(office, '3001'), fund(office, '3002')]).toEqual([0, 100001])
  })

  it('waits for the selling unit to get its money back before the house is commodity housing', () => {
    const office = paidIn()
    changeFacts(office.preparer, office.id, soldPublic, change)
    office.post({
      bookId: office.maintenance, date: parseDate('2025-03-10'),
      lines: [
        office.line(office.maintenance, ACCOUNT.demandDeposit, debit(fen(5))),
        office.line(office.maintenance, '4001', credit(fen(5)),
          { households: [{ householdId: office.id, part: 'sellerPrincipal', amountFen: fen(5) }] }),
      ],
    })
    closeMarch(office)
    const back = () => changeFacts(office.preparer, office.id, { ...soldPublic, nature: 'commodity' },
      { effectiveOn: parseDate('2025-07-01'), reason: '更正' })
    expect(back).toThrow('先返还售房单位')
  })
})

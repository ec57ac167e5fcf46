import { describe, expect, it } from 'vitest'
import { ACCOUNT } from '#core/voucher/chart.ts'
import { parseDate } from '#core/calendar.ts'
import type { HouseholdEntry } from '#core/household/household-entry.ts'
import type { HouseholdId } from '#core/id.ts'
import { parseYuan } from '#core/money.ts'
import { credit, debit } from '#core/voucher/voucher.ts'
import { prepareReversal } from '#services/voucher/correction.ts'
import { complexBalances, householdBalance } from '#services/household/household-entry.ts'
import { beginHouseholdLedger, fundOfComplex, prepareHouseholdOpening } from '#services/household/household-opening.ts'
import { registerHousehold } from '#services/register/household.ts'
import { postDrafts } from '#services/voucher/posting.ts'
import { reviewDraft, saveDraft } from '#services/voucher/voucher-draft.ts'
import { verifyLedger } from '#services/verify.ts'
import { spend, spendingDraft } from '../spending.ts'
import { ENTRY, householdOffice, PLAIN_HOUSEHOLD, type HouseholdOffice } from '../register/household-office.ts'

const DAY = parseDate('2025-06-10')
const yuan = parseYuan

function withRooms(office: HouseholdOffice, ...rooms: readonly string[]): readonly HouseholdId[] {
  return rooms.map((room) => registerHousehold(office.preparer, {
    ...ENTRY, buildingId: office.building, facts: { ...PLAIN_HOUSEHOLD, room }, owners: [],
  }))
}

function principal(householdId: HouseholdId | undefined, amount: string): HouseholdEntry {
  if (householdId === undefined) throw new Error('no such room')
  return { householdId, part: 'principal', amountFen: yuan(amount) }
}

function contribution(office: HouseholdOffice, amount: string, households: readonly HouseholdEntry[]) {
  const { maintenance } = office
  return {
    bookId: maintenance, date: DAY,
    lines: [
      office.line(maintenance, ACCOUNT.demandDeposit, debit(yuan(amount))),
      office.line(maintenance, ACCOUNT.contributions, credit(yuan(amount)), { households }),
    ],
  }
}

function repair(office: HouseholdOffice, amount: string, households: readonly HouseholdEntry[]) {
  const { maintenance } = office
  return {
    bookId: maintenance, date: DAY,
    lines: [
      office.line(maintenance, ACCOUNT.repairExpenditure, debit(yuan(amount)), { households }),
      office.line(maintenance, ACCOUNT.demandDeposit, credit(yuan(amount))),
    ],
  }
}

function openedAt(amounts: readonly string[]): { readonly office: HouseholdOffice; readonly rooms: readonly HouseholdId[] } {
  const office = householdOffice()
  const rooms = withRooms(office, ...amounts.map((_, index) => `10${index + 1}`))
  const { maintenance: bookId, complexId } = office
  beginHouseholdLedger(office.bookkeeper, { bookId, complexId, date: parseDate('2025-01-01') })
  rooms.forEach((room, index) => {
    const amount = amounts[index] ?? '0'
    office.post(contribution(office, amount, [principal(room, amount)]))
  })
  return { office, rooms }
}

/** Posts past the checks of the services, so that SQL alone has to refuse. */
function findings(office: HouseholdOffice): readonly string[] {
  const steps = verifyLedger(office.ledger)
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value.damages.map(({ code }) => code)
  }
}

describe('entries of a line', () => {
  it('must sum to the line once the complex keeps a sub-ledger', () => {
    const { office, rooms } = openedAt(['1000', '2000'])
    const short = saveDraft(office.preparer, {
      kind: 'general', attachments: [office.paper], ...contribution(office, '500', [principal(rooms[0], '499.99')]),
    })
    expect(() => { reviewDraft(office.reviewer, short) }).toThrow('分户金额合计 499.99 元，与分录的 500.00 元不符')
    const none = saveDraft(office.preparer, { kind: 'general', attachments: [office.paper], ...contribution(office, '500', []) })
    expect(() => { reviewDraft(office.reviewer, none) }).toThrow('落实到户')
  })

  it('are not asked for where no sub-ledger is kept, and cannot be written there', () => {
    const office = householdOffice()
    const [room] = withRooms(office, '101')
    office.post(contribution(office, '500', []))
    const early = saveDraft(office.preparer, {
      kind: 'general', attachments: [office.paper], ...contribution(office, '500', [principal(room, '500')]),
    })
    expect(() => { reviewDraft(office.reviewer, early) }).toThrow('还没有建分户账')
  })

  it('change the balance of their household on the day of the event, part by part', () => {
    const { office, rooms } = openedAt(['1000', '2000'])
    spend(office, repair(office, '300', [principal(rooms[0], '-100'), principal(rooms[1], '-200')]))
    const [first] = rooms
    if (first === undefined) throw new Error('no room')
    expect(householdBalance(office.ledger, first).totalFen).toBe(yuan('900'))
    expect(householdBalance(office.ledger, first, parseDate('2025-06-09')).totalFen).toBe(0)
    expect(complexBalances(office.ledger, office.complexId, DAY).map(({ balanceFen }) => balanceFen))
      .toEqual([yuan('900'), yuan('1800')])
  })

  it('sum to the fund at every moment, before and after the months close', () => {
    const { office, rooms } = openedAt(['1000', '2000'])
    spend(office, repair(office, '300', [principal(rooms[0], '-100'), principal(rooms[1], '-200')]))
    expect(fundOfComplex(office.ledger, office.maintenance, office.complexId)).toBe(yuan('2700'))
    expect(findings(office)).toEqual([])
  })
})

describe('no household below zero', () => {
  it('is refused before review, naming the room, and by SQL when it was reviewed before the money went', () => {
    const { office, rooms } = openedAt(['100', '2000'])
    const over = spendingDraft(office, repair(office, '300', [principal(rooms[0], '-100.01'), principal(rooms[1], '-199.99')]))
    expect(() => { reviewDraft(office.reviewer, over) }).toThrow('1幢 101 的余额不够')
    const both = [1, 2].map(() => spendingDraft(office, repair(office, '100', [principal(rooms[0], '-100')])))
    for (const draft of both) reviewDraft(office.reviewer, draft)
    expect(() => postDrafts(office.bookkeeper, both)).toThrow('不够')
    expect(fundOfComplex(office.ledger, office.maintenance, office.complexId)).toBe(yuan('2100'))
  })
})

describe('a red reversal', () => {
  it('gives back household by household', () => {
    const { office, rooms } = openedAt(['1000', '2000'])
    const posted = spend(office, repair(office, '300', [principal(rooms[0], '-100'), principal(rooms[1], '-200')]))
    const { reversal } = prepareReversal(office.preparer, { voucherId: posted.id, date: DAY, reason: '工程取消' })
    reviewDraft(office.reviewer, reversal)
    postDrafts(office.bookkeeper, [reversal])
    expect(complexBalances(office.ledger, office.complexId, DAY).map(({ balanceFen }) => balanceFen))
      .toEqual([yuan('1000'), yuan('2000')])
    expect(findings(office)).toEqual([])
  })
})

describe('opening the sub-ledger of a complex that has a fund', () => {
  function withFund() {
    const office = householdOffice()
    const rooms = withRooms(office, '101', '102')
    office.post(contribution(office, '3000', []))
    const { maintenance: bookId, complexId } = office
    return { office, rooms, facts: { bookId, complexId, date: DAY, attachments: [office.paper] } }
  }

  it('ties out to the fen or does not open', () => {
    const { office, rooms, facts } = withFund()
    const entries = [principal(rooms[0], '1000'), principal(rooms[1], '1999.99')]
    expect(() => prepareHouseholdOpening(office.preparer, { ...facts, entries })).toThrow('相差 -0.01 元')
  })

  it('leaves the fund as it was and begins the entries', () => {
    const { office, rooms, facts } = withFund()
    const draft = prepareHouseholdOpening(office.preparer, {
      ...facts, entries: [principal(rooms[0], '1000'), principal(rooms[1], '2000')],
    })
    reviewDraft(office.reviewer, draft)
    postDrafts(office.bookkeeper, [draft])
    expect(fundOfComplex(office.ledger, facts.bookId, facts.complexId)).toBe(yuan('3000'))
    expect(() => prepareHouseholdOpening(office.preparer, { ...facts, entries: [] })).toThrow('已经建了分户账')
    expect(findings(office)).toEqual([])
  })

  it('is refused by SQL when the fund moved between preparing and posting', () => {
    const { office, rooms, facts } = withFund()
    const draft = prepareHouseholdOpening(office.preparer, {
      ...facts, entries: [principal(rooms[0], '1000'), principal(rooms[1], '2000')],
    })
    reviewDraft(office.reviewer, draft)
    office.post(contribution(office, '1', []))
    expect(() => postDrafts(office.bookkeeper, [draft])).toThrow('差一分也不能建账')
  })

  it('cannot begin empty over a fund', () => {
    const { office, facts } = withFund()
    expect(() => { beginHouseholdLedger(office.bookkeeper, facts) }).toThrow('差一分也不能建账')
  })
})

describe('behind the product’s back', () => {
  it('a changed entry is named by verify', () => {
    const { office, rooms } = openedAt(['1000', '2000'])
    office.ledger.sqlite.exec('DROP TRIGGER household_entry_kept')
    office.ledger.sqlite.prepare('UPDATE household_entry SET amount_fen = amount_fen + 1 WHERE household_id = ?').run(rooms[0])
    expect(findings(office)).toContain('verify.voucherChanged')
    expect(findings(office)).toContain('verify.households')
  })
})

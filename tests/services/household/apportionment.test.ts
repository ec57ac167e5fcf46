/** Sheets kept with their inputs, and the repair that is charged by them. */
import { describe, expect, it } from 'vitest'
import { ACCOUNT } from '#core/voucher/chart.ts'
import { parseDate } from '#core/calendar.ts'
import { idOf, type HouseholdId } from '#core/id.ts'
import { parseYuan, ZERO_FEN } from '#core/money.ts'
import { credit, debit } from '#core/voucher/voucher.ts'
import {
  apportionmentOf, listApportionments, previewApportionment, recomputeApportionment, recordApportionment,
  type ApportionmentRequest,
} from '#services/household/apportionment.ts'
import { compareWithToday } from '#services/household/apportionment-compare.ts'
import { placesOf, readHouseholdLines } from '#services/household/apportionment-household.ts'
import { repairApportionments } from '#services/household/apportionment-repair.ts'
import { complexBalances, householdBalance } from '#services/household/household-entry.ts'
import { beginHouseholdLedger } from '#services/household/household-opening.ts'
import { changeFacts, registerHousehold } from '#services/register/household.ts'
import { householdCard } from '#services/register/household-history.ts'
import { setSetting } from '#services/office.ts'
import { postDrafts } from '#services/voucher/posting.ts'
import { reviewDraft } from '#services/voucher/voucher-draft.ts'
import { PLAIN_HOUSEHOLD } from '../register/household-office.ts'
import { addRoom, moneyOffice, type MoneyOffice } from './household-money-office.ts'
import { makeRepairOffice, type RepairOffice } from '../repair/repair-office.ts'

const yuan = parseYuan
const DAY = parseDate('2025-06-10')

function officeWith(amounts: readonly string[]): MoneyOffice {
  const office = moneyOffice(amounts.length)
  amounts.forEach((amount, index) => {
    if (yuan(amount) > 0) office.contribute(DAY, [{ householdId: office.room(index), amountFen: yuan(amount) }])
  })
  return office
}

function request(office: MoneyOffice, amount: string, more: Partial<ApportionmentRequest> = {}): ApportionmentRequest {
  return {
    complexId: office.complexId, purpose: 'plan', repairId: null, utilityBillId: null, title: '屋面防水', basis: 'area',
    scope: { kind: 'complex' }, shortfall: 'collect', askedFen: yuan(amount), coefficients: new Map(), ...more,
  }
}

describe('a kept sheet', () => {
  it('stands beside today’s register: changed areas and balances, households that came and left, row by row', () => {
    const office = officeWith(['1000', '1000', '1000'])
    const { id } = recordApportionment(office.preparer, request(office, '300'))
    expect(compareWithToday(office.ledger, id).counts).toEqual({ same: 3, changed: 0, joined: 0, left: 0 })
    addRoom(office, '201')
    const { facts } = householdCard(office.ledger, office.room(0), office.clock.today())
    if (facts === null) throw new Error('no facts')
    changeFacts(office.preparer, office.room(0), { ...facts, isExcluded: true }, { effectiveOn: DAY, reason: '转物业用房' })
    const { rows, counts, totalFen } = compareWithToday(office.ledger, id)
    expect([counts, totalFen]).toEqual([{ same: 2, changed: 0, joined: 1, left: 1 }, yuan('300')])
    expect(rows.filter(({ state }) => state !== 'same').map(({ address, state, before, after }) =>
      [address, state, before?.shareFen ?? null, after?.shareFen ?? null])).toEqual([
      ['1幢 201', 'joined', null, yuan('100')], ['1幢 101', 'left', yuan('100'), null],
    ])
    office.contribute(DAY, [{ householdId: office.room(1), amountFen: yuan('5') }])
    expect(compareWithToday(office.ledger, id).rows.find(({ address }) => address === '1幢 102')?.state).toBe('changed')
  })

  it('recomputes to itself after the balances have moved on', () => {
    const office = officeWith(['1000', '100', '2000'])
    const { id } = recordApportionment(office.preparer, request(office, '999.99'))
    office.contribute(DAY, [{ householdId: office.room(1), amountFen: yuan('5000') }])
    const sheet = apportionmentOf(office.ledger, id)
    expect(sheet.rows.map(({ shareFen }) => shareFen)).toEqual([yuan('333.33'), yuan('333.33'), yuan('333.33')])
    expect([sheet.drawnFen, sheet.selfFundedFen]).toEqual([yuan('766.66'), yuan('233.33')])
    expect(recomputeApportionment(office.ledger, id)).toEqual({ isSame: true, rows: [] })
    expect(listApportionments(office.ledger, { complexId: office.complexId, limit: 10 }).map((each) => each.id)).toEqual([id])
  })

  it('that was changed behind the product’s back no longer recomputes, and the household is named', () => {
    const office = officeWith(['1000', '1000'])
    const { id } = recordApportionment(office.preparer, request(office, '100'))
    office.ledger.sqlite.exec('DROP TRIGGER apportionment_share_kept')
    office.ledger.sqlite.exec('UPDATE apportionment_share SET share_fen = share_fen + 1 WHERE row_no = 1')
    expect(recomputeApportionment(office.ledger, id))
      .toEqual({ isSame: false, rows: [{ address: '1幢 101', recordedFen: yuan('50.01'), computedFen: yuan('50') }] })
  })

  it('leaves out excluded rooms, and asks the developer for the unsold', () => {
    const office = officeWith(['1000'])
    addRoom(office, '901', { isExcluded: true })
    addRoom(office, '902', { isDeveloperHeld: true })
    const preview = previewApportionment(office.ledger, request(office, '200'))
    expect(preview.households.map(({ address }) => address)).toEqual(['1幢 101', '1幢 902'])
    expect([preview.developerShortFen, preview.selfFundedFen]).toEqual([yuan('100'), 0])
  })

  it('divides less where nobody is to pay in', () => {
    const office = officeWith(['1000', '100'])
    const sheet = recordApportionment(office.preparer, request(office, '900', { shortfall: 'withinBalance' }))
    expect([sheet.askedFen, sheet.totalFen, sheet.selfFundedFen]).toEqual([yuan('900'), yuan('200'), 0])
  })

  it('takes the part first that the office has set', () => {
    const office = officeWith(['1000'])
    setSetting(office.head, 'apportionment.drawOrder', 'principalFirst')
    expect(previewApportionment(office.ledger, request(office, '10')).drawOrder).toBe('principalFirst')
  })

  it('needs a sub-ledger to draw on, but none to divide a bill', () => {
    const office = moneyOffice(2, false)
    expect(() => previewApportionment(office.ledger, request(office, '10'))).toThrow('还没有建分户账')
    const bill = previewApportionment(office.ledger, request(office, '10', { purpose: 'distribution', basis: 'household' }))
    expect(bill.shares.map(({ shareFen }) => shareFen)).toEqual([yuan('5'), yuan('5')])
  })
})

describe('a scope', () => {
  it('is chosen from the places of the register: buildings, entrances, single rooms', () => {
    const office = officeWith(['1000', '1000'])
    addRoom(office, '101', { entrance: '2' })
    const [first, second] = placesOf(office.ledger, office.complexId)
    expect([first?.households, second?.entrance]).toEqual([2, '2'])
    const entrances = [{ buildingId: office.building, entrance: '2' }]
    const preview = previewApportionment(office.ledger, request(office, '10', { scope: { kind: 'entrances', entrances } }))
    expect(preview.households.map(({ address }) => address)).toEqual(['1幢 2单元 101'])
    const householdIds = [...readHouseholdLines(office.ledger, office.complexId, '1幢 102\n\n1幢  2单元 101', false).keys()]
    const chosen = previewApportionment(office.ledger, request(office, '10', { scope: { kind: 'households', householdIds } }))
    expect(chosen.households.map(({ address }) => address)).toEqual(['1幢 102', '1幢 2单元 101'])
    const none = [idOf<'building'>(99)]
    expect(() => previewApportionment(office.ledger, request(office, '1', { scope: { kind: 'buildings', buildingIds: none } })))
      .toThrow('换一个范围')
  })

  it('reads agreed coefficients to three decimals and names the line that is wrong', () => {
    const office = officeWith(['1000', '1000'])
    const read = (text: string) => readHouseholdLines(office.ledger, office.complexId, text, true)
    expect([...read('1幢 101 1.25\n1幢102\t0.5')]).toEqual([[office.room(0), 1250], [office.room(1), 500]])
    expect(() => read('1幢 101 1\n1幢 909 1')).toThrow('第 2 行：没有“1幢 909”')
    expect(() => read('1幢 101 1.2345')).toThrow('第 1 行')
    expect(() => read('1幢 101 1\n1幢 101 2')).toThrow('写了两次')
  })
})

describe('a repair of a complex with a sub-ledger', () => {
  function repairOffice(amounts: readonly string[]): { readonly office: RepairOffice; readonly rooms: readonly HouseholdId[] } {
    const office = makeRepairOffice()
    // What is looked at here is who pays, not the decision, the contract and the notice a job of this size needs.
    for (const step of ['repairAuthority', 'repairContract', 'usePublication']) office.preset(`${step}.waivedBelow`, '20000.00')
    const { maintenance: bookId, complexId } = office
    const rooms = amounts.map((_, index) => registerHousehold(office.preparer, {
      effectiveOn: parseDate('2025-01-01'), reason: '登记', buildingId: office.building, owners: [],
      facts: { ...PLAIN_HOUSEHOLD, room: `10${index + 1}` },
    }))
    beginHouseholdLedger(office.bookkeeper, { bookId, complexId, date: parseDate('2025-01-01') })
    amounts.forEach((amount, index) => { pay(office, rooms[index], amount) })
    return { office, rooms }
  }

  function pay(office: RepairOffice, householdId: HouseholdId | undefined, amount: string): void {
    if (householdId === undefined) throw new Error('no room')
    const { maintenance: bookId } = office
    office.post({
      bookId, date: parseDate('2025-08-01'),
      lines: [
        office.line(bookId, ACCOUNT.demandDeposit, debit(yuan(amount))),
        office.line(bookId, ACCOUNT.contributions, credit(yuan(amount)), {
          households: [{ householdId, part: 'principal', amountFen: yuan(amount) }],
        }),
      ],
    })
  }

  function plan(office: RepairOffice, repairId: ReturnType<RepairOffice['report']>, amount: string) {
    return recordApportionment(office.preparer, {
      complexId: office.complexId, purpose: 'plan', repairId, utilityBillId: null, title: '屋面', basis: 'area',
      scope: { kind: 'complex' }, shortfall: 'collect', askedFen: yuan(amount), coefficients: new Map(),
    })
  }

  it('is charged to the households by its sheet, to the fen', () => {
    const { office, rooms } = repairOffice(['5000', '7000', '9000'])
    const id = office.report('10000')
    plan(office, id, '10000')
    const draft = office.walk(id, '10000')
    reviewDraft(office.reviewer, draft)
    postDrafts(office.bookkeeper, [draft])
    expect(complexBalances(office.ledger, office.complexId, parseDate('2025-12-31')).map(({ balanceFen }) => balanceFen))
      .toEqual([yuan('1666.66'), yuan('3666.67'), yuan('5666.67')])
    expect(repairApportionments(office.ledger, id).map(({ purpose }) => purpose)).toEqual(['repair', 'plan'])
    expect(rooms).toHaveLength(3)
  })

  it('waits for a sheet', () => {
    const { office } = repairOffice(['50000'])
    expect(() => office.walk(office.report('10000'), '10000')).toThrow('编制分摊表')
  })

  it('waits for what a household has to add, and leaves no half sheet behind', () => {
    const { office, rooms } = repairOffice(['9000', '4600'])
    const id = office.report('10000')
    plan(office, id, '10000')
    expect(() => office.walk(id, '10000')).toThrow('3幢 102等 1 户余额不够，还差 400.00 元')
    expect(repairApportionments(office.ledger, id)).toHaveLength(1)
    const [, second] = rooms
    pay(office, second, '400')
    const draft = office.pay(id, '10000')
    reviewDraft(office.reviewer, draft)
    postDrafts(office.bookkeeper, [draft])
    expect(second === undefined ? null : householdBalance(office.ledger, second).totalFen).toBe(ZERO_FEN)
  })
})

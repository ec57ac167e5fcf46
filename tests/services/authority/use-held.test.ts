/** What a job was authorised for holds at every later step: whose money its sheets take, and how much it may settle at. */
import { describe, expect, it } from 'vitest'
import { ACCOUNT } from '#core/voucher/chart.ts'
import { parseDate } from '#core/calendar.ts'
import type { BuildingId, HouseholdId, RepairId, UseAuthorisationId } from '#core/id.ts'
import { parseYuan } from '#core/money.ts'
import { credit, debit } from '#core/voucher/voucher.ts'
import type { UseScope } from '#core/authority/use-scope.ts'
import {
  confirmAuthorisation, endAuthorisation, recordAuthorisation, type AuthorisationFacts,
} from '#services/authority/use-authorisation.ts'
import { decidedLimit } from '#services/authority/use-held.ts'
import { addVotePaper, certifyVote, countBallots, enterBallots, openVote } from '#services/authority/vote.ts'
import { recordApportionment } from '#services/household/apportionment.ts'
import { beginHouseholdLedger } from '#services/household/household-opening.ts'
import { addBuilding } from '#services/register/complex.ts'
import { registerHousehold } from '#services/register/household.ts'
import { authoriseRepair } from '#services/repair/repair-agreement.ts'
import { authorityChoices } from '#services/repair/repair-authority.ts'
import { repairCard } from '#services/repair/repair-list.ts'
import { sendBackRepair } from '#services/repair/repair.ts'
import { postDrafts } from '#services/voucher/posting.ts'
import { reviewDraft } from '#services/voucher/voucher-draft.ts'
import { ENTRY, PLAIN_HOUSEHOLD } from '../register/household-office.ts'
import { makeRepairOffice, type RepairOffice } from '../repair/repair-office.ts'
import { refusalOf } from '../voucher/ledger-steps.ts'

const day = parseDate
const yuan = parseYuan
const codeOf = (work: () => unknown): string => refusalOf(work).code
const COMPLEX: UseScope = { kind: 'complex' }
const buildings = (...buildingIds: readonly BuildingId[]): UseScope => ({ kind: 'buildings', buildingIds })

type TwoBuildings = RepairOffice & { readonly fifth: BuildingId; readonly rooms: readonly [HouseholdId, HouseholdId] }

/** Building 3 and building 5, a household each, with 9,000.00 on either account. */
function twoBuildings(): TwoBuildings {
  const office = makeRepairOffice({ isWhole: true })
  // What is looked at here is the owners' decision, not the contract and the notice.
  for (const step of ['repairContract', 'usePublication']) office.preset(`${step}.waivedBelow`, '20000.00')
  const fifth = addBuilding(office.head, office.complexId, { code: '5', name: '5幢' })
  const room = (buildingId: BuildingId) => registerHousehold(office.preparer, {
    ...ENTRY, effectiveOn: day('2025-01-01'), buildingId, facts: { ...PLAIN_HOUSEHOLD, entrance: '1' }, owners: [],
  })
  const rooms = [room(office.building), room(fifth)] as const
  const { maintenance: bookId, complexId } = office
  beginHouseholdLedger(office.bookkeeper, { bookId, complexId, date: day('2025-01-01') })
  for (const householdId of rooms) {
    office.post({
      bookId, date: day('2025-08-01'),
      lines: [
        office.line(bookId, ACCOUNT.demandDeposit, debit(yuan('9000.00'))),
        office.line(bookId, ACCOUNT.contributions, credit(yuan('9000.00')), {
          households: [{ householdId, part: 'principal', amountFen: yuan('9000.00') }],
        }),
      ],
    })
  }
  return { ...office, fifth, rooms }
}

/** Reported for building 3 and checked: it waits for its authority. */
function waiting(office: TwoBuildings, amount: string): RepairId {
  const id = office.report(amount, { facility: `${amount} 元处` })
  office.check(id, amount)
  return id
}

function carried(office: TwoBuildings, scope: UseScope, amount: string) {
  const id = openVote(office.preparer, {
    complexId: office.complexId, title: '3幢屋面', matter: 'use', method: 'ballot', scope, amountFen: yuan(amount),
    parts: ['屋面'], repairId: null,
    registerOn: day('2025-09-01'), returnBy: day('2025-09-30'),
  })
  const electors = scope.kind === 'complex' ? office.rooms : office.rooms.slice(0, 1)
  enterBallots(office.preparer, id, electors.map((householdId) => ({ householdId, choice: 'agree' })))
  addVotePaper(office.preparer, id, 'ballots', office.paper)
  countBallots(office.preparer, id)
  certifyVote(office.reviewer, id)
  return { kind: 'vote', voteId: id } as const
}

const rest = (office: TwoBuildings, id: RepairId, scope: UseScope, ref: Parameters<typeof authoriseRepair>[2]['ref']) =>
  authoriseRepair(office.preparer, id, { on: office.clock.today(), scope, ref })

const sheet = (office: TwoBuildings, repairId: RepairId, scope: UseScope) => recordApportionment(office.preparer, {
  complexId: office.complexId, purpose: 'plan', repairId, utilityBillId: null, title: '屋面', basis: 'area', scope,
  shortfall: 'collect', askedFen: yuan('6000.00'), coefficients: new Map(),
})

function authorisation(office: TwoBuildings, more: Partial<AuthorisationFacts> = {}): UseAuthorisationId {
  const id = recordAuthorisation(office.preparer, {
    complexId: office.complexId, title: '日常维修', scope: COMPLEX, voteId: null, parts: ['屋面'], from: day('2025-01-01'),
    to: day('2027-12-31'), perJobFen: yuan('6000.00'), totalFen: yuan('6000.00'),
    decision: { number: '业决1号', decidedOn: day('2025-01-05'), sha256: office.paper }, ...more,
  })
  confirmAuthorisation(office.reviewer, id)
  return id
}

/** Reviewed on site, accepted, ready to be settled. */
function worked(office: TwoBuildings, id: RepairId): void {
  office.review(id)
  office.file(id, 'acceptanceSheet', 'acceptanceRecord', 'settlement')
  office.signAcceptance(id)
  office.accept(id)
}

describe('owners outside the decision are not charged', () => {
  it('by a sheet made after it', () => {
    const office = twoBuildings()
    const id = waiting(office, '6000.00')
    const third = buildings(office.building)
    rest(office, id, third, carried(office, third, '6000.00'))
    const refusal = refusalOf(() => sheet(office, id, COMPLEX))
    expect([refusal.code, refusal.field]).toEqual(['apportionment.outsideUse', 'scope'])
    expect(refusal.message).toContain('只列支3幢')
    expect(codeOf(() => sheet(office, id, buildings(office.building, office.fifth)))).toBe('apportionment.outsideUse')
    sheet(office, id, third)
    sendBackRepair(office.preparer, id, 'authority', '改由全小区表决')
    sheet(office, id, COMPLEX)
  })

  it('by a sheet that was there first: it is made anew before the authority is written', () => {
    const office = twoBuildings()
    const id = waiting(office, '6000.00')
    const third = buildings(office.building)
    sheet(office, id, COMPLEX)
    const ref = carried(office, third, '6000.00')
    expect(codeOf(() => rest(office, id, third, ref))).toBe('apportionment.outsideUse')
    sheet(office, id, third)
    rest(office, id, third, ref)
  })

  it('by the payment’s own voucher, whatever was done to its draft', () => {
    const paid = (isTampered: boolean) => {
      const office = twoBuildings()
      // Before the works begin on the eighth.
      office.clock.set('2025-09-05T02:00:00.000Z')
      const id = waiting(office, '6000.00')
      const third = buildings(office.building)
      rest(office, id, third, carried(office, third, '6000.00'))
      sheet(office, id, third)
      office.clock.set('2025-10-09T02:00:00.000Z')
      worked(office, id)
      office.settle(id, '6000.00')
      office.file(id, 'workOrder', 'invoice')
      const draft = office.pay(id, '6000.00')
      const [, elsewhere] = office.rooms
      const charge = office.ledger.sqlite.prepare('UPDATE voucher_draft_household SET household_id = ? WHERE draft_id = ?')
      if (isTampered) charge.run(elsewhere, draft)
      reviewDraft(office.reviewer, draft)
      return postDrafts(office.bookkeeper, [draft])
    }
    expect(paid(false)).toHaveLength(1)
    expect(codeOf(() => paid(true))).toBe('apportionment.outsideUse')
  })

  it('by another building’s vote, nor by that of one of its households', () => {
    const office = twoBuildings()
    const id = waiting(office, '6000.00')
    const ref = carried(office, COMPLEX, '6000.00')
    const [, elsewhere] = office.rooms
    const refusal = refusalOf(() => rest(office, id, buildings(office.fifth), ref))
    expect([refusal.code, refusal.field]).toEqual(['authority.place', 'scope'])
    expect(refusal.message).toContain('3幢 1单元')
    expect(codeOf(() => rest(office, id, { kind: 'households', householdIds: [elsewhere] }, ref))).toBe('authority.place')
    rest(office, id, buildings(office.building), ref)
  })
})

it('a vote on the roof pays for no lift, and one for a job is about that job’s part', () => {
  const office = twoBuildings()
  const ref = carried(office, COMPLEX, '6000.00')
  const lift = office.report('6000.00', { part: '电梯', facility: '1号梯', title: '曳引机更换' })
  office.check(lift, '6000.00')
  const refusal = refusalOf(() => rest(office, lift, COMPLEX, ref))
  expect([refusal.code, refusal.message]).toEqual(['authority.part', 'BJ2025-00001 表决的是屋面，不包括“电梯”：请就这项维修表决'])
  expect(authorityChoices(office.preparer, lift).votes).toEqual([])
  const roof = waiting(office, '5000.00')
  expect(authorityChoices(office.preparer, roof).votes).toHaveLength(1)
  rest(office, roof, COMPLEX, ref)
  const about = (parts: readonly string[]) => () => openVote(office.preparer, {
    complexId: office.complexId, title: '曳引机更换', matter: 'use', method: 'ballot', scope: COMPLEX,
    amountFen: yuan('6000.00'), parts, repairId: lift, registerOn: day('2025-09-01'), returnBy: day('2025-09-30'),
  })
  expect(refusalOf(about(['屋面']))).toMatchObject({ code: 'vote.parts', field: 'parts' })
  about(['屋面', '电梯'])()
})

describe('what owners agreed to is the most the job settles at', () => {
  const settle = (office: TwoBuildings, id: RepairId, amount: string): string => {
    try {
      office.settle(id, amount)
      return 'settled'
    } catch (error) {
      return refusalOf(() => { throw error }).code
    }
  }

  it('though the office tolerates ten per cent, and the way out is another decision', () => {
    const office = twoBuildings()
    const id = waiting(office, '6000.00')
    rest(office, id, buildings(office.building), carried(office, buildings(office.building), '6000.00'))
    worked(office, id)
    expect(repairCard(office.preparer, id).decided).toEqual({
      kind: 'vote', basis: '业主表决 BJ2025-00001', mostFen: yuan('6000.00'),
    })
    expect(settle(office, id, '6599.99')).toBe('authority.ceiling')
    sendBackRepair(office.preparer, id, 'authority', '超出部分重新表决')
    expect(decidedLimit(office.ledger, id)).toBeNull()
    rest(office, id, buildings(office.building), carried(office, buildings(office.building), '6599.99'))
    worked(office, id)
    expect(settle(office, id, '6599.99')).toBe('settled')
  })

  it('nor above either ceiling of an authorisation, with all its other jobs', () => {
    const office = twoBuildings()
    const authorisationId = authorisation(office, { perJobFen: yuan('6000.00'), totalFen: yuan('9000.00') })
    const [first, second] = [waiting(office, '6000.00'), waiting(office, '3000.00')]
    for (const id of [first, second]) rest(office, id, COMPLEX, { kind: 'standing', authorisationId })
    expect([first, second].map((id) => decidedLimit(office.ledger, id)?.mostFen)).toEqual([yuan('6000.00'), yuan('3000.00')])
    for (const id of [first, second]) worked(office, id)
    expect(settle(office, first, '6000.01')).toBe('authority.ceiling')
    expect(settle(office, second, '3000.01')).toBe('authority.ceiling')
    expect(settle(office, first, '5900.00')).toBe('settled')
    expect(settle(office, second, '3100.00')).toBe('settled')
  })
})

describe('an authority is not written back', () => {
  it('into a term that has ended, nor before the works were reported and checked', () => {
    const office = twoBuildings()
    const authorisationId = authorisation(office, { to: day('2025-06-30') })
    const id = waiting(office, '6000.00')
    const on = (date: string) => codeOf(() => authoriseRepair(office.preparer, id, {
      on: day(date), scope: COMPLEX, ref: { kind: 'standing', authorisationId },
    }))
    expect([on('2025-06-30'), on('2025-08-31'), on('2025-10-10')]).toEqual(Array(3).fill('authority.date'))
    expect(on('2025-10-09')).toBe('authority.expired')
  })

  it('though it was good on the day it bears, when it has ended since', () => {
    const office = twoBuildings()
    const authorisationId = authorisation(office, { to: day('2025-10-10') })
    const id = waiting(office, '6000.00')
    office.clock.set('2025-10-11T02:00:00.000Z')
    const late = () => authoriseRepair(office.preparer, id, {
      on: day('2025-10-10'), scope: COMPLEX, ref: { kind: 'standing', authorisationId },
    })
    expect(codeOf(late)).toBe('authority.expired')
    office.clock.set('2025-10-10T02:00:00.000Z')
    late()
  })
})

describe('what was voted once is given away once', () => {
  const toAuthorise = (office: TwoBuildings) => {
    const id = openVote(office.preparer, {
      complexId: office.complexId, title: '一次授权', matter: 'authorise', method: 'ballot', scope: COMPLEX, amountFen: null,
      parts: [], repairId: null, registerOn: day('2025-09-01'), returnBy: day('2025-09-30'),
    })
    enterBallots(office.preparer, id, office.rooms.map((householdId) => ({ householdId, choice: 'agree' })))
    addVotePaper(office.preparer, id, 'ballots', office.paper)
    countBallots(office.preparer, id)
    certifyVote(office.reviewer, id)
    return id
  }
  const numbered = (office: TwoBuildings, number: string) =>
    ({ number, decidedOn: day('2025-09-30'), sha256: office.paper })

  it('under one decision number or another, until the first was ended unused', () => {
    const office = twoBuildings()
    const voteId = toAuthorise(office)
    const first = authorisation(office, { voteId, decision: numbered(office, '业决2号') })
    const again = () => authorisation(office, { voteId, decision: numbered(office, '业决3号') })
    expect(codeOf(again)).toBe('authority.twice')
    endAuthorisation(office.head, first, '部位登错')
    const second = again()
    rest(office, waiting(office, '6000.00'), COMPLEX, { kind: 'standing', authorisationId: second })
    endAuthorisation(office.head, second, '收回')
    expect(codeOf(() => authorisation(office, { voteId, decision: numbered(office, '业决4号') }))).toBe('authority.twice')
  })

  it('within the share of the fund that all authorisations in force may give away together', () => {
    const office = twoBuildings()
    // 18,000.00 in the fund: 9,000.00 may be given away.
    office.setPolicy('authorisation.fundPercent', '50')
    authorisation(office)
    const more = (number: string, totalFen: string) => () => authorisation(office, {
      perJobFen: yuan('1000.00'), totalFen: yuan(totalFen), decision: numbered(office, number),
    })
    const refusal = refusalOf(more('业决5号', '3000.01'))
    expect([refusal.code, refusal.field]).toEqual(['authority.terms', 'totalFen'])
    expect(refusal.message).toContain('其他有效授权已占 6,000.00 元')
    more('业决6号', '3000.00')()
    expect(codeOf(more('业决7号', '1000.00'))).toBe('authority.terms')
  })
})

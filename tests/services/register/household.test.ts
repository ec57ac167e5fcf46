import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseDate } from '#core/calendar.ts'
import type { HouseholdFacts } from '#core/register/household.ts'
import type { HouseholdId } from '#core/id.ts'
import { fen } from '#core/money.ts'
import { Problem } from '#core/problem.ts'
import { changeFacts, registerHousehold, setOwners } from '#services/register/household.ts'
import { factsOn, householdCard, ownersOn } from '#services/register/household-history.ts'
import { buildingPicture, listHouseholds, registerTotals } from '#services/register/household-list.ts'
import { mergeHouseholds, splitHousehold } from '#services/register/household-merge.ts'
import { beginChange, openingOf, writeOpening } from '#services/register/household-record.ts'
import {
  ENTRY, cardNumber, householdOffice, person, PLAIN_HOUSEHOLD, unsealedOffice, type HouseholdOffice,
} from './household-office.ts'

const day = parseDate

function refusalOf(work: () => unknown): string {
  try {
    work()
    return 'accepted'
  } catch (error) {
    if (error instanceof Problem) return error.code
    throw error
  }
}

function register(
  office: HouseholdOffice, facts: Partial<HouseholdFacts> = {}, owners = [person('王小明', cardNumber(1))],
): HouseholdId {
  return registerHousehold(office.preparer, {
    ...ENTRY, buildingId: office.building, facts: { ...PLAIN_HOUSEHOLD, ...facts }, owners,
  })
}

/** As an import leaves it. */
function withOpening(office: HouseholdOffice, id: HouseholdId, paid: number, interest: number, balance: number): void {
  const change = beginChange(office.head, {
    complexId: office.complexId, kind: 'register', effectiveOn: ENTRY.effectiveOn, reason: '余额',
  })
  writeOpening(office.ledger, change, id, { paidFen: fen(paid), interestFen: fen(interest), balanceFen: fen(balance) })
}

describe('the history of a household', () => {
  it('gives the facts and owners of any day', () => {
    const office = householdOffice()
    const id = register(office)
    changeFacts(office.bookkeeper, id, { ...PLAIN_HOUSEHOLD, areaDm2: 9000, use: 'shop' },
      { effectiveOn: day('2025-05-01'), reason: '测绘更正' })
    setOwners(office.bookkeeper, id, [person('李一', cardNumber(2), '1/3'), person('李二', cardNumber(3), '2/3')],
      { effectiveOn: day('2025-07-01'), reason: '买卖过户' })
    expect(factsOn(office.ledger, id, day('2025-02-28'))).toBeNull()
    expect(factsOn(office.ledger, id, day('2025-04-30'))?.areaDm2).toBe(8950)
    expect(factsOn(office.ledger, id, day('2025-05-01'))).toMatchObject({ areaDm2: 9000, use: 'shop' })
    expect(ownersOn(office.ledger, id, day('2025-06-30')).map(({ name, share }) => [name, share])).toEqual([['王**', '全部']])
    expect(ownersOn(office.ledger, id, day('2025-07-01')).map(({ name, share }) => [name, share]))
      .toEqual([['李**', '1/3'], ['李**', '2/3']])
    const { acts } = householdCard(office.ledger, id, day('2025-08-01'))
    expect(acts.map(({ kind, effectiveOn, reason, actor }) => [kind, effectiveOn, reason, actor])).toEqual([
      ['register', '2025-03-01', '按产权证登记', '张制单'], ['facts', '2025-05-01', '测绘更正', '王记账'],
      ['owners', '2025-07-01', '买卖过户', '王记账'],
    ])
  })

  it('goes forward only, and never into the future', () => {
    const office = householdOffice()
    const id = register(office)
    const areas = { ...PLAIN_HOUSEHOLD, areaDm2: 1 }
    expect(refusalOf(() => changeFacts(office.head, id, areas, { effectiveOn: day('2025-02-01'), reason: '补录' })))
      .toBe('household.order')
    expect(refusalOf(() => changeFacts(office.head, id, areas, { effectiveOn: day('2025-12-01'), reason: '预录' })))
      .toBe('household.future')
    expect(refusalOf(() => setOwners(office.head, id, [], { effectiveOn: day('2025-02-01'), reason: '补录' })))
      .toBe('household.order')
    expect(refusalOf(() => changeFacts(office.head, id, PLAIN_HOUSEHOLD, ENTRY))).toBe('household.same')
  })

  it('refuses a second household in the same room', () => {
    const office = householdOffice()
    register(office)
    expect(refusalOf(() => register(office))).toBe('household.duplicate')
    expect(refusalOf(() => register(office, { areaDm2: 0, room: '9' }))).toBe('area.zero')
  })
})

describe('owners', () => {
  it('with the same number are one owner of several households; another name for the number is refused', () => {
    const office = householdOffice()
    register(office)
    register(office, { room: '102' })
    expect(office.ledger.sqlite.prepare('SELECT count(*) FROM owner').pluck().get()).toBe(1)
    expect(refusalOf(() => register(office, { room: '103' }, [person('王大明', cardNumber(1))]))).toBe('owner.otherName')
  })

  it('hold shares that are all given or none, and add up', () => {
    const office = householdOffice()
    const id = register(office)
    const entry = { effectiveOn: day('2025-04-01'), reason: '更正' }
    const set = (...shares: string[]) => refusalOf(() =>
      setOwners(office.head, id, shares.map((share, index) => person(`赵${index}`, null, share)), entry))
    expect([set('1/2', ''), set('1/2', '1/3'), set('1/2', '50%')]).toEqual(['ownership.mixed', 'ownership.sum', 'accepted'])
  })
})

describe('merge and split carry the money', () => {
  it('a split gives each part its share by area; a merge brings it back to the fen', () => {
    fc.assert(fc.property(
      fc.array(fc.integer({ min: 1, max: 30_000 }), { minLength: 2, maxLength: 5 }),
      fc.integer({ min: 0, max: 5_000_000 }), fc.integer({ min: 0, max: 90_000 }), fc.integer({ min: 0, max: 5_000_000 }),
      (areas, paid, interest, due) => {
        const office = unsealedOffice()
        const whole = areas.reduce((sum, area) => sum + area, 0)
        const id = register(office, { areaDm2: whole, firstDueFen: fen(due) }, [])
        withOpening(office, id, paid, interest, paid)
        const parts = areas.map((areaDm2, index) => ({ ...PLAIN_HOUSEHOLD, room: `10${index}`, areaDm2 }))
        const made = splitHousehold(office.head, id, parts, { effectiveOn: day('2025-06-01'), reason: '分割' })
        const totals = registerTotals(office.ledger, { complexId: office.complexId }, day('2025-06-01'))
        expect([totals.households, totals.areaDm2, totals.paidFen, totals.balanceFen, totals.dueFen])
          .toEqual([areas.length, whole, paid, paid, due])
        const merged = mergeHouseholds(office.head, made, { ...PLAIN_HOUSEHOLD, areaDm2: whole },
          { effectiveOn: day('2025-07-01'), reason: '合并' })
        expect(openingOf(office.ledger, merged)).toEqual({ paidFen: paid, interestFen: interest, balanceFen: paid })
        expect(factsOn(office.ledger, merged, day('2025-07-01'))?.firstDueFen).toBe(due)
        expect(factsOn(office.ledger, id, day('2025-07-01'))).toBeNull()
      },
    ), { numRuns: 12 })
  })

  it('names where a household came from and went to, and its owners hold the same area', () => {
    const office = householdOffice()
    const one = register(office, { areaDm2: 3000 })
    const two = register(office, { room: '102', areaDm2: 6000 }, [person('李一', cardNumber(2))])
    const entry = { effectiveOn: day('2025-06-01'), reason: '合并' }
    const merged = mergeHouseholds(office.head, [one, two], { ...PLAIN_HOUSEHOLD, areaDm2: 9000 }, entry)
    const card = householdCard(office.ledger, merged, day('2025-06-01'))
    expect(card.from.map(({ address }) => address)).toEqual(['1幢 101', '1幢 102'])
    expect(card.owners.map(({ share }) => share)).toEqual(['1/3', '2/3'])
    expect(householdCard(office.ledger, one, day('2025-06-01'))).toMatchObject({ state: 'left', to: [{ id: merged }] })
    expect(refusalOf(() => setOwners(office.head, one, [], entry))).toBe('household.left')
  })

  it('is refused when areas differ, money is half known, or buildings differ', () => {
    const office = householdOffice()
    const one = register(office)
    const two = register(office, { room: '102' })
    const entry = { effectiveOn: day('2025-06-01'), reason: '合并' }
    const merge = (areaDm2: number) =>
      refusalOf(() => mergeHouseholds(office.head, [one, two], { ...PLAIN_HOUSEHOLD, areaDm2 }, entry))
    expect(merge(17000)).toBe('household.area')
    withOpening(office, one, 1, 0, 1)
    expect(merge(17900)).toBe('household.merge')
    expect(refusalOf(() => splitHousehold(office.head, one, [PLAIN_HOUSEHOLD], entry))).toBe('household.split')
  })
})

describe('lists and the picture', () => {
  it('walk by page in the order of rooms, and filter as the rule says', () => {
    const office = householdOffice()
    for (const room of ['1001', '101', '201']) register(office, { room, firstDueFen: fen(1000) }, [])
    const standings = ['1001', '101'].map((room) => [room, room === '101' ? 299 : 300] as const)
    const all = listHouseholds(office.ledger, { complexId: office.complexId, limit: 10 }, day('2025-08-01'))
    for (const [room, balance] of standings) {
      const found = all.find((each) => each.room === room)
      if (found !== undefined) withOpening(office, found.id, 1000, 0, balance)
    }
    const page = (filter: object) =>
      listHouseholds(office.ledger, { complexId: office.complexId, limit: 10, ...filter }, day('2025-08-01'))
    expect(page({}).map(({ room, standing }) => [room, standing])).toEqual([['101', 'low'], ['201', 'unknown'], ['1001', 'paid']])
    for (const standing of ['low', 'paid', 'unknown', 'owing'] as const) {
      const expected = page({}).filter((each) => each.standing === standing)
      expect(page({ standing }).map(({ id }) => id)).toEqual(expected.map(({ id }) => id))
    }
    const [first] = page({ limit: 1 })
    expect(page({ after: first?.id }).map(({ room }) => room)).toEqual(['201', '1001'])
    expect(page({ room: '100' }).map(({ room }) => room)).toEqual(['1001'])
    expect(buildingPicture(office.ledger, office.building, day('2025-08-01')).entrances[0]?.columns).toEqual(['01'])
    expect(registerTotals(office.ledger, { complexId: office.complexId }, day('2025-08-01')).standings)
      .toEqual({ paid: 1, low: 1, unknown: 1, owing: 0, none: 0 })
  })
})

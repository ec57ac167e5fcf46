import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { indexPayers, matchContribution, type Payer } from '#core/household/contribution-match.ts'
import { idOf } from '#core/id.ts'
import { fen } from '#core/money.ts'

function payer(id: number, building: string, entrance: string, room: string, more: Partial<Payer> = {}): Payer {
  return { householdId: idOf<'household'>(id), building, entrance, room, names: [], owedFen: null, ...more }
}

const PAYERS = [
  payer(1, '3', '2', '301', { names: ['王一'], owedFen: fen(7160_00) }), payer(2, '3', '1', '301', { names: ['王一'] }),
  payer(3, '3', '2', '302', { names: ['欧阳䶮'], owedFen: fen(5000_00) }), payer(4, '13幢', '', '301', { owedFen: fen(7160_00) }),
  payer(5, '4', '1', '1201'),
]
const index = indexPayers(PAYERS)
const line = (memo: string, party = '', amount = 1) => matchContribution({ memo, party, amountFen: fen(amount) }, index)

describe('a payment on the statement', () => {
  it.each([
    ['3幢2单元301 维修资金', 1], ['交存维修资金３幢２单元３０１室', 1], ['3-2-301', 1], ['3号楼1单元301续交', 2], ['3栋302', 3],
    ['13幢301', 4], ['13#301', 4], ['4 幢 1 单元 1201', 5], ['03幢02单元302', 3],
  ])('%s is household %i’s', (memo, id) => {
    expect(line(memo)).toEqual({ householdId: id, by: 'address' })
  })

  it('of an address two households share is nobody’s, whatever else fits', () => {
    expect(line('3幢301', '欧阳䶮', 5000_00)).toBeNull()
    expect(line('3幢2单元301、3幢2单元302')).toBeNull()
  })

  it('goes by a name only one household has, then by an amount only one owes', () => {
    expect(line('维修资金', '欧阳䶮')).toEqual({ householdId: 3, by: 'name' })
    expect(line('维修资金', '王一', 5000_00)).toEqual({ householdId: 3, by: 'amount' })
    expect(line('维修资金', '', 7160_00)).toBeNull()
    expect(line('维修资金')).toBeNull()
  })

  it('finds every household by its own full address', () => {
    const within = (min: number, max: number) => fc.integer({ min, max })
    const rooms = fc.uniqueArray(fc.tuple(within(1, 99), within(1, 9), within(101, 3999)),
      { selector: (place) => place.join('|'), minLength: 1 })
    fc.assert(fc.property(rooms, (places) => {
      const payers = places.map(([building, entrance, room], at) => payer(at + 1, `${building}`, `${entrance}`, `${room}`))
      const all = indexPayers(payers)
      for (const { householdId, building, entrance, room } of payers) {
        const memo = `${building}幢${entrance}单元${room}室`
        expect(matchContribution({ memo, party: '', amountFen: fen(1) }, all)?.householdId).toBe(householdId)
      }
    }))
  })
})

/** The owners' vote from the register to a certified result, and everything that must not be possible on the way. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseDate } from '#core/calendar.ts'
import type { HouseholdId, VoteId } from '#core/id.ts'
import { parseYuan } from '#core/money.ts'
import { BALLOT_CHOICES, type BallotChoice } from '#core/authority/vote-tally.ts'
import { storeAttachment } from '#services/attachment.ts'
import { changeFacts, registerHousehold } from '#services/register/household.ts'
import {
  addVotePaper, certifyVote, countBallots, enterBallots, openVote, postVoteResult, reopenBallots, withdrawVote, type VoteFacts,
} from '#services/authority/vote.ts'
import { voteBuildings, voteHead, voteTally, voteUnits } from '#services/authority/vote-record.ts'
import {
  ENTRY, householdOffice, person, PLAIN_HOUSEHOLD, unsealedOffice, type HouseholdOffice,
} from '../register/household-office.ts'
import { refusalOf } from '../voucher/ledger-steps.ts'

const day = parseDate

function rooms(office: HouseholdOffice, count: number): readonly HouseholdId[] {
  return Array.from({ length: count }, (_, index) => registerHousehold(office.preparer, {
    ...ENTRY, buildingId: office.building, facts: { ...PLAIN_HOUSEHOLD, room: String(101 + index) }, owners: [],
  }))
}

function open(office: HouseholdOffice, more: Partial<VoteFacts> = {}): VoteId {
  return openVote(office.preparer, {
    complexId: office.complexId, title: '1幢屋面翻修', matter: 'use', method: 'ballot',
    scope: { kind: 'buildings', buildingIds: [office.building] }, amountFen: parseYuan('50000'), parts: ['屋面'], repairId: null,
    registerOn: day('2025-09-01'), returnBy: day('2025-09-30'), ...more,
  })
}

function cast(office: HouseholdOffice, id: VoteId, choices: readonly BallotChoice[], of: readonly HouseholdId[]): void {
  enterBallots(office.preparer, id, of.flatMap((householdId, index) => {
    const choice = choices[index]
    return choice === undefined ? [] : [{ householdId, choice }]
  }))
}

function fileBallots(office: HouseholdOffice, id: VoteId): void {
  const { sha256 } = storeAttachment(office.preparer, { name: '表决票.pdf', bytes: Buffer.from('ballots') })
  addVotePaper(office.preparer, id, 'ballots', sha256)
}

function firstOf(units: readonly HouseholdId[]): HouseholdId {
  const [first] = units
  if (first === undefined) throw new Error('no unit')
  return first
}

const codeOf = (work: () => unknown): string => refusalOf(work).code

describe('a vote on paper', () => {
  it('goes from the register day over the ballots to a result a second person certifies', () => {
    const office = unsealedOffice()
    const units = rooms(office, 4)
    const id = open(office)
    expect(voteHead(office.ledger, id)).toMatchObject({
      number: 'BJ2025-00001', state: 'open', passed: null, scopeText: '1幢，4 户',
      rule: { silenceJoins: false, quorumArea: { numerator: 2, denominator: 3, strict: false } },
    })
    cast(office, id, ['agree', 'agree', 'against'], units)
    expect(voteBuildings(office.ledger, id)).toMatchObject([{ name: '1幢', units: 4, returned: 3 }])
    countBallots(office.preparer, id)
    expect(codeOf(() => certifyVote(office.reviewer, id))).toBe('vote.ballots')
    fileBallots(office, id)
    certifyVote(office.reviewer, id)
    expect(voteHead(office.ledger, id))
      .toMatchObject({ state: 'certified', passed: true, resultText: '通过', certifiedOn: '2025-10-09' })
    postVoteResult(office.preparer, id, { on: day('2025-10-09'), place: '小区公告栏' })
    expect(voteUnits(office.ledger, id, office.building).map(({ choice }) => choice)).toEqual(['agree', 'agree', 'against', null])
  })

  it('takes areas and owners as the register stood on the register day', () => {
    const office = householdOffice()
    const owner = person('张三', '340702198001010012')
    const flats = ['101', '102', '103'].map((room) => registerHousehold(office.preparer, {
      ...ENTRY, buildingId: office.building, facts: { ...PLAIN_HOUSEHOLD, room }, owners: room === '103' ? [] : [owner],
    }))
    const [first] = flats
    if (first === undefined) throw new Error('no flat')
    const grown = { ...PLAIN_HOUSEHOLD, areaDm2: 20_000 }
    changeFacts(office.preparer, first, grown, { effectiveOn: day('2025-09-15'), reason: '测绘更正' })
    const before = open(office, { registerOn: day('2025-09-14') })
    const after = open(office, { registerOn: day('2025-09-15') })
    const totals = [before, after].map((id) => voteTally(office.ledger, id, voteHead(office.ledger, id).rule).total)
    // 张三 holds two flats: two persons, three flats.
    expect(totals).toEqual([{ areaDm2: 26_850, heads: 2 }, { areaDm2: 37_900, heads: 2 }])
  })

  it('keeps a ballot entered again, and the last one counts', () => {
    const office = unsealedOffice()
    const units = rooms(office, 3)
    const id = open(office)
    cast(office, id, ['agree', 'agree', 'agree'], units)
    const [first] = units
    if (first === undefined) throw new Error('no unit')
    expect(enterBallots(office.preparer, id, [{ householdId: first, choice: 'agree' }])).toBe(0)
    expect(enterBallots(office.preparer, id, [{ householdId: first, choice: 'notReturned' }])).toBe(1)
    expect(voteTally(office.ledger, id, voteHead(office.ledger, id).rule).byChoice).toMatchObject({
      agree: { heads: 2 }, notReturned: { heads: 1 },
    })
    const kept = office.ledger.prepare<[], { count: number }>('SELECT count(*) AS count FROM vote_ballot').get()
    expect(kept?.count).toBe(4)
  })

  it('is counted after the last day, or when everybody has answered', () => {
    const office = unsealedOffice()
    const units = rooms(office, 3)
    const id = open(office, { returnBy: day('2025-10-09') })
    cast(office, id, ['agree', 'agree'], units)
    expect(codeOf(() => countBallots(office.preparer, id))).toBe('vote.early')
    cast(office, id, ['agree', 'agree', 'abstain'], units)
    countBallots(office.preparer, id)
    expect(voteHead(office.ledger, id).state).toBe('counted')
  })

  it('takes no ballot once counted, goes back with a reason, and is final once certified', () => {
    const office = unsealedOffice()
    const units = rooms(office, 3)
    const id = open(office)
    cast(office, id, ['agree', 'agree', 'agree'], units)
    countBallots(office.preparer, id)
    const more = () => enterBallots(office.preparer, id, [{ householdId: firstOf(units), choice: 'against' }])
    expect(codeOf(more)).toBe('vote.path')
    expect(codeOf(() => reopenBallots(office.reviewer, id, ' '))).toBe('vote.reason')
    reopenBallots(office.reviewer, id, '102 的票看错了')
    expect(more()).toBe(1)
    countBallots(office.preparer, id)
    fileBallots(office, id)
    expect(codeOf(() => certifyVote(office.preparer, id))).toBe('role.missing')
    certifyVote(office.reviewer, id)
    for (const step of [more, () => reopenBallots(office.reviewer, id, '再看'), () => withdrawVote(office.preparer, id, '不要了')]) {
      expect(codeOf(step)).toBe('vote.path')
    }
  })

  it('is not certified by whoever entered ballots or counted', () => {
    const office = unsealedOffice()
    const units = rooms(office, 3)
    const id = open(office)
    // 赵主管 heads and reviews: allowed to do either, never both.
    enterBallots(office.head, id, units.map((householdId) => ({ householdId, choice: 'agree' as const })))
    countBallots(office.preparer, id)
    fileBallots(office, id)
    expect(codeOf(() => certifyVote(office.head, id))).toBe('vote.samePerson')
    certifyVote(office.reviewer, id)
    const second = open(office)
    cast(office, second, ['agree', 'agree', 'agree'], units)
    countBallots(office.head, second)
    fileBallots(office, second)
    expect(codeOf(() => certifyVote(office.head, second))).toBe('vote.samePerson')
  })

  it.each([
    ['a title', { title: ' ' }, 'vote.title'],
    ['a register day in the future', { registerOn: day('2025-10-10'), returnBy: day('2025-10-31') }, 'vote.date'],
    ['an end before the register day', { returnBy: day('2025-08-31') }, 'vote.date'],
    ['an amount for a use', { amountFen: null }, 'vote.amount'],
    ['the parts of a use', { parts: [] }, 'vote.parts'],
    ['parts that there are', { parts: ['月球'] }, 'vote.parts'],
    ['no amount for raising money', { matter: 'raise' as const }, 'vote.amount'],
    ['somebody to vote: nobody lived there on the day', { registerOn: day('2025-02-01') }, 'vote.nobody'],
  ])('needs %s', (_what, changes, code) => {
    const office = unsealedOffice()
    rooms(office, 1)
    expect(codeOf(() => open(office, changes))).toBe(code)
    open(office)
  })
})

describe('SQL counts again', () => {
  it('and comes to the same result as core, whatever the ballots', () => {
    const office = unsealedOffice()
    const units = rooms(office, 7)
    const holders = fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 7, maxLength: 7 })
    const choices = fc.array(fc.constantFrom(...BALLOT_CHOICES), { minLength: 7, maxLength: 7 })
    fc.assert(fc.property(holders, choices, fc.boolean(), (who, what, silenceJoins) => {
      const id = open(office)
      // Holders and the silence rule are fixed with the vote; the test writes them past the services.
      office.ledger.sqlite.exec('DROP TRIGGER IF EXISTS vote_unit_kept; DROP TRIGGER IF EXISTS vote_kept')
      who.forEach((holder, index) => {
        office.ledger.sqlite.prepare('UPDATE vote_unit SET holder = ? WHERE vote_id = ? AND household_id = ?')
          .run(holder, id, units[index])
      })
      office.ledger.sqlite.prepare("UPDATE vote SET rule = json_set(rule, '$.silenceJoins', json(?)) WHERE id = ?")
        .run(String(silenceJoins), id)
      cast(office, id, what, units)
      countBallots(office.preparer, id)
      expect(voteHead(office.ledger, id).state).toBe('counted')
    }), { numRuns: 40 })
  })

  it('refuses a count that is not what was cast', () => {
    const office = unsealedOffice()
    const units = rooms(office, 3)
    const id = open(office)
    cast(office, id, ['agree', 'against', 'against'], units)
    const write = (detail: object) => office.ledger.write(() => office.ledger.sqlite
      .prepare(`INSERT INTO vote_event (vote_id, seq, kind, state, detail, actor_id, at)
                VALUES (?, 2, 'counted', 'counted', ?, 1, '')`)
      .run(id, JSON.stringify(detail)))
    const whole = { areaDm2: 26_850, heads: 3 }
    const honest = { total: whole, participating: whole, agreeing: { areaDm2: 8950, heads: 1 }, silentAs: null, passed: false }
    expect(codeOf(() => write({ ...honest, agreeing: { areaDm2: 17_900, heads: 2 }, passed: true }))).toBe('vote.count')
    expect(codeOf(() => write({ ...honest, passed: true }))).toBe('vote.count')
    expect(codeOf(() => write({ ...honest, silentAs: 'agree' }))).toBe('vote.count')
    write(honest)
  })
})

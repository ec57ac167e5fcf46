import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { idOf, type HouseholdId } from '#core/id.ts'
import { parseDate } from '#core/calendar.ts'
import { parseVoteShare, type VoteRule } from '#core/authority/vote.ts'
import {
  BALLOT_CHOICES, countingOpens, DEVELOPER_HOLDER, tallyVote, voteClass, type BallotChoice, type ElectorUnit,
} from '#core/authority/vote-tally.ts'

const ORDINARY: VoteRule = {
  quorumArea: parseVoteShare('>=2/3'), quorumHeads: parseVoteShare('>=2/3'), agreeing: parseVoteShare('>1/2'),
}

type Cast = ElectorUnit & { readonly choice: BallotChoice }

function unit(number: number, holder: string, areaDm2: number, choice: BallotChoice): Cast {
  return { householdId: idOf<'household'>(number), holder, areaDm2, choice }
}

function tally(cast: readonly Cast[], silenceJoins = false, rule = ORDINARY) {
  const choices = new Map<HouseholdId, BallotChoice>(cast.map(({ householdId, choice }) => [householdId, choice]))
  return tallyVote(cast, (id) => choices.get(id), rule, silenceJoins)
}

const CAST = fc.array(
  fc.record({ holder: fc.constantFrom('a', 'b', 'c', 'd', DEVELOPER_HOLDER), areaDm2: fc.integer({ min: 1, max: 20_000 }),
    choice: fc.constantFrom(...BALLOT_CHOICES) }),
  { minLength: 1, maxLength: 30 },
).map((units) => units.map(({ holder, areaDm2, choice }, index) => unit(index + 1, holder, areaDm2, choice)))

describe('counting ballots', () => {
  it('loses no square metre and no person', () => {
    fc.assert(fc.property(CAST, fc.boolean(), (cast, silenceJoins) => {
      const { total, participating, agreeing, byChoice, mixedHeads } = tally(cast, silenceJoins)
      expect(BALLOT_CHOICES.reduce((sum, choice) => sum + byChoice[choice].areaDm2, 0)).toBe(total.areaDm2)
      expect(total.heads).toBe(new Set(cast.map(({ holder }) => holder)).size)
      const absent = byChoice.notReturned.areaDm2 + (silenceJoins ? 0 : byChoice.silent.areaDm2)
      expect(participating.areaDm2).toBe(total.areaDm2 - absent)
      expect(agreeing.heads + mixedHeads).toBeLessThanOrEqual(participating.heads)
      expect(participating.heads).toBeLessThanOrEqual(total.heads)
    }))
  })

  it('counts the developer’s unsold flats once, and one buyer’s flats once', () => {
    const cast = [
      unit(1, DEVELOPER_HOLDER, 9_000, 'agree'), unit(2, DEVELOPER_HOLDER, 9_000, 'agree'),
      unit(3, 'owners 5', 8_000, 'agree'), unit(4, 'owners 5', 8_000, 'agree'), unit(5, 'owners 6', 8_000, 'against'),
    ]
    expect(tally(cast)).toMatchObject({
      total: { areaDm2: 42_000, heads: 3 }, agreeing: { areaDm2: 34_000, heads: 2 }, result: { passed: true },
    })
  })

  it('puts a person of two opinions on neither side, and every square metre on its own', () => {
    const cast = [unit(1, 'a', 100, 'agree'), unit(2, 'a', 100, 'against'), unit(3, 'b', 100, 'agree')]
    expect(tally(cast)).toMatchObject({
      participating: { areaDm2: 300, heads: 2 }, agreeing: { areaDm2: 200, heads: 1 }, mixedHeads: 1,
      // 200 of 300 by area, but 1 of 2 is not more than half.
      result: { agreeingArea: true, agreeingHeads: false, passed: false },
    })
  })

  it('asks for two thirds taking part, that number included, and more than half agreeing, that number not', () => {
    const three = [unit(1, 'a', 100, 'agree'), unit(2, 'b', 100, 'agree'), unit(3, 'c', 100, 'notReturned')]
    expect(tally(three).result).toMatchObject({ quorum: true, passed: true })
    const half = [...three.slice(0, 1), unit(2, 'b', 100, 'against'), unit(3, 'c', 100, 'notReturned')]
    expect(tally(half).result).toMatchObject({ quorum: true, passed: false })
    const fourth = [...three, unit(4, 'd', 1, 'notReturned')]
    expect(tally(fourth).result).toMatchObject({ quorum: false, passed: false })
  })

  it('lets silence take part only where the rules of procedure say so, on the side that leads by area and heads', () => {
    const cast = [unit(1, 'a', 100, 'agree'), unit(2, 'b', 100, 'silent'), unit(3, 'c', 100, 'silent')]
    expect(tally(cast)).toMatchObject({ silentAs: null, participating: { heads: 1 }, result: { quorum: false } })
    expect(tally(cast, true)).toMatchObject({ silentAs: 'agree', agreeing: { areaDm2: 300, heads: 3 }, result: { passed: true } })
  })

  it('has no majority to join where area and heads lead on different sides', () => {
    const cast = [
      unit(1, 'a', 500, 'against'), unit(2, 'b', 100, 'agree'), unit(3, 'c', 100, 'agree'), unit(4, 'd', 100, 'silent'),
    ]
    expect(tally(cast, true))
      .toMatchObject({ silentAs: 'none', participating: { heads: 4 }, agreeing: { areaDm2: 200, heads: 2 } })
  })

  it('opens when the last day is over, or when every unit has answered', () => {
    const out = tally([unit(1, 'a', 1, 'agree'), unit(2, 'b', 1, 'notReturned')])
    const [lastDay, next] = [parseDate('2025-09-30'), parseDate('2025-10-01')]
    expect([countingOpens(lastDay, lastDay, out), countingOpens(next, lastDay, out)]).toEqual([false, true])
    expect(countingOpens(parseDate('2025-09-01'), lastDay, tally([unit(1, 'a', 1, 'agree')]))).toBe(true)
  })
})

describe('the class of a matter (民法典 art. 278)', () => {
  it('is special for raising, rebuilding and business, ordinary for the rest', () => {
    expect((['use', 'authorise', 'other'] as const).map(voteClass)).toEqual(['ordinary', 'ordinary', 'ordinary'])
    expect((['raise', 'rebuild', 'business'] as const).map(voteClass)).toEqual(['special', 'special', 'special'])
  })
})

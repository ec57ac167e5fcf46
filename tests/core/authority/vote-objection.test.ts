/** 异议表决: the proposal stands unless objectors exceed the local share of all, and nobody unreached counts as content. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseDate } from '#core/calendar.ts'
import { idOf, type HouseholdId } from '#core/id.ts'
import { parseVoteShare } from '#core/authority/vote.ts'
import {
  mayVoteByObjection, OBJECTION_FALLS, objectionCountOpens, objectionRuleText, silenceText, tallyObjections,
  type ObjectionFalls, type ObjectionRule,
} from '#core/authority/vote-objection.ts'
import {
  BALLOT_CHOICES, DEVELOPER_HOLDER, VOTE_MATTERS, type BallotChoice, type ElectorUnit,
} from '#core/authority/vote-tally.ts'

type Cast = ElectorUnit & { readonly choice: BallotChoice }

function unit(number: number, holder: string, areaDm2: number, choice: BallotChoice): Cast {
  return { householdId: idOf<'household'>(number), holder, areaDm2, choice }
}

function rule(share = '>1/3', falls: ObjectionFalls = 'both'): ObjectionRule {
  return { share: parseVoteShare(share), falls }
}

function tally(cast: readonly Cast[], by = rule()) {
  const choices = new Map<HouseholdId, BallotChoice>(cast.map(({ householdId, choice }) => [householdId, choice]))
  return tallyObjections(cast, (id) => choices.get(id), by)
}

const CAST = fc.array(
  fc.record({ holder: fc.constantFrom('a', 'b', 'c', 'd', DEVELOPER_HOLDER), areaDm2: fc.integer({ min: 1, max: 20_000 }),
    choice: fc.constantFrom(...BALLOT_CHOICES) }),
  { minLength: 1, maxLength: 30 },
).map((units) => units.map(({ holder, areaDm2, choice }, index) => unit(index + 1, holder, areaDm2, choice)))
const RULE = fc.record({
  share: fc.constantFrom('>1/3', '>=1/3', '>1/2', '>1/4').map((text) => parseVoteShare(text)),
  falls: fc.constantFrom(...OBJECTION_FALLS),
})

/** Equal flats of different people: so many against, not reached, silent. */
function flats(against: number, undelivered: number, silent: number): readonly Cast[] {
  const choices = [
    ...Array<BallotChoice>(against).fill('against'), ...Array<BallotChoice>(undelivered).fill('notReturned'),
    ...Array<BallotChoice>(silent).fill('silent'),
  ]
  return choices.map((choice, index) => unit(index + 1, `owner ${index}`, 9_000, choice))
}

describe('counting objections', () => {
  it('loses no square metre: who objects, whom nothing reached and who lets it stand are everybody', () => {
    fc.assert(fc.property(CAST, RULE, (cast, by) => {
      const { total, against, undelivered, objecting, byChoice } = tally(cast, by)
      const content = byChoice.agree.areaDm2 + byChoice.abstain.areaDm2 + byChoice.silent.areaDm2
      expect(against.areaDm2 + undelivered.areaDm2 + content).toBe(total.areaDm2)
      expect(against.areaDm2 + undelivered.areaDm2).toBe(objecting.areaDm2)
      expect(against.heads + undelivered.heads).toBe(objecting.heads)
      const contentPersons = new Set(cast.map(({ holder }) => holder))
      for (const { holder, choice } of cast) if (choice === 'against' || choice === 'notReturned') contentPersons.delete(holder)
      expect(objecting.heads + contentPersons.size).toBe(total.heads)
    }))
  })

  it('is never carried by one objector more', () => {
    const objection = fc.constantFrom<BallotChoice>('against', 'notReturned')
    fc.assert(fc.property(CAST, RULE, fc.nat(), objection, (cast, by, at, choice) => {
      const changed = cast.map((one, index) => (index === at % cast.length ? { ...one, choice } : one))
      const [before, after] = [tally(cast, by), tally(changed, by)]
      expect(after.objecting.areaDm2).toBeGreaterThanOrEqual(before.objecting.areaDm2)
      expect(after.objecting.heads).toBeGreaterThanOrEqual(before.objecting.heads)
      if (!before.result.passed) expect(after.result.passed).toBe(false)
    }))
  })

  it('comes out the same in whatever order the ballots lie', () => {
    fc.assert(fc.property(CAST, RULE, fc.infiniteStream(fc.nat()), (cast, by, keys) => {
      const shuffled = cast.map((one) => ({ one, key: Number(keys.next().value) })).toSorted((a, b) => a.key - b.key)
      expect(tally(shuffled.map(({ one }) => one), by)).toEqual(tally(cast, by))
    }))
  })

  it('falls under “either” wherever it falls under “both”', () => {
    fc.assert(fc.property(CAST, RULE, (cast, { share }) => {
      const passes = (falls: ObjectionFalls) => tally(cast, { share, falls }).result.passed
      if (!passes('both')) expect(passes('either')).toBe(false)
    }))
  })

  it.each([
    ['nobody objects', flats(0, 0, 9), rule(), true],
    ['exactly one third objects and the limit is more than that', flats(3, 0, 6), rule('>1/3'), true],
    ['exactly one third objects and the limit includes it', flats(3, 0, 6), rule('>=1/3'), false],
    ['one more than a third objects', flats(4, 0, 6), rule(), false],
    ['a third objects and one was never reached', flats(3, 1, 6), rule(), false],
    ['nobody was reached', flats(0, 9, 0), rule(), false],
    ['everybody objects', flats(9, 0, 0), rule('>1/3', 'either'), false],
  ] as const)('where %s', (_what, cast, by, passed) => {
    expect(tally(cast, by).result.passed).toBe(passed)
  })

  it.each([
    // One large flat against seven small ones: 5/12 of the area, 1 of 8 persons.
    ['area alone is over', [unit(1, 'a', 500, 'against'), ...[2, 3, 4, 5, 6, 7, 8].map((n) => unit(n, `b${n}`, 100, 'silent'))],
      { areaOver: true, headsOver: false }],
    // Three small ones of five: 3/5 of the persons, 300 of 2,300.
    ['heads alone are over', [...[1, 2, 3].map((n) => unit(n, `b${n}`, 100, 'against')), unit(4, 'c', 1000, 'agree'),
      unit(5, 'd', 1000, 'abstain')], { areaOver: false, headsOver: true }],
  ] as const)('%s: it falls under “either” and stands under “both”', (_what, cast, over) => {
    expect(tally(cast, rule('>1/3', 'both')).result).toEqual({ ...over, passed: true })
    expect(tally(cast, rule('>1/3', 'either')).result).toEqual({ ...over, passed: false })
  })

  it('makes one objecting head of a person when any of the flats objects, and only that flat’s area', () => {
    const cast = [
      unit(1, 'a', 100, 'against'), unit(2, 'a', 200, 'agree'), unit(3, 'a', 400, 'notReturned'), unit(4, 'b', 800, 'silent'),
    ]
    expect(tally(cast)).toMatchObject({
      total: { areaDm2: 1500, heads: 2 }, against: { areaDm2: 100, heads: 1 },
      // The person objects already: not reached at the third flat makes no second head.
      undelivered: { areaDm2: 400, heads: 0 }, objecting: { areaDm2: 500, heads: 1 },
    })
  })

  it('makes one head of all the developer’s flats', () => {
    const cast = [
      ...[1, 2, 3].map((n) => unit(n, DEVELOPER_HOLDER, 100, 'against')),
      ...[4, 5, 6].map((n) => unit(n, `b${n}`, 100, 'silent')),
    ]
    const { objecting, total, result } = tally(cast)
    expect([objecting, total.heads, result.headsOver]).toEqual([{ areaDm2: 300, heads: 1 }, 4, false])
  })

  it('takes what was never entered for not delivered', () => {
    const one = unit(1, 'a', 100, 'silent')
    expect(tallyObjections([one], () => undefined, rule()).undelivered).toEqual({ areaDm2: 100, heads: 1 })
    expect(() => tallyObjections([], () => undefined, rule())).toThrow('大于零')
  })
})

describe('the way itself', () => {
  it('is for a use of the fund and for nothing else', () => {
    expect(VOTE_MATTERS.filter(mayVoteByObjection)).toEqual(['use'])
  })

  it('is not counted before the last day is over while anybody could still object', () => {
    const [lastDay, next] = [parseDate('2025-09-30'), parseDate('2025-10-01')]
    const silent = tally(flats(1, 0, 2))
    expect([objectionCountOpens(lastDay, lastDay, silent), objectionCountOpens(next, lastDay, silent)]).toEqual([false, true])
    const spoken = tally([unit(1, 'a', 100, 'agree'), unit(2, 'b', 100, 'against')])
    expect(objectionCountOpens(lastDay, lastDay, spoken)).toBe(true)
  })

  it('says its limit and what silence means', () => {
    expect(objectionRuleText(rule())).toBe('异议（含未送达）的面积和人数均超过全体的 1/3 的，不通过')
    expect(objectionRuleText(rule('>=1/4', 'either'))).toBe('异议（含未送达）的面积或人数有一项不少于全体的 1/4 的，不通过')
    expect(silenceText(' 2025-09-30 ')).toContain('业主到 2025-09-30 为止没有提出书面异议的，视为没有异议')
  })
})

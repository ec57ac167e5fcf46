/** 异议表决 from the local rule to a job that rests on it, and everywhere it must not be possible. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseDate } from '#core/calendar.ts'
import type { BuildingId, HouseholdId, VoteId } from '#core/id.ts'
import { parseYuan } from '#core/money.ts'
import { BALLOT_CHOICES, type BallotChoice } from '#core/authority/vote-tally.ts'
import { OBJECTION_FALLS } from '#core/authority/vote-objection.ts'
import { storeAttachment } from '#services/attachment.ts'
import { addBuilding } from '#services/register/complex.ts'
import { registerHousehold } from '#services/register/household.ts'
import { requireUseAuthority } from '#services/authority/use-authority.ts'
import { listVotes, voteCard } from '#services/authority/vote-list.ts'
import { objectionOffer } from '#services/authority/vote-method.ts'
import { voteHead, voteTally } from '#services/authority/vote-record.ts'
import {
  addVotePaper, certifyVote, countBallots, enterBallots, openVote, type VoteFacts,
} from '#services/authority/vote.ts'
import { makeOffice, type Office } from '../office.ts'
import { ENTRY, PLAIN_HOUSEHOLD } from '../register/household-office.ts'
import { refusalOf } from '../voucher/ledger-steps.ts'

const day = parseDate
const codeOf = (work: () => unknown): string => refusalOf(work).code
const THIRD = { share: '>1/3', falls: 'both' }

type ObjectionOffice = Office & { readonly building: BuildingId; readonly units: readonly HouseholdId[] }

/** As if filled in by two persons, from a day on. */
function fillIn({ ledger, head, reviewer }: Office, value: unknown, from = '2025-01-01'): void {
  ledger.sqlite
    .prepare(`INSERT INTO policy_value (profile_code, key, value, valid_from, source, reason, set_by, approved_by, at)
              VALUES ('AH-TONGLING', 'vote.objection', ?, ?, '示例市办法第六十六条', '测试', ?, ?, '2025-01-01T00:00:00.000Z')`)
    .run(JSON.stringify(value), from, head.actor.userId, reviewer.actor.userId)
}

function office(flats: number, value: unknown = THIRD): ObjectionOffice {
  const made = makeOffice()
  if (value !== null) fillIn(made, value)
  const building = addBuilding(made.head, made.complexId, { code: '1', name: '1幢' })
  const units = Array.from({ length: flats }, (_, index) => registerHousehold(made.preparer, {
    ...ENTRY, buildingId: building, facts: { ...PLAIN_HOUSEHOLD, room: String(101 + index) }, owners: [],
  }))
  return { ...made, building, units }
}

function open(at: ObjectionOffice, more: Partial<VoteFacts> = {}): VoteId {
  return openVote(at.preparer, {
    complexId: at.complexId, title: '1幢屋面翻修', matter: 'use', method: 'objection',
    scope: { kind: 'buildings', buildingIds: [at.building] }, amountFen: parseYuan('50000'), parts: ['屋面'], repairId: null,
    registerOn: day('2025-09-01'), returnBy: day('2025-09-30'), ...more,
  })
}

function cast(at: ObjectionOffice, id: VoteId, choices: readonly BallotChoice[]): void {
  enterBallots(at.preparer, id, choices.flatMap((choice, index) => {
    const householdId = at.units[index]
    return householdId === undefined ? [] : [{ householdId, choice }]
  }))
}

function file(at: ObjectionOffice, id: VoteId, kind: 'ballots' | 'delivery'): void {
  addVotePaper(at.preparer, id, kind, storeAttachment(at.preparer, { name: `${kind}.pdf`, bytes: Buffer.from(kind) }).sha256)
}

function objections(at: ObjectionOffice, id: VoteId) {
  const tally = voteTally(at.ledger, id, voteHead(at.ledger, id).rule)
  if (tally.method !== 'objection') throw new Error('not by objection')
  return tally
}

describe('voting by objection', () => {
  it('is offered where the rules of the register day have it, and refused elsewhere with the place to fill it in', () => {
    const none = office(1, null)
    expect(objectionOffer(none.ledger, none.complexId, day('2025-09-01'))).toBeNull()
    expect(codeOf(() => open(none))).toBe('policy.toFill')
    fillIn(none, THIRD, '2025-09-10')
    expect(codeOf(() => open(none, { registerOn: day('2025-09-09') }))).toBe('policy.toFill')
    expect(objectionOffer(none.ledger, none.complexId, day('2025-09-10')))
      .toMatchObject({ rule: '异议（含未送达）的面积和人数均超过全体的 1/3 的，不通过', source: '示例市办法第六十六条' })
    open(none, { registerOn: day('2025-09-10') })
  })

  it('is never the way to raise money, to rebuild, to run a business, or to authorise for years', () => {
    const at = office(1)
    for (const matter of ['authorise', 'raise', 'rebuild', 'business', 'other'] as const) {
      expect(codeOf(() => open(at, { matter, amountFen: null, parts: [] }))).toBe('vote.method')
    }
  })

  it('lets it stand when the delivered keep silent, once the last day is over and the delivery is proven', () => {
    const at = office(6)
    const early = open(at, { returnBy: day('2025-10-09') })
    cast(at, early, ['silent', 'silent', 'silent', 'silent', 'silent', 'silent'])
    expect(codeOf(() => countBallots(at.preparer, early))).toBe('vote.early')
    expect(voteCard(at.preparer, early).mayCount).toBe(false)

    const id = open(at)
    // One against and one never reached: exactly a third.
    cast(at, id, ['silent', 'silent', 'agree', 'abstain', 'against'])
    countBallots(at.preparer, id)
    file(at, id, 'ballots')
    expect(codeOf(() => certifyVote(at.reviewer, id))).toBe('vote.delivery')
    file(at, id, 'delivery')
    certifyVote(at.reviewer, id)
    expect(voteHead(at.ledger, id))
      .toMatchObject({ state: 'certified', passed: true, rule: { method: 'objection', falls: 'both' } })
    expect(listVotes(at.ledger, { complexId: at.complexId, limit: 1 })).toMatchObject([{ method: 'objection', passed: 1 }])

    // Whoever pays on it is told that nobody need have agreed.
    const authority = requireUseAuthority(at.ledger, {
      complexId: at.complexId, scope: { kind: 'buildings', buildingIds: [at.building] }, amountFen: parseYuan('6000'),
      on: day('2025-10-09'), ref: { kind: 'vote', voteId: id }, part: '屋面',
    })
    expect(authority.basis).toBe('业主表决（异议表决） BJ2025-00002 1幢屋面翻修')
    expect(authority.facts).toContainEqual({
      label: '表决方式', value: '异议表决：异议（含未送达）的面积和人数均超过全体的 1/3 的，不通过（示例市办法第六十六条）',
    })
  })

  it('keeps its own rule when the office’s rule changes later', () => {
    const at = office(3)
    const id = open(at)
    fillIn(at, { share: '>=1/4', falls: 'either' }, '2025-09-02')
    cast(at, id, ['against', 'silent', 'silent'])
    countBallots(at.preparer, id)
    expect(voteCard(at.preparer, id).tally).toMatchObject({ method: 'objection', result: { passed: true } })
    const later = open(at, { registerOn: day('2025-09-02') })
    cast(at, later, ['against', 'silent', 'silent'])
    expect(voteCard(at.preparer, later).tally.result.passed).toBe(false)
  })
})

describe('SQL counts objections again', () => {
  it('and comes to the same result as core, whatever the ballots and the rule', () => {
    const at = office(7)
    at.ledger.sqlite.exec('DROP TRIGGER vote_unit_kept; DROP TRIGGER vote_kept')
    const share = fc.constantFrom('>1/3', '>=1/3', '>1/2', '>1/7', '>=1/7').map((text) => ({
      numerator: 1, denominator: Number(text.at(-1)), strict: !text.includes('='),
    }))
    fc.assert(fc.property(
      fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 7, maxLength: 7 }),
      fc.array(fc.constantFrom(...BALLOT_CHOICES), { minLength: 7, maxLength: 7 }), share, fc.constantFrom(...OBJECTION_FALLS),
      (who, what, limit, falls) => {
        const id = open(at)
        // Fixed with the vote; the test writes them past the services.
        who.forEach((holder, index) => {
          at.ledger.sqlite.prepare('UPDATE vote_unit SET holder = ?, area_dm2 = ? WHERE vote_id = ? AND household_id = ?')
            .run(holder, 1000 + 1000 * (index % 3), id, at.units[index])
        })
        at.ledger.sqlite.prepare("UPDATE vote SET rule = json_set(rule, '$.share', json(?), '$.falls', ?) WHERE id = ?")
          .run(JSON.stringify(limit), falls, id)
        cast(at, id, what)
        countBallots(at.preparer, id)
        expect(voteHead(at.ledger, id).state).toBe('counted')
      }), { numRuns: 40 })
  })

  it('refuses a count that is not what was said, and a result the figures do not bear', () => {
    const at = office(3)
    const id = open(at)
    cast(at, id, ['against', 'silent'])
    const { total, against, undelivered, objecting } = objections(at, id)
    const write = (detail: object) => () => at.ledger.write(() => at.ledger.sqlite
      .prepare(`INSERT INTO vote_event (vote_id, seq, kind, state, detail, actor_id, at)
                VALUES (?, 2, 'counted', 'counted', ?, 1, '2025-10-01T00:00:00.000Z')`)
      .run(id, JSON.stringify(detail)))
    const honest = { total, against, undelivered, objecting, passed: false }
    const reached = { areaDm2: 8950, heads: 1 }
    expect(codeOf(write({ ...honest, passed: true }))).toBe('vote.count')
    const lost = { undelivered: { areaDm2: 0, heads: 0 }, objecting: reached, passed: true }
    expect(codeOf(write({ ...honest, ...lost }))).toBe('vote.count')
    expect(codeOf(write({ total, participating: total, agreeing: total, silentAs: null, passed: true }))).toBe('vote.count')
    write(honest)()
  })
})

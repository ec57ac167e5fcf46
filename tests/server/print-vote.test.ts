/** The papers of a vote say how it was decided, by which rule, and what silence meant. */
import { describe, expect, it } from 'vitest'
import { parseDate } from '#core/calendar.ts'
import type { VoteId } from '#core/id.ts'
import { parseYuan } from '#core/money.ts'
import type { BallotChoice } from '#core/authority/vote-tally.ts'
import type { VoteMethod } from '#core/authority/vote-objection.ts'
import { voteNotice } from '#reports/vote-notice.ts'
import { voteCertificate } from '#reports/vote.ts'
import { voteNoticeModel } from '#server/print-vote-notice.ts'
import { voteModel } from '#server/print-vote.ts'
import { addBuilding } from '#services/register/complex.ts'
import { registerHousehold } from '#services/register/household.ts'
import { countBallots, enterBallots, openVote } from '#services/authority/vote.ts'
import { makeOffice, type Office } from '../services/office.ts'
import { ENTRY, PLAIN_HOUSEHOLD } from '../services/register/household-office.ts'
import { refusalOf } from '../services/voucher/ledger-steps.ts'

function voted(method: VoteMethod, choices: readonly BallotChoice[]): Office & { readonly id: VoteId } {
  const at = makeOffice()
  at.ledger.sqlite
    .prepare(`INSERT INTO policy_value (profile_code, key, value, valid_from, source, reason, set_by, approved_by, at)
              VALUES ('AH-TONGLING', 'vote.objection', '{"share":">1/3","falls":"both"}', '2025-01-01', '示例市办法第六十六条', '测试',
                ?, ?, '2025-01-01T00:00:00.000Z')`)
    .run(at.head.actor.userId, at.reviewer.actor.userId)
  const building = addBuilding(at.head, at.complexId, { code: '1', name: '1幢' })
  const units = choices.map((_, index) => registerHousehold(at.preparer, {
    ...ENTRY, buildingId: building, facts: { ...PLAIN_HOUSEHOLD, room: String(101 + index) }, owners: [],
  }))
  const id = openVote(at.preparer, {
    complexId: at.complexId, title: '1幢屋面翻修', matter: 'use', method, scope: { kind: 'buildings', buildingIds: [building] },
    amountFen: parseYuan('50000'), parts: ['屋面'], repairId: null, registerOn: parseDate('2025-09-01'),
    returnBy: parseDate('2025-09-30'),
  })
  enterBallots(at.preparer, id, units.flatMap((householdId, index) => {
    const choice = choices[index]
    return choice === undefined ? [] : [{ householdId, choice }]
  }))
  return { ...at, id }
}

const textOf = (value: unknown): string => JSON.stringify(value)

describe('the certificate', () => {
  it('of a vote by objection shows who objected, whom nothing reached, and that nobody need have agreed', () => {
    const { preparer, id } = voted('objection', ['against', 'silent', 'notReturned'])
    countBallots(preparer, id)
    const model = voteModel(preparer, id, '张会计')
    expect(model.tests).toEqual([
      { label: '异议（含未送达）占全体', needed: '不超过 1/3', area: '66.66%，超过', heads: '66.66%，超过' },
    ])
    expect(model.lines.slice(-2)).toEqual([
      { label: '未送达', areaDm2: 8950, heads: 1 }, { label: '异议合计', areaDm2: 17_900, heads: 2 },
    ])
    const sheet = textOf(voteCertificate(model))
    expect(sheet).toContain('未通过：异议的面积和人数都超过规定比例。')
    expect(sheet).toContain('没有送达的，不能把沉默当作同意')
    expect(sheet).toContain('示例市办法第六十六条')
  })

  it('of a vote by ballot keeps quorum and majority, and speaks of no objection', () => {
    const { preparer, id } = voted('ballot', ['agree', 'agree', 'against'])
    countBallots(preparer, id)
    const model = voteModel(preparer, id, '张会计')
    expect(model.tests).toEqual([
      { label: '参与表决占全体', needed: '不少于 2/3', area: '100.00%，达到', heads: '100.00%，达到' },
      { label: '同意占参与表决', needed: '超过 1/2', area: '66.66%，达到', heads: '66.66%，达到' },
    ])
    expect(textOf(voteCertificate(model))).toContain('"通过。"')
    expect(textOf(voteCertificate(model))).not.toContain('异议')
  })
})

describe('the notice to the owners', () => {
  it('warns that silence lets it stand only where it does', () => {
    const objection = voted('objection', ['silent'])
    expect(voteNoticeModel(objection.preparer, objection.id, '张会计')).toMatchObject({
      method: '异议表决', choices: ['同意', '异议', '弃权'],
      silence: '材料送达后，业主到2025年9月30日为止没有提出书面异议的，视为没有异议；没有送达的，不能把沉默当作同意，按异议计入',
    })
    const ballot = voted('ballot', ['agree'])
    const sheet = textOf(voteNotice(voteNoticeModel(ballot.preparer, ballot.id, '张会计')))
    expect(sheet).toContain('没有交回或者没有表态的，不算参与表决，也不算同意')
    expect(sheet).not.toContain('异议')
  })

  it('is printed while ballots are taken and not afterwards', () => {
    const { preparer, id } = voted('ballot', ['agree'])
    countBallots(preparer, id)
    expect(refusalOf(() => voteNoticeModel(preparer, id, '张会计')).code).toBe('vote.path')
  })
})

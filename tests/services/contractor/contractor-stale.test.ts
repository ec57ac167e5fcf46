/** What the owners say after a score counts: the score is given anew before a quarter is published with it. */
import { expect, it } from 'vitest'
import { parseQuarter } from '#core/calendar.ts'
import { OWN_CRITERIA, mustScoreAnew, readCriteria } from '#core/contractor/contractor-score.ts'
import { Problem } from '#core/problem.ts'
import { FOLLOW_UP_RESULTS, type FollowUpResult } from '#core/repair/repair.ts'
import { publishedQuarters, publishQuarter, staleScores } from '#services/contractor/contractor-quarter.ts'
import { scoreForm, scoreRepair } from '#services/contractor/contractor-score.ts'
import { followUpRepair } from '#services/repair/repair-settlement.ts'
import { PASSWORD } from '../office.ts'
import { on, pay, toPayment, wholeOffice } from '../repair/whole-path.ts'

const SECOND = { login: 'zhang', password: PASSWORD }

/** Full marks, but what the follow-up is given. */
function marks(followUp: number) {
  return readCriteria(OWN_CRITERIA.contractor, 'contractor').map(({ points, isFollowUp }) =>
    ({ given: isFollowUp ? followUp : points, note: isFollowUp && followUp < points ? '按回访结果' : '' }))
}

it('a score must be given anew when something else was heard, not when nothing was', () => {
  for (const heard of FOLLOW_UP_RESULTS) {
    expect(mustScoreAnew('none', heard)).toBe(true)
    expect(mustScoreAnew(heard, heard)).toBe(false)
    expect(mustScoreAnew(heard, 'none')).toBe(false)
  }
})

it('a score of 92 from before the follow-up does not stand in a published quarter once the owner reported defects', () => {
  const office = wholeOffice()
  const id = toPayment(office)
  const quarter = parseQuarter('2025Q4')
  const score = (followUp: number, reason = '') =>
    scoreRepair(office.reviewer, { repairId: id, role: 'contractor', items: marks(followUp), reason }, SECOND)
  const publish = () => publishQuarter(office.reviewer, { quarter, reason: '' }, SECOND)
  const hear = (result: FollowUpResult) =>
    followUpRepair(office.head, id, { on: on('2025-10-09'), result, person: '顶层业主', said: '雨后仍渗水' })
  score(12)
  expect(scoreForm(office.preparer, id)).toMatchObject({ scores: [{ total: 92, followUp: 'none' }] })
  pay(office, id, '4800.00')
  pay(office, id, '2960.00')
  expect(staleScores(office.ledger, quarter)).toEqual([])
  hear('defects')
  expect(staleScores(office.ledger, quarter)).toMatchObject([{ repairId: id, total: 92, scoredAs: 'none', heard: 'defects' }])
  expect(staleScores(office.ledger, parseQuarter('2025Q3'))).toEqual([])
  office.clock.set('2026-01-05T02:00:00.000Z')
  expect(publish).toThrow(Problem)
  expect(publish).toThrow(/WX2025-00001 示例修缮工程有限公司（回访：仍有质量问题，须返修后再访）/)
  office.clock.set('2025-12-30T02:00:00.000Z')
  score(0, '回访有质量问题')
  expect(staleScores(office.ledger, quarter)).toEqual([])
  office.clock.set('2026-01-05T02:00:00.000Z')
  publish()
  expect(publishedQuarters(office.ledger, quarter)[0]?.lines).toMatchObject([{ averageHundredths: 8000, satisfied: 0 }])
  // Put right and asked again: what was published stays, and the score is due once more.
  hear('satisfied')
  expect(staleScores(office.ledger, quarter)).toMatchObject([{ scoredAs: 'defects', heard: 'satisfied' }])
})

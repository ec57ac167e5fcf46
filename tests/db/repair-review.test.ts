import { describe, expect, test } from 'vitest'
import type { Ledger } from '#db/ledger.ts'
import { DETAIL, LEAVE } from './one-of-everything.ts'
import { insert, MAINTENANCE, NOW, PEOPLE, refusalOf, sampleLedger } from './sample-ledger.ts'
import { moneyOf } from './sample-repair.ts'
import { addDraw, siteDetail, visitsOn } from './sample-review.ts'

const SMALL = 199_999

function addRepair(ledger: Ledger, number = 'R9'): number {
  return insert(ledger, 'repair', {
    number, book_id: MAINTENANCE, complex_id: 1, part: '屋面', title: '渗漏', reported_on: '2025-01-05', quoted_fen: SMALL,
    contractor_id: 1, supervisor_id: 2, recorded_by: PEOPLE.preparer, recorded_at: NOW,
  })
}

type More = { readonly amount?: number; readonly detail?: object; readonly at?: string }

function event(ledger: Ledger, repair: number, kind: string, step: string, more: More = {}): string {
  const { amount = SMALL, detail = {}, at = NOW } = more
  const seq = Number(ledger.sqlite.prepare('SELECT count(*) + 1 FROM repair_event WHERE repair_id = ?').pluck().get(repair))
  if (kind === 'windowChecked') {
    const answer = { repair_id: repair, item: 'roof', answer: 'allowed', actor_id: PEOPLE.preparer, at: NOW }
    insert(ledger, 'repair_use_answer', answer)
  }
  return refusalOf(ledger, () => insert(ledger, 'repair_event', {
    repair_id: repair, seq, kind, step, amount_fen: amount, at,
    actor_id: ['reported', 'windowChecked'].includes(kind) ? PEOPLE.preparer : PEOPLE.reviewer,
    detail: JSON.stringify({ ...DETAIL[kind], ...moneyOf(kind, amount), ...detail }),
  }))
}

/** Approved at `amount`; below the gate it waits for the draw, at it for the review. */
function approved(ledger: Ledger, amount: number): number {
  const repair = addRepair(ledger)
  event(ledger, repair, 'reported', 'windowCheck', { amount })
  event(ledger, repair, 'windowChecked', 'engineeringCheck', { amount })
  const step = amount < LEAVE.thresholdFen ? 'spotDraw' : 'siteReview'
  expect(event(ledger, repair, 'engineeringChecked', step, { amount, detail: LEAVE })).toBe('accepted')
  return repair
}

function standing(ledger: Ledger, repair: number): unknown {
  return ledger.sqlite.prepare('SELECT step FROM repair_standing WHERE repair_id = ?').pluck().get(repair)
}

describe('nothing goes forward by being sent back', () => {
  test('a job is sent back only to a step it has taken, and after being sent back before it, no more', () => {
    const ledger = sampleLedger()
    const repair = addRepair(ledger)
    event(ledger, repair, 'reported', 'windowCheck')
    const back = (to: string, step = to) => event(ledger, repair, 'sentBack', step, { detail: { to, reason: '重做' } })
    const steps = ['windowCheck', 'authority', 'acceptance', 'settlement', 'publication']
    for (const to of steps) expect([to, back(to)]).toEqual([to, 'repair.path'])
    event(ledger, repair, 'windowChecked', 'engineeringCheck')
    event(ledger, repair, 'engineeringChecked', 'spotDraw', { detail: LEAVE })
    expect(back('publication')).toBe('repair.path')
    expect(back('engineeringCheck', 'acceptance')).toBe('repair.path')
    expect(back('windowCheck')).toBe('accepted')
    expect(back('engineeringCheck')).toBe('repair.path')
    expect(standing(ledger, repair)).toBe('windowCheck')
  })

  test('sending back, refusing and cancelling leave their reason', () => {
    for (const [kind, step, more] of [
      ['sentBack', 'windowCheck', { to: 'windowCheck' }], ['refused', 'refused', {}], ['cancelled', 'cancelled', {}],
    ] as const) {
      const ledger = sampleLedger()
      const repair = addRepair(ledger)
      event(ledger, repair, 'reported', 'windowCheck')
      event(ledger, repair, 'windowChecked', 'engineeringCheck')
      expect([kind, event(ledger, repair, kind, step, { detail: { ...more, reason: ' ' } })]).toEqual([kind, 'repair.reason'])
      expect([kind, event(ledger, repair, kind, step, { detail: { ...more, reason: '重复' } })]).toEqual([kind, 'accepted'])
    }
  })
})

describe('whom the lot has met is checked', () => {
  test('the lot of a job is what its recorded draw says, and an old draw does not count again', () => {
    const ledger = sampleLedger()
    const repair = approved(ledger, SMALL)
    const drawId = addDraw(ledger, repair, true)
    const drawn = (id: number, step: string) =>
      event(ledger, repair, 'drawn', step, { detail: { drawId: id, isDrawn: step === 'spotCheck' } })
    expect([drawn(drawId, 'acceptance'), drawn(99, 'acceptance')]).toEqual(['repair.draw', 'repair.draw'])
    expect(drawn(drawId, 'spotCheck')).toBe('accepted')
  })

  test('once drawn, a job goes back to its check and not to another draw', () => {
    const ledger = sampleLedger()
    const repair = approved(ledger, SMALL)
    event(ledger, repair, 'drawn', 'spotCheck', { detail: siteDetail(ledger, repair, 'drawn', 'spotCheck') })
    const back = { to: 'engineeringCheck', reason: '重核' }
    expect(event(ledger, repair, 'sentBack', 'engineeringCheck', { detail: back })).toBe('accepted')
    const again = (step: string) => event(ledger, repair, 'engineeringChecked', step, { detail: LEAVE })
    expect([again('spotDraw'), again('spotCheck')]).toEqual(['repair.gate', 'accepted'])
  })

  test('a draw that passes a contractor over is no draw', () => {
    const ledger = sampleLedger()
    const pool = [[1, 1], [2, 1], [3, 2]].map(([repairId, contractorId]) => ({ repairId, number: `R${repairId}`, contractorId }))
    const draw = (seed: string, ...drawn: readonly number[]) => refusalOf(ledger, () => insert(ledger, 'repair_draw', {
      seed, pool: JSON.stringify(pool), drawn: JSON.stringify(drawn), actor_id: PEOPLE.reviewer, at: NOW,
    }))
    expect([draw('a'), draw('b', 1), draw('c', 1, 2)]).toEqual(Array(3).fill('repair.draw'))
    expect(draw('d', 2, 3)).toBe('accepted')
  })
})

describe('section and supervisor each were on site', () => {
  test('a review lacks no party, person, time, place, finding, or photo filed for it', () => {
    const ledger = sampleLedger()
    const repair = approved(ledger, 200_000)
    const [section, supervisor] = visitsOn(ledger, repair)
    const review = (...visits: readonly object[]) =>
      event(ledger, repair, 'siteReviewed', 'acceptance', { amount: 200_000, detail: { visits } })
    expect([review(), review(section), review(supervisor), review(section, section)]).toEqual(Array(4).fill('repair.visit'))
    const flaws = [
      { person: ' ' }, { person: '科室甲' }, { time: '' }, { time: '9:30' }, { place: '' }, { finding: null }, { on: '2025-02-30' },
      { on: '2025-01-04' }, { photos: [] }, { photos: ['feed'] }, { photos: null },
    ]
    for (const flaw of flaws) expect([flaw, review(section, { ...supervisor, ...flaw })]).toEqual([flaw, 'repair.visit'])
    expect(review(section, supervisor)).toBe('accepted')
  })

  test('a photo from before the review does not count', () => {
    const ledger = sampleLedger()
    const repair = approved(ledger, 200_000)
    const detail = siteDetail(ledger, repair, 'siteReviewed', 'acceptance')
    const later = '2999-01-01T00:00:00.000Z'
    const back = { to: 'engineeringCheck', reason: '重核' }
    expect(event(ledger, repair, 'sentBack', 'engineeringCheck', { amount: 200_000, at: later, detail: back })).toBe('accepted')
    event(ledger, repair, 'engineeringChecked', 'siteReview', { amount: 200_000, at: later, detail: LEAVE })
    expect(event(ledger, repair, 'siteReviewed', 'acceptance', { amount: 200_000, at: later, detail })).toBe('repair.visit')
  })

  test('a spot check may do without the supervisor, never without the section', () => {
    const ledger = sampleLedger()
    const repair = approved(ledger, SMALL)
    event(ledger, repair, 'drawn', 'spotCheck', { detail: siteDetail(ledger, repair, 'drawn', 'spotCheck') })
    const [section, supervisor] = visitsOn(ledger, repair)
    const check = (...visits: readonly object[]) => event(ledger, repair, 'spotChecked', 'acceptance', { detail: { visits } })
    expect([check(supervisor), check(section)]).toEqual(['repair.visit', 'accepted'])
  })
})

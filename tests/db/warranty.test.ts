import { describe, expect, test } from 'vitest'
import type { Ledger } from '#db/ledger.ts'
import { DETAIL } from './one-of-everything.ts'
import { insert, MAINTENANCE, NOW, PEOPLE, refusalOf, sampleLedger } from './sample-ledger.ts'
import { addCompletion, addTerm } from './sample-warranty.ts'

/** A reported job of the first complex, ready for its window check. */
function reported(ledger: Ledger, on: string, building: number | null = null): number {
  const repair = insert(ledger, 'repair', {
    number: `R${on}${building ?? ''}`, book_id: MAINTENANCE, complex_id: 1, building_id: building, part: '屋面', title: '渗漏',
    reported_on: on, quoted_fen: 180_000, contractor_id: 1, supervisor_id: 2, recorded_by: PEOPLE.preparer, recorded_at: NOW,
  })
  insert(ledger, 'repair_event', {
    repair_id: repair, seq: 1, kind: 'reported', step: 'windowCheck', amount_fen: 180_000, detail: '{}',
    actor_id: PEOPLE.preparer, at: NOW,
  })
  insert(ledger, 'repair_use_answer', { repair_id: repair, item: 'roof', answer: 'allowed', actor_id: PEOPLE.preparer, at: NOW })
  return repair
}

function check(ledger: Ledger, repair: number, builderWarranty: object | null): string {
  return refusalOf(ledger, () => insert(ledger, 'repair_event', {
    repair_id: repair, seq: 2, kind: 'windowChecked', step: 'engineeringCheck', amount_fen: 180_000,
    detail: JSON.stringify({ ...DETAIL['windowChecked'], builderWarranty }), actor_id: PEOPLE.preparer, at: NOW,
  }))
}

const over = (lastDay: string, category = 'waterproofing') => ({ kind: 'over', category, lastDay })
const notFound = (category = 'waterproofing', reason = '无存档') => ({ kind: 'notFound', category, reason })

describe('the register of completions', () => {
  test('one entry stands for a place, and a correction corrects what stands there', () => {
    const ledger = sampleLedger()
    const first = addCompletion(ledger)
    expect(refusalOf(ledger, () => addCompletion(ledger, { source: '另一份' }))).toBe('warranty.stands')
    const corrected = { completed_on: '2002-06-30', corrects_id: first, reason: '看错' }
    expect(refusalOf(ledger, () => addCompletion(ledger, { ...corrected, complex_id: 2 }))).toBe('warranty.stands')
    expect(refusalOf(ledger, () => addCompletion(ledger, corrected))).toBe('accepted')
    expect(refusalOf(ledger, () => addCompletion(ledger, { ...corrected, source: '再改' }))).toBe('warranty.stands')
  })

  test('no term shorter than the statute, and none without its paper', () => {
    const ledger = sampleLedger()
    expect(() => addTerm(ledger, { length: 59 })).toThrow('CHECK')
    expect(() => addTerm(ledger, { category: 'heating', length: 1 })).toThrow('CHECK')
    expect(() => addTerm(ledger, { sha256: null })).toThrow('CHECK')
    expect(refusalOf(ledger, () => addTerm(ledger, { length: 60 }))).toBe('accepted')
  })
})

describe('no job of the builder’s passes the window', () => {
  test('the window must have an answer, and one that lets the job pass', () => {
    const ledger = sampleLedger()
    const repair = reported(ledger, '2025-01-05')
    for (const answer of [null, {}, over('2025-01-05'), over('later'), notFound('waterproofing', '')]) {
      expect([answer, check(ledger, repair, answer)]).toEqual([answer, 'warranty.unanswered'])
    }
    expect(check(ledger, repair, over('2025-01-04'))).toBe('accepted')
  })

  test('nor can it say otherwise than the register: inside on the last day, over the day after', () => {
    const ledger = sampleLedger()
    addCompletion(ledger, { completed_on: '2020-02-29' })
    const [last, after] = [reported(ledger, '2025-02-28'), reported(ledger, '2025-03-01')]
    expect(check(ledger, last, over('2024-01-01'))).toBe('warranty.inside')
    expect(check(ledger, last, notFound())).toBe('warranty.inside')
    // The day after is the fund's; works of two years were over long ago.
    expect(check(ledger, after, over('2025-02-28'))).toBe('accepted')
    expect(check(ledger, last, over('2022-02-28', 'wiringAndPipes'))).toBe('accepted')
  })

  test('a longer letter counts, and makes a term where the statute has none', () => {
    const ledger = sampleLedger()
    addCompletion(ledger, { completed_on: '2018-01-01' })
    addTerm(ledger, { length: 96 })
    addTerm(ledger, { category: 'other', length: 96 })
    const repair = reported(ledger, '2025-12-31')
    expect(check(ledger, repair, notFound())).toBe('warranty.inside')
    expect(check(ledger, repair, notFound('other'))).toBe('warranty.inside')
    expect(check(ledger, reported(ledger, '2026-01-02'), over('2026-01-01'))).toBe('accepted')
    expect(check(ledger, repair, notFound('structure'))).toBe('accepted')
  })

  test('a building’s own completion goes before the complex’s; a job of the whole complex is of every building', () => {
    const ledger = sampleLedger()
    const building = insert(ledger, 'building', { complex_id: 1, code: '77', name: '77幢' })
    addCompletion(ledger, { completed_on: '2001-01-01' })
    addCompletion(ledger, { completed_on: '2023-01-01', building_id: building })
    expect(check(ledger, reported(ledger, '2025-01-05', building), over('2006-01-01'))).toBe('warranty.inside')
    expect(check(ledger, reported(ledger, '2025-01-06'), over('2006-01-01'))).toBe('warranty.inside')
    const other = insert(ledger, 'building', { complex_id: 1, code: '78', name: '78幢' })
    expect(check(ledger, reported(ledger, '2025-01-07', other), over('2006-01-01'))).toBe('accepted')
  })
})

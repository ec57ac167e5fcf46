import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Ledger } from '#db/ledger.ts'
import { addDraft, insert, MAINTENANCE, PEOPLE, periodEvent, refusalOf, reviewDraft, sampleLedger } from './sample-ledger.ts'

const SECOND = { reason: '补记利息', second_person: PEOPLE.reviewer }

function event(ledger: Ledger, month: string, kind: string, more: Record<string, string | number | null> = {}): string {
  return refusalOf(ledger, () => periodEvent(ledger, MAINTENANCE, month, kind, more))
}

function stateOf(ledger: Ledger, month: string): unknown {
  return ledger.sqlite.prepare('SELECT state FROM period WHERE book_id = 1 AND month = ?').pluck().get(month)
}

describe('closing (invariant 8)', () => {
  test.each(['draft', 'reviewed'])('is refused while a voucher of the month is %s', (state) => {
    const ledger = sampleLedger()
    const draft = addDraft(ledger, { date: '2025-01-31' })
    if (state === 'reviewed') reviewDraft(ledger, draft)
    expect(event(ledger, '2025-01', 'close')).toBe('period.unposted')
    ledger.prepare("UPDATE voucher_draft SET state = 'void', void_reason = '重复' WHERE id = ?").run(draft)
    expect(event(ledger, '2025-01', 'close')).toBe('accepted')
    expect(stateOf(ledger, '2025-01')).toBe('closed')
  })

  test('goes month by month, each once', () => {
    const ledger = sampleLedger()
    expect(event(ledger, '2025-02', 'close')).toBe('period.earlierOpen')
    expect(event(ledger, '2025-01', 'close')).toBe('accepted')
    expect(event(ledger, '2025-01', 'close')).toBe('period.transition')
    expect(event(ledger, '2024-12', 'close')).toBe('period.transition')
  })

  test('the state follows events only, never an UPDATE', () => {
    const ledger = sampleLedger()
    const set = (state: string) => refusalOf(ledger, () =>
      ledger.prepare("UPDATE period SET state = ? WHERE month = '2025-01'").run(state))
    expect(set('closed')).toBe('period.transition')
    expect(set('archived')).toBe('period.transition')
    periodEvent(ledger, MAINTENANCE, '2025-01', 'close')
    expect(set('open')).toBe('period.transition')
    const rename = () => ledger.sqlite.exec("UPDATE period SET month = '2026-01' WHERE month = '2025-01'")
    expect(refusalOf(ledger, rename)).toBe('period.transition')
  })

  test('no month opens closed, behind a closed one, or under a name that is no month', () => {
    const ledger = sampleLedger()
    const open = (month: string, state = 'open') => refusalOf(ledger, () =>
      insert(ledger, 'period', { book_id: MAINTENANCE, month, state }))
    expect(open('2025-04', 'closed')).toBe('period.transition')
    expect(open('2025-04', 'archived')).toBe('period.transition')
    periodEvent(ledger, MAINTENANCE, '2025-01', 'close')
    expect(open('2024-12')).toBe('period.laterClosed')
    for (const month of ['2025-13', '2026-00', '2025-19', '2025-4', '2026']) {expect([month, open(month)]).toEqual([month,
      'record.check'])}
    expect(open('2025-04')).toBe('accepted')
  })
})

describe('re-opening (invariant 8)', () => {
  function closed(): Ledger {
    const ledger = sampleLedger()
    for (const month of ['2025-01', '2025-02']) periodEvent(ledger, MAINTENANCE, month, 'close')
    return ledger
  }

  test.each([
    ['no second person', { reason: '补记' }],
    ['the same person twice', { reason: '补记', second_person: PEOPLE.bookkeeper }],
    ['no reason', { second_person: PEOPLE.reviewer }],
  ])('%s', (_, more) => {
    expect(event(closed(), '2025-02', 'reopen', more)).toBe('record.check')
  })

  test('from the last closed month backwards', () => {
    const ledger = closed()
    expect(event(ledger, '2025-01', 'reopen', SECOND)).toBe('period.laterClosed')
    expect(event(ledger, '2025-02', 'reopen', SECOND)).toBe('accepted')
    expect(event(ledger, '2025-01', 'reopen', SECOND)).toBe('accepted')
    expect(event(ledger, '2025-01', 'reopen', SECOND)).toBe('period.transition')
  })

  test('never after the year is archived, and a year is archived whole', () => {
    const ledger = closed()
    expect(event(ledger, '2025-01', 'archive')).toBe('period.earlierOpen')
    periodEvent(ledger, MAINTENANCE, '2025-03', 'close')
    expect(event(ledger, '2025-01', 'archive', { actor_id: PEOPLE.cashier })).toBe('role.cashierConflict')
    expect(event(ledger, '2025-01', 'archive')).toBe('accepted')
    expect(event(ledger, '2025-03', 'reopen', SECOND)).toBe('period.transition')
    expect(event(ledger, '2025-01', 'reopen', SECOND)).not.toBe('accepted')
    const reopen = () => ledger.sqlite.exec("UPDATE period SET state = 'open' WHERE month = '2025-01'")
    expect(refusalOf(ledger, reopen)).toBe('period.transition')
  })
})

test('whatever events are tried, closed months stay a prefix and archived ones never change', () => {
  const months = ['2025-01', '2025-02', '2025-03']
  const attempt = fc.record({ month: fc.constantFrom(...months), kind: fc.constantFrom('open', 'close', 'reopen', 'archive') })
  const ledger = sampleLedger()
  fc.assert(fc.property(fc.array(attempt, { maxLength: 25 }), (attempts) => {
    ledger.sqlite.exec('SAVEPOINT attempt')
    const archived = new Set<string>()
    for (const { month, kind } of attempts) {
      event(ledger, month, kind, kind === 'reopen' ? SECOND : {})
      const states = months.map((name) => String(stateOf(ledger, name)))
      expect(states.lastIndexOf('closed')).toBeLessThanOrEqual(states.includes('open') ? states.indexOf('open') : 3)
      for (const name of archived) expect(stateOf(ledger, name)).toBe('archived')
      for (const name of months) if (stateOf(ledger, name) === 'archived') archived.add(name)
    }
    ledger.sqlite.exec('ROLLBACK TO attempt; RELEASE attempt')
  }), { numRuns: 60 })
})

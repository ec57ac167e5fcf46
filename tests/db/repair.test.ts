import { describe, expect, test } from 'vitest'
import type { Ledger } from '#db/ledger.ts'
import { ACCOUNT, BANK, insert, MAINTENANCE, NOW, PEOPLE, post, refusalOf, sampleLedger } from './sample-ledger.ts'

const QUOTED = 199_999
const WINDOW = PEOPLE.preparer
const SECTION = PEOPLE.reviewer

function addRepair(ledger: Ledger, number = 'R9'): number {
  return insert(ledger, 'repair', {
    number, book_id: MAINTENANCE, complex_id: 1, part: '屋面', title: '渗漏', reported_on: '2025-01-05', quoted_fen: QUOTED,
    contractor_id: 1, supervisor_id: 2, recorded_by: WINDOW, recorded_at: NOW,
  })
}

type Step = { kind: string; step: string; actor?: number; amount?: number; detail?: object }

function event(ledger: Ledger, repair: number, { kind, step, actor = SECTION, amount = QUOTED, detail = {} }: Step): string {
  const next = ledger.sqlite.prepare('SELECT coalesce(max(seq), 0) + 1 FROM repair_event WHERE repair_id = ?').pluck()
  const seq = Number(next.get(repair))
  return refusalOf(ledger, () => insert(ledger, 'repair_event', {
    repair_id: repair, seq, kind, step, amount_fen: amount, detail: JSON.stringify(detail), actor_id: actor, at: NOW,
  }))
}

const PATH: readonly Step[] = [
  { kind: 'reported', step: 'windowCheck', actor: WINDOW },
  { kind: 'windowChecked', step: 'engineeringCheck', actor: WINDOW },
  { kind: 'engineeringChecked', step: 'spotDraw', detail: { thresholdFen: 200_000 } },
  { kind: 'drawn', step: 'acceptance' },
  { kind: 'accepted', step: 'payment' },
  { kind: 'paymentInstructed', step: 'voucher', actor: WINDOW },
]

function walk(ledger: Ledger, repair: number, until: string): void {
  for (const step of PATH) {
    if (step.kind === until) return
    expect([step.kind, event(ledger, repair, step)]).toEqual([step.kind, 'accepted'])
  }
}

function pay(ledger: Ledger, repair: number, amount = QUOTED, more: Record<string, number> = {}): string {
  return refusalOf(ledger, () => post(ledger, { lines: [
    { account: ACCOUNT.fund, debit: amount, more: { repair_id: repair, counterparty_id: 1, ...more } },
    { account: ACCOUNT.demand, credit: amount, more: { bank_account_id: BANK.maintenanceOfFirst } },
  ] }))
}

function standing(ledger: Ledger, repair: number): unknown {
  return ledger.sqlite.prepare('SELECT step FROM repair_standing WHERE repair_id = ?').pluck().get(repair)
}

describe('nothing is paid outside the path (invariant 12)', () => {
  test('no step of the path but the last lets money out', () => {
    const ledger = sampleLedger()
    const repair = addRepair(ledger)
    expect(pay(ledger, repair)).toBe('repair.notPayable')
    for (const step of PATH) {
      expect(pay(ledger, repair)).toBe('repair.notPayable')
      event(ledger, repair, step)
    }
    expect(pay(ledger, repair)).toBe('accepted')
    expect(standing(ledger, repair)).toBe('paid')
    expect(pay(ledger, repair)).toBe('repair.overpaid')
  })

  test('money goes to the contractor, in the amount settled, once', () => {
    const ledger = sampleLedger()
    const repair = addRepair(ledger)
    walk(ledger, repair, '')
    expect(pay(ledger, repair, QUOTED, { counterparty_id: 2 })).toBe('repair.payee')
    expect(pay(ledger, repair, QUOTED + 1)).toBe('repair.overpaid')
    expect(pay(ledger, repair)).toBe('accepted')
    const paid = ledger.sqlite.prepare("SELECT detail FROM repair_event WHERE kind = 'paid'").pluck().get()
    expect(paid).toContain('"paidFen":199999')
  })

  test('a job sent back after its payment instruction is payable no more', () => {
    const ledger = sampleLedger()
    const repair = addRepair(ledger)
    walk(ledger, repair, '')
    expect(event(ledger, repair, { kind: 'sentBack', step: 'acceptance' })).toBe('accepted')
    expect(pay(ledger, repair)).toBe('repair.notPayable')
  })
})

describe('the path itself', () => {
  test('no step can be skipped, repeated or aimed elsewhere', () => {
    for (const [at, missing] of PATH.entries()) {
      const ledger = sampleLedger()
      const repair = addRepair(ledger)
      walk(ledger, repair, missing.kind)
      for (const step of PATH) {
        if (step === missing) continue
        expect([missing.kind, step.kind, event(ledger, repair, step)]).toEqual([missing.kind, step.kind, 'repair.path'])
      }
      expect(event(ledger, repair, { ...missing, step: 'paid' })).toMatch(/^repair\.(path|gate)$/)
      if (at > 0) expect(event(ledger, repair, { kind: 'refused', step: 'refused' })).toBe('accepted')
    }
  })

  test('the gate is the recorded amount: at it and above, no spot check', () => {
    const ledger = sampleLedger()
    const repair = addRepair(ledger)
    walk(ledger, repair, 'engineeringChecked')
    const check = (amount: number, step: string, detail: object = { thresholdFen: 200_000 }) =>
      event(ledger, repair, { kind: 'engineeringChecked', step, amount, detail })
    expect(check(200_000, 'spotDraw')).toBe('repair.gate')
    expect(check(200_001, 'spotDraw')).toBe('repair.gate')
    expect(check(199_999, 'siteReview')).toBe('repair.gate')
    expect(check(199_999, 'spotDraw', {})).toBe('repair.gate')
    expect(check(199_999, 'spotDraw')).toBe('accepted')
    event(ledger, repair, { kind: 'drawn', step: 'acceptance' })
    expect(event(ledger, repair, { kind: 'accepted', step: 'payment', amount: 200_000 })).toBe('repair.gate')
  })

  test('window and engineering check, acceptance and payment are different persons', () => {
    const ledger = sampleLedger()
    const repair = addRepair(ledger)
    walk(ledger, repair, 'engineeringChecked')
    const again = { kind: 'engineeringChecked', step: 'spotDraw', detail: { thresholdFen: 200_000 } }
    expect(event(ledger, repair, { ...again, actor: WINDOW })).toBe('repair.samePerson')
    expect(event(ledger, repair, again)).toBe('accepted')
    event(ledger, repair, { kind: 'drawn', step: 'acceptance' })
    event(ledger, repair, { kind: 'accepted', step: 'payment' })
    expect(event(ledger, repair, { kind: 'paymentInstructed', step: 'voucher' })).toBe('repair.samePerson')
  })

  test('where a job stands follows its events and nothing else', () => {
    const ledger = sampleLedger()
    const repair = addRepair(ledger)
    walk(ledger, repair, 'drawn')
    expect(standing(ledger, repair)).toBe('spotDraw')
    const change = (sql: string) => refusalOf(ledger, () => ledger.sqlite.exec(sql))
    expect(change("UPDATE repair_standing SET step = 'voucher'")).toBe('repair.path')
    expect(change('UPDATE repair_standing SET amount_fen = 1')).toBe('repair.path')
    expect(change('DELETE FROM repair_standing')).toBe('append.only')
    const other = addRepair(ledger, 'R10')
    expect(refusalOf(ledger, () => insert(ledger, 'repair_standing', {
      repair_id: other, complex_id: 1, step: 'voucher', since: NOW, amount_fen: QUOTED,
    }))).toBe('repair.path')
  })
})

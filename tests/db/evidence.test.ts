import { describe, expect, test } from 'vitest'
import {
  addCertificate, addDisclosure, addStatement, BANK, certificateEvent, countOf, insert, NOW, outcome, PEOPLE, post,
  refusalOf, sampleLedger, sha256,
} from './sample-ledger.ts'

describe('people and roles (invariant 7, 会计法 art. 35)', () => {
  test.each(['reviewer', 'bookkeeper', 'reconciler', 'archivist'])('a cashier cannot become %s, nor the other way round',
    (role) => {
    const ledger = sampleLedger()
    const grant = (user: number, given: string) => refusalOf(ledger, () =>
      insert(ledger, 'user_role', { user_id: user, role: given }))
    expect(grant(PEOPLE.cashier, role)).toBe('role.cashierConflict')
    expect(grant(PEOPLE.preparer, role)).toBe('accepted')
    expect(grant(PEOPLE.preparer, 'cashier')).toBe('role.cashierConflict')
    expect(grant(PEOPLE.cashier, 'head')).toBe('accepted')
  })

  test('a role is not turned into another by UPDATE, and no role is invented', () => {
    const ledger = sampleLedger()
    const turn = refusalOf(ledger, () => ledger
      .prepare("UPDATE user_role SET role = 'reviewer' WHERE user_id = ? AND role = 'preparer'").run(PEOPLE.cashier))
    expect(turn).toBe('role.replaced')
    expect(refusalOf(ledger, () => insert(ledger, 'user_role', { user_id: 1, role: 'owner' }))).toBe('record.check')
  })

  test('an override of the policy takes a second person, a source and a reason (invariant 15)', () => {
    const ledger = sampleLedger()
    const set = (more: Record<string, string | number>) => refusalOf(ledger, () => insert(ledger, 'policy_value', {
      profile_code: 'sample', key: 'gate', value: '1', valid_from: '2025-01-01', source: '办法', reason: '试行', set_by: 1,
      approved_by: 2, at: NOW, ...more,
    }))
    expect([set({ approved_by: 1 }), set({ source: '' }), set({ reason: '' }), set({ value: '{' }), set({})]).toEqual(
      ['record.check', 'record.check', 'record.check', 'record.check', 'accepted'])
  })
})

test('every entry of the operation log extends the chain (invariant 11)', () => {
  const ledger = sampleLedger()
  const entry = (id: number, previous: string, hash = sha256(String(id))) => refusalOf(ledger, () => insert(ledger, 'operation', {
    id, at: NOW, actor_id: 1, action: 'a', subject: 's', detail: '{}', prev_hash: previous, hash,
  }))
  expect(entry(2, '')).toBe('log.chain')
  expect(entry(1, sha256('0'))).toBe('log.chain')
  expect(entry(1, '')).toBe('accepted')
  expect(entry(2, '')).toBe('log.chain')
  expect(entry(3, sha256('1'))).toBe('log.chain')
  expect(entry(2, sha256('1'), sha256('1'))).toBe('record.duplicate')
  expect(entry(2, sha256('1'), 'short')).toBe('record.check')
  expect(entry(2, sha256('1'))).toBe('accepted')
})

describe('statement lines (invariant 13)', () => {
  test('an outcome names its voucher or its reason', () => {
    const ledger = sampleLedger()
    const { line } = addStatement(ledger)
    const voucher = post(ledger)
    const tell = (kind: string, more: Record<string, string | number> = {}) =>
      refusalOf(ledger, () => outcome(ledger, line, kind, more))
    expect(tell('posted')).toBe('record.check')
    expect(tell('matched')).toBe('record.check')
    expect(tell('skipped')).toBe('record.check')
    expect(tell('skipped', { reason: '试转', voucher_id: voucher })).toBe('record.check')
    expect(tell('forgotten', { reason: '试转' })).toBe('record.check')
    expect(tell('matched', { voucher_id: voucher, actor_id: PEOPLE.cashier })).toBe('role.cashierConflict')
    expect(tell('matched', { voucher_id: voucher })).toBe('accepted')
  })

  test('one outcome at a time: the next needs the last taken back, with a reason', () => {
    const ledger = sampleLedger()
    const { line } = addStatement(ledger)
    const tell = (kind: string, more: Record<string, string | number> = {}) =>
      refusalOf(ledger, () => outcome(ledger, line, kind, more))
    expect(tell('open', { reason: '误操作' })).toBe('statement.settled')
    expect(tell('skipped', { reason: '试转' })).toBe('accepted')
    expect(tell('matched', { voucher_id: post(ledger) })).toBe('statement.settled')
    expect(tell('open')).toBe('record.check')
    expect(tell('open', { reason: '误操作' })).toBe('accepted')
    expect(tell('matched', { voucher_id: post(ledger) })).toBe('accepted')
  })

  test('a voucher that does not touch the bank account is no match', () => {
    const ledger = sampleLedger()
    const { line } = addStatement(ledger)
    const elsewhere = post(ledger, { lines: [
      { account: 11, debit: 5, more: { bank_account_id: BANK.maintenanceOfSecond, complex_id: 2 } },
      { account: 12, credit: 5, more: { complex_id: 2 } },
    ] })
    expect(refusalOf(ledger, () => outcome(ledger, line, 'matched', { voucher_id: elsewhere }))).toBe('statement.account')
  })

  test('the same line twice on one account, a line of another account’s batch', () => {
    const ledger = sampleLedger()
    const { batch } = addStatement(ledger)
    const line = (more: Record<string, string | number>) => refusalOf(ledger, () => insert(ledger, 'statement_line', {
      batch_id: batch, bank_account_id: BANK.maintenanceOfFirst, file_line: 3, date: '2025-01-16', amount_fen: 1, party: '',
      party_account: '', memo: '',
      serial: '', kind: 'other', dedupe_key: 'new', ...more,
    }))
    expect(line({ dedupe_key: 'statement.csv' })).toBe('record.duplicate')
    expect(line({ bank_account_id: BANK.publicIncome })).toBe('record.reference')
    expect(line({ date: '2025-02-29' })).toBe('record.check')
    expect(line({})).toBe('accepted')
  })

  test('a batch is taken back only while nothing of it is reconciled or drafted, and then for good', () => {
    const ledger = sampleLedger()
    const back = (batch: number, reason = '选错文件') => refusalOf(ledger, () =>
      insert(ledger, 'statement_rollback', { batch_id: batch, reason, actor_id: PEOPLE.reconciler, at: NOW }))
    const matched = addStatement(ledger)
    outcome(ledger, matched.line, 'matched', { voucher_id: post(ledger) })
    expect(back(matched.batch)).toBe('statement.reconciled')
    const drafted = addStatement(ledger, 'second.csv')
    insert(ledger, 'voucher_draft', {
      book_id: 1, kind: 'general', date: '2025-01-15', purpose: 'ordinary', state: 'draft', preparer_id: 1, updated_at: NOW,
      statement_line_id: drafted.line,
    })
    expect(back(drafted.batch)).toBe('statement.reconciled')
    const free = addStatement(ledger, 'third.csv')
    const remove = () => refusalOf(ledger, () => ledger.prepare('DELETE FROM statement_line WHERE batch_id = ?').run(free.batch))
    expect(remove()).toBe('append.only')
    expect(back(free.batch, '')).toBe('record.check')
    expect(back(free.batch)).toBe('accepted')
    expect(refusalOf(ledger, () => outcome(ledger, free.line, 'skipped', { reason: '试转' }))).toBe('statement.rolledBack')
    expect(remove()).toBe('accepted')
    expect(countOf(ledger, 'statement_batch')).toBe(3)
  })
})

describe('certificates', () => {
  test('a certificate ends once, unless that end was reversed', () => {
    const ledger = sampleLedger()
    const id = addCertificate(ledger)
    const happen = (kind: string, more: Record<string, string | number> = {}) =>
      refusalOf(ledger, () => certificateEvent(ledger, id, kind, more))
    expect(happen('placed')).toBe('accepted')
    expect(happen('placed')).toBe('certificate.chain')
    const end = certificateEvent(ledger, id, 'withdrawn')
    expect(happen('withdrawn')).toBe('certificate.ended')
    const next = addCertificate(ledger, { certificate_no: 'CD2', previous_id: id, value_date: '2025-01-15',
      due_date: '2026-01-15' })
    expect(happen('rolledOver', { next_certificate_id: next })).toBe('certificate.ended')
    expect(happen('reversed', { reverses_event_id: end })).toBe('accepted')
    expect(happen('reversed', { reverses_event_id: end })).toBe('record.duplicate')
    expect(happen('rolledOver', { next_certificate_id: next })).toBe('accepted')
  })

  test('a rollover continues its own certificate, a reversal takes back its own event', () => {
    const ledger = sampleLedger()
    const id = addCertificate(ledger)
    const other = addCertificate(ledger, { certificate_no: 'CD9' })
    const placed = certificateEvent(ledger, other, 'placed')
    const happen = (kind: string, more: Record<string, string | number> = {}) =>
      refusalOf(ledger, () => certificateEvent(ledger, id, kind, more))
    expect(happen('rolledOver', { next_certificate_id: other })).toBe('certificate.chain')
    expect(happen('rolledOver')).toBe('record.check')
    expect(happen('withdrawn', { next_certificate_id: other })).toMatch(/^(record\.check|certificate\.chain)$/)
    expect(happen('reversed', { reverses_event_id: placed })).toBe('certificate.chain')
  })

  test('one fen of difference in interest needs a reason', () => {
    const ledger = sampleLedger()
    const id = addCertificate(ledger)
    const paid = { interest_expected_fen: 175_000, interest_paid_fen: 174_999 }
    expect(refusalOf(ledger, () => certificateEvent(ledger, id, 'withdrawn', paid))).toBe('record.check')
    expect(refusalOf(ledger, () => certificateEvent(ledger, id, 'withdrawn',
      { ...paid, difference_reason: '银行按 364 天计' }))).toBe('accepted')
  })

  test('its money belongs to the fund of its book, its term is months or days, its dates are days in order', () => {
    const ledger = sampleLedger()
    const place = (more: Record<string, string | number | null>) => refusalOf(ledger, () => addCertificate(ledger, more))
    expect(place({ bank_account_id: BANK.publicIncome })).toBe('record.reference')
    expect(place({ term_days: 365 })).toBe('record.check')
    expect(place({ term_months: null })).toBe('record.check')
    expect(place({ due_date: '2024-01-15' })).toBe('record.check')
    expect(place({ due_date: '2025-02-29' })).toBe('record.check')
    expect(place({ principal_fen: 0 })).toBe('record.check')
    expect(place({})).toBe('accepted')
    expect(place({})).toBe('record.duplicate')
  })
})

describe('what is published is a version (invariant 14)', () => {
  test('versions run without gaps, each with its reason, and two persons', () => {
    const ledger = sampleLedger()
    const publish = (more: Record<string, string | number>) => refusalOf(ledger, () => addDisclosure(ledger, more))
    expect(publish({ version: 2, correction_reason: '更正' })).toBe('disclosure.version')
    expect(publish({ published_by: PEOPLE.preparer })).toBe('record.check')
    expect(publish({ quarter: '2025Q5' })).toBe('record.check')
    expect(publish({})).toBe('accepted')
    expect(publish({ version: 3, correction_reason: '更正' })).toBe('disclosure.version')
    expect(publish({ version: 2 })).toBe('record.check')
    expect(publish({ version: 2, correction_reason: '更正' })).toBe('accepted')
    expect(publish({ version: 2, correction_reason: '更正' })).not.toBe('accepted')
  })
})

test('a signer signs a sheet once, whichever party is claimed (two signers are two people)', () => {
  const ledger = sampleLedger()
  const repair = insert(ledger, 'repair', {
    number: 'R1', book_id: 1, complex_id: 1, part: '屋面', title: '渗漏', reported_on: '2025-01-05', quoted_fen: 5,
    contractor_id: 1, supervisor_id: 2,
    recorded_by: 1, recorded_at: NOW,
  })
  const sign = (party: string, person: string) => refusalOf(ledger, () =>
    insert(ledger, 'repair_signature', { repair_id: repair, sheet: 'acceptance', party, person, recorded_by: 1, at: NOW }))
  expect([sign('section', '张三'), sign('supervisor', '张三'), sign('section', '李四'), sign('section', '')]).toEqual(
    ['accepted', 'record.duplicate', 'accepted', 'record.check'])
})

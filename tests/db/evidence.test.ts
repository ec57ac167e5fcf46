import { describe, expect, test } from 'vitest'
import {
  addCertificate, addDisclosure, addStatement, BANK, bankLine, certificateEvent, countOf, incomeLine, insert, NOW, outcome,
  PEOPLE, post,
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
  test('a certificate is placed once and ends once, unless that end was reversed', () => {
    const ledger = sampleLedger()
    const id = addCertificate(ledger)
    const happen = (kind: string, more: Record<string, string | number> = {}) =>
      refusalOf(ledger, () => certificateEvent(ledger, id, kind, more))
    expect(happen('withdrawn')).toBe('certificate.chain')
    expect(happen('placed')).toBe('accepted')
    expect(happen('placed')).toBe('certificate.chain')
    const end = certificateEvent(ledger, id, 'withdrawn')
    for (const kind of ['withdrawn', 'rolledOver', 'withdrawnEarly']) expect(happen(kind)).toBe('certificate.ended')
    expect(happen('reversed', { reverses_event_id: end })).toBe('accepted')
    expect(happen('reversed', { reverses_event_id: end })).toMatch(/^(record\.duplicate|certificate\.chain)$/)
    expect(happen('rolledOver')).toBe('accepted')
  })

  test('what leaves a certificate is never more than what is there, and all of it when it ends', () => {
    const ledger = sampleLedger()
    const id = addCertificate(ledger)
    certificateEvent(ledger, id, 'placed')
    const happen = (kind: string, principal_fen: number) =>
      refusalOf(ledger, () => certificateEvent(ledger, id, kind, { principal_fen }))
    expect(happen('partlyWithdrawn', 10_000_000)).toBe('certificate.principal')
    expect(happen('withdrawn', 9_999_999)).toBe('certificate.principal')
    expect(happen('partlyWithdrawn', 4_000_000)).toBe('accepted')
    expect(happen('partlyWithdrawn', 1_000_000)).toBe('certificate.partialOnce')
    expect(happen('withdrawn', 10_000_000)).toBe('certificate.principal')
    expect(happen('withdrawn', 6_000_000)).toBe('accepted')
  })

  test('frozen money does not move; notice and draw belong to notice deposits, early withdrawal to terms', () => {
    const ledger = sampleLedger()
    const id = addCertificate(ledger)
    certificateEvent(ledger, id, 'placed')
    const held = { principal_fen: 0, reason: '法院通知' }
    const happen = (kind: string, more: Record<string, string | number> = {}, certificate = id) =>
      refusalOf(ledger, () => certificateEvent(ledger, certificate, kind, more))
    expect(happen('unfrozen', held)).toBe('certificate.frozen')
    expect(happen('frozen', { principal_fen: 0 })).toBe('record.check')
    expect(happen('frozen', held)).toBe('accepted')
    expect(happen('withdrawn')).toBe('certificate.frozen')
    expect(happen('unfrozen', held)).toBe('accepted')
    expect(happen('drawn', { principal_fen: 1 })).toBe('certificate.product')
    const notice = addCertificate(ledger, { certificate_no: 'N1', product: 'notice7', day_count: 'actual_360' })
    certificateEvent(ledger, notice, 'placed')
    expect(happen('noticed', { notice_for: '2025-01-14', principal_fen: 1 }, notice)).toBe('certificate.dueDate')
    expect(happen('noticed', { notice_for: '2025-01-22', principal_fen: 1 }, notice)).toBe('accepted')
    expect(happen('partlyWithdrawn', { principal_fen: 1 }, notice)).toBe('certificate.product')
    expect(happen('drawn', { principal_fen: 1 }, notice)).toBe('accepted')
  })

  test('undo goes from the newest event back, and takes back an event of the same certificate', () => {
    const ledger = sampleLedger()
    const id = addCertificate(ledger)
    const other = addCertificate(ledger, { certificate_no: 'CD9' })
    const placed = certificateEvent(ledger, other, 'placed')
    const own = certificateEvent(ledger, id, 'placed')
    const amended = certificateEvent(ledger, id, 'amended', { principal_fen: 0, new_rate_micro: 1, reason: '回单更正' })
    const undo = (reverses_event_id: number) =>
      refusalOf(ledger, () => certificateEvent(ledger, id, 'reversed', { reverses_event_id }))
    expect(undo(placed)).toBe('certificate.chain')
    expect(undo(own)).toBe('certificate.chain')
    expect(undo(amended)).toBe('accepted')
    expect(undo(own)).toBe('accepted')
  })

  test('a link leaves a rolled-over certificate and stays in its complex and account', () => {
    const ledger = sampleLedger()
    const id = addCertificate(ledger)
    certificateEvent(ledger, id, 'placed')
    const rolled = certificateEvent(ledger, id, 'rolledOver')
    const dates = { value_date: '2025-01-15', due_date: '2026-01-15' }
    const link = (next_id: number, event_id = rolled) =>
      refusalOf(ledger, () => insert(ledger, 'certificate_link', { event_id, next_id }))
    const strange = addCertificate(ledger, {
      certificate_no: 'S1', complex_id: 2, bank_account_id: BANK.maintenanceOfSecond, ...dates,
    })
    expect(link(strange)).toBe('certificate.fund')
    const late = addCertificate(ledger, { certificate_no: 'S2', value_date: '2025-01-16', due_date: '2026-01-16' })
    expect(link(late)).toBe('certificate.chain')
    const next = addCertificate(ledger, { certificate_no: 'S3', ...dates })
    expect(link(next, certificateEvent(ledger, next, 'placed'))).toBe('certificate.chain')
    expect(link(next)).toBe('accepted')
    expect(link(next)).toBe('record.duplicate')
  })

  test('no certificate mixes the money of two complexes, in the register or in a posted line', () => {
    const ledger = sampleLedger()
    const mixed = { certificate_no: 'M1', bank_account_id: BANK.maintenanceOfSecond }
    expect(refusalOf(ledger, () => addCertificate(ledger, mixed))).toBe('certificate.fund')
    const certificate_id = addCertificate(ledger, {
      certificate_no: 'M2', complex_id: 2, bank_account_id: BANK.maintenanceOfSecond,
    })
    const lines = [{ ...bankLine(), more: { ...bankLine().more, certificate_id } }, incomeLine()]
    expect(refusalOf(ledger, () => post(ledger, { lines }))).toBe('certificate.fund')
  })

  test('a difference is closed once, by another person, and only where there is one', () => {
    const ledger = sampleLedger()
    const id = addCertificate(ledger)
    const placed = certificateEvent(ledger, id, 'placed')
    const ended = certificateEvent(ledger, id, 'withdrawn', {
      interest_expected_fen: 5, interest_paid_fen: 4, difference_reason: '尾差',
    })
    const close = (event_id: number, closed_by: number) => refusalOf(ledger, () =>
      insert(ledger, 'interest_difference_closing', { event_id, reason: '已核实', closed_by, at: NOW }))
    expect(close(ended, PEOPLE.preparer)).toBe('difference.samePerson')
    expect(close(placed, PEOPLE.reviewer)).toBe('difference.none')
    expect(close(ended, PEOPLE.reviewer)).toBe('accepted')
    expect(close(ended, PEOPLE.bookkeeper)).toBe('record.duplicate')
  })

  test('a quarter of an account is settled once, until it is taken back', () => {
    const ledger = sampleLedger()
    const settle = (more: Record<string, string | number> = {}) => refusalOf(ledger, () => insert(ledger, 'account_interest', {
      bank_account_id: BANK.maintenanceOfFirst, period_from: '2025-01-01', period_to: '2025-03-20', expected_fen: 5, paid_fen: 5,
      actor_id: PEOPLE.preparer, at: NOW, ...more,
    }))
    expect(settle({ paid_fen: 4 })).toBe('record.check')
    expect(settle({ id: 1 })).toBe('accepted')
    expect(settle({ period_from: '2025-03-20', period_to: '2025-06-20' })).toBe('accountInterest.settled')
    expect(settle({ reverses_id: 1, reason: '录错', bank_account_id: BANK.publicIncome })).toBe('accountInterest.reverses')
    expect(settle({ reverses_id: 1, reason: '录错' })).toBe('accepted')
    expect(settle()).toBe('accepted')
  })

  test('one fen of difference in interest needs a reason', () => {
    const ledger = sampleLedger()
    const id = addCertificate(ledger)
    certificateEvent(ledger, id, 'placed')
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

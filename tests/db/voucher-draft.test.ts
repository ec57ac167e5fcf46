import { describe, expect, test } from 'vitest'
import type { Ledger } from '#db/ledger.ts'
import { addPostedDraftWithPaper } from './one-of-everything.ts'
import {
  ACCOUNT, addDraft, addPaper, addStatement, bankLine, insert, interestLines, NOW, PEOPLE, post, refusalOf, reviewDraft,
  sampleLedger, type SampleVoucher,
} from './sample-ledger.ts'

function toState(ledger: Ledger, draft: number, state: string): string {
  return refusalOf(ledger, () =>
    ledger.prepare("UPDATE voucher_draft SET state = ?, reviewer_id = 2, void_reason = '作废' WHERE id = ?").run(state, draft))
}

/** A draft brought to the state by the ways that are allowed. */
function draftIn(ledger: Ledger, state: string): number {
  if (state === 'posted') return addPostedDraftWithPaper(ledger).draft
  const draft = addDraft(ledger)
  if (state === 'reviewed') reviewDraft(ledger, draft)
  if (state === 'void') expect(toState(ledger, draft, 'void')).toBe('accepted')
  return draft
}

describe('the path of a draft', () => {
  test.each([
    ['draft', 'posted', 'voucher.state'],
    ['draft', 'reviewed', 'accepted'],
    ['draft', 'void', 'accepted'],
    ['reviewed', 'draft', 'accepted'],
    ['reviewed', 'void', 'accepted'],
    ['reviewed', 'posted', 'voucher.state'],
    ['posted', 'draft', 'voucher.state'],
    ['posted', 'reviewed', 'voucher.state'],
    ['posted', 'void', 'voucher.state'],
    ['void', 'draft', 'voucher.state'],
    ['void', 'reviewed', 'voucher.state'],
    ['void', 'posted', 'voucher.state'],
  ])('%s → %s without its voucher: %s', (from, to, answer) => {
    const ledger = sampleLedger()
    const draft = draftIn(ledger, from)
    const refusal = toState(ledger, draft, to)
    expect(from === 'posted' || from === 'void' ? refusal.replace('voucher.posted', 'voucher.state') : refusal).toBe(answer)
  })

  test.each(['reviewed', 'posted', 'void'])('no draft begins as %s', (state) => {
    const ledger = sampleLedger()
    expect(refusalOf(ledger, () => addDraft(ledger, { state, reviewer_id: PEOPLE.reviewer,
      void_reason: '作废' }))).toBe('voucher.state')
  })

  test('the preparer cannot be the reviewer, and no review goes without a reviewer (invariant 7)', () => {
    const ledger = sampleLedger()
    const draft = addDraft(ledger)
    const review = (reviewer: number | null) =>
      refusalOf(ledger, () => ledger
        .prepare("UPDATE voucher_draft SET state = 'reviewed', reviewer_id = ? WHERE id = ?").run(reviewer, draft))
    expect(review(PEOPLE.preparer)).toBe('record.check')
    expect(review(null)).toBe('record.check')
    expect(review(PEOPLE.reviewer)).toBe('accepted')
  })

  test('voiding needs a reason', () => {
    const ledger = sampleLedger()
    const draft = addDraft(ledger)
    const discard = () => ledger.prepare("UPDATE voucher_draft SET state = 'void' WHERE id = ?").run(draft)
    expect(refusalOf(ledger, discard)).toBe('record.check')
  })
})

describe.each(['reviewed', 'posted'])('what is %s is not edited', (state) => {
  test.each([
    ['head', "UPDATE voucher_draft SET date = '2025-01-16' WHERE id = :draft"],
    ['head while keeping it on its way',
      "UPDATE voucher_draft SET state = 'posted', business_date = '2025-01-02' WHERE id = :draft"],
    ['preparer', 'UPDATE voucher_draft SET preparer_id = 5 WHERE id = :draft'],
    ['reviewer', 'UPDATE voucher_draft SET reviewer_id = 5 WHERE id = :draft'],
    ['amount', 'UPDATE voucher_draft_line SET debit_fen = 1 WHERE draft_id = :draft AND line_no = 1'],
    ['line removed', 'DELETE FROM voucher_draft_line WHERE draft_id = :draft'],
    ['line added', 'INSERT INTO voucher_draft_line (draft_id, line_no) VALUES (:draft, 9)'],
    ['line moved in from another draft',
      'UPDATE voucher_draft_line SET draft_id = :draft, line_no = 9 WHERE draft_id <> :draft AND line_no = 1'],
    ['paper added', 'INSERT INTO voucher_draft_attachment SELECT :draft, sha256 FROM attachment'],
    ['paper removed', 'DELETE FROM voucher_draft_attachment WHERE draft_id = :draft'],
  ])('%s', (_, sql) => {
    const ledger = sampleLedger()
    const draft = state === 'posted' ? addPostedDraftWithPaper(ledger).draft : addDraft(ledger)
    if (state === 'reviewed') {
      insert(ledger, 'voucher_draft_attachment', { draft_id: draft, sha256: addPaper(ledger) })
      reviewDraft(ledger, draft)
    }
    addDraft(ledger)
    expect(refusalOf(ledger, () => ledger.prepare(sql).run({ draft }))).toMatch(/^voucher\.(reviewed|posted|state)$/)
  })
})

test('sent back to the preparer, a draft can be edited again', () => {
  const ledger = sampleLedger()
  const draft = draftIn(ledger, 'reviewed')
  expect(refusalOf(ledger, () => {
    ledger.prepare("UPDATE voucher_draft SET state = 'draft', reviewer_id = NULL WHERE id = ?").run(draft)
    ledger.prepare('UPDATE voucher_draft_line SET debit_fen = 1 WHERE draft_id = ? AND line_no = 1').run(draft)
  })).toBe('accepted')
})

describe('what is posted is what was reviewed', () => {
  const reviewed = (ledger: Ledger) => draftIn(ledger, 'reviewed')

  test.each<[string, SampleVoucher]>([
    ['another amount', { lines: interestLines(12_346) }],
    ['another account', { lines: [bankLine(), { account: ACCOUNT.fund, credit: 12_345 }] }],
    ['another complex', { lines: interestLines().map((line, index) =>
      ({ ...line, more: { ...line.more, complex_id: index + 1 } })) }],
    ['one line more on each side', { lines: [...interestLines(), { account: ACCOUNT.fund, debit: 1 },
      { account: ACCOUNT.fund, credit: 1 }] }],
    ['another day', { date: '2025-01-16' }],
    ['another preparer', { head: { preparer_id: PEOPLE.cashier } }],
  ])('%s', (_, voucher) => {
    const ledger = sampleLedger()
    const draft = reviewed(ledger)
    expect(refusalOf(ledger, () => post(ledger, { ...voucher,
      head: { ...voucher.head, draft_id: draft } }))).toBe('voucher.draft')
  })

  test('a draft that nobody reviewed, and one already posted', () => {
    const ledger = sampleLedger()
    const draft = addDraft(ledger)
    expect(refusalOf(ledger, () => post(ledger, { head: { draft_id: draft } }))).toBe('voucher.draft')
    const { draft: posted } = addPostedDraftWithPaper(ledger)
    expect(refusalOf(ledger, () => post(ledger, { head: { draft_id: posted } }))).toMatch(/^(voucher\.draft|record\.duplicate)$/)
  })
})

test('a bank line has one living draft; a date that is no day is refused', () => {
  const ledger = sampleLedger()
  const { line } = addStatement(ledger)
  addDraft(ledger, { statement_line_id: line })
  expect(refusalOf(ledger, () => addDraft(ledger, { statement_line_id: line }))).toBe('record.duplicate')
  for (const date of ['2025-02-30', '2025-1-05', '', '15.01.2025']) {
    expect([date, refusalOf(ledger, () => addDraft(ledger, { date }))]).toEqual([date, 'record.check'])
  }
})

test('a deleted draft is impossible, its history stays', () => {
  const ledger = sampleLedger()
  const draft = addDraft(ledger, { updated_at: NOW })
  expect(refusalOf(ledger, () => ledger.prepare('DELETE FROM voucher_draft WHERE id = ?').run(draft))).toBe('append.only')
})

import { describe, expect, it } from 'vitest'
import type { Ledger } from '#db/ledger.ts'
import { beginSecond, fundLines, householdOfSecond, postWithEntries, SECOND } from './sample-household-money.ts'
import { ACCOUNT, insert, MAINTENANCE, NOW, PEOPLE, post, PUBLIC_INCOME, refusalOf, sampleLedger } from './sample-ledger.ts'

function begun(): { ledger: Ledger; first: number; second: number } {
  const ledger = sampleLedger()
  const first = householdOfSecond(ledger, '101')
  const second = householdOfSecond(ledger, '102')
  beginSecond(ledger)
  return { ledger, first, second }
}

describe('invariant 9 in SQL', () => {
  it('entries of a line sum to the line, or the voucher is not sealed', () => {
    const { ledger, first, second } = begun()
    const lines = fundLines(300) ?? []
    expect(refusalOf(ledger, () => postWithEntries(ledger, { lines }, [{ household: first, fen: 299 }]))).toBe('household.sum')
    expect(refusalOf(ledger, () => postWithEntries(ledger, { lines }, []))).toBe('household.sum')
    const both = [{ household: first, fen: 100 }, { household: second, fen: 200 }]
    expect(refusalOf(ledger, () => postWithEntries(ledger, { lines }, both))).toBe('accepted')
  })

  it('no part of a household goes below zero, though the whole of it would not', () => {
    const { ledger, first } = begun()
    postWithEntries(ledger, { lines: fundLines(300) ?? [] }, [{ household: first, fen: 300 }])
    const out = fundLines(-50) ?? []
    expect(refusalOf(ledger, () => postWithEntries(ledger, { lines: out }, [{ household: first, fen: -50, part: 'interest' }])))
      .toBe('household.overdrawn')
    expect(refusalOf(ledger, () => postWithEntries(ledger, { lines: out }, [{ household: first, fen: -50 }]))).toBe('accepted')
  })

  it('an entry stands on a line of the fund, in its household’s complex', () => {
    const { ledger, first } = begun()
    const lines = fundLines(300) ?? []
    expect(refusalOf(ledger, () => postWithEntries(ledger, { lines }, [{ line: 1, household: first, fen: 300 }])))
      .toBe('household.line')
    expect(refusalOf(ledger, () => postWithEntries(ledger, { lines }, [{ household: 1, fen: 300 }]))).toBe('household.line')
  })

  it('a complex without a sub-ledger takes no entries, and none are asked of it', () => {
    const ledger = sampleLedger()
    const household = householdOfSecond(ledger, '101')
    const lines = fundLines(300) ?? []
    expect(refusalOf(ledger, () => postWithEntries(ledger, { lines }, [{ household, fen: 300 }]))).toBe('household.notBegun')
    expect(refusalOf(ledger, () => postWithEntries(ledger, { lines }, []))).toBe('accepted')
  })

  it('a sub-ledger begins tied out to the fen, in a maintenance book, once', () => {
    const ledger = sampleLedger()
    const household = householdOfSecond(ledger, '101')
    postWithEntries(ledger, { lines: fundLines(300) ?? [] }, [])
    expect(refusalOf(ledger, () => { beginSecond(ledger) })).toBe('household.tieOut')
    const turned = (fen: number) => ({
      purpose: 'opening',
      lines: [
        { account: ACCOUNT.fund, debit: fen, more: { complex_id: SECOND } },
        { account: ACCOUNT.fund, credit: fen, more: { complex_id: SECOND } },
      ],
    })
    expect(refusalOf(ledger, () => postWithEntries(ledger, turned(300), [{ household, fen: 299 }]))).toBe('household.tieOut')
    expect(refusalOf(ledger, () => postWithEntries(ledger, turned(300), [{ household, fen: 300 }]))).toBe('accepted')
    expect(refusalOf(ledger, () => { beginSecond(ledger) })).toBe('record.duplicate')
    expect(refusalOf(ledger, () => insert(ledger, 'household_ledger', {
      complex_id: 1, book_id: PUBLIC_INCOME, voucher_id: null, begun_on: '2025-01-01', begun_by: PEOPLE.bookkeeper, at: NOW,
    }))).toBe('household.tieOut')
  })

  it('a closing that brings other money into the fund is refused: it would belong to nobody', () => {
    const { ledger } = begun()
    const more = { complex_id: SECOND }
    const closing = {
      purpose: 'closing',
      lines: [{ account: ACCOUNT.interest, debit: 5, more }, { account: ACCOUNT.fund, credit: 5, more }],
    }
    expect(refusalOf(ledger, () => post(ledger, closing))).toBe('household.closing')
  })

  it('a closing that brings other money into the fund says whose it becomes, to the fen and on the fund’s line', () => {
    const { ledger, first, second } = begun()
    const more = { complex_id: SECOND }
    const closing = {
      purpose: 'closing',
      lines: [{ account: ACCOUNT.interest, debit: 5, more }, { account: ACCOUNT.fund, credit: 5, more }],
    }
    const closedFor = (...entries: Parameters<typeof postWithEntries>[2]) =>
      refusalOf(ledger, () => postWithEntries(ledger, closing, entries))
    expect(closedFor({ household: first, fen: 4 })).toBe('household.sum')
    expect(closedFor({ line: 1, household: first, fen: 5 })).toBe('household.line')
    expect(closedFor({ household: first, fen: 2 }, { household: second, fen: 3 })).toBe('accepted')
  })

  it('nothing joins a sealed voucher', () => {
    const { ledger, first } = begun()
    const id = postWithEntries(ledger, { lines: fundLines(300) ?? [] }, [{ household: first, fen: 300 }])
    expect(refusalOf(ledger, () => insert(ledger, 'household_entry', {
      voucher_id: id, line_no: 2, household_id: first, part: 'interest', date: '2025-01-15', amount_fen: 1,
    }))).toBe('voucher.posted')
  })

  it('what is posted is what was reviewed, to the household', () => {
    const { ledger, first, second } = begun()
    const lines = fundLines(300) ?? []
    const draft = insert(ledger, 'voucher_draft', {
      book_id: MAINTENANCE, kind: 'general', date: '2025-01-15', purpose: 'ordinary', state: 'draft',
      preparer_id: PEOPLE.preparer, updated_at: NOW,
    })
    lines.forEach((line, index) => insert(ledger, 'voucher_draft_line', {
      draft_id: draft, line_no: index + 1, account_id: line.account, debit_fen: line.debit ?? 0, credit_fen: line.credit ?? 0,
      ...line.more,
    }))
    insert(ledger, 'voucher_draft_household', {
      draft_id: draft, line_no: 2, household_id: first, part: 'principal', amount_fen: 300,
    })
    ledger.prepare("UPDATE voucher_draft SET state = 'reviewed', reviewer_id = ? WHERE id = ?").run(PEOPLE.reviewer, draft)
    expect(refusalOf(ledger, () => ledger.prepare('DELETE FROM voucher_draft_household WHERE draft_id = ?').run(draft)))
      .toBe('voucher.reviewed')
    const head = { draft_id: draft }
    const postedFor = (household: number) =>
      refusalOf(ledger, () => postWithEntries(ledger, { lines, head }, [{ household, fen: 300 }]))
    expect(postedFor(second)).toBe('voucher.draft')
    expect(postedFor(first)).toBe('accepted')
  })
})

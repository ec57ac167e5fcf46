import { describe, expect, it } from 'vitest'
import type { Ledger } from '#db/ledger.ts'
import { addReceiptRange, householdOfSecond } from './sample-household-money.ts'
import { addDraft, insert, NOW, PEOPLE, refusalOf, sampleLedger } from './sample-ledger.ts'

function withRange(): { ledger: Ledger; range: number; use: (number: number) => string; spoil: (number: number) => string } {
  const ledger = sampleLedger()
  const range = addReceiptRange(ledger)
  const person = { actor_id: PEOPLE.preparer, at: NOW, on_date: '2025-01-15' }
  const household = householdOfSecond(ledger, '101')
  const draft = addDraft(ledger)
  return {
    ledger, range,
    use: (number) => refusalOf(ledger, () => insert(ledger, 'receipt_event', {
      range_id: range, number, kind: 'used', household_id: household, draft_id: draft, amount_fen: 5, ...person,
    })),
    spoil: (number) => refusalOf(ledger, () => insert(ledger, 'receipt_event', {
      range_id: range, number, kind: 'void', reason: '污损', has_original: 1, ...person,
    })),
  }
}

describe('special receipts in SQL', () => {
  it('are used once, and never after they were void', () => {
    const { use, spoil } = withRange()
    expect([use(1), use(1), spoil(1), spoil(1), spoil(2), use(2)])
      .toEqual(['accepted', 'receipt.used', 'accepted', 'receipt.used', 'accepted', 'receipt.used'])
  })

  it('come from a range that was bought', () => {
    const { use } = withRange()
    expect([use(0), use(50), use(51)]).toEqual(['receipt.number', 'accepted', 'receipt.number'])
  })

  it('cannot be bought twice, not even in part', () => {
    const { ledger } = withRange()
    const again = (first: number, last: number, prefix = '皖A', width = 4) => refusalOf(ledger, () =>
      insert(ledger, 'receipt_range', {
        prefix, first_no: first, last_no: last, width, received_on: '2025-01-02', actor_id: PEOPLE.preparer, at: NOW,
      }))
    expect([again(50, 60), again(10, 20), again(51, 60), again(1, 50, '皖B'), again(1, 50, '皖A', 8)])
      .toEqual(['receipt.range', 'receipt.range', 'accepted', 'accepted', 'accepted'])
  })
})

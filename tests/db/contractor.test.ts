import { describe, expect, it } from 'vitest'
import type { Ledger } from '#db/ledger.ts'
import { addRepair } from './one-of-everything.ts'
import { addTender } from './sample-contractor.ts'
import { addPaper, insert, NOW, PEOPLE, refusalOf, sampleLedger, type Row } from './sample-ledger.ts'

let notices = 0

function award(ledger: Ledger, quote: number | undefined, more: Row = {}): string {
  notices += 1
  const sha256 = addPaper(ledger, `中选通知${notices}.pdf`)
  return refusalOf(ledger, () => insert(ledger, 'tender_award', {
    quote_id: quote ?? 0, counterparty_id: 1, awarded_on: '2024-12-20', valid_from: '2025-01-01', valid_to: '2025-12-31',
    reason: '', sha256, awarded_by: PEOPLE.reviewer, at: NOW, ...more,
  }))
}

function score(ledger: Ledger, repair: number, more: Row = {}): string {
  return refusalOf(ledger, () => insert(ledger, 'contractor_score', {
    repair_id: repair, counterparty_id: 1, role: 'contractor', scored_on: '2025-02-01', items: '[{"given":90}]', total: 90,
    follow_up: 'none', reason: '', scored_by: PEOPLE.reviewer, confirmed_by: PEOPLE.preparer, at: NOW, ...more,
  }))
}

describe('an award written past the services', () => {
  it('is refused to whoever recorded the quotes, and past somebody cheaper without a reason', () => {
    const ledger = sampleLedger()
    const { quotes: [cheapest, dearer] } = ledger.write(() => addTender(ledger, 'BX1'))
    expect(award(ledger, cheapest, { awarded_by: PEOPLE.preparer })).toBe('tender.samePerson')
    expect(award(ledger, dearer)).toBe('tender.passedOver')
    expect(award(ledger, dearer, { reason: '报价最低的没有资质' })).toBe('accepted')
    expect(award(ledger, cheapest)).toBe('accepted')
  })

  it('waits for the opening and for enough bidders, and closes the tender for further quotes', () => {
    const ledger = sampleLedger()
    const { tender, quotes: [cheapest] } = ledger.write(() => addTender(ledger, 'BX1'))
    expect(award(ledger, cheapest, { awarded_on: '2024-12-09' })).toBe('tender.dates')
    const few = ledger.write(() => addTender(ledger, 'ZB1', 'openTender'))
    expect(award(ledger, few.quotes[0])).toBe('tender.bidders')
    expect(award(ledger, cheapest)).toBe('accepted')
    const late = { tender_id: tender, bidder: '迟到的单位', phone: '', bank_account: '', amount_fen: 1 }
    expect(refusalOf(ledger, () => insert(ledger, 'tender_quote', late))).toBe('tender.closed')
  })
})

describe('a score written past the services', () => {
  it('is for the party of the job, adds up, and is replaced but never stands twice', () => {
    const ledger = sampleLedger()
    const repair = ledger.write(() => addRepair(ledger))
    expect(score(ledger, repair, { counterparty_id: 2 })).toBe('score.party')
    expect(score(ledger, repair, { role: 'auditor' })).toBe('score.party')
    expect(score(ledger, repair, { total: 91 })).toBe('score.total')
    expect(score(ledger, repair)).toBe('accepted')
    expect(score(ledger, repair)).toBe('score.stands')
    expect(score(ledger, repair, { replaces_id: 1, reason: '补扣' })).toBe('accepted')
    expect(score(ledger, repair, { replaces_id: 1, reason: '再补' })).not.toBe('accepted')
  })

  it('by one person alone is refused, and so is a quarter whose version leaves a gap', () => {
    const ledger = sampleLedger()
    const repair = ledger.write(() => addRepair(ledger))
    expect(score(ledger, repair, { confirmed_by: PEOPLE.reviewer })).not.toBe('accepted')
    const quarter = {
      quarter: '2025Q1', version: 2, lines: '[]', reason: '更正', published_on: '2025-04-02', published_by: PEOPLE.reviewer,
      confirmed_by: PEOPLE.preparer, at: NOW,
    }
    expect(refusalOf(ledger, () => insert(ledger, 'contractor_quarter', quarter))).toBe('contractor.version')
  })
})

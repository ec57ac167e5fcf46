/** A tender awarded and ended, one revoked, a score, a reward and a published quarter: a row in each table of contractors. */
import type { Ledger } from '#db/ledger.ts'
import { addPaper, insert, NOW, PEOPLE } from './sample-ledger.ts'

type Tender = { readonly tender: number; readonly quotes: readonly number[] }

/** Two bidders, the cheaper first. */
export function addTender(ledger: Ledger, number: string, method = 'comparison'): Tender {
  const tender = insert(ledger, 'tender', {
    number, title: '零星维修施工单位', role: 'contractor', method, announced_on: '2024-12-01',
    opened_on: '2024-12-10', sha256: addPaper(ledger, `${number}纪要.pdf`), recorded_by: PEOPLE.preparer, at: NOW,
  })
  const quotes = [98_000, 99_000].map((amount, index) => insert(ledger, 'tender_quote', {
    tender_id: tender, bidder: `报价单位${index + 1}`, phone: '', bank_account: '', amount_fen: amount,
  }))
  return { tender, quotes }
}

export function addContractors(ledger: Ledger, repair: number): void {
  const { quotes: [quote] } = addTender(ledger, 'BX1')
  const award = insert(ledger, 'tender_award', {
    quote_id: quote ?? 0, counterparty_id: 1, awarded_on: '2024-12-20', valid_from: '2025-01-01', valid_to: '2025-12-31',
    reason: '', sha256: addPaper(ledger, '中选通知.pdf'), awarded_by: PEOPLE.reviewer, at: NOW,
  })
  insert(ledger, 'tender_award_end', {
    award_id: award, ended_on: '2025-06-30', reason: '拒不返修', ended_by: PEOPLE.reviewer, at: NOW,
  })
  insert(ledger, 'tender_revocation', {
    tender_id: addTender(ledger, 'BX2').tender, reason: '金额录错', revoked_by: PEOPLE.preparer, at: NOW,
  })
  const persons = { scored_by: PEOPLE.reviewer, confirmed_by: PEOPLE.preparer, at: NOW }
  const score = {
    repair_id: repair, counterparty_id: 1, role: 'contractor', scored_on: '2025-02-01', follow_up: 'satisfied', ...persons,
  }
  const first = insert(ledger, 'contractor_score', { ...score, items: '[{"given":90}]', total: 90, reason: '' })
  insert(ledger, 'contractor_score', { ...score, items: '[{"given":85}]', total: 85, replaces_id: first, reason: '补扣资料分' })
  insert(ledger, 'contractor_merit', {
    counterparty_id: 1, role: 'contractor', kind: 'deduction', happened_on: '2025-02-02', points: 5, reason: '返修不及时',
    recorded_by: PEOPLE.reviewer, confirmed_by: PEOPLE.preparer, at: NOW,
  })
  insert(ledger, 'contractor_quarter', {
    quarter: '2025Q1', version: 1, lines: '[]', reason: '', published_on: '2025-04-02', published_by: PEOPLE.reviewer,
    confirmed_by: PEOPLE.preparer, at: NOW,
  })
}

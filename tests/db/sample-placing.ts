/** One placement plan and one batch of competitive placing, with a row in each of their tables. */
import type { Ledger } from '#db/ledger.ts'
import { addCertificate, addPaper, insert, MAINTENANCE, NOW, PEOPLE } from './sample-ledger.ts'

export function addPlacing(ledger: Ledger): void {
  const certificate = (number: string): number =>
    addCertificate(ledger, { certificate_no: number, bank_name: '投标银行', value_date: '2025-02-10', due_date: '2026-02-10' })
  const plan = insert(ledger, 'placement_plan', {
    book_id: MAINTENANCE, complex_id: 1, starts_on: '2025-02-10', placed_fen: 10_000_000, input: '{}', lots: '[1]',
    accepted_by: PEOPLE.preparer, at: NOW,
  })
  insert(ledger, 'placement_plan_certificate', { certificate_id: certificate('PP1'), plan_id: plan, offer: 0 })
  const batch = insert(ledger, 'placing_batch', {
    number: 'CF1', title: '第一期', book_id: MAINTENANCE, decision_no: '纪要1号', decided_on: '2025-01-20',
    decision_sha256: addPaper(ledger, '纪要.pdf'), total_fen: 20_000_000, minimum_rate_micro: 1_000_000, opens_on: '2025-02-01',
    recorded_by: PEOPLE.preparer, at: NOW,
  })
  const lot = insert(ledger, 'placing_lot', {
    batch_id: batch, seq: 1, amount_fen: 20_000_000, term_months: 12, minimum_rate_micro: 1_000_000, note: '',
  })
  const bid = insert(ledger, 'placing_bid', {
    lot_id: lot, bank: '投标银行', rate_micro: 1_500_000, score_hundredths: 8_800, rank: 1, recusal: '', reason: '',
    recorded_by: PEOPLE.preparer, at: NOW,
  })
  const award = (): number => insert(ledger, 'placing_award', {
    lot_id: lot, bid_id: bid, awarded_on: '2025-02-03', reason: '', awarded_by: PEOPLE.reviewer, at: NOW,
  })
  insert(ledger, 'placing_revocation', { award_id: award(), reason: '公示有异议', revoked_by: PEOPLE.reviewer, at: NOW })
  const standing = award()
  insert(ledger, 'placing_agreement', {
    award_id: standing, number: '存协1号', valid_from: '2025-02-05', valid_to: '2026-02-28', sha256: addPaper(ledger, '协议.pdf'),
    recorded_by: PEOPLE.preparer, at: NOW,
  })
  const link = insert(ledger, 'placing_certificate', {
    award_id: standing, certificate_id: certificate('PP2'), linked_by: PEOPLE.preparer, at: NOW,
  })
  insert(ledger, 'placing_unlinking', { link_id: link, reason: '归错', unlinked_by: PEOPLE.preparer, at: NOW })
}

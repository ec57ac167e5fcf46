/** A completion corrected once and a warranty letter: a row in each table of the builder's warranty. */
import type { Ledger } from '#db/ledger.ts'
import { addPaper, insert, NOW, PEOPLE, type Row } from './sample-ledger.ts'

const BY = { recorded_by: PEOPLE.preparer, at: NOW }

export function addCompletion(ledger: Ledger, more: Row = {}): number {
  const sha256 = more['sha256'] === undefined ? addPaper(ledger, `备案表${JSON.stringify(more)}.pdf`) : more['sha256']
  return insert(ledger, 'completion', {
    complex_id: 1, completed_on: '2001-06-30', source: '备案表', reason: '', ...BY, ...more, sha256,
  })
}

export function addTerm(ledger: Ledger, more: Row = {}): number {
  const sha256 = more['sha256'] === undefined ? addPaper(ledger, `保修书${JSON.stringify(more)}.pdf`) : more['sha256']
  return insert(ledger, 'warranty_term', {
    complex_id: 1, category: 'waterproofing', length: 96, agreed_on: '2001-07-01', source: '保修书', reason: '', ...BY, ...more,
    sha256,
  })
}

export function addWarranty(ledger: Ledger): void {
  const first = addCompletion(ledger)
  addCompletion(ledger, { completed_on: '2002-06-30', corrects_id: first, reason: '年份看错' })
  addTerm(ledger)
}

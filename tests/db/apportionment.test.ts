/** A sheet adds up exactly and takes no row after it is sealed, whoever writes. */
import { describe, expect, it } from 'vitest'
import type { Ledger } from '#db/ledger.ts'
import { addApportionment, householdOfSecond } from './sample-household-money.ts'
import { fillSample, insert, refusalOf, sampleLedger } from './sample-ledger.ts'

function ledgerWithHousehold(): { readonly ledger: Ledger; readonly household: number } {
  const ledger = sampleLedger(fillSample)
  return { ledger, household: householdOfSecond(ledger, '901') }
}

describe('an apportionment sheet', () => {
  it.each([
    ['the total', { total_fen: 99, drawn_fen: 99 }], ['what was drawn', { drawn_fen: 99 }], ['the households', { households: 2 }],
    ['the complex', { complex_id: 1 }],
  ])('is refused when its rows are not %s', (_what, wrong) => {
    const { ledger, household } = ledgerWithHousehold()
    const refusal = refusalOf(ledger, () => { ledger.write(() => { addApportionment(ledger, household, wrong) }) })
    expect(refusal).toBe('apportionment.sum')
  })

  it('takes no household after it is sealed', () => {
    const { ledger, household } = ledgerWithHousehold()
    ledger.write(() => { addApportionment(ledger, household) })
    const other = householdOfSecond(ledger, '902')
    const late = () => insert(ledger, 'apportionment_share', {
      apportionment_id: 1, row_no: 2, household_id: other, area_dm2: 1, nature: 'commodity', is_developer_held: 0,
      principal_fen: 0, interest_fen: 0, seller_principal_fen: 0, seller_interest_fen: 0, weight: 1, share_fen: 0,
      seller_share_fen: 0, drawn_principal_fen: 0, drawn_interest_fen: 0, drawn_seller_principal_fen: 0,
      drawn_seller_interest_fen: 0,
    })
    expect(refusalOf(ledger, () => { late() })).toBe('apportionment.sealed')
  })
})

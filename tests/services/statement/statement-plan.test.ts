import { expect, it } from 'vitest'
import { ACCOUNT_STANDINGS, OPEN_WORK } from '#services/statement/statement-coverage.ts'
import { LINE_STATES, linePage, MATCH_CANDIDATES } from '#services/statement/statement-outcome.ts'
import { INSTALLMENTS } from '#services/statement/proposal-contract.ts'
import { BATCH_PAGE } from '#services/statement/statement.ts'
import { expectNoTableScan, planOf } from '#tests/db/query-plan.ts'
import { makeOffice } from '../office.ts'

it('lists and figures of the bank read by index: no table of lines or vouchers is read as a whole', () => {
  const { ledger } = makeOffice()
  const day = { from: '2025-01-01', to: '2025-01-31' }
  expectNoTableScan(ledger, ACCOUNT_STANDINGS, { asOf: '2025-01-31' }, ['bank_account', 'book', 'complex', 'account'])
  expectNoTableScan(ledger, OPEN_WORK, [1])
  expectNoTableScan(ledger, BATCH_PAGE, { bankAccountId: 1, before: 9, limit: 10 }, ['user'])
  expectNoTableScan(ledger, INSTALLMENTS, { bookId: 1, complexId: null }, ['contract', 'account', 'counterparty', 'complex'])
  const line = { bankAccountId: 1, date: '2025-01-15', amountFen: 1, limit: 10 }
  expectNoTableScan(ledger, MATCH_CANDIDATES, { ...line, ...day }, ['account'])
  for (const state of [undefined, ...LINE_STATES]) {
    const page = linePage(state === undefined ? {} : { state })
    const parameters = { bankAccountId: 1, ...day, beforeDate: '9999-12-31', beforeId: 1, limit: 10 }
    expectNoTableScan(ledger, page, parameters)
    // The first page must not sort the account: its lines come in the order of the index.
    expect(planOf(ledger, page, parameters).join('\n')).not.toContain('TEMP B-TREE')
  }
})

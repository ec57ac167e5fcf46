import { describe, expect, test } from 'vitest'
import type { Ledger } from '#db/ledger.ts'
import { fullLedger } from './one-of-everything.ts'
import { countOf, refusalOf } from './sample-ledger.ts'

/** Evidence: rows of these tables are never changed and never removed. */
const APPEND_ONLY = [
  'account_interest', 'apportionment', 'apportionment_share', 'attachment', 'bank_account_terms', 'bank_confirmation',
  'certificate', 'certificate_event', 'certificate_event_line',
  'certificate_link', 'completion', 'contract', 'contract_end', 'contract_installment', 'contractor_merit', 'contractor_quarter',
  'contractor_score', 'decision', 'disclosure',
  'disclosure_reason', 'disclosure_request', 'disclosure_return',
  'finding', 'finding_event', 'finding_run', 'finding_run_line', 'finding_subject',
  'fund_transfer',
  'gain_credit', 'household_area', 'household_change',
  'household_entry', 'household_event', 'household_ledger', 'household_opening', 'household_succession',
  'interest_difference_closing', 'operation', 'ownership_set', 'ownership_share', 'period_event', 'placement_plan',
  'placement_plan_certificate', 'placing_agreement', 'placing_award', 'placing_batch', 'placing_bid',
  'placing_certificate', 'placing_lot', 'placing_revocation', 'placing_unlinking', 'policy_profile', 'policy_value',
  'posting_down', 'posting_up', 'receipt_event', 'receipt_range', 'reconciliation', 'reconciliation_check',
  'reconciliation_entry',
  'reconciliation_match', 'reconciliation_reopening', 'reconciliation_undo', 'repair', 'repair_authority',
  'repair_draw', 'repair_event',
  'repair_objection', 'repair_objection_end', 'repair_paper', 'repair_signature', 'repair_use_answer', 'repair_visa',
  'repair_visa_image',
  'repair_visa_signer', 'self_funding_claim', 'self_funding_receipt',
  'self_funding_withdrawal',
  'statement_batch', 'statement_line', 'statement_mapping', 'statement_outcome',
  'statement_repeat', 'statement_rollback', 'statement_rule', 'tender', 'tender_award', 'tender_award_end',
  'tender_quote', 'tender_revocation', 'use_authorisation', 'use_authorisation_event', 'utility_bill', 'utility_withdrawal',
  'vote', 'vote_ballot', 'vote_event', 'vote_paper', 'vote_unit', 'voucher',
  'voucher_attachment', 'voucher_line', 'warranty_term',
]
/** Rows that may change within their rules but stay. */
const NEVER_DELETED = [
  'account', 'book', 'finding_standing', 'household', 'identity_vault', 'owner', 'period', 'repair_standing', 'user',
  'vote_standing', 'voucher_draft',
]

/** Lines of a batch that was taken back may go: the batch and its file stay. */
const KEPT_ROWS: Readonly<Record<string, string>> = {
  statement_line: 'WHERE batch_id NOT IN (SELECT batch_id FROM statement_rollback)',
}

function tablesWithTrigger(ledger: Ledger, pattern: RegExp): readonly string[] {
  return ledger.sqlite
    .prepare<[], { table: string; sql: string }>("SELECT tbl_name AS 'table', sql FROM sqlite_schema WHERE type = 'trigger'")
    .all()
    .filter(({ sql }) => pattern.test(sql))
    .map(({ table }) => table)
    .sort()
}

function columnsOf(ledger: Ledger, table: string): readonly { name: string; pk: number; type: string }[] {
  return ledger.sqlite
    .prepare<[string], { name: string; pk: number; type: string }>('SELECT name, pk, type FROM pragma_table_info(?)')
    .all(table)
}

function rowsOf(ledger: Ledger, table: string): readonly unknown[] {
  return ledger.sqlite.prepare(`SELECT * FROM ${table}`).all()
}

test('the tables that refuse every update are exactly the ones named as evidence', () => {
  const unconditional = /BEFORE UPDATE ON \w+\s+BEGIN SELECT RAISE\(ABORT, '(append\.only|voucher\.posted)'\)/
  expect(tablesWithTrigger(fullLedger(), unconditional)).toEqual(APPEND_ONLY)
})

test('the tables that refuse deletion are the evidence and the rows people refer to', () => {
  const deletion = /BEFORE DELETE ON \w+[\s\S]*RAISE\(ABORT, '(append\.only|voucher\.posted|user\.kept)'\)/
  expect(tablesWithTrigger(fullLedger(), deletion)).toEqual([...APPEND_ONLY, ...NEVER_DELETED].sort())
})

describe.each(APPEND_ONLY)('%s', (table) => {
  test('no column of a row can be changed, no row deleted', () => {
    const ledger = fullLedger()
    const before = rowsOf(ledger, table)
    expect(before.length).toBeGreaterThan(0)
    for (const { name } of columnsOf(ledger, table)) {
      const refusal = refusalOf(ledger, () => ledger.sqlite.exec(`UPDATE ${table} SET ${name} = ${name}`))
      expect([name, refusal]).toEqual([name, expect.stringMatching(/^(append\.only|voucher\.posted)$/)])
    }
    const refusal = refusalOf(ledger, () => ledger.sqlite.exec(`DELETE FROM ${table} ${KEPT_ROWS[table] ?? ''}`))
    expect(refusal).toMatch(/^(append\.only|voucher\.posted)$/)
    expect(rowsOf(ledger, table)).toEqual(before)
  })
})

describe.each([...APPEND_ONLY, ...NEVER_DELETED])('%s', (table) => {
  // INSERT OR REPLACE deletes without delete triggers when the connection leaves recursive_triggers off.
  test('INSERT OR REPLACE from a stranger’s connection replaces nothing', () => {
    const ledger = fullLedger()
    ledger.sqlite.pragma('recursive_triggers = OFF')
    ledger.sqlite.pragma('foreign_keys = OFF')
    const before = rowsOf(ledger, table)
    const columns = columnsOf(ledger, table)
    const sameKey = columns.map(({ name }) => name).join(', ')
    const newKey = columns.map(({ name, pk, type }) => (pk > 0 && type === 'INTEGER' ? `${name} + 1000` : name)).join(', ')
    const newRowNumber = columns.map(({ name, pk, type }) => (pk > 0 && type === 'INTEGER' ? 'NULL' : name)).join(', ')
    const replaceBy = (values: string) =>
      refusalOf(ledger, () => ledger.sqlite.exec(`INSERT OR REPLACE INTO ${table} SELECT ${values} FROM ${table}`))
    expect(replaceBy(sameKey)).not.toBe('accepted')
    for (const values of [newKey, newRowNumber]) replaceBy(values)
    const after = new Set(rowsOf(ledger, table).map((row) => JSON.stringify(row)))
    expect(before.filter((row) => !after.has(JSON.stringify(row)))).toEqual([])
  })
})

test.each(NEVER_DELETED)('%s: rows are never deleted', (table) => {
  const ledger = fullLedger()
  const count = countOf(ledger, table)
  expect(refusalOf(ledger, () => ledger.sqlite.exec(`DELETE FROM ${table}`))).toMatch(/^(append\.only|user\.kept)$/)
  expect(countOf(ledger, table)).toBe(count)
})

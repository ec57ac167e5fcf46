/** No list and no figure of public income walks a whole table: each query is answered from an index. */
import { expect, it } from 'vitest'
import { CONTRACT_PAGE, OVERDUE_CONTRACTS } from '#services/income/contract.ts'
import { PENDING_DRAFTS, PREVIOUS_CLOSING, REASONS } from '#services/income/quarter.ts'
import { LEDGER_OF_BANK, MONEY_BALANCES, STATEMENT_BATCHES, STATEMENT_LINES } from '#services/income/quarter-bank.ts'
import { CONTRACTS_OF_QUARTER } from '#services/income/quarter-income.ts'
import { FIGURE_LINES, FIGURE_PARTS, INCOME_ROWS, PERSON_NAMES, SPENDING_ROWS } from '#services/income/quarter-rows.ts'
import { OVERVIEW_PAGE } from '#services/income/quarter-overview.ts'
import { COMPLEX_BALANCE, DAILY_FUND, TRANSFERS_FOR_QUARTER } from '#services/income/quarter-top-up.ts'
import { incomeOffice } from './quarter-office.ts'

const QUERIES: readonly (readonly [string, string])[] = [
  ['a page of contracts', CONTRACT_PAGE(false, false, 'all')],
  ['a page of a complex’s contracts', CONTRACT_PAGE(true, true, 'running')],
  ['overdue contracts', OVERDUE_CONTRACTS],
  ['a page of the overview', OVERVIEW_PAGE],
  ['reasons', REASONS],
  ['previous closing', PREVIOUS_CLOSING],
  ['pending drafts', PENDING_DRAFTS],
  ['money balances', MONEY_BALANCES],
  ['statement batches', STATEMENT_BATCHES],
  ['statement lines', STATEMENT_LINES],
  ['the ledger’s side of a bank account', LEDGER_OF_BANK],
  ['contracts of a quarter', CONTRACTS_OF_QUARTER],
  ['income rows', INCOME_ROWS],
  ['spending rows', SPENDING_ROWS],
  ['names', PERSON_NAMES],
  ['balance of a complex', COMPLEX_BALANCE],
  ['transfers for a quarter', TRANSFERS_FOR_QUARTER],
  ['daily fund', DAILY_FUND],
  ...FIGURE_PARTS.map((part) => [`lines of ${part}`, FIGURE_LINES(part, true)] as const),
]

it('answers every query of the quarter and the contracts from an index', () => {
  const { sqlite } = incomeOffice().ledger
  const scans = QUERIES.flatMap(([name, sql]) => {
    const parameters = Object.fromEntries([...sql.matchAll(/:(\w+)/g)].map(([, key]) => [String(key), null]))
    const plan = sqlite.prepare<[Record<string, unknown>], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).all(parameters)
    expect(plan.length).toBeGreaterThan(0)
    // Walking a subquery's own few rows is no walk through a table; the plan names those it makes.
    const made = new Set(plan.flatMap(({ detail }) => /^(?:MATERIALIZE|CO-ROUTINE) (\w+)$/.exec(detail)?.[1] ?? []))
    const walks = plan.filter(({ detail }) => /^SCAN \w+$/.test(detail) && !made.has(detail.slice('SCAN '.length)))
    return walks.map(({ detail }) => `${name}: ${detail}`)
  })
  expect(scans).toEqual([])
})

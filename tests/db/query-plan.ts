/** Query plans as evidence: what a list or report reads must not grow with tables it does not show. */
import { expect } from 'vitest'
import type { Ledger } from '#db/ledger.ts'

type Parameters = readonly unknown[] | Readonly<Record<string, unknown>>

function isList(parameters: Parameters): parameters is readonly unknown[] {
  return Array.isArray(parameters)
}

/** The steps of the plan, e.g. `SEARCH l USING COVERING INDEX voucher_line_by_complex (book_id=? AND complex_id=?)`. */
export function planOf(ledger: Ledger, sql: string, parameters: Parameters = []): readonly string[] {
  const statement = ledger.sqlite.prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
  const rows = isList(parameters) ? statement.all(...parameters) : statement.all(parameters)
  return rows.map((row) => row.detail)
}

/** Plans name a table by its alias. */
function tableByName(ledger: Ledger, sql: string): ReadonlyMap<string, string> {
  const tables = ledger.sqlite.prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all()
  const names = new Map(tables.map((table) => [table, table]))
  for (const [, table, alias] of sql.matchAll(/(?:\bFROM|\bJOIN|,)\s+(\w+)\s+(?:AS\s+)?(\w+)/gi)) {
    if (table !== undefined && alias !== undefined && names.get(table) === table) names.set(alias, table)
  }
  return names
}

/**
 * Fails when the plan walks a whole table, a whole index of one, or builds an index on the way. `allowed` names the small
 * master tables (books, accounts, users …) whose size does not follow the business. Parameters as for the statement.
 */
export function expectNoTableScan(
  ledger: Ledger, sql: string, parameters: Parameters = [], allowed: readonly string[] = [],
): void {
  const names = tableByName(ledger, sql)
  const scans = planOf(ledger, sql, parameters).filter((step) => {
    const name = /^SCAN (?:TABLE )?(\w+)/.exec(step)?.[1] ?? /^SEARCH (\w+) USING AUTOMATIC/.exec(step)?.[1]
    const table = name === undefined ? undefined : names.get(name)
    return table !== undefined && !allowed.includes(table)
  })
  expect(scans, `whole tables are read by: ${sql.replaceAll(/\s+/g, ' ')}`).toEqual([])
}

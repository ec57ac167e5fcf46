import { is } from 'drizzle-orm'
import { getTableConfig, SQLiteTable } from 'drizzle-orm/sqlite-core'
import { expect, test } from 'vitest'
import type { Ledger } from '#db/ledger.ts'
import * as schema from '#db/schema.ts'
import { sampleLedger } from './sample-ledger.ts'

type Column = { readonly name: string; readonly type: string; readonly notNull: boolean; readonly key: boolean }

const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1)

/** The migration register belongs to db/migrate.ts alone. */
const NOT_TYPED = ['migration']

function tablesOfTheFile(ledger: Ledger): ReadonlyMap<string, readonly Column[]> {
  const tables = ledger.sqlite
    .prepare<[], string>(`SELECT name FROM pragma_table_list
      WHERE schema = 'main' AND type = 'table' AND name NOT GLOB 'sqlite_*'`)
    .pluck()
    .all()
  return new Map(tables.filter((table) => !NOT_TYPED.includes(table)).sort().map((table) =>
    [table, columnsOfTheFile(ledger, table)]))
}

function columnsOfTheFile(ledger: Ledger, table: string): readonly Column[] {
  return ledger.sqlite
    .prepare<[string], { name: string; type: string; notnull: number; pk: number }>(
      'SELECT name, type, "notnull", pk FROM pragma_table_info(?)',
    )
    .all(table)
    // An INTEGER PRIMARY KEY is never NULL, though SQLite does not list it as NOT NULL.
    .map(({ name, type, notnull, pk }) => ({ name, type, notNull: notnull === 1 || (pk > 0 && type === 'INTEGER'), key: pk > 0 }))
    .sort(byName)
}

function tablesOfTheTypes(): ReadonlyMap<string, readonly Column[]> {
  const tables = Object.values(schema).filter((value) => is(value, SQLiteTable)).map((table) => getTableConfig(table))
  return new Map(tables.sort(byName).map(({ name, columns, primaryKeys }) => {
    const composite = new Set(primaryKeys.flatMap((key) => key.columns.map((column) => column.name)))
    return [name, columns
      .map((column) => ({
        name: column.name, type: column.getSQLType().toUpperCase(), notNull: column.notNull,
        key: column.primary || composite.has(column.name),
      }))
      .sort(byName)]
  }))
}

test('the typed schema names every table and column of the file, with type, nullability and key, and no other', () => {
  expect(Object.fromEntries(tablesOfTheTypes())).toEqual(Object.fromEntries(tablesOfTheFile(sampleLedger())))
})

test('every table is STRICT: no column takes a value of another type', () => {
  const loose = sampleLedger().sqlite
    .prepare(`SELECT name FROM pragma_table_list
      WHERE schema = 'main' AND type = 'table' AND strict = 0 AND name NOT GLOB 'sqlite_*'`)
    .pluck()
    .all()
  expect(loose).toEqual([])
})

test('no foreign key cascades: nothing disappears because something else did', () => {
  const ledger = sampleLedger()
  const actions = [...tablesOfTheFile(ledger).keys()].flatMap((table) =>
    ledger.sqlite
      .prepare<[string], { on_delete: string; on_update: string }>('SELECT on_delete, on_update FROM pragma_foreign_key_list(?)')
      .all(table)
      .flatMap((key) => [key.on_delete, key.on_update]))
  expect(actions.length).toBeGreaterThan(50)
  expect(new Set(actions)).toEqual(new Set(['NO ACTION']))
})

test('every default the types promise is the default of the file', () => {
  const ledger = sampleLedger()
  for (const table of Object.values(schema).filter((value) => is(value, SQLiteTable)).map((value) => getTableConfig(value))) {
    const inFile = ledger.sqlite
      .prepare<[string], string>(`SELECT name || '=' || dflt_value FROM pragma_table_info(?)
        WHERE dflt_value IS NOT NULL ORDER BY name`)
      .pluck()
      .all(table.name)
    const inTypes = table.columns
      .filter((column) => column.default !== undefined)
      .map((column) => `${column.name}=${typeof column.default === 'string' ? `'${column.default}'` : Number(column.default)}`)
      .sort()
    expect([table.name, inTypes]).toEqual([table.name, inFile])
  }
})

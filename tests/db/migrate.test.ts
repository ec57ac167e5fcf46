import Database from 'better-sqlite3'
import { copyFileSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, test } from 'vitest'
import { proveLedgerFile } from '#db/backup.ts'
import { openLedger } from '#db/ledger.ts'
import { applyMigrations, checkSchema, loadMigrations, type Migration } from '#db/migrate.ts'
import { addPostedDraftWithPaper } from './one-of-everything.ts'
import { post, sampleFile, temporaryDirectory } from './sample-ledger.ts'

const TRIAL_BALANCE = 'SELECT book_id, account_id, sum(debit_fen), sum(credit_fen), count(*) FROM voucher_line GROUP BY 1, 2'

/** A ledger with vouchers as the version before the last migration left it. */
function ledgerOfThePreviousVersion(): { path: string; trialBalance: unknown } {
  const path = sampleFile()
  const ledger = openLedger(path)
  addPostedDraftWithPaper(ledger)
  post(ledger)
  const trialBalance = ledger.sqlite.prepare(TRIAL_BALANCE).all()
  ledger.close()
  const last = loadMigrations().at(-1)
  const sqlite = new Database(path)
  sqlite.pragma('foreign_keys = OFF')
  const made = [...(last?.sql ?? '').matchAll(/^CREATE (?:UNIQUE )?(TABLE|INDEX|TRIGGER|VIEW) (\w+)/gm)]
  for (const [, kind = '', name = ''] of made.toReversed()) sqlite.exec(`DROP ${kind} ${name}`)
  sqlite.prepare('DELETE FROM migration WHERE number = ?').run(last?.number)
  sqlite.pragma(`user_version = ${(last?.number ?? 0) - 1}`)
  sqlite.close()
  return { path, trialBalance }
}

describe('from the version before', () => {
  test('a proved backup is left beside, the balances are equal, references whole, and the ledger works', () => {
    const { path, trialBalance } = ledgerOfThePreviousVersion()
    const ledger = openLedger(path, { now: '2026-01-01T00:00:00.000Z' })
    expect(ledger.sqlite.pragma('user_version', { simple: true })).toBe(loadMigrations().length)
    expect(ledger.sqlite.prepare(TRIAL_BALANCE).all()).toEqual(trialBalance)
    expect(ledger.sqlite.pragma('foreign_key_check')).toEqual([])
    expect(ledger.sqlite.pragma('foreign_keys', { simple: true })).toBe(1)
    post(ledger)
    ledger.close()
    const backup = `${path}.before-${loadMigrations().length}`
    proveLedgerFile(backup)
    const copy = new Database(backup, { readonly: true })
    expect(copy.pragma('user_version', { simple: true })).toBe(loadMigrations().length - 1)
    expect(copy.prepare(TRIAL_BALANCE).all()).toEqual(trialBalance)
    copy.close()
  })

  test('reading alone does not upgrade: it says what to do', () => {
    const { path } = ledgerOfThePreviousVersion()
    const before = readFileSync(path)
    expect(() => openLedger(path, { readOnly: true })).toThrow(expect.objectContaining({ code: 'ledger.older' }))
    expect(readFileSync(path).equals(before)).toBe(true)
  })

  test('an upgrade that cannot make its backup changes nothing', () => {
    const { path } = ledgerOfThePreviousVersion()
    const backup = `${path}.before-${loadMigrations().length}`
    renameSync(temporaryDirectory(), backup)
    const before = readFileSync(path)
    expect(() => openLedger(path)).toThrow()
    const sqlite = new Database(path, { readonly: true })
    expect(sqlite.pragma('user_version', { simple: true })).toBe(loadMigrations().length - 1)
    sqlite.close()
    expect(readFileSync(path).length).toBe(before.length)
  })
})

/** The shipped migrations followed by these. */
function withMore(...files: readonly string[]): readonly Migration[] {
  const directory = temporaryDirectory()
  const shipped = loadMigrations()
  for (const { name, sql } of shipped) writeFileSync(join(directory, name), sql)
  for (const [index, sql] of files.entries()) {
    writeFileSync(join(directory, `${String(shipped.length + index + 1).padStart(4, '0')}_more.sql`), sql)
  }
  return loadMigrations(pathToFileURL(`${directory}/`))
}

/** Everything in the file, schema, version and rows. */
function contentOf(sqlite: Database.Database): unknown {
  const tables = sqlite.prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").pluck().all()
  return [
    sqlite.pragma('user_version'), sqlite.prepare('SELECT type, name, sql FROM sqlite_schema ORDER BY type, name').all(),
    tables.map((table) => sqlite.prepare(`SELECT * FROM ${table}`).all()),
  ]
}

describe('a migration that fails leaves the ledger as it was', () => {
  const harmless = 'CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT;'

  test.each<[string, string, RegExp]>([
    ['in the middle of its statements', `${harmless} CREATE TABLE note (id INTEGER);`, /already exists/],
    ['by breaking references', 'DELETE FROM complex WHERE id = 1;', /breaks \d+ references/],
    ['by changing an amount',
      'DROP TRIGGER voucher_line_kept; UPDATE voucher_line SET debit_fen = debit_fen + 1 WHERE debit_fen > 0;', /trial balance/],
    ['by losing a line', 'DROP TRIGGER voucher_line_kept_delete; DELETE FROM voucher_line WHERE line_no = 1;', /trial balance/],
  ])('%s, also when the file before it was fine', (_, sql, reason) => {
    const path = sampleFile()
    const ledger = openLedger(path)
    post(ledger)
    const before = contentOf(ledger.sqlite)
    const { pending } = checkSchema(ledger.sqlite, withMore(harmless.replace('note', 'first_note'), sql))
    expect(pending).toHaveLength(2)
    expect(() => applyMigrations(ledger.sqlite, pending, '2026-01-01T00:00:00.000Z')).toThrow(reason)
    expect(contentOf(ledger.sqlite)).toEqual(before)
    expect(ledger.sqlite.pragma('foreign_keys', { simple: true })).toBe(1)
    ledger.close()
    openLedger(path).close()
  })

  test('and one that is fine is recorded with its hash', () => {
    const ledger = openLedger(sampleFile())
    const migrations = withMore(harmless)
    applyMigrations(ledger.sqlite, checkSchema(ledger.sqlite, migrations).pending, '2026-01-01T00:00:00.000Z')
    expect(checkSchema(ledger.sqlite, migrations).pending).toEqual([])
    const last = ledger.sqlite.prepare('SELECT number, sha256 FROM migration ORDER BY number DESC LIMIT 1').get()
    expect(last).toEqual({ number: migrations.length, sha256: migrations.at(-1)?.sha256 })
    ledger.close()
  })
})

test('a number left out of the sequence stops the program, not the ledger', () => {
  const directory = temporaryDirectory()
  for (const { name, sql } of loadMigrations().slice(0, 2)) writeFileSync(join(directory, name), sql)
  writeFileSync(join(directory, '0004_gap.sql'), 'SELECT 1')
  expect(() => loadMigrations(pathToFileURL(`${directory}/`))).toThrow(/0004_gap\.sql is out of sequence/)
})

test('a line ending changed by git on Windows is no edited migration', () => {
  const directory = temporaryDirectory()
  for (const { name, sql } of loadMigrations()) writeFileSync(join(directory, name), sql.replaceAll('\n', '\r\n'))
  expect(loadMigrations(pathToFileURL(`${directory}/`))).toEqual(loadMigrations())
})

test('a ledger copied together with its log opens with everything committed', () => {
  const path = sampleFile()
  const ledger = openLedger(path)
  const voucher = post(ledger)
  const copy = join(dirname(path), 'copy.mzdb')
  copyFileSync(path, copy)
  expect(existsSync(`${path}-wal`)).toBe(true)
  copyFileSync(`${path}-wal`, `${copy}-wal`)
  ledger.close()
  const opened = openLedger(copy)
  expect(opened.sqlite.prepare('SELECT max(id) FROM voucher').pluck().get()).toBe(voucher)
  opened.close()
})

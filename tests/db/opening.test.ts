import Database from 'better-sqlite3'
import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, truncateSync,
  writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { Problem } from '#core/problem.ts'
import { openLedger, type OpenOptions } from '#db/ledger.ts'
import { countOf, post, sampleFile, temporaryDirectory } from './sample-ledger.ts'

function opening(path: string, options: OpenOptions = {}): string {
  try {
    openLedger(path, options).close()
    return 'accepted'
  } catch (error) {
    if (error instanceof Problem) return error.code
    throw error
  }
}

/** A change made behind the product's back. */
function tamper(path: string, sql: string): void {
  const sqlite = new Database(path)
  sqlite.exec(sql)
  sqlite.close()
}

describe('what is no ledger is refused, and nothing is written to it or beside it', () => {
  test('a missing file is not made by mistake', () => {
    const path = join(temporaryDirectory(), 'none.mzdb')
    expect([opening(path), opening(path, { readOnly: true })]).toEqual(['ledger.missing', 'ledger.missing'])
    expect(readdirSync(dirname(path))).toEqual([])
  })

  test('a directory', () => {
    const path = join(temporaryDirectory(), 'folder.mzdb')
    mkdirSync(path)
    expect([opening(path), opening(path, { create: true }), opening(path, { readOnly: true })]).toEqual(
      ['ledger.notAFile', 'ledger.notAFile', 'ledger.notAFile'])
  })

  test.each<[string, string, string]>([
    ['a text file', '日期,金额\n2025-01-01,1.00\n'.repeat(50), 'ledger.notALedger'],
    ['a file cut off to nothing', '', 'ledger.damaged'],
  ])('%s', (_, content, code) => {
    const path = join(temporaryDirectory(), 'other.mzdb')
    writeFileSync(path, content)
    expect([opening(path), opening(path, { readOnly: true })]).toEqual([code, code])
    expect(readFileSync(path, 'utf8')).toBe(content)
    expect(readdirSync(dirname(path))).toEqual(['other.mzdb'])
  })

  test('another program’s SQLite file, byte for byte untouched', () => {
    const path = join(temporaryDirectory(), 'browser.mzdb')
    tamper(path, "CREATE TABLE history (url TEXT); INSERT INTO history VALUES ('x')")
    const before = readFileSync(path)
    expect([opening(path), opening(path, { create: true }), opening(path, { readOnly: true })]).toEqual(
      ['ledger.notALedger', 'ledger.notALedger', 'ledger.notALedger'])
    expect(readFileSync(path).equals(before)).toBe(true)
    expect(readdirSync(dirname(path))).toEqual(['browser.mzdb'])
  })

  test.each([100, 4096, 5000, 40_000])('a ledger cut off after %i bytes', (length) => {
    const path = sampleFile()
    truncateSync(path, length)
    expect(opening(path)).toMatch(/^ledger\.(damaged|notALedger)$/)
    expect(opening(path, { readOnly: true })).toMatch(/^ledger\.(damaged|notALedger)$/)
  })
})

describe('a ledger of another version or another shape', () => {
  test('a newer one is refused for writing and opens for reading', () => {
    const path = sampleFile()
    tamper(path, 'PRAGMA user_version = 9999')
    const before = readFileSync(path)
    expect(opening(path)).toBe('ledger.newer')
    expect(readFileSync(path).equals(before)).toBe(true)
    const ledger = openLedger(path, { readOnly: true })
    expect(countOf(ledger, 'book')).toBe(2)
    expect(() => ledger.write(() => 1)).toThrow(expect.objectContaining({ code: 'ledger.readOnly' }))
    expect(() => ledger.sqlite.exec('DELETE FROM setting')).toThrow(/readonly/)
    ledger.close()
  })

  test.each([
    [
      'the hash of an applied migration',
      "UPDATE migration SET sha256 = replace(sha256, substr(sha256, 1, 1), 'x') WHERE number = 3",
    ],
    ['a migration taken off the register', 'DELETE FROM migration WHERE number = 2'],
    ['a trigger dropped', 'DROP TRIGGER voucher_kept'],
    ['a trigger weakened', 'DROP TRIGGER voucher_kept; CREATE TRIGGER voucher_kept BEFORE UPDATE ON voucher BEGIN SELECT 1; END'],
    ['a table of someone’s own', 'CREATE TABLE notes (text)'],
    ['a column added', "ALTER TABLE voucher ADD COLUMN note TEXT NOT NULL DEFAULT ''"],
  ])('%s', (_, sql) => {
    const path = sampleFile()
    tamper(path, sql)
    expect([opening(path), opening(path, { readOnly: true })]).toEqual(['ledger.schemaChanged', 'ledger.schemaChanged'])
  })
})

test('closed, a ledger is one file: no log beside it, and it opens again with everything in it', () => {
  const path = sampleFile()
  const ledger = openLedger(path)
  expect(ledger.sqlite.pragma('journal_mode', { simple: true })).toBe('wal')
  expect(ledger.sqlite.pragma('synchronous', { simple: true })).toBe(2)
  const voucher = post(ledger)
  ledger.close()
  expect(readdirSync(dirname(path)).filter((name) => /-(wal|shm|journal)$/.test(name))).toEqual([])
  const again = openLedger(path, { readOnly: true })
  expect(again.sqlite.prepare('SELECT max(id) FROM voucher').pluck().get()).toBe(voucher)
  again.close()
})

test('by a link to it, a ledger keeps its one lock and its own attachments', () => {
  const path = sampleFile()
  const link = join(temporaryDirectory(), 'link.mzdb')
  symlinkSync(path, link)
  const ledger = openLedger(path)
  expect(opening(link)).toBe('ledger.locked')
  ledger.close()
  const byLink = openLedger(link)
  expect(byLink.filesDir).toBe(ledger.filesDir)
  byLink.close()
})

/** Root is stopped by no permission: there, the process that opens the ledger runs as nobody. */
function openingAsNobody(path: string, mode: 'read' | 'write'): string {
  const child = [join(import.meta.dirname, 'ledger-process.ts'), path, mode]
  const asNobody = ['--reuid=65534', '--regid=65534', '--clear-groups', process.execPath, ...child]
  const run = process.getuid?.() === 0 ? spawnSync('setpriv', asNobody) : spawnSync(process.execPath, child)
  return run.error === undefined ? run.stdout.toString().trim() : 'no setpriv'
}

const canBeNobody = process.getuid?.() !== 0 || spawnSync('setpriv', ['--version']).status === 0
if (!canBeNobody) console.log('SKIPPED: read-only files and folders, root without setpriv')

describe.skipIf(!canBeNobody)('read-only', () => {
  test('a read-only file is refused for writing before the first voucher, and opens for reading', () => {
    const path = sampleFile()
    chmodSync(dirname(path), 0o777)
    chmodSync(path, 0o444)
    expect([openingAsNobody(path, 'write'), openingAsNobody(path, 'read')]).toEqual(['ledger.readOnly', 'accepted'])
  })

  test('a read-only folder is refused for writing, and opens for reading', () => {
    const path = sampleFile()
    chmodSync(path, 0o666)
    chmodSync(dirname(path), 0o555)
    expect([openingAsNobody(path, 'write'), openingAsNobody(path, 'read')]).toEqual(['ledger.readOnly', 'accepted'])
    expect(existsSync(`${path}-lock`)).toBe(false)
  })

  test('a file that may not even be read says so', () => {
    const path = sampleFile()
    chmodSync(dirname(path), 0o777)
    chmodSync(path, 0o000)
    expect([openingAsNobody(path, 'write'), openingAsNobody(path, 'read')]).toEqual(['ledger.readOnly', 'ledger.readOnly'])
    expect(statSync(path).size).toBeGreaterThan(0)
  })
})

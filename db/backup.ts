/** Copies of the ledger file that are proved to open and to be whole before they are called a backup. */
import { closeSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs'
import Database from 'better-sqlite3'
import { Problem } from '#core/problem.ts'
import { problemOfSqlite } from './refusal.ts'

/**
 * Writes a compact copy through SQLite itself (never a file copy of a live database), then opens it and checks it.
 * The copy appears under its name only when it is proved and on the disk. Throws `backup.damaged`, `ledger.diskFull`,
 * `ledger.readOnly`.
 */
export function copyLedgerFile(sqlite: Database.Database, destination: string): void {
  const unproved = `${destination}.unproved`
  rmSync(unproved, { force: true })
  try {
    copyInto(sqlite, unproved)
    proveLedgerFile(unproved)
    flushToDisk(unproved)
    renameSync(unproved, destination)
  } catch (error) {
    throw problemOfSqlite(error)
  } finally {
    rmSync(unproved, { force: true })
  }
}

/** A ledger opened to be read is `query_only`, which also refuses VACUUM INTO although it only reads. */
function copyInto(sqlite: Database.Database, path: string): void {
  const isQueryOnly = sqlite.pragma('query_only', { simple: true }) === 1
  if (isQueryOnly) sqlite.pragma('query_only = OFF')
  try {
    sqlite.prepare('VACUUM INTO ?').run(path)
  } finally {
    if (isQueryOnly) sqlite.pragma('query_only = ON')
  }
}

/** VACUUM INTO leaves its pages to the operating system; a copy that a power cut takes back is none. */
function flushToDisk(path: string): void {
  const handle = openSync(path, 'r+')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** Full integrity and reference check of a closed ledger file; throws `backup.damaged` with SQLite's first finding. */
export function proveLedgerFile(path: string): void {
  const finding = firstFinding(path)
  if (finding !== null) {
    throw new Problem({ code: 'backup.damaged', message: `账簿文件没有通过完整性检查（${finding}）：请改用另一份备份` })
  }
}

function firstFinding(path: string): string | null {
  let copy: Database.Database | undefined
  try {
    copy = new Database(path, { readonly: true })
    const integrity = copy.pragma('integrity_check(1)', { simple: true })
    if (integrity !== 'ok') return String(integrity)
    const broken = Number(copy.prepare('SELECT count(*) FROM pragma_foreign_key_check').pluck().get())
    return broken > 0 ? `断开的引用 ${broken} 处` : null
  } catch (error) {
    // Damage to the header or the schema shows as an error of the check itself.
    if (error instanceof Database.SqliteError && /SQLITE_(CORRUPT|NOTADB)/.test(error.code)) return error.message
    throw error
  } finally {
    copy?.close()
  }
}

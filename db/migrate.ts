/**
 * Hand-written SQL files, numbered once, hashed, additive. Drizzle's migrator is not used: it cannot switch foreign keys
 * off around a table rebuild and silently cascades.
 *
 * The order matters: verified backup → foreign keys off (a pragma is a no-op inside a transaction) → one transaction for
 * all pending files, so that a failing one leaves the ledger as it was and usable by the version before →
 * foreign_key_check and equal trial balance before commit → foreign keys on.
 */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import Database from 'better-sqlite3'
import { assertInvariant, Problem } from '#core/problem.ts'

/** 'MZDB' */
export const APPLICATION_ID = 0x4d5a4442

export type Migration = { readonly number: number; readonly name: string; readonly sql: string; readonly sha256: string }

/** Beside this module, in the sources as in the bundle. */
const MIGRATIONS_DIR = new URL('./migrations/', import.meta.url)

export function loadMigrations(dir: URL = MIGRATIONS_DIR): readonly Migration[] {
  return readdirSync(dir)
    .filter((name) => /^\d{4}_\w+\.sql$/.test(name))
    .sort()
    .map((name, index) => {
      const number = Number(name.slice(0, 4))
      assertInvariant(number === index + 1, `migration ${name} is out of sequence`)
      const sql = readFileSync(new URL(name, dir), 'utf8').replaceAll('\r\n', '\n')
      return { number, name, sql, sha256: createHash('sha256').update(sql).digest('hex') }
    })
}

const CREATE_REGISTER = `CREATE TABLE IF NOT EXISTS migration (
  number INTEGER PRIMARY KEY, name TEXT NOT NULL, sha256 TEXT NOT NULL, applied_at TEXT NOT NULL) STRICT`

/** Whole-ledger totals that no migration may change. */
function trialTotals(sqlite: Database.Database): string {
  const exists = sqlite.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'voucher_line'").get()
  if (exists === undefined) return ''
  return JSON.stringify(
    sqlite.prepare('SELECT book_id, account_id, sum(debit_fen), sum(credit_fen), count(*) FROM voucher_line GROUP BY 1, 2').all(),
  )
}

export function schemaVersion(sqlite: Database.Database): number {
  return Number(sqlite.pragma('user_version', { simple: true }))
}

const EVERY_OBJECT = `SELECT type || ' ' || name || ' ' || coalesce(sql, '') FROM sqlite_schema
  WHERE name NOT GLOB 'sqlite_*' ORDER BY type, name`

/** What the migrations make, by their hashes: the same for every ledger, and half a tenth of a second to find out. */
const madeSchemas = new Map<string, ReadonlySet<string>>()

function schemaMadeBy(migrations: readonly Migration[]): ReadonlySet<string> {
  const key = migrations.map(({ sha256 }) => sha256).join(' ')
  const known = madeSchemas.get(key)
  if (known !== undefined) return known
  const pristine = new Database(':memory:')
  try {
    pristine.exec(CREATE_REGISTER)
    for (const migration of migrations) pristine.exec(migration.sql)
    const made = new Set(pristine.prepare<[], string>(EVERY_OBJECT).pluck().all())
    madeSchemas.set(key, made)
    return made
  } finally {
    pristine.close()
  }
}

/** A ledger whose triggers were dropped would take anything: its schema must be, to the letter, what its migrations make. */
function refuseEditedSchema(sqlite: Database.Database, applied: readonly Migration[]): void {
  if (applied.length === 0) return
  const recorded = sqlite
    .prepare<[], { number: number; sha256: string }>('SELECT number, sha256 FROM migration ORDER BY number')
    .all()
  for (const [index, migration] of applied.entries()) {
    if (recorded[index]?.sha256 !== migration.sha256) {
      throw new Problem({
        code: 'ledger.schemaChanged',
        message: `账簿结构第 ${migration.number} 号记录与程序不符，文件可能被外部改动：请从备份恢复`,
      })
    }
  }
  const expected = schemaMadeBy(applied)
  const found = new Set(sqlite.prepare<[], string>(EVERY_OBJECT).pluck().all())
  const [difference] = [...expected.difference(found), ...found.difference(expected)]
  if (difference !== undefined) {
    const object = difference.split(' ').slice(0, 2).join(' ')
    throw new Problem({ code: 'ledger.schemaChanged', message: `账簿结构（${object}）被外部改动：请从备份恢复` })
  }
}

/** Refuses files that are not ours, came from a newer version, or whose applied migrations were edited afterwards. */
export function checkSchema(sqlite: Database.Database, migrations: readonly Migration[]): { pending: readonly Migration[] } {
  const version = schemaVersion(sqlite)
  const tables = Number(sqlite.prepare('SELECT count(*) FROM sqlite_schema').pluck().get())
  const applicationId = Number(sqlite.pragma('application_id', { simple: true }))
  if (tables > 0 && applicationId !== APPLICATION_ID) {
    throw new Problem({ code: 'ledger.notALedger', message: '这不是明账的账簿文件：请选择扩展名为 .mzdb 的账簿' })
  }
  if (version > migrations.length) {
    throw new Problem({
      code: 'ledger.newer',
      message: `账簿由更新版本的明账建立（结构 ${version}，本程序 ${migrations.length}）：只能以只读方式打开，请升级程序后再记账`,
    })
  }
  refuseEditedSchema(sqlite, migrations.slice(0, version))
  return { pending: migrations.slice(version) }
}

/** All or none. Throws what SQLite refuses, or an invariant's error; the file is then as before. */
export function applyMigrations(sqlite: Database.Database, pending: readonly Migration[], appliedAt: string): void {
  const last = pending.at(-1)
  if (last === undefined) return
  sqlite.pragma('foreign_keys = OFF')
  try {
    sqlite.transaction(() => {
      const before = trialTotals(sqlite)
      sqlite.exec(CREATE_REGISTER)
      for (const migration of pending) {
        sqlite.exec(migration.sql)
        sqlite.prepare('INSERT INTO migration VALUES (?, ?, ?, ?)')
          .run(migration.number, migration.name, migration.sha256, appliedAt)
      }
      const broken = sqlite.prepare('SELECT count(*) FROM pragma_foreign_key_check').pluck().get()
      assertInvariant(broken === 0, `migration ${last.name} breaks ${String(broken)} references`)
      assertInvariant(before === '' || trialTotals(sqlite) === before, `migration ${last.name} changes the trial balance`)
      sqlite.pragma(`application_id = ${APPLICATION_ID}`)
      sqlite.pragma(`user_version = ${last.number}`)
    }).immediate()
  } finally {
    sqlite.pragma('foreign_keys = ON')
  }
}

/**
 * Opening the ledger file: one SQLite file per office, one writer process, attachments in `<name>.files/`.
 */
import { accessSync, constants, existsSync, mkdirSync, realpathSync, rmSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import Database from 'better-sqlite3'
import { drizzle, type BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
import { Problem } from '#core/problem.ts'
import { copyLedgerFile } from './backup.ts'
import { lockLedger, type LedgerLock } from './lock.ts'
import { applyMigrations, checkSchema, loadMigrations, schemaVersion, type Migration } from './migrate.ts'
import { problemOfSqlite } from './refusal.ts'
import * as schema from './schema.ts'

export type Ledger = {
  readonly path: string
  /** Attachments by SHA-256. */
  readonly filesDir: string
  readonly readOnly: boolean
  readonly sqlite: Database.Database
  readonly query: BetterSQLite3Database<typeof schema>
  /** Prepared once per connection and text; loops and hot paths go through here. */
  prepare<Parameters extends unknown[], Row>(sql: string): Database.Statement<Parameters, Row>
  /**
   * One IMMEDIATE transaction; nested calls join the outer one as savepoints. SQL refusals come out as Problems.
   * The callback is synchronous by design: nothing else can run in the middle of a write.
   */
  write<Result>(work: () => Result): Result
  close(): void
}

export type OpenOptions = {
  readonly readOnly?: boolean
  /** Create the file when there is none; otherwise a missing file is refused. */
  readonly create?: boolean
  /** UTC ISO time for the migration register. */
  readonly now?: string
}

export function filesDirOf(path: string): string {
  return `${path.replace(/\.mzdb$/, '')}.files`
}

function refuseUnreadable(path: string, options: OpenOptions): void {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (stat === undefined && options.create !== true) {
    throw new Problem({ code: 'ledger.missing', message: `找不到账簿文件 ${path}：请检查路径` })
  }
  if (stat !== undefined && !stat.isFile()) {
    throw new Problem({ code: 'ledger.notAFile', message: `${path} 是文件夹，不是账簿文件：请选择扩展名为 .mzdb 的文件` })
  }
  // SQLite takes an empty file for a new database: a ledger cut off to nothing would come back as an empty office.
  if (stat?.size === 0 && options.create !== true) {
    throw new Problem({ code: 'ledger.damaged', message: `${path} 是空文件：请从最近的备份恢复` })
  }
  if (stat !== undefined && options.readOnly !== true) refuseUnwritable(path)
}

/** SQLite quietly opens a read-only file for reading; the clerk would learn it from her first lost voucher. */
function refuseUnwritable(path: string): void {
  try {
    accessSync(path, constants.W_OK)
  } catch (error) {
    throw new Problem(
      { code: 'ledger.readOnly', message: `${path} 是只读文件：请检查文件权限，或复制到本机后再打开` },
      { cause: error },
    )
  }
}

/** Settings a finance ledger needs and SQLite does not default to. */
function configure(sqlite: Database.Database, readOnly: boolean): void {
  sqlite.pragma('trusted_schema = OFF')
  sqlite.pragma('foreign_keys = ON')
  sqlite.pragma('recursive_triggers = ON')
  sqlite.pragma('busy_timeout = 5000')
  sqlite.pragma('cache_size = -65536')
  if (readOnly) sqlite.pragma('query_only = ON')
}

/** Written into the file, so only once it is known to be a ledger of ours. */
function keepDurable(sqlite: Database.Database): void {
  sqlite.pragma('journal_mode = WAL')
  // WAL alone means NORMAL: a power cut could take back the last vouchers a clerk saw as posted.
  sqlite.pragma('synchronous = FULL')
}

function connect(path: string, readOnly: boolean): Database.Database {
  let sqlite: Database.Database | undefined
  try {
    sqlite = new Database(path, { readonly: readOnly })
    configure(sqlite, readOnly)
    // The first read finds out whether this is a database at all, and whole in length.
    sqlite.prepare('SELECT count(*) FROM sqlite_schema').get()
    return sqlite
  } catch (error) {
    sqlite?.close()
    if (error instanceof Database.SqliteError && error.code === 'SQLITE_NOTADB') {
      throw new Problem(
        { code: 'ledger.notALedger', message: `${path} 不是账簿文件，或文件已损坏：请选择 .mzdb 账簿，或从备份恢复` },
        { cause: error },
      )
    }
    throw problemOfSqlite(error)
  }
}

function wrap(path: string, sqlite: Database.Database, readOnly: boolean, lock: LedgerLock | null): Ledger {
  const statements = new Map<string, Database.Statement>()
  return {
    path,
    filesDir: filesDirOf(path),
    readOnly,
    sqlite,
    query: drizzle(sqlite, { schema }),
    prepare(sql) {
      let statement = statements.get(sql)
      if (statement === undefined) {
        statement = sqlite.prepare(sql)
        statements.set(sql, statement)
      }
      // The map forgets the row type that the caller states for its own SQL text.
      return statement as Database.Statement<never, never>
    },
    write(work) {
      if (readOnly) {
        throw new Problem({ code: 'ledger.readOnly', message: '账簿以只读方式打开，不能写入：请关闭后用可写方式打开' })
      }
      try {
        return sqlite.transaction(work).immediate()
      } catch (error) {
        throw problemOfSqlite(error)
      }
    },
    close() {
      try {
        if (!readOnly && sqlite.open) settle(sqlite)
        sqlite.close()
      } finally {
        lock?.release()
      }
    },
  }
}

/**
 * Leaves one file that also opens from a read-only medium (a WAL file needs to write beside itself to be read). What keeps
 * it from that, a reader or a full disk, loses nothing: the next opening finds the log.
 */
function settle(sqlite: Database.Database): void {
  try {
    sqlite.pragma('busy_timeout = 0')
    sqlite.pragma('journal_mode = DELETE')
  } catch (error) {
    if (!(error instanceof Database.SqliteError)) throw error
  }
}

/**
 * Opens (or with `create` makes) a ledger. Throws Problems: `ledger.missing`, `ledger.notAFile`, `ledger.notALedger`,
 * `ledger.locked`, `ledger.newer` (open it with `readOnly`), `ledger.older` (open it for writing once),
 * `ledger.schemaChanged`, `ledger.readOnly`, `ledger.damaged`, `ledger.diskFull`.
 */
export function openLedger(ledgerPath: string, options: OpenOptions = {}): Ledger {
  // One name per file: by a link to it, the same ledger would have a second lock and other attachments.
  const path = existsSync(ledgerPath) ? realpathSync.native(ledgerPath) : resolve(ledgerPath)
  refuseUnreadable(path, options)
  return options.readOnly === true ? openToRead(path) : openToWrite(path, options)
}

function openToRead(path: string): Ledger {
  const sqlite = connect(path, true)
  try {
    const { pending } = checkSchema(sqlite, loadMigrations())
    if (pending.length > 0) {
      throw new Problem({ code: 'ledger.older', message: '账簿由旧版本建立：请先用可写方式打开一次，完成升级后再只读查看' })
    }
  } catch (error) {
    if (!(error instanceof Problem && error.code === 'ledger.newer')) {
      sqlite.close()
      throw problemOfSqlite(error)
    }
  }
  return wrap(path, sqlite, true, null)
}

/** A stranger's file is refused before anything is written to it or beside it. */
function refuseStranger(path: string, migrations: readonly Migration[]): void {
  const sqlite = connect(path, true)
  try {
    checkSchema(sqlite, migrations)
  } catch (error) {
    throw problemOfSqlite(error)
  } finally {
    sqlite.close()
  }
}

function openToWrite(path: string, options: OpenOptions): Ledger {
  const migrations = loadMigrations()
  if (existsSync(path)) refuseStranger(path, migrations)
  const lock = lockFor(path)
  const isNew = !existsSync(path)
  let sqlite: Database.Database | undefined
  try {
    sqlite = connect(path, false)
    const { pending } = checkSchema(sqlite, migrations)
    keepDurable(sqlite)
    if (pending.length > 0 && schemaVersion(sqlite) > 0) copyLedgerFile(sqlite, `${path}.before-${migrations.length}`)
    applyMigrations(sqlite, pending, options.now ?? '1970-01-01T00:00:00.000Z')
    mkdirSync(filesDirOf(path), { recursive: true })
    return wrap(path, sqlite, false, lock)
  } catch (error) {
    sqlite?.close()
    // A ledger that could not be made is no ledger: half of one would be refused as strange next time.
    if (isNew) for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(`${path}${suffix}`, { force: true })
    lock.release()
    throw problemOfSqlite(error)
  }
}

function lockFor(path: string): LedgerLock {
  try {
    return lockLedger(path)
  } catch (error) {
    throw problemOfSqlite(error)
  }
}

/**
 * One writer process per ledger. The lock is an SQLite file beside the ledger held in an exclusive transaction, so the
 * operating system releases it when the process ends, also by kill -9: a lock file that must be deleted by hand is how
 * clerks learn to delete lock files.
 */
import Database from 'better-sqlite3'
import { Problem } from '#core/problem.ts'

export type LedgerLock = { release(): void }

/** Throws `ledger.locked` while another process (or another opening in this one) holds the ledger. */
export function lockLedger(ledgerPath: string): LedgerLock {
  const holder = new Database(`${ledgerPath}-lock`, { timeout: 0 })
  try {
    holder.pragma('journal_mode = DELETE')
    holder.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    holder.close()
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) {
      throw new Problem(
        { code: 'ledger.locked', message: '这个账簿正被另一个明账窗口使用：请切换到那个窗口，或关闭后再打开' },
        { cause: error },
      )
    }
    throw error
  }
  return { release: () => holder.close() }
}

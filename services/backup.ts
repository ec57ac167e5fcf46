/**
 * Backup and restore: one folder-less file, the ledger and its papers in it, proved before it is called a backup, and
 * never restored over a living ledger.
 */
import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { Problem } from '#core/problem.ts'
import { copyLedgerFile } from '#db/backup.ts'
import { filesDirOf, openLedger, type Ledger } from '#db/ledger.ts'
import type { ServiceContext } from './context.ts'
import { logOperation } from './operation-log.ts'
import { verifyLedger, type VerifyProgress, type VerifyReport } from './verify.ts'

export type BackupReport = VerifyReport & { readonly path: string; readonly bytes: number }

function refuseExisting(path: string): void {
  if (existsSync(path) || existsSync(filesDirOf(path))) {
    throw new Problem({ code: 'backup.exists', message: `${path} 已存在：请换一个文件名，备份不覆盖旧文件` })
  }
}

function* prove(path: string): Generator<VerifyProgress, VerifyReport> {
  const copy = openLedger(path, { readOnly: true })
  try {
    const report = yield* verifyLedger(copy)
    const [damage] = report.damages
    if (damage !== undefined) {
      throw new Problem({ code: 'backup.damaged', message: `副本没有通过校验（${damage.message}），没有保留。请先运行校验查明原因` })
    }
    return report
  } finally {
    copy.close()
  }
}

function removeLedger(path: string): void {
  for (const leftover of [path, `${path}-wal`, `${path}-shm`, filesDirOf(path)]) {
    rmSync(leftover, { recursive: true, force: true })
  }
}

/**
 * Copies ledger and papers to `destination` (a new `.mzdb`), then verifies the copy in full. A copy that fails, or is
 * stopped half-way, is removed. Throws `backup.exists`, `backup.name`, `backup.damaged`, `ledger.diskFull`.
 */
export function* backUp(ledger: Ledger, destination: string): Generator<VerifyProgress, BackupReport> {
  const path = resolve(destination)
  if (!path.endsWith('.mzdb')) throw new Problem({ code: 'backup.name', message: '备份文件名要以 .mzdb 结尾' })
  refuseExisting(path)
  mkdirSync(dirname(path), { recursive: true })
  let proved = false
  try {
    yield { done: 0, total: 1, label: '复制账簿' }
    copyLedgerFile(ledger.sqlite, path)
    const folders = existsSync(ledger.filesDir) ? readdirSync(ledger.filesDir) : []
    mkdirSync(filesDirOf(path), { recursive: true })
    for (const [index, folder] of folders.entries()) {
      cpSync(join(ledger.filesDir, folder), join(filesDirOf(path), folder), { recursive: true })
      if (index % 16 === 15) yield { done: index + 1, total: folders.length, label: '复制附件' }
    }
    const report = yield* prove(path)
    proved = true
    return { ...report, path, bytes: statSync(path).size }
  } finally {
    if (!proved) removeLedger(path)
  }
}

/** `<folder>/<ledger>-20251009T073000Z.mzdb`: in UTC like the audit trail, so that files sort as they were made. */
export function backupPath(context: ServiceContext, folder: string): string {
  const name = basename(context.ledger.path, '.mzdb')
  const instant = context.clock.now().slice(0, 19).replaceAll(/[-:]/g, '')
  return join(folder, `${name}-${instant}Z.mzdb`)
}

/** Beside the ledger; an office should point it to another disk. */
export function defaultBackupFolder(ledger: Ledger): string {
  return join(dirname(ledger.path), '备份')
}

/** The log says when, where and how large; a ledger opened read-only is backed up all the same. */
export function recordBackup(context: ServiceContext, report: BackupReport): void {
  if (context.ledger.readOnly) return
  const { path, bytes, counted } = report
  context.ledger.write(() => logOperation(context, 'backup.make', { kind: 'ledger' }, { path, bytes, counted }))
}

/**
 * Restores a backup under a new name; refuses to touch an existing ledger, so that a wrong choice loses nothing.
 * Throws `backup.exists`, `backup.damaged`, `ledger.*`.
 */
export function* restore(source: string, destination: string): Generator<VerifyProgress, BackupReport> {
  const path = resolve(destination)
  refuseExisting(path)
  const backup = openLedger(resolve(source), { readOnly: true })
  const staged = `${path.replace(/\.mzdb$/, '')}.restoring.mzdb`
  removeLedger(staged)
  try {
    const report = yield* backUp(backup, staged)
    renameSync(filesDirOf(staged), filesDirOf(path))
    renameSync(staged, path)
    return { ...report, path }
  } finally {
    backup.close()
    removeLedger(staged)
  }
}

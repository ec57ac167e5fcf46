import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { parseDate } from '#core/calendar.ts'
import { openLedger } from '#db/ledger.ts'
import { readAttachment } from '#services/attachment.ts'
import { backupPath, backUp, recordBackup, restore } from '#services/backup.ts'
import { trialBalance } from '#services/voucher/balance.ts'
import { listOperations } from '#services/operation-log.ts'
import { damagesOf, refusalOf, runToEnd, tamper } from './voucher/ledger-steps.ts'
import { makeOffice } from './office.ts'

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'mingzhang-backup-'))
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  return path
}

const YEAR_END = parseDate('2025-12-31')

describe('backup and restore', () => {
  it('a restored ledger has the same balances, papers and an intact history', () => {
    const office = makeOffice()
    office.receive(office.publicIncome, '4001.02', '300.00', '2025-05-06')
    const copy = join(folder(), '备份.mzdb')
    const report = runToEnd(backUp(office.ledger, copy))
    expect(report).toMatchObject({ path: copy, damages: [], counted: { vouchers: 1, attachments: 1 } })
    const restoredPath = join(folder(), 'office.mzdb')
    runToEnd(restore(copy, restoredPath))
    const restored = openLedger(restoredPath)
    onTestFinished(() => restored.close())
    const scope = { bookId: office.publicIncome, to: YEAR_END }
    expect(trialBalance(restored, scope)).toEqual(trialBalance(office.ledger, scope))
    expect(readAttachment(restored, office.paper)).toEqual(readAttachment(office.ledger, office.paper))
    expect(damagesOf(restored)).toEqual([])
  })

  it('the log tells of it, and the file is named by the instant so that none is written over', () => {
    const office = makeOffice()
    const first = backupPath(office.head, '/backups')
    office.clock.set('2025-10-09T02:00:01.000Z')
    expect(first).toBe(join('/backups', 'office-20251009T020000Z.mzdb'))
    expect(backupPath(office.head, '/backups')).not.toBe(first)
    const report = runToEnd(backUp(office.ledger, join(folder(), 'a.mzdb')))
    recordBackup(office.head, report)
    const [entry] = listOperations(office.ledger, { action: 'backup.make', limit: 1 })
    expect(JSON.parse(entry?.detail ?? '{}')).toMatchObject({ path: report.path, bytes: report.bytes })
  })

  it('never writes over a file, and never restores over a ledger', () => {
    const office = makeOffice()
    const copy = join(folder(), 'a.mzdb')
    runToEnd(backUp(office.ledger, copy))
    expect(refusalOf(() => runToEnd(backUp(office.ledger, copy))).code).toBe('backup.exists')
    expect(refusalOf(() => runToEnd(restore(copy, office.ledger.path))).code).toBe('backup.exists')
    expect(refusalOf(() => runToEnd(backUp(office.ledger, join(folder(), 'a.db')))).code).toBe('backup.name')
  })

  it('a copy of a damaged ledger is refused and not left behind as if it were a backup', () => {
    const office = makeOffice()
    office.receive(office.publicIncome, '4001.02', '300.00', '2025-05-06')
    tamper(office.ledger, 'voucher', "UPDATE voucher SET reason = 'x'")
    const copy = join(folder(), 'a.mzdb')
    expect(refusalOf(() => runToEnd(backUp(office.ledger, copy)))).toMatchObject({
      code: 'backup.damaged', message: expect.stringContaining('记-0001号'),
    })
    expect(existsSync(copy)).toBe(false)
  })

  it('stopped half-way it leaves nothing behind', () => {
    const office = makeOffice()
    const copy = join(folder(), 'a.mzdb')
    const steps = backUp(office.ledger, copy)
    steps.next()
    steps.next()
    expect(existsSync(copy)).toBe(true)
    expect(() => steps.throw(new Error('cancelled'))).toThrow('cancelled')
    expect(existsSync(copy)).toBe(false)
    expect(existsSync(copy.replace('.mzdb', '.files'))).toBe(false)
  })
})

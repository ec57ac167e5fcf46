import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { Problem } from '#core/problem.ts'
import { proveLedgerFile } from '#db/backup.ts'
import { openLedger, type Ledger } from '#db/ledger.ts'
import { countOf, fillSample, post, refusalOf, sampleLedger, temporaryDirectory } from './sample-ledger.ts'

/** Posts until the ledger refuses; gives the refusal and how many were accepted. */
function postUntilRefused(ledger: Ledger): { code: string; posted: number } {
  for (let posted = 0; posted < 20_000; posted += 1) {
    const code = refusalOf(ledger, () => post(ledger))
    if (code !== 'accepted') return { code, posted }
  }
  throw new Error('the disk never filled')
}

function expectNothingHalfWritten(ledger: Ledger, vouchers: number): void {
  expect(countOf(ledger, 'voucher')).toBe(vouchers)
  expect(countOf(ledger, 'voucher_line')).toBe(vouchers * 2)
  expect(ledger.sqlite.inTransaction).toBe(false)
  expect(ledger.sqlite.pragma('integrity_check', { simple: true })).toBe('ok')
}

test('a file that may not grow refuses the voucher whole, and goes on when there is room', () => {
  const ledger = sampleLedger()
  const pages = Number(ledger.sqlite.pragma('page_count', { simple: true }))
  ledger.sqlite.pragma(`max_page_count = ${pages + 5}`)
  const { code, posted } = postUntilRefused(ledger)
  expect(code).toBe('ledger.diskFull')
  expect(posted).toBeGreaterThan(0)
  expectNothingHalfWritten(ledger, posted)
  ledger.sqlite.pragma('max_page_count = 1073741823')
  expect(refusalOf(ledger, () => post(ledger))).toBe('accepted')
})

/** A real disk of this many kilobytes, or null where only root may make one. */
function smallDisk(kilobytes: number): string | null {
  const disk = temporaryDirectory()
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${kilobytes}k`, 'tmpfs', disk])
  if (mounted.error !== undefined || mounted.status !== 0) return null
  onTestFinished(() => void spawnSync('umount', ['-l', disk]))
  return disk
}

describe('on a disk that is really full', () => {
  test('nothing acknowledged is lost, nothing half-written, and freeing space is enough', ({ skip }) => {
    const disk = smallDisk(2600)
    if (disk === null) {
      console.log('SKIPPED: a full disk, mounting needs root')
      skip()
      return
    }
    writeFileSync(join(disk, 'holiday-photos.bin'), Buffer.alloc(600 * 1024))
    const path = join(disk, 'office.mzdb')
    const ledger = openLedger(path, { create: true })
    fillSample(ledger)
    const { code, posted } = postUntilRefused(ledger)
    expect(code).toBe('ledger.diskFull')
    expect(posted).toBeGreaterThan(0)
    expectNothingHalfWritten(ledger, posted)
    rmSync(join(disk, 'holiday-photos.bin'))
    expect(refusalOf(ledger, () => post(ledger))).toBe('accepted')
    ledger.close()
    proveLedgerFile(path)
    const again = openLedger(path)
    expectNothingHalfWritten(again, posted + 1)
    again.close()
  })

  test('a ledger that does not fit is not made at all', ({ skip }) => {
    const disk = smallDisk(300)
    if (disk === null) {
      console.log('SKIPPED: a full disk, mounting needs root')
      skip()
      return
    }
    mkdirSync(join(disk, 'office'))
    let code = 'accepted'
    try {
      openLedger(join(disk, 'office', 'new.mzdb'), { create: true }).close()
    } catch (error) {
      code = error instanceof Problem ? error.code : String(error)
    }
    expect(code).toBe('ledger.diskFull')
    expect(readdirSync(join(disk, 'office')).filter((name) => !name.endsWith('-lock'))).toEqual([])
  })
})

import * as fc from 'fast-check'
import { existsSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { copyLedgerFile, proveLedgerFile } from '#db/backup.ts'
import { openLedger } from '#db/ledger.ts'
import { countOf, post, sampleLedger, temporaryDirectory } from './sample-ledger.ts'

function backedUp(): { copy: string; vouchers: number } {
  const ledger = sampleLedger()
  for (let count = 0; count < 20; count += 1) post(ledger)
  const copy = join(temporaryDirectory(), 'backup.mzdb')
  copyLedgerFile(ledger.sqlite, copy)
  return { copy, vouchers: countOf(ledger, 'voucher') }
}

test('a copy made while the ledger is open is whole, is one file, and opens as a ledger', () => {
  const { copy, vouchers } = backedUp()
  proveLedgerFile(copy)
  expect(readdirSync(dirname(copy))).toEqual(['backup.mzdb'])
  const ledger = openLedger(copy)
  expect(countOf(ledger, 'voucher')).toBe(vouchers)
  ledger.close()
})

test('a copy with a damaged byte at the head of any page is refused', () => {
  // Damage inside a text is invisible to SQLite; the hash chains of `verify` find it.
  const { copy } = backedUp()
  const whole = readFileSync(copy)
  const damaged = join(dirname(copy), 'damaged.mzdb')
  const pages = whole.length / 4096
  fc.assert(fc.property(fc.integer({ min: 0, max: pages - 1 }), fc.integer({ min: 16, max: 255 }), (page, mask) => {
    const bytes = Buffer.from(whole)
    const at = page === 0 ? 100 : page * 4096
    bytes.writeUInt8(bytes.readUInt8(at) ^ mask, at)
    writeFileSync(damaged, bytes)
    expect(() => proveLedgerFile(damaged)).toThrow(expect.objectContaining({ code: 'backup.damaged' }))
  }), { numRuns: 60 })
})

test.each([0, 15, 4096, 100_000])('a copy cut off after %i bytes is refused', (length) => {
  const { copy } = backedUp()
  truncateSync(copy, length)
  if (length === 0) expect(() => openLedger(copy)).toThrow(expect.objectContaining({ code: 'ledger.damaged' }))
  else expect(() => proveLedgerFile(copy)).toThrow(expect.objectContaining({ code: 'backup.damaged' }))
})

test('a copy whose references are broken is refused', () => {
  const ledger = sampleLedger()
  post(ledger)
  ledger.sqlite.pragma('foreign_keys = OFF')
  ledger.sqlite.exec('DELETE FROM complex WHERE id = 1')
  const copy = join(temporaryDirectory(), 'backup.mzdb')
  expect(() => copyLedgerFile(ledger.sqlite, copy)).toThrow(expect.objectContaining({ code: 'backup.damaged' }))
  expect(existsSync(copy)).toBe(false)
  expect(readdirSync(dirname(copy))).toEqual([])
})

test('a copy that cannot be written leaves the copy before it as it was', () => {
  const { copy } = backedUp()
  const before = readFileSync(copy)
  const ledger = sampleLedger()
  ledger.sqlite.pragma('foreign_keys = OFF')
  post(ledger)
  ledger.sqlite.exec('DELETE FROM complex WHERE id = 1')
  expect(() => copyLedgerFile(ledger.sqlite, copy)).toThrow()
  expect(readFileSync(copy).equals(before)).toBe(true)
  expect(() => copyLedgerFile(sampleLedger().sqlite, join(dirname(copy), 'no', 'such', 'folder.mzdb'))).toThrow(
    expect.objectContaining({ code: 'ledger.readOnly' }))
})

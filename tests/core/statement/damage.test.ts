import { utils, write } from '@e965/xlsx'
import fc from 'fast-check'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { readStatement } from '#core/statement/read.ts'
import { CMB_FEE, CMB_INCOME, CMB_INTEREST, cmb, gb18030 } from './statement-files.ts'

const TEXT = gb18030(cmb(CMB_INCOME, CMB_INTEREST, CMB_FEE))

function workbook(): Uint8Array {
  const rows = cmb(CMB_INCOME, CMB_INTEREST, CMB_FEE).split('\r\n').map((line) => line.split(','))
  const book = utils.book_new()
  utils.book_append_sheet(book, utils.aoa_to_sheet(rows), '明细')
  const written: unknown = write(book, { type: 'buffer', bookType: 'biff8' })
  if (!(written instanceof Uint8Array)) throw new Error('the library writes bytes')
  return written
}

/** Accepted means: everything adds up. Refused means: a sentence, and nothing half read. */
function expectWholeOrRefused(bytes: Uint8Array): void {
  const statement = readStatement(bytes, { fileName: 'x' })
  if (statement.errors.length > 0) {
    expect(statement.errors[0]?.message).toMatch(/[\u4e00-\u9fff]{4}/)
    return
  }
  expect(statement.rows.length).toBeGreaterThan(0)
  const net = statement.rows.reduce((sum, row) => sum + row.amountFen, 0)
  expect(net).toBe(statement.inFen - statement.outFen)
  if (statement.opening !== null && statement.closing !== null) expect(statement.opening + net).toBe(statement.closing)
}

describe('damaged files never crash and are never half read', () => {
  beforeEach(() => {
    // The spreadsheet library narrates every record it does not know.
    vi.spyOn(console, 'error').mockReturnValue(undefined)
  })

  it('cut anywhere', () => {
    for (let length = 0; length <= TEXT.length; length += 1) expectWholeOrRefused(TEXT.slice(0, length))
  })

  const changes = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 6 })

  it.each([['text', TEXT], ['workbook', workbook()]] as const)('with bytes changed in a %s', (_, original) => {
    fc.assert(
      fc.property(changes, (edits) => {
        const bytes = Uint8Array.from(original)
        for (const [at, value] of edits) bytes[at % bytes.length] = value
        expectWholeOrRefused(bytes)
      }),
      { numRuns: 300 },
    )
  })

  it('of random bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => { expectWholeOrRefused(bytes) }))
  })
})

import { CFB, utils, write } from '@e965/xlsx'
import { describe, expect, it } from 'vitest'
import { withoutFormulas } from '#core/statement/binary-sheet.ts'
import { readSheet } from '#core/statement/sheet.ts'

type CompoundFiles = {
  readonly utils: { cfb_new: () => unknown; cfb_add: (container: unknown, name: string, content: Uint8Array) => unknown }
  write: (container: unknown, options: { readonly type: 'buffer' }) => unknown
}

const NUMBER = 0x0203
const FORMULA = 0x0006

function oldWorkbook(): Uint8Array {
  const book = utils.book_new()
  utils.book_append_sheet(book, utils.aoa_to_sheet([['金额'], [12.5]]), '明细')
  const written: unknown = write(book, { type: 'buffer', bookType: 'biff8' })
  if (!(written instanceof Uint8Array)) throw new Error('the library writes bytes')
  return written
}

/** The same file with its number record replaced by other bytes. */
function withRecord(replace: (number: Uint8Array) => Uint8Array): Uint8Array {
  const stream = withoutFormulas(oldWorkbook()).stream
  const view = new DataView(stream.buffer)
  let at = 0
  while (view.getUint16(at, true) !== NUMBER) at += 4 + view.getUint16(at + 2, true)
  const end = at + 4 + view.getUint16(at + 2, true)
  const changed = [...stream.slice(0, at), ...replace(stream.slice(at, end)), ...stream.slice(end)]
  const files: CompoundFiles = CFB
  const container = files.utils.cfb_new()
  files.utils.cfb_add(container, '/Workbook', Uint8Array.from(changed))
  const bytes = files.write(container, { type: 'buffer' })
  if (!(bytes instanceof Uint8Array)) throw new Error('the library writes bytes')
  return bytes
}

/** `=1+2` with 12.5 stored beside it: a recalculation would show. */
function formulaRecord(number: Uint8Array): Uint8Array {
  const tokens = [0x1e, 1, 0, 0x1e, 2, 0, 0x03]
  const body = [...number.slice(4), 0, 0, 0, 0, 0, 0, tokens.length, 0, ...tokens]
  return Uint8Array.from([FORMULA, 0, body.length, 0, ...body])
}

describe('an old Excel file', () => {
  it('is read by the values stored in it, and its formulas are named but never decoded', () => {
    const { records, warnings } = readSheet(withRecord(formulaRecord))
    expect(records[1]?.cells).toEqual(['12.5'])
    expect(warnings.map((warning) => warning.code)).toEqual(['sheet.formula'])
  })

  it('with a formula cut short is refused at once: the spreadsheet library would never come back', () => {
    const cut = withRecord((number) => Uint8Array.from([0x06, 0x02, ...number.slice(2)]))
    expect(() => readSheet(cut)).toThrow('不完整或已损坏')
  })

  it('with a record longer than the file is refused', () => {
    const long = withRecord((number) => Uint8Array.from([...number.slice(0, 2), 0xff, 0x7f, ...number.slice(4)]))
    expect(() => readSheet(long)).toThrow('不完整或已损坏')
  })

  it('from before 1995 asks to be saved anew', () => {
    const older = withRecord((number) => Uint8Array.from([0x09, 0x04, ...number.slice(2)]))
    expect(() => readSheet(older)).toThrow('另存为 .xlsx')
  })
})

/** Files made to harm: refused quickly, with a sentence, and nothing of them is run, expanded or half read. */
import { crc32, deflateRawSync } from 'node:zlib'
import { utils, write } from '@e965/xlsx'
import { describe, expect, it } from 'vitest'
import { readStatement } from '#core/statement/read.ts'
import { CMB_HEADER, CMB_INCOME, CMB_INTEREST, cmb, utf8 } from './statement-files.ts'

/** Generous for a loaded machine; what these files aim at would take minutes or all memory. */
const QUICK_MS = 5_000

function expectRefused(bytes: Uint8Array, code: string): void {
  const begun = performance.now()
  const statement = readStatement(bytes, { fileName: '对账单' })
  expect(statement.errors.map((issue) => issue.code)).toContain(code)
  expect(statement.errors[0]?.message).toMatch(/[\u4e00-\u9fff]{4}/)
  expect(statement.rows).toEqual([])
  expect(performance.now() - begun).toBeLessThan(QUICK_MS)
}

type Entry = { readonly name: string; readonly data: Buffer; readonly claims?: number }

/** A ZIP archive whose list may claim any size. */
function archive(entries: readonly Entry[]): Uint8Array {
  const bodies: Buffer[] = []
  const list: Buffer[] = []
  let offset = 0
  for (const { name, data, claims = data.length } of entries) {
    const packed = deflateRawSync(data)
    const title = Buffer.from(name)
    const head = Buffer.alloc(30)
    head.writeUInt32LE(0x04034b50, 0)
    head.writeUInt16LE(8, 8)
    head.writeUInt32LE(crc32(data), 14)
    head.writeUInt32LE(packed.length, 18)
    head.writeUInt32LE(claims, 22)
    head.writeUInt16LE(title.length, 26)
    const item = Buffer.alloc(46)
    item.writeUInt32LE(0x02014b50, 0)
    item.writeUInt16LE(8, 10)
    item.writeUInt32LE(crc32(data), 16)
    item.writeUInt32LE(packed.length, 20)
    item.writeUInt32LE(claims, 24)
    item.writeUInt16LE(title.length, 28)
    item.writeUInt32LE(offset, 42)
    bodies.push(head, title, packed)
    list.push(item, title)
    offset += 30 + title.length + packed.length
  }
  const directory = Buffer.concat(list)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...bodies, directory, end])
}

const MANY_ROWS = Buffer.alloc(12 * 1024 * 1024, '<row><c><v>1</v></c></row>')

describe('hostile files', () => {
  it('a workbook that unpacks to hundreds of times its size', () => {
    expectRefused(archive([{ name: 'xl/worksheets/sheet1.xml', data: MANY_ROWS }]), 'file.tooLarge')
  })

  it('a workbook that lies about what it unpacks to', () => {
    expectRefused(archive([{ name: 'xl/worksheets/sheet1.xml', data: MANY_ROWS, claims: 1_000 }]), 'file.tooLarge')
  })

  it('a file of more than 50 MB', () => {
    expectRefused(new Uint8Array(51 * 1024 * 1024).fill(0x31), 'file.tooLarge')
  })

  it('one cell of 12 MB, quoted, unquoted, and never closed', () => {
    const huge = '款'.repeat(4 * 1024 * 1024)
    expectRefused(utf8(cmb(CMB_INCOME.replace('广告费', huge))), 'file.cellTooLong')
    expectRefused(utf8(cmb(CMB_INCOME.replace('广告费', `"${huge}"`))), 'file.cellTooLong')
    expectRefused(utf8(cmb(CMB_INCOME.replace('广告费', `"${huge}`))), 'file.truncated')
  })

  it('half a million columns in the heading', () => {
    expectRefused(utf8(`${'列,'.repeat(500_000)}\r\n${CMB_HEADER}\r\n`), 'file.tooManyColumns')
  })

  it.each([
    ['nested entities', '<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'],
    ['an entity that names a file', '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>'],
    ['a document type elsewhere', '<!doctype a SYSTEM "http://127.0.0.1/x.dtd">'],
  ])('XML with %s', (_, type) => {
    const text = `<?xml version="1.0"?>\n${type}\n` +
      `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><a>&c;</a></Document>`
    expectRefused(utf8(text), 'xml.doctype')
  })

  it('XML and OFX nested without end', () => {
    const deep = '<a>'.repeat(200_000)
    expectRefused(utf8(`<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02">${deep}`), 'file.truncated')
    expectRefused(utf8(`<OFX>${deep}`), 'message.incomplete')
  })

  it('NUL bytes in a text, a message and the middle of an amount', () => {
    expectRefused(utf8(cmb(CMB_INCOME.replace('12000.00', '12\u0000000.00'))), 'file.binary')
    expectRefused(utf8(':20:X\r\n:25:1\r\n:60F:C240101CNY1\u0000,\r\n'), 'file.binary')
  })

  it('any line ends: CR, LF and CRLF give the same rows', () => {
    const [crlf, lf, cr] = ['\r\n', '\n', '\r'].map((end) =>
      readStatement(utf8(cmb(CMB_INCOME, CMB_INTEREST).replaceAll('\r\n', end)), { fileName: 'x.csv' }))
    expect(crlf?.errors).toEqual([])
    expect(lf?.rows).toEqual(crlf?.rows)
    expect(cr?.rows).toEqual(crlf?.rows)
  })

  it('a formula is read by its stored value and pointed out, and a hidden sheet is not read', () => {
    const lines = cmb(CMB_INCOME, CMB_INTEREST).trimEnd().split('\r\n').map((line) => line.split(','))
    const sheet = utils.aoa_to_sheet(lines)
    sheet['G4'] = { t: 's', v: '广告费', f: 'WEBSERVICE("http://127.0.0.1/")' }
    const book = utils.book_new()
    utils.book_append_sheet(book, utils.aoa_to_sheet([['密']]), '隐藏')
    utils.book_append_sheet(book, sheet, '明细')
    book.Workbook = { Sheets: [{ Hidden: 1 }, { Hidden: 0 }] }
    const bytes: unknown = write(book, { type: 'buffer', bookType: 'xlsx' })
    if (!(bytes instanceof Uint8Array)) throw new Error('the library writes bytes')
    const statement = readStatement(bytes, { fileName: 'x.xlsx' })
    expect(statement.errors).toEqual([])
    expect(statement.rows[0]?.memo).toBe('广告费')
    expect(statement.warnings.map(({ code }) => code)).toContain('sheet.formula')
  })
})

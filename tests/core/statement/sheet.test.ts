import { utils, write, type BookType, type WorkBook } from '@e965/xlsx'
import { describe, expect, it } from 'vitest'
import { readStatement } from '#core/statement/read.ts'
import { errorCodes, warningCodes } from './statement-files.ts'

type Cell = string | number | null
const HEADER = ['交易日', '交易时间', '借方金额', '贷方金额', '余额', '摘要', '流水号', '收(付)方名称', '收(付)方账号']

function bookOf(rows: readonly (readonly Cell[])[]): WorkBook {
  const book = utils.book_new()
  utils.book_append_sheet(book, utils.aoa_to_sheet([['账号:', '5510000000000001'], HEADER, ...rows.map((row) => [...row])]), '明细')
  return book
}

function readBook(book: WorkBook, bookType: BookType = 'xlsx') {
  const written: unknown = write(book, { type: 'buffer', bookType })
  if (!(written instanceof Uint8Array)) throw new Error('the library writes bytes')
  return readStatement(written, { fileName: `x.${bookType}` })
}

const ROWS: Cell[][] = [
  ['20240105', '101522', null, 12_000, 512_000, '广告费', 'C1', '示例传媒有限公司', '6222000000000000009'],
  ['20240321', 501, null, 345.67, 512_345.67, '结息', 'C2', '', ''],
]

describe('Excel statements', () => {
  it.each(['xlsx', 'biff8'] as const)('%s is read with exact fen', (bookType) => {
    expect(readBook(bookOf(ROWS), bookType)).toMatchObject({
      format: bookType === 'xlsx' ? 'xlsx' : 'xls', layout: 'cmb-corporate', encoding: null, errors: [], inFen: 1_234_567,
      rows: [{ line: 3, date: '2024-01-05', partyAccount: '6222000000000000009' }, { time: '00:05:01' }],
    })
  })

  it('hidden sheets are never read', () => {
    const book = bookOf(ROWS)
    utils.book_append_sheet(book, utils.aoa_to_sheet([['说明']]), '可见')
    book.Workbook = { Sheets: [{ Hidden: 1 }, { Hidden: 0 }] }
    expect(errorCodes(readBook(book))).toEqual(['header.missing'])
  })

  it('a formula is not evaluated: the stored value is read and pointed out', () => {
    const book = bookOf(ROWS)
    const cell = book.Sheets['明细']?.['D3']
    Object.assign(cell, { f: '1/0' })
    const statement = readBook(book)
    expect([statement.inFen, warningCodes(statement)]).toEqual([1_234_567, ['sheet.formula', 'time.zero']])
  })

  it('an account kept as a number is damaged, and a float amount is not rounded in silence', () => {
    const damaged = readBook(bookOf([['20240105', '', null, 5, 5, 'a', '1', '甲', 6_222_000_000_000_000_009]]))
    expect([damaged.rows[0]?.partyAccount, warningCodes(damaged)]).toEqual(['', ['account.damaged']])
    expect(errorCodes(readBook(bookOf([['20240105', '', null, 0.1 + 0.2, 5, 'a', '1', '甲', '']])))).toEqual(['money.format'])
  })

  it('a real date cell is its day, in any time zone', () => {
    const book = bookOf([['', '', null, 5, 5, 'a', '1', '甲', '']])
    Object.assign(book.Sheets['明细'] ?? {}, { A3: { t: 'n', v: 45_296, z: 'yyyy/m/d' } })
    expect(readBook(book).rows[0]?.date).toBe('2024-01-05')
  })

  it('an error cell is refused with its line', () => {
    const book = bookOf(ROWS)
    Object.assign(book.Sheets['明细'] ?? {}, { D4: { t: 'e', v: 0x2a } })
    expect(readBook(book).errors).toMatchObject([{ code: 'sheet.error', line: 4 }])
  })
})

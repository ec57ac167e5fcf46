import { read, utils } from '@e965/xlsx'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseDate } from '#core/calendar.ts'
import { fen, plainYuan } from '#core/money.ts'
import { writeWorkbook, type Workbook, type WorkbookCell } from '#reports/workbook.ts'

const date = parseDate('2026-09-30')

function workbookOf(rows: Workbook['sheets'][number]['rows'], more: Partial<Workbook['sheets'][number]> = {}): Workbook {
  return { title: '资产负债表', date, sheets: [{ name: '会住维01表', widths: [20, 16, 12], rows, ...more }] }
}

async function readBack(workbook: Workbook) {
  const options = { type: 'array', cellFormula: true, cellStyles: true, cellNF: true, cellDates: false } as const
  return read(await writeWorkbook(workbook), options)
}

async function onlySheet(rows: readonly (readonly (WorkbookCell | null)[])[], more: Partial<Workbook['sheets'][number]> = {}) {
  const book = await readBack(workbookOf(rows, more))
  const sheet = book.Sheets[book.SheetNames[0] ?? '']
  if (sheet === undefined) throw new Error('no sheet was written')
  return sheet
}

/** As many digits as Excel keeps. */
const anyAmount = fc.integer({ min: -999_999_999_999_999, max: 999_999_999_999_999 })

describe('a spreadsheet', () => {
  it('keeps texts, amounts, dates and counts as what they are', async () => {
    const sheet = await onlySheet([
      [{ text: '银行存款', bold: true }, { fen: fen(123_456_789) }, { date }],
      [{ text: '户数' }, { integer: 1_234 }, { fen: null, border: true }],
    ])
    expect(sheet['A1']).toMatchObject({ t: 's', v: '银行存款' })
    expect(sheet['B1']).toMatchObject({ t: 'n', v: 1_234_567.89, z: '#,##0.00' })
    expect(sheet['C1']).toMatchObject({ t: 'n', z: 'yyyy-mm-dd', w: '2026-09-30' })
    expect(sheet['B2']).toMatchObject({ t: 'n', v: 1_234 })
    // A blank amount is no zero.
    expect(sheet['C2']).not.toHaveProperty('v')
  })

  it('never writes a formula, whatever a text starts with', async () => {
    const texts = ['=1+1', '+86 591', '-备注', '@SUM(A1)', '=HYPERLINK("http://x","y")', '\t=1']
    const sheet = await onlySheet(texts.map((text) => [{ text }]))
    texts.forEach((text, index) => {
      const cell: unknown = sheet[`A${index + 1}`]
      expect(cell).toMatchObject({ t: 's', v: text })
      expect(cell).not.toHaveProperty('f')
    })
  })

  it('brings every amount back to the fen', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyAmount, { minLength: 1 }), async (all) => {
        const sheet = await onlySheet(all.map((amount) => [{ fen: fen(amount) }]))
        const back = utils.sheet_to_json<number[]>(sheet, { header: 1, raw: true }).map((row) => row[0]?.toFixed(2))
        expect(back).toEqual(all.map((amount) => plainYuan(fen(amount))))
      }),
      { numRuns: 40 },
    )
  })

  it('writes an amount longer than Excel counts as text rather than rounding it', async () => {
    const sheet = await onlySheet([[{ fen: fen(9_007_199_254_740_991) }]])
    expect(sheet['A1']).toMatchObject({ t: 's', v: '90,071,992,547,409.91' })
  })

  it('joins cells where the model says so', async () => {
    const sheet = await onlySheet([[{ text: '资产负债表', columns: 3, size: 16, align: 'center' }, null, null]])
    expect(sheet['!merges']).toEqual([{ s: { r: 0, c: 0 }, e: { r: 0, c: 2 } }])
  })

  it('repeats the head rows on each printed page of A4', async () => {
    const book = await readBack(workbookOf([[{ text: '摘要' }]], { headRows: 3, landscape: true }))
    expect(book.Workbook?.Names).toContainEqual(expect.objectContaining({ Name: '_xlnm.Print_Titles', Ref: '会住维01表!$1:$3' }))
  })

  it('drops the control characters that would spoil the file and keeps rare characters', async () => {
    const sheet = await onlySheet([[{ text: '㙓\u0000䶮\u001b𬭚\n第二行' }]])
    expect(sheet['A1']).toMatchObject({ v: '㙓䶮𬭚\n第二行' })
  })

  it('gives tabs names that Excel opens: short, clean, each once', async () => {
    const names = ['2026/09 [总账]', '2026 09  总账', '长'.repeat(40), '长'.repeat(40), '']
    const sheets = names.map((name) => ({ name, widths: [10], rows: [] }))
    const { SheetNames } = await readBack({ title: '账簿', date, sheets })
    expect(new Set(SheetNames.map((name) => name.toLowerCase())).size).toBe(5)
    for (const name of SheetNames) {
      expect(name.length).toBeLessThanOrEqual(31)
      expect(name).not.toMatch(/[[\]:*?/\\]/)
    }
  })

  it('is the same file each time it is written', async () => {
    const workbook = workbookOf([[{ text: '甲' }, { fen: fen(1) }]], { headRows: 1 })
    const [first, second] = [await writeWorkbook(workbook), await writeWorkbook(workbook)]
    expect(Buffer.from(first).equals(Buffer.from(second))).toBe(true)
  })
})

import { describe, expect, it } from 'vitest'
import { read, utils } from '@e965/xlsx'
import { parseDate } from '#core/calendar.ts'
import { parseYuan, ZERO_FEN } from '#core/money.ts'
import { parsePercent } from '#core/rate.ts'
import { reconciliationTable } from '#core/reconciliation/table.ts'
import { reconciliationPaper, reconciliationWorkbook, type ReconciliationModel } from '#reports/bank-reconciliation.ts'
import { inventoryPaper, type InventoryModel } from '#reports/certificate-inventory.ts'
import { renderPaper } from '#reports/render.ts'
import { writeWorkbook } from '#reports/workbook.ts'
import { readPdf } from './pdf-text.ts'

async function pdfText(bytes: Uint8Array): Promise<string> {
  return (await readPdf(bytes)).pages.flat().map(({ text }) => text).join(' ')
}

function item(
  side: 'bank' | 'book', date: string, yuan: string, text: string, reference: string, age: number,
): ReconciliationModel['items'][number] {
  return { side, date: parseDate(date), amountFen: parseYuan(yuan), text, reference, age }
}

/** The published example of vector REC-P01, with its four sums as items. */
const MODEL: ReconciliationModel = {
  office: '示例市维修资金中心', book: '公共收益', bank: '示例银行城中支行', account: '600000000001', holder: '示例花园业主大会',
  asOf: parseDate('2017-05-31'), printedOn: parseDate('2017-06-05'),
  table: reconciliationTable(
    { journalFen: parseYuan('2370500.00'), statementFen: parseYuan('2427500.00') },
    {
      bankInFen: parseYuan('247400.00'), bankOutFen: parseYuan('75400.00'), bookInFen: parseYuan('260000.00'),
      bookOutFen: parseYuan('145000.00'),
    },
  ),
  items: [
    item('bank', '2017-05-28', '247400.00', '=托收货款', 'S1', 3),
    item('bank', '2017-05-30', '-75400.00', '代付电费', '', 1),
    item('book', '2017-05-29', '260000.00', '收到转账支票', '记-12号', 2),
    item('book', '2017-05-31', '-145000.00', '开出转账支票', '记-15号', 0),
  ],
  seal: { reconciler: '李审核', sealedOn: parseDate('2017-06-05'), checker: '赵主管' },
  remarks: [],
}

describe('余额调节表 on paper', () => {
  it('shows both halves to the same bottom line, every item with its date, and who signed', async () => {
    const text = await pdfText(await renderPaper(reconciliationPaper(MODEL)))
    const parts = ['2,370,500.00', '2,427,500.00', '加：银行已收、单位未收', '减：单位已付、银行未付', '2017-05-28', '记-15号', '李审核', '赵主管']
    for (const part of parts) {
      expect(text).toContain(part)
    }
    expect(text.split('2,542,500.00')).toHaveLength(3)
    expect(text).toContain('调节后余额相符')
    expect(text).not.toContain('未封存')
  })

  it('says by how much it does not tie out, and that it is not sealed', async () => {
    const table = { ...MODEL.table, adjustedStatementFen: parseYuan('2542501.00'), differenceFen: parseYuan('1.00') }
    const text = await pdfText(await renderPaper(reconciliationPaper({ ...MODEL, table, seal: null })))
    expect(text).toContain('差额 1.00 元')
    expect(text).toContain('未封存')
  })

  it('prints the same bytes again', async () => {
    expect(await renderPaper(reconciliationPaper(MODEL))).toEqual(await renderPaper(reconciliationPaper(MODEL)))
  })

  it('is the same table as a spreadsheet, and a text that starts with = stays a text', async () => {
    const book = read(await writeWorkbook(reconciliationWorkbook(MODEL)))
    const [name] = book.SheetNames
    const sheet = name === undefined ? undefined : book.Sheets[name]
    if (sheet === undefined) throw new Error('no sheet')
    const cells = utils.sheet_to_json<unknown[]>(sheet, { header: 1 }).flat()
    expect(cells).toContain('=托收货款（S1）')
    expect(cells.filter((cell) => cell === 2_542_500)).toHaveLength(2)
    expect(Object.values(sheet).some((cell: unknown) => typeof cell === 'object' && cell !== null && 'f' in cell)).toBe(false)
  })
})

const INVENTORY: InventoryModel = {
  office: '示例市维修资金中心', book: '住宅专项维修资金', bank: '示例银行城中支行', account: '600000000011',
  asOf: parseDate('2026-10-09'), printedOn: parseDate('2026-10-09'),
  rows: [{
    certificateNo: '003512', complex: '示例花园', product: 'time', valueDate: parseDate('2025-01-15'),
    dueDate: parseDate('2026-01-15'), rate: parsePercent('1.75'), principalFen: parseYuan('100000.00'),
  }],
  certificatesFen: parseYuan('100000.00'), ledgerFen: parseYuan('100000.00'), bonds: null, confirmation: null,
}

describe('定期存款盘点表', () => {
  it('lists every certificate and says whether the three amounts agree', async () => {
    const text = await pdfText(await renderPaper(inventoryPaper(INVENTORY)))
    for (const part of ['003512', '1.75%', '存单合计与账面相符', '尚未登记银行回函', '保管人', '监盘人']) expect(text).toContain(part)
  })

  it('counts treasury bonds apart, against 1101', async () => {
    const bonds = { countedFen: parseYuan('500000.00'), ledgerFen: parseYuan('400000.00') }
    const text = await pdfText(await renderPaper(inventoryPaper({ ...INVENTORY, bonds })))
    for (const part of ['国债合计与账面相差 500,000.00', '1101', '存单合计与账面相符']) expect(text).toContain(part)
  })

  it('names a confirmation that differs', async () => {
    const confirmation = { amountFen: parseYuan('90000.00'), asOf: parseDate('2026-09-30'), paper: '回函.pdf' }
    const text = await pdfText(await renderPaper(inventoryPaper({ ...INVENTORY, confirmation, certificatesFen: ZERO_FEN })))
    expect(text).toContain('与账面不符')
    expect(text).toContain('应查明原因')
  })
})

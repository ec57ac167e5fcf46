/** The papers of the statutory books: forms in their layout, books whose pages fit, covers, and the same bytes every time. */
import { read, utils } from '@e965/xlsx'
import { describe, expect, it } from 'vitest'
import { parseDate, parseMonth } from '#core/calendar.ts'
import { bookPages, detailRows } from '#core/voucher/ledger-book.ts'
import { fen, ZERO_FEN } from '#core/money.ts'
import { statementsOf } from '#core/statements/statements.ts'
import { bindingCoverPaper } from '#reports/binding-cover.ts'
import { bookRowHeight, ledgerBookPaper, PAGE_CAPACITY, type LedgerBookModel } from '#reports/ledger-book.ts'
import { ledgerWorkbook } from '#reports/ledger-workbook.ts'
import { renderPaper } from '#reports/render.ts'
import { statementDocuments } from '#reports/statements.ts'
import { tableDocumentPaper, type TableDocument } from '#reports/table-document.ts'
import { tableWorkbook } from '#reports/table-workbook.ts'
import { writeWorkbook } from '#reports/workbook.ts'
import { accountSums, sumsOf } from '../core/statements/sums.ts'
import { readPdf, textOf } from './pdf-text.ts'

const day = parseDate('2026-10-08')

function documents(watermark: string | null = null): readonly TableDocument[] {
  const sums = sumsOf([
    accountSums('1001.01', { beforeFen: 100_000, balanceFen: 130_000, yearFen: 30_000, monthFen: 30_000 }),
    accountSums('3001', { beforeFen: -100_000, balanceFen: -100_000 }),
    accountSums('4001', { yearFen: -30_000, monthFen: -30_000, balanceFen: -30_000 }),
  ])
  return statementDocuments(statementsOf(sums, { kind: 'month', month: parseMonth('2026-09') }), {
    issuer: '示例市维修资金中心', fundName: '住宅专项维修资金', to: parseDate('2026-09-30'), printedOn: day, printedBy: '张会计',
    watermark, version: null,
  })
}

async function printed(document: TableDocument): Promise<string> {
  const { pages } = await readPdf(await renderPaper(tableDocumentPaper(document)))
  expect(pages).toHaveLength(1)
  return textOf(pages[0] ?? [])
}

describe('the forms', () => {
  it('carry number, body, day, unit, both blocks and the totals in one line', async () => {
    const [sheet, income, net] = documents()
    if (sheet === undefined || income === undefined || net === undefined) throw new Error('three forms')
    const text = await printed(sheet)
    for (const part of ['会住维01表', '编制单位：示例市维修资金中心', '2026年9月30日', '单位：元', '一、资产', '二、负债', '三、净资产']) {
      expect(text).toContain(part)
    }
    expect(text).toMatch(/资产总计1,000\.001,300\.00负债和净资产总计1,000\.001,300\.00/)
    expect(await printed(income)).toMatch(/会住维02表.*本月数.*本年累计数.*交存收入300\.00300\.00/)
    expect(await printed(net)).toMatch(/会住维03表.*商品住宅维修资金.*五、本年年末余额1,300\.000\.001,300\.00/)
  })

  it('say across the page that a month is not closed', async () => {
    const [sheet] = documents('未结账数据')
    if (sheet === undefined) throw new Error('no form')
    const text = await printed(sheet)
    for (const character of '未结账数据') expect(text).toContain(character)
  })

  it('are the same in the spreadsheet, figure by figure', async () => {
    const book = read(await writeWorkbook(tableWorkbook('报表', day, documents())))
    const rows = utils.sheet_to_json<unknown[]>(book.Sheets['会住维02表'] ?? {}, { header: 1 })
    expect(rows.find(([label]) => label === '交存收入')).toEqual(['交存收入', 300, 300])
    expect(rows.find(([label]) => label === '维修支出')).toEqual(['维修支出', 0, 0])
  })
})

function model(entries: number, summary = '收公共车位停车费 示例停车管理有限公司'): LedgerBookModel {
  const rows = detailRows({
    from: parseMonth('2026-01'), openingFen: fen(9_999), before: { debitFen: ZERO_FEN, creditFen: ZERO_FEN }, isJournal: false,
    entries: Array.from({ length: entries }, (_, index) => ({
      date: parseDate('2026-01-05'), word: `记-${String(index + 1).padStart(4, '0')}号`, summary, complex: '望江花园',
      debitFen: fen(100), creditFen: ZERO_FEN,
    })),
  })
  const pages = bookPages(rows, {
    capacity: PAGE_CAPACITY, heightOf: bookRowHeight, carry: 'month', before: { debitFen: ZERO_FEN, creditFen: ZERO_FEN },
  })
  return {
    office: '示例市维修资金中心', book: '公共收益', complex: null, showsComplex: true, title: '明细账', span: '2026年1月', firstPage: 101,
    totalPages: 100 + pages.length, printedOn: day, printedBy: '张会计',
    pages: pages.map((page, index) => ({ account: '1001.01 活期存款', sheet: index + 1, sheets: pages.length, rows: page.rows })),
  }
}

describe('a ledger in book form', () => {
  it('prints as many pages as it was cut into, numbers running on, whatever the summaries’ length', async () => {
    for (const summary of ['短', '2025年第4季度公共收益补充住宅专项维修资金（示例一号院及二号院合并结转，第三期补充款）']) {
      const book = model(60, summary)
      const { pages } = await readPdf(await renderPaper(ledgerBookPaper(book)))
      expect(pages).toHaveLength(book.pages.length)
      expect(textOf(pages[0] ?? [])).toContain(`第101页共${100 + pages.length}页`)
      expect(textOf(pages[0] ?? [])).toContain('过次页')
      expect(textOf(pages[1] ?? [])).toContain('承前页')
      expect(textOf(pages.at(-1) ?? [])).toMatch(/本月合计6,000|本月合计.*60\.00/)
    }
  })

  it('has a tab per account in the spreadsheet, without page turns', async () => {
    const { pages } = model(60)
    const rows = pages.flatMap((page) => page.rows).filter(({ kind }) => kind !== 'carried' && kind !== 'brought')
    const workbook = ledgerWorkbook({ title: '明细账', subject: '公共收益', date: day }, [{ account: '1001.01 活期存款', rows }])
    const book = read(await writeWorkbook(workbook))
    expect(book.SheetNames).toEqual(['1001.01 活期存款'])
    const cells = utils.sheet_to_json<unknown[]>(book.Sheets['1001.01 活期存款'] ?? {}, { header: 1 })
    expect(cells).toHaveLength(3 + 1 + 60 + 2)
    expect(cells.at(-1)).toContain('本年累计')
  })
})

describe('the binding cover', () => {
  it('names the kinds with their first and last numbers, the papers and who bound them, the same bytes twice', async () => {
    const cover = bindingCoverPaper({
      office: '示例市维修资金中心', book: '公共收益', month: parseMonth('2026-08'), from: parseDate('2026-08-01'),
      to: parseDate('2026-08-31'), kinds: [{ word: '记', count: 31, first: 1, last: 31, attachments: 64 }], volume: 1, volumes: 2,
      printedOn: day,
    })
    const bytes = await renderPaper(cover)
    expect(Buffer.from(await renderPaper(cover)).equals(Buffer.from(bytes))).toBe(true)
    const text = textOf((await readPdf(bytes)).pages[0] ?? [])
    for (const part of ['会计凭证封面', '2026年8月', '第1册共2册', '记字3113164', '装订人：']) expect(text).toContain(part)
  })
})

/**
 * Ledgers in book form, A4 landscape (会计基础工作规范 art. 56–63): numbered continuously through the whole book, signed by
 * bookkeeper and head on each page (art. 58). Pages are cut by `core/voucher/ledger-book.ts`, because 承前页 and 过次页 are figures.
 */
import type { Content, TableCell } from 'pdfmake/interfaces'
import { dateInChinese, type BusinessDate } from '#core/calendar.ts'
import { sideWord, type BookRow } from '#core/voucher/ledger-book.ts'
import { fen, formatYuan } from '#core/money.ts'
import { FONT_FAMILY, type FieldText } from './font.ts'
import { headCell, ruledLayout, type Paper } from './paper.ts'

export type LedgerPage = {
  /** `1001.01 活期存款`, `示例银行 6000…11`. */
  readonly account: string
  /** Of the account, from 1. */
  readonly sheet: number
  readonly sheets: number
  readonly rows: readonly BookRow[]
}

export type LedgerBookModel = {
  readonly office: string
  readonly book: string
  readonly complex: string | null
  /** Entries of several complexes are told apart; monthly sums are not. */
  readonly showsComplex: boolean
  /** 总账, 明细账, 银行存款日记账, 备用金日记账 */
  readonly title: string
  /** `2026年1月至9月` */
  readonly span: string
  readonly pages: readonly LedgerPage[]
  /** Page numbers run on through the files of one book. */
  readonly firstPage: number
  readonly totalPages: number
  readonly printedOn: BusinessDate
  readonly printedBy: string
}

const SIDE = 36
const BODY = 9
/** A line of the font at 9 pt, as it is set. */
const LINE = 13.1
const PADDING = 2.2
/** 595 pt high, less margins, title, table head and signatures. */
export const PAGE_CAPACITY = 438
const WIDTHS = { date: 56, word: 62, complex: 104, amount: 92, side: 18, balance: 96 }
/** What the other columns, their padding and rules leave on 842 − 2 × 36 pt. */
const SUMMARY_WIDTH = 194

/** Chinese characters are as wide as the type is high, everything else about 0.6 of it; a little is kept in hand. */
function linesOf(text: string, width: number): number {
  const length = [...text].reduce((sum, character) => sum + (character > '\u2e7f' ? BODY : BODY * 0.62), 0)
  return Math.max(1, Math.ceil(length / (width - BODY / 2)))
}

/** Height in points of a printed row, for cutting pages. */
export function bookRowHeight(row: BookRow): number {
  return Math.max(linesOf(row.summary, SUMMARY_WIDTH), linesOf(row.complex, WIDTHS.complex)) * LINE + 2 * PADDING + 0.5
}

function bookRow(row: BookRow, hasComplex: boolean): TableCell[] {
  const bold = row.kind !== 'entry'
  const amount = (value: BookRow['debitFen']): TableCell => ({
    // In a book a side without an amount stays blank, as it was written by hand.
    text: value === null || (row.kind === 'entry' && value === 0) ? '' : formatYuan(value),
    alignment: 'right', noWrap: true, bold,
  })
  return [
    { text: row.date ?? '', bold },
    { text: row.word, bold },
    { text: row.summary, bold },
    ...(hasComplex ? [{ text: row.complex, bold }] : []),
    amount(row.debitFen),
    amount(row.creditFen),
    { text: sideWord(row.balanceFen), alignment: 'center', bold },
    { text: formatYuan(fen(Math.abs(row.balanceFen))), alignment: 'right', noWrap: true, bold },
  ]
}

function pageContent(model: LedgerBookModel, page: LedgerPage, index: number): Content {
  const hasComplex = model.showsComplex
  const heads = ['日期', '凭证字号', '摘要', ...(hasComplex ? ['小区'] : []), '借方', '贷方', '向', '余额']
  const { date, word, complex, amount, side, balance } = WIDTHS
  return {
    ...(index > 0 ? { pageBreak: 'before' as const } : {}),
    stack: [
      { text: model.title, fontSize: 16, bold: true, alignment: 'center', characterSpacing: 4 },
      {
        columns: [
          { text: `${model.office}　${model.book}${model.complex === null ? '' : `　${model.complex}`}`, width: '*' },
          { text: `科目：${page.account}`, width: '*', alignment: 'center', bold: true },
          { text: `${model.span}　本账户第 ${page.sheet}/${page.sheets} 页　单位：元`, width: '*', alignment: 'right' },
        ],
        margin: [0, 5, 0, 4],
      },
      {
        table: {
          widths: [date, word, '*', ...(hasComplex ? [complex] : []), amount, amount, side, balance],
          dontBreakRows: true,
          body: [heads.map((text) => headCell(text)), ...page.rows.map((row) => bookRow(row, hasComplex))],
        },
        layout: ruledLayout({ x: 3, y: PADDING }),
      },
    ],
  }
}

function texts(model: LedgerBookModel): readonly FieldText[] {
  return [
    { field: '单位', text: model.office },
    { field: '账簿', text: model.book },
    { field: '小区', text: model.complex ?? '' },
    { field: '打印人', text: model.printedBy },
    ...model.pages.flatMap((page) => [
      { field: '科目', text: page.account },
      ...page.rows.map((row, index): FieldText => ({ field: page.account, row: index + 1, text: row.summary + row.complex })),
    ]),
  ]
}

export function ledgerBookPaper(model: LedgerBookModel): Paper {
  const { firstPage, totalPages } = model
  return {
    title: `${model.book}${model.title} ${model.span} ${firstPage}`,
    date: model.printedOn,
    keywords: null,
    texts: texts(model),
    definition: {
      pageSize: 'A4',
      pageOrientation: 'landscape',
      pageMargins: [SIDE, 34, SIDE, 48],
      defaultStyle: { font: FONT_FAMILY, fontSize: BODY },
      content: model.pages.map((page, index) => pageContent(model, page, index)),
      footer: (page) => ({
        margin: [SIDE, 10, SIDE, 0],
        columns: [
          { text: `会计主管：　　　　　　记账：　　　　　　打印：${model.printedBy}　${dateInChinese(model.printedOn)}`, width: '*' },
          { text: `第 ${firstPage + page - 1} 页　共 ${totalPages} 页`, width: 'auto' },
        ],
      }),
    },
  }
}

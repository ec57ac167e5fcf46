/**
 * The printed voucher (记账凭证), half A4: the fields of 会计基础工作规范 art. 51, blank lines struck by a diagonal, total
 * in figures and capitals, room for every signature art. 53 asks for on machine-made vouchers.
 */
import type { Content, TableCell } from 'pdfmake/interfaces'
import { dateInChinese, type BusinessDate } from '#core/calendar.ts'
import { yuanInCapitals } from '#core/voucher/capitals.ts'
import { addFen, ZERO_FEN, type Fen } from '#core/money.ts'
import { FONT_FAMILY, type FieldText } from './font.ts'
import { amountCell, covered, headCell, pageOf, RULE, ruledLayout, textCell, type Paper } from './paper.ts'

export type VoucherPaperLine = {
  readonly summary: string
  /** Code and full name, `1001 银行存款·活期`. */
  readonly account: string
  readonly complex: string
  readonly debit: Fen | null
  readonly credit: Fen | null
}

export type VoucherPaperModel = {
  readonly office: string
  readonly book: string
  /** `记-12`, `收-3`. */
  readonly word: string
  readonly date: BusinessDate
  readonly attachments: number
  readonly lines: readonly VoucherPaperLine[]
  /** Null before the step was done; signatures and seals are then written by hand. */
  readonly signatures: {
    readonly head: string | null
    readonly bookkeeper: string | null
    readonly reviewer: string | null
    readonly cashier: string | null
    readonly preparer: string | null
  }
  /** Receipts and payments also carry the cashier (art. 51). */
  readonly needsCashier: boolean
  readonly state: 'draft' | 'reviewed' | 'posted'
  /** `冲销 2025-08-03 记-5`, printed under the title. */
  readonly correctionOf: string | null
}

const WIDTH = 595.28
const HEIGHT = 420.94
const SIDE = 34
const LINES_PER_SHEET = 6
/** Holds two lines of text, so that all lines of the form are equally high. */
const LINE_HEIGHT = 35
const PADDING = 3
const AMOUNT = 82
const COMPLEX = 76
const ACCOUNT = 128

/** Six lines a sheet; an entry of more goes on to further sheets with fraction numbers (art. 51). */
function sheetsOf(lines: readonly VoucherPaperLine[]): readonly (readonly VoucherPaperLine[])[] {
  const sheets = Array.from({ length: Math.ceil(lines.length / LINES_PER_SHEET) }, (_, sheet) =>
    lines.slice(sheet * LINES_PER_SHEET, (sheet + 1) * LINES_PER_SHEET),
  )
  return sheets.length === 0 ? [[]] : sheets
}

/**
 * Blank lines below the last entry are struck out, so that nothing can be added later: one diagonal over both amount
 * columns, drawn piece by piece because each blank line is a row of its own.
 */
function struckCell(line: number, blankLines: number): TableCell {
  const width = 2 * (AMOUNT + 2 * PADDING + RULE)
  const x = (done: number): number => (width * (blankLines - done)) / blankLines
  const piece: Content = {
    canvas: [{ type: 'line', x1: x(line), y1: 0, x2: x(line + 1), y2: LINE_HEIGHT, lineWidth: RULE }],
    relativePosition: { x: -PADDING, y: -PADDING },
  }
  return { stack: [piece, { text: ' ' }] }
}

function sheetContent(model: VoucherPaperModel, sheet: number, sheets: readonly (readonly VoucherPaperLine[])[]): Content {
  const lines = sheets[sheet] ?? []
  const isLast = sheet === sheets.length - 1
  const blank = LINES_PER_SHEET - lines.length
  const debit = addFen(...model.lines.map((line) => line.debit ?? ZERO_FEN))
  const credit = addFen(...model.lines.map((line) => line.credit ?? ZERO_FEN))
  const body: TableCell[][] = [
    ['摘要', '会计科目', '小区', '借方金额', '贷方金额'].map((text) => headCell(text)),
    ...lines.map((line): TableCell[] => [
      textCell(line.summary, { middle: true }),
      textCell(line.account, { middle: true }),
      textCell(line.complex, { middle: true }),
      amountCell(line.debit, { middle: true }),
      amountCell(line.credit, { middle: true }),
    ]),
    ...Array.from({ length: blank }, (_, line): TableCell[] => [
      textCell(' '),
      textCell(' '),
      textCell(' '),
      struckCell(line, blank),
      textCell(' '),
    ]),
    isLast
      ? [
          textCell(`合计　${yuanInCapitals(debit, { style: 'voucher', currencyPrefix: true })}`, {
            bold: true,
            colSpan: 3,
            middle: true,
          }),
          ...covered(2),
          amountCell(debit, { bold: true, middle: true }),
          amountCell(credit, { bold: true, middle: true }),
        ]
      : [textCell('转下页', { colSpan: 3, middle: true }), ...covered(2), amountCell(null), amountCell(null)],
  ]
  const fraction = sheets.length > 1 ? `（${sheet + 1}/${sheets.length}）` : ''
  return {
    ...(sheet > 0 ? { pageBreak: 'before' as const } : {}),
    stack: [
      { text: '记账凭证', fontSize: 18, bold: true, alignment: 'center', characterSpacing: 4 },
      {
        columns: [
          { text: `${model.office}　${model.book}`, width: '*' },
          { text: dateInChinese(model.date), width: 'auto', alignment: 'center' },
          { text: `凭证号 ${model.word}${fraction}`, width: '*', alignment: 'right' },
        ],
        margin: [0, 6, 0, 4],
      },
      {
        table: {
          widths: ['*', ACCOUNT, COMPLEX, AMOUNT, AMOUNT],
          // The layout adds padding and a rule to the height asked for here.
          heights: (row) => (row === 0 ? 14 : LINE_HEIGHT - 2 * PADDING - RULE),
          body,
        },
        layout: ruledLayout({ x: PADDING, y: PADDING }),
      },
      {
        columns: [
          { text: model.correctionOf === null ? '' : `更正：${model.correctionOf}`, width: '*' },
          { text: `附件 ${model.attachments} 张`, width: 'auto' },
        ],
        margin: [0, 6, 0, 10],
      },
      signatures(model),
    ],
  }
}

function signatures(model: VoucherPaperModel): Content {
  const names = model.signatures
  const roles: readonly (readonly [string, string | null])[] = [
    ['会计主管', names.head],
    ['记账', names.bookkeeper],
    ['审核', names.reviewer],
    ...(model.needsCashier ? [['出纳', names.cashier] as const] : []),
    ['制单', names.preparer],
  ]
  return { columns: roles.map(([role, name]) => ({ text: `${role}：${name ?? ''}`, width: '*' })) }
}

function texts(model: VoucherPaperModel): readonly FieldText[] {
  const { signatures: names } = model
  return [
    { field: '单位', text: model.office },
    { field: '账簿', text: model.book },
    { field: '凭证号', text: model.word },
    { field: '更正', text: model.correctionOf ?? '' },
    ...[names.head, names.bookkeeper, names.reviewer, names.cashier, names.preparer].map((name): FieldText => ({
      field: '签名',
      text: name ?? '',
    })),
    ...model.lines.flatMap((line, index): FieldText[] => [
      { field: '摘要', row: index + 1, text: line.summary },
      { field: '会计科目', row: index + 1, text: line.account },
      { field: '小区', row: index + 1, text: line.complex },
    ]),
  ]
}

const STATE_WORD = { draft: '未审核', reviewed: '未记账', posted: null } as const

export function voucherPaper(model: VoucherPaperModel): Paper {
  const sheets = sheetsOf(model.lines)
  const watermark = STATE_WORD[model.state]
  return {
    title: `记账凭证 ${model.book} ${model.word} ${model.date}`,
    date: model.date,
    keywords: null,
    texts: texts(model),
    definition: {
      pageSize: { width: WIDTH, height: HEIGHT },
      pageOrientation: 'landscape',
      pageMargins: [SIDE, 22, SIDE, 24],
      defaultStyle: { font: FONT_FAMILY, fontSize: 10 },
      content: sheets.map((_, sheet) => sheetContent(model, sheet, sheets)),
      footer: (page, pages) =>
        pages === 1 ? null : { text: pageOf(page, pages), fontSize: 9, alignment: 'right', margin: [SIDE, 6, SIDE, 0] },
      ...(watermark === null ? {} : { watermark: { text: watermark, color: 'black', opacity: 0.08, bold: true } }),
    },
  }
}

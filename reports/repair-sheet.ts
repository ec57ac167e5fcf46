/**
 * The form all papers of a repair are filled in on: A4 portrait, ruled fields, tables, opinions, an amount in figures and
 * capitals, and boxes that leave room for a seal (ui.md, Paper). A sheet is plain data; repair-papers*.ts say what stands on it.
 */
import type { Content, TableCell } from 'pdfmake/interfaces'
import { dateInChinese, type BusinessDate } from '#core/calendar.ts'
import type { Fen } from '#core/money.ts'
import { yuanInCapitals } from '#core/voucher/capitals.ts'
import { FONT_FAMILY, type FieldText } from './font.ts'
import { amountCell, amountText, covered, headCell, pageOf, ruledLayout, textCell, type Paper } from './paper.ts'

export type SheetFact = { readonly label: string; readonly value: string }
export type SheetColumn = {
  readonly label: string
  readonly holds: 'text' | 'center' | 'money' | 'number'
  /** Points; columns without one share what is left. */
  readonly width?: number
}
/** A number is money where its column holds money; null prints blank. */
export type SheetCell = string | Fen | null
export type SheetParty = {
  readonly title: string
  /** Who has signed by the ledger; empty: a line to sign on. */
  readonly persons: readonly string[]
  readonly isSealed: boolean
}

export type SheetBlock =
  /** One or two facts a line. */
  | { readonly kind: 'facts'; readonly rows: readonly (readonly SheetFact[])[] }
  | {
      readonly kind: 'table'
      readonly caption: string | null
      readonly columns: readonly SheetColumn[]
      readonly rows: readonly (readonly SheetCell[])[]
      /** Bold last line; null for none. */
      readonly total: readonly SheetCell[] | null
      readonly empty: string
    }
  /** A box with its question at the left and room for what is written; `room` in points. */
  | { readonly kind: 'box'; readonly label: string; readonly text: string; readonly signed: string; readonly room: number }
  | { readonly kind: 'amount'; readonly label: string; readonly fen: Fen }
  | { readonly kind: 'parties'; readonly parties: readonly SheetParty[] }
  | { readonly kind: 'notes'; readonly items: readonly string[] }
  | { readonly kind: 'paragraph'; readonly text: string }

export type RepairSheet = {
  readonly title: string
  readonly office: string
  /** `WX2025-00012`, at the right above the form. */
  readonly number: string
  readonly printedOn: BusinessDate
  readonly printedBy: string
  /** `board`: read standing, by people over sixty, so at least 11 pt. */
  readonly readAt: 'desk' | 'board'
  readonly isLandscape: boolean
  readonly blocks: readonly SheetBlock[]
}

const MARGIN = { side: 45, top: 44, bottom: 46 }
const LABEL = 84
const SEAL_ROOM = 62
const PADDING = { x: 5, y: 5 }

function label(text: string): TableCell {
  return { text, alignment: 'center', bold: true, verticalAlignment: 'middle' }
}

function value(text: string, colSpan = 1): TableCell {
  return { text, verticalAlignment: 'middle', ...(colSpan > 1 && { colSpan }) }
}

function factRow(facts: readonly SheetFact[]): TableCell[] {
  const [first, second] = facts
  if (first === undefined) return [{ text: '', colSpan: 4 }, ...covered(3)]
  if (second === undefined) return [label(first.label), value(first.value, 3), ...covered(2)]
  return [label(first.label), value(first.value), label(second.label), value(second.value)]
}

function columnCell(cell: SheetCell, column: SheetColumn, bold: boolean): TableCell {
  if (typeof cell === 'number') return amountCell(cell, { bold })
  const text = cell ?? ''
  if (column.holds === 'money' || column.holds === 'number') return { text, alignment: 'right', noWrap: true, bold }
  return textCell(text, { bold, center: column.holds === 'center' })
}

function tableContent(block: Extract<SheetBlock, { kind: 'table' }>): Content {
  const { columns, rows, total } = block
  const line = (cells: readonly SheetCell[], bold: boolean): TableCell[] =>
    columns.map((column, index) => columnCell(cells[index] ?? null, column, bold))
  const body: TableCell[][] = [
    columns.map((column) => headCell(column.label, { middle: true })),
    ...(rows.length === 0
      ? [[textCell(block.empty, { colSpan: columns.length }), ...covered(columns.length - 1)]]
      : rows.map((cells) => line(cells, false))),
    ...(total === null ? [] : [line(total, true)]),
  ]
  return {
    stack: [
      ...(block.caption === null
        ? []
        : [{ text: block.caption, bold: true, margin: [0, 8, 0, 4] } satisfies Content]),
      {
        table: {
          headerRows: 1, keepWithHeaderRows: 1, dontBreakRows: true, widths: columns.map((column) => column.width ?? '*'), body,
        },
        layout: ruledLayout({ x: 4, y: 4 }),
      },
    ],
  }
}

function boxContent(block: Extract<SheetBlock, { kind: 'box' }>): Content {
  return {
    unbreakable: true,
    table: {
      widths: [LABEL, '*'],
      heights: block.room,
      body: [[
        label(block.label),
        {
          stack: [
            { text: block.text === '' ? ' ' : block.text, lineHeight: 1.2 },
            ...(block.signed === '' ? [] : [{ text: block.signed, alignment: 'right', margin: [0, 6, 0, 0] } satisfies Content]),
          ],
        },
      ]],
    },
    layout: ruledLayout(PADDING),
    margin: [0, -0.5, 0, 0],
  }
}

function partyCell({ title, persons, isSealed }: SheetParty): TableCell {
  const names = persons.join('、')
  return {
    stack: [
      { text: title, bold: true },
      { text: isSealed ? '（盖章）' : ' ', alignment: 'right', margin: [0, SEAL_ROOM / 3, 0, SEAL_ROOM / 3] },
      { text: `签字：${names}` },
      { text: '　　年　　月　　日', alignment: 'right', margin: [0, 8, 0, 0] },
    ],
  }
}

function blockContent(block: SheetBlock): Content {
  switch (block.kind) {
    case 'facts':
      return {
        table: { widths: [LABEL, '*', LABEL, '*'], dontBreakRows: true, body: block.rows.map(factRow) },
        layout: ruledLayout(PADDING),
        margin: [0, -0.5, 0, 0],
      }
    case 'table':
      return tableContent(block)
    case 'box':
      return boxContent(block)
    case 'amount':
      return {
        table: {
          widths: [LABEL, '*', 130],
          body: [[
            label(block.label),
            value(yuanInCapitals(block.fen, { style: 'voucher', currencyPrefix: true })),
            { text: `¥${amountText(block.fen)}`, alignment: 'right', bold: true, noWrap: true, verticalAlignment: 'middle' },
          ]],
        },
        layout: ruledLayout(PADDING),
        margin: [0, -0.5, 0, 0],
      }
    case 'parties':
      return {
        unbreakable: true,
        table: { widths: block.parties.map(() => '*'), body: [block.parties.map(partyCell)] },
        layout: ruledLayout(PADDING),
        margin: [0, -0.5, 0, 0],
      }
    case 'notes':
      return {
        stack: block.items.map((text, index): Content => ({
          text: block.items.length > 1 ? `${index + 1}．${text}` : text, margin: [0, index === 0 ? 8 : 2, 0, 0], fontSize: 9.5,
        })),
      }
    case 'paragraph':
      return { text: block.text, lineHeight: 1.4, margin: [0, 6, 0, 8] }
  }
}

function textsOf(block: SheetBlock): readonly FieldText[] {
  switch (block.kind) {
    case 'facts':
      return block.rows.flat().map((fact) => ({ field: fact.label, text: fact.value }))
    case 'table':
      return [...block.rows, ...(block.total === null ? [] : [block.total])].map((cells, index): FieldText => ({
        field: block.caption ?? '明细', row: index + 1, text: cells.filter((cell) => typeof cell === 'string').join(''),
      }))
    case 'box':
      return [{ field: block.label, text: block.text + block.signed }]
    case 'parties':
      return block.parties.map(({ title, persons }) => ({ field: title, text: title + persons.join('') }))
    case 'notes':
      return block.items.map((text, index) => ({ field: '说明', row: index + 1, text }))
    case 'paragraph':
      return [{ field: '正文', text: block.text }]
    case 'amount':
      return []
  }
}

export function repairSheetPaper(sheet: RepairSheet): Paper {
  return {
    title: `${sheet.title} ${sheet.number}`,
    date: sheet.printedOn,
    keywords: null,
    texts: [
      { field: '单位', text: sheet.office }, { field: '编号', text: sheet.number }, { field: '打印人', text: sheet.printedBy },
      ...sheet.blocks.flatMap(textsOf),
    ],
    definition: {
      pageSize: 'A4',
      pageOrientation: sheet.isLandscape ? 'landscape' : 'portrait',
      pageMargins: [MARGIN.side, MARGIN.top, MARGIN.side, MARGIN.bottom],
      defaultStyle: { font: FONT_FAMILY, fontSize: sheet.readAt === 'board' ? 12 : 10.5 },
      content: [
        { text: sheet.title, fontSize: 18, bold: true, alignment: 'center', characterSpacing: 2 },
        {
          columns: [
            { text: `单位：${sheet.office}`, width: '*' },
            { text: `编号：${sheet.number}`, width: 'auto' },
          ],
          margin: [0, 10, 0, 5],
        },
        ...sheet.blocks.map(blockContent),
      ],
      footer: (page, pages) => ({
        margin: [MARGIN.side, 14, MARGIN.side, 0],
        fontSize: 9,
        columns: [
          { text: `打印：${sheet.printedBy}　${dateInChinese(sheet.printedOn)}`, width: '*' },
          { text: pageOf(page, pages), width: 'auto' },
        ],
      }),
    },
  }
}

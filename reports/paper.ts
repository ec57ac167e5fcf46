/** The look all paper shares: 0.5 pt rules, repeated heads, amounts to the right, bold subtotals, page x/y. */
import type { Content, CustomTableLayout, TableCell, TDocumentDefinitions } from 'pdfmake/interfaces'
import type { BusinessDate } from '#core/calendar.ts'
import { formatYuan, type Fen } from '#core/money.ts'
import { FONT_FAMILY, type FieldText } from './font.ts'

/** A finished document: what to draw, the date it carries for ever, and the fields whose characters must exist. */
export type Paper = {
  readonly title: string
  /** Frozen day of the document. It becomes the file's creation date, so that printing again gives the same bytes. */
  readonly date: BusinessDate
  readonly keywords: string | null
  readonly texts: readonly FieldText[]
  readonly definition: TDocumentDefinitions
}

export const RULE = 0.5

/** All lines 0.5 pt; `head` rows get a little more air. */
export function ruledLayout(padding: { readonly x: number; readonly y: number }): CustomTableLayout {
  return {
    hLineWidth: () => RULE,
    vLineWidth: () => RULE,
    paddingLeft: () => padding.x,
    paddingRight: () => padding.x,
    paddingTop: () => padding.y,
    paddingBottom: () => padding.y,
  }
}

/** A blank amount prints blank, zero prints 0.00: never the same thing. */
export function amountText(amount: Fen | null): string {
  return amount === null ? '' : formatYuan(amount)
}

type CellOptions = {
  readonly bold?: boolean
  readonly id?: string
  readonly colSpan?: number
  readonly rowSpan?: number
  readonly center?: boolean
  readonly middle?: boolean
}

function cellOf(
  content: { text: string; alignment: 'left' | 'right' | 'center'; noWrap?: boolean },
  options: CellOptions,
): TableCell {
  return {
    ...content,
    ...(options.bold === true ? { bold: true } : {}),
    ...(options.id === undefined ? {} : { id: options.id }),
    ...(options.colSpan === undefined ? {} : { colSpan: options.colSpan }),
    ...(options.rowSpan === undefined ? {} : { rowSpan: options.rowSpan }),
    ...(options.middle === true ? { verticalAlignment: 'middle' as const } : {}),
  }
}

export function amountCell(amount: Fen | null, options: CellOptions = {}): TableCell {
  return cellOf({ text: amountText(amount), alignment: 'right', noWrap: true }, options)
}

export function textCell(text: string, options: CellOptions = {}): TableCell {
  return cellOf({ text, alignment: options.center === true ? 'center' : 'left' }, options)
}

export function headCell(text: string, options: CellOptions = {}): TableCell {
  return cellOf({ text, alignment: 'center' }, { ...options, bold: true })
}

/** The empty cells pdfmake wants after a cell with `colSpan`. */
export function covered(columns: number): TableCell[] {
  return Array.from({ length: columns }, (): TableCell => ({}))
}

/** `1.` in a column of its own, so that the second line of a note starts under its first word. */
export function hangingList(items: readonly string[], numberWidth: number): Content {
  return {
    stack: items.map(
      (item, index): Content => ({
        columns: [
          { text: `${index + 1}.`, width: numberWidth },
          { text: item, width: '*' },
        ],
        margin: [0, 0, 0, 2],
      }),
    ),
  }
}

export function pageOf(page: number, pages: number): string {
  return `第 ${page} 页　共 ${pages} 页`
}

export type ListPage = {
  readonly title: string
  /** Landscape unless said otherwise. */
  readonly orientation?: 'landscape' | 'portrait'
  readonly margin: { readonly side: number; readonly top: number; readonly bottom: number }
  readonly fontSize: number
  /** Below the title. */
  readonly content: readonly Content[]
  /** Left in the foot: who printed it and when. */
  readonly foot: string
}

/** What all list papers are: A4, the title in 18 pt, page x/y in the foot. */
export function listPage({ title, orientation = 'landscape', margin, fontSize, content, foot }: ListPage): TDocumentDefinitions {
  return {
    pageSize: 'A4',
    pageOrientation: orientation,
    pageMargins: [margin.side, margin.top, margin.side, margin.bottom],
    defaultStyle: { font: FONT_FAMILY, fontSize },
    content: [{ text: title, fontSize: 18, bold: true, alignment: 'center' }, ...content],
    footer: (page, pages) => ({
      margin: [margin.side, 14, margin.side, 0],
      columns: [
        { text: foot, width: '*' },
        { text: pageOf(page, pages), width: 'auto' },
      ],
    }),
  }
}

/**
 * Marks the last row of a table and the total below it, so that `keepTotals` can stop a total from standing alone at
 * the head of a page (pdfmake keeps rows whole, but not rows together).
 */
export function lastRowId(table: string): string {
  return `last:${table}`
}

export function totalRowId(table: string): string {
  return `total:${table}`
}

/** For `pageBreakBefore`: break before the last row where its total would fall on the next page. */
export function keepTotals(
  node: { readonly id?: string | undefined },
  queries: { readonly getNodesOnNextPage: () => readonly { readonly id?: string | undefined }[] },
): boolean {
  if (node.id?.startsWith('last:') !== true) return false
  const total = totalRowId(node.id.slice('last:'.length))
  return queries.getNodesOnNextPage().some((next) => next.id === total)
}

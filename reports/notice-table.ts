/** One numbered part of the notice as a table: its title and heads repeat on every page, its total is its last row. */
import type { Content, Size, TableCell } from 'pdfmake/interfaces'
import type { Figure } from '#core/disclosure/quarter-input.ts'
import type { Fen } from '#core/money.ts'
import { amountCell, covered, headCell, lastRowId, ruledLayout, textCell, totalRowId } from './paper.ts'

export const NUMBER_WIDTH = 26

type Column = { readonly head: string; readonly width: Size }

type PartTable = {
  readonly id: string
  readonly title: string
  readonly columns: readonly Column[]
  readonly rows: readonly (readonly TableCell[])[]
  /** Printed where there are no rows: an empty part says that it is empty. */
  readonly none: string
  readonly total: readonly TableCell[] | null
  /** Up to so many rows the part is kept on one page; tall rows allow fewer. */
  readonly wholeUpTo: number
}

/** Values of `wholeUpTo` for rows of one line and of several. */
export const WHOLE_FLAT = 6
export const WHOLE_TALL = 3

export function partTable(part: PartTable): Content {
  const columns = part.columns.length
  const rows = part.rows.map((row) => [...row])
  const body: TableCell[][] = [
    [textCell(part.title, { bold: true, colSpan: columns }), ...covered(columns - 1)],
    part.columns.map((column) => headCell(column.head)),
    ...(rows.length > 0 ? rows : [[textCell(part.none, { colSpan: columns, id: lastRowId(part.id) }), ...covered(columns - 1)]]),
    ...(part.total === null ? [] : [[...part.total]]),
  ]
  return {
    table: {
      headerRows: 2,
      // One row cannot be torn from its head; where it is the only one, its total stays with it too.
      keepWithHeaderRows: rows.length < 2 ? body.length - 2 : 1,
      dontBreakRows: true,
      widths: part.columns.map((column) => column.width),
      body,
    },
    unbreakable: rows.length <= part.wholeUpTo,
    layout: ruledLayout({ x: 4, y: 2.5 }),
    margin: [0, 0, 0, 8],
  }
}

export function numbered(part: string, index: number, count: number): TableCell {
  return textCell(String(index + 1), { center: true, ...(index === count - 1 ? { id: lastRowId(part) } : {}) })
}

export function totalCells(part: string, label: string, span: number, figures: readonly (Fen | null)[]): readonly TableCell[] {
  return [
    textCell(label, { bold: true, colSpan: span, id: totalRowId(part) }),
    ...covered(span - 1),
    ...figures.map((figure) => amountCell(figure, { bold: true })),
  ]
}

export function money(figure: Figure | null): TableCell {
  return amountCell(figure?.amount ?? null)
}

/** Lines of one cell; empty ones are left out. */
export function lines(texts: readonly (string | null)[]): TableCell {
  return { stack: texts.filter((text) => text !== null && text !== '').map((text): Content => ({ text: text ?? '' })) }
}

export function joined(texts: readonly (string | null)[], by: string): string {
  return texts.filter((text) => text !== null && text !== '').join(by)
}

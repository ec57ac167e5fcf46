/** Column types of every table: `{ field: 'amountFen', headerName: …, type: 'money' }`. */
import type { ColDef, ColTypeDef, ICellRendererParams, ValueFormatterParams } from 'ag-grid-community'
import { fen } from '#core/money.ts'
import { yuanText } from './money.tsx'

export function defaultColumn<Row>(): ColDef<Row> {
  return {
    sortable: true,
    resizable: true,
    minWidth: 60,
    suppressHeaderMenuButton: true,
    // Enter opens the row (grid.tsx) instead of starting to edit; F2 edits.
    suppressKeyboardEvent: ({ event, editing }) => event.key === 'Enter' && !editing,
  }
}

function isAmount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value)
}

function moneyText<Row>({ value }: ValueFormatterParams<Row, unknown>): string {
  return isAmount(value) ? yuanText(fen(value)) : ''
}

/** The kinds of column a table may name in `type`. */
export function columnTypes<Row>(): Readonly<Record<string, ColTypeDef<Row>>> {
  return {
    /** Fen; blank when null. */
    money: {
      width: 132,
      headerClass: 'head-right',
      cellClass: 'cell-money',
      cellClassRules: { negative: ({ value }) => isAmount(value) && value < 0 },
      valueFormatter: moneyText,
    },
    /** A side of a voucher line: zero is blank there, as on paper, because the amount stands on the other side. */
    side: {
      width: 132,
      headerClass: 'head-right',
      cellClass: 'cell-money',
      cellClassRules: { negative: ({ value }) => isAmount(value) && value < 0 },
      valueFormatter: (params) => (params.value === 0 ? '' : moneyText(params)),
    },
    /** A count. */
    number: { width: 90, headerClass: 'head-right', cellClass: 'cell-number' },
    date: { width: 100, cellClass: 'cell-date' },
    /** Takes what width is left, and shows it whole in a tooltip. */
    text: { flex: 1, minWidth: 120, tooltip: ({ value }) => (typeof value === 'string' ? value : null) },
  }
}

/** A column drawn by a component: `drawn<Row>({ headerName, width }, (row) => <StateTag … />)`. */
export function drawn<Row>(column: ColDef<Row>, draw: (row: Row) => React.ReactNode): ColDef<Row> {
  return {
    sortable: false,
    ...column,
    cellRenderer: ({ data }: ICellRendererParams<Row>) => (data === undefined ? null : draw(data)),
  }
}

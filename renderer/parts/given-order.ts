/** Columns of a list whose order means something, or that is read page by page: a click on the head must not shuffle it. */
import type { ColDef } from 'ag-grid-community'

export function inGivenOrder<Row>(columns: readonly ColDef<Row>[]): readonly ColDef<Row>[] {
  return columns.map((column) => ({ ...column, sortable: false }))
}

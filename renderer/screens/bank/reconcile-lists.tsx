/** The two lists. The column 建议 numbers what belongs together; the other side's part of the chosen row is tinted and in sight. */
import { useEffect, useMemo, useRef } from 'react'
import type { ColDef, GridApi } from 'ag-grid-community'
import { reconcileText as text } from '../../messages/reconciliation.ts'
import { STYLE_NONCE } from '../../nonce.ts'
import { Grid } from '../../parts/grid.tsx'
import type { BankLine, BookLine, Suggested } from './reconcile-model.ts'
import { SIDE_CLASS, type Side } from './reconcile-place.ts'

type Line = BankLine | BookLine
type Props<Row extends Line> = {
  readonly side: Side
  readonly rows: readonly Row[] | undefined
  /** Between the amount and the suggestion; a constant of the module. */
  readonly columns: readonly ColDef<Row>[]
  readonly suggestions: ReadonlyMap<string, Suggested>
  /** Of the row the other side is on. */
  readonly tinted: readonly string[]
  readonly onReady: (grid: GridApi<Row>) => void
  readonly onTicked: (rows: readonly Row[]) => void
  readonly onCurrent: () => void
  readonly onEnter: () => void
}

const { columns: heads } = text

function mayTick({ state }: Line): boolean {
  return state === 'open'
}

function suggestionText(suggested: Suggested | undefined): string {
  return suggested === undefined ? '' : `#${suggested.number} ${text.scoreOf(suggested.score)}`
}

/** Brings the first suggested row into sight. */
function useInSight<Row>(grid: { readonly current: GridApi<Row> | undefined }, first: string | undefined): void {
  useEffect(() => {
    const row = first === undefined ? undefined : grid.current?.getRowNode(first)?.rowIndex
    if (row != null) grid.current?.ensureIndexVisible(row)
  }, [grid, first])
}

/** By a rule of style: giving rows another class would draw them anew, and a key pressed meanwhile would find no row. */
function tintOf(side: Side, keys: readonly string[]): string {
  return keys.map((key) => `.${SIDE_CLASS[side]} [row-id="${key}"] { background: var(--accent-soft); }`).join('\n')
}

export function SideList<Row extends Line>(props: Props<Row>) {
  const { side, rows, columns, suggestions, tinted, onReady, onTicked, onCurrent, onEnter } = props
  const grid = useRef<GridApi<Row>>(undefined)
  /** Read when a cell is drawn: new columns for each match would make the table work through all its rows. */
  const suggested = useRef(suggestions)
  const all = useMemo<readonly ColDef<Row>[]>(() => [
    { colId: 'date', headerName: heads.date, type: 'date', width: 92, valueGetter: ({ data }) => data?.date },
    { colId: 'amount', headerName: heads.amount, type: 'money', width: 106, valueGetter: ({ data }) => data?.amountFen },
    ...columns,
    {
      colId: 'match', headerName: heads.match, width: 88,
      valueGetter: ({ data }) =>
        data === undefined ? '' : text.lineStates[data.state] || suggestionText(suggested.current.get(String(data.id))),
    },
  ], [columns])
  useEffect(() => {
    suggested.current = suggestions
    grid.current?.refreshCells({ columns: ['match'] })
  }, [suggestions])
  useInSight(grid, tinted[0])
  return (
    <section className={SIDE_CLASS[side]} aria-label={text[side]}>
      <style nonce={STYLE_NONCE}>{tintOf(side, tinted)}</style>
      <h2>{text[side]}</h2>
      <Grid
        label={text[side]}
        columns={all}
        rows={rows}
        rowId={({ id }) => String(id)}
        empty={text.empty[side]}
        mayTick={mayTick}
        onTicked={onTicked}
        onCurrent={onCurrent}
        onOpen={onEnter}
        onReady={(api) => {
          grid.current = api
          onReady(api)
        }}
      />
    </section>
  )
}

export const BANK_COLUMNS: readonly ColDef<BankLine>[] = [
  {
    colId: 'memo', headerName: heads.memo, type: 'text',
    valueGetter: ({ data }) => data === undefined ? '' : [data.memo, data.party].filter((part) => part !== '').join(' · '),
  },
]

export const BOOK_COLUMNS: readonly ColDef<BookLine>[] = [
  { field: 'word', headerName: heads.voucher, width: 72 },
  { field: 'summary', headerName: heads.memo, type: 'text', minWidth: 110 },
]

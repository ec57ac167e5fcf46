/** The two lists. The column 建议 numbers what belongs together; the other side's part of the chosen row is tinted and in sight. */
import { useEffect, useMemo, useRef } from 'react'
import type { ColDef, GridApi } from 'ag-grid-community'
import { reconcileText as text } from '../../messages/reconciliation.ts'
import { Grid } from '../../parts/grid.tsx'
import type { BankLine, BookLine, Suggested, Suggestions } from './reconcile-model.ts'

type SideProps<Row> = {
  readonly rows: readonly Row[] | undefined
  readonly suggestions: Suggestions
  /** Of the row the other side is on. */
  readonly suggestion: Suggested | undefined
  readonly onReady: (grid: GridApi<Row>) => void
  readonly onTicked: (rows: readonly Row[]) => void
  readonly onCurrent: (row: Row) => void
  readonly onEnter: () => void
}

const { columns: heads } = text

function scoreText(suggested: Suggested | undefined): string {
  return suggested === undefined ? '' : `#${suggested.number} ${text.scoreOf(suggested.score)}`
}

function mayTickBank({ state }: BankLine): boolean {
  return state === 'open'
}

function mayTickBook({ state }: BookLine): boolean {
  return state === 'open'
}

/** Brings the first suggested row into sight and redraws the rows in view, whose classes say what is suggested. */
function useTint<Row>(grid: { readonly current: GridApi<Row> | undefined }, first: string | undefined): void {
  useEffect(() => {
    const api = grid.current
    if (api === undefined) return
    const node = first === undefined ? undefined : api.getRowNode(first)
    if (node?.rowIndex != null) api.ensureIndexVisible(node.rowIndex)
    api.redrawRows()
  }, [grid, first])
}

export function BankSide({ rows, suggestions, suggestion, onReady, onTicked, onCurrent, onEnter }: SideProps<BankLine>) {
  const grid = useRef<GridApi<BankLine>>(undefined)
  const { ofBank } = suggestions
  const columns = useMemo<readonly ColDef<BankLine>[]>(() => [
    { field: 'date', headerName: heads.date, type: 'date', width: 92 },
    { field: 'amountFen', headerName: heads.amount, type: 'money', width: 106 },
    {
      headerName: heads.memo, type: 'text',
      valueGetter: ({ data }) => data === undefined ? '' : [data.memo, data.party].filter((part) => part !== '').join(' · '),
    },
    {
      headerName: heads.match, width: 88,
      valueGetter: ({ data }) => data === undefined ? '' : text.lineStates[data.state] || scoreText(ofBank.get(data.id)),
    },
  ], [ofBank])
  const tinted = new Set<number>(suggestion?.lineIds)
  useTint(grid, suggestion?.lineIds[0] === undefined ? undefined : String(suggestion.lineIds[0]))
  return (
    <section className="reconcile-bank" aria-label={text.bank}>
      <h2>{text.bank}</h2>
      <Grid
        label={text.bank}
        columns={columns}
        rows={rows}
        rowId={({ id }) => String(id)}
        empty={text.bankEmpty}
        mayTick={mayTickBank}
        rowClass={({ id }) => (tinted.has(id) ? 'row-suggested' : '')}
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

export function BookSide({ rows, suggestions, suggestion, onReady, onTicked, onCurrent, onEnter }: SideProps<BookLine>) {
  const grid = useRef<GridApi<BookLine>>(undefined)
  const { ofBook } = suggestions
  const columns = useMemo<readonly ColDef<BookLine>[]>(() => [
    { field: 'date', headerName: heads.date, type: 'date', width: 92 },
    { field: 'amountFen', headerName: heads.amount, type: 'money', width: 106 },
    { field: 'word', headerName: heads.voucher, width: 72 },
    { field: 'summary', headerName: heads.memo, type: 'text', minWidth: 110 },
    {
      headerName: heads.match, width: 88,
      valueGetter: ({ data }) => data === undefined ? '' : text.lineStates[data.state] || scoreText(ofBook.get(data.id)),
    },
  ], [ofBook])
  const tinted = new Set(suggestion?.bookIds)
  useTint(grid, suggestion?.bookIds[0])
  return (
    <section className="reconcile-book" aria-label={text.book}>
      <h2>{text.book}</h2>
      <Grid
        label={text.book}
        columns={columns}
        rows={rows}
        rowId={({ id }) => id}
        empty={text.bookEmpty}
        mayTick={mayTickBook}
        rowClass={({ id }) => (tinted.has(id) ? 'row-suggested' : '')}
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

/**
 * Tables. `Grid` holds all rows it is given; `PagedGrid` asks for pages while scrolling, so that a list of a million rows
 * opens at once. Both: arrows walk, Enter opens, Space ticks, and an empty table says what to do next.
 */
import { useMemo, useRef, type FocusEvent, type HTMLAttributes, type KeyboardEvent as Keystroke } from 'react'
import {
  AllCommunityModule,
  ModuleRegistry,
  type CellKeyDownEvent,
  type ColDef,
  type FullWidthCellKeyDownEvent,
  type GridApi,
  type GridOptions,
  type IDatasource,
  type RowSelectionOptions,
} from 'ag-grid-community'
import { AgGridReact } from 'ag-grid-react'
import { partsText } from '../messages/parts.ts'
import { gridText } from './grid-locale.ts'
import { columnTypes, defaultColumn } from './grid-columns.tsx'
import { GRID_THEME } from './grid-theme.ts'
import { STYLE_NONCE } from '../nonce.ts'
import { ROW_HEIGHT } from '../theme.ts'

ModuleRegistry.registerModules([AllCommunityModule])

type Common<Row> = {
  /** What the table shows, for screen readers. */
  readonly label: string
  readonly columns: readonly ColDef<Row>[]
  readonly rowId: (row: Row) => string
  /** Shown when there is nothing: what to do next. */
  readonly empty: string
  /** Enter or double click; `ticked` is what is ticked at that very keystroke, which state set by `onTicked` may lag behind. */
  readonly onOpen?: (row: Row, ticked: readonly Row[]) => void
  /** The row the arrows are on: for a pane beside the list. */
  readonly onCurrent?: (row: Row) => void
  /** `fill` takes the height of its container; a number shows that many rows; `rows` as many as there are. */
  readonly height?: 'fill' | 'rows' | number
  readonly rowClass?: (row: Row) => string
  /** For screens that move focus or ticks between tables themselves. */
  readonly onReady?: (api: GridApi<Row>) => void
}

/** The frame above and below, and the rule under the head. */
const FRAME_HEIGHT = 3

function heightOf(height: 'fill' | 'rows' | number): { height: string } | undefined {
  if (height === 'rows') return undefined
  return { height: height === 'fill' ? '100%' : `${(height + 1) * ROW_HEIGHT + FRAME_HEIGHT}px` }
}

type Ticking<Row> = { readonly onTicked?: (rows: readonly Row[]) => void }

type Held<Row> = { readonly options: GridOptions<Row>; readonly frame: HTMLAttributes<HTMLDivElement> }

/**
 * The table tells of its cursor and its ticks a moment after the key that moved them; a second key pressed in that moment
 * would act on the row before. So the frame around it looks for itself, within the event.
 */
function useGrid<Row>(common: Common<Row> & Ticking<Row>): Held<Row> {
  const { label, columns, rowId, empty, onOpen, onCurrent, onTicked, height = 'fill', rowClass, onReady } = common
  const table = useRef<GridApi<Row>>(null)
  function open(row: Row | undefined, api: GridApi<Row>): void {
    if (row !== undefined) onOpen?.(row, api.getSelectedRows())
  }
  const options: GridOptions<Row> = {
    theme: GRID_THEME,
    styleNonce: STYLE_NONCE,
    localeText: gridText(empty),
    columnTypes: useMemo(() => columnTypes<Row>(), []),
    defaultColDef: useMemo(() => defaultColumn<Row>(), []),
    columnDefs: useMemo(() => [...columns], [columns]),
    getRowId: ({ data }) => rowId(data),
    onGridReady: ({ api }) => {
      table.current = api
      api.setGridAriaProperty('label', label)
      onReady?.(api)
    },
    rowHeight: ROW_HEIGHT,
    headerHeight: ROW_HEIGHT,
    domLayout: height === 'rows' ? 'autoHeight' : 'normal',
    animateRows: false,
    suppressCellFocus: false,
    suppressDragLeaveHidesColumns: true,
    suppressMovableColumns: true,
    enableCellTextSelection: true,
    tooltipShowDelay: 400,
    onRowDoubleClicked: ({ data, api }) => open(data, api),
    onCellKeyDown: (event: CellKeyDownEvent<Row> | FullWidthCellKeyDownEvent<Row>) => {
      const key = event.event
      if (key instanceof KeyboardEvent && key.key === 'Enter' && !key.ctrlKey && 'column' in event) open(event.data, event.api)
    },
    ...(rowClass !== undefined && { getRowClass: ({ data }) => (data === undefined ? undefined : rowClass(data)) }),
  }
  const frame: HTMLAttributes<HTMLDivElement> = {
    className: 'grid',
    style: heightOf(height),
    onFocusCapture: ({ target }: FocusEvent) => {
      const index = target.closest('.ag-row')?.getAttribute('row-index')
      const row = index == null ? undefined : table.current?.getDisplayedRowAtIndex(Number(index))?.data
      if (row !== undefined) onCurrent?.(row)
    },
    onKeyDown: ({ key }: Keystroke) => {
      if (key === ' ') onTicked?.(table.current?.getSelectedRows() ?? [])
    },
  }
  return { options, frame }
}

const TICKING: RowSelectionOptions = { mode: 'multiRow', checkboxes: true, headerCheckbox: true, enableClickSelection: false }

/** Without a tick for all there is a word instead: no head is empty. */
const TICK_COLUMN = { headerName: partsText.tick, width: 56 }

type GridProps<Row> = Common<Row> & {
  /** Undefined while loading. */
  readonly rows: readonly Row[] | undefined
  /** Rows may be ticked; called with what is ticked now. */
  readonly onTicked?: (rows: readonly Row[]) => void
  /** Which rows may be ticked; all when absent. A function of the module, not made anew on each drawing. */
  readonly mayTick?: (row: Row) => boolean
  /** A line of totals that stays at the foot. */
  readonly totals?: Partial<Row>
  /** Every row is found with these words, over all columns. */
  readonly search?: string
}

export function Grid<Row>({ rows, onTicked, mayTick, totals, search, ...common }: GridProps<Row>) {
  const { options, frame } = useGrid({ ...common, ...(onTicked !== undefined && { onTicked }) })
  const isTicking = onTicked !== undefined
  const selection = useMemo<RowSelectionOptions<Row>>(
    () => ({ ...TICKING, isRowSelectable: ({ data }) => data !== undefined && (mayTick?.(data) ?? true) }),
    [mayTick],
  )
  // The same array for the same rows: ticking one of ten thousand must not make the table compare them all.
  const held = useMemo(() => (rows === undefined ? null : [...rows]), [rows])
  return (
    <div {...frame}>
      <AgGridReact<Row>
        {...options}
        rowData={held}
        loading={rows === undefined}
        pinnedBottomRowData={totals === undefined ? [] : [totals]}
        {...(search !== undefined && { quickFilterText: search })}
        {...(isTicking && { rowSelection: selection })}
        onSelectionChanged={({ api }) => onTicked?.(api.getSelectedRows())}
      />
    </div>
  )
}

type PagedGridProps<Row> = Common<Row> & {
  /**
   * The rows after `last` (undefined: from the top), at most `limit`. Fewer than `limit` means the end. Give it a stable
   * identity (useCallback over the filters): a new function reads the list anew.
   */
  readonly page: (last: Row | undefined, limit: number) => Promise<readonly Row[]>
  readonly onError: (error: unknown) => void
  /** Rows may be ticked, one by one: nobody ticks what has not been read yet. */
  readonly onTicked?: (rows: readonly Row[]) => void
  /** As in `Grid`. */
  readonly mayTick?: (row: Row) => boolean
}

const PAGE_ROWS = 100

/** Pages come one after the other, each continuing at the last row of the one before (keyset). */
function datasourceOf<Row>(page: PagedGridProps<Row>['page'], onError: (error: unknown) => void): IDatasource {
  const lastRows = new Map<number, Row>()
  return {
    getRows: (request) => {
      const { startRow, endRow } = request
      page(lastRows.get(startRow), endRow - startRow).then(
        (rows) => {
          const last = rows.at(-1)
          if (last !== undefined) lastRows.set(startRow + rows.length, last)
          request.successCallback([...rows], rows.length < endRow - startRow ? startRow + rows.length : undefined)
        },
        (error: unknown) => {
          onError(error)
          request.failCallback()
        },
      )
    },
  }
}

export function PagedGrid<Row>({ page, onError, onTicked, mayTick, ...common }: PagedGridProps<Row>) {
  const { options, frame } = useGrid({ ...common, ...(onTicked !== undefined && { onTicked }) })
  const isTicking = onTicked !== undefined
  const selection = useMemo<RowSelectionOptions<Row>>(
    () => ({ ...TICKING, headerCheckbox: false, isRowSelectable: ({ data }) => data !== undefined && (mayTick?.(data) ?? true) }),
    [mayTick],
  )
  const datasource = useMemo(() => datasourceOf(page, onError), [page, onError])
  return (
    <div {...frame}>
      <AgGridReact<Row>
        {...options}
        rowModelType="infinite"
        datasource={datasource}
        cacheBlockSize={PAGE_ROWS}
        // One at a time: a page is found through the last row of the one before.
        maxConcurrentDatasourceRequests={1}
        infiniteInitialRowCount={1}
        {...(isTicking && { rowSelection: selection, selectionColumnDef: TICK_COLUMN })}
        onSelectionChanged={({ api }) => onTicked?.(api.getSelectedRows())}
      />
    </div>
  )
}

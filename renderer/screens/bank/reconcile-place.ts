/**
 * Where the clerk is: a row, not a position. Rows leave while she types and the tables tell of a step only after it, so keys
 * ask the tables themselves; after rows have gone, the keys go on from the row she was on, or from the one that took its place.
 */
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import type { GridApi } from 'ag-grid-community'
import type { BankLine, BookLine, MonthTable } from './reconcile-model.ts'

export type Side = 'bank' | 'book'
export type Place = { readonly side: Side; readonly key: string; readonly index: number }
type Grids = { bank?: GridApi<BankLine>; book?: GridApi<BookLine> }

export const SIDE_CLASS: Readonly<Record<Side, string>> = { bank: 'reconcile-bank', book: 'reconcile-book' }

function sideOf(element: Element | null): Side | undefined {
  const sides = ['bank', 'book'] as const
  return sides.find((side) => element?.closest(`.${SIDE_CLASS[side]}`) != null)
}

export function usePlace(table: MonthTable | undefined) {
  const grids = useRef<Grids>({})
  const last = useRef<Place>(undefined)
  const waiting = useRef<(() => void)[]>([])
  /** As drawn. */
  const [place, setPlace] = useState<Place>()

  function placeOf(side: Side): Place | undefined {
    const index = grids.current[side]?.getFocusedCell()?.rowIndex
    const key = index === undefined ? undefined : grids.current[side]?.getDisplayedRowAtIndex(index)?.id
    return index === undefined || key === undefined ? undefined : { side, key, index }
  }

  function enter(side: Side): void {
    last.current = placeOf(side) ?? last.current
    setPlace(last.current)
  }

  /** At this very keystroke. */
  function now(): Place | undefined {
    const side = sideOf(document.activeElement)
    if (side !== undefined) last.current = placeOf(side) ?? last.current
    return last.current
  }

  function focusRow(side: Side, row: number): void {
    const grid = grids.current[side]
    const [column] = grid?.getAllDisplayedColumns() ?? []
    if (grid === undefined || column === undefined || grid.getDisplayedRowCount() === 0) return
    const index = Math.min(row, grid.getDisplayedRowCount() - 1)
    grid.ensureIndexVisible(index)
    grid.setFocusedCell(index, column)
    enter(side)
  }

  function restore(): void {
    const at = last.current
    if (at === undefined) return
    const active = document.activeElement
    // Where a dialog or a button has the keys, it keeps them.
    if (active !== document.body && sideOf(active) === undefined) return
    const row = grids.current[at.side]?.getRowNode(at.key)?.rowIndex ?? at.index
    const focused = placeOf(at.side)
    if (sideOf(active) !== at.side || focused?.index !== row || focused.key !== at.key) focusRow(at.side, row)
  }

  const onRows = useEffectEvent(() => {
    restore()
    for (const resolve of waiting.current.splice(0)) resolve()
  })
  useEffect(() => onRows(), [table])

  return {
    /** The tables themselves, as soon as they stand. */
    grids: () => grids.current,
    hold: (held: Grids) => Object.assign(grids.current, held),
    place, enter, now, focusRow, restore,
    /** Resolves when the rows just taken out are gone from sight and the next row has the keys. */
    rowsGone: () => new Promise<void>((resolve) => waiting.current.push(resolve)),
  }
}

/**
 * Where the certificates of a chain stand in its picture: in rows, each below everything it came from; beside each other where
 * one was split or several run on together. Pure, so that it can be tested without drawing.
 */
export type LayoutLink = { readonly from: number; readonly to: number }

/** Columns are halves of a place, so that a row of two stands in the middle under one. */
export type Place = { readonly id: number; readonly row: number; readonly column: number }

export type ChainLayout = { readonly places: readonly Place[]; readonly rows: number; readonly width: number }

/** Ids oldest first; links among them only, and never in a circle: money goes on in time. */
export function layOutChain(ids: readonly number[], links: readonly LayoutLink[]): ChainLayout {
  const rowOf = new Map<number, number>()
  for (const id of ids) {
    const above = links.filter(({ to }) => to === id).map(({ from }) => rowOf.get(from) ?? -1)
    rowOf.set(id, above.length === 0 ? 0 : Math.max(...above) + 1)
  }
  lowerBeginnings(ids, links, rowOf)
  const rows = Math.max(-1, ...rowOf.values()) + 1
  const inRow = Array.from({ length: rows }, (_, row) => ids.filter((id) => rowOf.get(id) === row))
  const width = Math.max(0, ...inRow.map(({ length }) => length))
  const columnOf = new Map<number, number>()
  const places = inRow.flatMap((members, row) =>
    underTheirParents(members, links, columnOf).map((id, index): Place => {
      const column = (width - members.length) / 2 + index
      columnOf.set(id, column)
      return { id, row, column }
    }))
  return { places, rows, width }
}

/** New money that joins a chain late stands just above what it joined, not at the top of the picture. */
function lowerBeginnings(ids: readonly number[], links: readonly LayoutLink[], rowOf: Map<number, number>): void {
  for (const id of ids.toReversed()) {
    if (links.some(({ to }) => to === id)) continue
    const below = links.filter(({ from }) => from === id).map(({ to }) => rowOf.get(to) ?? 0)
    if (below.length > 0) rowOf.set(id, Math.min(...below) - 1)
  }
}

function underTheirParents(
  members: readonly number[],
  links: readonly LayoutLink[],
  columnOf: ReadonlyMap<number, number>,
): number[] {
  const middle = (id: number): number => {
    const above = links.filter(({ to }) => to === id).map(({ from }) => columnOf.get(from) ?? 0)
    return above.length === 0 ? Number.POSITIVE_INFINITY : above.reduce((sum, column) => sum + column, 0) / above.length
  }
  return members.toSorted((a, b) => {
    const [left, right] = [middle(a), middle(b)]
    return left === right ? a - b : left - right
  })
}

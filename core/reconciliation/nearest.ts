/**
 * Lines by a key, each bucket in order of date. Looking a line up costs a bisection and a handful of neighbours: round amounts
 * repeat by the thousand, and comparing all of them with each other would be quadratic.
 */
type Dated = { readonly day: number; readonly index: number }

export type DatedIndex<Line> = ReadonlyMap<string, readonly Line[]>

export function indexBy<Line extends Dated>(lines: readonly Line[], keyOf: (line: Line) => string | null): DatedIndex<Line> {
  const index = new Map<string, Line[]>()
  for (const one of lines) {
    const key = keyOf(one)
    if (key === null) continue
    const bucket = index.get(key)
    if (bucket === undefined) index.set(key, [one])
    else bucket.push(one)
  }
  for (const bucket of index.values()) bucket.sort((a, b) => a.day - b.day || a.index - b.index)
  return index
}

/** The first place whose day is not before `day`. */
function placeOf(bucket: readonly { readonly day: number }[], day: number): number {
  let low = 0
  let high = bucket.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((bucket[middle]?.day ?? 0) < day) low = middle + 1
    else high = middle
  }
  return low
}

/**
 * At most `most` free lines, nearest day first, within `days`. Taken lines are stepped over, but never more than `reach` of
 * them on either side, so that the cost stays bounded in the densest bucket.
 */
export function nearestIn<Line extends Dated>(
  bucket: readonly Line[] | undefined,
  day: number,
  bounds: { readonly days: number; readonly most: number },
  isFree: (line: Line) => boolean,
): readonly Line[] {
  if (bucket === undefined) return []
  const reach = 4 * bounds.most
  const found: Line[] = []
  let after = placeOf(bucket, day)
  let before = after - 1
  for (let step = 0; step < 2 * reach && found.length < bounds.most; step += 1) {
    const next = bucket[after]
    const previous = bucket[before]
    const toNext = next === undefined ? Infinity : next.day - day
    const toPrevious = previous === undefined ? Infinity : day - previous.day
    if (Math.min(toNext, toPrevious) > bounds.days) break
    const one = toNext <= toPrevious ? next : previous
    if (toNext <= toPrevious) after += 1
    else before -= 1
    if (one !== undefined && isFree(one)) found.push(one)
  }
  return found
}

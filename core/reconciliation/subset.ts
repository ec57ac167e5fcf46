/** Which of a few amounts add up to a target: bounded, because the question itself is exponential. */
export type Sums =
  | { readonly kind: 'none' }
  /** Indexes into the amounts. */
  | { readonly kind: 'unique' | 'several' | 'unproved'; readonly chosen: readonly number[] }

/**
 * `amounts` are all more than zero and whole. `unproved`: a sum was found, but the bound ended the search for a second one.
 */
export function subsetSum(
  amounts: readonly number[],
  target: number,
  bounds: { readonly parts: number; readonly sums: number },
): Sums {
  const order = amounts.map((_, index) => index).sort((a, b) => (amounts[b] ?? 0) - (amounts[a] ?? 0) || a - b)
  const sorted = order.map((index) => amounts[index] ?? 0)
  // What is left from each place on: a branch that cannot reach the target any more is cut.
  const rest = new Array<number>(sorted.length + 1).fill(0)
  for (let place = sorted.length - 1; place >= 0; place -= 1) rest[place] = (rest[place + 1] ?? 0) + (sorted[place] ?? 0)
  const found: (readonly number[])[] = []
  const chosen: number[] = []
  let tried = 0
  const search = (from: number, missing: number): boolean => {
    if (missing === 0) {
      found.push(chosen.map((place) => order[place] ?? 0))
      return found.length > 1
    }
    if (chosen.length === bounds.parts) return false
    for (let place = from; place < sorted.length; place += 1) {
      if ((rest[place] ?? 0) < missing) return false
      const amount = sorted[place] ?? 0
      if (amount > missing) continue
      tried += 1
      if (tried > bounds.sums) return true
      chosen.push(place)
      if (search(place + 1, missing - amount)) return true
      chosen.pop()
    }
    return false
  }
  search(0, target)
  const [first] = found
  if (first === undefined) return { kind: 'none' }
  if (found.length > 1) return { kind: 'several', chosen: first }
  return { kind: tried > bounds.sums ? 'unproved' : 'unique', chosen: first }
}

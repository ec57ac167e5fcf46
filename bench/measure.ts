/** Timing on a shared machine: medians, and both sides of a ratio taken in turn, so that a slow moment hits both. */

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle]
  if (upper === undefined) throw new Error('a median of nothing')
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2
}

export function milliseconds(work: () => void): number {
  const start = performance.now()
  work()
  return performance.now() - start
}

export async function millisecondsOf(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

export type Pair = { readonly ours: number; readonly other: number }

/** Runs the two in turn, changing who goes first; medians in milliseconds per call. */
export function inTurn(rounds: number, ours: () => number, other: () => number): Pair {
  const times: { ours: number[]; other: number[] } = { ours: [], other: [] }
  for (let round = 0; round < rounds; round += 1) {
    const sides = round % 2 === 0 ? (['ours', 'other'] as const) : (['other', 'ours'] as const)
    for (const side of sides) times[side].push(side === 'ours' ? ours() : other())
  }
  return { ours: median(times.ours), other: median(times.other) }
}

/** One line of the table. `within` null: recorded, no bound in the issue. */
export type Measure = {
  readonly topic: string
  readonly what: string
  readonly measured: string
  readonly bound: string
  readonly within: boolean | null
  /** The medians behind the ratio. */
  readonly medians: string
}

export function ms(value: number): string {
  return value >= 100 ? `${value.toFixed(0)} ms` : value >= 10 ? `${value.toFixed(1)} ms` : `${value.toFixed(3)} ms`
}

export function times(ratio: number): string {
  return `${ratio.toFixed(2)}×`
}

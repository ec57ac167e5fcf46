/** The thread that searches: HiGHS answers synchronously and may take seconds. Started by placement-solver.ts only. */
import { parentPort, workerData } from 'node:worker_threads'
import loadHighs from 'highs'

export type SolverQuestion = { readonly text: string; readonly seconds: number }

/** `isBest`: proved; otherwise the best found within the time. */
export type SolverAnswer =
  | { readonly kind: 'found'; readonly isBest: boolean; readonly columns: readonly (readonly [string, number])[] }
  | { readonly kind: 'nothing'; readonly status: string }

/** A column has a value only where the solver found a solution. */
function columnsOf(columns: Readonly<Record<string, object>>): readonly (readonly [string, number])[] {
  return Object.entries(columns).flatMap(([name, column]) =>
    'Primal' in column && typeof column.Primal === 'number' ? [[name, column.Primal] as const] : [])
}

function isQuestion(data: unknown): data is SolverQuestion {
  return typeof data === 'object' && data !== null && 'text' in data && 'seconds' in data
}

async function answer({ text, seconds }: SolverQuestion): Promise<SolverAnswer> {
  const highs = await loadHighs()
  const solution = highs.solve(text, {
    output_flag: false, time_limit: seconds, mip_rel_gap: 0, mip_abs_gap: 0, random_seed: 0, threads: 1,
  })
  const columns = columnsOf(solution.Columns)
  const isBest = solution.Status === 'Optimal'
  const isFound = isBest || (solution.Status === 'Time limit reached' && columns.length > 0)
  if (!isFound) return { kind: 'nothing', status: solution.Status }
  return { kind: 'found', isBest, columns }
}

const port = parentPort
if (port === null) throw new Error('placement-worker.ts runs as a worker thread')
const data: unknown = workerData
if (!isQuestion(data)) throw new Error('placement-worker.ts is started with a question')
port.postMessage(await answer(data))

/** Finds the best placement off the thread that answers the screens. */
import { Worker } from 'node:worker_threads'
import {
  refuseBadInput, uncoveredNeeds, type PlacementInput, type PlacementLots, type Uncovered,
} from '#core/placing/placement-plan.ts'
import { lotsOf, programmeOf, SEARCH_SECONDS } from '#core/placing/placement-programme.ts'
import { outcomeOf, type PlacementOutcome } from '#core/placing/placement-outcome.ts'
import type { SolverAnswer, SolverQuestion } from './placement-worker.ts'

export type PlacementAnswer =
  /** Which needs cannot be met, even with everything left on demand. */
  | { readonly kind: 'uncovered'; readonly uncovered: readonly Uncovered[] }
  /** `isBest`: proved to earn the most; otherwise the best found in the time given. */
  | { readonly kind: 'plan'; readonly lots: PlacementLots; readonly isBest: boolean; readonly outcome: PlacementOutcome }

/** Throws `placement.input`; the signal's reason when cancelled. */
export async function solvePlacement(input: PlacementInput, signal?: AbortSignal): Promise<PlacementAnswer> {
  refuseBadInput(input)
  const uncovered = uncoveredNeeds(input)
  if (uncovered.length > 0) return { kind: 'uncovered', uncovered }
  const { text } = programmeOf(input)
  if (text === null) {
    const lots = input.offers.map(() => 0)
    return { kind: 'plan', lots, isBest: true, outcome: outcomeOf(input, lots) }
  }
  const answer = await ask({ text, seconds: SEARCH_SECONDS }, signal)
  if (answer.kind === 'nothing') throw new Error(`no placement found: ${answer.status}`)
  const lots = lotsOf(input, new Map(answer.columns))
  return { kind: 'plan', lots, isBest: answer.isBest, outcome: outcomeOf(input, lots) }
}

/** One thread per question: it is asked a few times a month, and ending the thread is how a search is cancelled. */
function ask(question: SolverQuestion, signal: AbortSignal | undefined): Promise<SolverAnswer> {
  signal?.throwIfAborted()
  const { promise, resolve, reject } = Promise.withResolvers<SolverAnswer>()
  const worker = new Worker(new URL('./placement-worker.ts', import.meta.url), { workerData: question })
  worker.once('message', resolve)
  worker.once('error', reject)
  worker.once('exit', (code) => reject(new Error(`the search ended with code ${code}`)))
  const cancel = (): void => {
    const reason: unknown = signal?.reason
    reject(reason instanceof Error ? reason : new Error(String(reason)))
  }
  signal?.addEventListener('abort', cancel, { once: true })
  return promise.finally(() => {
    signal?.removeEventListener('abort', cancel)
    void worker.terminate()
  })
}

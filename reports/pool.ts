/**
 * Draws PDFs off the thread that answers the screens: 3,000 rows block for seconds. One or two workers, each one job at a
 * time, the rest waits in order. Cancelling a running job ends its worker; the next job starts a new one.
 */
import { Worker } from 'node:worker_threads'
import { Problem } from '#core/problem.ts'
import type { RenderJob } from './job.ts'
import type { WorkerAnswer, WorkerRequest } from './worker.ts'

export type RenderPool = {
  /** @throws Problem when the paper is refused (`print.glyph`); the signal's reason when cancelled. */
  readonly renderPdf: (
    job: RenderJob,
    options?: { readonly signal?: AbortSignal | undefined },
  ) => Promise<Uint8Array<ArrayBuffer>>
  /** Ends the workers; waiting and running jobs are refused. */
  readonly close: () => Promise<void>
}

type Task = {
  readonly request: WorkerRequest
  readonly settle: (outcome: { readonly pdf: Uint8Array<ArrayBuffer> } | { readonly error: Error }) => void
}

type Seat = { worker: Worker | null; task: Task | null }

function abortReason(signal: AbortSignal): Error {
  const reason: unknown = signal.reason
  return reason instanceof Error ? reason : new Error(String(reason))
}

/**
 * `size` 1 or 2 on office machines. `workerEntry` is the drawing thread's file: the source here, the bundled file in the
 * packaged app. Idle workers do not keep the process alive.
 */
export function createRenderPool(options: { readonly size?: number; readonly workerEntry?: URL } = {}): RenderPool {
  const entry = options.workerEntry ?? new URL('./worker.ts', import.meta.url)
  const seats = Array.from({ length: options.size ?? 1 }, (): Seat => ({ worker: null, task: null }))
  const queue: Task[] = []
  let nextId = 1
  let closed = false

  function finish(seat: Seat, outcome: Parameters<Task['settle']>[0]): void {
    const task = seat.task
    seat.task = null
    seat.worker?.unref()
    task?.settle(outcome)
    next()
  }

  function hire(seat: Seat): Worker {
    const worker = new Worker(entry)
    seat.worker = worker
    worker.on('message', (answer: WorkerAnswer) => {
      if (seat.worker !== worker || seat.task?.request.id !== answer.id) return
      if (answer.kind === 'done') finish(seat, { pdf: answer.pdf })
      else finish(seat, { error: answer.kind === 'refused' ? new Problem(answer.problem) : answer.error })
    })
    // A worker that dies (memory, a missing font file) takes its job with it, not the queue.
    const lost = (error: Error): void => {
      if (seat.worker !== worker) return
      seat.worker = null
      finish(seat, { error })
    }
    worker.on('error', lost)
    worker.on('exit', (code) => {
      lost(new Error(`drawing thread ended with code ${code}`))
    })
    return worker
  }

  function next(): void {
    for (const seat of seats) {
      if (seat.task !== null) continue
      const task = queue.shift()
      if (task === undefined) return
      seat.task = task
      const worker = seat.worker ?? hire(seat)
      worker.ref()
      worker.postMessage(task.request)
    }
  }

  async function dismiss(seat: Seat, error: Error): Promise<void> {
    const worker = seat.worker
    // Cleared first, so that the worker's own exit is not taken for a crash.
    seat.worker = null
    finish(seat, { error })
    await worker?.terminate()
  }

  function cancel(id: number, reason: Error): void {
    const waiting = queue.findIndex((task) => task.request.id === id)
    if (waiting >= 0) {
      queue.splice(waiting, 1)[0]?.settle({ error: reason })
      return
    }
    const seat = seats.find((candidate) => candidate.task?.request.id === id)
    if (seat !== undefined) void dismiss(seat, reason)
  }

  return {
    renderPdf(job, { signal } = {}) {
      return new Promise((resolve, reject) => {
        if (closed) return reject(new Error('the render pool is closed'))
        if (signal?.aborted === true) return reject(abortReason(signal))
        const id = nextId
        nextId += 1
        const onAbort = (): void => {
          if (signal !== undefined) cancel(id, abortReason(signal))
        }
        signal?.addEventListener('abort', onAbort, { once: true })
        queue.push({
          request: { id, job },
          settle: (outcome) => {
            signal?.removeEventListener('abort', onAbort)
            if ('pdf' in outcome) resolve(outcome.pdf)
            else reject(outcome.error)
          },
        })
        next()
      })
    },
    async close() {
      closed = true
      const reason = new Error('the render pool is closed')
      for (const task of queue.splice(0)) task.settle({ error: reason })
      await Promise.all(seats.map((seat) => dismiss(seat, reason)))
    },
  }
}

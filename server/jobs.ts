/**
 * Long actions (imports, batch notices, verify, backup): start, poll, cancel, fetch the result. A job shares the one
 * thread with the API, so it works in short steps and lets waiting requests through between them (`breathe`).
 */
import { randomUUID } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import { Problem, type ProblemDetails } from '#core/problem.ts'
import type { UserId } from '#core/id.ts'
import { instantOf, type Clock } from '#services/clock.ts'
import { failureOf, type Log } from './failure.ts'

/** What every finished job can show in one dialog: a sentence, documents to open, and a table of what happened where. */
export type JobResult = {
  readonly summary: string
  readonly documents: readonly { readonly id: string; readonly name: string }[]
  readonly rows: readonly {
    readonly label: string
    readonly state: 'done' | 'missing' | 'failed'
    readonly note: string
  }[]
  /** The record to open next (an import batch, a notice version), where there is one. */
  readonly reference: number | null
}

export type JobProgress = { readonly done: number; readonly total: number; readonly label: string }

export type JobSteps = {
  readonly signal: AbortSignal
  /** Reports and lets waiting requests through. Throws when the job was cancelled: call it between whole transactions. */
  readonly breathe: (progress?: JobProgress) => Promise<void>
}

export type JobStatus = {
  readonly id: string
  readonly name: string
  readonly state: 'running' | 'done' | 'failed' | 'cancelled'
  readonly progress: JobProgress
  readonly result: JobResult | null
  readonly problem: ProblemDetails | null
}

export type JobTable = {
  readonly start: (job: {
    readonly name: string
    readonly userId: UserId
    readonly run: (steps: JobSteps) => Promise<JobResult>
  }) => { readonly jobId: string }
  /** Errors: `job.unknown` (also for another person's job). */
  readonly status: (userId: UserId, jobId: string) => JobStatus
  readonly list: (userId: UserId) => readonly JobStatus[]
  readonly cancel: (userId: UserId, jobId: string) => void
  /** Cancels everything and waits until the last step has ended; the ledger may be closed afterwards. */
  readonly close: () => Promise<void>
}

/** How long a result waits after it was fetched (an answer may get lost), and when nobody fetches it. */
const KEPT_AFTER_FETCH = 5 * 60_000
const KEPT_UNFETCHED = 60 * 60_000

type Entry = {
  readonly userId: UserId
  readonly cancel: AbortController
  readonly finished: Promise<unknown>
  status: JobStatus
  forgetAt: number | undefined
}

export function createJobTable(clock: Clock, log: Log): JobTable {
  const entries = new Map<string, Entry>()
  let isClosing = false

  function forgetOld(): void {
    const now = instantOf(clock)
    for (const [id, entry] of entries) if (entry.forgetAt !== undefined && entry.forgetAt <= now) entries.delete(id)
  }

  function ownEntry(userId: UserId, jobId: string): Entry {
    forgetOld()
    const entry = entries.get(jobId)
    if (entry?.userId === userId) return entry
    throw new Problem({ code: 'job.unknown', message: '没有这个任务：它可能已经结束并被清理，请重新开始。' })
  }

  async function carryOut(id: string, run: (steps: JobSteps) => Promise<JobResult>, signal: AbortSignal): Promise<void> {
    function update(change: Partial<JobStatus>): void {
      const entry = entries.get(id)
      if (entry !== undefined) entry.status = { ...entry.status, ...change }
    }
    const breathe = async (progress?: JobProgress): Promise<void> => {
      if (progress !== undefined) update({ progress })
      await setImmediate()
      signal.throwIfAborted()
    }
    try {
      // The answer with the job's id goes out before its first step.
      await breathe()
      update({ state: 'done', result: await run({ signal, breathe }) })
    } catch (error) {
      if (signal.aborted) update({ state: 'cancelled' })
      else update({ state: 'failed', problem: failureOf(error, log).problem })
    }
    const entry = entries.get(id)
    if (entry !== undefined) entry.forgetAt = instantOf(clock) + KEPT_UNFETCHED
  }

  return {
    start: ({ name, userId, run }) => {
      if (isClosing) throw new Problem({ code: 'job.closing', message: '明账正在关闭，不能开始新任务。' })
      forgetOld()
      const id = randomUUID()
      const cancel = new AbortController()
      const finished = Promise.withResolvers<null>()
      entries.set(id, {
        userId,
        cancel,
        finished: finished.promise,
        status: { id, name, state: 'running', progress: { done: 0, total: 0, label: '' }, result: null, problem: null },
        forgetAt: undefined,
      })
      void carryOut(id, run, cancel.signal).then(() => finished.resolve(null))
      return { jobId: id }
    },
    status: (userId, jobId) => {
      const entry = ownEntry(userId, jobId)
      if (entry.forgetAt !== undefined) {
        entry.forgetAt = Math.min(entry.forgetAt, instantOf(clock) + KEPT_AFTER_FETCH)
      }
      return entry.status
    },
    list: (userId) => {
      forgetOld()
      return [...entries.values()].filter((entry) => entry.userId === userId).map((entry) => entry.status)
    },
    cancel: (userId, jobId) => ownEntry(userId, jobId).cancel.abort(),
    close: async () => {
      isClosing = true
      for (const entry of entries.values()) entry.cancel.abort()
      await Promise.all([...entries.values()].map((entry) => entry.finished))
    },
  }
}

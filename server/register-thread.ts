/** Runs `register-worker.ts` for one file: shows how far it is, and ends it when the job is cancelled. */
import { setTimeout } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { Problem } from '#core/problem.ts'
import type { RegisterOptions } from '#core/register/read.ts'
import type { RegisterReading } from '#core/register/register.ts'
import type { JobProgress, JobSteps } from './jobs.ts'
import type { RegisterAnswer, RegisterRequest } from './register-worker.ts'

const POLL_MILLISECONDS = 100

/** Throws what the reader refuses the whole file for, and the job's cancellation. */
export async function readRegisterAside(path: string, options: RegisterOptions, steps: JobSteps): Promise<RegisterReading> {
  const worker = new Worker(new URL('./register-worker.ts', import.meta.url))
  let progress: JobProgress = { done: 0, total: 0, label: '读取楼盘表' }
  const outcome = new Promise<RegisterReading>((resolve, reject) => {
    worker.on('message', (answer: RegisterAnswer) => {
      if (answer.kind === 'progress') progress = { ...answer.progress, label: '读取楼盘表' }
      else if (answer.kind === 'done') resolve(answer.reading)
      else reject(new Problem(answer.problem))
    })
    worker.on('error', reject)
    worker.on('exit', () => reject(new Error('the reading thread ended early')))
  })
  worker.postMessage({ path, options } satisfies RegisterRequest)
  // Handled below; until then a refusal must not count as unhandled.
  outcome.catch(() => undefined)
  try {
    for (;;) {
      // Throws when cancelled.
      await steps.breathe(progress)
      const waited = await Promise.race([outcome, setTimeout(POLL_MILLISECONDS, null)])
      if (waited !== null) return waited
    }
  } finally {
    await worker.terminate()
  }
}

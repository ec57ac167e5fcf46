/** One drawing thread: takes a job, answers with the PDF's bytes or the refusal. Started by `pool.ts` only. */
import { parentPort } from 'node:worker_threads'
import { Problem, type ProblemDetails } from '#core/problem.ts'
import { paperOf, type RenderJob } from './job.ts'
import { renderPaper } from './render.ts'

export type WorkerRequest = { readonly id: number; readonly job: RenderJob }

/** A `Problem` loses its class on the way between threads, so its details travel. */
export type WorkerAnswer =
  | { readonly id: number; readonly kind: 'done'; readonly pdf: Uint8Array<ArrayBuffer> }
  | { readonly id: number; readonly kind: 'refused'; readonly problem: ProblemDetails }
  | { readonly id: number; readonly kind: 'failed'; readonly error: Error }

async function answer({ id, job }: WorkerRequest): Promise<WorkerAnswer> {
  try {
    const pdf = await renderPaper(paperOf(job))
    // A copy of exact size: the drawn bytes may sit in a larger shared buffer, which must not be moved away.
    return { id, kind: 'done', pdf: Uint8Array.from(pdf) }
  } catch (error) {
    if (error instanceof Problem) {
      const { code, message, field, row } = error
      const problem = { code, message, ...(field === undefined ? {} : { field }), ...(row === undefined ? {} : { row }) }
      return { id, kind: 'refused', problem }
    }
    return { id, kind: 'failed', error: error instanceof Error ? error : new Error(String(error)) }
  }
}

const port = parentPort
if (port === null) throw new Error('reports/worker.ts runs as a worker thread')
port.on('message', (request: WorkerRequest) => {
  void answer(request).then((reply) => {
    port.postMessage(reply, reply.kind === 'done' ? [reply.pdf.buffer] : [])
  })
})

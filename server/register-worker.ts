/** A thread that reads one property register: a workbook of 100,000 rows takes seconds that the screens must not wait for. */
import { readFileSync } from 'node:fs'
import { parentPort } from 'node:worker_threads'
import { Problem, type ProblemDetails } from '#core/problem.ts'
import { registerSteps, type RegisterOptions, type RegisterProgress } from '#core/register/read.ts'
import type { RegisterReading } from '#core/register/register.ts'

export type RegisterRequest = { readonly path: string; readonly options: RegisterOptions }

/** A `Problem` loses its class on the way between threads, so its details travel. */
export type RegisterAnswer =
  | { readonly kind: 'progress'; readonly progress: RegisterProgress }
  | { readonly kind: 'done'; readonly reading: RegisterReading }
  | { readonly kind: 'refused'; readonly problem: ProblemDetails }

const port = parentPort
if (port === null) throw new Error('server/register-worker.ts runs as a worker thread')

function send(answer: RegisterAnswer): void {
  port?.postMessage(answer)
}

function readAll({ path, options }: RegisterRequest): void {
  try {
    const steps = registerSteps(readFileSync(path), options)
    for (;;) {
      const step = steps.next()
      if (step.done === true) return send({ kind: 'done', reading: step.value })
      send({ kind: 'progress', progress: step.value })
    }
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    const { code, message, field, row } = error
    const where = { ...(field !== undefined && { field }), ...(row !== undefined && { row }) }
    send({ kind: 'refused', problem: { code, message, ...where } })
  }
}

port.on('message', (request: RegisterRequest) => readAll(request))

/**
 * The whole office's notices of a quarter in one go: drawn, asked for, or published. One complex after the other, one
 * drawing thread: two documents are never in memory together, so 410 complexes take what one takes.
 */
import type { Quarter } from '#core/calendar.ts'
import type { ComplexId } from '#core/id.ts'
import { Problem } from '#core/problem.ts'
import { listComplexes, type Complex } from '#services/register/complex.ts'
import type { ServiceContext } from '#services/context.ts'
import { draftDisclosure, requestDisclosure } from '#services/disclosure/disclosure.ts'
import { openRequest } from '#services/disclosure/disclosure-request.ts'
import { latestNotice } from '#services/disclosure/disclosure-version.ts'
import { drawNotice, publishWithPaper, type DrawnNotice, type NoticeGround } from './disclosure.ts'
import type { JobProgress, JobResult, JobSteps } from './jobs.ts'
import type { Staging } from './staging.ts'

export type BatchRow = JobResult['rows'][number] & { readonly complexId: ComplexId }
type Outcome = Pick<BatchRow, 'state' | 'note'>

export type BatchSteps = {
  readonly signal?: AbortSignal | undefined
  /** Called before each complex; throws to stop between two of them. */
  readonly breathe: (progress: JobProgress) => Promise<void>
}

function labelOf(complex: Complex): string {
  return `${complex.code} ${complex.name}`
}

/** What is missing, in one line of the table; the complex's own page says it all. */
function missing(obstacles: readonly string[]): Outcome {
  return { state: 'missing', note: `缺 ${obstacles.length} 项：${obstacles.join('；')}` }
}

/**
 * `work` per complex in service, in the order of their codes. A complex that fails with a `Problem` becomes a row of the
 * table and does not stop the others; anything else, and a cancel, ends the batch.
 */
async function forEachComplex(
  complexes: readonly Complex[],
  steps: BatchSteps,
  work: (complex: Complex) => Promise<Outcome> | Outcome,
): Promise<readonly BatchRow[]> {
  const rows: BatchRow[] = []
  for (const [index, complex] of complexes.entries()) {
    await steps.breathe({ done: index, total: complexes.length, label: labelOf(complex) })
    const row = { complexId: complex.id, label: labelOf(complex) }
    try {
      rows.push({ ...row, ...(await work(complex)) })
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      rows.push({ ...row, state: 'failed', note: error.message })
    }
  }
  return rows
}

function inService(ledger: NoticeGround['ledger']): readonly Complex[] {
  return listComplexes(ledger).filter((complex) => complex.state === 'active')
}

/** `take` receives each document as it is drawn and keeps it (a folder, the staging), so that none is held here. */
export function drawNotices(
  ground: NoticeGround,
  quarter: Quarter,
  steps: BatchSteps,
  take: (complex: Complex, drawn: DrawnNotice) => Promise<void>,
): Promise<readonly BatchRow[]> {
  return forEachComplex(inService(ground.ledger), steps, async (complex) => {
    const drawn = await drawNotice(ground, complex.id, quarter, steps.signal)
    await take(complex, drawn)
    if (drawn.published !== null) {
      return { state: 'done', note: `第 ${drawn.published.version} 版，${drawn.published.publishedOn} 公示` }
    }
    return drawn.obstacles.length === 0 ? { state: 'done', note: '预览稿，可以报请公示' } : missing(drawn.obstacles)
  })
}

/** A preparer asks for every complex that has nothing in its way and was neither asked for nor published. */
export function requestNotices(context: ServiceContext, quarter: Quarter, steps: BatchSteps): Promise<readonly BatchRow[]> {
  const { ledger, clock } = context
  return forEachComplex(inService(ledger), steps, (complex) => {
    const published = latestNotice(ledger, complex.id, quarter)
    if (published !== null) return { state: 'done', note: `已公示第 ${published.version} 版` }
    if (openRequest(ledger, complex.id, quarter) !== null) return { state: 'done', note: '已报请，待公示' }
    const { obstacles } = draftDisclosure(ledger, clock, complex.id, quarter)
    if (obstacles.length > 0) return missing(obstacles)
    requestDisclosure(context, { complexId: complex.id, quarter })
    return { state: 'done', note: '已报请公示' }
  })
}

/** The second person publishes every open request that another asked for. */
export function publishNotices(
  context: ServiceContext & NoticeGround,
  quarter: Quarter,
  steps: BatchSteps,
): Promise<readonly BatchRow[]> {
  const { ledger, clock } = context
  return forEachComplex(inService(ledger), steps, async (complex) => {
    const request = openRequest(ledger, complex.id, quarter)
    if (request !== null) {
      await publishWithPaper(context, context.renderPool, request.id, steps.signal)
      return { state: 'done', note: `已公示第 ${request.version} 版` }
    }
    const published = latestNotice(ledger, complex.id, quarter)
    if (published !== null) return { state: 'done', note: `此前已公示第 ${published.version} 版` }
    const { obstacles } = draftDisclosure(ledger, clock, complex.id, quarter)
    return obstacles.length > 0 ? missing(obstacles) : { state: 'missing', note: '还没有人报请公示' }
  })
}

export type BatchAction = 'draw' | 'request' | 'publish'

const DONE_TEXT: Readonly<Record<BatchAction, string>> = { draw: '公示表已生成', request: '已报请公示', publish: '已公示' }

function summaryOf(action: BatchAction, rows: readonly BatchRow[]): string {
  const count = (state: BatchRow['state']): number => rows.filter((row) => row.state === state).length
  const rest = [
    ...(count('missing') > 0 ? [`${count('missing')} 个缺资料`] : []),
    ...(count('failed') > 0 ? [`${count('failed')} 个没有办成`] : []),
  ]
  return `${DONE_TEXT[action]}：${rows.length} 个小区中 ${count('done')} 个完成${rest.map((text) => `，${text}`).join('')}。`
}

/** The batch as a job of the page: documents in the staging, what is missing where in the table. */
export async function noticeBatchJob(
  context: ServiceContext & NoticeGround & { readonly staging: Staging },
  action: BatchAction,
  quarter: Quarter,
  steps: JobSteps,
): Promise<JobResult> {
  const documents: JobResult['documents'][number][] = []
  const run = (): Promise<readonly BatchRow[]> => {
    if (action === 'request') return requestNotices(context, quarter, steps)
    if (action === 'publish') return publishNotices(context, quarter, steps)
    return drawNotices(context, quarter, steps, async (complex, { name, bytes }) => {
      const file = { name: `${complex.name} ${name}`, mediaType: 'application/pdf', bytes }
      const { token } = await context.staging.putDocument(context.actor.userId, file)
      documents.push({ id: token, name: file.name })
    })
  }
  const rows = await run()
  return {
    summary: summaryOf(action, rows),
    documents,
    rows: rows.map(({ label, state, note }) => ({ label, state, note })),
    reference: null,
  }
}

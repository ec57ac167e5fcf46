/** The batch review of repairs as a job of the page: how far it is, a cancel between two jobs, and what became of each. */
import { batchLines, checkEngineeringEach, type BatchCheck } from '#services/repair/repair-batch.ts'
import type { ServiceContext } from '#services/context.ts'
import type { JobResult, JobSteps } from './jobs.ts'

export async function repairBatchJob(
  context: ServiceContext, checks: readonly BatchCheck[], steps: Pick<JobSteps, 'breathe'>,
): Promise<JobResult> {
  const labels = batchLines(context, checks.map(({ id }) => id)).map(({ number, title }) => `${number} ${title}`)
  const rows: JobResult['rows'][number][] = []
  const report = () => steps.breathe({ done: rows.length, total: checks.length, label: labels[rows.length] ?? '' })
  await report()
  for (const { refusal } of checkEngineeringEach(context, checks)) {
    const label = labels[rows.length] ?? ''
    rows.push({ label, state: refusal === null ? 'done' : 'failed', note: refusal ?? '复审通过' })
    await report()
  }
  const passed = rows.filter(({ state }) => state === 'done').length
  const rest = rows.length - passed
  return {
    summary: `${rows.length} 项中 ${passed} 项复审通过${rest === 0 ? '。' : `，${rest} 项未办：原因见下表，办妥后再审。`}`,
    documents: [],
    rows,
    reference: null,
  }
}

/** Crediting gains complex by complex: a draft each, so that cancelling leaves whole vouchers and nothing half done. */
import type { BusinessDate } from '#core/calendar.ts'
import type { ComplexId } from '#core/id.ts'
import { formatYuan } from '#core/money.ts'
import { Problem } from '#core/problem.ts'
import { listComplexes } from '#services/register/complex.ts'
import type { ServiceContext } from '#services/context.ts'
import { prepareGain, type GainRequest } from '#services/household/gain.ts'
import { subLedgerBook } from '#services/household/household-account.ts'
import type { JobResult, JobSteps } from './jobs.ts'

export type GainJob = Omit<GainRequest, 'complexId'> & {
  /** Null: every complex that keeps a sub-ledger. */
  readonly complexId: ComplexId | null
  readonly date: BusinessDate
}

export async function gainJob(context: ServiceContext, { complexId, ...request }: GainJob, steps: JobSteps): Promise<JobResult> {
  const chosen = listComplexes(context.ledger)
    .filter(({ id }) => (complexId === null ? subLedgerBook(context.ledger, id) !== null : id === complexId))
  const rows: JobResult['rows'][number][] = []
  let drafts = 0
  for (const [index, { id, name }] of chosen.entries()) {
    await steps.breathe({ done: index, total: chosen.length, label: name })
    try {
      const { preview } = prepareGain(context, { ...request, complexId: id })
      drafts += 1
      rows.push({ label: name, state: 'done', note: `${formatYuan(preview.totalFen)} 元，${preview.rows.length} 户` })
    } catch (error) {
      // One complex alone says why at once; of many, the others go on.
      if (!(error instanceof Problem) || complexId !== null) throw error
      rows.push({ label: name, state: 'missing', note: error.message })
    }
  }
  return { summary: `已生成 ${drafts} 张凭证草稿，请审核、记账。`, documents: [], rows, reference: null }
}

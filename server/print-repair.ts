/** The jobs that draw a repair's papers, one PDF a sheet. */
import type { RepairId } from '#core/id.ts'
import type { PrintedPaper } from '#core/repair/printed-papers.ts'
import type { RepairSheet } from '#reports/repair-sheet.ts'
import type { JobResult, JobSteps } from './jobs.ts'
import type { PrintContext } from './print.ts'
import { drawSheet, repairSheets } from './repair-paper.ts'

async function drawSheets(context: PrintContext, sheets: readonly RepairSheet[], steps: JobSteps): Promise<JobResult> {
  const documents: JobResult['documents'][number][] = []
  for (const [index, model] of sheets.entries()) {
    await steps.breathe({ done: index, total: sheets.length, label: `${model.title} ${model.number}` })
    const bytes = await context.renderPool.renderPdf({ kind: 'repairSheet', model }, { signal: steps.signal })
    const isOneOfSeveral = sheets.filter(({ title }) => title === model.title).length > 1
    const name = `${model.title} ${model.number}${isOneOfSeveral ? ` ${index + 1}` : ''}.pdf`
    const { token } = await context.staging.putDocument(context.actor.userId, { name, mediaType: 'application/pdf', bytes })
    documents.push({ id: token, name })
  }
  return { summary: `已生成 ${documents.length} 份。`, documents, rows: [], reference: null }
}

export async function printRepairJob(
  context: PrintContext, { id, papers }: { readonly id: RepairId; readonly papers: readonly PrintedPaper[] }, steps: JobSteps,
): Promise<JobResult> {
  const sheets = await Promise.all(papers.map((paper) => repairSheets(context, id, paper, context.actor.name)))
  return drawSheets(context, sheets.flat(), steps)
}

export function printDrawJob(context: PrintContext, drawId: number, steps: JobSteps): Promise<JobResult> {
  return drawSheets(context, [drawSheet(context, drawId, context.actor.name)], steps)
}

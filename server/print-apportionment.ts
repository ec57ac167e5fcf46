/** The papers of an apportionment sheet, as PDF and, for the list, as a spreadsheet. */
import type { ApportionmentId } from '#core/id.ts'
import {
  apportionmentList, collectionNotice, ownerOpinionSheet, type ApportionmentPaperModel,
} from '#reports/apportionment.ts'
import type { TableDocument } from '#reports/table-document.ts'
import { apportionmentOf } from '#services/household/apportionment.ts'
import { complexOf } from '#services/register/complex.ts'
import type { ServiceContext } from '#services/context.ts'
import { officeName } from '#services/office.ts'
import type { JobResult, JobSteps } from './jobs.ts'
import type { PrintContext } from './print.ts'

export const APPORTIONMENT_PAPERS = ['list', 'opinions', 'notice'] as const
export type ApportionmentPaper = (typeof APPORTIONMENT_PAPERS)[number]

const DRAWN: Readonly<Record<ApportionmentPaper, (model: ApportionmentPaperModel) => TableDocument>> = {
  list: apportionmentList, opinions: ownerOpinionSheet, notice: collectionNotice,
}

export function apportionmentModel(
  { ledger, clock }: Pick<ServiceContext, 'ledger' | 'clock'>, id: ApportionmentId, printedBy: string,
): ApportionmentPaperModel {
  const { rows, purpose, ...sheet } = apportionmentOf(ledger, id)
  return {
    ...sheet, drawsOnAccounts: purpose === 'plan' || purpose === 'repair', office: officeName(ledger) ?? '',
    complex: complexOf(ledger, sheet.complexId).name, printedOn: clock.today(), printedBy,
    rows: rows.map(({ held, drawn, ...row }) => ({ ...row, heldFen: held.totalFen, drawnFen: drawn.totalFen })),
  }
}

export async function printApportionmentJob(
  context: PrintContext, { id, papers }: { readonly id: ApportionmentId; readonly papers: readonly ApportionmentPaper[] },
  steps: JobSteps,
): Promise<JobResult> {
  const model = apportionmentModel(context, id, context.actor.name)
  const documents: JobResult['documents'][number][] = []
  for (const [index, paper] of papers.entries()) {
    const document = DRAWN[paper](model)
    await steps.breathe({ done: index, total: papers.length, label: document.title })
    const bytes = await context.renderPool.renderPdf({ kind: 'table', model: document }, { signal: steps.signal })
    const name = `${document.title} ${model.complex} ${model.title}.pdf`
    const { token } = await context.staging.putDocument(context.actor.userId, { name, mediaType: 'application/pdf', bytes })
    documents.push({ id: token, name })
  }
  return { summary: `已生成 ${documents.length} 份。`, documents, rows: [], reference: null }
}

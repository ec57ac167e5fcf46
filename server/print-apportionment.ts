/** The papers of an apportionment sheet as PDF; the list, and how it compares with today, as a spreadsheet as well. */
import type { ApportionmentId } from '#core/id.ts'
import {
  apportionmentList, collectionNotice, ownerOpinionSheet, type ApportionmentPaperModel,
} from '#reports/apportionment.ts'
import { apportionmentComparison, type ComparisonModel } from '#reports/apportionment-comparison.ts'
import type { TableDocument } from '#reports/table-document.ts'
import { tableWorkbook } from '#reports/table-workbook.ts'
import { SPREADSHEET_MEDIA_TYPE, writeWorkbook } from '#reports/workbook.ts'
import { apportionmentOf } from '#services/household/apportionment.ts'
import { compareWithToday } from '#services/household/apportionment-compare.ts'
import { complexOf } from '#services/register/complex.ts'
import type { ServiceContext } from '#services/context.ts'
import { officeName } from '#services/office.ts'
import type { JobResult, JobSteps } from './jobs.ts'
import type { PrintContext } from './print.ts'

export const APPORTIONMENT_PAPERS = ['list', 'opinions', 'notice', 'comparison'] as const
export type ApportionmentPaper = (typeof APPORTIONMENT_PAPERS)[number]

const DRAWN: Readonly<Record<Exclude<ApportionmentPaper, 'comparison'>, (model: ApportionmentPaperModel) => TableDocument>> = {
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

/** Throws what `compareWithToday` throws. */
export function comparisonModel(
  { ledger, clock }: Pick<ServiceContext, 'ledger' | 'clock'>, id: ApportionmentId, printedBy: string,
): ComparisonModel {
  const { sheet, totalFen, rows } = compareWithToday(ledger, id)
  return {
    office: officeName(ledger) ?? '', complex: complexOf(ledger, sheet.complexId).name, title: sheet.title, basis: sheet.basis,
    asOf: sheet.asOf, printedOn: clock.today(), printedBy, totalBeforeFen: sheet.totalFen, totalAfterFen: totalFen, rows,
  }
}

/** Every paper as a PDF; what is worked on further, list and comparison, in one spreadsheet as well. */
export async function printApportionmentJob(
  context: PrintContext, { id, papers }: { readonly id: ApportionmentId; readonly papers: readonly ApportionmentPaper[] },
  steps: JobSteps,
): Promise<JobResult> {
  const model = apportionmentModel(context, id, context.actor.name)
  const { userId, name: printedBy } = context.actor
  const drawn = papers.map((paper) => ({
    paper,
    document: paper === 'comparison' ? apportionmentComparison(comparisonModel(context, id, printedBy)) : DRAWN[paper](model),
  }))
  const documents: JobResult['documents'][number][] = []
  for (const [index, { document }] of drawn.entries()) {
    await steps.breathe({ done: index, total: papers.length + 1, label: document.title })
    const bytes = await context.renderPool.renderPdf({ kind: 'table', model: document }, { signal: steps.signal })
    const name = `${document.title} ${model.complex} ${model.title}.pdf`
    const { token } = await context.staging.putDocument(userId, { name, mediaType: 'application/pdf', bytes })
    documents.push({ id: token, name })
  }
  const sheets = drawn.filter(({ paper }) => paper === 'list' || paper === 'comparison').map(({ document }) => document)
  const [first] = sheets
  if (first !== undefined) {
    const bytes = await writeWorkbook(tableWorkbook(first.title, context.clock.today(), sheets))
    const name = `${first.title} ${model.complex} ${model.title}.xlsx`
    const { token } = await context.staging.putDocument(userId, { name, mediaType: SPREADSHEET_MEDIA_TYPE, bytes })
    documents.push({ id: token, name })
  }
  return { summary: `已生成 ${documents.length} 份。`, documents, rows: [], reference: null }
}

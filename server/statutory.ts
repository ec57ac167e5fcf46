/** Finished documents of the statutory statements, and the job that draws them as PDF and spreadsheet. */
import type { BookId, ComplexId } from '#core/id.ts'
import type { StatementPeriod } from '#core/statements/sums.ts'
import type { Ledger } from '#db/ledger.ts'
import { statementDocuments } from '#reports/statements.ts'
import type { TableDocument } from '#reports/table-document.ts'
import { tableWorkbook } from '#reports/table-workbook.ts'
import { SPREADSHEET_MEDIA_TYPE, writeWorkbook } from '#reports/workbook.ts'
import { complexOf } from '#services/register/complex.ts'
import type { Clock } from '#services/context.ts'
import { officeName } from '#services/office.ts'
import { requireTieOuts, statutoryStatements, type StatutoryStatements } from '#services/voucher/statutory.ts'
import type { JobResult, JobSteps } from './jobs.ts'
import type { PrintContext } from './print.ts'

export type StatementRequest = {
  readonly bookId: BookId
  readonly complexId: ComplexId | null
  readonly period: StatementPeriod
}

export type StatementSet = {
  readonly statements: StatutoryStatements
  readonly documents: readonly TableDocument[]
  /** `住宅专项维修资金 2026-09`, the start of every file name. */
  readonly name: string
}

export function periodName(period: StatementPeriod): string {
  return period.kind === 'year' ? `${period.year}年度` : period.month
}

/** Errors: `statements.fund`. The tie-outs are in the statements; whoever hands out paper asks `requireTieOuts` first. */
export function statementSet(
  { ledger, clock }: { readonly ledger: Ledger; readonly clock: Clock },
  { bookId, complexId, period }: StatementRequest,
  printedBy: string,
): StatementSet {
  const ofComplex = complexId !== null && { complexId }
  const statements = statutoryStatements(ledger, { bookId, period, withHouseholds: true, ...ofComplex })
  const { book, to, state, version } = statements
  const fundName = complexId === null ? book.name : `${complexOf(ledger, complexId).name}${book.name}`
  return {
    statements,
    name: `${fundName} ${periodName(period)}`,
    documents: statementDocuments(statements, {
      issuer: officeName(ledger) ?? '',
      fundName,
      to,
      printedOn: clock.today(),
      printedBy,
      watermark: state === 'open' ? '未结账数据' : null,
      version: version > 1 ? `本期反结账后重新编制，第 ${version} 版。` : null,
    }),
  }
}

/** Draws every document as a PDF of its own and all of them as one spreadsheet. */
export async function stageDocuments(
  context: PrintContext,
  { name, documents }: { readonly name: string; readonly documents: readonly TableDocument[] },
  { signal, breathe }: JobSteps,
): Promise<JobResult['documents']> {
  const { renderPool, staging, clock } = context
  const { userId } = context.actor
  const staged: JobResult['documents'][number][] = []
  for (const [index, model] of documents.entries()) {
    await breathe({ done: index, total: documents.length + 1, label: model.title })
    const bytes = await renderPool.renderPdf({ kind: 'table', model }, { signal })
    const file = `${name} ${model.form ?? ''}${model.title}.pdf`
    const { token } = await staging.putDocument(userId, { name: file, mediaType: 'application/pdf', bytes })
    staged.push({ id: token, name: file })
  }
  const bytes = await writeWorkbook(tableWorkbook(name, clock.today(), documents))
  const file = `${name}.xlsx`
  const { token } = await staging.putDocument(userId, { name: file, mediaType: SPREADSHEET_MEDIA_TYPE, bytes })
  return [...staged, { id: token, name: file }]
}

/** Three PDFs and one spreadsheet. Errors: `statements.tieOut`, `statements.fund`, `print.glyph`. */
export async function printStatementsJob(
  context: PrintContext,
  request: StatementRequest,
  steps: JobSteps,
): Promise<JobResult> {
  const set = statementSet(context, request, context.actor.name)
  requireTieOuts(set.statements)
  const documents = await stageDocuments(context, set, steps)
  const note = set.statements.state === 'open' ? '本期尚未结账，报表上印有“未结账数据”。' : ''
  return { summary: `已生成三张报表和一份表格文件。${note}`, documents, rows: [], reference: null }
}
